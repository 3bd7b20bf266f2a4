package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one reply in the OpenAI format, as events or whole.
 *
 * <p>Lenient where servers differ: reasoning under any of its names, tool calls without id, index or name, arguments as
 * an object, usage anywhere, finish reasons in any spelling. Strict where a reply could lie: a repeated field, text after the end, garbage after the JSON, an error beside an answer.
 */
final class OpenAiReply extends JsonReply implements Dialect.Decoder {

    private static final byte[] NEW_LINE = {'\n'};
    private static final String CONTENT = "content";

    private final JsonFactory json;
    private final Quirks quirks;
    private final Consumer<ChatDelta> out;

    private @Nullable JsonParser events;
    private @Nullable String id;
    private @Nullable String model;
    private boolean originTold;
    private boolean finished;
    private boolean sawToolCall;
    private @Nullable ToolCallPlaces places;
    private final RepeatedEvent usual = new RepeatedEvent();

    /** How many deltas this event gave, and the field whose text was one of them. */
    private int told;

    private @Nullable String textField;
    private final WholeCharacters answer = new WholeCharacters();
    private final WholeCharacters thought = new WholeCharacters();
    private final InlineThinking inline =
            new InlineThinking(piece -> tell(new ChatDelta.Thinking(piece)), piece -> tell(new ChatDelta.Text(piece)));

    OpenAiReply(JsonFactory json, Quirks quirks, Consumer<ChatDelta> out) {
        this.json = json;
        this.quirks = quirks;
        this.out = out;
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public boolean event(@Nullable String name, byte[] data, int offset, int length) throws IOException {
        if (isDone(data, offset, length)) {
            if (!finished && quirks.doneWithoutFinish()) {
                finish(FinishReason.OTHER, "[DONE]");
            }
            return false;
        }
        boolean error = "error".equals(name);
        if (isBlank(data, offset, length) && !error) {
            return true;
        }
        String repeated = error ? null : usual.text(data, offset, length);
        if (repeated != null) {
            if (usual.thinking()) {
                thinking(repeated);
            } else {
                text(repeated);
            }
            return true;
        }
        told = 0;
        textField = null;
        if (events == null) {
            events = json.createNonBlockingByteArrayParser();
        }
        read(events);
        try {
            ByteArrayFeeder feeder = (ByteArrayFeeder) events.getNonBlockingInputFeeder();
            feeder.feedInput(data, offset, offset + length);
            JsonToken first = next();
            if (first == JsonToken.NOT_AVAILABLE || first == null) {
                feeder.feedInput(NEW_LINE, 0, 1);
                first = next();
            }
            if (error) {
                error(first);
            } else if (first == JsonToken.START_OBJECT) {
                chunk();
            } else {
                throw malformed("an event is no JSON object");
            }
            expect(next() == JsonToken.NOT_AVAILABLE, "something follows the JSON of an event");
            // The line break ends what only looks unfinished, such as the number of {"a":1} 2.
            feeder.feedInput(NEW_LINE, 0, 1);
            expect(next() == JsonToken.NOT_AVAILABLE, "something follows the JSON of an event");
        } catch (IOException | RuntimeException e) {
            events.close();
            events = null;
            if (error && e instanceof IOException) {
                throw new Dialect.ReplyError(null, new String(data, offset, length, StandardCharsets.UTF_8));
            }
            throw e;
        }
        if (told == 1 && textField != null) {
            usual.learn(data, offset, length, textField, !textField.equals(CONTENT));
        }
        return true;
    }

    private void tell(ChatDelta delta) {
        told++;
        out.accept(delta);
    }

    @Override
    public void whole(InputStream body) throws IOException {
        try (JsonParser whole = json.createParser(body)) {
            read(whole);
            if (next() != JsonToken.START_OBJECT) {
                throw malformed("the reply is no JSON object");
            }
            chunk();
            if (next() != null) {
                throw malformed("something follows the JSON of the reply");
            }
        }
    }

    private static boolean isDone(byte[] data, int offset, int length) {
        return length >= 6
                && data[offset] == '['
                && data[offset + 1] == 'D'
                && data[offset + 2] == 'O'
                && data[offset + 3] == 'N'
                && data[offset + 4] == 'E'
                && data[offset + 5] == ']';
    }

    private static boolean isBlank(byte[] data, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (data[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** The object of one event, or the whole reply: both name the same fields. */
    private void chunk() throws IOException {
        TokenUsage usage = null;
        while (nextField()) {
            switch (field()) {
                case "id" -> id = repeated(id);
                case "model" -> model = repeated(model);
                case "choices" -> choices();
                case "usage" -> usage = usage();
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
                case "content" -> content();
                case "reasoning", "reasoning_content", "thinking_content" -> {
                    // Servers that rename the field send the same text under both names for a while.
                    String field = field();
                    String text = textValue();
                    if (!thinks && text != null && !text.isEmpty()) {
                        thinks = true;
                        textField = field;
                        thinking(text);
                    }
                }
                case "tool_calls" -> toolCalls();
                case "refusal" -> text(textValue());
                default -> skip();
            }
        }
    }

    /** Text, or an array of parts of which the text ones count. */
    private void content() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_STRING) {
            String text = scalar();
            textField = text.isEmpty() ? textField : CONTENT;
            text(text);
        } else if (token == JsonToken.START_ARRAY) {
            while ((token = next()) != JsonToken.END_ARRAY) {
                expect(token == JsonToken.START_OBJECT, "a content part is no object");
                while (nextField()) {
                    if (field().equals("text")) {
                        text(textValue());
                    } else {
                        skip();
                    }
                }
            }
        } else {
            expect(token == JsonToken.VALUE_NULL, "content is neither text nor parts");
        }
    }

    private void text(@Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            open();
            String whole = answer.next(text);
            if (!inline.decided()) {
                inline.accept(whole);
            } else if (!whole.isEmpty()) {
                tell(new ChatDelta.Text(whole));
            }
        }
    }

    private void thinking(String text) throws IOException {
        open();
        inline.partedByServer();
        String whole = thought.next(text);
        if (!whole.isEmpty()) {
            tell(new ChatDelta.Thinking(whole));
        }
    }

    private void toolCalls() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token == JsonToken.START_ARRAY, "tool_calls is no array");
        ToolCallPlaces known = places == null ? new ToolCallPlaces() : places;
        places = known;
        known.list();
        while ((token = next()) != JsonToken.END_ARRAY) {
            expect(token == JsonToken.START_OBJECT, "a tool call is no object");
            toolCall(known);
        }
    }

    private void toolCall(ToolCallPlaces places) throws IOException {
        int index = -1;
        String callId = null;
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
                case "id" -> callId = textValue();
                case "function" -> {
                    if (next() == JsonToken.VALUE_NULL) {
                        break;
                    }
                    expect(token() == JsonToken.START_OBJECT, "function is no object");
                    while (nextField()) {
                        switch (field()) {
                            case "name" -> name = textValue();
                            case "arguments" -> arguments = arguments();
                            default -> skip();
                        }
                    }
                }
                default -> skip();
            }
        }
        open();
        sawToolCall = true;
        String known = blankToNull(callId);
        String called = blankToNull(name);
        tell(new ChatDelta.ToolCall(places.place(index, known, called != null), known, called, arguments));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** A JSON text, or an object, which is written as text. */
    private String arguments() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_STRING) {
            return scalar();
        }
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        return structure();
    }

    private @Nullable TokenUsage usage() throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            skipped();
            return null;
        }
        Integer input = null;
        Integer output = null;
        Integer total = null;
        while (nextField()) {
            switch (field()) {
                case "prompt_tokens" -> input = wholeNumber();
                case "completion_tokens" -> output = wholeNumber();
                case "total_tokens" -> total = wholeNumber();
                default -> skip();
            }
        }
        return input == null && output == null && total == null ? null : new TokenUsage(input, output, total);
    }

    private void finish(String word) throws IOException {
        String reason = word.toLowerCase(Locale.ROOT);
        switch (reason) {
            case "null", "" -> {}
            case "stop", "eos_token", "end_token", "stop_sequence", "stop_before" ->
                finish(sawToolCall ? FinishReason.TOOL_EXECUTION : FinishReason.STOP, word);
            case "length", "max_tokens" -> finish(FinishReason.LENGTH, word);
            case "tool_calls", "function_call" -> finish(FinishReason.TOOL_EXECUTION, word);
            case "content_filter" -> finish(FinishReason.CONTENT_FILTER, word);
            case "abort", "error" -> throw new Dialect.ReplyError(reason, "the server stopped the reply: " + reason);
            default -> finish(FinishReason.OTHER, word);
        }
    }

    private void finish(FinishReason reason, String word) {
        if (!finished) {
            String broken = thought.rest();
            if (!broken.isEmpty()) {
                tell(new ChatDelta.Thinking(broken));
            }
            inline.end();
            broken = answer.rest();
            if (!broken.isEmpty()) {
                tell(new ChatDelta.Text(broken));
            }
            finished = true;
            tell(new ChatDelta.Finish(reason, word));
        }
    }

    /** Nothing of an answer may follow its end. */
    private void open() throws IOException {
        expect(!finished, "the answer goes on after its end");
    }

    /** The current token is the error: an object, a text, or null for none. */
    private void error(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        String code = null;
        String message = null;
        if (token == JsonToken.START_OBJECT) {
            while (nextField()) {
                String field = field();
                JsonToken value = next();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    switch (field) {
                        case "message", "detail" -> message = scalar();
                        case "code" -> code = scalar();
                        case "type" -> code = code == null ? scalar() : code;
                        default -> {}
                    }
                } else if (field.equals("error")) {
                    error(value);
                } else {
                    skipped();
                }
            }
        } else if (token != null && token.isScalarValue()) {
            message = scalar();
        }
        throw new Dialect.ReplyError(code, message == null ? "" : message);
    }
}
