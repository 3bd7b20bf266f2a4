package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is written can be read back as the same, and what a header says stays within bounds. */
class TextFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record's values come back from their canonical text, and their canonical text is one. */
    @FuzzTest
    void canonical(byte[] input) throws IOException {
        Object value;
        try {
            value = asInRecords(JsonTree.read(input));
        } catch (IOException | IllegalArgumentException e) {
            return;
        }
        String text = CanonicalJson.write(new TreeMap<>(Map.of("v", value)));
        Object back = JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(back).isEqualTo(Map.of("v", value));
        assertThat(JSON.readTree(text)).isEqualTo(JSON.readTree(JSON.writeValueAsString(Map.of("v", value))));
    }

    @Test
    void mutatedCanonical() throws IOException {
        Mutations.of(getClass(), "canonical", 2_000, this::canonical);
    }

    /** As records hold it; refused where they would hold no such thing. */
    private static Object asInRecords(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, inner) -> sorted.put((String) asInRecords(name), asInRecords(inner)));
            return sorted;
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(asInRecords(inner)));
            return copy;
        } else if (value instanceof String text && !text.equals(new String(utf8(text), StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException("half a character");
        } else if (value == null || value instanceof Double || value instanceof java.math.BigInteger) {
            throw new IllegalArgumentException("not in records");
        }
        return value;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The texts of a request, given as a JSON array, arrive as they were. */
    @FuzzTest
    void request(byte[] input) throws IOException {
        List<String> texts = new ArrayList<>();
        try {
            JSON.readTree(input).forEach(text -> texts.add(text.asText()));
        } catch (IOException e) {
            return;
        }
        texts.removeIf(text -> text.trim().isEmpty());
        if (texts.size() < 4) {
            return;
        }
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id(texts.get(2))
                .name("f")
                .arguments(texts.get(3))
                .build();
        ChatRequest request = ChatRequest.builder()
                .messages(
                        SystemMessage.from(texts.get(0)),
                        UserMessage.from(texts.get(1)),
                        AiMessage.from(texts.get(2), List.of(call)),
                        ToolExecutionResultMessage.from(call, texts.get(1)))
                .stopSequences(texts)
                .build();
        Endpoint own = Endpoint.of("http://127.0.0.1:1/v1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new OpenAiDialect(Limits.DEFAULT).encode(request, ModelCard.unknown("m", List.of(own)), own, true, out);
        JsonNode sent = JSON.readTree(out.toByteArray());
        JsonNode messages = sent.get("messages");
        assertThat(messages.at("/0/content").textValue()).isEqualTo(texts.get(0));
        assertThat(messages.at("/1/content").textValue()).isEqualTo(texts.get(1));
        assertThat(messages.at("/2/content").textValue()).isEqualTo(texts.get(2));
        assertThat(messages.at("/2/tool_calls/0/id").textValue()).isEqualTo(texts.get(2));
        assertThat(messages.at("/2/tool_calls/0/function/arguments").textValue())
                .isEqualTo(texts.get(3));
        assertThat(messages.at("/3/content").textValue()).isEqualTo(texts.get(1));
        List<String> stops = new ArrayList<>();
        sent.get("stop").forEach(stop -> stops.add(stop.textValue()));
        assertThat(stops).isEqualTo(texts);
    }

    @Test
    void mutatedRequests() throws IOException {
        Mutations.of(getClass(), "request", 2_000, this::request);
    }

    /** Whatever Retry-After says is no pause, none at all, or one that can be counted in milliseconds. */
    @FuzzTest
    void retryAfter(byte[] header) {
        Duration pause = Exchange.retryAfter(new String(header, StandardCharsets.UTF_8));
        if (pause != null) {
            assertThat(pause).isBetween(Duration.ZERO, Duration.ofSeconds(9_999_999_999L));
        }
    }

    @Test
    void mutatedRetryAfter() throws IOException {
        Mutations.of(getClass(), "retryAfter", 4_000, this::retryAfter);
    }
}
