package dev.gaon;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Scores in the order of the texts, whatever the order of the reply. */
final class GaonScoringModel implements ScoringModel {

    private final ModelCard card;
    private final Gaon gaon;

    GaonScoringModel(ModelCard card, Gaon gaon) {
        this.card = card;
        this.gaon = gaon;
    }

    /** Why a model that is served, but by nobody who scores, cannot be used. */
    static CallFailure refusal(ModelCard card) {
        boolean writes = card.endpoints().stream()
                .anyMatch(endpoint -> endpoint.offer().paths().containsKey("reranker"));
        return PlainCall.unsupported(
                card.id() + (writes ? ": 클로바 리랭커는 점수를 주지 않고 인용을 붙인 답을 씁니다." : "을(를) 제공하는 곳에 점수를 매기는 API가 없습니다."),
                card.id()
                        + (writes
                                ? ": CLOVA's reranker writes an answer with citations and gives no scores."
                                : ": nobody who serves it has an API that scores."),
                "score, rerank나 ranking 경로가 있는 서버(vLLM, llama.cpp, Furiosa, NIM 등)의 모델을 쓰세요.",
                "Use a model on a server with a score, rerank or ranking path (vLLM, llama.cpp, Furiosa, NIM ...).");
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        if (segments.isEmpty()) {
            return Response.from(List.of());
        }
        if (query.isBlank()) {
            throw PlainCall.refused(card.id() + ": 질의가 비어 있습니다.", card.id() + ": the query is empty.")
                    .toException();
        }
        List<String> texts = new ArrayList<>();
        texts.add(query);
        segments.forEach(segment -> texts.add(segment.text()));
        ScoringCall call = new ScoringCall(card, gaon, texts);
        TokenUsage usage = call.run(UnaryOperator.identity());
        return Response.from(List.of(call.scores), usage);
    }

    /** The query, then the texts. */
    private static final class ScoringCall extends PlainCall {

        private final Double[] scores;

        ScoringCall(ModelCard card, Gaon gaon, List<String> texts) {
            super(card, gaon, messages(texts));
            this.scores = new Double[texts.size() - 1];
        }

        @Override
        void ask(Server server) {
            Arrays.fill(scores, null);
            List<String> texts = server.texts();
            Scores format = Objects.requireNonNull(Scores.of(server.endpoint), "format");
            server.post(
                    server.path(format.purpose, "/rerank"),
                    json -> {
                        json.writeStringField("model", server.model());
                        format.write(json, texts.get(0), texts.subList(1, texts.size()));
                    },
                    reply -> reply.object(name -> {
                        if (name.equals(format.list)) {
                            reply.array(place -> item(server, reply, format));
                        } else if (name.equals("usage")) {
                            server.used(reply.usage());
                        } else {
                            reply.skip();
                        }
                    }));
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] == null) {
                    throw server.wrong(
                            (i + 1) + "번째 글의 점수가 오지 않았습니다.", "The score of text " + (i + 1) + " did not come.");
                }
            }
        }

        /** Results come by rank, so one that does not say which text it scores says nothing. */
        private void item(Server server, PlainReply reply, Scores format) throws IOException {
            int[] index = {-1};
            Double[] score = {null};
            reply.object(name -> {
                if (name.equals("index")) {
                    index[0] = reply.integer();
                } else if (name.equals(format.score)) {
                    score[0] = reply.number();
                } else {
                    reply.skip();
                }
            });
            if (index[0] < 0 || index[0] >= scores.length || scores[index[0]] != null) {
                throw server.wrong(
                        "점수의 번호가 없거나 되풀이되거나 보낸 글에 없습니다 (" + index[0] + ").",
                        "The index of a score is missing, repeated or of no text that was sent (" + index[0] + ").");
            }
            reply.require(score[0] != null, "a score is missing");
            scores[index[0]] = score[0];
        }
    }
}
