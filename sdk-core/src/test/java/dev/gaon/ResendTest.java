package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again, what never is, and who is asked next. */
class ResendTest extends HostileCase {

    private static final RawServer.Script FULL = v -> v.json(503, "{}", "Retry-After: 0");
    private static final RawServer.Script ANSWER = v -> v.json(200, Wire.whole("답"));

    @Test
    void aRequestThatWasReadIsSentOnce() {
        RawServer server = server(v -> {});
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("unknown-outcome");
        assertThat(failure.phase()).isEqualTo("wait");
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isOne();
        recorded("failed", "unknown-outcome");
    }

    @Test
    void soIsOneOnAConnectionThatWasKept() {
        RawServer server = server(ANSWER, RawServer.Visit::reset);
        GaonChatModel model = model(server);
        say(model);
        assertThat(blocking(model).kind()).isEqualTo("unknown-outcome");
        assertThat(server.requests()).isEqualTo(2);
        assertThat(server.accepted()).isOne();
    }

    @Test
    void aLostReplyIsNotTakenElsewhere() throws Exception {
        RawServer other = server(ANSWER);
        assertThat(blocking(model(server(RawServer.Visit::reset), other)).kind())
                .isEqualTo("unknown-outcome");
        assertThat(streamed(model(server(v -> v.json(500, "{}")), other)).kind())
                .isEqualTo("server-error");
        assertThat(streamed(model(server(v -> v.stream().text("절반")), other)).kind())
                .isEqualTo("incomplete");
        assertThat(other.accepted()).isZero();
    }

    @Test
    void anUnknownOutcomeStaysOneWhenTheKeptKeyMeetsAFullServer(@TempDir Path folder) throws Exception {
        RawServer server = server(RawServer.Visit::reset, v -> v.json(503, "{}", "Retry-After: 0"));
        RawServer other = server(ANSWER);
        Path provider = Files.writeString(folder.resolve("provider.json"), """
                {"id": "keyed", "auth": {"header": "Authorization", "prefix": "Bearer ", "env": null},
                 "resend": {"notStarted": [], "idempotencyHeader": "Idempotency-Key", "honoured": true}}""");
        GaonChatModel model = gaon(b -> b.catalogue(provider), server.endpoint().withDialect("keyed"), other.endpoint())
                .chat("m")
                .with(GaonParameters.builder().idempotencyKey("k-1").build());
        CallFailure failure = blocking(model);
        assertThat(failure.kind()).isEqualTo("unknown-outcome");
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isEqualTo(3);
        assertThat(other.accepted()).isZero();
    }

    @Test
    void aFullServerIsAskedAgainAndAnswers() {
        RawServer server = server(FULL, FULL, ANSWER);
        assertThat(say(model(server))).isEqualTo("답");
        assertThat(server.requests()).isEqualTo(3);
        assertThat(record().attempts())
                .extracting(CallRecord.Attempt::outcome)
                .containsExactly("overloaded", "overloaded", "ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void notForEver(int status) {
        RawServer server = server(v -> v.json(status, "{}", "Retry-After: 0"));
        CallFailure failure = blocking(model(server));
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ZERO);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void secondsAndDatesAreObeyed() {
        long began = System.nanoTime();
        RawServer server = server(v -> v.json(429, "{}", "Retry-After: 1"), ANSWER);
        assertThat(say(model(server))).isEqualTo("답");
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(950));
        String past = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusYears(1));
        assertThat(say(model(server(v -> v.json(429, "{}", "Retry-After: " + past), ANSWER))))
                .isEqualTo("답");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "315360000",
                "99999999999999999999",
                "+9223372036854775807",
                "Fri, 31 Dec 2049 23:59:59 GMT",
                "Thu, 21 Oct 999999999 07:28:00 GMT",
                "61"
            })
    void whoAsksForTooLongAPauseIsNotAskedAgain(String header) {
        RawServer server = server(v -> v.json(429, "{}", "Retry-After: " + header), ANSWER);
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("rate-limited");
        assertThat(failure.retryAfter()).isGreaterThan(Duration.ofSeconds(60));
        assertThat(server.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "soon", "", "1e3", "0x1"})
    void aPauseThatMeansNothingIsOurs(String header) {
        assertThat(say(model(server(v -> v.json(429, "{}", "Retry-After: " + header), ANSWER))))
                .isEqualTo("답");
    }

    @Test
    void aStormIsNotMadeWorse() throws Exception {
        RawServer server = server(FULL);
        GaonChatModel model = model(server);
        ExecutorService many = Executors.newFixedThreadPool(16);
        List<Future<CallFailure>> calls = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            calls.add(many.submit(() -> blocking(model)));
        }
        for (Future<CallFailure> call : calls) {
            assertThat(call.get(30, TimeUnit.SECONDS).kind()).isEqualTo("overloaded");
        }
        many.shutdown();
        assertThat(server.requests())
                .as("80 first attempts and a budget of 100 more")
                .isEqualTo(180);
    }

    @Test
    void nobodyThereIsTriedElsewhere() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = gone.getLocalPort();
        }
        RawServer server = server(ANSWER);
        Endpoint nobody = Endpoint.of("http://127.0.0.1:" + port + "/v1");
        assertThat(say(gaon(b -> b.limits(once()), nobody, server.endpoint()).chat("m")))
                .isEqualTo("답");
        CallFailure failure = blocking(gaon(b -> b.limits(once()), nobody).chat("m"));
        assertThat(failure.kind()).isEqualTo("connect-failed");
        assertThat(failure.phase()).isEqualTo("connect");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.endpoint()).isEqualTo(nobody.toString());
    }

    @Test
    void aFullServerIsLeftForTheNext() throws Exception {
        RawServer full = server(FULL);
        RawServer next = server(v -> v.stream().text("답").finish());
        Heard heard = stream(model(once(), full, next));
        heard.ended();
        assertThat(heard.texts).containsExactly("답");
        assertThat(heard.errors).isEmpty();
        assertThat(full.requests()).isOne();
        assertThat(((GaonResponseMetadata) heard.completed.get(0).metadata()).endpoint())
                .isEqualTo(next.url());
    }

    @Test
    void cancellingEndsThePause() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.json(429, "{}", "Retry-After: 30");
            asked.countDown();
        });
        ChatCall call = model(server).start(request());
        Heard heard = new Heard();
        call.handle(heard);
        arrives(asked);
        call.cancel();
        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
        assertThat(heard.errors).isEmpty();
        assertThat(heard.completed).isEmpty();
        assertThat(server.requests()).isOne();
    }

    /** Runs the model on a thread that is interrupted when the server has been asked. */
    private void interrupted(GaonChatModel model, CountDownLatch asked) throws Exception {
        List<Object> seen = new ArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                say(model);
            } catch (Throwable e) {
                seen.add(e);
            }
            seen.add(Thread.currentThread().isInterrupted());
        });
        caller.start();
        arrives(asked);
        caller.interrupt();
        caller.join(5000);
        assertThat(caller.isAlive()).as("an interrupted call ends").isFalse();
        assertThat(facts((Throwable) seen.get(0)).kind()).isEqualTo("cancelled");
        assertThat(seen.get(1)).as("the flag is kept").isEqualTo(true);
        recorded("cancelled", "cancelled");
    }

    @Test
    void interruptingACallerThatWaitsForTheReply() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        RawServer server = server(v -> {
            asked.countDown();
            if (v.untilClientCloses()) {
                closed.countDown();
            }
        });
        interrupted(model(server), asked);
        arrives(closed);
        assertThat(server.requests()).isOne();
    }

    @Test
    void interruptingACallerThatReads() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\nContent-Type: application/json\r\n\r\n{\"id\":");
            asked.countDown();
            v.untilClientCloses();
        });
        interrupted(model(server), asked);
    }

    @Test
    void interruptingACallerThatPauses() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.json(503, "{}", "Retry-After: 20");
            asked.countDown();
        });
        interrupted(model(server), asked);
        assertThat(server.requests()).isOne();
    }

    @Test
    void interruptingACallerInTheQueue() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.stream();
            asked.countDown();
            v.await(queued);
            v.finish();
        });
        GaonChatModel model =
                model(b -> b.limits(Limits.DEFAULT.withConcurrentCalls(1).withQueuedCalls(4)), server);
        Heard first = stream(model);
        arrives(asked);
        boolean[] kept = {false};
        Throwable[] seen = {null};
        Thread caller = new Thread(() -> {
            seen[0] = org.assertj.core.api.Assertions.catchThrowable(() -> say(model));
            kept[0] = Thread.currentThread().isInterrupted();
        });
        caller.start();
        eventually("it waits for its turn", () -> caller.getState() == Thread.State.TIMED_WAITING);
        caller.interrupt();
        caller.join(5000);
        assertThat(facts(seen[0]).kind()).isEqualTo("cancelled");
        assertThat(facts(seen[0]).phase()).isEqualTo("queue");
        assertThat(kept[0]).as("the flag is kept").isTrue();
        queued.countDown();
        first.ended();
        assertThat(first.completed).hasSize(1);
        assertThat(server.requests()).isOne();
    }

    @Test
    void aCallerWhoIsInterruptedAlreadySendsNothing() {
        RawServer server = server(ANSWER);
        GaonChatModel model = model(server);
        assertThat(say(model)).isEqualTo("답");
        Throwable error;
        boolean kept;
        Thread.currentThread().interrupt();
        try {
            error = org.assertj.core.api.Assertions.catchThrowable(() -> say(model));
        } finally {
            kept = Thread.interrupted();
        }
        assertThat(facts(error).kind()).isEqualTo("cancelled");
        assertThat(kept).as("the flag is kept").isTrue();
        assertThat(server.requests()).as("on a kept connection too").isOne();
        assertThat(say(model)).isEqualTo("답");
    }

    @Test
    void interruptingACallerThatConnects() throws Exception {
        DeadlineTest.Unanswered port = closing(new DeadlineTest.Unanswered());
        CountDownLatch now = new CountDownLatch(1);
        GaonChatModel model = gaon(
                        b -> b.network(Network.DEFAULT.dns(host -> {
                            now.countDown();
                            return List.of(InetAddress.getLoopbackAddress());
                        })),
                        Endpoint.of(port.endpoint().toString().replace("127.0.0.1", "gaon.example")))
                .chat("m");
        interrupted(model, now);
    }
}
