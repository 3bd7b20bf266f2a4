package dev.gaon.benchmarks;

import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Speaks CLOVA Studio's own format where the address says {@code clova}; hands on the pieces of tool arguments too. */
public final class GaonClient implements Client {

    private final GaonChatModel chat;
    private final StreamingChatModel streaming;

    public GaonClient(String baseUrl) {
        Endpoint endpoint = Endpoint.of(baseUrl).withDialect(baseUrl.contains("/clova") ? "clova-studio" : "openai");
        chat = Gaon.builder().endpoint(MODEL, endpoint).build().chat(MODEL);
        streaming = chat.streaming();
    }

    @Override
    public Reply call(String prompt) {
        ChatResponse response = chat.chat(UserMessage.from(prompt));
        return new Reply(response.aiMessage().text(), response.tokenUsage().outputTokenCount());
    }

    @Override
    public CompletableFuture<ChatResponse> stream(String prompt, Consumer<String> pieces) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        streaming.chat(prompt, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.accept(piece);
            }

            @Override
            public void onPartialToolCall(PartialToolCall piece) {
                // What makes the arguments JSON is no token of the count.
                if (piece.partialArguments().indexOf('"') < 0) {
                    pieces.accept(piece.partialArguments());
                }
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        return whole;
    }
}
