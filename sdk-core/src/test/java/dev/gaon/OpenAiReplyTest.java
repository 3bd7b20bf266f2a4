package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.Origin;
import dev.gaon.ChatDelta.Text;
import dev.gaon.ChatDelta.Thinking;
import dev.gaon.ChatDelta.ToolCall;
import dev.gaon.ChatDelta.Usage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The OpenAI shape as servers really send it. "documented": written after a vendor's page or an issue of the server;
 * "recorded": the shape of a recorded answer. Each stream is read in every way it can be cut, with one outcome.
 */
class OpenAiReplyTest {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String STOP = delta("{}", "\"stop\"");

    /** What came of a reply: its deltas and how it ended. */
    private record Outcome(List<ChatDelta> deltas, String end) {

        String text() {
            return joined(delta -> delta instanceof Text piece ? piece.text() : "");
        }

        String thinking() {
            return joined(delta -> delta instanceof Thinking piece ? piece.text() : "");
        }

        private String joined(Function<ChatDelta, String> of) {
            StringBuilder all = new StringBuilder();
            deltas.forEach(delta -> all.append(of.apply(delta)));
            return all.toString();
        }

        /** "index id name arguments", one for each call. */
        List<String> calls() {
            List<String[]> calls = new ArrayList<>();
            for (ChatDelta delta : deltas) {
                if (delta instanceof ToolCall piece) {
                    while (calls.size() <= piece.index()) {
                        calls.add(new String[] {null, null, ""});
                    }
                    String[] call = calls.get(piece.index());
                    call[0] = call[0] == null ? piece.id() : call[0];
                    call[1] = call[1] == null ? piece.name() : call[1];
                    call[2] += piece.arguments();
                }
            }
            return calls.stream().map(call -> String.join(" ", call[0], call[1], call[2])).toList();
        }

        Finish finish() {
            return last(Finish.class);
        }

        <T extends ChatDelta> T last(Class<T> type) {
            List<T> all = deltas.stream().filter(type::isInstance).map(type::cast).toList();
            return all.isEmpty() ? null : all.get(all.size() - 1);
        }
    }

    private static Outcome read(byte[] stream, Quirks quirks) {
        Outcome first = null;
        for (InputStream feed : Feeds.of(stream)) {
            List<ChatDelta> deltas = new ArrayList<>();
            Outcome outcome = new Outcome(deltas, end(feed, decoder(quirks, deltas)));
            assertThat(outcome).as(feed.toString()).isEqualTo(first == null ? outcome : first);
            first = outcome;
        }
        return first;
    }

    private static Outcome read(String... events) {
        return read(String.join("", events).getBytes(StandardCharsets.UTF_8), Quirks.NONE);
    }

    private static Dialect.Decoder decoder(Quirks quirks, List<ChatDelta> deltas) {
        Provider own = Provider.OWN;
        Provider provider = new Provider(
                own.id(), own.name(), own.dialect(), null, null, null, "", null, false, own.state(), quirks,
                own.notStarted(), null, own.paths(), "");
        return new OpenAiDialect(Limits.DEFAULT)
                .decoder(Endpoint.of("http://127.0.0.1/v1").withProvider(provider), Limits.DEFAULT, deltas::add);
    }

    private static String end(InputStream stream, Dialect.Decoder decoder) {
        SseReader reader = new SseReader(stream, 1 << 20);
        try {
            while (reader.next() && decoder.event(reader.name(), reader.data(), reader.offset(), reader.length())) {
                // Until the server says that it is over.
            }
            return decoder.finished() ? "finished" : "incomplete";
        } catch (Dialect.ReplyError e) {
            return "error " + e.code() + " " + e.getMessage();
        } catch (JsonProcessingException e) {
            return reader.cutOff() ? "incomplete" : "malformed";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Outcome whole(String body) {
        List<ChatDelta> deltas = new ArrayList<>();
        Dialect.Decoder decoder = decoder(Quirks.NONE, deltas);
        String end;
        try {
            decoder.whole(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
            end = decoder.finished() ? "finished" : "incomplete";
        } catch (Dialect.ReplyError e) {
            end = "error " + e.code() + " " + e.getMessage();
        } catch (JsonEOFException e) {
            end = "incomplete";
        } catch (IOException e) {
            end = "malformed";
        }
        return new Outcome(deltas, end);
    }

    private static String event(String json) {
        return "data: " + json + "\n\n";
    }

    private static String delta(String delta) {
        return delta(delta, "null");
    }

    private static String delta(String delta, String finish) {
        return event("{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}");
    }

    private static String text(String text) {
        return delta("{\"content\":\"" + text + "\"}");
    }

    private static String tools(String pieces) {
        return delta("{\"tool_calls\":[" + pieces + "]}");
    }

    // 1: reasoning

    @ParameterizedTest // documented: vLLM's rename, SGLang, llama.cpp, Ollama
    @ValueSource(strings = {"reasoning", "reasoning_content", "thinking_content"})
    void reasoningHasSeveralNames(String field) {
        Outcome got = read(
                delta("{\"role\":\"assistant\",\"content\":null,\"" + field + "\":null}"),
                delta("{\"" + field + "\":\"음\"}"), delta("{\"" + field + "\":\", 생각\"}"), text("답"), STOP, DONE);
        assertThat(got.thinking()).isEqualTo("음, 생각");
        assertThat(got.text()).isEqualTo("답");
        assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"답\",\"" + field
                        + "\":\"음\"},\"finish_reason\":\"stop\"}]}").thinking())
                .isEqualTo("음");
    }

    @Test // documented: servers that send both names while clients move
    void reasoningUnderBothNamesCountsOnce() {
        assertThat(read(delta("{\"reasoning\":\"a\",\"reasoning_content\":\"a\"}"), STOP, DONE).thinking()).isEqualTo("a");
        assertThat(read(delta("{\"reasoning\":null,\"reasoning_content\":\"a\"}"), STOP, DONE).thinking()).isEqualTo("a");
        assertThat(read(delta("{\"reasoning\":\"\",\"reasoning_content\":\"a\"}"), STOP, DONE).thinking()).isEqualTo("a");
    }

    @ParameterizedTest // documented: HCX-007, Solar, K-EXAONE when the budget went to reasoning
    @ValueSource(strings = {"null", "\"\""})
    void contentMayBeEmptyWhenTheBudgetWentToReasoning(String content) {
        Outcome got = whole("{\"choices\":[{\"message\":{\"content\":" + content
                + ",\"reasoning_content\":\"길다\"},\"finish_reason\":\"length\"}]}");
        assertThat(got.end()).isEqualTo("finished");
        assertThat(got.text()).isEmpty();
        assertThat(got.finish().reason()).isEqualTo(FinishReason.LENGTH);
    }

    // 3 and 4: tool calls

    @Test // documented: OpenAI, vLLM
    void toolCallsComeInPieces() {
        Outcome got = read(
                tools("{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}"),
                tools("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}"),
                delta("{}", "\"tool_calls\""), DONE);
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
                delta("{}", "\"tool_calls\""), DONE);
        assertThat(got.calls()).containsExactly("a f {}", "b g [1]");
    }

    @Test // documented: Text Generation Inference repeats id and index, with the name once
    void aRepeatedIdWithNullNameIsTheSameCall() {
        Outcome got = read(
                tools("{\"index\":0,\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tools("{\"index\":0,\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":null,\"arguments\":\"}\"}}"),
                STOP, DONE);
        assertThat(got.calls()).containsExactly("0 f {}");
        assertThat(got.finish().reason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test // documented: Ollama and solar-open2 send a call at once; SGLang leaves index and id out
    void aCallMayComeAtOnceAndWithoutIndexOrId() {
        assertThat(read(
                                tools("{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                                tools("{\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"), STOP, DONE)
                        .deltas())
                .contains(new ToolCall(0, null, "f", "{}"), new ToolCall(1, null, "g", "{}"));
        Outcome pieces = read(
                tools("{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}"),
                tools("{\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"1\"}}"),
                tools("{\"function\":{\"arguments\":\"}\"}}"),
                tools("{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"[\"}}"),
                tools("{\"id\":\"a\",\"function\":{\"arguments\":\" \"}}"),
                tools("{\"function\":{\"arguments\":\"!\"}}"),
                tools("{\"id\":\"b\",\"function\":{\"arguments\":\"]\"}}"), STOP, DONE);
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
                tools("{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"+\"}}"), STOP, DONE);
        assertThat(got.calls()).containsExactly("a f {}+", "b g []", "c h ()");
    }

    @Test // recorded: llama.cpp gives "" as id; documented: TGI calls every call "0"
    void callsOfOneListAreDifferentCallsWhateverTheirIds() {
        for (String id : List.of("", "0")) {
            String call = "{\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"description\":null,\"name\":\"%s\",\"arguments\":{\"x\":1}}}";
            Outcome got = whole("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":["
                    + call.formatted("f") + "," + call.formatted("g") + "]},\"finish_reason\":\"stop\"}]}");
            String known = id.isEmpty() ? null : id;
            assertThat(got.deltas())
                    .contains(new ToolCall(0, known, "f", "{\"x\":1}"), new ToolCall(1, known, "g", "{\"x\":1}"));
            assertThat(got.finish().reason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        }
    }

    @ParameterizedTest // documented: CLOVA, Upstage classification, TGI's schema
    @CsvSource(delimiter = '|', value = {
        "{\"city\":\"서울\",\"n\":[1,2.50,true,null,{}]} | {\"city\":\"서울\",\"n\":[1,2.50,true,null,{}]}",
        "[] | []", "7 | 7", "false | false"
    })
    void argumentsMayBeAnyJson(String sent, String text) {
        Outcome got = read(tools("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":" + sent + "}}"), STOP, DONE);
        assertThat(got.calls()).containsExactly("a f " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1024", "99999999999"})
    void anIndexOutOfRangeIsRefused(String index) {
        assertThat(read(tools("{\"index\":" + index + ",\"id\":\"a\",\"function\":{\"name\":\"f\"}}"), STOP, DONE).end())
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

    // 5: finish reasons

    @ParameterizedTest // documented: TGI, vLLM, SGLang, Friendli, CLOVA v1
    @CsvSource({
        "stop, STOP", "STOP, STOP", "eos_token, STOP", "stop_sequence, STOP", "length, LENGTH", "LENGTH, LENGTH",
        "max_tokens, LENGTH", "tool_calls, TOOL_EXECUTION", "function_call, TOOL_EXECUTION",
        "content_filter, CONTENT_FILTER", "something_new, OTHER"
    })
    void finishReasonsInAnySpelling(String word, FinishReason reason) {
        Outcome got = read(text("a"), delta("{}", "\"" + word + "\""), DONE);
        assertThat(got.finish()).isEqualTo(new Finish(reason, word));
        assertThat(got.end()).isEqualTo("finished");
    }

    @ParameterizedTest // documented: Friendli, CLOVA v1
    @ValueSource(strings = {"\"null\"", "\"\"", "null"})
    void noReasonIsNoFinish(String reason) {
        assertThat(read(delta("{\"content\":\"a\"}", reason), DONE).end()).isEqualTo("incomplete");
        assertThat(read(delta("{\"content\":\"a\"}", reason), text("b"), STOP, DONE).text()).isEqualTo("ab");
    }

    @Test // documented: SGLang
    void anAbortedReplyIsAnErrorNotAnAnswer() {
        assertThat(read(text("a"), delta("{}", "\"abort\""), DONE).end()).startsWith("error abort");
    }

    @Test // documented: SGLang repeats the finish chunk
    void aRepeatedFinishCountsOnce() {
        Outcome got = read(text("a"), STOP, STOP, DONE);
        assertThat(got.deltas()).filteredOn(Finish.class::isInstance).hasSize(1);
        assertThat(got.end()).isEqualTo("finished");
    }

    @Test
    void nothingOfAnAnswerMayFollowItsEnd() {
        assertThat(read(text("a"), STOP, text("b"), DONE).end()).isEqualTo("malformed");
        assertThat(read(text("a"), STOP, delta("{\"reasoning\":\"b\"}"), DONE).end()).isEqualTo("malformed");
        assertThat(read(text("a"), STOP, tools("{\"index\":0,\"function\":{\"name\":\"f\"}}"), DONE).end()).isEqualTo("malformed");
        assertThat(read(text("a"), STOP, delta("{\"content\":\"\",\"tool_calls\":[],\"reasoning\":null}"), DONE).end())
                .isEqualTo("finished");
    }

    @Test // documented: [DONE] without a finish reason
    void doneAloneIsNoEndUnlessTheProviderIsKnownForIt() {
        byte[] stream = (text("a") + DONE).getBytes(StandardCharsets.UTF_8);
        assertThat(read(stream, Quirks.NONE).end()).isEqualTo("incomplete");
        Quirks known = new Quirks(
                "max_tokens", true, List.of(), null, List.of(), List.of(), false, false, false, null, null, null, 0, true);
        Outcome got = read(stream, known);
        assertThat(got.end()).isEqualTo("finished");
        assertThat(got.finish()).isEqualTo(new Finish(FinishReason.OTHER, "[DONE]"));
        assertThat(read(text("a").getBytes(StandardCharsets.UTF_8), known).end()).isEqualTo("incomplete");
        assertThat(read((text("a") + STOP + DONE).getBytes(StandardCharsets.UTF_8), known).finish().reason())
                .isEqualTo(FinishReason.STOP);
    }

    // 9: usage

    @Test // documented: OpenAI's chunk without choices; vLLM adds fields
    void usageMayComeWithoutChoices() {
        Outcome got = read(
                text("a"), STOP,
                event("{\"id\":\"\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":null}}"), DONE);
        assertThat(got.last(Usage.class).tokens()).isEqualTo(new TokenUsage(3, 4, 7));
        assertThat(got.end()).isEqualTo("finished");
    }

    @Test // documented: Friendli on every chunk, CLOVA never
    void usageMayComeAlwaysOrNever() {
        String chunk = "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":%d,\"total_tokens\":9}}";
        Outcome got = read(event(chunk.formatted(1)), event(chunk.formatted(2)), STOP, DONE);
        assertThat(got.last(Usage.class).tokens().outputTokenCount()).isEqualTo(2);
        for (String none : List.of("null", "{}", "[]", "\"x\"")) {
            assertThat(read(event("{\"choices\":null,\"usage\":" + none + "}"), STOP, DONE).last(Usage.class)).isNull();
        }
    }

    // 8: errors inside a good status

    @ParameterizedTest // documented: vLLM, Groq, CLOVA, OpenRouter; recorded field of old llama.cpp builds
    @ValueSource(strings = {
        "data: {\"error\":{\"message\":\"boom\",\"type\":\"t\",\"param\":null,\"code\":500}}\n\n",
        "event: error\ndata: {\"error\":{\"type\":\"t\",\"code\":500,\"message\":\"boom\"}}\n\n",
        "event: error\ndata: {\"message\":\"boom\",\"code\":\"500\"}\n\n",
        "error: {\"code\":500,\"message\":\"boom\",\"type\":\"server_error\"}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}],\"error\":{\"code\":500,\"message\":\"boom\"}}\n\n",
        "data: {\"error\":{\"code\":500,\"message\":\"boom\"},\"choices\":[{\"delta\":{\"content\":\"b\"}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{},\"error\":{\"code\":500,\"message\":\"boom\"}}]}\n\n"
    })
    void anErrorInsideAStreamIsAnError(String error) {
        Outcome got = read(text("a"), error, DONE);
        boolean finishFirst = error.contains("finish_reason");
        assertThat(got.end()).isEqualTo(finishFirst ? "error error the server stopped the reply: error" : "error 500 boom");
        assertThat(got.text()).isEqualTo("a");
        assertThat(read(text("a"), STOP, error, DONE).end()).startsWith("error ");
    }

    @Test
    void anErrorMayBeAnyJsonOrNone() {
        assertThat(read("data: {\"error\":\"boom\"}\n\n", DONE).end()).isEqualTo("error null boom");
        assertThat(read("data: {\"error\":{}}\n\n", DONE).end()).isEqualTo("error null ");
        assertThat(read("event: error\ndata: \"boom\"\n\n", DONE).end()).isEqualTo("error null boom");
        assertThat(read("event: error\ndata: Internal Server Error\n\n", DONE).end()).isEqualTo("error null Internal Server Error");
        assertThat(read("event: error\ndata:\n\n", DONE).end()).isEqualTo("error null ");
        assertThat(read(text("a"), "data: {\"error\":null,\"choices\":[]}\n\n", STOP, DONE).end()).isEqualTo("finished");
    }

    @Test
    void anErrorInAWholeReplyIsAnError() {
        assertThat(whole("{\"error\":{\"message\":\"boom\",\"type\":\"t\",\"code\":null}}").end()).isEqualTo("error t boom");
        assertThat(whole("{\"choices\":[],\"error\":\"boom\"}").end()).isEqualTo("error null boom");
    }

    // 10: framing around the JSON; the framing itself is SseReader's

    @Test // documented: llama.cpp, CLOVA, Upstage
    void streamsEndWithOrWithoutDone() {
        for (String tail : List.of("", DONE, "data: [DONE]", "data:[DONE]\n", "data: [DONE]\n\n" + text("ignored"))) {
            Outcome got = read(":\n\n", text("a"), ":\n\n", STOP, ": ping\n\n", tail);
            assertThat(got.text()).isEqualTo("a");
            assertThat(got.end()).isEqualTo("finished");
        }
    }

    @Test
    void aStreamThatJustEndsIsIncomplete() {
        assertThat(read(text("a")).end()).isEqualTo("incomplete");
        assertThat(read(text("a"), "data: {\"choices\":[{\"del").end()).isEqualTo("incomplete");
        assertThat(read("").end()).isEqualTo("incomplete");
        assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"a\"").end()).isEqualTo("incomplete");
        assertThat(whole("{\"choices\":[]}").end()).isEqualTo("incomplete");
    }

    @Test
    void oneObjectMayTakeSeveralDataLines() {
        assertThat(read("data: {\"choices\":[\ndata: {\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n", STOP).text()).isEqualTo("a");
    }

    // what is refused

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"choices\":[],\"choices\":[]}",
        "{\"usage\":null,\"usage\":{\"prompt_tokens\":1}}",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"model\":\"a\",\"model\":\"b\"}",
        "{\"choices\":[{\"delta\":{},\"delta\":{}}]}",
        "{\"choices\":[{\"delta\":{},\"message\":{}}]}",
        "{\"choices\":[{\"finish_reason\":null,\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"index\":0,\"index\":0}]}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\",\"content\":\"b\"}}]}",
        "{\"choices\":[{\"delta\":{\"reasoning\":\"a\",\"reasoning\":\"b\"}}]}",
        "{\"choices\":[{\"delta\":{\"reasoning_content\":\"a\",\"reasoning_content\":\"b\"}}]}",
        "{\"choices\":[{\"delta\":{\"content\":[{\"text\":\"a\",\"text\":\"b\"}]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[],\"tool_calls\":[]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"a\",\"id\":\"b\"}]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"a\",\"name\":\"b\"}}]}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"a\",\"arguments\":\"b\"}}]}}]}",
        "{\"usage\":{\"prompt_tokens\":1,\"prompt_tokens\":2}}",
        "{\"error\":null,\"error\":null}"
    })
    void aRepeatedFieldThatWeReadIsRefused(String json) {
        assertThat(read(event(json), STOP, DONE).end()).isEqualTo("malformed");
        assertThat(whole(json).end()).isEqualTo("malformed");
    }

    @Test
    void anyRepeatedFieldOfAWholeReplyIsRefused() {
        String json = "{\"x\":{\"y\":1,\"y\":2},\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
        assertThat(whole(json).end()).isEqualTo("malformed");
        assertThat(whole(json.replace(",\"y\":2", "")).end()).isEqualTo("finished");
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", "{}", " x", ",", " 7", " tru", "\"", " [", "]", "}", " \"a"})
    void garbageBehindTheJsonIsRefused(String garbage) {
        String good = "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
        assertThat(read(event(good + garbage), DONE).end()).isEqualTo("malformed");
        assertThat(whole(good.replace("delta", "message") + garbage).end()).isIn("malformed", "incomplete");
        assertThat(read(event(" " + good + "  "), DONE).end()).isEqualTo("finished");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "7", "[]", "\"a\"", "null", "tru", "{", "nonsense", "{\"choices\":7}", "{\"choices\":{}}", "{\"choices\":[7]}",
        "{\"choices\":[{\"delta\":7}]}", "{\"choices\":[{\"delta\":{\"content\":7}}]}",
        "{\"choices\":[{\"delta\":{\"content\":{}}}]}", "{\"choices\":[{\"delta\":{\"content\":[7]}}]}",
        "{\"choices\":[{\"finish_reason\":{}}]}", "{\"choices\":[{\"delta\":{\"reasoning\":[]}}]}", "{'a':1}", "{\"a\":NaN}"
    })
    void whatIsNoChunkIsMalformed(String json) {
        assertThat(read(event(json), text("a"), STOP, DONE).end()).isEqualTo("malformed");
    }

    @Test
    void moreThanOneChoiceIsRefused() {
        assertThat(read(event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"a\"}}]}"), STOP, DONE).end()).isEqualTo("malformed");
    }

    @Test
    void jsonMayNestAsDeepAsTheLimitSays() {
        for (boolean streamed : List.of(true, false)) {
            for (int depth : List.of(62, 70)) {
                String json = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth)
                        + ",\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
                assertThat((streamed ? read(event(json), DONE) : whole(json)).end()).isEqualTo(depth == 62 ? "finished" : "malformed");
            }
        }
    }

    // text

    @Test
    void charactersSplitOverDeltasComeWhole() {
        // An emoji as two escapes in two deltas; a flag and a family of several code points; Hangul in pieces (NFD).
        Outcome got = read(
                text("\\ud83d"), text("\\ude00a"), text("🇰"), text("🇷"), text("👩\\u200d"), text("👧"),
                text("\u1112"), text("\u1161\u11ab"), delta("{\"reasoning\":\"\\ud83d\"}"), delta("{\"reasoning\":\"\\ude01\"}"),
                STOP, DONE);
        assertThat(got.text()).isEqualTo("😀a🇰🇷👩\u200d👧\u1112\u1161\u11ab");
        assertThat(got.thinking()).isEqualTo("😁");
        for (ChatDelta delta : got.deltas()) {
            if (delta instanceof Text piece) {
                assertThat(piece.text()).isNotEmpty().isEqualTo(new String(piece.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void halfACharacterThatStaysAloneIsMarked() {
        assertThat(read(text("a\\ud83d"), text("b"), text("\\ude00c"), text("d\\ud83d"), STOP, DONE).text()).isEqualTo("a\uFFFDb\uFFFDcd\uFFFD");
        assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"a\\ud83d\"},\"finish_reason\":\"stop\"}]}").text()).isEqualTo("a\uFFFD");
    }

    @Test
    void brokenUtf8IsMalformed() {
        for (byte[] bad : List.of(new byte[] {(byte) 0xFF}, new byte[] {(byte) 0xEA, (byte) 0xB0}, new byte[] {(byte) 0x80})) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.writeBytes("data: {\"choices\":[{\"delta\":{\"content\":\"".getBytes(StandardCharsets.US_ASCII));
            stream.writeBytes(bad);
            stream.writeBytes(("\"}}]}\n\n" + STOP + DONE).getBytes(StandardCharsets.UTF_8));
            assertThat(read(stream.toByteArray(), Quirks.NONE).end()).isEqualTo("malformed");
        }
    }

    @Test // documented: content as parts; OpenAI's refusal
    void contentMayBePartsAndARefusalIsText() {
        assertThat(whole("{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"x\",\"y\":[{}]},"
                                + "{\"type\":\"text\",\"text\":\"b\"}]},\"finish_reason\":\"stop\"}]}").text())
                .isEqualTo("ab");
        assertThat(read(delta("{\"content\":null,\"refusal\":\"no\"}"), STOP, DONE).text()).isEqualTo("no");
    }

    @Test // documented: TGI leaves the id empty, vLLM's stop_reason is a number, CLOVA counts milliseconds
    void originIsToldOnceAndOddFieldsAreSkipped() {
        Outcome got = read(
                event("{\"id\":\"\",\"model\":\"\",\"created\":1795296580123,\"choices\":[]}"),
                event("{\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"index\":0,\"stop_reason\":154829,\"matched_stop\":null,"
                        + "\"logprobs\":{\"content\":[{\"bytes\":[1]}]},\"delta\":{\"content\":\"x\",\"function_call\":null,\"audio\":null}}]}"),
                event("{\"id\":\"b\",\"model\":\"n\",\"choices\":[]}"), STOP, DONE);
        assertThat(got.deltas()).filteredOn(Origin.class::isInstance).containsExactly(new Origin("a", "m"));
        assertThat(got.text()).isEqualTo("x");
    }

    @Test
    void toolCallsWithOneIdReachTheUserWithIdsThatDiffer() {
        String call = "{\"id\":\"0\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
        String body = "{\"choices\":[{\"message\":{\"tool_calls\":[" + call + "," + call + "]},\"finish_reason\":\"stop\"}]}";
        try (ReplayServer server = ReplayServer.json(200, body);
                Gaon gaon = Gaon.builder().endpoint("m", Endpoint.of(server.url())).build()) {
            var calls = gaon.chat("m").chat(dev.langchain4j.data.message.UserMessage.from("?")).aiMessage().toolExecutionRequests();
            assertThat(calls).hasSize(2);
            assertThat(calls.get(0).id()).isEqualTo("0");
            assertThat(calls.get(1).id()).isNotBlank().isNotEqualTo("0");
        }
    }
}
