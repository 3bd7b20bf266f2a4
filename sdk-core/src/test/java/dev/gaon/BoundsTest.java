package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much a server sends, this process keeps to its bounds. */
class BoundsTest extends HostileCase {

    private static final long ENDLESS = 4L << 30;
    private static final String JSON_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";

    private static byte[] gzip(String start, int filling, int times, String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 16];
            java.util.Arrays.fill(block, (byte) filling);
            for (int i = 0; i < times; i++) {
                out.write(block);
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", ": ", "x", "event: "})
    void aLineWithoutEnd(String start) throws Exception {
        byte[] block = "a".repeat(1 << 16).getBytes();
        long[] sent = {0};
        RawServer server =
                server(v -> sent[0] = v.stream().text("참").send(start).flood(block, ENDLESS));
        CallFailure failure = streamed(model(server));
        assertThat(failure.kind()).isEqualTo("reply-too-large");
        assertThat(failure.partialText()).isEqualTo("참");
        recorded("failed", "reply-too-large");
        eventually("the server was cut off", () -> server.openConnections() == 0);
        assertThat(sent[0]).isLessThan(64L << 20);
    }

    @Test
    void anEventOfManyLines() throws Exception {
        byte[] lines = ("data: " + "a".repeat(1000) + "\n").repeat(60).getBytes();
        assertThat(streamed(model(server(v -> v.stream().flood(lines, ENDLESS))))
                        .kind())
                .isEqualTo("reply-too-large");
    }

    @Test
    void aStreamWithoutEnd() throws Exception {
        byte[] events =
                ("data: " + Wire.text("가".repeat(1000)) + "\n\n").repeat(20).getBytes(StandardCharsets.UTF_8);
        Limits limits = once().withReplyBytes(8 << 20);
        CallFailure failure = streamed(model(limits, server(v -> v.stream().flood(events, ENDLESS))));
        assertThat(failure.kind()).isEqualTo("reply-too-large");
        assertThat(failure.partialText().length()).isLessThan(4 << 20);
    }

    @Test
    void blankLinesWithoutEnd() throws Exception {
        Limits limits = once().withReplyBytes(4 << 20);
        byte[] blank = "\n".repeat(1 << 16).getBytes();
        assertThat(streamed(model(limits, server(v -> v.stream().flood(blank, ENDLESS))))
                        .kind())
                .isEqualTo("reply-too-large");
    }

    @Test
    void aWholeReplyWithoutEnd() {
        Limits limits = once().withReplyBytes(4 << 20);
        byte[] filling = " ".repeat(1 << 16).getBytes();
        CallFailure failure =
                blocking(model(limits, server(v -> v.send(JSON_HEAD + "\r\n{").flood(filling, ENDLESS))));
        assertThat(failure.kind()).isEqualTo("reply-too-large");
    }

    @Test
    void aBombOfHighRatio() throws Exception {
        byte[] bomb = gzip("{\"x\":\"", 'a', 16 * 50, "\"}");
        assertThat(bomb.length).isLessThan(200_000);
        RawServer server =
                server(v -> v.send(JSON_HEAD + "Content-Encoding: gzip\r\n\r\n").send(bomb));
        assertThat(blocking(model(server)).kind()).isEqualTo("reply-too-large");
    }

    @Test
    void aBombOfGreatSize() throws Exception {
        byte[] bomb = gzip("{\"x\":\"", 'a', 16 * 12, "\"}");
        Limits limits = once().withReplyBytes(8 << 20).withInflationRatio(Integer.MAX_VALUE);
        RawServer server =
                server(v -> v.send(JSON_HEAD + "Content-Encoding: gzip\r\n\r\n").send(bomb));
        assertThat(blocking(model(limits, server)).kind()).isEqualTo("reply-too-large");
    }

    @Test
    void aBombInAnErrorBody() throws Exception {
        byte[] bomb = gzip("{\"x\":\"", 'a', 16 * 50, "\"}");
        RawServer server = server(v -> v.send("HTTP/1.1 400 X\r\nConnection: close\r\nContent-Encoding: gzip\r\n\r\n")
                .send(bomb));
        assertThat(blocking(model(server)).kind()).isEqualTo("invalid-request");
    }

    @Test
    void honestGzipIsRead() throws Exception {
        byte[] body = gzip(Wire.whole("압축된 답"), ' ', 0, "");
        RawServer server =
                server(v -> v.send(JSON_HEAD + "Content-Encoding: gzip\r\n\r\n").send(body));
        assertThat(say(model(server))).isEqualTo("압축된 답");
    }

    @Test
    void brokenGzipIsNoAnswer() throws Exception {
        byte[] body = gzip(Wire.whole("압축된 답"), ' ', 1, "");
        body[20] ^= 0x55;
        RawServer server =
                server(v -> v.send(JSON_HEAD + "Content-Encoding: gzip\r\n\r\n").send(body));
        assertThat(blocking(model(server)).retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "deflate", "gzip, gzip", "compress"})
    void aCodingThatWasNotOffered(String coding) {
        RawServer server = server(v -> v.json(200, Wire.whole("x"), "Content-Encoding: " + coding));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("unexpected-reply");
        assertThat(failure.getMessage()).contains(coding);
        assertThat(server.received().get(0).header("Accept-Encoding")).isEqualTo("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNesting(String open) throws Exception {
        String deep = "{\"x\":" + open.repeat(100_000);
        CallFailure failure = blocking(model(server(v -> v.json(200, deep))));
        assertThat(failure.kind()).isEqualTo("malformed-reply");
        assertThat(streamed(model(server(v -> v.stream().event(deep)))).kind()).isEqualTo("malformed-reply");
        assertThat(blocking(model(server(v -> v.json(400, deep)))).kind()).isEqualTo("invalid-request");
    }

    @Test
    void aLongStringWithinTheLimitIsAnAnswerAndBeyondItIsNot() {
        String body = Wire.whole("@").replace("@", "a".repeat(21 << 20));
        RawServer server = server(v -> v.json(200, body));
        assertThat(say(model(server))).hasSize(21 << 20);
        Limits small = once().withReplyBytes(16 << 20);
        assertThat(blocking(model(small, server)).kind()).isEqualTo("reply-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage\":{\"prompt_tokens", "unknown\":{\"x", "choices\":[{\"index"})
    void aNumberOfManyDigits(String place) {
        String close = place.startsWith("choices") ? "}]}" : "}}";
        String body = "{\"" + place + "\":" + "9".repeat(2000) + close;
        assertThat(blocking(model(server(v -> v.json(200, body)))).kind()).isIn("malformed-reply", "incomplete");
    }

    @Test
    void charactersThatDoNotExist() {
        byte[] body = "{\"choices\":[x".getBytes(Charset.forName("UTF-32LE"));
        body[body.length - 1] = 'x';
        RawServer server = server(v -> v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .send(body));
        assertThat(blocking(model(server)).kind()).isEqualTo("malformed-reply");
    }

    @Test
    void headersWithoutEnd() {
        byte[] header = ("X-Long: " + "a".repeat(1000) + "\r\n").getBytes();
        RawServer server = server(v -> v.send("HTTP/1.1 200 OK\r\n").flood(header, ENDLESS));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("unknown-outcome");
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isOne();
    }

    @Test
    void oneCallMoreThanMayWait() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.stream().text("하나");
            v.await(release);
            v.finish();
        });
        GaonChatModel model =
                model(b -> b.limits(Limits.DEFAULT.withConcurrentCalls(1).withQueuedCalls(1)), server);
        Heard running = stream(model);
        arrives(running.first);
        Heard waiting = stream(model);
        CallFailure[] refused = {null};
        // The second call may still be on its way into the queue; then the third takes its place there and it is
        // refused.
        eventually("the queue is full", () -> ledger.opened.size() == 2);
        Heard third = stream(model);
        eventually("one is refused", () -> waiting.errors.size() + third.errors.size() == 1);
        refused[0] = facts((waiting.errors.isEmpty() ? third : waiting).errors.get(0));
        assertThat(refused[0].kind()).isEqualTo("queue-full");
        assertThat(refused[0].retryable()).isTrue();
        assertThat(server.requests()).isOne();
        release.countDown();
        running.ended();
        (waiting.errors.isEmpty() ? waiting : third).ended();
        assertThat(server.requests()).isEqualTo(2);
    }
}
