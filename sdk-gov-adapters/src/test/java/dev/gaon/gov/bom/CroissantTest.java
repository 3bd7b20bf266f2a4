package dev.gaon.gov.bom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.corpus.Corpora;
import dev.gaon.gov.corpus.CorpusSummary;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Croissant 1.1, by the rules of its specification of 2026-01-29. */
class CroissantTest {

    /** The keys of the context in appendix 1. */
    private static final Set<String> CONTEXT = Set.of(
            "@language",
            "@vocab",
            "sc",
            "cr",
            "rai",
            "dct",
            "annotation",
            "arrayShape",
            "citeAs",
            "column",
            "conformsTo",
            "containedIn",
            "data",
            "dataType",
            "equivalentProperty",
            "examples",
            "excludes",
            "extract",
            "field",
            "fileProperty",
            "fileObject",
            "fileSet",
            "format",
            "includes",
            "isArray",
            "isLiveDataset",
            "jsonPath",
            "key",
            "md5",
            "parentField",
            "recordSet",
            "references",
            "regex",
            "readLines",
            "sdVersion",
            "separator",
            "source",
            "subField",
            "transform",
            "unArchive",
            "value");

    private static final List<String> REQUIRED = List.of(
            "@context",
            "@type",
            "conformsTo",
            "description",
            "license",
            "name",
            "url",
            "creator",
            "datePublished",
            "distribution");

    private static JsonNode croissant(CorpusSummary corpus, String license) throws Exception {
        return new ObjectMapper().readTree(Described.bom(corpus, license).croissant());
    }

    @Test
    void whatTheSpecificationRequiresIsThere() throws Exception {
        for (CorpusSummary corpus : List.of(Corpora.mixed(), Corpora.allKinds())) {
            JsonNode json = croissant(corpus, null);
            assertThat(REQUIRED)
                    .allSatisfy(
                            each -> assertThat(json.hasNonNull(each)).as(each).isTrue());
            assertThat(json.get("@type").asText()).isEqualTo("sc:Dataset");
            assertThat(json.get("conformsTo").toString())
                    .contains("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0");
            assertThat(URI.create(json.get("url").asText()).isAbsolute()).isTrue();
            assertThat(LocalDate.parse(json.get("datePublished").asText())).isEqualTo("2026-11-22");
            assertThat(json.at("/creator/@type").asText()).isEqualTo("sc:Organization");
            assertThat(json.at("/creator/name").asText()).isNotBlank();
        }
    }

    @Test
    void theContextHasTheKeysOfTheAppendix() throws Exception {
        List<String> keys = new ArrayList<>();
        JsonNode context = croissant(Corpora.mixed(), null).get("@context");
        context.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactlyInAnyOrderElementsOf(CONTEXT);
        assertThat(context.at("/dataType/@type").asText()).isEqualTo("@vocab");
        assertThat(context.get("recordSet").asText()).isEqualTo("cr:recordSet");
    }

    @Test
    void filesHaveAddressFormatAndHash() throws Exception {
        Set<String> ids = new HashSet<>();
        JsonNode files = croissant(Corpora.mixed(), null).get("distribution");
        assertThat(files).hasSize(2).allSatisfy(each -> {
            assertThat(each.get("@type").asText()).isEqualTo("cr:FileObject");
            assertThat(ids.add(each.get("@id").asText())).isTrue();
            assertThat(each.get("contentUrl").asText()).isNotBlank();
            assertThat(each.get("encodingFormat").asText()).matches("[a-z]+/[a-z0-9.+-]+");
            assertThat(each.get("contentSize").asText()).matches("[0-9]+ B");
            assertThat(each.get("sha256").asText()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void licencesAreAddressesOrWorksWithOne() throws Exception {
        JsonNode licenses = croissant(Corpora.allKinds(), "CC-BY-4.0").get("license");
        assertThat(licenses.get(0).asText()).isEqualTo("https://spdx.org/licenses/CC-BY-4.0");
        Set<String> seen = new HashSet<>();
        for (JsonNode each : licenses) {
            assertThat(seen.add(each.toString())).as("twice: %s", each).isTrue();
            if (each.isTextual()) {
                assertThat(each.asText())
                        .startsWith("https://spdx.org/licenses/")
                        .doesNotContain("LicenseRef");
            } else {
                assertThat(each.get("@type").asText()).isEqualTo("sc:CreativeWork");
                assertThat(each.get("name").asText()).startsWith("LicenseRef-");
                assertThat(each.get("description").asText()).contains(" / ");
            }
        }
        assertThat(licenses.toString()).contains("https://www.kogl.or.kr/info/licenseType4.do");
    }

    @Test
    void whatIsKnownForResponsibleUseIsSaid() throws Exception {
        JsonNode json = croissant(Corpora.mixed(), null);
        assertThat(json.at("/rai:personalSensitiveInformation/0").asText()).contains("1200");
        assertThat(json.get("rai:dataLimitations").toString()).contains("2700", "800", "100");
        assertThat(json.get("rai:dataCollection").asText()).contains("민원 게시판 (1200)");
        assertThat(json.at("/usageInfo/name").asText()).contains("영리 목적 학습", "sha256:", "as of 2026-11-22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CC-BY-4.0", "LicenseRef-KOGL-1"})
    void theSameCorpusGivesTheSameBytes(String license) {
        String own = license.isEmpty() ? null : license;
        BillOfMaterials one = Described.bom(Corpora.allKinds(), own);
        BillOfMaterials again =
                Described.bom(CorpusSummary.parse(Corpora.allKinds().toJson()), own);
        assertThat(one.croissant()).isEqualTo(again.croissant());
        assertThat(one.spdx()).isEqualTo(again.spdx());
        assertThat(one.cycloneDx()).isEqualTo(again.cycloneDx());
    }
}
