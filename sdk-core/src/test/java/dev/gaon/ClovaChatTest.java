package dev.gaon;

import static dev.gaon.ClovaFrames.SIGNAL;
import static dev.gaon.ClovaFrames.failed;
import static dev.gaon.ClovaFrames.frame;
import static dev.gaon.ClovaFrames.message;
import static dev.gaon.ClovaFrames.stop;
import static dev.gaon.ClovaFrames.text;
import static dev.gaon.ClovaFrames.thinking;
import static dev.gaon.ClovaFrames.token;
import static dev.gaon.ClovaFrames.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CLOVA Studio's own format over HTTP, byte for byte as its pages show it, and what its error codes mean. */
class ClovaChatTest extends HostileCase {

    private static final String STREAM = thinking("음") + text("안") + text("녕하세요 😀") + stop("안녕하세요 😀") + SIGNAL;

    private static Endpoint at(int port) {
        return Endpoint.of("http://127.0.0.1:" + port).withDialect("clova").withWireModel("HCX-005");
    }

    private GaonChatModel clova(RawServer server) {
        return gaon(builder -> builder.limits(once()), at(server.port())).chat("m");
    }

    private static byte[] http(String events) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\n"
                + "X-NCP-CLOVASTUDIO-REQUEST-ID: req-7\r\nConnection: close\r\n\r\n";
        return (head + events).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(ReplayServer.Cut.class)
    void aStreamIsReadHoweverItIsCut(ReplayServer.Cut cut) throws Exception {
        ReplayServer server = closing(ReplayServer.playing(http(STREAM), cut));
        Endpoint endpoint = Endpoint.of(server.url().replace("/v1", "")).withDialect("clova");
        GaonChatModel model =
                gaon(builder -> builder, endpoint.withWireModel("HCX-007")).chat("m");
        Heard heard = stream(model);
        heard.ended();
        assertThat(heard.errors).isEmpty();
        assertThat(heard.texts).containsExactly("안", "녕하세요 😀");
        ChatResponse response = heard.completed.get(0);
        assertThat(response.aiMessage().text()).isEqualTo("안녕하세요 😀");
        assertThat(response.aiMessage().thinking()).isEqualTo("음");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(20, 5, 25));
        ReplayServer.Request sent = server.only();
        assertThat(sent.line()).isEqualTo("POST /v3/chat-completions/HCX-007 HTTP/1.1");
        assertThat(sent.headers())
                .containsEntry("accept", "text/event-stream")
                .containsEntry("authorization", "Bearer " + KEY)
                .containsEntry("content-type", "application/json");
        assertThat(record().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.requestId()).isEqualTo("req-7"));
    }

    @Test
    void aWholeReplyIsRead() {
        RawServer server = server(
                v -> v.json(
                        200,
                        whole(
                                message(
                                                "\"content\":\"\",\"toolCalls\":[{\"id\":\"call_a\",\"type\":\"function\",\"function\":"
                                                        + "{\"name\":\"weather\",\"arguments\":{\"city\":\"서울\"}}}]")
                                        + ",\"finishReason\":\"tool_calls\",\"usage\":" + ClovaFrames.USAGE
                                        + ",\"aiFilter\":[{\"groupName\":\"curse\",\"name\":\"insult\",\"score\":\"2\",\"result\":\"OK\"}]")));
        ChatResponse response = clova(server).chat(request());
        assertThat(response.aiMessage().text()).isNull();
        assertThat(response.aiMessage().toolExecutionRequests())
                .containsExactly(ToolExecutionRequest.builder()
                        .id("call_a")
                        .name("weather")
                        .arguments("{\"city\":\"서울\"}")
                        .build());
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(((GaonResponseMetadata) response.metadata()).notices()).containsExactly("ai-filter=curse/insult:2");
        assertThat(server.received().get(0).header("Accept")).isEqualTo("application/json");
    }

    @Test
    void aStreamUnderTheWrongTypeIsTaken() throws Exception {
        RawServer server = server(v -> v.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + STREAM));
        Heard heard = stream(clova(server));
        heard.ended();
        assertThat(heard.completed).hasSize(1);
    }

    @Test
    void anErrorInsteadOfAStreamIsAnError() throws Exception {
        CallFailure failure = streamed(clova(server(v -> v.json(200, failed("50000", "Internal Server Error")))));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.providerCode()).isEqualTo("50000");
    }

    @Test
    void whatCameBeforeAnErrorIsKept() throws Exception {
        String cut = text("안녕") + frame("error", failed("50000", "Internal Server Error"));
        CallFailure failure = streamed(clova(server(v -> v.send(http(cut)))));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.partialText()).isEqualTo("안녕");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id:aabdfe\nevent:signal\ndata:{\"data\":\"[DONE]\"}\n\n"})
    void aStreamWithoutItsResultIsIncomplete(String tail) throws Exception {
        byte[] reply = http(text("안녕") + tail);
        CallFailure failure = streamed(clova(server(v -> v.send(reply))));
        assertThat(failure.kind()).isEqualTo("incomplete");
        assertThat(failure.partialText()).isEqualTo("안녕");
    }

    @Test
    void aToolIsCalledAndItsResultSentBack() {
        String calling = token("\"content\":\"\",\"toolCalls\":[{\"id\":\"call_a\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"time\"}}]")
                + token(
                        "\"content\":\"\",\"toolCalls\":[{\"type\":\"function\",\"function\":{\"partialJson\":\"{}\"}}]")
                + ClovaFrames.result(
                        "\"content\":\"\",\"toolCalls\":[{\"id\":\"call_a\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"time\",\"arguments\":{}}}]",
                        "\"tool_calls\"")
                + SIGNAL;
        RawServer server = server(v -> v.send(http(calling)), v -> v.send(http(text("12시") + stop("12시") + SIGNAL)));
        GaonChatModel model = clova(server);
        AiMessage asked = model.chat(request()).aiMessage();
        ChatResponse answer = model.chat(
                UserMessage.from(PROMPT),
                asked,
                ToolExecutionResultMessage.from(asked.toolExecutionRequests().get(0), "12:00"));
        assertThat(answer.aiMessage().text()).isEqualTo("12시");
        assertThat(server.received().get(1).text())
                .endsWith(
                        "{\"role\":\"assistant\",\"content\":\"\",\"toolCalls\":[{\"id\":\"call_a\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"time\",\"arguments\":{}}}]},"
                                + "{\"role\":\"tool\",\"toolCallId\":\"call_a\",\"content\":\"12:00\"}]}");
    }

    /** All codes that the pages name, with the HTTP status each comes under. */
    @ParameterizedTest
    @CsvSource({
        "400, 40000, invalid-request",
        "400, 40001, invalid-request",
        "400, 40002, invalid-request",
        "400, 40003, invalid-request",
        "400, 40004, invalid-request",
        "400, 40005, content-filtered",
        "400, 40009, unsupported",
        "400, 40055, invalid-request",
        "400, 40060, invalid-request",
        "400, 40061, invalid-request",
        "400, 40063, invalid-request",
        "400, 40080, not-found",
        "400, 40082, not-found",
        "400, 40083, invalid-request",
        "400, 40084, unsupported",
        "401, 40100, unauthorized",
        "401, 40101, unauthorized",
        "401, 40102, unauthorized",
        "401, 40104, unauthorized",
        "401, 40170, unauthorized",
        "403, 40300, forbidden",
        "403, 40301, forbidden",
        "404, 40400, not-found",
        "406, 40600, invalid-request",
        "408, 40800, unknown-outcome",
        "413, 41300, invalid-request",
        "415, 41500, invalid-request",
        "415, 41501, invalid-request",
        "424, 42400, invalid-request",
        "429, 42900, rate-limited",
        "429, 42901, rate-limited",
        "429, 42902, overloaded",
        "429, 42903, overloaded",
        "500, 50000, server-error",
        "501, 50100, unsupported",
        "504, 50400, unknown-outcome"
    })
    void eachCodeHasItsKind(int status, String code, String kind) throws Exception {
        RawServer server = server(v -> v.json(status, failed(code, "the service's words")));
        CallFailure failure = blocking(clova(server));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.providerCode()).isEqualTo(code);
        assertThat(failure.getMessage()).contains("the service's words");
        CallFailure streamed = streamed(clova(server));
        assertThat(streamed.kind()).isEqualTo(kind);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void nothingAtAllIsNoAnswer() {
        assertThat(blocking(clova(server(v -> v.send("HTTP/1.1 204 No Content\r\n\r\n"))))
                        .kind())
                .isEqualTo("unexpected-reply");
    }

    @ParameterizedTest
    @CsvSource({"40005, content-filtered", "40003, provider-error", "42901, provider-error", "50000, provider-error"})
    void aCodeInsideAStreamIsOfWorkThatWasBegun(String code, String kind) throws Exception {
        byte[] reply = http(frame("error", failed(code, "words")));
        CallFailure failure = streamed(clova(server(v -> v.send(reply))));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.providerCode()).isEqualTo(code);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void theOlderFormatGoesToItsOwnPath() {
        String reply =
                whole(message("\"content\":\"끝\"") + ",\"stopReason\":\"LENGTH\",\"inputLength\":9,\"outputLength\":1");
        RawServer server = server(v -> v.json(200, reply));
        Endpoint endpoint = Endpoint.of("http://127.0.0.1:" + server.port())
                .withDialect("clova-studio-v1")
                .withWireModel("HCX-003");
        ChatResponse response = gaon(builder -> builder, endpoint).chat("m").chat(request());
        assertThat(response.aiMessage().text()).isEqualTo("끝");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(9, 1));
        assertThat(server.received().get(0).line()).isEqualTo("POST /v1/chat-completions/HCX-003 HTTP/1.1");
    }

    @Test
    void aReplyIsOfTheModelThatWasAskedFor() {
        RawServer server = server(v -> v.json(200, whole(message("\"content\":\"a\"") + ",\"finishReason\":\"stop\"")));
        GaonChatModel model = gaon(builder -> builder.endpoint("hcx-005", at(server.port()))
                        .credential("http://127.0.0.1:" + server.port(), Credential.of(KEY)))
                .chat("hcx-005");
        ChatResponse response = model.chat(request());
        assertThat(response.metadata().modelName()).isEqualTo("hcx-005");
        assertThat(server.received().get(0).line()).contains("/v3/chat-completions/HCX-005 ");
        assertThat(List.of(response.finishReason())).containsExactly(FinishReason.STOP);
    }
}
