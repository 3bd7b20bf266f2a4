package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.Origin;
import dev.gaon.ChatDelta.Text;
import dev.gaon.ChatDelta.Usage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The OpenAI shape as servers really send it. "documented": written after a vendor's page or an issue of the server;
 * "recorded": the shape of a recorded answer. Each stream is read in every way it can be cut, with one outcome.
 */
class OpenAiReplyTest extends OpenAiReplies {

    // 1: reasoning

    @ParameterizedTest // documented: vLLM's rename, SGLang, llama.cpp, Ollama
    @ValueSource(strings = {"reasoning", "reasoning_content", "thinking_content"})
    void reasoningHasSeveralNames(String field) {
        Outcome got = read(
                delta("{\"role\":\"assistant\",\"content\":null,\"" + field + "\":null}"),
                delta("{\"" + field + "\":\"음\"}"),
                delta("{\"" + field + "\":\", 생각\"}"),
                text("답"),
                STOP,
                DONE);
        assertThat(got.thinking()).isEqualTo("음, 생각");
        assertThat(got.text()).isEqualTo("답");
        assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"답\",\"" + field
                                + "\":\"음\"},\"finish_reason\":\"stop\"}]}")
                        .thinking())
                .isEqualTo("음");
    }

    @Test // documented: servers that send both names while clients move
    void reasoningUnderBothNamesCountsOnce() {
        assertThat(read(delta("{\"reasoning\":\"a\",\"reasoning_content\":\"a\"}"), STOP, DONE)
                        .thinking())
                .isEqualTo("a");
        assertThat(read(delta("{\"reasoning\":null,\"reasoning_content\":\"a\"}"), STOP, DONE)
                        .thinking())
                .isEqualTo("a");
        assertThat(read(delta("{\"reasoning\":\"\",\"reasoning_content\":\"a\"}"), STOP, DONE)
                        .thinking())
                .isEqualTo("a");
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

    // 5: finish reasons

    @ParameterizedTest // documented: TGI, vLLM, SGLang, Friendli, CLOVA v1
    @CsvSource({
        "stop, STOP",
        "STOP, STOP",
        "eos_token, STOP",
        "stop_sequence, STOP",
        "length, LENGTH",
        "LENGTH, LENGTH",
        "max_tokens, LENGTH",
        "tool_calls, TOOL_EXECUTION",
        "function_call, TOOL_EXECUTION",
        "content_filter, CONTENT_FILTER",
        "something_new, OTHER"
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
        assertThat(read(delta("{\"content\":\"a\"}", reason), text("b"), STOP, DONE)
                        .text())
                .isEqualTo("ab");
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
        assertThat(read(text("a"), STOP, delta("{\"reasoning\":\"b\"}"), DONE).end())
                .isEqualTo("malformed");
        assertThat(read(text("a"), STOP, tools("{\"index\":0,\"function\":{\"name\":\"f\"}}"), DONE)
                        .end())
                .isEqualTo("malformed");
        assertThat(read(text("a"), STOP, delta("{\"content\":\"\",\"tool_calls\":[],\"reasoning\":null}"), DONE)
                        .end())
                .isEqualTo("finished");
    }

    @Test // documented: [DONE] without a finish reason
    void doneAloneIsNoEndUnlessTheProviderIsKnownForIt() {
        byte[] stream = (text("a") + DONE).getBytes(StandardCharsets.UTF_8);
        assertThat(read(stream, Quirks.NONE).end()).isEqualTo("incomplete");
        Quirks known = Quirks.of(new CatalogueFile("here", "", Map.of("doneWithoutFinish", true), ""));
        Outcome got = read(stream, known);
        assertThat(got.end()).isEqualTo("finished");
        assertThat(got.finish()).isEqualTo(new Finish(FinishReason.OTHER, "[DONE]"));
        assertThat(read(text("a").getBytes(StandardCharsets.UTF_8), known).end())
                .isEqualTo("incomplete");
        assertThat(read((text("a") + STOP + DONE).getBytes(StandardCharsets.UTF_8), known)
                        .finish()
                        .reason())
                .isEqualTo(FinishReason.STOP);
    }

    // 9: usage

    @Test // documented: OpenAI's chunk without choices; vLLM adds fields
    void usageMayComeWithoutChoices() {
        Outcome got = read(
                text("a"), STOP,
                event(
                                "{\"id\":\"\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7,"
                                        + "\"prompt_tokens_details\":{\"cached_tokens\":0},\"completion_tokens_details\":null}}"),
                        DONE);
        assertThat(got.last(Usage.class).tokens()).isEqualTo(new TokenUsage(3, 4, 7));
        assertThat(got.end()).isEqualTo("finished");
    }

    @Test // documented: Friendli on every chunk, CLOVA never
    void usageMayComeAlwaysOrNever() {
        String chunk =
                "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":%d,\"total_tokens\":9}}";
        Outcome got = read(event(chunk.formatted(1)), event(chunk.formatted(2)), STOP, DONE);
        assertThat(got.last(Usage.class).tokens().outputTokenCount()).isEqualTo(2);
        for (String none : List.of("null", "{}", "[]", "\"x\"")) {
            assertThat(read(event("{\"choices\":null,\"usage\":" + none + "}"), STOP, DONE)
                            .last(Usage.class))
                    .isNull();
        }
    }

    // 8: errors inside a good status

    @ParameterizedTest // documented: vLLM, Groq, CLOVA, OpenRouter; recorded field of old llama.cpp builds
    @ValueSource(
            strings = {
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
        assertThat(got.end())
                .isEqualTo(finishFirst ? "error error the server stopped the reply: error" : "error 500 boom");
        assertThat(got.text()).isEqualTo("a");
        assertThat(read(text("a"), STOP, error, DONE).end()).startsWith("error ");
    }

    @Test
    void anErrorMayBeAnyJsonOrNone() {
        assertThat(read("data: {\"error\":\"boom\"}\n\n", DONE).end()).isEqualTo("error null boom");
        assertThat(read("data: {\"error\":{}}\n\n", DONE).end()).isEqualTo("error null ");
        assertThat(read("event: error\ndata: \"boom\"\n\n", DONE).end()).isEqualTo("error null boom");
        assertThat(read("event: error\ndata: Internal Server Error\n\n", DONE).end())
                .isEqualTo("error null Internal Server Error");
        assertThat(read("event: error\ndata:\n\n", DONE).end()).isEqualTo("error null ");
        assertThat(read(text("a"), "data: {\"error\":null,\"choices\":[]}\n\n", STOP, DONE)
                        .end())
                .isEqualTo("finished");
    }

    @Test
    void anErrorInAWholeReplyIsAnError() {
        assertThat(whole("{\"error\":{\"message\":\"boom\",\"type\":\"t\",\"code\":null}}")
                        .end())
                .isEqualTo("error t boom");
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
        assertThat(read("data: {\"choices\":[\ndata: {\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n", STOP)
                        .text())
                .isEqualTo("a");
    }

    // what is refused

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "{\"error\":null,\"error\":null}",
                "{\"object\":\"a\",\"object\":\"a\"}",
                "{\"x\":{\"y\":[{\"z\":1},{\"z\":1,\"z\":2}]}}",
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"role\":\"system\"}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"a\":1,\"a\":2}}}]}}]}"
            })
    void aRepeatedFieldIsRefused(String json) {
        assertThat(read(event(json), STOP, DONE).end()).isEqualTo("malformed");
        assertThat(whole(json).end()).isEqualTo("malformed");
    }

    /** Few names are compared, many are hashed, and at some number it is enough. */
    @ParameterizedTest
    @CsvSource({"23, finished", "24, finished", "25, finished", "3000, finished", "10000, malformed"})
    void objectsWithManyFieldsAreReadUpToABound(int fields, String end) {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < fields; i++) {
            many.append("\"f").append(i).append("\":{\"f0\":0},");
        }
        many.append("\"last\":0");
        String rest = ",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
        String good = "{\"x\":" + many + "}" + rest;
        assertThat(atOnce(good)).isEqualTo(end);
        assertThat(whole(good.replace("delta", "message")).end()).isEqualTo(end);
        for (String repeated : List.of("f0", "f" + (fields - 1), "last")) {
            String bad = "{\"x\":" + many + ",\"" + repeated + "\":1}" + rest;
            assertThat(atOnce(bad)).isEqualTo("malformed");
        }
    }

    private static String atOnce(String json) {
        byte[] stream = (event(json) + DONE).getBytes(StandardCharsets.UTF_8);
        return OpenAiReplies.end(
                new ByteArrayInputStream(stream), OpenAiReplies.decoder(Quirks.NONE, new ArrayList<>()));
    }

    @Test
    void theSameNameInTwoObjectsIsNotRepeated() {
        String json = "{\"x\":{\"id\":{\"id\":1},\"y\":{\"id\":1}},\"id\":\"a\",\"choices\":"
                + "[{\"message\":{\"content\":\"a\",\"id\":2},\"finish_reason\":\"stop\"}]}";
        assertThat(whole(json).end()).isEqualTo("finished");
        assertThat(read(event(json), event(json.replaceAll(",.choices.*", "}")), DONE)
                        .end())
                .isEqualTo("finished");
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
    @ValueSource(
            strings = {
                "7",
                "[]",
                "\"a\"",
                "null",
                "tru",
                "{",
                "nonsense",
                "{\"choices\":7}",
                "{\"choices\":{}}",
                "{\"choices\":[7]}",
                "{\"choices\":[{\"delta\":7}]}",
                "{\"choices\":[{\"delta\":{\"content\":7}}]}",
                "{\"choices\":[{\"delta\":{\"content\":{}}}]}",
                "{\"choices\":[{\"delta\":{\"content\":[7]}}]}",
                "{\"choices\":[{\"finish_reason\":{}}]}",
                "{\"choices\":[{\"delta\":{\"reasoning\":[]}}]}",
                "{'a':1}",
                "{\"a\":NaN}"
            })
    void whatIsNoChunkIsMalformed(String json) {
        assertThat(read(event(json), text("a"), STOP, DONE).end()).isEqualTo("malformed");
    }

    @Test
    void moreThanOneChoiceIsRefused() {
        assertThat(read(event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"a\"}}]}"), STOP, DONE)
                        .end())
                .isEqualTo("malformed");
    }

    @Test
    void jsonMayNestAsDeepAsTheLimitSays() {
        for (boolean streamed : List.of(true, false)) {
            for (int depth : List.of(62, 70)) {
                String json = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth)
                        + ",\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";
                assertThat((streamed ? read(event(json), DONE) : whole(json)).end())
                        .isEqualTo(depth == 62 ? "finished" : "malformed");
            }
        }
    }

    // text

    @Test
    void charactersSplitOverDeltasComeWhole() {
        // An emoji as two escapes in two deltas; a flag and a family of several code points; Hangul in pieces (NFD).
        Outcome got = read(
                text("\\ud83d"),
                text("\\ude00a"),
                text("🇰"),
                text("🇷"),
                text("👩\\u200d"),
                text("👧"),
                text("\u1112"),
                text("\u1161\u11ab"),
                delta("{\"reasoning\":\"\\ud83d\"}"),
                delta("{\"reasoning\":\"\\ude01\"}"),
                STOP,
                DONE);
        assertThat(got.text()).isEqualTo("😀a🇰🇷👩\u200d👧\u1112\u1161\u11ab");
        assertThat(got.thinking()).isEqualTo("😁");
        for (ChatDelta delta : got.deltas()) {
            if (delta instanceof Text piece) {
                assertThat(piece.text())
                        .isNotEmpty()
                        .isEqualTo(new String(piece.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void halfACharacterThatStaysAloneIsMarked() {
        assertThat(read(text("a\\ud83d"), text("b"), text("\\ude00c"), text("d\\ud83d"), STOP, DONE)
                        .text())
                .isEqualTo("a\uFFFDb\uFFFDcd\uFFFD");
        assertThat(read(text("a\\ud83db\\ude00\\ud83d"), text("\\ude00"), STOP, DONE)
                        .text())
                .isEqualTo("a\uFFFDb\uFFFD\ud83d\ude00");
        assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"a\\ud83d\"},\"finish_reason\":\"stop\"}]}")
                        .text())
                .isEqualTo("a\uFFFD");
    }

    @Test
    void brokenUtf8IsMalformed() {
        for (byte[] bad :
                List.of(new byte[] {(byte) 0xFF}, new byte[] {(byte) 0xEA, (byte) 0xB0}, new byte[] {(byte) 0x80})) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.writeBytes("data: {\"choices\":[{\"delta\":{\"content\":\"".getBytes(StandardCharsets.US_ASCII));
            stream.writeBytes(bad);
            stream.writeBytes(("\"}}]}\n\n" + STOP + DONE).getBytes(StandardCharsets.UTF_8));
            assertThat(read(stream.toByteArray(), Quirks.NONE).end()).isEqualTo("malformed");
        }
    }

    @Test // documented: content as parts; OpenAI's refusal
    void contentMayBePartsAndARefusalIsText() {
        assertThat(whole(
                                "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"x\",\"y\":[{}]},"
                                        + "{\"type\":\"text\",\"text\":\"b\"}]},\"finish_reason\":\"stop\"}]}")
                        .text())
                .isEqualTo("ab");
        assertThat(read(delta("{\"content\":null,\"refusal\":\"no\"}"), STOP, DONE)
                        .text())
                .isEqualTo("no");
    }

    @Test // documented: TGI leaves the id empty, vLLM's stop_reason is a number, CLOVA counts milliseconds
    void originIsToldOnceAndOddFieldsAreSkipped() {
        Outcome got = read(
                event("{\"id\":\"\",\"model\":\"\",\"created\":1795296580123,\"choices\":[]}"),
                event(
                        "{\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"index\":0,\"stop_reason\":154829,\"matched_stop\":null,"
                                + "\"logprobs\":{\"content\":[{\"bytes\":[1]}]},\"delta\":{\"content\":\"x\",\"function_call\":null,\"audio\":null}}]}"),
                event("{\"id\":\"b\",\"model\":\"n\",\"choices\":[]}"),
                STOP,
                DONE);
        assertThat(got.deltas()).filteredOn(Origin.class::isInstance).containsExactly(new Origin("a", "m"));
        assertThat(got.text()).isEqualTo("x");
    }
}
