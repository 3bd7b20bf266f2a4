package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many calls at once, closing under them, and nothing that grows. */
class ManyCallsTest extends HostileCase {

    @Test
    void aHundredStreamsWhoseListenersBlockRunAtOnce() throws Exception {
        ScheduledExecutorService clock = closing(new Clock()).ticks;
        RawServer server = server(v -> {
            v.stream();
            CountDownLatch done = new CountDownLatch(1);
            for (int i = 0; i < 10; i++) {
                int number = i;
                clock.schedule(
                        () -> {
                            v.text("조각 " + number);
                            if (number == 9) {
                                v.finish();
                                done.countDown();
                            }
                            return null;
                        },
                        200L * i,
                        TimeUnit.MILLISECONDS);
            }
            v.await(done);
        });
        GaonChatModel model = model(server);
        stream(model(server(v -> v.stream().text("데우기").finish()))).ended();
        CyclicBarrier together = new CyclicBarrier(100);
        long began = System.nanoTime();
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Heard heard = new Heard() {
                @Override
                public void onPartialResponse(String piece) {
                    super.onPartialResponse(piece);
                    try {
                        // Passes only if all hundred listeners are in here at the same time.
                        if (piece.endsWith("0") || piece.endsWith("9")) {
                            together.await(10, TimeUnit.SECONDS);
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            all.add(heard);
            model.start(request()).handle(heard);
        }
        for (Heard heard : all) {
            heard.ended();
            assertThat(heard.errors).isEmpty();
            assertThat(heard.texts).hasSize(10);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(3500);
    }

    private static final class Clock implements AutoCloseable {
        final ScheduledExecutorService ticks = Executors.newScheduledThreadPool(4);

        @Override
        public void close() {
            ticks.shutdownNow();
        }
    }

    @Test
    void closingEndsWhatRunsAndRefusesWhatComes() throws Exception {
        CountDownLatch asked = new CountDownLatch(40);
        RawServer server = server(v -> {
            if (v.number % 2 == 0) {
                v.stream().text("하나");
            }
            asked.countDown();
            v.untilClientCloses();
        });
        Gaon gaon = gaon(b -> b, server.endpoint());
        GaonChatModel model = gaon.chat("m");
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(stream(model));
        }
        List<Throwable> thrown = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Thread caller = new Thread(() -> {
                try {
                    say(model);
                } catch (Throwable e) {
                    thrown.add(e);
                }
            });
            caller.start();
            callers.add(caller);
        }
        arrives(asked);
        gaon.close();
        gaon.close();
        for (Heard heard : all) {
            heard.ended();
            assertThat(heard.completed).isEmpty();
            assertThat(heard.errors).hasSize(1);
            assertThat(facts(heard.errors.get(0)).kind()).isEqualTo("cancelled");
        }
        for (Thread caller : callers) {
            caller.join(5000);
        }
        assertThat(thrown)
                .hasSize(10)
                .allSatisfy(e -> assertThat(facts(e).kind()).isEqualTo("cancelled"));
        assertThat(ledger.closed).hasSize(40).allMatch(record -> record.state().equals("cancelled"));
        eventually("no connection is open", () -> server.openConnections() == 0);

        assertThat(blocking(model).kind()).isEqualTo("closed");
        assertThat(streamed(model).kind()).isEqualTo("closed");
        Throwable late = org.assertj.core.api.Assertions.catchThrowable(
                () -> model.chatAsync(request()).get(5, TimeUnit.SECONDS));
        assertThat(facts(late.getCause()).kind()).isEqualTo("closed");
        assertThat(server.requests()).isEqualTo(40);
    }

    /** How many pairs of calls: raised by hand where a figure is wanted. */
    private static final int PAIRS = Integer.getInteger("gaon.pairs", 250);

    @Test
    void fiveHundredCallsLeaveNothingBehind() throws Exception {
        RawServer server = server(v -> {
            switch (v.number % 4) {
                case 0 -> v.json(200, Wire.whole("답"));
                case 1 -> v.json(400, "{}");
                case 2 -> v.stream().text("절반");
                default -> v.stream().text("답").finish();
            }
        });
        GaonChatModel model = model(server);
        int ended = 0;
        for (int i = 0; i < PAIRS; i++) {
            Heard heard = stream(model);
            heard.ended();
            ended += heard.completed.size() + heard.errors.size();
            try {
                say(model);
            } catch (RuntimeException e) {
                facts(e);
            }
        }
        assertThat(ended).isEqualTo(PAIRS);
        assertThat(server.requests()).isEqualTo(2 * PAIRS);
        assertThat(ledger.closed).hasSize(2 * PAIRS);
        assertThat(callThreads()).isLessThan(4);
        eventually("few connections are open", () -> server.openConnections() <= 2);
    }
}
