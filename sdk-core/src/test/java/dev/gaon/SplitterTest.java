package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest extends PlainCase {

    private static final String ID = "clova-segmentation";
    private static final String TEXT = "비가 옵니다.  우산을 씁니다.\n\n배가 고픕니다. 밥을 먹습니다.\n";

    private DocumentSplitter splitter(RawServer server) {
        return serving(ID, clova(server)).splitter(ID);
    }

    private static String topics(String topics) {
        return enveloped("{\"topicSeg\":" + topics.replace('\'', '"') + ",\"span\":[[0,1],[2,3]],\"inputTokens\":30}");
    }

    @Test
    void topicsBecomeSegmentsInTheirOwnWordsWithMetadataAndIndex() throws Exception {
        RawServer server = answering(topics("[['비가 옵니다.','우산을 씁니다.'],['배가 고픕니다.','밥을 먹습니다.']]"));
        List<TextSegment> segments = splitter(server).split(Document.from(TEXT, Metadata.from("source", "날씨")));
        assertThat(segments).extracting(TextSegment::text).containsExactly("비가 옵니다.  우산을 씁니다.", "배가 고픕니다. 밥을 먹습니다.");
        assertThat(segments)
                .extracting(segment -> segment.metadata().toMap())
                .containsExactly(Map.of("source", "날씨", "index", "0"), Map.of("source", "날씨", "index", "1"));
        assertThat(path(server, 0)).isEqualTo("/v1/api-tools/segmentation");
        assertThat(sent(server, 0))
                .isEqualTo(JSON.readTree(
                        "{\"text\":" + Wire.quoted(TEXT) + ",\"alpha\":-100,\"segCnt\":-1,\"postProcess\":false}"));
        recorded("ok", null);
        assertThat(record().toJson()).contains("\"inputTokens\":30");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[['비가  옵니다.','우산을 씁니다.'],['배가 고픕니다.','밥을 먹습니다.']]",
                "[['비가 옵니다.','우산을 쓴다.'],['배가 고픕니다.','밥을 먹습니다.']]"
            })
    void sentencesThatTheServerRewroteAreJoined(String topics) {
        List<TextSegment> segments = splitter(answering(topics(topics))).split(Document.from(TEXT));
        assertThat(segments).hasSize(2);
        assertThat(segments.get(0).text()).startsWith("비가").doesNotContain("배가");
        assertThat(segments.get(1).text()).contains("배가 고픕니다. 밥을 먹습니다.");
    }

    @Test
    void aDocumentLongerThanTheServerTakesIsCutAtAParagraph() throws Exception {
        String first = "가".repeat(70_000);
        String second = "나".repeat(60_000);
        RawServer server = answering(topics("[['" + first + "']]"), topics("[['" + second + "']]"));
        List<TextSegment> segments = splitter(server).split(Document.from(first + "\n\n" + second));
        assertThat(segments).extracting(TextSegment::text).containsExactly(first, second);
        assertThat(segments.get(1).metadata().getString("index")).isEqualTo("1");
        assertThat(sent(server, 0).path("text").asText()).isEqualTo(first + "\n\n");
        assertThat(sent(server, 1).path("text").asText()).isEqualTo(second);
    }

    @Test
    void piecesJoinedAreTheTextAndNoCharacterIsCutInTwo() {
        for (String text : List.of("😀".repeat(700), "가 ".repeat(700), "a\n".repeat(700), "문장. ".repeat(300), "끝")) {
            List<String> pieces = TextPieces.of(text, 333);
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces).allSatisfy(piece -> {
                assertThat(piece.length()).isBetween(1, 333);
                assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[[]]", "[[' ']]"})
    void anEmptySplitIsAnError(String topics) {
        DocumentSplitter splitter = splitter(answering(topics(topics)));
        failing("unexpected-reply", () -> splitter.split(Document.from(TEXT)));
        recorded("failed", "unexpected-reply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"['비가 옵니다.']", "{}", "[[['비']]]"})
    void aSplitOfAnotherShapeIsMalformed(String topics) {
        DocumentSplitter splitter = splitter(answering(topics(topics)));
        failing("malformed-reply", () -> splitter.split(Document.from(TEXT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[['비가 옵니다.','우산을 씁니다.']]", "[['비가 옵니다.'],['밥을 먹습니다.']]"})
    void aSplitThatLeavesOutSentencesIsAnError(String topics) {
        CallFailure failure = failing(
                "unexpected-reply", () -> splitter(answering(topics(topics))).split(Document.from(TEXT)));
        says(failure, "글의 일부가 빠졌습니다", "Part of the text is missing");
    }

    @Test
    void aModelThatSplitsNothingIsRefused() {
        RawServer server = answering("{}");
        Gaon gaon = serving("m", as("vllm", server));
        says(unsent(server, "unsupported", () -> gaon.splitter("m")), "주제로 나누는 API가 없습니다", "splits by topic");
        unsent(server, "missing-key", () -> gaon.splitter(ID));
        unsent(server, "unknown-model", () -> gaon.splitter("clova-segmentatio"));
    }

    @Test
    void aGuardSeesTheDocumentAndWhatItWritesIsSplit() throws Exception {
        RawServer server = answering(topics("[['가림.']]"));
        Gaon gaon = gaon(b -> b.endpoint(ID, clova(server)).guard(writing("가림.")));
        assertThat(gaon.splitter(ID).split(Document.from(PROMPT)))
                .extracting(TextSegment::text)
                .containsExactly("가림.");
        assertThat(sent(server, 0).path("text").asText()).isEqualTo("가림.");
    }
}
