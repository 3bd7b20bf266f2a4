package dev.gaon;

import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a reply on its way to the caller: the only way out of an endpoint, for streams and whole replies alike.
 *
 * <p>Immutable. Deltas of one reply come in order, on one thread at a time; a whole reply arrives as few large deltas.
 * A reply is complete only when a {@link Finish} came.
 */
public sealed interface ChatDelta {

    /** A piece of the answer; never empty. May end inside a grapheme, never inside a code point. */
    record Text(String text) implements ChatDelta {}

    /** A piece of the model's reasoning; never empty. */
    record Thinking(String text) implements ChatDelta {}

    /**
     * A piece of a tool call.
     *
     * @param index which call of the reply, from 0
     * @param id as the server gave it; null if this piece carries none
     * @param name the tool's name; null if this piece carries none
     * @param arguments the next characters of the JSON arguments; may be empty
     */
    record ToolCall(
            int index, @Nullable String id, @Nullable String name, String arguments) implements ChatDelta {}

    /** Tokens used so far; the last one of a reply counts. */
    record Usage(TokenUsage tokens) implements ChatDelta {}

    /** What the server calls the reply and the model that wrote it; either may be null. */
    record Origin(@Nullable String id, @Nullable String model) implements ChatDelta {}

    /** A document that the answer quotes. */
    record Quotation(Citation citation) implements ChatDelta {}

    /**
     * The model stopped, and why.
     *
     * @param reason in LangChain4j's words
     * @param word the server's own word for it; null if it gave none
     */
    record Finish(FinishReason reason, @Nullable String word) implements ChatDelta {}
}
