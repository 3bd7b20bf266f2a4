package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.ToolCall;
import dev.langchain4j.model.output.FinishReason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls as servers really send them; "documented" and "recorded" as in {@link OpenAiReplyTest}. */
class OpenAiToolCallTest extends OpenAiReplies {

    // 3 and 4: tool calls

    @Test // documented: OpenAI, vLLM
    void toolCallsComeInPieces() {
        Outcome got = read(
                tools(
                        "{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}"),
                delta("{}", "\"tool_calls\""),
                DONE);
        assertThat(got.calls()).containsExactly("a f {\"x\":1}");
        assertThat(got.finish()).isEqualTo(new Finish(FinishReason.TOOL_EXECUTION, "tool_calls"));
    }

    @Test // documented: parallel calls whose pieces alternate
    void interleavedIndexesKeepApart() {
        Outcome got = read(
                tools("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}},"
                        + "{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[\"}}"),
                tools("{\"index\":1,\"function\":{\"arguments\":\"1\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"}\"}}"),
                tools("{\"index\":1,\"function\":{\"arguments\":\"]\"}}"),
                delta("{}", "\"tool_calls\""),
                DONE);
        assertThat(got.calls()).containsExactly("a f {}", "b g [1]");
    }

    @Test // documented: Text Generation Inference repeats id and index, with the name once
    void aRepeatedIdWithNullNameIsTheSameCall() {
        Outcome got = read(
                tools(
                        "{\"index\":0,\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tools(
                        "{\"index\":0,\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":null,\"arguments\":\"}\"}}"),
                STOP,
                DONE);
        assertThat(got.calls()).containsExactly("0 f {}");
        assertThat(got.finish().reason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test // documented: Ollama and solar-open2 send a call at once; SGLang leaves index and id out
    void aCallMayComeAtOnceAndWithoutIndexOrId() {
        assertThat(read(
                                tools("{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                                tools("{\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
                                STOP,
                                DONE)
                        .deltas())
                .contains(new ToolCall(0, null, "f", "{}"), new ToolCall(1, null, "g", "{}"));
        Outcome pieces = read(
                tools("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tools("{\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"1\"}}"),
                tools("{\"function\":{\"arguments\":\"}\"}}"),
                tools("{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[\"}}"),
                tools("{\"id\":\"a\",\"function\":{\"arguments\":\" \"}}"),
                tools("{\"function\":{\"arguments\":\"!\"}}"),
                tools("{\"id\":\"b\",\"function\":{\"arguments\":\"]\"}}"),
                STOP,
                DONE);
        assertThat(pieces.calls()).containsExactly("a f {1} !", "b g []");
    }

    @Test // documented: servers that say index 0 for every call
    void aNewIdAtTheSameIndexIsANewCall() {
        Outcome got = read(
                tools("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"}\"}}"),
                tools("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"]\"}}"),
                tools("{\"index\":1,\"id\":\"c\",\"function\":{\"name\":\"h\",\"arguments\":\"(\"}}"),
                tools("{\"index\":1,\"function\":{\"arguments\":\")\"}}"),
                tools("{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"+\"}}"),
                STOP,
                DONE);
        assertThat(got.calls()).containsExactly("a f {}+", "b g []", "c h ()");
    }

    @Test // recorded: llama.cpp gives "" as id; documented: TGI calls every call "0"
    void callsOfOneListAreDifferentCallsWhateverTheirIds() {
        for (String id : List.of("", "0")) {
            String call = "{\"id\":\"" + id
                    + "\",\"type\":\"function\",\"function\":{\"description\":null,\"name\":\"%s\",\"arguments\":{\"x\":1}}}";
            Outcome got = whole("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[" + call.formatted("f")
                    + "," + call.formatted("g") + "]},\"finish_reason\":\"stop\"}]}");
            String known = id.isEmpty() ? null : id;
            assertThat(got.deltas())
                    .contains(new ToolCall(0, known, "f", "{\"x\":1}"), new ToolCall(1, known, "g", "{\"x\":1}"));
            assertThat(got.finish().reason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        }
    }

    @ParameterizedTest // documented: CLOVA, Upstage classification, TGI's schema
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"city\":\"서울\",\"n\":[1,2.50,true,null,{}]} | {\"city\":\"서울\",\"n\":[1,2.50,true,null,{}]}",
                "[] | []",
                "7 | 7",
                "false | false"
            })
    void argumentsMayBeAnyJson(String sent, String text) {
        Outcome got = read(
                tools("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":" + sent + "}}"),
                STOP,
                DONE);
        assertThat(got.calls()).containsExactly("a f " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1024", "99999999999"})
    void anIndexOutOfRangeIsRefused(String index) {
        assertThat(read(tools("{\"index\":" + index + ",\"id\":\"a\",\"function\":{\"name\":\"f\"}}"), STOP, DONE)
                        .end())
                .isEqualTo("malformed");
    }

    @Test
    void brokenToolCallsAreMalformedNotACrash() {
        for (String broken : List.of(
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"a\":\n\n",
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\n\n",
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":\"f\"}]}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[7]}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":{}}}]}\n\n",
                "data: {\"error\":{\"details\":[\n\n",
                "data: {\"usage\":[\n\n",
                "data: {\"x\":[{\n\n")) {
            assertThat(read(text("a"), broken, STOP, DONE).end()).as(broken).isEqualTo("malformed");
        }
    }

    @Test
    void toolCallsWithOneIdReachTheUserWithIdsThatDiffer() {
        String call = "{\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
        String body =
                "{\"choices\":[{\"message\":{\"tool_calls\":[" + call + "," + call + "]},\"finish_reason\":\"stop\"}]}";
        try (ReplayServer server = ReplayServer.json(200, body);
                Gaon gaon =
                        Gaon.builder().endpoint("m", Endpoint.of(server.url())).build()) {
            var calls = gaon.chat("m")
                    .chat(dev.langchain4j.data.message.UserMessage.from("?"))
                    .aiMessage()
                    .toolExecutionRequests();
            assertThat(calls).hasSize(2);
            assertThat(calls.get(0).id()).isEqualTo("0");
            assertThat(calls.get(1).id()).isNotBlank().isNotEqualTo("0");
        }
    }

    /** Without an index as with one: each call is looked for among all before it. */
    @Test
    void tooManyToolCallsAreRefused() {
        String call = "{\"function\":{\"name\":\"f\"}}";
        String most = call + ("," + call).repeat(1023);
        for (String calls : List.of(most, most + "," + call)) {
            byte[] stream = (tools(calls) + delta("{}", "\"tool_calls\"") + DONE).getBytes(StandardCharsets.UTF_8);
            assertThat(end(new ByteArrayInputStream(stream), decoder(Quirks.NONE, new ArrayList<>())))
                    .isEqualTo(calls.equals(most) ? "finished" : "malformed");
        }
    }
}
