package dev.gaon.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's OpenAI model without a Spring context. */
public final class SpringAiClient implements Client {

    private final OpenAiChatModel model;

    public SpringAiClient(String baseUrl) {
        model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(baseUrl)
                        .apiKey(KEY)
                        .model(MODEL)
                        .build())
                .build();
    }

    @Override
    public Reply call(String prompt) {
        ChatResponse response = model.call(new Prompt(prompt));
        return new Reply(
                response.getResult().getOutput().getText(),
                response.getMetadata().getUsage().getCompletionTokens());
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> pieces) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        model.stream(new Prompt(prompt))
                .subscribe(chunk -> piece(chunk, pieces), end::completeExceptionally, () -> end.complete(null));
        return end;
    }

    private static void piece(ChatResponse chunk, Consumer<String> pieces) {
        String text =
                chunk.getResult() == null ? null : chunk.getResult().getOutput().getText();
        if (text != null && !text.isEmpty()) {
            pieces.accept(text);
        }
    }
}
