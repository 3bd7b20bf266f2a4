package dev.gaon;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Embeddings, in requests as large as the first endpoint takes them; each request is one call. */
final class GaonEmbeddingModel implements EmbeddingModel {

    private final ModelCard card;
    private final Gaon gaon;

    /** The length of the first vectors where nobody said one: vectors of two models must not meet in one index. */
    private final AtomicInteger seen = new AtomicInteger();

    GaonEmbeddingModel(ModelCard card, Gaon gaon) {
        this.card = card;
        this.gaon = gaon;
    }

    @Override
    public String modelName() {
        return card.id();
    }

    @Override
    public int dimension() {
        return card.dimensions() != null ? card.dimensions() : EmbeddingModel.super.dimension();
    }

    /** A model whose vectors have one known length takes no other. */
    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return card.dimensions() == null ? Set.of(EmbeddingRequestParameters.DIMENSIONS) : Set.of();
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        return embed(request, UnaryOperator.identity());
    }

    /** What core 1.20 asks for: on a thread of the {@code Gaon}; cancelling the future cancels the call. */
    public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
        return CallFuture.start(gaon.threads(), future -> embed(request, future::runs));
    }

    private EmbeddingResponse embed(EmbeddingRequest request, UnaryOperator<RunningCall> started) {
        List<String> texts = request.inputs().stream().map(EmbeddingInput::text).toList();
        check(texts);
        List<Embedding> all = new ArrayList<>(texts.size());
        TokenUsage usage = null;
        for (List<String> batch : TextBatch.of(card.endpoints().get(0)).cut(texts)) {
            EmbeddingCall call = new EmbeddingCall(card, gaon, batch, request.dimensions(), length(request));
            TokenUsage used = call.run(started);
            all.addAll(call.vectors());
            usage = usage == null ? used : usage.add(used);
            if (request.dimensions() == null) {
                seen.compareAndSet(0, all.get(0).dimension());
            }
        }
        return EmbeddingResponse.builder()
                .embeddings(all)
                .metadata(EmbeddingResponseMetadata.builder()
                        .modelName(modelName())
                        .tokenUsage(usage)
                        .build())
                .build();
    }

    /** The length that vectors must have; null if any will do. */
    private @Nullable Integer length(EmbeddingRequest request) {
        if (request.dimensions() != null) {
            return request.dimensions();
        }
        return card.dimensions() != null ? card.dimensions() : seen.get() > 0 ? (Integer) seen.get() : null;
    }

    /** Refuses what no server takes, and names it, before the first of many requests is paid for. */
    private void check(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isBlank()) {
                throw PlainCall.refused(
                                card.id() + ": " + (i + 1) + "번째 글이 비어 있습니다.",
                                card.id() + ": text " + (i + 1) + " of " + texts.size() + " is empty.")
                        .toException();
            }
            Integer most = card.contextTokens();
            int least = most == null ? 0 : TokenEstimate.least(texts.get(i));
            if (most != null && least > most) {
                throw PlainCall.refused(
                                card.id() + ": " + (i + 1) + "번째 글이 너무 깁니다. 적게 어림해도 " + least + "토큰인데 " + most
                                        + "토큰까지 받습니다. 더 작게 나누세요.",
                                card.id() + ": text " + (i + 1) + " of " + texts.size() + " is too long: at least "
                                        + least + " tokens by estimate, of " + most
                                        + " that it takes. Split it smaller.")
                        .toException();
            }
        }
    }
}
