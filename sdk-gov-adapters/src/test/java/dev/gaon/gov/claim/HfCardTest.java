package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;

/** Hugging Face READMEs. */
class HfCardTest {

    private static String card(String front, String body) {
        return "---\n" + front.replace("; ", "\n") + "\n---\n" + body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "license: cc-by-4.0 | ALLOW_WITH_DUTIES CC-BY-4.0",
                "license: [cc-by-nc-4.0] | DENY CC-BY-NC-4.0",
                "license: [mit, cc-by-4.0] | REVIEW CC-BY-4.0 AND MIT",
                "license: [mit, cc-by-nc-4.0] | DENY CC-BY-NC-4.0 AND MIT",
                "license: odc-by | ALLOW_WITH_DUTIES ODC-By-1.0",
                "license: other; license_name: kogl-type-1; license_link: https://www.kogl.or.kr/info/license.do | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "license: other; license_name: kogl-type-1; license_link: https://www.kogl.or.kr/info/license.do#01-tab | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "license: other; license_name: kogl-type-4; license_link: https://www.kogl.or.kr/info/licenseType4.do | DENY LicenseRef-KOGL-4",
                "license: other; license_name: kogl-type-1; license_link: https://www.kogl.or.kr/info/licenseType4.do | DENY LicenseRef-KOGL-1 AND LicenseRef-KOGL-4",
                "license: other; license_link: https://www.kogl.or.kr/info/licenseType1.do | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "license: other; license_link: LICENSE | REVIEW LicenseRef-Unstated",
                "license: other; license_name: house-rules | REVIEW LicenseRef-Unstated",
                "license: other | REVIEW LicenseRef-Unstated",
                "license: unknown | REVIEW LicenseRef-Unstated",
                "license: cc | REVIEW LicenseRef-Unstated",
                "license: llama3.1 | REVIEW LicenseRef-Unstated",
                "license: null | REVIEW LicenseRef-Unstated",
                "license: [] | REVIEW LicenseRef-Unstated",
                "license: | REVIEW LicenseRef-Unstated",
                "license: {name: mit} | ALLOW_WITH_DUTIES MIT",
                "task_categories: [text-generation] | REVIEW LicenseRef-Unstated"
            })
    void theFrontMatterDecides(String front, String decision) {
        Work work = Cards.only(card(front, "# A corpus\n"));
        assertThat(Cards.decide(work)).isEqualTo(decision);
    }

    @Test
    void theSectionOnLicensingCounts() {
        String body = "# 말뭉치\n\n## 라이선스\n\n본 데이터는 공공누리 \"출처표시+상업적 이용금지\" 조건에 따라 이용할 수 있습니다.\n";
        assertThat(Cards.decide(Cards.only(card("license: mit", body)))).isEqualTo("DENY LicenseRef-KOGL-2 AND MIT");
        assertThat(Cards.decide(Cards.only(card("tags: [ko]", body)))).isEqualTo("DENY LicenseRef-KOGL-2");
    }

    @Test
    void aHeadingBelowItBelongsToItAndTheNextBesideItDoesNot() {
        String body = "## Licensing\n### Text\n공공누리 제3유형\n## Models\n공공누리 제4유형\n";
        assertThat(Cards.decide(Cards.only(card("tags: [ko]", body)))).isEqualTo("REVIEW LicenseRef-KOGL-3");
    }

    @Test
    void aHeadingInCodeIsNone() {
        String body = "# Use\n```sh\n# license\n공공누리 제1유형\n```\n";
        assertThat(Cards.decide(Cards.only(card("tags: [ko]", body)))).isEqualTo("REVIEW LicenseRef-Unstated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "license: mit | # KsponSpeech // Spontaneous speech",
                "license: apache-2.0 | ## Source // [AI-Hub](https://aihub.or.kr) 데이터를 다시 올립니다.",
                "license: apache-2.0; pretty_name: AI Hub dialogues | # x",
                "license: apache-2.0; source_datasets: [psyche/kowiki] | # x",
                "license: mit | ## License // MIT, from AI Hub"
            })
    void aFreeLicenceOnWhatIsFromAiHubWaitsForAPerson(String front, String body) {
        Work work = Cards.only(card(front, body.replace(" // ", "\n")));
        assertThat(Cards.decision(work).decision().name()).isEqualTo("REVIEW");
        assertThat(Cards.decision(work).missing()).contains("reupload");
        assertThat(Cards.decision(work.withFlag("reupload", false)).decision().name())
                .isEqualTo("ALLOW_WITH_DUTIES");
    }

    @Test
    void whatItsAddressNamesCountsToo() {
        Work work = Cards.read(card("license: mit", ""), "https://huggingface.co/datasets/someone/KsponSpeech")
                .works()
                .get(0);
        assertThat(Cards.decision(work).missing()).contains("reupload");
        assertThat(work.id()).isEqualTo("https://huggingface.co/datasets/someone/KsponSpeech");
    }

    @Test
    void agreeingToTermsFirstIsAContract() {
        Work work = Cards.only(card("license: cc-by-4.0; extra_gated_prompt: Research only", "# x\n"));
        assertThat(Cards.decision(work).decision().name()).isEqualTo("REVIEW");
        assertThat(Cards.decision(work).missing()).contains("contractLimit");
    }

    @Test
    void aClaimKeepsWhereAndWhenItWasSeen() {
        String text = card("license: cc-by-4.0; pretty_name: 한국어 말뭉치", "");
        DatasetCards cards = Cards.read(text, "https://huggingface.co/datasets/a/b");
        Claim claim = cards.works().get(0).claims().get(0);
        assertThat(cards.kind()).isEqualTo("hf-card");
        assertThat(cards.works().get(0).title()).isEqualTo("한국어 말뭉치");
        assertThat(claim)
                .isEqualTo(new Claim(
                        "dataset",
                        "hf-card",
                        "license",
                        "cc-by-4.0",
                        Cards.DAY,
                        "https://huggingface.co/datasets/a/b",
                        "gaon-dataset-cards 1",
                        "sha256:" + PackFiles.sha256(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void withoutFrontMatterItsNameTells() {
        byte[] text = "# Corpus\n## License\nCC BY-NC 4.0\n".getBytes(StandardCharsets.UTF_8);
        DatasetCards cards = DatasetCards.read(text, "README.md", null, Cards.DAY);
        assertThat(Cards.decide(cards.works().get(0))).isEqualTo("DENY CC-BY-NC-4.0");
        assertThat(cards.works().get(0).title()).isEqualTo("Corpus");
    }

    @Test
    void aLongSectionIsReadToItsEnd() {
        String body = "## License\n" + "가나다 ".repeat(3_000) + "\n공공누리 제4유형\n" + "라마바 ".repeat(500);
        assertThat(Cards.decide(Cards.only(card("license: cc-by-4.0", body))))
                .isEqualTo("DENY CC-BY-4.0 AND LicenseRef-KOGL-4");
    }

    @Test
    void theMissingLibraryIsNamed() throws Exception {
        URL[] without = {
            place(DatasetCards.class), place(ObjectMapper.class), place(JsonFactory.class), place(JsonProperty.class)
        };
        String version = place(Load.class).getPath().replaceAll(".*-([0-9.]+)\\.jar$", "$1");
        byte[] readme = card("license: mit", "").getBytes(StandardCharsets.UTF_8);
        byte[] json = "{\"spdxVersion\": \"SPDX-2.3\", \"packages\": [{}]}".getBytes(StandardCharsets.UTF_8);
        try (URLClassLoader bare = new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
            Method read = bare.loadClass(DatasetCards.class.getName())
                    .getMethod("read", byte[].class, String.class, String.class, LocalDate.class);
            assertThatThrownBy(() -> read.invoke(null, readme, null, null, Cards.DAY))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("의존성에 org.snakeyaml:snakeyaml-engine:" + version)
                    .hasMessageContaining("Add the dependency org.snakeyaml:snakeyaml-engine:" + version);
            assertThat(read.invoke(null, json, null, null, Cards.DAY)).hasToString("spdx 1");
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
