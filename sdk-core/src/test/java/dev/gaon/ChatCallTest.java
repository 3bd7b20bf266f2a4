package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A call that is held: cancelled at every moment, read in every way, by one consumer. */
class ChatCallTest extends HostileCase {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final RawServer.Script silent = v -> {
        asked.countDown();
        if (v.untilClientCloses()) {
            left.countDown();
        }
    };
    private final RawServer.Script halfway = v -> {
        v.stream().text("하나");
        asked.countDown();
        if (v.untilClientCloses()) {
            left.countDown();
        }
    };
    private final RawServer.Script answer = v -> v.stream().text("하나").text("둘").finish();

    private void cancelledOnce() throws Exception {
        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
    }

    private static void silence(Heard heard) {
        assertThat(heard.errors).isEmpty();
        assertThat(heard.completed).isEmpty();
    }

    @Test
    void cancelledBeforeAConsumerItSendsNothing() {
        RawServer server = server(answer);
        ChatCall call = model(server).start(request());
        call.cancel();
        call.cancel();
        assertThat(call.isCancelled()).isTrue();
        assertThatThrownBy(() -> call.handle(new Heard())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(call::iterator).isInstanceOf(IllegalStateException.class);
        assertThat(call.future()).isCancelled();
        assertThat(server.accepted()).isZero();
        assertThat(ledger.opened).isEmpty();
    }

    @Test
    void cancelledWhileQueued() throws Exception {
        RawServer server = server(halfway);
        GaonChatModel model =
                model(b -> b.limits(Limits.DEFAULT.withConcurrentCalls(1).withQueuedCalls(4)), server);
        ChatCall first = model.start(request());
        first.handle(new Heard());
        arrives(asked);
        ChatCall queued = model.start(request());
        Heard heard = new Heard();
        queued.handle(heard);
        eventually("it has begun", () -> ledger.opened.size() == 2);
        queued.cancel();
        cancelledOnce();
        assertThat(record().id()).isEqualTo(queued.recordId());
        silence(heard);
        first.cancel();
        eventually("both are closed", () -> ledger.closed.size() == 2);
        assertThat(server.requests()).isOne();
    }

    @Test
    void cancelledBeforeTheFirstToken() throws Exception {
        ChatCall call = model(server(silent)).start(request());
        Heard heard = new Heard();
        call.handle(heard);
        arrives(asked);
        call.cancel();
        arrives(left);
        cancelledOnce();
        silence(heard);
    }

    @Test
    void cancelledInTheMiddleFromAnotherThread() throws Exception {
        ChatCall call = model(server(halfway)).start(request());
        Heard heard = new Heard();
        call.handle(heard);
        arrives(heard.first);
        Thread other = new Thread(call::cancel);
        other.start();
        arrives(left);
        cancelledOnce();
        other.join();
        call.cancel();
        silence(heard);
        assertThat(heard.texts).containsExactly("하나");
    }

    @Test
    void cancelledInACallback() throws Exception {
        RawServer server = server(v -> {
            v.stream().text("하나").text("둘").text("셋").finish();
            v.untilClientCloses();
        });
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                super.onPartialResponse(piece.text());
                context.streamingHandle().cancel();
                assertThat(context.streamingHandle().isCancelled()).isTrue();
            }
        };
        model(server).start(request()).handle(heard);
        cancelledOnce();
        assertThat(heard.texts).containsExactly("하나");
        silence(heard);
    }

    @Test
    void cancelledAfterTheEndItChangesNothing() throws Exception {
        ChatCall call = model(server(answer)).start(request());
        Heard heard = new Heard();
        call.handle(heard);
        heard.ended();
        call.cancel();
        call.close();
        assertThat(heard.completed).hasSize(1);
        assertThat(heard.errors).isEmpty();
        recorded("ok", null);
    }

    @Test
    void oneConsumerOnly() throws Exception {
        RawServer server = server(answer);
        ChatCall call = model(server).start(request());
        Heard heard = new Heard();
        call.handle(heard);
        assertThatThrownBy(() -> call.handle(new Heard()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("소비자")
                .hasMessageContaining("consumer");
        assertThatThrownBy(call::iterator).isInstanceOf(IllegalStateException.class);
        FlowEventsTest.Reader reader = new FlowEventsTest.Reader(1);
        call.events().subscribe(reader);
        assertThat(reader.error).isInstanceOf(IllegalStateException.class);
        assertThat(call.future().get(5, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("하나둘");
        heard.ended();
        assertThat(heard.completed).hasSize(1);
        assertThat(server.requests()).isOne();
    }

    @Test
    void anIteratorReadsToTheEnd() {
        StringBuilder text = new StringBuilder();
        Iterator<ChatDelta> deltas = model(server(answer)).start(request()).iterator();
        while (deltas.hasNext()) {
            if (deltas.next() instanceof ChatDelta.Text t) {
                text.append(t.text());
            }
        }
        assertThat(text).hasToString("하나둘");
        assertThatThrownBy(deltas::next).isInstanceOf(NoSuchElementException.class);
        recorded("ok", null);
    }

    @Test
    void anIteratorThrowsTheFailureAfterWhatCame() throws Exception {
        RawServer server = server(v -> v.stream().text("절반"));
        Iterator<ChatDelta> deltas = model(server).start(request()).iterator();
        eventually("the call has ended", () -> ledger.closed.size() == 1);
        int texts = 0;
        Throwable error = null;
        try {
            while (deltas.hasNext()) {
                texts += deltas.next() instanceof ChatDelta.Text ? 1 : 0;
            }
        } catch (LangChain4jException e) {
            error = e;
        }
        assertThat(texts).isOne();
        assertThat(facts(error).kind()).isEqualTo("incomplete");
    }

    @Test
    void anIteratorMayBeLeftEarly() throws Exception {
        try (ChatCall call = model(server(halfway)).start(request())) {
            for (ChatDelta delta : call) {
                if (delta instanceof ChatDelta.Text) {
                    break;
                }
            }
        }
        arrives(left);
        cancelledOnce();
    }

    @Test
    void anIteratorThatWaitsSeesACancelling() throws Exception {
        ChatCall call = model(server(silent)).start(request());
        Iterator<ChatDelta> deltas = call.iterator();
        Thread other = new Thread(() -> {
            try {
                arrives(asked);
            } catch (InterruptedException e) {
                return;
            }
            call.cancel();
        });
        other.start();
        assertThatThrownBy(deltas::hasNext).isInstanceOf(CancellationException.class);
        cancelledOnce();
        other.join();
    }

    @Test
    void anIteratorThatIsInterruptedCancelsItsCall() throws Exception {
        ChatCall call = model(server(silent)).start(request());
        Iterator<ChatDelta> deltas = call.iterator();
        arrives(asked);
        Thread.currentThread().interrupt();
        boolean kept;
        try {
            assertThatThrownBy(deltas::hasNext).isInstanceOf(CancellationException.class);
        } finally {
            kept = Thread.interrupted();
        }
        assertThat(kept).as("the flag is kept").isTrue();
        arrives(left);
        cancelledOnce();
    }

    @Test
    void anIteratorNobodyReadsEndsAtTheDeadline() throws Exception {
        byte[] many =
                ("data: " + Wire.text("가") + "\n\n").repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        RawServer server = server(v -> v.stream().send(many).untilClientCloses());
        GaonChatModel model = model(deadlines(5000, 5000, 5000, 600), server);
        Iterator<ChatDelta> deltas = model.start(request()).iterator();
        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("failed", "deadline-total");
        assertThat(deltas.hasNext()).as("what was read ahead is still there").isTrue();
    }

    @Test
    void cancellingTheFutureCancelsTheCall() throws Exception {
        CompletableFuture<ChatResponse> future =
                model(server(silent)).start(request()).future();
        arrives(asked);
        future.cancel(true);
        arrives(left);
        cancelledOnce();
    }

    @Test
    void cancellingAnAsyncCallCancelsIt() throws Exception {
        CompletableFuture<ChatResponse> future = model(server(silent)).chatAsync(request());
        arrives(asked);
        future.cancel(true);
        arrives(left);
        cancelledOnce();
    }

    @Test
    void aFutureFailsWithTheFailure() {
        CompletableFuture<ChatResponse> future =
                model(server(v -> v.json(400, "{}"))).chatAsync(request());
        assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .satisfies(e -> assertThat(facts(e.getCause()).kind()).isEqualTo("invalid-request"));
    }

    @Test
    void deadlinesOfNothingAreRefused() {
        for (Duration none : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            assertThatThrownBy(() -> GaonParameters.builder().deadline(none))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> once().withTotal(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
