package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that share a connection: bursts, refusals, goodbyes, and neighbours that are left alone. */
class Http2Test extends HostileCase {

    private static final FrameServer.Script ANSWER = v -> v.json(Wire.whole("답"));

    private FrameServer frames(FrameServer server) {
        closing(() -> {
            eventually("connections are closed", () -> server.openConnections() == 0);
            server.close();
            assertThat(server.faults()).isEmpty();
        });
        return server;
    }

    private FrameServer frames(FrameServer.Script... scripts) {
        return frames(new FrameServer(scripts));
    }

    private GaonChatModel model(FrameServer server) {
        return model(Limits.DEFAULT, server);
    }

    private GaonChatModel model(Limits limits, FrameServer server) {
        return gaon(b -> b.limits(limits).network(FrameServer.trusting()), server.endpoint())
                .chat("m");
    }

    private List<Heard> burst(GaonChatModel model, int calls) {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(stream(model));
        }
        return all;
    }

    private void allSay(List<Heard> all, String... pieces) throws InterruptedException {
        for (Heard heard : all) {
            heard.ended();
            assertThat(heard.errors).isEmpty();
            assertThat(heard.texts).containsExactly(pieces);
            assertThat(heard.completed).hasSize(1);
        }
    }

    /** Holds every stream open until {@code calls} of them have begun, so that a server's limit is met. */
    private static FrameServer.Script together(int calls) {
        Queue<FrameServer.Visit> begun = new ConcurrentLinkedQueue<>();
        AtomicInteger count = new AtomicInteger();
        return v -> {
            begun.add(v.stream().text("하나"));
            if (count.incrementAndGet() == calls) {
                for (FrameServer.Visit each : begun) {
                    each.finish();
                }
            }
        };
    }

    @Test
    void aColdBurstOpensAsManyConnectionsAsItsStreamsNeed() throws Exception {
        FrameServer server = frames(new FrameServer(100, true, together(1000)));
        allSay(burst(model(server), 1000), "하나");
        assertThat(server.requests()).isEqualTo(1000);
        assertThat(server.accepted()).isBetween(10, 12);
        assertThat(server.refused())
                .as("far fewer streams too many than the 4,500 of ten rounds that each fill one connection")
                .isLessThan(2000);
        assertThat(ledger.closed)
                .allMatch(record -> record.state().equals("ok"))
                .allMatch(record -> record.attempts().size() == 1);
    }

    @Test
    void aLimitThatIsNeverToldIsFoundOut() throws Exception {
        FrameServer server = frames(new FrameServer(10, false, together(100)));
        allSay(burst(model(server), 100), "하나");
        assertThat(server.requests()).isEqualTo(100);
        assertThat(server.refused()).isPositive();
    }

    @Test
    void aRefusedStreamIsSentAgainAndIsNoAttemptOfItsOwn() {
        FrameServer.Script refuse = v -> v.resetStream(FrameServer.REFUSED_STREAM);
        FrameServer server = frames(refuse, refuse, refuse, refuse, ANSWER);
        assertThat(say(model(once(), server))).isEqualTo("답");
        assertThat(server.requests()).isEqualTo(5);
        assertThat(record().attempts()).extracting(CallRecord.Attempt::outcome).containsExactly("ok");
    }

    @Test
    void notForEverAndNotWithoutPause() throws Exception {
        FrameServer server = frames(v -> v.resetStream(FrameServer.REFUSED_STREAM));
        Limits limits = once().withConnect(Duration.ofMillis(600))
                .withFirstToken(Duration.ofSeconds(5))
                .withBetweenTokens(Duration.ofSeconds(5))
                .withTotal(Duration.ofSeconds(10));
        CallFailure failure = streamed(model(limits, server));
        assertThat(failure.kind()).isEqualTo("overloaded");
        assertThat(failure.retryable()).isTrue();
        assertThat(server.requests()).isBetween(3, 12);
        recorded("failed", "overloaded");
    }

    @Test
    void whoRefusesForEverIsLeftForTheNext() {
        FrameServer server = frames(v -> v.resetStream(FrameServer.REFUSED_STREAM));
        RawServer next = server(v -> v.json(200, Wire.whole("다음")));
        Limits limits = once().withConnect(Duration.ofMillis(100))
                .withFirstToken(Duration.ofSeconds(5))
                .withBetweenTokens(Duration.ofSeconds(5))
                .withTotal(Duration.ofSeconds(10));
        assertThat(say(gaon(b -> b.limits(limits).network(FrameServer.trusting()), server.endpoint(), next.endpoint())
                        .chat("m")))
                .isEqualTo("다음");
    }

    @Test
    void cancellingEndsThePauseBetweenRefusals() throws Exception {
        CountDownLatch asked = new CountDownLatch(6);
        FrameServer server = frames(v -> {
            v.resetStream(FrameServer.REFUSED_STREAM);
            asked.countDown();
        });
        Heard heard = new Heard();
        ChatCall call = model(server).start(request());
        call.handle(heard);
        arrives(asked);
        call.cancel();
        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
        assertThat(heard.errors).isEmpty();
    }

    @Test
    void aRefusalAfterTheReplyBeganIsNoRefusal() throws Exception {
        FrameServer server = frames(v -> v.stream().text("절반").resetStream(FrameServer.REFUSED_STREAM));
        CallFailure failure = streamed(model(server));
        assertThat(failure.kind()).isEqualTo("incomplete");
        assertThat(failure.partialText()).isEqualTo("절반");
        assertThat(server.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {FrameServer.CANCEL, FrameServer.INTERNAL_ERROR, FrameServer.NO_ERROR})
    void anyOtherResetMayHaveDoneTheWork(int code) throws Exception {
        FrameServer before = frames(v -> v.resetStream(code));
        assertThat(blocking(model(before)).kind()).isEqualTo("unknown-outcome");
        assertThat(before.requests()).isOne();
        FrameServer amid = frames(v -> v.stream().text("절반").resetStream(code));
        CallFailure failure = streamed(model(amid));
        assertThat(failure.kind()).isEqualTo("incomplete");
        assertThat(failure.partialText()).isEqualTo("절반");
        assertThat(amid.requests()).isOne();
    }

    @Test
    void aResetHarmsNoNeighbour() throws Exception {
        CountDownLatch reset = new CountDownLatch(1);
        FrameServer server = frames(
                v -> {
                    v.stream().text("하나");
                    v.await(reset);
                    v.finish();
                },
                v -> {
                    v.resetStream(FrameServer.INTERNAL_ERROR);
                    reset.countDown();
                });
        GaonChatModel model = model(server);
        Heard neighbour = stream(model);
        arrives(neighbour.first);
        assertThat(blocking(model).kind()).isEqualTo("unknown-outcome");
        allSay(List.of(neighbour), "하나");
        assertThat(server.accepted()).isOne();
    }

    @Test
    void whatAServerLeavesUnseenAsItGoesAwayIsSentAgainElsewhere() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        FrameServer server = frames(
                v -> {
                    v.stream().text("하나");
                    v.await(second);
                    v.finish();
                },
                v -> {
                    v.goAway(true);
                    second.countDown();
                },
                v -> v.stream().text("둘").finish());
        GaonChatModel model = model(once(), server);
        Heard seen = stream(model);
        arrives(seen.first);
        Heard unseen = stream(model);
        allSay(List.of(seen), "하나");
        allSay(List.of(unseen), "둘");
        assertThat(server.requests()).isEqualTo(3);
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void aGoodbyeIsNoticedBeforeTheNextCall() throws Exception {
        FrameServer server = frames(v -> v.goAway(false).json(Wire.whole("답")), ANSWER);
        GaonChatModel model = model(once(), server);
        assertThat(say(model)).isEqualTo("답");
        assertThat(say(model)).isEqualTo("답");
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void whatAServerMayHaveSeenBeforeItWentIsNotSentAgain() {
        FrameServer server = frames(v -> v.goAway(false).closeConnection());
        assertThat(blocking(model(server)).kind()).isEqualTo("unknown-outcome");
        assertThat(server.requests()).isOne();
    }

    @Test
    void cancellingOneStreamLeavesItsNeighboursAlone() throws Exception {
        CountDownLatch reset = new CountDownLatch(1);
        AtomicInteger code = new AtomicInteger();
        FrameServer server = frames(
                v -> {
                    v.stream().text("하나");
                    code.set(v.untilClientResets());
                    reset.countDown();
                },
                v -> {
                    v.stream().text("하나");
                    v.await(reset);
                    v.finish();
                });
        GaonChatModel model = model(server);
        Heard cancelled = new Heard();
        ChatCall call = model.start(request());
        call.handle(cancelled);
        arrives(cancelled.first);
        List<Heard> neighbours = burst(model, 20);
        for (Heard neighbour : neighbours) {
            arrives(neighbour.first);
        }
        call.cancel();
        allSay(neighbours, "하나");
        assertThat(code).hasValue(FrameServer.CANCEL);
        assertThat(cancelled.errors).isEmpty();
        assertThat(cancelled.completed).isEmpty();
        assertThat(server.accepted()).isOne();
    }

    /** {@code wait}: no reply yet; {@code reply}: in its middle; {@code before}: before the call is made. */
    @ParameterizedTest
    @ValueSource(strings = {"before", "wait", "reply"})
    void soDoesInterruptingOne(String when) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        FrameServer server = frames(
                v -> {
                    v.stream().text("하나");
                    v.await(over);
                    v.text("둘").finish();
                },
                v -> {
                    if (when.equals("reply")) {
                        v.stream().send("data: ");
                    }
                    asked.countDown();
                    v.untilClientResets();
                });
        GaonChatModel model = model(server);
        Heard neighbour = stream(model);
        arrives(neighbour.first);
        List<Object> seen = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> {
            if (when.equals("before")) {
                Thread.currentThread().interrupt();
            }
            try {
                say(model);
            } catch (Throwable e) {
                seen.add(e);
            }
            seen.add(Thread.currentThread().isInterrupted());
        });
        caller.start();
        if (!when.equals("before")) {
            arrives(asked);
            // An interrupt in the very moment of writing is another matter.
            eventually("the caller waits for the server", () -> caller.getState() == Thread.State.WAITING);
            caller.interrupt();
        }
        caller.join(5000);
        assertThat(facts((Throwable) seen.get(0)).kind()).isEqualTo("cancelled");
        assertThat(seen.get(1)).as("the flag is kept").isEqualTo(true);
        over.countDown();
        allSay(List.of(neighbour), "하나", "둘");
        assertThat(server.accepted()).isOne();
        assertThat(server.requests()).isEqualTo(when.equals("before") ? 1 : 2);
    }

    @Test
    void aStalledStreamEndsAlone() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        FrameServer server = frames(
                v -> {
                    v.stream().text("하나");
                    while (!over.await(20, TimeUnit.MILLISECONDS)) {
                        v.send(": 살아 있음\n\n");
                    }
                    v.finish();
                },
                v -> {
                    v.stream().text("하나");
                    v.untilClientResets();
                });
        GaonChatModel model = model(deadlines(5000, 5000, 400, 10_000), server);
        Heard neighbour = stream(model);
        arrives(neighbour.first);
        assertThat(streamed(model).kind()).isEqualTo("deadline-between-tokens");
        over.countDown();
        allSay(List.of(neighbour), "하나");
        assertThat(server.accepted()).isOne();
    }

    @Test
    void aListenerThatBlocksHoldsUpNobodyElse() throws Exception {
        CountDownLatch flooded = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        String filler = ": " + "x".repeat(16_380) + "\n\n";
        FrameServer server = frames(
                v -> {
                    v.stream().text("하나");
                    // More than the stream's window of 16 MiB: the last of it waits for the listener.
                    for (int i = 0; i < 1100; i++) {
                        if (i == 1000) {
                            flooded.countDown();
                        }
                        v.send(filler);
                    }
                    v.finish();
                },
                v -> v.stream().text("하나").finish());
        GaonChatModel model = model(server);
        Heard blocked = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        model.start(request()).handle(blocked);
        assertThat(flooded.await(60, TimeUnit.SECONDS)).isTrue();
        allSay(burst(model, 99), "하나");
        assertThat(blocked.completed).isEmpty();
        goOn.countDown();
        allSay(List.of(blocked), "하나");
        assertThat(server.accepted()).isOne();
    }

    @Test
    void callsThatCannotShareAConnectionWaitForNobody() throws Exception {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates keys =
                new HandshakeCertificates.Builder().heldCertificate(own).build();
        java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", own.certificate());
        CountDownLatch all = new CountDownLatch(30);
        RawServer server = watched(new RawServer(keys.sslContext().getSocketFactory(), false, v -> {
            all.countDown();
            v.await(all);
            v.stream().text("하나").finish();
        }));
        allSay(burst(model(b -> b.network(Network.DEFAULT.trust(store)), server), 30), "하나");
        assertThat(server.accepted()).isEqualTo(30);
    }

    @Test
    void whereNoHandshakeEndsNobodyWaitsForALongLineOfOthers() throws Exception {
        DeadlineTest.Unanswered port = closing(new DeadlineTest.Unanswered());
        Endpoint secure = Endpoint.of(port.endpoint().toString().replace("http:", "https:"));
        GaonChatModel model =
                gaon(b -> b.limits(deadlines(400, 5000, 5000, 20_000)), secure).chat("m");
        long began = System.nanoTime();
        for (Heard heard : burst(model, 40)) {
            heard.ended();
            assertThat(heard.errors).hasSize(1);
            assertThat(facts(heard.errors.get(0)).kind()).isEqualTo("deadline-connect");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    }
}
