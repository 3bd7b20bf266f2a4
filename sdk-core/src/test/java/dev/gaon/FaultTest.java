package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of servers and networks, each met by a blocking and by a streaming call, which must see the same. */
class FaultTest extends HostileCase {

    private static final String ID = "X-Request-Id: req-7\r\n";
    private static final long ENDLESS = 4L << 30;

    /** What a server does, and what both callers see of it, as the only end of a request that was sent once. */
    private record Fault(
            int number, String what, RawServer.Script script, String kind, String phase, String id, String partial) {

        @Override
        public String toString() {
            return number + ": " + what;
        }
    }

    private static Fault unanswered(int number, String what, RawServer.Script script) {
        return new Fault(number, what, script, "unknown-outcome", "wait", null, "");
    }

    /** The head came, and with it the server's id of the request. */
    private static Fault refused(int number, String what, RawServer.Script script, String kind) {
        return new Fault(number, what, script, kind, "wait", "req-7", "");
    }

    private static Fault bad(int number, String what, RawServer.Script script, String kind) {
        return new Fault(number, what, script, kind, "reply", "req-7", "");
    }

    private static boolean streams(RawServer.Visit visit) {
        return visit.request.text().contains("\"stream\":true");
    }

    private static RawServer.Script status(int status, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(ID.strip());
        return v -> v.reply(status, null, "", all.toArray(String[]::new));
    }

    /** A reply that ends with the connection: one event, or the same JSON whole. */
    private static RawServer.Script reply(byte[]... json) {
        return v -> {
            v.send(head(streams(v)) + "\r\n" + (streams(v) ? "data: " : ""));
            for (byte[] piece : json) {
                v.send(piece);
            }
            v.send(streams(v) ? "\n\n" : "");
        };
    }

    private static RawServer.Script reply(String json) {
        return reply(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String head(boolean events) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\n" + ID + "Content-Type: "
                + (events ? "text/event-stream" : "application/json") + "\r\n";
    }

    private static String message(String fields) {
        return "{\"choices\":[{\"index\":0,\"message\":{" + fields + "},\"finish_reason\":\"stop\"}]}";
    }

    private static byte[] damaged(String json, int... bytes) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);
        int at = json.indexOf('@');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(all, 0, at);
        for (int b : bytes) {
            out.write(b);
        }
        out.write(all, at + 1, all.length - at - 1);
        return out.toByteArray();
    }

    static Stream<Fault> faults() {
        String half = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"절반\"}}]}";
        String good = message("\"content\":\"답\"");
        Stream.Builder<Fault> all = Stream.builder();
        all.add(unanswered(1, "closed after the request was read", v -> {}));
        all.add(unanswered(1, "reset after the request was read", RawServer.Visit::reset));
        all.add(unanswered(1, "half a status line", v -> v.send("HTTP/1.1 20")));
        all.add(unanswered(1, "headers that break off", v -> v.send("HTTP/1.1 200 OK\r\n" + ID)));
        all.add(unanswered(1, "no HTTP at all", v -> v.send("SSH-2.0-OpenSSH_9.6\r\n\r\n")));
        all.add(new Fault(7, "no finish", reply(half), "incomplete", "reply", "req-7", "절반"));
        RawServer.Script cut = v ->
                v.send(head(streams(v)) + "\r\n" + (streams(v) ? "data: " : "") + half.substring(0, half.length() - 6));
        all.add(bad(8, "half an event or object", cut, "incomplete"));
        for (String coding : List.of("br", "zstd", "deflate")) {
            RawServer.Script script =
                    v -> v.send(head(streams(v)) + "Content-Encoding: " + coding + "\r\n\r\n" + "\u0001".repeat(40));
            all.add(refused(12, "coding " + coding, script, "unexpected-reply"));
        }
        for (String open : List.of("[", "{\"a\":")) {
            String deep = "{\"x\":" + open.repeat(100_000);
            all.add(bad(13, "100,000 times " + open, reply(deep), "malformed-reply"));
        }
        String digits = "9".repeat(2000);
        all.add(bad(
                14,
                "a count of 2,000 digits",
                reply("{\"usage\":{\"prompt_tokens\":" + digits + "}}"),
                "malformed-reply"));
        all.add(bad(
                14,
                "an index of 2,000 digits",
                reply("{\"choices\":[{\"index\":" + digits + "}]}"),
                "malformed-reply"));
        for (String twice : List.of(
                "\"role\":\"assistant\",\"role\":\"tool\",\"content\":\"답\"",
                "\"content\":\"답\",\"content\":\"거짓\"",
                "\"tool_calls\":[],\"tool_calls\":[]")) {
            all.add(bad(15, "twice: " + twice, reply(message(twice)), "malformed-reply"));
        }
        for (String garbage : List.of("x", "{}", "}", ",", " 7 ")) {
            all.add(bad(16, "garbage behind: " + garbage, reply(good + garbage), "malformed-reply"));
        }
        String hole = message("\"content\":\"@\"");
        all.add(bad(17, "a byte that is no UTF-8", reply(damaged(hole, 0xFF)), "malformed-reply"));
        all.add(bad(17, "two bytes of three", reply(damaged(hole, 0xEA, 0xB0)), "malformed-reply"));
        all.add(bad(17, "half a surrogate in UTF-8", reply(damaged(hole, 0xED, 0xA0, 0xBD)), "malformed-reply"));
        all.add(bad(
                20,
                "a login page",
                v -> v.reply(200, "text/html", "<html>로그인" + "가".repeat(500), ID.strip()),
                "unexpected-reply"));
        all.add(bad(20, "a page called JSON", v -> v.json(200, "<html>로그인", ID.strip()), "unexpected-reply"));
        all.add(bad(21, "an error object", reply(Wire.error("gpu_lost", "fell off the bus")), "provider-error"));
        all.add(refused(22, "a pause of ten years", status(429, "Retry-After: 315360000"), "rate-limited"));
        all.add(refused(23, "status 500", status(500, "Retry-After: 0"), "server-error"));
        all.add(refused(24, "status 401", status(401), "unauthorized"));
        all.add(refused(24, "status 403", status(403), "forbidden"));
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            RawServer.Script script = status(status, "Location: https://thief.example/v1/chat/completions");
            all.add(refused(25, "status " + status, script, "redirect-refused"));
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void bothWaysSeeTheSame(Fault fault) throws Exception {
        for (boolean streaming : List.of(false, true)) {
            RawServer server = server(fault.script);
            GaonChatModel model = model(server);
            CallFailure failure = streaming ? streamed(model) : blocking(model);
            assertThat(failure.kind()).isEqualTo(fault.kind);
            assertThat(failure.phase()).isEqualTo(fault.phase);
            // LangChain4j counts a 500 among what its users may ask again; Gaon itself does not.
            assertThat(failure.retryable())
                    .isEqualTo(List.of("rate-limited", "server-error").contains(fault.kind));
            assertThat(failure.requestId()).isEqualTo(fault.id);
            if (fault.kind.equals("incomplete") || streaming) {
                assertThat(failure.partialText()).isEqualTo(fault.partial);
            }
            assertThat(failure.endpoint()).isEqualTo(server.url());
            assertThat(server.requests()).isOne();
            CallRecord record = ledger.closed.get(ledger.closed.size() - 1);
            assertThat(record.state()).isEqualTo(fault.kind.equals("incomplete") ? "incomplete" : "failed");
            assertThat(record.failure()).isEqualTo(fault.kind);
            assertThat(record.attempts()).singleElement().satisfies(attempt -> {
                assertThat(attempt.outcome()).isEqualTo(fault.kind);
                assertThat(attempt.requestId()).isEqualTo(fault.id);
            });
            switch (fault.number) {
                case 20 -> assertThat(failure.getMessage()).contains("로그인").doesNotContain("가".repeat(200));
                case 21 -> assertThat(failure.getMessage()).contains("fell off the bus");
                case 22 -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(315_360_000));
                case 24 ->
                    assertThat(failure.getMessage() + failure.fix(java.util.Locale.ENGLISH))
                            .contains("#" + Credential.of(KEY).fingerprint());
                case 25 -> assertThat(failure.getMessage()).contains("thief.example");
                default -> {}
            }
        }
        assertThat(ledger.closed).hasSize(2);
    }

    /** The failures of a blocking and of a streaming call, each with a client of its own. */
    private List<CallFailure> both(UnaryOperator<Gaon.Builder> settings, Endpoint endpoint) throws Exception {
        return List.of(
                blocking(gaon(settings, endpoint).chat("m")),
                streamed(gaon(settings, endpoint).chat("m")));
    }

    @Test
    void whereNobodyListensOrNobodyIsKnown() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = gone.getLocalPort();
        }
        Endpoint nobody = Endpoint.of("http://127.0.0.1:" + port + "/v1");
        Limits twice = once().withAttempts(2).withRetryAfterCap(Duration.ofSeconds(1));
        for (CallFailure failure : both(b -> b.limits(twice), nobody)) {
            assertThat(failure.kind()).isEqualTo("connect-failed");
            assertThat(failure.phase()).isEqualTo("connect");
            assertThat(failure.getMessage()).contains(nobody.toString());
        }
        Network empty = Network.DEFAULT.dns(host -> List.of());
        for (CallFailure failure : both(b -> b.network(empty).limits(twice), Endpoint.of("http://model.example/v1"))) {
            assertThat(failure.kind()).isEqualTo("dns-failed");
            assertThat(failure.phase()).isEqualTo("connect");
            assertThat(failure.getMessage()).contains("model.example");
        }
        assertThat(ledger.closed)
                .hasSize(4)
                .allSatisfy(record -> assertThat(record.attempts()).hasSize(2));
    }

    private GaonChatModel keyed(Path folder, boolean honoured, RawServer server) throws IOException {
        Path provider = Files.writeString(folder.resolve("provider.json"), """
                {"id": "keyed", "auth": {"header": "Authorization", "prefix": "Bearer ", "env": null},
                 "resend": {"notStarted": [], "idempotencyHeader": "Idempotency-Key", "honoured": %s}}""".formatted(honoured));
        return gaon(b -> b.catalogue(provider), server.endpoint().withDialect("keyed"))
                .chat("m")
                .with(GaonParameters.builder().idempotencyKey("work-1").build());
    }

    @Test
    void aLostReplyIsAskedForAgainUnderItsKey(@TempDir Path folder) throws Exception {
        RawServer server = server(RawServer.Visit::reset, v -> v.json(200, Wire.whole("답")));
        assertThat(say(keyed(folder, true, server))).isEqualTo("답");
        assertThat(server.received())
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.header("Idempotency-Key")).isEqualTo("work-1"));
        assertThat(server.received().get(0).text())
                .isEqualTo(server.received().get(1).text());
    }

    @Test
    void butNotWhereTheKeyIsNotHonoured(@TempDir Path folder) throws Exception {
        RawServer server = server(RawServer.Visit::reset, v -> v.json(200, Wire.whole("답")));
        assertThat(blocking(keyed(folder, false, server)).kind()).isEqualTo("unknown-outcome");
        assertThat(server.requests()).isOne();
    }

    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] GZIP_HEAD_WITH_NAME = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};

    /** Compressed bytes for {@code plain} that may follow themselves for ever. */
    private static byte[] repeatable(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        byte[] out = new byte[plain.length + 64];
        int length = deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    private record Bomb(String what, byte[] start, byte[] rest) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bomb> bombs() {
        byte[] filling = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        byte[] empty = {0, 0, 0, (byte) 0xff, (byte) 0xff};
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.writeBytes(GZIP_HEAD);
        start.writeBytes(repeatable("{\"x\":\"".getBytes(StandardCharsets.US_ASCII)));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            many.writeBytes(empty);
        }
        return Stream.of(
                new Bomb("swells a thousandfold", start.toByteArray(), repeatable(filling)),
                new Bomb("never becomes anything", GZIP_HEAD, many.toByteArray()),
                new Bomb("has a name without end", GZIP_HEAD_WITH_NAME, filling));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aGzipBombNeedsLittleMemory(Bomb bomb) throws Exception {
        Limits limits = once().withReplyBytes(8 << 20);
        long[] sent = {0};
        RawServer server = server(v -> sent[0] = v.send(head(streams(v)) + "Content-Encoding: gzip\r\n\r\n")
                .send(bomb.start)
                .flood(bomb.rest, ENDLESS));
        GaonChatModel model = model(limits, server);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Throwable error = catchThrowable(() -> say(model));
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(facts(error).kind()).isEqualTo("reply-too-large");
        assertThat(allocated).as("bytes the caller's thread asked for").isLessThan(64 << 20);
        eventually("the server was cut off", () -> server.openConnections() == 0);
        assertThat(sent[0]).isLessThan(32 << 20);
        assertThat(streamed(model).kind()).isEqualTo("reply-too-large");
        eventually("the server was cut off again", () -> server.openConnections() == 0);
        assertThat(sent[0]).isLessThan(32 << 20);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aLongStringIsBoundedByTheEventInAStreamAndByTheReplyOtherwise() throws Exception {
        String json = message("\"content\":\"" + "a".repeat(3 << 20) + "\"");
        RawServer server = server(reply(json));
        assertThat(streamed(model(server)).kind()).isEqualTo("reply-too-large");
        Limits small = once().withReplyBytes(2 << 20);
        assertThat(blocking(model(small, server)).kind()).isEqualTo("reply-too-large");
        assertThat(server.requests()).isEqualTo(2);
    }

    private static final String SPLIT = "가😀각\u1112\u1161\u11ab";

    @Test
    void charactersMayBeCutByPacketsAndChunks() throws Exception {
        byte[] json = message("\"content\":\"" + SPLIT + "\"").getBytes(StandardCharsets.UTF_8);
        byte[][] single = new byte[json.length][];
        for (int i = 0; i < json.length; i++) {
            single[i] = new byte[] {json[i]};
        }
        RawServer.Script chunked = v -> {
            v.send(head(streams(v)) + "Transfer-Encoding: chunked\r\n\r\n");
            v.send(streams(v) ? "6\r\ndata: \r\n" : "");
            for (byte[] one : single) {
                v.send(new byte[] {'1', '\r', '\n', one[0], '\r', '\n'});
            }
            v.send((streams(v) ? "2\r\n\n\n\r\n" : "") + "0\r\n\r\n");
        };
        for (RawServer.Script script : List.of(reply(single), chunked)) {
            GaonChatModel model = model(server(script));
            assertThat(say(model)).isEqualTo(SPLIT);
            Heard heard = stream(model);
            heard.ended();
            assertThat(heard.errors).isEmpty();
            assertThat(heard.texts).containsExactly(SPLIT);
        }
    }

    @Test
    void charactersMayBeCutByDeltas() throws Exception {
        // An emoji in two escapes, a syllable of Hangul in three jamo, a family of five code points.
        String[] deltas = {"\\ud83d", "\\ude00", "\u1112", "\u1161", "\u11ab", "👩\\u200d", "👧"};
        RawServer server = server(v -> {
            v.stream();
            for (String delta : deltas) {
                v.event("{\"choices\":[{\"delta\":{\"content\":\"" + delta + "\"}}]}");
            }
            v.finish();
        });
        Heard heard = stream(model(server));
        heard.ended();
        String whole = "😀\u1112\u1161\u11ab👩\u200d👧";
        assertThat(heard.completed)
                .singleElement()
                .satisfies(response -> assertThat(response.aiMessage().text()).isEqualTo(whole));
        assertThat(String.join("", heard.texts)).isEqualTo(whole);
        assertThat(heard.texts)
                .allSatisfy(
                        piece -> assertThat(new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                                .isEqualTo(piece));
        assertThat(record().replySha256()).isEqualTo(Digests.sha256(whole));
        assertThat(say(model(server(v -> v.json(200, message("\"content\":\"\\ud83d\\ude00\u1112\u1161\u11ab\""))))))
                .isEqualTo("😀\u1112\u1161\u11ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: A\n\ndata: B\n\ndata: Z\n\n",
                "data: A\r\n\r\ndata: B\r\n\r\ndata: Z\r\n\r\n",
                "data: A\r\rdata: B\r\rdata: Z\r\r",
                "\uFEFFdata: A\n\ndata: B\n\ndata: Z\n\n",
                ": hello\n\ndata: A\n\n:\n\ndata: B\n: between\n\ndata: Z\n\n",
                "event: message\nid: 1\nretry: 5\ndata:A\n\ndata:B\n\ndata:Z",
                "data: A\r\n\rdata: B\n\r\ndata: Z\n\n"
            })
    void eventsAreFramedAsTheStandardSays(String stream) throws Exception {
        String sent = stream.replace("A", Wire.text("하나"))
                .replace("B", Wire.text("둘").replace(",\"choices\"", "\ndata: ,\"choices\""))
                .replace("Z", Wire.finish("stop"));
        for (int pause : new int[] {0, 1}) {
            RawServer server = server(v -> {
                v.stream();
                byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
                for (int i = 0, step = pause == 0 ? bytes.length : 1; i < bytes.length; i += step) {
                    v.send(java.util.Arrays.copyOfRange(bytes, i, i + step));
                }
            });
            Heard heard = stream(model(server));
            heard.ended();
            assertThat(heard.errors).isEmpty();
            assertThat(heard.texts).containsExactly("하나", "둘");
            assertThat(say(model(server))).isEqualTo("하나둘");
        }
    }

    private static String date(ZonedDateTime when) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(when.withZoneSameInstant(ZoneOffset.UTC));
    }

    @Test
    void aDateIsAPauseAndAPastOneIsNone() throws Exception {
        RawServer later =
                server(status(429, "Retry-After: " + date(ZonedDateTime.now().plusHours(1))));
        for (CallFailure failure : both(b -> b, later.endpoint())) {
            assertThat(failure.kind()).isEqualTo("rate-limited");
            assertThat(failure.retryAfter()).isBetween(Duration.ofSeconds(3500), Duration.ofSeconds(3600));
        }
        assertThat(later.requests()).as("more than the cap of 60 s").isEqualTo(2);
        String past = "Retry-After: " + date(ZonedDateTime.now().minusYears(1));
        RawServer before = server(status(429, past));
        for (CallFailure failure : both(b -> b, before.endpoint())) {
            assertThat(failure.retryAfter()).isZero();
        }
        assertThat(before.requests()).as("three times each").isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aStormIsAnsweredWithRestraint(int status) throws Exception {
        RawServer server = server(v -> v.json(status, "{}", "Retry-After: 0"));
        GaonChatModel model = model(server);
        ExecutorService many = Executors.newFixedThreadPool(16);
        List<Future<CallFailure>> calls = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            boolean streaming = i % 2 == 0;
            calls.add(many.submit(() -> streaming ? streamed(model) : blocking(model)));
        }
        for (Future<CallFailure> call : calls) {
            assertThat(call.get(30, TimeUnit.SECONDS).kind()).isEqualTo(status == 500 ? "server-error" : "overloaded");
        }
        many.shutdown();
        assertThat(server.requests()).isEqualTo(status == 500 ? 80 : 180);
    }

    @Test
    void pausesOfOurOwnDiffer() throws Exception {
        RawServer server = server(v -> v.json(503, "{}"));
        GaonChatModel model = model(server);
        ExecutorService many = Executors.newFixedThreadPool(12);
        List<Future<CallFailure>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(many.submit(() -> blocking(model)));
        }
        for (Future<CallFailure> call : calls) {
            assertThat(call.get(30, TimeUnit.SECONDS).kind()).isEqualTo("overloaded");
        }
        many.shutdown();
        // Jitter: twelve equal pauses would be a chance of one in millions.
        assertThat(ledger.closed.stream()
                        .map(record -> record.attempts().get(2).startedMs()
                                - record.attempts().get(1).startedMs())
                        .distinct())
                .hasSizeGreaterThan(3);
    }
}
