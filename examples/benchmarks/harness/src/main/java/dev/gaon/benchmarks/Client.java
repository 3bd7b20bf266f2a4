package dev.gaon.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One client library, used as its own guide shows it. Made once in a JVM, with the address up to and including
 * {@code /v1}, and used until that JVM ends.
 */
public interface Client {

    String MODEL = "solar-pro2";
    String KEY = "none";

    /** What a caller wants of a whole reply. */
    record Reply(String text, long outputTokens) {}

    /** One call that waits for the whole reply. */
    Reply call(String prompt) throws Exception;

    /**
     * Starts a stream.
     *
     * @param pieces takes each piece of text on the library's own thread, and may block there
     * @return ends with the stream, holding what the library makes of the whole reply, or null if it makes nothing
     */
    CompletableFuture<?> stream(String prompt, Consumer<String> pieces);
}
