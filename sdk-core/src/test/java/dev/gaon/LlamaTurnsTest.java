package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One call at a time in this process: who waits, who leaves, and how long either may take. */
class LlamaTurnsTest extends TinyCase {

    @Test
    void cancellingEndsTheWorkToo() throws Exception {
        GaonChatModel tiny = tiny();
        ChatCall call = tiny.start(endless());
        List<ChatDelta> heard = new ArrayList<>();
        for (ChatDelta delta : (Iterable<ChatDelta>) () -> new Until(call, heard)) {
            heard.add(delta);
        }

        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
        // One call at a time: this one is served only when the other has left.
        assertThat(tiny.chat(ask(p -> tokens(p, 2))).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    /** Cancels after the third delta. */
    private record Until(ChatCall call, List<ChatDelta> heard, java.util.Iterator<ChatDelta> inner)
            implements java.util.Iterator<ChatDelta> {

        Until(ChatCall call, List<ChatDelta> heard) {
            this(call, heard, call.iterator());
        }

        @Override
        public boolean hasNext() {
            if (heard.size() == 3) {
                call.cancel();
                return false;
            }
            return inner.hasNext();
        }

        @Override
        public ChatDelta next() {
            return inner.next();
        }
    }

    /** What the engine still does after its listener has left. */
    @Test
    void nativeWorkEndsWithTheTokenAtHand() throws Exception {
        LlamaEngine engine = LlamaEngine.open(LlamaFile.of(TinyModel.FILE, false));
        LlamaRequest request =
                LlamaRequest.of(endless(), ModelCard.unknown("m", List.of()), Endpoint.of(TinyModel.FILE));
        List<ChatDelta> all = new ArrayList<>();
        long began = System.nanoTime();
        engine.chat(request, () -> false, all::add);
        long whole = System.nanoTime() - began;
        assertThat(all).hasSizeGreaterThan(100);

        List<ChatDelta> some = new ArrayList<>();
        began = System.nanoTime();
        engine.chat(request, () -> some.size() >= 5, some::add);
        // Served at once: the first request no longer holds the only place.
        engine.chat(request, () -> some.size() >= 10, some::add);
        long cut = System.nanoTime() - began;

        // Each ends with what it used and that it stopped.
        assertThat(some).hasSizeLessThan(14);
        assertThat(cut).isLessThan(whole / 2);
    }

    @Test
    void theDeadlinesHold() throws Exception {
        assertThat(facts(catchThrowable(() -> tiny(Limits.DEFAULT.withTotal(Duration.ofMillis(150)))
                                .chat(ask(p -> {
                                    p.extraBody(Map.of("ignore_eos", true));
                                    return p;
                                }))))
                        .kind())
                .isEqualTo("deadline-total");
    }

    @Test
    void theFirstTokenHasItsDeadline() throws Exception {
        CallFailure failure = streamed(tiny(Limits.DEFAULT.withFirstToken(Duration.ofNanos(1))));
        assertThat(failure.kind()).isEqualTo("deadline-first-token");
        recorded("failed", "deadline-first-token");
    }

    @Test
    void theNextTokenHasItsDeadline() throws Exception {
        CallFailure failure = streamed(tiny(Limits.DEFAULT.withBetweenTokens(Duration.ofNanos(1))));
        assertThat(failure.kind()).isEqualTo("deadline-between-tokens");
        assertThat(failure.partialText()).isNotEmpty();
        recorded("failed", "deadline-between-tokens");
    }

    @Test
    void callsTakeTurns() throws Exception {
        GaonChatModel tiny = tiny();
        String alone = tiny.chat(ask(p -> tokens(p, 40))).aiMessage().text();
        List<CompletableFuture<ChatResponse>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(tiny.chatAsync(ask(p -> tokens(p, 40))));
        }
        for (CompletableFuture<ChatResponse> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS).aiMessage().text()).isEqualTo(alone);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("gaon-llama"))
                .hasSize(1);
    }

    @Test
    void aCallThatWaitsForItsTurnCanLeave() throws Exception {
        GaonChatModel tiny = tiny();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ChatCall first = tiny.start(endless());
        first.handle(new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                writing.countDown();
                try {
                    go.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        arrives(writing);
        ChatCall second = tiny.start(request());
        Heard nothing = new Heard();
        second.handle(nothing);
        second.cancel();
        eventually(
                "the second is over",
                () -> ledger.closed.stream().anyMatch(r -> r.state().equals("cancelled")));
        assertThat(nothing.texts).isEmpty();
        go.countDown();
        eventually("the first is over", () -> ledger.closed.size() == 2);
        assertThat(ledger.closed).extracting(CallRecord::state).containsExactlyInAnyOrder("cancelled", "ok");
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        Gaon gaon = gaon(builder -> builder);
        Heard heard = new Heard();
        gaon.chat("tiny").start(endless()).handle(heard);
        arrives(heard.first);
        long began = System.nanoTime();
        gaon.close();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
        heard.ended();
        // Written faster than it was closed, or cancelled: one end in any case.
        assertThat(heard.completed.size() + heard.errors.size()).isOne();
        assertThat(facts(catchThrowable(() -> gaon.chat("tiny").chat(ask(p -> p))))
                        .kind())
                .isEqualTo("closed");
    }
}
