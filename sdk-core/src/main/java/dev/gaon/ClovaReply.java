package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one reply of CLOVA Studio's own format, v1 or v3, as events or whole.
 *
 * <p>Pieces come in {@code token} events. The {@code result} event says the whole message again: of it only that counts
 * which no piece brought. It alone ends an answer. Lenient and strict as {@link OpenAiReply}.
 */
final class ClovaReply extends ChatReply {

    private static final UsageFields USAGE = new UsageFields(
            "promptTokens", "completionTokens", "totalTokens", "completionTokensDetails", "thinkingTokens");

    private static final String FINE = "20000";

    /** Longer reports of a content filter are cut: its groups and names are few. */
    private static final int MOST_NOTICES = 32;

    private enum Part {
        PIECE,
        RESULT,
        SIGNAL,
        UNNAMED
    }

    private Part part = Part.RESULT;
    private boolean over;

    /** The tool calls whose arguments, or a part of them, came in pieces. */
    private final BitSet argued = new BitSet();

    private int filtered;

    ClovaReply(JsonFactory json, Consumer<ChatDelta> out) {
        super(json, false, out);
    }

    @Override
    public boolean event(@Nullable String name, byte[] data, int offset, int length) throws IOException {
        if (isDone(data, offset, length)) {
            return false;
        }
        switch (name == null ? "" : name) {
            case "token" -> {
                part = Part.PIECE;
                piece(data, offset, length);
            }
            case "result" -> {
                part = Part.RESULT;
                event(data, offset, length);
            }
            case "signal" -> {
                part = Part.SIGNAL;
                event(data, offset, length);
            }
            case "error" -> errorEvent(data, offset, length);
            case "" -> {
                if (!isBlank(data, offset, length)) {
                    part = Part.UNNAMED;
                    event(data, offset, length);
                }
            }
            default -> {
                // An event of a kind that is not known says nothing of the answer.
            }
        }
        return !over;
    }

    @Override
    public void whole(InputStream body) throws IOException {
        part = Part.RESULT;
        super.whole(body);
    }

    /** An envelope of status and result, or the result alone, as in events. */
    @Override
    void object() throws IOException {
        String reason = null;
        boolean reasonGiven = false;
        boolean messageGiven = false;
        TokenUsage usage = null;
        Integer input = null;
        Integer output = null;
        while (nextField()) {
            switch (field()) {
                case "status" -> status();
                case "error" -> error(next());
                case "result" -> {
                    if (next() == JsonToken.START_OBJECT && part == Part.RESULT) {
                        object();
                    } else {
                        skipped();
                    }
                }
                case "message" -> messageGiven = message();
                case "finishReason", "stopReason" -> {
                    expect(!reasonGiven, "a reply has two reasons for its end");
                    reasonGiven = true;
                    reason = textValue();
                }
                case "usage" -> usage = usage(USAGE);
                case "inputLength" -> input = wholeNumber();
                case "outputLength" -> output = wholeNumber();
                case "aiFilter" -> filter();
                case "data" -> signal();
                default -> skip();
            }
        }
        if (part != Part.RESULT) {
            return;
        }
        if (usage == null && (input != null || output != null)) {
            usage = new TokenUsage(input, output);
        }
        if (usage != null) {
            tell(new ChatDelta.Usage(usage));
        }
        if (reason != null) {
            finish(reason);
        } else if (messageGiven && !reasonGiven) {
            // Documented once: a message that is whole all the same.
            finish(sawToolCall() ? FinishReason.TOOL_EXECUTION : FinishReason.OTHER, null);
        }
    }

    /** A status other than success is an error, whatever the HTTP status was. */
    private void status() throws IOException {
        JsonToken token = next();
        expect(token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL, "status is no object");
        Dialect.ReplyError said = reported(token);
        if (said != null && !FINE.equals(said.code())) {
            throw said;
        }
    }

    /** Ends the stream, if that is what it says. */
    private void signal() throws IOException {
        if (part == Part.SIGNAL) {
            over = "[DONE]".equals(textValue());
        } else {
            skip();
        }
    }

    /** False if there is none. */
    private boolean message() throws IOException {
        if (next() == JsonToken.VALUE_NULL) {
            return false;
        }
        expect(token() == JsonToken.START_OBJECT, "a message is no object");
        expect(part != Part.UNNAMED, "an event with a message has no name");
        boolean again = part == Part.RESULT;
        while (nextField()) {
            switch (field()) {
                case CONTENT -> {
                    if (again && answered()) {
                        skip();
                    } else {
                        content();
                    }
                }
                case "thinkingContent" -> {
                    if (again && reasoned()) {
                        skip();
                    } else {
                        reasoning();
                    }
                }
                case "toolCalls" -> toolCalls();
                default -> skip();
            }
        }
        return true;
    }

    private void toolCalls() throws IOException {
        ToolCallPlaces places = toolCallList();
        for (int at = 0; places != null && nextToolCall(); at++) {
            toolCall(places, at);
        }
    }

    /** @param at where in its list it stands: the result lists all calls in the order in which their pieces began */
    private void toolCall(ToolCallPlaces places, int at) throws IOException {
        String id = null;
        String name = null;
        String arguments = "";
        boolean known = part == Part.RESULT && argued.get(at);
        while (nextField()) {
            switch (field()) {
                case "id" -> id = blankToNull(textValue());
                case "function" -> {
                    if (!function()) {
                        break;
                    }
                    boolean given = false;
                    while (nextField()) {
                        switch (field()) {
                            case "name" -> name = blankToNull(textValue());
                            case "arguments", "partialJson" -> {
                                expect(!given, "a tool call has its arguments twice");
                                given = true;
                                if (known) {
                                    skip();
                                } else {
                                    arguments = textOrJson();
                                }
                            }
                            default -> skip();
                        }
                    }
                }
                default -> skip();
            }
        }
        if (part != Part.RESULT) {
            int place = places.place(-1, id, name != null);
            if (!arguments.isEmpty()) {
                argued.set(place);
            }
            toolCall(place, id, name, arguments);
        } else if (!known) {
            argued.set(at);
            toolCall(at, id, name, arguments);
        }
    }

    private void filter() throws IOException {
        JsonToken token = next();
        if (token != JsonToken.START_ARRAY) {
            skipped();
            return;
        }
        while ((token = next()) != JsonToken.END_ARRAY) {
            expect(token == JsonToken.START_OBJECT, "a result of the content filter is no object");
            String group = null;
            String name = null;
            String score = null;
            while (nextField()) {
                switch (field()) {
                    case "groupName" -> group = textValue();
                    case "name" -> name = textValue();
                    case "score" -> score = textOrJson();
                    default -> skip();
                }
            }
            if (part == Part.RESULT && filtered++ < MOST_NOTICES) {
                notice("ai-filter=" + group + "/" + name + ":" + score);
            }
        }
    }
}
