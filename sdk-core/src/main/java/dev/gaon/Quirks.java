package dev.gaon;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's wire format departs from its dialect, as its data file says.
 *
 * @param maxTokensField the field that bounds the answer
 * @param streamUsage whether {@code stream_options.include_usage} may be sent
 * @param refusedFields request fields the server answers with an error
 * @param temperatureMax the highest temperature it takes; null if unknown
 * @param toolChoice the ways of choosing a tool it takes; empty if unknown
 * @param responseFormats the response formats it takes; empty if unknown
 * @param nullContentAsEmpty whether an assistant message without text must say {@code ""}
 * @param singleSystemMessage whether it takes one system message only
 * @param toolDescriptionRequired whether every tool needs a description
 * @param thinkingField the field that asks for a thinking effort; null if it has none
 * @param reasoningHistoryField the field that sends reasoning back; null if it must not be sent
 * @param embeddingEncodingFormat what must be said about the encoding of embeddings; null for nothing
 * @param embeddingMaxItems the most texts of one embedding request; 0 if unknown
 * @param doneWithoutFinish whether good streams end with {@code [DONE]} but without a finish reason
 */
record Quirks(
        String maxTokensField,
        boolean streamUsage,
        List<String> refusedFields,
        @Nullable Double temperatureMax,
        List<String> toolChoice,
        List<String> responseFormats,
        boolean nullContentAsEmpty,
        boolean singleSystemMessage,
        boolean toolDescriptionRequired,
        @Nullable String thinkingField,
        @Nullable String reasoningHistoryField,
        @Nullable String embeddingEncodingFormat,
        int embeddingMaxItems,
        boolean doneWithoutFinish) {

    static final Quirks NONE = new Quirks(
            "max_tokens", true, List.of(), null, List.of(), List.of(), false, false, false, null, null, null, 0, false);
}
