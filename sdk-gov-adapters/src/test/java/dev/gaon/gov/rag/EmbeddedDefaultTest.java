package dev.gaon.gov.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.Citation;
import dev.gaon.Gaon;
import dev.gaon.GaonResponseMetadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded default over a folder of works, by their licences. */
class EmbeddedDefaultTest {

    @TempDir
    Path folder;

    private ChatResponse ask(String license, String more, LicensedDocuments judge) throws IOException {
        Files.writeString(
                folder.resolve("forest.md"),
                "---\ntitle: 가람시 도시숲 조사\nlicense: " + license + "\npublisher: 가람시\npublisherKind: local\n"
                        + "source: https://garam.example/forest\npublished: 2025-03-02\n" + more
                        + "---\n# 가람시 도시숲 조사\n\n## 기온\n가람시 도시숲은 여름 기온을 평균 3도 낮춥니다.\n");
        try (Gaon gaon = Gaon.builder()
                .model("embedded-extractive")
                .documents(folder)
                .documentRule(judge)
                .build()) {
            return gaon.chat().chat(UserMessage.from("가람시 도시숲은 여름 기온을 몇 도 낮추나요?"));
        }
    }

    private static final LicensedDocuments JUDGE = LicensedDocuments.stated(Library.AUDIT, Library.TODAY);

    private static List<Citation> citations(ChatResponse response) {
        return ((GaonResponseMetadata) response.metadata()).citations();
    }

    @Test
    void aCitationCarriesLicenceAndCredit() throws IOException {
        ChatResponse response = ask("공공누리 제1유형", "", JUDGE);
        assertThat(citations(response)).singleElement().satisfies(each -> {
            assertThat(each.license()).isEqualTo("LicenseRef-KOGL-1");
            assertThat(each.attribution())
                    .isEqualTo("본 저작물은 '가람시'에서 '2025년' 작성하여 공공누리 제1유형으로 개방한 '가람시 도시숲 조사'를 이용하였으며, "
                            + "해당 저작물은 '가람시, https://garam.example/forest'에서 무료로 내려받으실 수 있습니다.");
            assertThat(each.source()).isEqualTo("https://garam.example/forest");
        });
        assertThat(response.aiMessage().text()).contains("3도", "공공누리 제1유형으로 개방한");
    }

    @Test
    void whatMayNotBeQuotedIsNotAndTheAnswerSaysSo() throws IOException {
        ChatResponse response = ask("공공누리 제4유형", "commercial: true\n", JUDGE);
        assertThat(citations(response)).isEmpty();
        assertThat(response.aiMessage().text())
                .contains("인용하지 않은 문서\n- forest.md — https://garam.example/forest: 쓸 수 없음")
                .doesNotContain("3도");
    }

    @Test
    void whatWaitsForAPersonIsNotQuotedUnlessAdmitted() throws IOException {
        assertThat(citations(ask("우리끼리 정한 조건", "", JUDGE))).isEmpty();
        assertThat(citations(ask("우리끼리 정한 조건", "", JUDGE.admitReview()))).hasSize(1);
    }

    /** One's own notes: no licence is stated, and none is asked. */
    @Test
    void aDocumentWithoutALicenceIsOnesOwn() throws IOException {
        assertThat(citations(ask("", "", JUDGE))).hasSize(1);
    }
}
