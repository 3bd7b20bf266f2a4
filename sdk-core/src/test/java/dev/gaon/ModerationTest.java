package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.moderation.ModerationRequest;
import dev.langchain4j.model.moderation.ModerationResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModerationTest extends PlainCase {

    private static final String FILTER = "{\"groupName\":\"%s\",\"name\":\"%s\",\"score\":\"%s\",\"result\":\"%s\"}";

    private static String filter(String group, String name, String score) {
        return FILTER.formatted(group, name, score, score.equals("-1") ? "ERROR" : "OK");
    }

    /** A chat of CLOVA in which the model wrote this and the filter thought that of it. */
    private static String chat(String written, String... filters) {
        return enveloped("{\"created\":1791043155000,\"usage\":{\"promptTokens\":20,\"completionTokens\":5,"
                + "\"totalTokens\":25,\"completionTokensDetails\":{\"thinkingTokens\":0}},\"message\":{\"role\":"
                + "\"assistant\",\"content\":" + Wire.quoted(written) + "},\"finishReason\":\"stop\",\"seed\":1,"
                + "\"aiFilter\":[" + String.join(",", filters) + "]}");
    }

    private ModerationModel clova(String id, RawServer server) {
        return serving(id, clova(server)).moderation(id);
    }

    @Test
    void aTextTheFilterThinksLeastLikelyBadIsNotFlagged() throws Exception {
        RawServer server = answering(
                chat("안녕하세요", filter("curse", "insult", "1"), filter("unsafeContents", "sexualHarassment", "2")));
        ModerationResponse response = clova("hcx-005", server)
                .moderate(ModerationRequest.builder().texts(List.of("안녕하세요")).build());
        assertThat(response.moderation().flagged()).isFalse();
        assertThat(response.metadata().get("categories"))
                .isEqualTo(Map.of("curse.insult", 1, "unsafeContents.sexualHarassment", 2));
        assertThat(path(server, 0)).isEqualTo("/v3/chat-completions/HCX-005");
        JsonNode sent = sent(server, 0);
        assertThat(sent.path("includeAiFilters").asBoolean()).isTrue();
        assertThat(sent.path("maxTokens").asInt()).isEqualTo(1024);
        assertThat(sent.path("repetitionPenalty").asDouble()).isEqualTo(1);
        assertThat(sent.has("thinking")).isFalse();
        assertThat(sent.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(sent.at("/messages/1/content").asText()).isEqualTo("안녕하세요");
        recorded("ok", null);
        assertThat(record().toJson()).contains("\"inputTokens\":20").contains("\"outputTokens\":5");
    }

    @Test
    void aModelThatThinksIsToldNotTo() throws Exception {
        RawServer server = answering(chat("안녕", filter("curse", "insult", "2")));
        assertThat(clova("hcx-007", server).moderate("안녕").content().flagged()).isFalse();
        assertThat(sent(server, 0).path("maxCompletionTokens").asInt()).isEqualTo(1024);
        assertThat(sent(server, 0).at("/thinking/effort").asText()).isEqualTo("none");
        assertThat(sent(server, 0).has("maxTokens")).isFalse();
    }

    @Test
    void scoreZeroFlagsTheTextWhateverTheModelWrote() {
        RawServer server =
                answering(chat("따라 쓸 수 없습니다.", filter("curse", "insult", "2"), filter("curse", "discrimination", "0")));
        var response = clova("hcx-005", server).moderate("나쁜 말");
        assertThat(response.content().flagged()).isTrue();
        assertThat(response.content().flaggedText()).isEqualTo("나쁜 말");
        assertThat(response.metadata().get("categories"))
                .isEqualTo(Map.of("curse.insult", 2, "curse.discrimination", 0));
    }

    @Test
    void whatTheProviderWillNotWriteIsFlagged() {
        RawServer server = server(
                visit -> visit.json(400, "{\"status\":{\"code\":\"40005\",\"message\":\"Unavailable output\"}}"));
        assertThat(clova("hcx-005", server).moderate("나쁜 말").content().flagged())
                .isTrue();
        recorded("failed", "content-filtered");
    }

    /** The filter reads 500 characters of what a model writes. */
    @Test
    void aLongTextIsJudgedPieceByPieceToItsEnd() throws Exception {
        String text = "가나다라 마바사아. ".repeat(120) + "끝의 나쁜 말";
        List<String> pieces = TextPieces.of(text, 500);
        assertThat(pieces).hasSizeGreaterThan(2).allMatch(piece -> piece.length() <= 500);
        String[] replies = new String[pieces.size()];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = chat(pieces.get(i), filter("curse", "insult", i == replies.length - 1 ? "0" : "2"));
        }
        RawServer server = answering(replies);
        assertThat(clova("hcx-005", server).moderate(text).content().flagged()).isTrue();
        assertThat(server.requests()).isEqualTo(pieces.size());
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            joined.append(sent(server, i).at("/messages/1/content").asText());
        }
        assertThat(joined.toString()).isEqualTo(text);
        assertThat(record().attempts()).hasSize(pieces.size());
    }

    @Test
    void ofSeveralTextsTheFirstBadOneIsNamed() {
        RawServer server = answering(
                chat("하나", filter("curse", "insult", "2")),
                chat("둘", filter("curse", "insult", "0")),
                chat("셋", filter("curse", "insult", "2")));
        var response = clova("hcx-005", server)
                .moderate(List.of(UserMessage.from("하나"), UserMessage.from("둘"), UserMessage.from("셋")));
        assertThat(response.content().flaggedText()).isEqualTo("둘");
        assertThat(server.requests()).isEqualTo(2);
    }

    /** Written, score, whether a second category failed. */
    @ParameterizedTest
    @CsvSource({
        "'그럴 수 없습니다.', 2, false",
        "'네, 쓰겠습니다: 글', 2, false",
        "'', 2, false",
        "글, -1, false",
        "글, 3, false",
        "글, 2, true"
    })
    void whatWasNotJudgedWholeIsNeverCalledFit(String written, String score, boolean failing) {
        RawServer server = answering(chat(
                written,
                filter("curse", "insult", score),
                filter("unsafeContents", "sexualHarassment", failing ? "-1" : "2")));
        ModerationModel model = clova("hcx-005", server);
        says(
                failing("unexpected-reply", () -> model.moderate("글")),
                "글을 다 보지 못했습니다",
                "did not look at all of the text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":{\"content\":\"글\"}}",
                "{\"message\":{\"content\":\"글\"},\"aiFilter\":null}",
                "{\"message\":{\"content\":\"글\"},\"aiFilter\":[]}"
            })
    void aReplyWithoutAFilterIsNoJudgement(String result) {
        ModerationModel model = clova("hcx-005", answering(enveloped(result)));
        failing("unexpected-reply", () -> model.moderate("글"));
    }

    @Test
    void aServerWithOpenAisModerationsIsAskedInItsFormat() throws Exception {
        RawServer server = answering(
                "{\"id\":\"modr-1\",\"model\":\"m\",\"results\":[{\"flagged\":true,"
                        + "\"categories\":{\"hate\":true,\"violence\":false},\"category_scores\":{\"hate\":0.9,\"violence\":0.01}}]}");
        var response = gaon(b -> b, server.endpoint()).moderation("m").moderate("나쁜 말");
        assertThat(response.content().flaggedText()).isEqualTo("나쁜 말");
        assertThat(response.metadata().get("categories")).isEqualTo(Map.of("hate", 0.9, "violence", 0.01));
        assertThat(path(server, 0)).isEqualTo("/v1/moderations");
        assertThat(sent(server, 0).toString()).isEqualTo("{\"model\":\"m\",\"input\":\"나쁜 말\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"results\":[]}", "{\"results\":[{\"categories\":{}}]}"})
    void aReplyThatFlagsNothingAndClearsNothingIsNoJudgement(String reply) {
        ModerationModel model = gaon(b -> b, answering(reply).endpoint()).moderation("m");
        failing("unexpected-reply", () -> model.moderate("글"));
    }

    @Test
    void emptyTextsAndModelsWithoutAFilterAreRefused() {
        RawServer server = answering("{}");
        Gaon gaon = gaon(b -> b.endpoint("hcx-005", clova(server))
                .endpoint("g", as("vllm", server))
                .endpoint("hcx-003", as("clova-compat", server)));
        says(unsent(server, "invalid-request", () -> gaon.moderation("hcx-005").moderate(" ")), "비어 있습니다", "is empty");
        says(unsent(server, "unsupported", () -> gaon.moderation("g")), "가리는 API가 없습니다", "API for moderation");
        unsent(server, "unsupported", () -> gaon.moderation("hcx-003"));
        unsent(server, "unsupported", () -> gaon.moderation("bge-m3"));
    }

    @Test
    void aGuardSeesTheWholeTextAndWhatItWritesIsJudged() throws Exception {
        RawServer server = answering(chat("가림", filter("curse", "insult", "2")));
        Gaon gaon = gaon(b -> b.endpoint("hcx-005", clova(server)).guard(writing("가림")));
        assertThat(gaon.moderation("hcx-005")
                        .moderate(PROMPT.repeat(30))
                        .content()
                        .flagged())
                .isFalse();
        assertThat(server.requests()).isEqualTo(1);
        assertThat(sent(server, 0).at("/messages/1/content").asText()).isEqualTo("가림");
    }
}
