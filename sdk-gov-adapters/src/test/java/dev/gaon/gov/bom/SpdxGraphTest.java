package dev.gaon.gov.bom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gaon.gov.corpus.Corpora;
import dev.gaon.gov.corpus.CorpusSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.spdx.core.CoreModelObject;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v3_0_1.SpdxConstantsV3;
import org.spdx.library.model.v3_0_1.core.SpdxDocument;
import org.spdx.storage.simple.InMemSpdxStore;
import org.spdx.v3jsonldstore.JsonLDStore;

/** SPDX 3.0.1, by the schema and the reader of its makers. */
class SpdxGraphTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> errors(String json) throws Exception {
        try (InputStream schema = JsonLDStore.class.getResourceAsStream("/resources/schema-v3.0.1.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8))
                    .validate(json, InputFormat.JSON)
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    @Test
    void everyKindOfLicenceIsValid() throws Exception {
        for (CorpusSummary corpus : List.of(Corpora.mixed(), Corpora.allKinds())) {
            for (String license : new String[] {null, "CC-BY-4.0"}) {
                assertThat(errors(Described.bom(corpus, license).spdx())).isEmpty();
            }
        }
    }

    @Test
    void theCheckFindsWhatIsWrong() throws Exception {
        ObjectNode broken =
                (ObjectNode) JSON.readTree(Described.bom(Corpora.mixed(), null).spdx());
        ((ObjectNode) broken.get("@graph").get(1)).remove("spdxId");
        assertThat(errors(broken.toString())).isNotEmpty();
    }

    @Test
    void itsOwnLibraryReadsAndVerifiesIt() throws Exception {
        SpdxModelFactory.init();
        String json = Described.bom(Corpora.allKinds(), "CC-BY-4.0").spdx();
        try (JsonLDStore store = new JsonLDStore(new InMemSpdxStore())) {
            SpdxDocument document =
                    store.deSerialize(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), false);
            assertThat(document.verify()).isEmpty();
            assertThat(document.getRootElements()).hasSize(1);
            Map<String, Integer> counted = new TreeMap<>();
            for (String type : List.of(
                    SpdxConstantsV3.DATASET_DATASET_PACKAGE,
                    SpdxConstantsV3.EXPANDED_LICENSING_CUSTOM_LICENSE,
                    SpdxConstantsV3.EXPANDED_LICENSING_CUSTOM_LICENSE_ADDITION,
                    SpdxConstantsV3.SIMPLE_LICENSING_LICENSE_EXPRESSION,
                    SpdxConstantsV3.SOFTWARE_SPDX_FILE,
                    SpdxConstantsV3.CORE_RELATIONSHIP)) {
                for (Object each : SpdxModelFactory.getSpdxObjects(store, null, type, null, null)
                        .toList()) {
                    assertThat(((CoreModelObject) each).verify()).as("%s", each).isEmpty();
                    counted.merge(type, 1, Integer::sum);
                }
            }
            assertThat(counted)
                    .hasSize(6)
                    .containsEntry(
                            SpdxConstantsV3.DATASET_DATASET_PACKAGE,
                            Corpora.allKinds().byLicense().size() + 1)
                    .containsEntry(SpdxConstantsV3.EXPANDED_LICENSING_CUSTOM_LICENSE_ADDITION, 1)
                    .containsEntry(SpdxConstantsV3.SOFTWARE_SPDX_FILE, 3);
        }
    }

    @Test
    void everythingReferredToIsThere() throws Exception {
        JsonNode graph =
                JSON.readTree(Described.bom(Corpora.allKinds(), null).spdx()).get("@graph");
        Set<String> ids = new HashSet<>();
        graph.forEach(each -> {
            if (each.has("spdxId")) {
                assertThat(ids.add(each.get("spdxId").asText())).isTrue();
            }
        });
        for (JsonNode each : graph) {
            each.path("to")
                    .forEach(to -> assertThat(ids.contains(to.asText())
                                    || to.asText().equals("expandedlicensing_NoAssertionLicense"))
                            .as(to.asText())
                            .isTrue());
            each.path("simplelicensing_customIdToUri")
                    .forEach(
                            entry -> assertThat(ids).contains(entry.get("value").asText()));
        }
    }

    @Test
    void whatNobodyDeclaredIsNotDeclared() throws Exception {
        JsonNode graph =
                JSON.readTree(Described.bom(Corpora.allKinds(), null).spdx()).get("@graph");
        String unmarked = null;
        for (JsonNode each : graph) {
            if (each.path("name").asText().endsWith(": LicenseRef-Unmarked-Local")) {
                unmarked = each.get("spdxId").asText();
            }
        }
        assertThat(unmarked).isNotNull();
        for (JsonNode each : graph) {
            if (each.path("from").asText().equals(unmarked)
                    && each.get("relationshipType").asText().equals("hasDeclaredLicense")) {
                assertThat(each.at("/to/0").asText()).isEqualTo("expandedlicensing_NoAssertionLicense");
            }
        }
    }

    @Test
    void typesOfKoglCarryTheirMeaningAndAddress() throws Exception {
        String json = Described.bom(Corpora.allKinds(), null).spdx();
        assertThat(json)
                .contains(
                        "LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI",
                        "expandedlicensing_CustomLicenseAddition",
                        "https://www.kogl.or.kr/info/licenseTypeAi.do",
                        "https://www.kogl.or.kr/info/licenseType1.do",
                        "\"created\":\"2026-11-22T03:04:05Z\"",
                        "\"releaseTime\":\"2026-11-21T15:00:00Z\"");
    }
}
