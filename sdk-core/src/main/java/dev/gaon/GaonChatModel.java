package dev.gaon;

import static dev.langchain4j.model.ModelProvider.OTHER;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One chat model, as LangChain4j's {@link ChatModel}, on the path of its {@link Gaon}.
 *
 * <p>Immutable, cheap, safe for use by many threads; lives as long as its {@code Gaon} is open. A blocking call runs on
 * the caller's thread. Exceptions are LangChain4j's, each with a {@link CallFailure} behind it.
 */
public final class GaonChatModel implements ChatModel {

    private final ModelCard card;
    private final GaonParameters defaults;
    private final Gaon gaon;

    GaonChatModel(ModelCard card, GaonParameters defaults, Gaon gaon) {
        this.card = card;
        this.defaults = defaults;
        this.gaon = gaon;
    }

    /** What the catalogue knows of the model, with the endpoints that can be called. */
    public ModelCard card() {
        return card;
    }

    /**
     * The same model with other defaults: what {@code parameters} set overrides what was set before.
     *
     * <p>The context given here stays with the model: no call can lower its level, even where LangChain4j's services
     * reduce a call's own parameters to their common fields.
     */
    public GaonChatModel with(GaonParameters parameters) {
        return new GaonChatModel(card, (GaonParameters) defaults.overrideWith(parameters), gaon);
    }

    /** LangChain4j's streaming view of the same model. */
    public StreamingChatModel streaming() {
        return new StreamingView(this);
    }

    /**
     * A streaming call that is held before its first token; nothing is sent until a consumer is attached. LangChain4j's
     * listeners, which hear of {@code chat}, {@code chatAsync} and {@link #streaming}, do not hear of it.
     */
    public ChatCall start(ChatRequest request) {
        return open(merged(request), true);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return gaon.path().execute(running(request, false), delta -> {});
    }

    /** The response of a call on a thread of the {@code Gaon}; cancelling the future cancels the call. */
    public CompletableFuture<ChatResponse> chatAsync(ChatRequest request) {
        return chatAsync(request, ChatRequestOptions.EMPTY);
    }

    /** As {@link #chatAsync(ChatRequest)}, with attributes for listeners. */
    public CompletableFuture<ChatResponse> chatAsync(ChatRequest request, ChatRequestOptions options) {
        return CallFuture.start(gaon.threads(), future -> watched(future).chat(request, options));
    }

    /** The blocking way, with its listeners and defaults, for a future that can be cancelled. */
    private ChatModel watched(CallFuture<ChatResponse> future) {
        GaonChatModel model = this;
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest merged) {
                try {
                    return gaon.path().execute(future.runs(running(merged, false)), delta -> {});
                } catch (RuntimeException e) {
                    if (future.isCancelled()) {
                        throw new Cancelled();
                    }
                    throw e;
                }
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return model.defaultRequestParameters();
            }

            @Override
            public List<ChatModelListener> listeners() {
                return model.listeners();
            }

            @Override
            public ModelProvider provider() {
                return model.provider();
            }
        };
    }

    /** Passes LangChain4j's listeners, which hear of exceptions but not of a call that its caller took back. */
    private static final class Cancelled extends Error {
        Cancelled() {
            super(null, null, false, false);
        }
    }

    /** What {@link #chatAsync(ChatRequest)} does after listeners and defaults were applied. */
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        try {
            return open(request, false).future();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    public CompletableFuture<String> chatAsync(String userMessage) {
        return chatAsync(ChatRequest.builder()
                        .messages(UserMessage.from(userMessage))
                        .build())
                .thenApply(response -> response.aiMessage().text());
    }

    public CompletableFuture<ChatResponse> chatAsync(ChatMessage... messages) {
        return chatAsync(ChatRequest.builder().messages(messages).build());
    }

    public CompletableFuture<ChatResponse> chatAsync(List<ChatMessage> messages) {
        return chatAsync(ChatRequest.builder().messages(messages).build());
    }

    @Override
    public GaonParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return gaon.listeners();
    }

    @Override
    public ModelProvider provider() {
        return OTHER;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Boolean.TRUE.equals(card.structuredOutput()) ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA) : Set.of();
    }

    ChatCall open(ChatRequest merged, boolean streaming) {
        return new ChatCall(running(merged, streaming), gaon.path(), gaon.threads());
    }

    ChatRequest merged(ChatRequest request) {
        return ChatRequest.builder()
                .messages(request.messages())
                .parameters(defaults.overrideWith(request.parameters()))
                .build();
    }

    private RunningCall running(ChatRequest merged, boolean streaming) {
        String name = merged.parameters().modelName();
        ModelCard model = name == null || name.equals(card.id()) ? card : gaon.other(name, card);
        CallContext own = gaon.context().refinedBy(defaults.context());
        CallContext call = merged.parameters() instanceof GaonParameters parameters ? parameters.context() : null;
        return new RunningCall(
                model, merged, own.refinedBy(call), streaming, gaon.path().limits());
    }

    void stream(ChatRequest merged, StreamingChatResponseHandler handler) {
        open(merged, true).handle(handler);
    }

    @Override
    public String toString() {
        return "GaonChatModel[" + card.id() + "]";
    }
}
