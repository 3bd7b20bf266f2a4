package dev.gaon;

import static dev.gaon.ClovaFrames.OK;
import static dev.gaon.ClovaFrames.SIGNAL;
import static dev.gaon.ClovaFrames.USAGE;
import static dev.gaon.ClovaFrames.decoder;
import static dev.gaon.ClovaFrames.failed;
import static dev.gaon.ClovaFrames.frame;
import static dev.gaon.ClovaFrames.message;
import static dev.gaon.ClovaFrames.read;
import static dev.gaon.ClovaFrames.readWhole;
import static dev.gaon.ClovaFrames.result;
import static dev.gaon.ClovaFrames.stop;
import static dev.gaon.ClovaFrames.text;
import static dev.gaon.ClovaFrames.thinking;
import static dev.gaon.ClovaFrames.token;
import static dev.gaon.ClovaFrames.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.ChatDelta.Finish;
import dev.gaon.ChatDelta.Text;
import dev.gaon.ChatDelta.Thinking;
import dev.gaon.ChatDelta.Usage;
import dev.gaon.OpenAiReplies.Outcome;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CLOVA Studio's own format, as its pages document it. Each stream is read in every way it can be cut, with one outcome.
 */
class ClovaReplyTest {

    private static final Finish STOP = new Finish(FinishReason.STOP, "stop");

    // the stream

    @Test
    void theResultIsNotAppended() {
        Outcome got = read(text("안"), text("녕하세요"), text("!"), stop("안녕하세요!"), SIGNAL);
        assertThat(got.deltas())
                .containsExactly(
                        new Text("안"), new Text("녕하세요"), new Text("!"), new Usage(new TokenUsage(20, 5, 25)), STOP);
        assertThat(got.end()).isEqualTo("finished");
    }

    @Test
    void aLongStreamIsThatOfItsPieces() {
        StringBuilder frames = new StringBuilder();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String piece = i % 7 == 3 ? "\\n\\\"" : " 말" + i;
            frames.append(i < 12 ? thinking("생" + i) : text(piece));
            all.append(i < 12 ? "" : piece.replace("\\n", "\n").replace("\\\"", "\""));
        }
        byte[] stream = (frames + stop("다시") + SIGNAL).getBytes(StandardCharsets.UTF_8);
        List<ChatDelta> deltas = new ArrayList<>();
        assertThat(OpenAiReplies.end(new ByteArrayInputStream(stream), decoder(deltas)))
                .isEqualTo("finished");
        Outcome got = new Outcome(deltas, "finished");
        assertThat(got.text()).isEqualTo(all.toString());
        assertThat(got.thinking()).startsWith("생0생1").endsWith("생11");
    }

    @Test
    void reasoningComesInItsOwnField() {
        Outcome got = read(
                thinking("음"),
                thinking(", 생각"),
                text("답"),
                result("\"content\":\"답\",\"thinkingContent\":\"음, 생각\"", "\"stop\""),
                SIGNAL);
        assertThat(got.deltas())
                .startsWith(new Thinking("음"), new Thinking(", 생각"), new Text("답"))
                .endsWith(STOP)
                .hasSize(5);
    }

    @Test
    void aPieceMayBeTheVeryBytesOfTheResult() {
        String same = "{\"message\":{\"role\":\"assistant\",\"content\":\"가\"},\"finishReason\":null}";
        Outcome got = read(frame("token", same), frame("token", same), frame("result", same), stop("가가"));
        assertThat(got.text()).isEqualTo("가가");
        assertThat(got.end()).isEqualTo("finished");
    }

    @Test
    void whatNoPieceBroughtIsTakenFromTheResult() {
        Outcome got = read(result("\"content\":\"답\",\"thinkingContent\":\"음\"", "\"stop\""), SIGNAL);
        assertThat(got.text()).isEqualTo("답");
        assertThat(got.thinking()).isEqualTo("음");
        assertThat(read(thinking("음"), result("\"content\":\"답\",\"thinkingContent\":\"음\"", "\"stop\""))
                        .deltas())
                .startsWith(new Thinking("음"), new Text("답"))
                .endsWith(STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id:a\nevent:signal\ndata:{\"data\":\"[DONE]\"}\n\n", "data:[DONE]\n\n"})
    void onlyTheResultEndsAnAnswer(String tail) {
        assertThat(read(text("안"), tail).end()).isEqualTo("incomplete");
        assertThat(read(text("안"), token("\"content\":\"\"").replace("null", "\"stop\""), tail)
                        .end())
                .isEqualTo("incomplete");
        assertThat(read(text("안"), stop("안"), tail).end()).isEqualTo("finished");
    }

    @Test
    void nothingIsReadBehindTheSignal() {
        assertThat(read(text("안"), stop("안"), SIGNAL, text("녕")).end()).isEqualTo("finished");
        assertThat(read(text("안"), SIGNAL, stop("안")).end()).isEqualTo("incomplete");
        assertThat(read(text("안"), frame("signal", "{\"data\":\"ping\"}"), stop("안"))
                        .end())
                .isEqualTo("finished");
    }

    @Test
    void nothingOfAnAnswerMayFollowItsEnd() {
        assertThat(read(text("안"), stop("안"), text("녕")).end()).isEqualTo("malformed");
        assertThat(read(text("안"), stop("안"), thinking("음")).end()).isEqualTo("malformed");
        assertThat(read(text("안"), stop("안"), token("\"toolCalls\":[{\"function\":{\"name\":\"f\"}}]"))
                        .end())
                .isEqualTo("malformed");
        assertThat(read(text("안"), stop("안"), stop("안"), SIGNAL).deltas())
                .filteredOn(Finish.class::isInstance)
                .containsExactly(STOP);
    }

    @Test
    void eventsOfOtherKindsSayNothing() {
        Outcome got = read(
                "event:ping\ndata:pong\n\n",
                ":\n\n",
                "data:\n\n",
                text("안"),
                frame("planning", "{\"message\":{\"content\":\"x\"}}"),
                stop("안"));
        assertThat(got.text()).isEqualTo("안");
        assertThat(got.end()).isEqualTo("finished");
    }

    @Test
    void anEventWithoutItsNameIsNoPiece() {
        String unnamed = text("안").replace("event:token\n", "");
        assertThat(read(unnamed, stop("안")).end()).isEqualTo("malformed");
        assertThat(read("data:{\"x\":1}\n\n", text("안"), stop("안")).end()).isEqualTo("finished");
    }

    // how it ends

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "tool_calls, TOOL_EXECUTION",
        "LENGTH, LENGTH",
        "end_token, STOP",
        "stop_before, STOP",
        "something_new, OTHER"
    })
    void finishReasons(String word, FinishReason reason) {
        Finish finish = new Finish(reason, word);
        String given = "\"" + word + "\"";
        assertThat(read(text("a"), result("\"content\":\"a\"", given)).finish()).isEqualTo(finish);
        assertThat(readWhole(whole(message("\"content\":\"a\"") + ",\"finishReason\":" + given))
                        .finish())
                .isEqualTo(finish);
        assertThat(readWhole(whole("\"stopReason\":" + given + "," + message("\"content\":\"a\"")))
                        .finish())
                .isEqualTo(finish);
    }

    @Test
    void aMissingReasonIsNoneOfTheKnownOnes() {
        assertThat(readWhole(whole(message("\"content\":\"a\"") + ",\"seed\":7"))
                        .finish())
                .isEqualTo(new Finish(FinishReason.OTHER, null));
        String call = message("\"toolCalls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":{}}}]");
        assertThat(readWhole(whole(call)).finish()).isEqualTo(new Finish(FinishReason.TOOL_EXECUTION, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"message\":{\"content\":\"a\"},\"finishReason\":null",
                "\"message\":{\"content\":\"a\"},\"finishReason\":\"null\"",
                "\"message\":null",
                "\"usage\":null",
                ""
            })
    void whatSaysThatItDidNotEndIsIncomplete(String fields) {
        assertThat(readWhole(whole(fields)).end()).isEqualTo("incomplete");
        assertThat(readWhole("{" + OK + ",\"result\":null}").end()).isEqualTo("incomplete");
        assertThat(readWhole("{" + OK + "}").end()).isEqualTo("incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null"})
    void contentMayBeEmptyWhenTheBudgetWentToReasoning(String content) {
        Outcome got = readWhole(whole(
                message("\"content\":" + content + ",\"thinkingContent\":\"길다\"") + ",\"finishReason\":\"length\""));
        assertThat(got.end()).isEqualTo("finished");
        assertThat(got.text()).isEmpty();
        assertThat(got.thinking()).isEqualTo("길다");
        assertThat(got.finish().reason()).isEqualTo(FinishReason.LENGTH);
    }

    // whole replies

    @Test
    void aWholeReply() {
        Outcome got = readWhole(whole("\"created\":1753362971,\"usage\":{\"completionTokens\":9,\"promptTokens\":3,"
                + "\"totalTokens\":12,\"completionTokensDetails\":{\"thinkingTokens\":4}},"
                + message("\"content\":\"답\",\"thinkingContent\":\"음\"")
                + ",\"finishReason\":\"stop\",\"seed\":1561390649"));
        assertThat(got.deltas())
                .containsExactly(new Text("답"), new Thinking("음"), new Usage(new TokenUsage(3, 9, 12)), STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1791043155000", "1753362971", "null", "\"2026-08-12\""})
    void theTimeMayBeInAnyUnit(String created) {
        String body = message("\"content\":\"a\"") + ",\"created\":" + created + ",\"finishReason\":\"stop\"";
        assertThat(readWhole(whole(body)).end()).isEqualTo("finished");
        assertThat(read(text("a").replace("1744710905000", created), stop("a")).end())
                .isEqualTo("finished");
    }

    @Test
    void theOlderFormatCountsInItsOwnFields() {
        String result = message("\"content\":\"끝\"")
                + ",\"stopReason\":\"LENGTH\",\"inputLength\":100,\"outputLength\":10,\"seed\":2814519,\"aiFilter\":[]";
        assertThat(readWhole(whole(result)).deltas())
                .containsExactly(
                        new Text("끝"), new Usage(new TokenUsage(100, 10)), new Finish(FinishReason.LENGTH, "LENGTH"));
        Outcome streamed = read(
                frame(
                        "token",
                        "{\"index\":0,\"inputLength\":89,\"outputLength\":1," + message("\"content\":\"안\"") + "}"),
                frame(
                        "token",
                        "{\"index\":1,\"inputLength\":89,\"outputLength\":1," + message("\"content\":\"녕\"") + "}"),
                frame(
                        "result",
                        "{\"index\":2,\"stopReason\":\"stop_before\",\"inputLength\":89,\"outputLength\":2,"
                                + message("\"content\":\"안녕\"") + "}"),
                SIGNAL);
        assertThat(streamed.deltas())
                .containsExactly(
                        new Text("안"),
                        new Text("녕"),
                        new Usage(new TokenUsage(89, 2)),
                        new Finish(FinishReason.STOP, "stop_before"));
    }

    // errors under a good status

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id:a\nevent:error\ndata:{\"status\":{\"code\":\"50000\",\"message\":\"boom\"}}\n\n",
                "event:error\ndata:{\"code\":\"50000\",\"message\":\"boom\"}\n\n",
                "data:{\"status\":{\"code\":\"50000\",\"message\":\"boom\"}}\n\n",
                "event:token\ndata:{\"status\":{\"code\":\"50000\",\"message\":\"boom\"}}\n\n",
                "event:result\ndata:{\"status\":{\"message\":\"boom\",\"code\":50000},\"result\":null}\n\n",
                "event:token\ndata:{\"error\":{\"code\":\"50000\",\"message\":\"boom\"}}\n\n"
            })
    void anErrorInsideAStreamIsAnError(String error) {
        assertThat(read(error).end()).isEqualTo("error 50000 boom");
        Outcome got = read(text("안"), error, stop("안"));
        assertThat(got.end()).isEqualTo("error 50000 boom");
        assertThat(got.text()).isEqualTo("안");
        assertThat(read(text("안"), stop("안"), error).end()).startsWith("error ");
    }

    @Test
    void anErrorEventMaySayNothingOrNoJson() {
        assertThat(read("event:error\ndata:\n\n").end()).isEqualTo("error null ");
        assertThat(read("event:error\ndata:Internal Server Error\n\n").end())
                .isEqualTo("error null Internal Server Error");
        assertThat(read("event:error\ndata:{}\n\n").end()).isEqualTo("error null ");
    }

    @ParameterizedTest
    @CsvSource({"40005", "42901", "42902", "50000", "20400"})
    void aStatusOtherThanSuccessIsAnError(String code) {
        assertThat(readWhole(failed(code, "boom")).end()).isEqualTo("error " + code + " boom");
        assertThat(readWhole("{\"result\":{" + message("\"content\":\"a\"") + "},"
                                + failed(code, "boom").substring(1))
                        .end())
                .isEqualTo("error " + code + " boom");
    }

    @Test
    void aStatusThatIsNoneIsAnErrorOrMalformed() {
        assertThat(readWhole("{\"status\":{},\"result\":{}}").end()).isEqualTo("error null ");
        assertThat(readWhole("{\"status\":7,\"result\":{}}").end()).isEqualTo("malformed");
        assertThat(readWhole("{\"status\":null,\"result\":{" + message("\"content\":\"a\"") + "}}")
                        .end())
                .isEqualTo("finished");
    }

    // what is refused

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":{\"content\":\"a\",\"content\":\"b\"}}",
                "{\"message\":{\"content\":\"a\"},\"message\":{\"content\":\"b\"}}",
                "{\"message\":{\"thinkingContent\":\"a\",\"thinkingContent\":\"b\"}}",
                "{\"message\":{\"role\":\"a\",\"role\":\"b\"}}",
                "{\"finishReason\":\"stop\",\"stopReason\":\"stop\"}",
                "{\"usage\":{\"promptTokens\":1,\"promptTokens\":2}}",
                "{\"usage\":{\"completionTokensDetails\":{\"thinkingTokens\":1,\"thinkingTokens\":1}}}",
                "{\"aiFilter\":[{\"name\":\"a\",\"name\":\"b\"}]}",
                "{\"aiFilter\":[7]}",
                "{\"seed\":1,\"seed\":1}",
                "{\"x\":{\"y\":[{\"z\":1,\"z\":2}]}}",
                "{\"message\":7}",
                "{\"message\":{\"content\":7}}",
                "{\"message\":{\"content\":\"a\"}} {}",
                "{\"message\":{\"content\":\"a\"}} 7",
                "{\"message\":{\"content\":\"a\"}",
                "[]",
                "7",
                "nonsense"
            })
    void whatIsWrongInAnEventIsMalformed(String json) {
        assertThat(read(frame("token", json), text("b"), stop("b")).end()).isEqualTo("malformed");
        assertThat(read(frame("result", json), stop("b")).end()).isEqualTo("malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", " 7", " tru", ",", "]", " \"a"})
    void garbageBehindAWholeReplyIsRefused(String garbage) {
        assertThat(readWhole(whole(message("\"content\":\"a\"")) + garbage).end())
                .isIn("malformed", "incomplete");
        assertThat(readWhole(" " + whole(message("\"content\":\"a\"")) + " \n").end())
                .isEqualTo("finished");
    }

    @Test
    void aStreamCutAnywhereButAtItsEndIsNoAnswer() {
        String all = text("안") + text("녕") + stop("안녕");
        byte[] stream = all.getBytes(StandardCharsets.UTF_8);
        int answer = all.substring(0, all.lastIndexOf('}') + 1).getBytes(StandardCharsets.UTF_8).length;
        for (int length = 0; length < answer; length++) {
            String end = OpenAiReplies.end(new ByteArrayInputStream(stream, 0, length), decoder(new ArrayList<>()));
            assertThat(end).as("the first %s bytes", length).isEqualTo("incomplete");
        }
    }

    @Test
    void charactersSplitOverPiecesComeWhole() {
        Outcome got = read(
                text("\\ud83d"),
                text("\\ude00a"),
                thinking("\\ud83d"),
                thinking("\\ude01"),
                text("b\\ud83d"),
                stop(""));
        assertThat(got.text()).isEqualTo("😀ab\uFFFD");
        assertThat(got.thinking()).isEqualTo("😁");
    }

    // beside the answer

    private static final String FILTER =
            "[{\"groupName\":\"curse\",\"name\":\"insult\",\"score\":\"1\",\"result\":\"OK\"},"
                    + "{\"groupName\":\"unsafeContents\",\"name\":\"sexualHarassment\",\"score\":-1,\"result\":\"ERROR\"}]";

    private static List<String> notices(boolean streamed, String input) throws IOException {
        ClovaReply reply = decoder(new ArrayList<>());
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        if (streamed) {
            assertThat(OpenAiReplies.end(in, reply)).isEqualTo("finished");
        } else {
            reply.whole(in);
        }
        return reply.notices();
    }

    @Test
    void theContentFilterIsHeard() throws IOException {
        String[] expected = {"ai-filter=curse/insult:1", "ai-filter=unsafeContents/sexualHarassment:-1"};
        assertThat(notices(false, whole(message("\"content\":\"a\"") + ",\"aiFilter\":" + FILTER)))
                .containsExactly(expected);
        assertThat(notices(true, text("a") + result("\"content\":\"a\"", "\"stop\"", ",\"aiFilter\":" + FILTER)))
                .containsExactly(expected);
        String early = text("a").replace("\"seed\"", "\"aiFilter\":" + FILTER + ",\"seed\"");
        assertThat(notices(true, early + stop("a"))).isEmpty();
        assertThat(notices(false, whole(message("\"content\":\"a\"") + ",\"aiFilter\":null")))
                .isEmpty();
    }

    @Test
    void theContentFilterSaysNoMoreThanItsShare() throws IOException {
        String one = "{\"groupName\":\"g\",\"name\":\"n\",\"score\":\"2\"}";
        String many = (one + ",").repeat(99) + one;
        assertThat(notices(false, whole(message("\"content\":\"a\"") + ",\"aiFilter\":[" + many + "]")))
                .hasSize(32);
    }

    @Test
    void tokensOfReasoningAreTold() throws IOException {
        String usage = USAGE.replace("}", ",\"completionTokensDetails\":{\"thinkingTokens\":31}}");
        assertThat(notices(false, whole(message("\"content\":\"a\"") + ",\"usage\":" + usage)))
                .containsExactly("thinking-tokens=31");
        assertThat(notices(true, text("a") + stop("a").replaceFirst(Pattern.quote(USAGE), usage)))
                .containsExactly("thinking-tokens=31");
        assertThat(notices(true, text("a") + stop("a"))).isEmpty();
    }
}
