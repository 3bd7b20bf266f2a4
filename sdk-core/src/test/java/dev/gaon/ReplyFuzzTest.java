package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.Text;
import dev.gaon.ChatDelta.Thinking;
import dev.gaon.ChatDelta.ToolCall;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Any reply in a known format is read to one outcome, and one that ends well says what Jackson's tree says it does. */
class ReplyFuzzTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @FuzzTest
    void stream(byte[] input) throws IOException {
        stream(input, deltas -> OpenAiReplies.decoder(Quirks.NONE, deltas), new Told());
    }

    @Test
    void mutatedStreams() throws IOException {
        Mutations.of(getClass(), "stream", 1_000, this::stream);
    }

    @FuzzTest
    void whole(byte[] body) throws IOException {
        whole(body, deltas -> OpenAiReplies.decoder(Quirks.NONE, deltas), new Told());
    }

    @Test
    void mutatedWholes() throws IOException {
        Mutations.of(getClass(), "whole", 1_000, this::whole);
    }

    @FuzzTest
    void clovaStream(byte[] input) throws IOException {
        stream(input, ClovaFrames::decoder, new ToldByClova());
    }

    @Test
    void mutatedClovaStreams() throws IOException {
        Mutations.of(getClass(), "clovaStream", 1_000, this::clovaStream);
    }

    @FuzzTest
    void clovaWhole(byte[] body) throws IOException {
        whole(body, ClovaFrames::decoder, new ToldByClova());
    }

    @Test
    void mutatedClovaWholes() throws IOException {
        Mutations.of(getClass(), "clovaWhole", 1_000, this::clovaWhole);
    }

    private static void stream(byte[] input, Function<List<ChatDelta>, Dialect.Decoder> reader, Told told)
            throws IOException {
        CutStream stream = CutStream.of(input);
        OpenAiReplies.Outcome first = null;
        for (InputStream feed : stream.feeds()) {
            List<ChatDelta> deltas = new ArrayList<>();
            String end = OpenAiReplies.end(feed, reader.apply(deltas));
            OpenAiReplies.Outcome outcome = new OpenAiReplies.Outcome(deltas, end);
            assertThat(outcome).as(feed.toString()).isEqualTo(first == null ? outcome : first);
            first = outcome;
        }
        sound(first);
        if (first.end().equals("finished")) {
            for (SseByTheBook.Event event : new SseByTheBook(stream.bytes(), 1 << 20).events) {
                if (event.data().startsWith("[DONE]") || !told.event(event)) {
                    break;
                }
            }
            told.by(first);
        }
    }

    private static void whole(byte[] body, Function<List<ChatDelta>, Dialect.Decoder> reader, Told told)
            throws IOException {
        OpenAiReplies.Outcome outcome = outcome(Feeds.whole(body), reader);
        assertThat(outcome(Feeds.single(body), reader)).isEqualTo(outcome);
        sound(outcome);
        if (outcome.end().equals("finished")) {
            told.add(tree(body));
            told.by(outcome);
        }
    }

    @FuzzTest
    void error(byte[] body) {
        ErrorBody error = ErrorBody.read(body);
        assertThat(error.message()).isNotNull();
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (IOException e) {
            return;
        }
        // What it says is in the body, word for word.
        List<String> words = new ArrayList<>(List.of(""));
        scalars(tree, words);
        if (tree.isObject()) {
            assertThat(words).contains(error.message());
            assertThat(error.code() == null || words.contains(error.code())).isTrue();
        }
    }

    @Test
    void mutatedErrors() throws IOException {
        Mutations.of(getClass(), "error", 1_000, this::error);
    }

    private static void scalars(JsonNode node, List<String> words) {
        if (node.isValueNode()) {
            words.add(node.asText());
        }
        node.forEach(child -> scalars(child, words));
    }

    /**
     * The tree of a reply that was read to a good end. Text that nobody reads the decoder skips without decoding it, so bytes
     * there may be no UTF-8. In the tree a mark stands in their place, that what is told of them would not have.
     */
    private static JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonParseException e) {
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith("\uF8FF")
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        }
    }

    private static OpenAiReplies.Outcome outcome(InputStream body, Function<List<ChatDelta>, Dialect.Decoder> reader) {
        List<ChatDelta> deltas = new ArrayList<>();
        Dialect.Decoder decoder = reader.apply(deltas);
        String end;
        try {
            decoder.whole(body);
            end = decoder.finished() ? "finished" : "incomplete";
        } catch (Dialect.ReplyError e) {
            end = "error " + e.code() + " " + e.getMessage();
        } catch (JsonProcessingException | CharConversionException e) {
            end = "malformed";
        } catch (IOException e) {
            throw new AssertionError("not one of the decoder's exceptions", e);
        }
        return new OpenAiReplies.Outcome(deltas, end);
    }

    /** What holds of every outcome: one end at most, nothing of the answer behind it, only whole characters. */
    private static void sound(OpenAiReplies.Outcome outcome) {
        boolean finished = false;
        int calls = 0;
        for (ChatDelta delta : outcome.deltas()) {
            if (delta instanceof Finish) {
                assertThat(finished).as("a second end").isFalse();
                finished = true;
            } else if (delta instanceof Text || delta instanceof Thinking || delta instanceof ToolCall) {
                assertThat(finished).as("something after the end").isFalse();
            }
            if (delta instanceof ToolCall call) {
                assertThat(call.index()).isBetween(0, ToolCallPlaces.MOST + calls++);
            }
        }
        if (outcome.end().equals("finished")) {
            assertThat(finished).isTrue();
        }
        for (ChatDelta delta : outcome.deltas()) {
            String text =
                    delta instanceof Text piece ? piece.text() : delta instanceof Thinking piece ? piece.text() : "";
            assertThat(whole(text)).as("half a character").isEqualTo(text);
        }
    }

    /** The text with U+FFFD for each half of a character that stands alone. */
    private static String whole(String text) {
        int[] points = text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .toArray();
        return new String(points, 0, points.length);
    }

    /** A plain second reading of what the model said and thought, from Jackson's tree. */
    private static class Told {
        final StringBuilder text = new StringBuilder();
        final StringBuilder thinking = new StringBuilder();

        /** The text that came before any field of reasoning did; null if none did. */
        private String textBeforeThinking;

        final void think(String piece) {
            if (!piece.isEmpty() && textBeforeThinking == null) {
                textBeforeThinking = text.toString();
            }
            thinking.append(piece);
        }

        static JsonNode tree(SseByTheBook.Event event) throws IOException {
            return ReplyFuzzTest.tree(event.data().getBytes(StandardCharsets.ISO_8859_1));
        }

        /** False if the stream is over. */
        boolean event(SseByTheBook.Event event) throws IOException {
            if (!event.data().isBlank()) {
                add(tree(event));
            }
            return true;
        }

        void add(JsonNode reply) {
            for (JsonNode choice : reply.path("choices")) {
                for (Map.Entry<String, JsonNode> field : choice.properties()) {
                    if (field.getKey().equals("delta") || field.getKey().equals("message")) {
                        message(field.getValue());
                    }
                }
            }
        }

        private void message(JsonNode message) {
            boolean thinks = false;
            for (Map.Entry<String, JsonNode> field : message.properties()) {
                JsonNode value = field.getValue();
                switch (field.getKey()) {
                    case "content" -> {
                        text.append(value.isTextual() ? value.textValue() : "");
                        value.forEach(part -> text.append(part.path("text").asText("")));
                    }
                    case "refusal" -> text.append(value.isTextual() ? value.textValue() : "");
                    case "reasoning", "reasoning_content", "thinking_content" -> {
                        if (!thinks && value.isTextual() && !value.textValue().isEmpty()) {
                            thinks = true;
                            think(value.textValue());
                        }
                    }
                    default -> {}
                }
            }
        }

        void by(OpenAiReplies.Outcome outcome) {
            String said = text.toString().stripLeading();
            String begun = textBeforeThinking == null ? text.toString() : textBeforeThinking;
            String before = begun.stripLeading();
            if (!before.startsWith("<think>") || begun.length() - before.length() > 256) {
                assertThat(outcome.text()).isEqualTo(whole(text.toString()));
                assertThat(outcome.thinking()).isEqualTo(whole(thinking.toString()));
                return;
            }
            int end = said.indexOf("</think>");
            String inline = said.substring("<think>".length(), end < 0 ? said.length() : end);
            String answer =
                    end < 0 ? "" : said.substring(end + "</think>".length()).stripLeading();
            assertThat(outcome.text()).isEqualTo(whole(answer));
            // Where both came, the end of the one may be told behind the other.
            assertThat(outcome.thinking().codePoints().sorted().toArray())
                    .isEqualTo((whole(inline) + whole(thinking.toString()))
                            .codePoints()
                            .sorted()
                            .toArray());
        }
    }

    /** The same of CLOVA Studio's format: of the result only that counts which no piece brought. */
    private static final class ToldByClova extends Told {

        @Override
        boolean event(SseByTheBook.Event event) throws IOException {
            switch (String.valueOf(event.name())) {
                case "token" -> add(tree(event), true);
                case "result" -> add(tree(event), false);
                case "signal" -> {
                    JsonNode tree = tree(event);
                    boolean over = tree.path("data").asText().equals("[DONE]");
                    return !over;
                }
                default -> {}
            }
            return true;
        }

        @Override
        void add(JsonNode reply) {
            add(reply, false);
        }

        private void add(JsonNode reply, boolean piece) {
            for (Map.Entry<String, JsonNode> field : reply.properties()) {
                JsonNode value = field.getValue();
                if (field.getKey().equals("result") && value.isObject() && !piece) {
                    add(value, false);
                } else if (field.getKey().equals("message")) {
                    boolean texts = piece || text.isEmpty();
                    boolean thoughts = piece || thinking.isEmpty();
                    value.properties().forEach(part -> part(part.getKey(), part.getValue(), texts, thoughts));
                }
            }
        }

        private void part(String name, JsonNode value, boolean texts, boolean thoughts) {
            if (texts && name.equals("content")) {
                text.append(value.isTextual() ? value.textValue() : "");
                value.forEach(part -> text.append(part.path("text").asText("")));
            } else if (thoughts && name.equals("thinkingContent") && value.isTextual()) {
                think(value.textValue());
            }
        }
    }
}
