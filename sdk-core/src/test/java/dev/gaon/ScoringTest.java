package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringTest extends PlainCase {

    private static final List<TextSegment> TEXTS = List.of(TextSegment.from("곰"), TextSegment.from("판다"));

    /** As vLLM's documents show a reply to one query against many texts. */
    private static final String SCORES =
            "{\"id\":\"score-1\",\"object\":\"list\",\"created\":1234567890,\"model\":\"m\",\"data\":["
                    + "{\"index\":0,\"object\":\"score\",\"score\":0.25},{\"index\":1,\"object\":\"score\",\"score\":0.85}],"
                    + "\"usage\":{\"prompt_tokens\":100,\"total_tokens\":100,\"completion_tokens\":0}}";

    private static final String RANKED =
            "{\"id\":\"rerank-1\",\"model\":\"m\",\"usage\":{\"total_tokens\":56},\"results\":["
                    + "{\"index\":1,\"document\":{\"text\":\"판다\"},\"relevance_score\":0.99},"
                    + "{\"index\":0,\"document\":{\"text\":\"곰\"},\"relevance_score\":0.01}]}";

    private static final String LOGITS =
            "{\"rankings\":[{\"index\":1,\"logit\":-1.2421875},{\"index\":0,\"logit\":-5.41015625}]}";

    @Test
    void vllmScoresPairs() throws Exception {
        RawServer server = answering(SCORES);
        Response<List<Double>> scores =
                serving("r", as("vllm", server)).scoring("r").scoreAll(TEXTS, "판다란?");
        assertThat(scores.content()).containsExactly(0.25, 0.85);
        assertThat(scores.tokenUsage().inputTokenCount()).isEqualTo(100);
        assertThat(path(server, 0)).isEqualTo("/v1/score");
        assertThat(sent(server, 0))
                .isEqualTo(JSON.readTree("{\"model\":\"r\",\"text_1\":\"판다란?\",\"text_2\":[\"곰\",\"판다\"]}"));
        recorded("ok", null);
        assertThat(record().toJson()).contains("\"inputTokens\":100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-cpp", "openai"})
    void rankedResultsComeBackInTheOrderOfTheTexts(String kind) throws Exception {
        RawServer server = answering(RANKED);
        ScoringModel model = serving("r", as(kind, server)).scoring("r");
        assertThat(model.scoreAll(TEXTS, "판다란?").content()).containsExactly(0.01, 0.99);
        assertThat(path(server, 0)).isEqualTo("/v1/rerank");
        assertThat(sent(server, 0))
                .isEqualTo(JSON.readTree("{\"model\":\"r\",\"query\":\"판다란?\",\"documents\":[\"곰\",\"판다\"]}"));
    }

    @Test
    void nimGivesLogitsAndIsToldNotToCutTexts() throws Exception {
        RawServer server = answering(LOGITS);
        ScoringModel model = serving("r", as("nim", server)).scoring("r");
        assertThat(model.scoreAll(TEXTS, "판다란?").content()).containsExactly(-5.41015625, -1.2421875);
        assertThat(path(server, 0)).isEqualTo("/v1/ranking");
        assertThat(sent(server, 0))
                .isEqualTo(JSON.readTree("{\"model\":\"r\",\"query\":{\"text\":\"판다란?\"},"
                        + "\"passages\":[{\"text\":\"곰\"},{\"text\":\"판다\"}],\"truncate\":\"NONE\"}"));
    }

    @Test
    void oneTextHasOneScore() {
        RawServer server = answering("{\"results\":[{\"index\":0,\"relevance_score\":0.5}]}");
        assertThat(serving("r", server.endpoint())
                        .scoring("r")
                        .score("곰", "판다란?")
                        .content())
                .isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"results\":[]}",
                "{}",
                "{\"results\":[{\"index\":0,\"relevance_score\":0.5}]}",
                "{\"results\":[{\"index\":0,\"relevance_score\":0.5},{\"index\":0,\"relevance_score\":0.6}]}",
                "{\"results\":[{\"index\":0,\"relevance_score\":0.5},{\"index\":2,\"relevance_score\":0.6}]}",
                "{\"results\":[{\"index\":-1,\"relevance_score\":0.5},{\"index\":1,\"relevance_score\":0.6}]}",
                "{\"results\":[{\"relevance_score\":0.5},{\"relevance_score\":0.6}]}"
            })
    void aMissingOrRepeatedOrUnknownIndexIsAnError(String reply) {
        ScoringModel model = serving("r", answering(reply).endpoint()).scoring("r");
        failing("unexpected-reply", () -> model.scoreAll(TEXTS, "판다란?"));
        recorded("failed", "unexpected-reply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"results\":[{\"index\":0},{\"index\":1}]}",
                "{\"results\":[{\"index\":0,\"relevance_score\":\"high\"}]}",
                "{\"results\":[{\"index\":0.5,\"relevance_score\":1}]}",
                "{\"results\":{}}"
            })
    void aScoreThatIsNoNumberIsMalformed(String reply) {
        ScoringModel model = serving("r", answering(reply).endpoint()).scoring("r");
        failing("malformed-reply", () -> model.scoreAll(TEXTS, "판다란?"));
    }

    @Test
    void clovasRerankerIsRefusedBecauseItGivesNoScores() {
        RawServer server = answering("{}");
        Gaon gaon = gaon(b -> b.endpoint("mine", clova(server)));
        for (String id : List.of("clova-reranker", "mine")) {
            says(unsent(server, "unsupported", () -> gaon.scoring(id)), "점수를 주지 않고", "gives no scores");
        }
    }

    @Test
    void aModelThatNobodyScoresWithIsRefused() {
        RawServer server = answering("{}");
        Gaon gaon = serving("g", as("sglang", server));
        says(unsent(server, "unsupported", () -> gaon.scoring("g")), "점수를 매기는 API가 없습니다", "API that scores");
        unsent(server, "unsupported", () -> gaon.scoring("hcx-007"));
    }

    @Test
    void anEmptyQueryIsNamedAndNoTextsNeedNoCall() {
        RawServer server = answering("{}");
        ScoringModel model = serving("r", server.endpoint()).scoring("r");
        says(unsent(server, "invalid-request", () -> model.scoreAll(TEXTS, " ")), "질의가 비어", "the query is empty");
        assertThat(model.scoreAll(List.of(), "판다란?").content()).isEmpty();
        assertThat(server.requests()).isZero();
    }

    @Test
    void aGuardSeesQueryAndTexts() throws Exception {
        RawServer server = answering(RANKED);
        ScoringModel model =
                gaon(b -> b.guard(writing("가림")), server.endpoint()).scoring("m");
        model.scoreAll(TEXTS, PROMPT);
        assertThat(sent(server, 0).path("query").asText()).isEqualTo("가림");
        assertThat(sent(server, 0).path("documents").toString()).isEqualTo("[\"가림\",\"가림\"]");
    }
}
