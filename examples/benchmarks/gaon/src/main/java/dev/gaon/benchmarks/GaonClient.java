package dev.gaon.benchmarks;

import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

public final class GaonClient implements Client {

    private final GaonChatModel chat;
    private final StreamingChatModel streaming;

    public GaonClient(String baseUrl) {
        chat = Gaon.builder().endpoint(MODEL, Endpoint.of(baseUrl)).build().chat(MODEL);
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
