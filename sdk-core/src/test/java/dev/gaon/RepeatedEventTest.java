package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are known again, and those that only look so. */
class RepeatedEventTest {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String STOP = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private final RepeatedEvent usual = new RepeatedEvent();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void learn(String event, String field) {
        byte[] data = bytes("data: " + event + "\n");
        usual.learn(data, 6, data.length - 7, field, !field.equals("content"));
    }

    private String text(String event) {
        byte[] data = bytes("  " + event + "\n\n");
        return usual.text(data, 2, data.length - 4);
    }

    @Test
    void onlyTheTextDiffers() {
        learn("{\"id\":\"1\",\"delta\":{\"content\" : \"가\"},\"n\":null}", "content");
        assertThat(text("{\"id\":\"1\",\"delta\":{\"content\" : \"나라\"},\"n\":null}"))
                .isEqualTo("나라");
        assertThat(text("{\"id\":\"1\",\"delta\":{\"content\" : \"\"},\"n\":null}"))
                .isEmpty();
        assertThat(text("{\"id\":\"1\",\"delta\":{\"content\" : \"a 🎉 b\"},\"n\":null}"))
                .isEqualTo("a 🎉 b");
        assertThat(usual.thinking()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"2\",\"delta\":{\"content\":\"가\"},\"n\":null}",
                "{\"id\":\"1\",\"delta\":{\"content\":\"가\"},\"n\":1234}",
                "{\"id\":\"1\",\"delta\":{\"content\":\"가\"},\"n\":null} ",
                "{\"id\":\"1\",\"delta\":{\"content\":\"가\"},\"n\":null",
                "{\"id\":\"1\",\"delta\":{\"content\":\"가\\n\"},\"n\":null}",
                "{\"id\":\"1\",\"delta\":{\"content\":\"가\",\"x\":\"나\"},\"n\":null}",
                "{\"id\":\"1\",\"delta\":{\"content\":\"\uFFFD\"},\"n\":null}",
                "{\"id\":\"1\",\"delta\":{\"content\":\"\t\"},\"n\":null}",
                "{\"id\":\"1\",\"delta\":{\"content\":null},\"n\":null}",
                "\"},\"n\":null}",
                ""
            })
    void whatNeedsACloserLookIsNotKnown(String event) {
        learn("{\"id\":\"1\",\"delta\":{\"content\":\"가\"},\"n\":null}", "content");
        assertThat(text(event)).isNull();
        assertThat(text("{\"id\":\"1\",\"delta\":{\"content\":\"가\"},\"n\":null}"))
                .isEqualTo("가");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"a\",\"delta\":{\"content\":\"b\"}}",
                "{\"delta\":{\"cont\\u0065nt\":\"a\"}}",
                "{\"x\":\"content\"}",
                "{\"delta\":{\"content\":7}}",
                "{\"delta\":{}}",
            })
    void whereTheFieldIsNotCertainNothingIsLearnt(String event) {
        learn(event, "content");
        assertThat(text(event)).isNull();
    }

    @Test
    void bytesThatAreNoTextAreNotKnown() {
        learn("{\"content\":\"a\"}", "content");
        byte[] data = bytes("{\"content\":\"abc\"}");
        assertThat(usual.text(data, 0, data.length)).isEqualTo("abc");
        data[13] = (byte) 0xC3;
        assertThat(usual.text(data, 0, data.length)).isNull();
    }

    /** A server whose every event is new costs no more than a few tries. */
    @Test
    void afterVainTriesNoMoreAreMade() {
        for (int i = 0; i < 20; i++) {
            learn("{\"id\":" + i + ",\"content\":\"a\"}", "content");
        }
        assertThat(text("{\"id\":19,\"content\":\"a\"}")).isNull();
        assertThat(text("{\"id\":15,\"content\":\"b\"}")).isEqualTo("b");
    }

    /** With and without the shortcut, a stream says the same. */
    @ParameterizedTest
    @CsvSource({
        "content, content",
        "reasoning, reasoning",
        "reasoning_content, reasoning_content",
        "content, reasoning",
        "reasoning, content",
    })
    void aStreamSaysTheSame(String first, String then) {
        List<String> pieces =
                List.of("가", "나다", "\"", "", "라\\", "🎉", "마", "\uD83C", "\uDF89", "바", "\n", "\uFFFD", "a");
        StringBuilder plain = new StringBuilder();
        StringBuilder unlike = new StringBuilder();
        for (int i = 0; i < 3 * pieces.size(); i++) {
            String field = i < pieces.size() ? first : then;
            String value = JsonNodeFactory.instance
                    .textNode(pieces.get(i % pieces.size()))
                    .toString();
            String delta = "{\"role\":\"assistant\",\"" + field + "\":" + value + "}";
            plain.append("data: {\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":")
                    .append(delta)
                    .append("}]}\n\n");
            unlike.append("data: {\"id\":\"a\",\"n\":").append(i).append(",\"choices\":[{\"index\":0,\"delta\":");
            unlike.append(delta).append("}]}\n\n");
        }
        OpenAiReplies.Outcome expected = OpenAiReplies.read(unlike.toString(), STOP, DONE);
        assertThat(OpenAiReplies.read(plain.toString(), STOP, DONE)).isEqualTo(expected);
        assertThat(expected.end()).isEqualTo("finished");
    }

    @Test
    void whatFollowsTheEndIsStillRefused() {
        String event = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
        assertThat(OpenAiReplies.read(event, event, event, DONE).end()).isEqualTo("incomplete");
        assertThat(OpenAiReplies.read(event, event, STOP, event, DONE).end()).isEqualTo("malformed");
    }
}
