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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one reply of a chat model, as events or whole: what all formats share whose events are JSON objects. A subclass
 * says what the fields of an object mean. Used by one thread.
 */
abstract class ChatReply extends JsonReply implements Dialect.Decoder {

    static final String CONTENT = "content";

    private static final byte[] NEW_LINE = {'\n'};

    private final JsonFactory json;
    private final Consumer<ChatDelta> out;
    private final RepeatedEvent usual = new RepeatedEvent();
    private final WholeCharacters answer = new WholeCharacters();
    private final WholeCharacters thought = new WholeCharacters();

    /** Null where the format has a place of its own for reasoning and servers keep to it. */
    private final @Nullable InlineThinking inline;

    private @Nullable JsonParser events;
    private @Nullable ToolCallPlaces places;
    private boolean answered;
    private boolean reasoned;
    private boolean sawToolCall;
    private boolean finished;
    private int thinkingTokens;
    private List<String> notices = List.of();

    /** How many deltas this event gave, and the field whose text was one of them. */
    private int told;

    private @Nullable String textField;

    /** @param inlineThinking whether reasoning may stand inside the answer's text */
    ChatReply(JsonFactory json, boolean inlineThinking, Consumer<ChatDelta> out) {
        this.json = json;
        this.out = out;
        this.inline = inlineThinking
                ? new InlineThinking(
                        piece -> tell(new ChatDelta.Thinking(piece)), piece -> tell(new ChatDelta.Text(piece)))
                : null;
    }

    /** Reads the object of one event, or the whole reply; it has been entered. */
    abstract void object() throws IOException;

    @Override
    public final boolean finished() {
        return finished;
    }

    /** What the server says beside the reply itself, in its own words; empty if nothing. */
    final List<String> notices() {
        if (thinkingTokens > 0) {
            notice("thinking-tokens=" + thinkingTokens);
            thinkingTokens = 0;
        }
        return notices;
    }

    final void notice(String notice) {
        notices = notices.isEmpty() ? new ArrayList<>() : notices;
        notices.add(notice);
    }

    @Override
    public void whole(InputStream body) throws IOException {
        try (JsonParser whole = json.createParser(body)) {
            read(whole);
            if (next() != JsonToken.START_OBJECT) {
                throw malformed("the reply is no JSON object");
            }
            object();
            if (next() != null) {
                throw malformed("something follows the JSON of the reply");
            }
        }
    }

    /** Reads an event that may differ from an earlier one in nothing but its text. */
    final void piece(byte[] data, int offset, int length) throws IOException {
        String repeated = usual.text(data, offset, length);
        if (repeated == null) {
            event(data, offset, length);
            if (told == 1 && textField != null) {
                usual.learn(data, offset, length, textField, !textField.equals(CONTENT));
            }
        } else if (usual.thinking()) {
            thinking(repeated);
        } else {
            text(repeated);
        }
    }

    /** Reads an event that is one JSON object. */
    final void event(byte[] data, int offset, int length) throws IOException {
        parse(data, offset, length, false);
    }

    /** Reads an event that is an error, JSON or not. */
    final void errorEvent(byte[] data, int offset, int length) throws IOException {
        try {
            parse(data, offset, length, true);
        } catch (IOException e) {
            throw new Dialect.ReplyError(null, new String(data, offset, length, StandardCharsets.UTF_8));
        }
    }

    private void parse(byte[] data, int offset, int length, boolean error) throws IOException {
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
                object();
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
            throw e;
        }
    }

    static boolean isDone(byte[] data, int offset, int length) {
        return length >= 6
                && data[offset] == '['
                && data[offset + 1] == 'D'
                && data[offset + 2] == 'O'
                && data[offset + 3] == 'N'
                && data[offset + 4] == 'E'
                && data[offset + 5] == ']';
    }

    static boolean isBlank(byte[] data, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (data[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    final void tell(ChatDelta delta) {
        told++;
        out.accept(delta);
    }

    /** Text, or an array of parts of which the text ones count. */
    final void content() throws IOException {
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

    /** The reasoning in the field at hand; false if it has none. */
    final boolean reasoning() throws IOException {
        String field = field();
        String text = textValue();
        if (text == null || text.isEmpty()) {
            return false;
        }
        textField = field;
        thinking(text);
        return true;
    }

    final void text(@Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            open();
            answered = true;
            String whole = answer.next(text);
            if (inline != null && !inline.decided()) {
                inline.accept(whole);
            } else if (!whole.isEmpty()) {
                tell(new ChatDelta.Text(whole));
            }
        }
    }

    private void thinking(String text) throws IOException {
        open();
        reasoned = true;
        if (inline != null) {
            inline.partedByServer();
        }
        String whole = thought.next(text);
        if (!whole.isEmpty()) {
            tell(new ChatDelta.Thinking(whole));
        }
    }

    /** Some text of the answer came. */
    final boolean answered() {
        return answered;
    }

    /** Some reasoning came. */
    final boolean reasoned() {
        return reasoned;
    }

    /** Enters the list of tool calls that comes next; null if there is none. */
    final @Nullable ToolCallPlaces toolCallList() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(token == JsonToken.START_ARRAY, "the list of tool calls is no array");
        places = places == null ? new ToolCallPlaces() : places;
        places.list();
        return places;
    }

    /** Enters the next tool call of the list; false at its end. */
    final boolean nextToolCall() throws IOException {
        JsonToken token = next();
        expect(token == JsonToken.START_OBJECT || token == JsonToken.END_ARRAY, "a tool call is no object");
        return token == JsonToken.START_OBJECT;
    }

    /** Enters the function that comes next; false if there is none. */
    final boolean function() throws IOException {
        JsonToken token = next();
        expect(token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL, "function is no object");
        return token == JsonToken.START_OBJECT;
    }

    /** The text that comes next, or JSON of any other shape as text; empty for null. */
    final String textOrJson() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_STRING) {
            return scalar();
        }
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        return structure();
    }

    final void toolCall(int place, @Nullable String id, @Nullable String name, String arguments) throws IOException {
        open();
        expect(place < ToolCallPlaces.MOST, "there are more than " + ToolCallPlaces.MOST + " tool calls");
        sawToolCall = true;
        tell(new ChatDelta.ToolCall(place, id, name, arguments));
    }

    final boolean sawToolCall() {
        return sawToolCall;
    }

    /**
     * The names under which a format counts tokens.
     *
     * @param details the object that says more of the output
     * @param thinking in that object: how much of the output was reasoning
     */
    record UsageFields(String input, String output, String total, String details, String thinking) {}

    final @Nullable TokenUsage usage(UsageFields names) throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            skipped();
            return null;
        }
        Integer input = null;
        Integer output = null;
        Integer total = null;
        while (nextField()) {
            String name = field();
            if (name.equals(names.input())) {
                input = wholeNumber();
            } else if (name.equals(names.output())) {
                output = wholeNumber();
            } else if (name.equals(names.total())) {
                total = wholeNumber();
            } else if (name.equals(names.details())) {
                details(names.thinking());
            } else {
                skip();
            }
        }
        return input == null && output == null && total == null ? null : new TokenUsage(input, output, total);
    }

    private void details(String thinking) throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            skipped();
            return;
        }
        while (nextField()) {
            if (field().equals(thinking)) {
                Integer tokens = wholeNumber();
                thinkingTokens = tokens == null ? 0 : tokens;
            } else {
                skip();
            }
        }
    }

    /** The model stopped, for the reason that the server calls so. */
    final void finish(String word) throws IOException {
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

    /** @param word null if the server gave none */
    final void finish(FinishReason reason, @Nullable String word) {
        if (!finished) {
            String broken = thought.rest();
            if (!broken.isEmpty()) {
                tell(new ChatDelta.Thinking(broken));
            }
            broken = answer.rest();
            if (inline != null && !inline.decided()) {
                inline.accept(broken);
                inline.end();
            } else if (!broken.isEmpty()) {
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
    final void error(@Nullable JsonToken token) throws IOException {
        Dialect.ReplyError error = reported(token);
        if (error != null) {
            throw error;
        }
    }

    /** What the server says of an error at the current token, in any of the shapes seen; null if it says there is none. */
    final Dialect.@Nullable ReplyError reported(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
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
                } else if (field.equals("error") || field.equals("status")) {
                    error(value);
                } else {
                    skipped();
                }
            }
        } else if (token != null && token.isScalarValue()) {
            message = scalar();
        }
        return new Dialect.ReplyError(code, message == null ? "" : message);
    }
}
