package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentTransformer;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that somebody judged before the embedded default may quote them. */
class WithheldDocumentTest {

    private static final String QUESTION = "연체료는 하루에 얼마예요?";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("library.md"), ExtractiveFixtures.LIBRARY_KO);
        Files.writeString(folder.resolve("notes.txt"), "주차장은 아침 아홉 시에 엽니다. 주차 요금은 시간당 3,000원입니다.");
    }

    private ChatResponse ask(DocumentTransformer judge, String question) {
        try (Gaon gaon = Gaon.builder()
                .environment(name -> null)
                .documents(folder)
                .documentRule(judge)
                .build()) {
            return gaon.chat().chat(dev.langchain4j.data.message.UserMessage.from(question));
        }
    }

    private static List<Citation> citations(ChatResponse response) {
        return ((GaonResponseMetadata) response.metadata()).citations();
    }

    private static Document with(Document document, String key, String value) {
        Metadata metadata = document.metadata().copy().put(key, value);
        return Document.from(document.text(), metadata);
    }

    @Test
    void aWithheldDocumentIsNamedAndNotQuoted() {
        ChatResponse response = ask(
                document -> "library.md".equals(document.metadata().getString("document"))
                        ? with(document, "withheld", "인용할 수 없습니다 / may not be quoted")
                        : document,
                QUESTION);
        assertThat(citations(response)).isEmpty();
        assertThat(response.aiMessage().text())
                .endsWith("인용하지 않은 문서\n- library.md — https://library.example/guide: 인용할 수 없습니다 / may not be quoted")
                .doesNotContain("100원");
    }

    @Test
    void nothingIsSaidOfItWhereItWouldNotHaveBeenQuoted() {
        ChatResponse response = ask(
                document -> "notes.txt".equals(document.metadata().getString("document")) ? null : document, QUESTION);
        assertThat(citations(response)).isNotEmpty();
        assertThat(response.aiMessage().text()).contains("100원").doesNotContain("인용하지 않은");
        assertThat(ask(document -> null, "주차 요금은 얼마예요?").aiMessage().text())
                .contains("인용하지 않은 문서\n- notes.txt")
                .doesNotContain("3,000");
    }

    @Test
    void whatTheJudgeWritesIsShownWithTheQuotation() {
        List<Metadata> seen = new ArrayList<>();
        ChatResponse response = ask(
                document -> {
                    seen.add(document.metadata());
                    return with(with(document, "license", "LicenseRef-X"), "attribution", "한빛시");
                },
                QUESTION);
        assertThat(citations(response)).first().satisfies(each -> {
            assertThat(each.license()).isEqualTo("LicenseRef-X");
            assertThat(each.attribution()).isEqualTo("한빛시");
            assertThat(each.source()).isEqualTo("https://library.example/guide");
        });
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).getString("title")).isEqualTo("한빛도서관 이용 안내");
        assertThat(seen.get(0).getString("license")).isEqualTo("CC-BY-4.0");
    }
}
