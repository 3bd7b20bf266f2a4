package dev.gaon.benchmarks;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** OpenAI's own SDK: its blocking client for calls, its asynchronous one for streams. */
public final class OpenAiJavaClient implements Client {

    private final OpenAIClient client;

    public OpenAiJavaClient(String baseUrl) {
        client = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(KEY).build();
    }

    @Override
    public Reply call(String prompt) {
        ChatCompletion completion = client.chat().completions().create(params(prompt));
        return new Reply(
                completion.choices().get(0).message().content().orElseThrow(),
                completion.usage().orElseThrow().completionTokens());
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> pieces) {
        return client.async()
                .chat()
                .completions()
                .createStreaming(params(prompt))
                .subscribe(chunk -> chunk.choices().stream()
                        .flatMap(choice -> choice.delta().content().stream())
                        .filter(piece -> !piece.isEmpty())
                        .forEach(pieces))
                .onCompleteFuture();
    }

    private static ChatCompletionCreateParams params(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model(MODEL)
                .addUserMessage(prompt)
                .build();
    }
}
