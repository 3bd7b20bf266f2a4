package dev.gaon.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** LangChain4j's OpenAI module with the HTTP client it brings, the JDK's. */
public final class LangChain4jClient implements Client {

    private final ChatModel chat;
    private final StreamingChatModel streaming;

    public LangChain4jClient(String baseUrl) {
        chat = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(KEY)
                .modelName(MODEL)
                .build();
        streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(KEY)
                .modelName(MODEL)
                .build();
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
