package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one reply in the OpenAI format, as events or whole.
 *
 * <p>Lenient where servers differ: reasoning under any of its names, tool calls without id, index or name, arguments as
 * an object, usage anywhere, finish reasons in any spelling. Strict where a reply could lie: a repeated field, text after the end, garbage after the JSON, an error beside an answer.
 */
final class OpenAiReply extends ChatReply {

    private static final UsageFields USAGE = new UsageFields(
            "prompt_tokens", "completion_tokens", "total_tokens", "completion_tokens_details", "reasoning_tokens");

    private final Quirks quirks;

    private @Nullable String id;
    private @Nullable String model;
    private boolean originTold;

    OpenAiReply(JsonFactory json, Quirks quirks, Consumer<ChatDelta> out) {
        super(json, true, out);
        this.quirks = quirks;
    }

    @Override
    public boolean event(@Nullable String name, byte[] data, int offset, int length) throws IOException {
        if (isDone(data, offset, length)) {
            if (!finished() && quirks.doneWithoutFinish()) {
                finish(FinishReason.OTHER, "[DONE]");
            }
            return false;
        }
        if ("error".equals(name)) {
            errorEvent(data, offset, length);
        } else if (!isBlank(data, offset, length)) {
            piece(data, offset, length);
        }
        return true;
    }

    /** One event, or the whole reply: both name the same fields. */
    @Override
    void object() throws IOException {
        TokenUsage usage = null;
        while (nextField()) {
            switch (field()) {
                case "id" -> id = repeated(id);
                case "model" -> model = repeated(model);
                case "choices" -> choices();
                case "usage" -> usage = usage(USAGE);
                case "error" -> error(next());
                default -> skip();
            }
        }
        if (!originTold && (id != null || model != null)) {
            originTold = true;
            tell(new ChatDelta.Origin(id, model));
        }
        if (usage != null) {
            tell(new ChatDelta.Usage(usage));
        }
    }

    /** What the first event says and every later one says again. */
    private @Nullable String repeated(@Nullable String known) throws IOException {
        if (known == null) {
            return blankToNull(textValue());
        }
        JsonToken token = next();
        expect(token != null && token.isScalarValue(), "a field that should be text is not");
        return known;
    }

    private void choices() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token == JsonToken.START_ARRAY, "choices is no array");
        while ((token = next()) != JsonToken.END_ARRAY) {
            expect(token == JsonToken.START_OBJECT, "a choice is no object");
            choice();
        }
    }

    private void choice() throws IOException {
        String reason = null;
        boolean told = false;
        while (nextField()) {
            switch (field()) {
                case "delta", "message" -> {
                    expect(!told, "a choice has two messages");
                    told = true;
                    message();
                }
                case "finish_reason" -> reason = textValue();
                case "index" -> {
                    Integer index = wholeNumber();
                    expect(index == null || index == 0, "more than one choice came");
                }
                case "error" -> error(next());
                default -> skip();
            }
        }
        if (reason != null) {
            finish(reason);
        }
    }

    private void message() throws IOException {
        if (next() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token() == JsonToken.START_OBJECT, "a message is no object");
        boolean thinks = false;
        while (nextField()) {
            switch (field()) {
                case CONTENT -> content();
                case "reasoning", "reasoning_content", "thinking_content" -> thinks = reasoning(thinks);
                case "tool_calls" -> toolCalls();
                case "refusal" -> text(textValue());
                default -> {
                    if (field().equals(quirks.reasoningField())) {
                        thinks = reasoning(thinks);
                    } else {
                        skip();
                    }
                }
            }
        }
    }

    /** Servers that rename the field send the same text under both names for a while. */
    private boolean reasoning(boolean before) throws IOException {
        if (before) {
            textValue();
        }
        return before || reasoning();
    }

    private void toolCalls() throws IOException {
        ToolCallPlaces places = toolCallList();
        while (places != null && nextToolCall()) {
            toolCall(places);
        }
    }

    private void toolCall(ToolCallPlaces places) throws IOException {
        int index = -1;
        String id = null;
        String name = null;
        String arguments = "";
        while (nextField()) {
            switch (field()) {
                case "index" -> {
                    Integer given = wholeNumber();
                    if (given != null) {
                        index = given;
                        expect(index >= 0 && index < ToolCallPlaces.MOST, "the index of a tool call is out of range");
                    }
                }
                case "id" -> id = blankToNull(textValue());
                case "function" -> {
                    if (!function()) {
                        break;
                    }
                    while (nextField()) {
                        switch (field()) {
                            case "name" -> name = blankToNull(textValue());
                            case "arguments" -> arguments = textOrJson();
                            default -> skip();
                        }
                    }
                }
                default -> skip();
            }
        }
        toolCall(places.place(index, id, name != null), id, name, arguments);
    }
}
