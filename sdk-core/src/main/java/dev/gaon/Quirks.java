package dev.gaon;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's wire format departs from its dialect, as its data file says.
 *
 * @param maxTokensField the field that bounds the answer
 * @param streamUsage whether {@code stream_options.include_usage} may be sent
 * @param refusedFields request fields the server answers with an error
 * @param ranges of {@code temperature}, {@code topP}, {@code topK}, {@code frequencyPenalty}, {@code presencePenalty} and
 *     {@code maxOutputTokens}, as far as they are known
 * @param toolChoice the ways of choosing a tool it takes; empty if unknown
 * @param parallelToolCalls {@code "false"} where {@code parallel_tool_calls} must not be sent, {@code "only-true"}
 *     where only true is taken, else null or {@code "true"}
 * @param toolNamePattern what a whole tool name must match; null if unknown
 * @param outputTokensWithTools the least bound of an answer that may call tools; 0 for none
 * @param responseFormats the response formats it takes; empty if unknown
 * @param schema the part of JSON Schema it takes; null if unknown
 * @param wordForJsonObject what the prompt must say for {@code json_object}; null for nothing
 * @param images what images it takes; null if unknown
 * @param exclusive features that cannot be combined, whatever the model
 * @param nullContentAsEmpty whether an assistant message without text must say {@code ""}
 * @param singleSystemMessage whether it takes one system message only
 * @param toolDescriptionRequired whether every tool needs a description
 * @param thinkingField the field that asks for a thinking effort; null if it has none
 * @param reasoningField the field of its reasoning text, if it is none of the usual ones; null for those
 * @param reasoningHistoryField the field that sends reasoning back; null if it must not be sent
 * @param embeddingEncodingFormat what must be said about the encoding of embeddings; null for nothing
 * @param embeddingMaxItems the most texts of one embedding request; 0 if unknown
 * @param embeddingMaxTokens the most tokens of one embedding request; 0 if unknown
 * @param embeddingMaxBytes the most bytes of text of one embedding request; 0 if unknown
 * @param tokenizeField the field that takes the text whose tokens are counted
 * @param doneWithoutFinish whether good streams end with {@code [DONE]} but without a finish reason
 * @param errorKinds what its error codes mean, as kinds of {@link CallFailure}
 * @param retryAfterHeaders headers, beside the standard one, that say when to call again, in UNIX epoch seconds
 */
record Quirks(
        String maxTokensField,
        boolean streamUsage,
        List<String> refusedFields,
        Map<String, Range> ranges,
        List<String> toolChoice,
        @Nullable String parallelToolCalls,
        @Nullable String toolNamePattern,
        int outputTokensWithTools,
        List<String> responseFormats,
        @Nullable SchemaSubset schema,
        @Nullable String wordForJsonObject,
        @Nullable Images images,
        List<Set<String>> exclusive,
        boolean nullContentAsEmpty,
        boolean singleSystemMessage,
        boolean toolDescriptionRequired,
        @Nullable String thinkingField,
        @Nullable String reasoningField,
        @Nullable String reasoningHistoryField,
        @Nullable String embeddingEncodingFormat,
        int embeddingMaxItems,
        int embeddingMaxTokens,
        int embeddingMaxBytes,
        String tokenizeField,
        boolean doneWithoutFinish,
        Map<String, String> errorKinds,
        List<String> retryAfterHeaders) {

    static final Quirks NONE = new Quirks(
            "max_tokens",
            true,
            List.of(),
            Map.of(),
            List.of(),
            null,
            null,
            0,
            List.of(),
            null,
            null,
            null,
            List.of(),
            false,
            false,
            false,
            null,
            null,
            null,
            null,
            0,
            0,
            0,
            "prompt",
            false,
            Map.of(),
            List.of());

    /** Reads what a provider file says; what it leaves out is unknown. */
    static Quirks of(@Nullable CatalogueFile file) {
        if (file == null) {
            return NONE;
        }
        Quirks quirks = new Quirks(
                file.text("maxTokensField", "max_tokens"),
                file.bool("streamUsage", false),
                file.texts("refusedFields"),
                file.children("ranges", Range::of),
                file.texts("toolChoice"),
                file.scalar("parallelToolCalls"),
                file.pattern("toolNamePattern"),
                file.integer("outputTokensWithTools", 0),
                file.texts("responseFormats"),
                subset(file.object("schemaSubset")),
                file.text("wordForJsonObject"),
                Images.of(file.object("images")),
                file.pairs("exclusive"),
                file.bool("nullContentAsEmpty", false),
                file.bool("singleSystemMessage", false),
                file.bool("toolDescriptionRequired", false),
                file.text("thinkingField"),
                file.text("reasoningField"),
                file.text("reasoningHistoryField"),
                file.text("embeddingEncodingFormat"),
                file.integer("embeddingMaxItems", 0),
                file.integer("embeddingMaxTokens", 0),
                file.integer("embeddingMaxBytes", 0),
                file.text("tokenizeField", "prompt"),
                file.bool("doneWithoutFinish", false),
                file.words("errorKinds"),
                file.texts("retryAfterHeaders"));
        file.ignoring("errorShapes").done();
        return quirks;
    }

    private static @Nullable SchemaSubset subset(@Nullable CatalogueFile file) {
        if (file == null) {
            return null;
        }
        SchemaSubset subset = new SchemaSubset(
                Set.copyOf(file.texts("keywords")),
                Set.copyOf(file.texts("refused")),
                Set.copyOf(file.texts("types")),
                Set.copyOf(file.texts("formats")),
                file.bool("references", true),
                file.bool("objectRoot", false),
                file.bool("closed", false),
                file.bool("allRequired", false),
                file.integer("depth", 0));
        file.done();
        return subset;
    }

    /**
     * The values of a number that a provider takes.
     *
     * @param min the least; null if unknown
     * @param above less than every one; null if unknown
     * @param max the greatest; null if unknown
     */
    record Range(
            @Nullable Double min,
            @Nullable Double above,
            @Nullable Double max) {

        private static Range of(CatalogueFile file) {
            Range range = new Range(file.number("min"), file.number("above"), file.number("max"));
            file.done();
            return range;
        }

        /** The nearest value that is taken; null if there is none. */
        @Nullable
        Double nearest(double value) {
            if (above != null && value <= above) {
                return null;
            }
            return max != null && value > max ? max : min != null && value < min ? min : (Double) value;
        }

        @Override
        public String toString() {
            String least = above != null ? ">" + plain(above) : min != null ? plain(min) : "";
            return least + ".." + (max == null ? "" : plain(max));
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        }
    }

    /**
     * The images that a provider takes; 0 for what is unknown.
     *
     * @param formats as {@link ImageHeader} names them; empty if unknown
     * @param bytes the most of one image
     * @param ratio the greatest ratio of the long side to the short one
     * @param longest the most pixels of the long side
     * @param shortest the fewest pixels of the short side
     * @param perMessage the most in one message
     * @param perRequest the most in all messages together
     */
    record Images(
            List<String> formats, int bytes, int ratio, int longest, int shortest, int perMessage, int perRequest) {

        private static @Nullable Images of(@Nullable CatalogueFile file) {
            if (file == null) {
                return null;
            }
            Images images = new Images(
                    file.texts("formats"),
                    file.integer("bytes", 0),
                    file.integer("ratio", 0),
                    file.integer("longest", 0),
                    file.integer("shortest", 0),
                    file.integer("perMessage", 0),
                    file.integer("perRequest", 0));
            file.done();
            return images;
        }
    }
}
