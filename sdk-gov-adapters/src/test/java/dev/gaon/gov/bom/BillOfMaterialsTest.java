package dev.gaon.gov.bom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.corpus.Corpora;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a description must have, and what is known of licences on no list. */
class BillOfMaterialsTest {

    private static BillOfMaterials.Description described(String creator, String url, String license, int files) {
        BillOfMaterials.Part file = new BillOfMaterials.Part("a.csv", "a.csv", "text/csv", 1, "e".repeat(64));
        return new BillOfMaterials.Description(
                creator,
                url,
                LocalDate.EPOCH,
                Instant.EPOCH,
                new BilingualText("글", "text"),
                license,
                Collections.nCopies(files, file));
    }

    @Test
    void aFileIsDescribedAsItLies(@TempDir Path folder) throws IOException {
        Path file = Files.createDirectories(folder.resolve("decisions")).resolve("1월 말뭉치.jsonl");
        Files.writeString(file, "{}\n");
        assertThat(BillOfMaterials.Part.of(folder, file))
                .isEqualTo(new BillOfMaterials.Part(
                        "decisions/1월 말뭉치.jsonl",
                        "decisions/1%EC%9B%94%20%EB%A7%90%EB%AD%89%EC%B9%98.jsonl",
                        "application/jsonlines",
                        3,
                        "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"));
        assertThat(BillOfMaterials.Part.of(folder, Files.writeString(folder.resolve("x"), ""))
                        .mediaType())
                .isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://a.kr, MIT, 1, creator",
        "a, not an address, MIT, 1, url",
        "a, relative, MIT, 1, url",
        "a, https://a.kr, some words (c), 1, license",
        "a, https://a.kr, MIT, 0, attribution.jsonl",
        "a, https://a.kr, MIT, 2, a.csv"
    })
    void whatIsWrongIsNamed(String creator, String url, String license, int files, String named) {
        assertThatThrownBy(() -> described(creator, url, license, files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining(" / The description");
    }

    @ParameterizedTest
    @CsvSource({"a b, text/csv, 1, url", "a, csv, 1, mediaType", "a, text/csv, -1, bytes"})
    void filesToo(String url, String mediaType, long bytes, String named) {
        assertThatThrownBy(() -> new BillOfMaterials.Part("a", url, mediaType, bytes, "e".repeat(64)))
                .hasMessageContaining("files." + named);
        assertThatThrownBy(() -> new BillOfMaterials.Part("a", "a", "text/csv", 1, "E".repeat(64)))
                .hasMessageContaining("files.sha256");
    }

    /** A licence of the terms that is on no list needs its meaning here. */
    @Test
    void everyLicenceOnNoListIsExplained() throws Exception {
        try (InputStream in = BillOfMaterials.class.getResourceAsStream("licenses.json")) {
            JsonNode known = new ObjectMapper().readTree(in).get("licenses");
            List<String> custom = LicenseTerms.bundled().ids().stream()
                    .filter(each -> each.startsWith("LicenseRef-"))
                    .toList();
            assertThat(custom).hasSizeGreaterThan(25).allSatisfy(id -> {
                assertThat(known.has(id)).as(id).isTrue();
                assertThat(known.at("/" + id + "/confidence").asText()).isIn("H", "M", "L");
            });
            assertThat(known).hasSize(custom.size());
        }
    }

    @Test
    void anotherDayIsAnotherDocument() {
        BillOfMaterials.Description at = Described.description(null);
        BillOfMaterials.Description later = new BillOfMaterials.Description(
                at.creator(), at.url(), at.published(), at.created().plusSeconds(1), at.text(), null, at.files());
        assertThat(BillOfMaterials.of(Corpora.mixed(), at).spdx())
                .isNotEqualTo(BillOfMaterials.of(Corpora.mixed(), later).spdx());
    }

    @Test
    void anEmptyCorpusIsDescribedToo() throws Exception {
        BillOfMaterials bom = BillOfMaterials.of(Corpora.nothing(), Described.description(null));
        assertThat(new ObjectMapper().readTree(bom.croissant()).get("license").toString())
                .contains("NOASSERTION");
        assertThat(SpdxGraphTest.errors(bom.spdx())).isEmpty();
        CycloneDxTest.valid(Corpora.nothing(), null);
    }
}
