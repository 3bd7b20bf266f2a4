package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call while it runs: its deadline, its record, and the way to cancel it from any thread. */
final class RunningCall {

    static final Text LATE = new Text("호출의 전체 제한 시간이 지났습니다.", "The total deadline of the call passed.");
    static final Text LATE_FIX = new Text(
            "Limits.withTotal이나 GaonParameters.deadline으로 시간을 늘리세요.",
            "Allow more time with Limits.withTotal or GaonParameters.deadline.");

    private final ModelCard model;
    private final ChatRequest request;
    private final @Nullable GaonParameters parameters;
    private final CallContext context;
    private final boolean streaming;
    private final CallRecord.Draft record;
    private final long startedAt = System.nanoTime();
    private final long deadline;

    private List<String> notices = List.of();
    private volatile boolean cancelled;
    private volatile boolean shutDown;
    private okhttp3.@Nullable Call http;
    private Router.@Nullable Transport transport;
    private @Nullable Thread waiting;

    RunningCall(ModelCard model, ChatRequest request, CallContext context, boolean streaming, Limits limits) {
        this.model = model;
        this.request = request;
        this.parameters = request.parameters() instanceof GaonParameters gaon ? gaon : null;
        this.context = context;
        this.streaming = streaming;
        this.record = new CallRecord.Draft(model, streaming, context);
        Duration own = parameters == null ? null : parameters.deadline();
        this.deadline = startedAt + (own == null ? limits.total() : own).toNanos();
    }

    /** Sends this call through {@code other}, past the policies: for calls that are no chat. */
    RunningCall through(Router.Transport other) {
        transport = other;
        return this;
    }

    /** Null for chats. */
    Router.@Nullable Transport transport() {
        return transport;
    }

    ModelCard model() {
        return model;
    }

    ChatRequest request() {
        return request;
    }

    /** Null if the request carries none of Gaon's own parameters. */
    @Nullable
    GaonParameters parameters() {
        return parameters;
    }

    CallContext context() {
        return context;
    }

    boolean streaming() {
        return streaming;
    }

    CallRecord.Draft record() {
        return record;
    }

    /** Tells the caller something beside the reply; on the thread of the call. */
    void notice(String notice) {
        notices = notices.isEmpty() ? new ArrayList<>() : notices;
        notices.add(notice);
    }

    List<String> notices() {
        return notices;
    }

    /** In the time of {@link System#nanoTime()}. */
    long deadline() {
        return deadline;
    }

    long remainingNanos() {
        return deadline - System.nanoTime();
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Cancels because the whole client closes, of which the caller still wants to hear. */
    synchronized void shutDown() {
        shutDown = !cancelled;
        cancel();
    }

    /** The caller cancelled and wants to hear no more. */
    boolean silenced() {
        return cancelled && !shutDown;
    }

    synchronized void cancel() {
        cancelled = true;
        if (http != null) {
            http.cancel();
        }
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** From now on, cancelling ends this exchange. */
    synchronized void exchange(okhttp3.@Nullable Call call) {
        http = call;
        if (cancelled && call != null) {
            call.cancel();
        }
    }

    /** This thread is about to sleep; until {@link #resume} cancelling interrupts it. */
    synchronized void pause() {
        waiting = Thread.currentThread();
        if (cancelled) {
            waiting.interrupt();
        }
    }

    /** This thread has slept; the interrupt flag of a cancelling has done its work. */
    synchronized void resume() {
        if (waiting != null && cancelled) {
            Thread.interrupted();
        }
        waiting = null;
    }

    void requireLive(String phase) {
        if (cancelled) {
            throw CallFailure.cancelled(phase).build();
        }
    }

    /** The total deadline passed. */
    void requireTime(@Nullable Endpoint endpoint, String phase, boolean sent) {
        if (remainingNanos() <= 0) {
            CallFailure.Builder late = CallFailure.kind("deadline-total")
                    .phase(phase)
                    .sent(sent)
                    .message(LATE)
                    .fix(LATE_FIX);
            throw (endpoint == null ? late : late.at(endpoint)).build();
        }
    }
}
