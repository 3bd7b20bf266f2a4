package dev.gaon;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * GGUF files that llama.cpp runs in this process, over the same path as every other model.
 *
 * <p>A file is loaded at its first call, once for the whole process. One model serves one call at a time; the others wait
 * for it, in their order and no longer than their total deadline, and keep their places of
 * {@link Limits#concurrentCalls} meanwhile.
 */
final class LlamaTransport implements Router.Transport {

    static final String DIALECT = "llama-cpp-in-process";
    static final String ARTIFACT = "de.kherud:llama:4.2.0";

    private final Limits limits;
    private final Map<Use, ExecutorService> threads = new HashMap<>();
    private boolean closed;

    LlamaTransport(Limits limits) {
        this.limits = limits;
    }

    /** Whether the optional library is on the class path. */
    static boolean present() {
        try {
            Class.forName("de.kherud.llama.LlamaModel", false, LlamaTransport.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The thread that alone works with one file for this client; it ends when it is idle. */
    private record Use(Path file, boolean embeddings) {}

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out) {
        LlamaCall llama = new LlamaCall(call, endpoint, request, limits);
        llama.run(
                thread(endpoint, false),
                () -> {
                    LlamaRequest asked = LlamaRequest.of(request, call.model(), endpoint);
                    return engine -> engine.chat(asked, llama::left, llama::add);
                },
                piece -> out.accept((ChatDelta) piece));
    }

    /** Fills in the vector of each text, in their order; returns how many tokens the texts have. */
    TokenUsage embed(RunningCall call, Endpoint endpoint, ChatRequest request, Embedding[] vectors) {
        LlamaCall llama = new LlamaCall(call, endpoint, request, limits);
        List<LlamaEngine.Vector> all = new ArrayList<>();
        llama.run(
                thread(endpoint, true),
                () -> engine -> {
                    for (ChatMessage message : request.messages()) {
                        if (!llama.left()) {
                            llama.add(engine.embed(((UserMessage) message).singleText()));
                        }
                    }
                },
                piece -> all.add((LlamaEngine.Vector) piece));
        int tokens = 0;
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = all.get(i).embedding();
            tokens += all.get(i).tokens();
        }
        return new TokenUsage(tokens);
    }

    private synchronized ExecutorService thread(Endpoint endpoint, boolean embeddings) {
        if (closed) {
            throw CallFailure.cancelled("queue").at(endpoint).build();
        }
        return threads.computeIfAbsent(new Use(endpoint.file(), embeddings), use -> CallThreads.one("gaon-llama"));
    }

    /** Waits up to 5 s for a native step that cannot be stopped, and lets it end alone after that. */
    void close() {
        List<ExecutorService> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(threads.values());
        }
        all.forEach(ExecutorService::shutdown);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        try {
            for (ExecutorService thread : all) {
                thread.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
