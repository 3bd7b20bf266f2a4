package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Work;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions that are broken, or made to break their reader. */
class CardHostileTest {

    private static final String DATASET =
            "{\"@context\": \"https://schema.org\", \"@type\": \"Dataset\", \"name\": \"가\", ";

    private static String front(String yaml) {
        return "---\n" + yaml + "\n---\n";
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            yaml.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        return yaml.toString();
    }

    static Stream<String> refused() {
        String doctype =
                "<?xml version=\"1.0\"?><!DOCTYPE r [%s]><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>";
        return Stream.of(
                "",
                "   ",
                "plain text",
                "{}",
                "[]",
                "[1, 2]",
                "null",
                "{\"a\": ",
                "{\"bomFormat\": \"CycloneDX\"}",
                "{\"spdxVersion\": \"SPDX-2.3\", \"packages\": []}",
                DATASET + "\"license\": \"MIT\", \"license\": \"CC-BY-NC-4.0\"}",
                DATASET + "\"x\": " + "[".repeat(70) + "]".repeat(70) + "}",
                DATASET + "\"x\": 1} trailing",
                front("license: mit\nlicense: cc-by-nc-4.0"),
                front("license: !!java.net.URL [http://example.org]"),
                front("license: !secret mit"),
                front("a: " + "[".repeat(100_000)),
                front("a: " + "{a: ".repeat(200) + "1" + "}".repeat(200)),
                front("a: &a [*a]"),
                front("? [a]\n: b"),
                front(laughs()),
                front("license: \"unclosed"),
                front("x: " + "가".repeat(1_100_000)),
                front("license: mit") + "## License\n" + "가".repeat(70_000),
                doctype.formatted("<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;\">"),
                doctype.formatted("<!ENTITY a SYSTEM \"file:///etc/passwd\">"),
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">&unknown;</rdf:RDF>",
                "<rdf:RDF",
                "<a>".repeat(5_000) + "</a>".repeat(5_000),
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedInBothLanguages(String text) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> Cards.read(text))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching("(?s).*[가-힣].* / The .*"));
    }

    /** Newer JDKs count them against a bound meant for entities of a document type. */
    @Test
    void thousandsOfPredefinedEntitiesAreText() {
        String card = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
                + " xmlns:d=\"http://www.w3.org/ns/dcat#\" xmlns:t=\"http://purl.org/dc/terms/\"><d:Dataset"
                + " rdf:about=\"https://example.go.kr/x\"><t:description>" + "&lt;&amp;".repeat(60_000)
                + "</t:description><t:license rdf:resource=\"https://creativecommons.org/licenses/by/4.0/\"/></d:Dataset></rdf:RDF>";
        assertThat(Cards.read(card).works()).hasSize(1);
    }

    @Test
    void whatIsTooLargeIsNotEvenDecoded() {
        assertThatThrownBy(() -> DatasetCards.read(new byte[(8 << 20) + 1], null, null, Cards.DAY))
                .hasMessageContaining("8 MiB보다 큽니다")
                .hasMessageContaining("larger than 8 MiB");
    }

    @Test
    void manyValuesAreRefused() {
        String many = DATASET + "\"keywords\": [" + "1,".repeat(600_000) + "1]}";
        assertThatThrownBy(() -> Cards.read(many)).hasMessageContaining("more than 500000 values");
    }

    @Test
    void manyDatasetsAreRefused() {
        StringBuilder many = new StringBuilder("{\"spdxVersion\": \"SPDX-2.3\", \"packages\": [");
        IntStream.range(0, 10_001).forEach(i -> many.append(i == 0 ? "" : ",").append("{\"SPDXID\": \"p" + i + "\"}"));
        assertThatThrownBy(() -> Cards.read(many.append("]}").toString())).hasMessageContaining("10000 datasets");
    }

    @Test
    void aDatasetAtTheLimitOfAWorkIsRefusedByTheWork() {
        StringBuilder many = new StringBuilder(DATASET + "\"license\": [\"MIT\"");
        IntStream.range(0, 1_100).forEach(i -> many.append(",\"x" + i + "\""));
        assertThatThrownBy(() -> Cards.read(many.append("]}").toString()))
                .hasMessageContaining("more than 1000 claims");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "x-windows-949"})
    void everyEncodingReadsAlike(String charset) {
        String text = DATASET + "\"license\": \"공공누리 제1유형\"}";
        for (String mark : charset.startsWith("UTF") ? new String[] {"", "\uFEFF"} : new String[] {""}) {
            byte[] bytes = (mark + text).getBytes(Charset.forName(charset));
            Work work = DatasetCards.read(bytes, null, null, Cards.DAY).works().get(0);
            assertThat(work.title()).isEqualTo("가");
            assertThat(Cards.decide(work)).isEqualTo("ALLOW_WITH_DUTIES LicenseRef-KOGL-1");
        }
    }

    @Test
    void halvesOfAPairCanBeWrittenAgain() {
        Work work = Cards.only(DATASET + "\"license\": \"MIT \\ud800\", \"description\": \"\\udc00 \\ud83d\\ude00\"}");
        assertThat(Work.parse(work.toJson()).toJson()).isEqualTo(work.toJson()).contains("MIT \uFFFD", "😀");
        assertThat(Cards.decide(work)).isEqualTo("REVIEW LicenseRef-Unstated");
    }

    @Test
    void anEndlessValueIsCutAndMeansNothing() {
        Work work = Cards.only(DATASET + "\"license\": \"MIT " + "x".repeat(100_000) + "\"}");
        assertThat(work.claims().get(0).value()).hasSize(4_000);
        assertThat(Cards.decide(work)).isEqualTo("REVIEW LicenseRef-Unstated");
    }

    @Test
    void thingsThatPointAtEachOtherEnd() {
        Work work = Cards.read("""
                {"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@graph": [
                  {"@id": "a", "@type": "dcat:Catalog", "dcat:dataset": {"@id": "a"}, "dcat:record": {"@id": "b"}},
                  {"@id": "b", "@type": "dcat:Dataset", "dct:license": {"@id": "c"}, "dcat:distribution": {"@id": "b"}},
                  {"@id": "c", "dct:license": {"@id": "c"}}]}
                """).works().get(0);
        assertThat(Cards.decide(work)).isEqualTo("REVIEW LicenseRef-Unstated");
        assertThat(Cards.decide(Cards.only("""
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                  {"type": "dataset_DatasetPackage", "spdxId": "p"}, {"type": "Relationship", "from": "p", "relationshipType": "hasDeclaredLicense", "to": ["l"]},
                  {"type": "expandedlicensing_ConjunctiveLicenseSet", "spdxId": "l", "expandedlicensing_member": ["l", "l", "m", "m"]},
                  {"type": "expandedlicensing_ConjunctiveLicenseSet", "spdxId": "m", "expandedlicensing_member": ["l", "m", "l", "m"]}]}
                """))).isEqualTo("REVIEW LicenseRef-Unstated");
    }

    /** Bytes flipped, cut and doubled: an answer or a refusal, never anything else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anythingElseIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        String[] seeds = {
            front("license: [mit, other]\nlicense_name: &a kogl-type-1\nx: *a") + "# License\n공공누리 제1유형\n",
            DATASET
                    + "\"license\": {\"@id\": \"https://spdx.org/licenses/MIT\"}, \"distribution\": [{\"license\": \"CC0\"}]}",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:d=\"http://www.w3.org/ns/dcat#\"><d:Dataset rdf:about=\"x\"><d:license rdf:parseType=\"Resource\"><d:title>MIT</d:title></d:license></d:Dataset></rdf:RDF>",
            "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"name\": \"a\", \"licenses\": [{\"expression\": \"(MIT AND CC0-1.0)\"}]}]}"
        };
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = changed(seeds[i % seeds.length].getBytes(StandardCharsets.UTF_8), random);
            try {
                DatasetCards.read(bytes, null, null, Cards.DAY).works().forEach(Cards::decide);
                read++;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(" / The ");
            }
        }
        assertThat(read).isBetween(200, 1_950);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> out.write(bytes, 0, at);
            case 1 -> {
                out.write(bytes, 0, to);
                out.write(bytes, at, bytes.length - at);
            }
            case 2 -> {
                out.write(bytes, 0, at);
                out.write(bytes, to, bytes.length - to);
            }
            default -> {
                out.writeBytes(bytes.clone());
                byte[] flipped = out.toByteArray();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                return flipped;
            }
        }
        return out.toByteArray();
    }
}
