package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** The deltas as a Flow: no more than asked for, one end, cancelled from either side. */
class FlowEventsTest extends HostileCase {

    static final class Reader implements Flow.Subscriber<ChatDelta> {
        final List<ChatDelta> deltas = new CopyOnWriteArrayList<>();
        final CountDownLatch ended = new CountDownLatch(1);
        private final long first;
        volatile Flow.Subscription subscription;
        volatile Throwable error;
        volatile int ends;

        Reader(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (first != 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(ChatDelta delta) {
            deltas.add(delta);
        }

        @Override
        public void onError(Throwable failure) {
            error = failure;
            ends++;
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ends++;
            ended.countDown();
        }
    }

    private final CountDownLatch left = new CountDownLatch(1);
    private final RawServer.Script three =
            v -> v.stream().text("1").text("2").text("3").finish();
    private final RawServer.Script halfway = v -> {
        v.stream().text("1");
        if (v.untilClientCloses()) {
            left.countDown();
        }
    };

    @Test
    void oneAtATime() throws Exception {
        Reader reader = new Reader(1);
        model(server(three)).start(request()).events().subscribe(reader);
        for (int n = 1; reader.ended.getCount() > 0 && n < 20; n++) {
            int now = n;
            eventually("delta " + n, () -> reader.deltas.size() == now || reader.ended.getCount() == 0);
            assertThat(reader.deltas.size()).isLessThanOrEqualTo(n);
            reader.subscription.request(1);
        }
        arrives(reader.ended);
        assertThat(reader.error).isNull();
        assertThat(reader.ends).isOne();
        assertThat(reader.deltas).filteredOn(ChatDelta.Text.class::isInstance).hasSize(3);
        recorded("ok", null);
    }

    @Test
    void everythingAtOnce() throws Exception {
        Reader reader = new Reader(Long.MAX_VALUE);
        model(server(three)).start(request()).events().subscribe(reader);
        reader.subscription.request(Long.MAX_VALUE);
        arrives(reader.ended);
        assertThat(reader.deltas).filteredOn(ChatDelta.Text.class::isInstance).hasSize(3);
    }

    @Test
    void aFailureIsTheOnlyEnd() throws Exception {
        Reader reader = new Reader(Long.MAX_VALUE);
        model(server(v -> v.stream().text("1"))).start(request()).events().subscribe(reader);
        arrives(reader.ended);
        assertThat(facts(reader.error).kind()).isEqualTo("incomplete");
        assertThat(reader.ends).isOne();
    }

    @Test
    void cancellingTheSubscriptionClosesTheConnectionSilently() throws Exception {
        Reader reader = new Reader(Long.MAX_VALUE);
        model(server(halfway)).start(request()).events().subscribe(reader);
        eventually("it reads", () -> !reader.deltas.isEmpty());
        reader.subscription.cancel();
        reader.subscription.cancel();
        arrives(left);
        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
        assertThat(reader.ends).isZero();
    }

    @Test
    void cancellingTheCallIsTold() throws Exception {
        Reader reader = new Reader(1);
        ChatCall call = model(server(halfway)).start(request());
        call.events().subscribe(reader);
        eventually("it reads", () -> !reader.deltas.isEmpty());
        call.cancel();
        arrives(reader.ended);
        assertThat(facts(reader.error).kind()).isEqualTo("cancelled");
        recorded("cancelled", "cancelled");
    }

    @Test
    void askingForNothingIsAnError() throws Exception {
        Reader reader = new Reader(0);
        model(server(halfway)).start(request()).events().subscribe(reader);
        reader.subscription.request(0);
        arrives(reader.ended);
        assertThat(reader.error).isInstanceOf(IllegalArgumentException.class);
        assertThat(reader.deltas).isEmpty();
    }

    @Test
    void cancellingAtOnceSendsNothing() throws Exception {
        RawServer server = server(three);
        Reader reader = new Reader(0);
        ChatCall call = model(server).start(request());
        call.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
            }

            @Override
            public void onNext(ChatDelta delta) {
                reader.onNext(delta);
            }

            @Override
            public void onError(Throwable failure) {
                reader.onError(failure);
            }

            @Override
            public void onComplete() {
                reader.onComplete();
            }
        });
        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
        assertThat(server.accepted()).isZero();
        assertThat(reader.deltas).isEmpty();
        assertThat(reader.ends).isZero();
    }

    @Test
    void whoNeverAsksEndsAtTheDeadline() throws Exception {
        Reader reader = new Reader(0);
        model(deadlines(5000, 5000, 5000, 500), server(halfway))
                .start(request())
                .events()
                .subscribe(reader);
        arrives(reader.ended);
        assertThat(facts(reader.error).kind()).isEqualTo("deadline-total");
        recorded("failed", "deadline-total");
        arrives(left);
    }

    @Test
    void aReaderThatAsksForNothingHearsOfTheDeadlineInLangChainsWordsToo() throws Exception {
        Reader reader = new Reader(0);
        GaonChatModel model = model(deadlines(5_000, 5_000, 5_000, 700), server(three));
        model.open(model.merged(request()), true).langChainEvents().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                reader.onSubscribe(given);
            }

            @Override
            public void onNext(Object event) {
                throw new AssertionError("nothing was asked for");
            }

            @Override
            public void onError(Throwable failure) {
                reader.onError(failure);
            }

            @Override
            public void onComplete() {
                reader.onComplete();
            }
        });
        arrives(reader.ended);
        assertThat(facts(reader.error).kind()).isEqualTo("deadline-total");
        assertThat(reader.ends).isOne();
        recorded("failed", "deadline-total");
    }
}
