package dev.gaon;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The result of work on another thread; cancelling it ends the call that runs for it, and those that would follow. */
final class CallFuture<T> extends CompletableFuture<T> {

    private @Nullable RunningCall running;

    private CallFuture() {}

    /** Failures of the work, and of starting it, are those of the future. */
    static <T> CallFuture<T> start(Executor threads, Function<CallFuture<T>, T> work) {
        CallFuture<T> future = new CallFuture<>();
        var unused = future.whenComplete((value, error) -> future.endIfCancelled());
        Runnable task = () -> {
            try {
                future.complete(work.apply(future));
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        };
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // The Gaon was closed: the path says so, and keeps the record.
            task.run();
        }
        return future;
    }

    /** This call runs for the future from now on. */
    RunningCall runs(RunningCall call) {
        synchronized (this) {
            running = call;
        }
        endIfCancelled();
        return call;
    }

    private synchronized void endIfCancelled() {
        if (isCancelled() && running != null) {
            running.cancel();
        }
    }
}
