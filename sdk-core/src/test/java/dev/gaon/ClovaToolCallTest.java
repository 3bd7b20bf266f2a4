package dev.gaon;

import static dev.gaon.ClovaFrames.SIGNAL;
import static dev.gaon.ClovaFrames.message;
import static dev.gaon.ClovaFrames.read;
import static dev.gaon.ClovaFrames.readWhole;
import static dev.gaon.ClovaFrames.result;
import static dev.gaon.ClovaFrames.stop;
import static dev.gaon.ClovaFrames.token;
import static dev.gaon.ClovaFrames.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.ToolCall;
import dev.gaon.OpenAiReplies.Outcome;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls in CLOVA Studio's own format: in pieces with neither id nor index, their arguments whole in the result. */
class ClovaToolCallTest {

    private static String call(String fields) {
        return token("\"content\":\"\",\"toolCalls\":[" + fields + "]");
    }

    private static String begin(String id, String name) {
        return call("{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}");
    }

    private static String partial(String json) {
        return call("{\"type\":\"function\",\"function\":{\"partialJson\":" + Wire.quoted(json) + "}}");
    }

    private static String made(String calls) {
        return result("\"content\":\"\",\"toolCalls\":[" + calls + "]", "\"tool_calls\"");
    }

    private static String done(String id, String name, String arguments) {
        return "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":"
                + arguments + "}}";
    }

    @Test
    void toolCallsComeInPiecesWithoutIdOrIndex() {
        Outcome got = read(
                begin("call_a", "weather"),
                partial("{\"city\":"),
                partial("\"서울\"}"),
                begin("call_b", "time"),
                partial("{\"zone\":\"KST\"}"),
                made(done("call_a", "weather", "{\"city\":\"서울\"}") + ","
                        + done("call_b", "time", "{\"zone\":\"KST\"}")),
                SIGNAL);
        assertThat(got.deltas())
                .filteredOn(ToolCall.class::isInstance)
                .containsExactly(
                        new ToolCall(0, "call_a", "weather", ""),
                        new ToolCall(0, null, null, "{\"city\":"),
                        new ToolCall(0, null, null, "\"서울\"}"),
                        new ToolCall(1, "call_b", "time", ""),
                        new ToolCall(1, null, null, "{\"zone\":\"KST\"}"));
        assertThat(got.finish()).isEqualTo(new Finish(FinishReason.TOOL_EXECUTION, "tool_calls"));
    }

    @Test
    void callsOrArgumentsThatNoPieceBroughtAreTakenFromTheResult() {
        String calls = done("call_a", "f", "{\"x\":1.50}") + "," + done("call_b", "g", "{}") + ","
                + done("call_c", "h", "{\"y\":[null,true]}");
        List<String> expected = List.of("call_a f {\"x\":1.50}", "call_b g {}", "call_c h {\"y\":[null,true]}");
        assertThat(read(made(calls)).calls()).isEqualTo(expected);
        assertThat(read(begin("call_a", "f"), partial("{\"x\":1.50}"), begin("call_b", "g"), made(calls))
                        .calls())
                .isEqualTo(expected);
        assertThat(read(begin("call_a", "f"), begin("call_b", "g"), begin("call_c", "h"), made(calls), SIGNAL)
                        .calls())
                .isEqualTo(expected);
    }

    @Test
    void argumentsOfAWholeReplyAreAnObject() {
        String calls = "\"content\":\"\",\"toolCalls\":[" + done("call_a", "f", "{\"city\":\"서울\",\"n\":1.50}") + ","
                + done("call_b", "g", "\"{}\"") + "," + done("call_c", "h", "null") + "]";
        Outcome got = readWhole(whole(message(calls) + ",\"finishReason\":\"tool_calls\""));
        assertThat(got.calls()).containsExactly("call_a f {\"city\":\"서울\",\"n\":1.50}", "call_b g {}", "call_c h ");
        assertThat(got.finish().reason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test
    void aStopWithToolCallsIsToolExecution() {
        assertThat(readWhole(whole(
                                message("\"toolCalls\":[" + done("c", "f", "{}") + "]") + ",\"finishReason\":\"stop\""))
                        .finish()
                        .reason())
                .isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"toolCalls\":{}",
                "\"toolCalls\":[7]",
                "\"toolCalls\":[{\"function\":\"f\"}]",
                "\"toolCalls\":[{\"function\":{\"arguments\":{},\"partialJson\":\"{}\"}}]",
                "\"toolCalls\":[{\"function\":{\"partialJson\":\"{\",\"partialJson\":\"}\"}}]",
                "\"toolCalls\":[{\"function\":{\"arguments\":{\"a\":1,\"a\":2}}}]",
                "\"toolCalls\":[{\"function\":{\"arguments\":{\"a\":}}}]"
            })
    void brokenToolCallsAreMalformed(String fields) {
        assertThat(read(token(fields), stop("")).end()).isEqualTo("malformed");
        assertThat(read(begin("a", "f"), partial("{}"), result(fields, "\"tool_calls\""))
                        .end())
                .isEqualTo("malformed");
    }
}
