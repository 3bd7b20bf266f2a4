package dev.gaon;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streaming call that can be held, and cancelled, before its first token.
 *
 * <p>Made by {@link GaonChatModel#start}. Nothing is sent until its one consumer is attached: {@link #handle},
 * {@link #events}, {@link #iterator} or {@link #future}; a second one is refused. The call runs on a thread of its own,
 * a slow consumer slows the reading of the stream and nothing else; its total deadline runs from {@code start}, held or
 * not. {@link #cancel} may be called from any thread, any
 * number of times, at any time: while the call waits for its turn, before the first token, after it, after the end.
 */
public final class ChatCall implements Iterable<ChatDelta>, AutoCloseable {

    private static final int AHEAD = 256;

    /** Who waits for a consumer sees a cancelling, or the deadline, at the latest after this pause. */
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final RunningCall call;
    private final CallPath path;
    private final Executor threads;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<ChatResponse> result = new CompletableFuture<>();

    ChatCall(RunningCall call, CallPath path, Executor threads) {
        this.call = call;
        this.path = path;
        this.threads = threads;
    }

    /** The id of the call's record; a call cancelled before it had a consumer was never made and leaves none. */
    public String recordId() {
        return call.record().id();
    }

    /** Ends the call: the connection closes and its consumer hears at most one more thing, that it was cancelled. */
    public void cancel() {
        call.cancel();
        if (taken.compareAndSet(false, true)) {
            result.cancel(false);
        }
    }

    /** Its consumer cancelled and hears no more. */
    boolean silenced() {
        return call.silenced();
    }

    public boolean isCancelled() {
        return call.cancelled();
    }

    /** Cancels the call if it still runs. */
    @Override
    public void close() {
        if (!result.isDone()) {
            cancel();
        }
    }

    /**
     * Hands everything to a LangChain4j handler, on the call's thread. After {@link #cancel} the handler hears nothing
     * more. An exception of the handler is given to its {@code onError}, and the stream goes on, as LangChain4j asks.
     */
    public void handle(StreamingChatResponseHandler handler) {
        HandlerView view = new HandlerView(handler, this);
        begin(view, view::completed, view::failed);
    }

    /** The deltas, as many as are asked for; cancelling the subscription cancels the call. One subscriber. */
    public Flow.Publisher<ChatDelta> events() {
        return subscriber -> this.<ChatDelta>publish(
                subscriber,
                subscription -> run(subscription, response -> subscription.completed(), subscription::failed));
    }

    /** The same in the words of LangChain4j 1.20. */
    Flow.Publisher<Object> langChainEvents() {
        return subscriber -> this.<Object>publish(subscriber, subscription -> {
            HandlerView view = new HandlerView(new EventsView(subscription, subscription::cancel), this);
            Consumer<ChatResponse> completed = response -> {
                try {
                    view.completed(response);
                } catch (CallFailure e) {
                    subscription.failed(e.toException());
                    return;
                }
                subscription.completed();
            };
            run(view, completed, subscription::failed);
        });
    }

    private <T> void publish(Flow.Subscriber<? super T> subscriber, Consumer<Subscription<T>> start) {
        Subscription<T> subscription = new Subscription<>(subscriber, this);
        try {
            take();
        } catch (IllegalStateException e) {
            subscriber.onSubscribe(subscription);
            subscriber.onError(e);
            return;
        }
        subscriber.onSubscribe(subscription);
        start.accept(subscription);
    }

    /**
     * The deltas, one at a time, read ahead by at most {@value #AHEAD}. Reading blocks; a failure is thrown from
     * {@code hasNext}, and so is {@link CancellationException} after {@link #cancel}. Close the call if you stop early.
     */
    @Override
    public Iterator<ChatDelta> iterator() {
        Deltas deltas = new Deltas();
        begin(deltas, response -> deltas.end(null), deltas::end);
        return deltas;
    }

    /**
     * The whole response. As long as no other consumer is attached this is the consumer; with another one it ends when
     * the call ends. Cancelling the future cancels the call.
     */
    public CompletableFuture<ChatResponse> future() {
        var unused = result.whenComplete((response, error) -> {
            if (error instanceof CancellationException) {
                call.cancel();
            }
        });
        if (taken.compareAndSet(false, true)) {
            run(delta -> {}, response -> {}, error -> {});
        }
        return result;
    }

    private void take() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    new Text("이 호출에는 이미 소비자가 있거나 호출이 취소되었습니다.", "This call has a consumer already, or was cancelled.")
                            .both());
        }
    }

    private void begin(Consumer<ChatDelta> deltas, Consumer<ChatResponse> completed, Consumer<Throwable> failed) {
        take();
        run(deltas, completed, failed);
    }

    private void run(Consumer<ChatDelta> deltas, Consumer<ChatResponse> completed, Consumer<Throwable> failed) {
        Runnable work = () -> {
            ChatResponse response;
            try {
                response = path.execute(call, deltas);
            } catch (Throwable e) {
                if (call.cancelled()) {
                    result.cancel(false);
                } else {
                    result.completeExceptionally(e);
                }
                failed.accept(e);
                return;
            }
            result.complete(response);
            completed.accept(response);
        };
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            // The Gaon was closed: the path says so at once, and keeps the record.
            work.run();
        }
    }

    /** Waits for demand before it hands anything on. */
    private static final class Subscription<T> implements Flow.Subscription, Consumer<T> {

        private final Flow.Subscriber<? super T> subscriber;
        private final ChatCall call;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long demand;
        private volatile boolean cancelled;
        private volatile boolean misused;

        Subscription(Flow.Subscriber<? super T> subscriber, ChatCall call) {
            this.subscriber = subscriber;
            this.call = call;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                misused |= n <= 0;
                demand = n <= 0 ? demand : demand + n < 0 ? Long.MAX_VALUE : demand + n;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            if (n <= 0) {
                call.cancel();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                cancelled = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            call.cancel();
        }

        @Override
        public void accept(T thing) {
            lock.lock();
            try {
                while (demand == 0 && !cancelled && !misused && !call.isCancelled()) {
                    call.call.requireTime(null, "reply", true);
                    changed.awaitNanos(LOOK_AGAIN_NANOS);
                }
                if (cancelled || misused || call.isCancelled()) {
                    throw CallFailure.cancelled("reply").build();
                }
                demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                call.cancel();
                throw CallFailure.cancelled("reply").build();
            } finally {
                lock.unlock();
            }
            subscriber.onNext(thing);
        }

        void completed() {
            if (misused) {
                failed(null);
            } else if (!cancelled) {
                subscriber.onComplete();
            }
        }

        void failed(@Nullable Throwable error) {
            if (misused) {
                subscriber.onError(new IllegalArgumentException("request(n) with n <= 0"));
            } else if (!cancelled) {
                subscriber.onError(error);
            }
        }
    }

    /** A bounded hand-over to a reading thread. */
    private final class Deltas implements Iterator<ChatDelta>, Consumer<ChatDelta> {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Queue<ChatDelta> ahead = new ArrayDeque<>();
        private boolean over;
        private @Nullable Throwable error;

        @Override
        public void accept(ChatDelta delta) {
            lock.lock();
            try {
                while (ahead.size() >= AHEAD && !call.cancelled()) {
                    call.requireTime(null, "reply", true);
                    changed.awaitNanos(LOOK_AGAIN_NANOS);
                }
                ahead.add(delta);
                changed.signalAll();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                call.cancel();
                throw CallFailure.cancelled("reply").build();
            } finally {
                lock.unlock();
            }
        }

        void end(@Nullable Throwable failure) {
            lock.lock();
            try {
                over = true;
                error = failure;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean hasNext() {
            lock.lock();
            try {
                while (ahead.isEmpty() && !over && !call.cancelled()) {
                    changed.awaitNanos(LOOK_AGAIN_NANOS);
                }
                if (call.cancelled() && (!over || error != null)) {
                    throw new CancellationException("cancelled");
                }
                if (ahead.isEmpty() && error instanceof RuntimeException e) {
                    throw e;
                } else if (ahead.isEmpty() && error instanceof Error e) {
                    throw e;
                }
                return !ahead.isEmpty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancel();
                throw new CancellationException("interrupted");
            } finally {
                lock.unlock();
            }
        }

        @Override
        public ChatDelta next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            lock.lock();
            try {
                ChatDelta next = ahead.remove();
                changed.signalAll();
                return next;
            } finally {
                lock.unlock();
            }
        }
    }
}
