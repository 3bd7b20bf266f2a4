package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one path of every call, blocking or streaming, remote or in this process.
 *
 * <p>A record opens; the call waits for its place; policies run around the router; the router's deltas are folded and
 * handed on; the record closes exactly once, whatever happened.
 */
final class CallPath {

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");

    private final List<Policy> policies;
    private final Router router;
    private final RecordSink sink;
    private final Limits limits;
    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<RunningCall> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    CallPath(List<Policy> policies, Router router, RecordSink sink, Limits limits) {
        this.policies = policies;
        this.router = router;
        this.sink = sink;
        this.limits = limits;
        this.places = new Semaphore(limits.concurrentCalls(), true);
    }

    Limits limits() {
        return limits;
    }

    /**
     * Runs the call on this thread.
     *
     * @param caller gets every delta; what it throws ends the call and is thrown on
     * @throws dev.langchain4j.exception.LangChain4jException whose cause is a {@link CallFailure}
     */
    ChatResponse execute(RunningCall call, Consumer<ChatDelta> caller) {
        CallRecord.Draft record = call.record();
        open(record);
        ReplyFold fold = new ReplyFold(record);
        Throwable problem = null;
        running.add(call);
        try {
            if (closed) {
                throw closedFailure();
            }
            admit(call);
            try {
                chain(call).proceed(call.request(), delta -> {
                    call.requireLive("reply");
                    fold.accept(delta);
                    caller.accept(delta);
                });
            } finally {
                places.release();
            }
            if (!fold.finished()) {
                throw CallFailure.kind("incomplete")
                        .phase("reply")
                        .message("정책이 응답의 끝을 내보내지 않았습니다.", "A policy did not let the end of the reply through.")
                        .fix("Policy는 Finish도 넘겨야 합니다.", "A Policy must pass the Finish on.")
                        .build();
            }
        } catch (RuntimeException | Error e) {
            problem = e;
        } finally {
            running.remove(call);
        }
        if (problem instanceof DeniedException refused) {
            // A policy's: those of guards come as failures.
            record.judged(null, refused.verdict());
            problem = CallFailure.denied(refused.verdict()).build();
        }
        if (call.cancelled() && problem instanceof CallFailure f && !f.kind().equals("cancelled")) {
            problem = CallFailure.cancelled(f.phase()).build();
        }
        if (!close(record, fold, problem)) {
            call.notice("record-not-written");
        }
        if (problem instanceof CallFailure failure) {
            throw failure.withReply(fold.text(), fold.usage(), failure.delivered())
                    .toException();
        } else if (problem instanceof RuntimeException e) {
            throw e;
        } else if (problem instanceof Error e) {
            throw e;
        }
        // Not every format names the model in its replies.
        String asked = call.request().modelName();
        return ChatResponse.builder()
                .aiMessage(fold.message())
                .metadata(fold.metadata(
                        record.closed(), asked == null ? call.model().id() : asked, call.notices()))
                .build();
    }

    private void open(CallRecord.Draft record) {
        try {
            sink.opened(record.open());
        } catch (IOException | RuntimeException e) {
            throw CallFailure.kind("record-refused")
                    .phase("queue")
                    .message(
                            "호출 기록을 남길 수 없어 호출하지 않았습니다.",
                            "The call was not made because its record could not be written.")
                    .fix(
                            "기록 저장소의 용량과 권한을 확인하세요. 아무것도 보내지 않았습니다.",
                            "Check space and rights of the record sink. Nothing was sent.")
                    .cause(e)
                    .build()
                    .toException();
        }
    }

    private boolean close(CallRecord.Draft record, ReplyFold fold, @Nullable Throwable problem) {
        String failure = problem == null ? null : problem instanceof CallFailure f ? f.kind() : "caller-error";
        String state = failure == null
                ? "ok"
                : switch (failure) {
                    case "denied", "cancelled", "incomplete" -> failure;
                    default -> "failed";
                };
        // The thread of an interrupted call still has to write; many sinks could not.
        boolean interrupted = Thread.interrupted();
        try {
            sink.closed(record.close(state, failure, fold.described()));
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("record {} could not be written", record.id(), e);
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void admit(RunningCall call) {
        int ahead = waiting.getAndIncrement();
        try {
            boolean mayPass = ahead == 0 || ahead >= limits.queuedCalls();
            if (!mayPass || !places.tryAcquire()) {
                queue(call, ahead);
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void queue(RunningCall call, int ahead) {
        if (ahead >= limits.queuedCalls()) {
            throw CallFailure.kind("queue-full")
                    .phase("queue")
                    .message(
                            "기다리는 호출이 " + limits.queuedCalls() + "개를 넘어 받지 않았습니다.",
                            "More than " + limits.queuedCalls() + " calls are waiting, so this one was not taken.")
                    .fix(
                            "잠시 뒤 다시 부르거나 Limits.withQueuedCalls로 대기열을 늘리세요.",
                            "Call again later, or lengthen the queue with Limits.withQueuedCalls.")
                    .build();
        }
        boolean admitted;
        call.pause();
        try {
            admitted = places.tryAcquire(Math.max(0, call.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CallFailure.cancelled("queue").build();
        } finally {
            call.resume();
        }
        if (!admitted) {
            throw CallFailure.kind("deadline-queue")
                    .phase("queue")
                    .message("차례를 기다리다 제한 시간이 지났습니다.", "The deadline passed while the call waited for its turn.")
                    .fix(
                            "잠시 뒤 다시 부르거나 Limits.withConcurrentCalls나 제한 시간을 늘리세요.",
                            "Call again later, or raise Limits.withConcurrentCalls or the deadline.")
                    .build();
        }
    }

    private Policy.Chain chain(RunningCall call) {
        List<Policy> around = call.transport() == null ? policies : List.of();
        return new Link(around, 0, call, null, call.request(), (request, out) -> router.route(call, request, out));
    }

    private static CallFailure closedFailure() {
        return CallFailure.kind("closed")
                .phase("queue")
                .message("이미 닫힌 Gaon으로 호출했습니다.", "This Gaon has been closed.")
                .fix("닫히지 않은 Gaon을 쓰세요.", "Use one that is open.")
                .build();
    }

    /** Cancels what runs; later calls are refused. */
    void close() {
        closed = true;
        running.forEach(RunningCall::shutDown);
    }

    /** What stands at the inner end of a chain. */
    interface Innermost {
        void send(ChatRequest request, Consumer<ChatDelta> out);
    }

    /** One policy's view of what comes after it. */
    record Link(
            List<? extends Policy> policies,
            int index,
            RunningCall call,
            @Nullable Endpoint endpoint,
            ChatRequest request,
            Innermost innermost,
            AtomicBoolean used)
            implements Policy.Chain {

        Link(
                List<? extends Policy> policies,
                int index,
                RunningCall call,
                @Nullable Endpoint endpoint,
                ChatRequest request,
                Innermost innermost) {
            this(policies, index, call, endpoint, request, innermost, new AtomicBoolean());
        }

        @Override
        public CallContext context() {
            return call.context();
        }

        /** A record's own would print the request. */
        @Override
        public String toString() {
            return "Chain[call=" + call.record().id() + ", endpoint=" + endpoint + "]";
        }

        @Override
        public boolean streaming() {
            return call.streaming();
        }

        @Override
        public void note(String name, String value) {
            call.record().note(name, value);
        }

        @Override
        public void notice(String notice) {
            if (!call.notices().contains(Objects.requireNonNull(notice, "notice"))) {
                call.notice(notice);
            }
        }

        @Override
        public void proceed(ChatRequest next, Consumer<ChatDelta> out) {
            if (used.getAndSet(true)) {
                String culprit = policies.get(index - 1).getClass().getName();
                throw CallFailure.kind("policy-error")
                        .phase("reply")
                        .message(culprit + "이(가) 한 호출에서 proceed를 두 번 불렀습니다.", culprit + " proceeded twice in one call.")
                        .fix("proceed는 한 번만 부르세요.", "Call proceed once.")
                        .build();
            }
            if (index == policies.size()) {
                innermost.send(next, out);
            } else {
                policies.get(index).intercept(new Link(policies, index + 1, call, endpoint, next, innermost), out);
            }
        }
    }
}
