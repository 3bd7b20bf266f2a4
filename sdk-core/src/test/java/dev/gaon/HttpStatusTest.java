package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.ContentFilteredException;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each status and each odd reply means to the caller, and that none of them is asked for twice. */
class HttpStatusTest extends HostileCase {

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
    void redirectsAreRefusedAndTheTargetIsNamed(int status) {
        RawServer thief = server(v -> v.json(200, Wire.whole("도둑")));
        RawServer server =
                server(v -> v.send("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nLocation: http://localhost:"
                        + thief.port() + "/v1/chat/completions\r\n\r\n"));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("redirect-refused");
        assertThat(failure.getMessage()).contains("localhost");
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isOne();
        assertThat(thief.accepted()).isZero();
        recorded("failed", "redirect-refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Location: mailto:x\r\n", "Location: http://[broken\r\n", "Location: ?\r\n"})
    void aRedirectToNowhereIsNamedAsUnknown(String location) {
        RawServer server = server(v -> v.send("HTTP/1.1 302 X\r\nContent-Length: 0\r\n" + location + "\r\n"));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("redirect-refused");
        assertThat(failure.getMessage()).doesNotContain("null");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid-request",
        "401, unauthorized",
        "402, forbidden",
        "403, forbidden",
        "404, not-found",
        "405, invalid-request",
        "408, unknown-outcome",
        "409, invalid-request",
        "413, invalid-request",
        "418, invalid-request",
        "422, invalid-request",
        "500, server-error",
        "501, unsupported",
        "502, unknown-outcome",
        "504, unknown-outcome",
        "520, unknown-outcome",
        "599, unknown-outcome",
    })
    void eachStatusHasItsKindAndIsNeverResent(int status, String kind) {
        RawServer server = server(v -> v.json(
                status, Wire.error("some_code", "the server's words"), "X-Request-Id: req-77", "Retry-After: 0"));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.requestId()).isEqualTo("req-77");
        assertThat(failure.providerCode()).isEqualTo("some_code");
        assertThat(failure.getMessage()).contains("the server's words");
        assertThat(server.requests()).isOne();
        recorded("failed", kind);
        assertThat(record().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(status);
            assertThat(attempt.requestId()).isEqualTo("req-77");
        });
    }

    @Test
    void aKeyIsNamedByItsFingerprintOnly() {
        CallFailure failure = blocking(model(server(v -> v.json(401, Wire.error("bad", "invalid key " + KEY)))));
        assertThat(failure.fix(Locale.ENGLISH))
                .contains("#" + Credential.of(KEY).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"the words\",\"type\":\"t\",\"code\":null}}",
                "{\"object\":\"error\",\"message\":\"the words\",\"type\":\"BadRequestError\",\"code\":400}",
                "{\"status\":{\"code\":\"40000\",\"message\":\"the words\"},\"result\":null}",
                "{\"detail\":\"the words\"}",
                "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"the words\",\"type\":\"missing\"}]}",
                "{\"error\":\"the words\",\"error_type\":\"validation\"}",
                "{\"error\":\"the words\"}",
                "{\"message\":\"the words\"}",
                "the words",
            })
    void everyShapeOfErrorBodyIsRead(String body) {
        CallFailure failure = blocking(model(server(v -> v.json(400, body))));
        assertThat(failure.kind()).isEqualTo("invalid-request");
        assertThat(failure.message(Locale.KOREAN)).contains("the words");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"error\":{}}",
                "{\"error\":[1]}",
                "{\"detail\":[]}",
                "{\"error\":{\"message\":{}}}",
                "{"
            })
    void anErrorBodyThatSaysNothingIsNoProblem(String body) {
        assertThat(blocking(model(server(v -> v.json(422, body)))).kind()).isEqualTo("invalid-request");
    }

    @Test
    void aContentFilterIsToldApart() {
        RawServer server = server(v -> v.json(400, Wire.error("content_filter", "no")));
        Throwable error = Assertions.catchThrowable(() -> say(model(server)));
        assertThat(error).isInstanceOf(ContentFilteredException.class);
    }

    @Test
    void anErrorBodyThatBreaksOffKeepsItsStatus() {
        RawServer server = server(v -> v.send(
                "HTTP/1.1 401 X\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"error\":{\"mess"));
        assertThat(blocking(model(server)).kind()).isEqualTo("unauthorized");
        assertThat(server.requests()).isOne();
    }

    @Test
    void anErrorBodyInAnUnknownCodingKeepsItsStatus() {
        RawServer server = server(v -> v.json(403, "xx", "Content-Encoding: br"));
        assertThat(blocking(model(server)).kind()).isEqualTo("forbidden");
    }

    @Test
    void aRedirectInAnUnknownCodingIsStillARedirect() {
        RawServer server = server(v -> v.json(302, "xx", "Content-Encoding: br", "Location: https://evil.example/"));
        assertThat(blocking(model(server)).getMessage()).contains("evil.example");
    }

    @Test
    void aHugeErrorBodyIsCut() {
        byte[] piece = "가나다라".repeat(4000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        RawServer server = server(v -> {
            v.send("HTTP/1.1 400 X\r\nConnection: close\r\n\r\n");
            v.flood(piece, 2L << 30);
        });
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("invalid-request");
        assertThat(failure.getMessage().length()).isLessThan(1500);
    }

    @Test
    void aPageInsteadOfAReplyIsShownSafely() {
        RawServer server = server(v -> v.reply(
                200,
                "text/html; charset=utf-8",
                "<html>로그인\n2026-01-01 ERROR forged\u001b[31m\u202e " + PROMPT + "</html>"));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("unexpected-reply");
        assertThat(failure.getMessage()).contains("로그인", "text/html").doesNotContain("\n", "\u001b", "\u202e");
        recorded("failed", "unexpected-reply");
    }

    @Test
    void aPageInsteadOfAStreamIsShownSafely() throws Exception {
        CallFailure failure = streamed(model(server(v -> v.reply(200, "text/html", "<html>로그인</html>"))));
        assertThat(failure.kind()).isEqualTo("unexpected-reply");
    }

    @Test
    void aWholeReplyToAStreamRequestIsTaken() throws Exception {
        Heard heard = stream(model(server(v -> v.json(200, Wire.whole("한 번에")))));
        heard.ended();
        assertThat(heard.texts).containsExactly("한 번에");
        assertThat(heard.completed).hasSize(1);
    }

    @Test
    void aStreamToAWholeRequestIsTaken() {
        assertThat(say(model(server(v -> v.stream().text("나").text("눠서").finish()))))
                .isEqualTo("나눠서");
    }

    @Test
    void aStreamUnderTheWrongTypeIsTaken() throws Exception {
        Heard heard = stream(model(server(v -> v.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n: hi\n\n")
                .text("예")
                .finish())));
        heard.ended();
        assertThat(heard.completed).hasSize(1);
    }

    @Test
    void anEmptyReplyIsNoAnswer() throws Exception {
        assertThat(blocking(model(server(v -> v.send("HTTP/1.1 204 No Content\r\n\r\n"))))
                        .kind())
                .isEqualTo("unexpected-reply");
        assertThat(streamed(model(server(v -> v.reply(200, "application/json", ""))))
                        .kind())
                .isEqualTo("unexpected-reply");
    }

    @Test
    void aServerThatEchoesKeyAndPromptTellsNobody() throws Exception {
        String echo = KEY + " " + PROMPT;
        String[] raw = {
            "HTTP/1.1 " + echo + "\r\n\r\n",
            "NONSENSE " + echo + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + echo + "\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: " + echo + "\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: " + KEY + "\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Type: text/" + KEY + "\r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 302 X\r\nLocation: https://" + KEY + ".example/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 400 X\r\nX-Request-Id: " + KEY + "\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 400 X\r\nContent-Length: 20\r\n\r\n" + KEY.substring(0, 20),
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: " + Wire.error(KEY, echo) + "\n\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: " + Wire.error(PROMPT, echo) + "\n\n",
        };
        for (String bytes : raw) {
            RawServer server = server(v -> v.send(bytes));
            GaonChatModel model = model(once(), server);
            blocking(model);
            streamed(model);
        }
        for (String code : new String[] {KEY, PROMPT}) {
            blocking(model(once(), server(v -> v.json(429, Wire.error(code, (KEY + " ").repeat(30) + PROMPT)))));
        }
    }

    @Test
    void aServerThatEchoesInItsMetadataTellsNoRecord() {
        RawServer server = server(v -> v.json(
                200,
                "{\"id\":\"" + KEY + "\",\"model\":\"" + PROMPT
                        + "\",\"choices\":[{\"message\":{\"content\":\"답\"},\"finish_reason\":\"" + KEY + PROMPT
                        + "\"}]}"));
        assertThat(say(model(server))).isEqualTo("답");
        assertThat(record().toJson().length()).isLessThan(2000);
    }
}
