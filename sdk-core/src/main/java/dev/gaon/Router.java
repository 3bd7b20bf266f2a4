package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the endpoint, asks the guards, and is the only place that makes another attempt.
 *
 * <p>A request is resent only when it cannot have been started: the connection never stood, or the server said so (429,
 * 503, or a status its provider file names). Nothing is resent once a delta went on to the caller. What HTTP/2 turns back
 * unread, {@link HttpTransport} sends again within the same attempt.
 */
final class Router {

    private static final long FIRST_PAUSE_MS = 250;
    private static final long LONGEST_PAUSE_MS = 8_000;

    /** Retries stop while most calls fail: each costs five, each success earns one back. */
    private static final int BUDGET = 500;

    private static final int COST_OF_RETRY = 5;

    private static final String UNSUPPORTED = "unsupported";

    /**
     * Where a model has several endpoints, one of which at least half of the last ten calls failed is asked last for 30 s,
     * then tried with one call.
     */
    private static final CircuitBreakerConfig FAILING = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(3)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(30))
            .permittedNumberOfCallsInHalfOpenState(1)
            .build();

    private final Map<URI, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final List<Guard> guards;
    private final Limits limits;
    private final Transports transports;
    private final Retry retry;
    private final AtomicInteger budget = new AtomicInteger(BUDGET);

    /** How a request reaches an endpoint: over HTTP, or in this process. */
    interface Transport {
        void send(RunningCall call, Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out);
    }

    /** Which transport serves an endpoint. */
    interface Transports {
        Transport of(Endpoint endpoint);
    }

    Router(List<Guard> guards, Limits limits, Transports transports) {
        this.guards = guards;
        this.limits = limits;
        this.transports = transports;
        this.retry = Retry.of(
                "gaon",
                RetryConfig.custom()
                        .maxAttempts(limits.attempts())
                        .retryOnException(e -> e instanceof Resend)
                        .intervalBiFunction((attempt, outcome) -> ((Resend) outcome.getLeft()).pause())
                        .build());
    }

    /** Says that a failed attempt may be made again, and after which pause. */
    private static final class Resend extends RuntimeException {
        private final transient RunningCall call;
        private final long pauseMs;

        Resend(RunningCall call, long pauseMs) {
            super(null, null, false, false);
            this.call = call;
            this.pauseMs = pauseMs;
        }

        /** Asked for right before the thread sleeps. */
        long pause() {
            call.pause();
            return pauseMs;
        }
    }

    void route(RunningCall call, ChatRequest request, Consumer<ChatDelta> out) {
        List<Endpoint> candidates = candidates(call);
        if (candidates.size() == 1) {
            CallFailure failure = serve(call, candidates.get(0), request, out, null);
            if (failure != null) {
                throw failure;
            }
            return;
        }
        CallFailure refusal = null;
        Decision strictest = null;
        CallFailure outage = null;
        Deque<Endpoint> waiting = new ArrayDeque<>(candidates);
        List<Endpoint> failing = new ArrayList<>();
        for (Endpoint endpoint = waiting.poll(); endpoint != null; endpoint = waiting.poll()) {
            CircuitBreaker breaker = failing.contains(endpoint) ? null : breaker(endpoint);
            if (breaker != null && !breaker.tryAcquirePermission()) {
                // One that failed a while ago is asked last, not never: it may be all there is.
                failing.add(endpoint);
                waiting.add(endpoint);
                continue;
            }
            CallFailure failure = serve(call, endpoint, request, out, breaker);
            if (failure == null) {
                return;
            }
            Decision decision = failure.decision();
            if (decision == null) {
                // That a later one cannot take the request says less than that an earlier one could not be reached.
                outage = outage == null || !failure.kind().equals(UNSUPPORTED) ? failure : outage;
            } else if (strictest == null || strictest.stricter(decision) != strictest) {
                strictest = decision;
                refusal = failure;
            }
        }
        throw outage == null ? refusal : outage;
    }

    CircuitBreaker breaker(Endpoint endpoint) {
        return breakers.computeIfAbsent(endpoint.address(), address -> CircuitBreaker.of(address.toString(), FAILING));
    }

    /**
     * Tells the breaker what a call says of the endpoint's health; most failures say nothing of it.
     *
     * @param failure null if it was served, or if something else went wrong
     */
    private static void remember(CircuitBreaker breaker, long nanos, boolean served, @Nullable CallFailure failure) {
        if (served) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            return;
        }
        switch (failure == null ? "" : failure.kind()) {
            case "dns-failed",
                    "connect-failed",
                    "deadline-connect",
                    "tls-failed",
                    "proxy-failed",
                    "rate-limited",
                    "overloaded",
                    "server-error",
                    "unknown-outcome",
                    "deadline-first-token" -> breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
            default -> breaker.releasePermission();
        }
    }

    /**
     * Null if the endpoint served the call; why it did not, if another one may be asked.
     *
     * @param breaker that permitted the call, and so hears how it ended; null if none was asked
     */
    private @Nullable CallFailure serve(
            RunningCall call,
            Endpoint endpoint,
            ChatRequest request,
            Consumer<ChatDelta> out,
            @Nullable CircuitBreaker breaker) {
        long begun = System.nanoTime();
        boolean served = false;
        CallFailure ended = null;
        try {
            Decision decision = judge(endpoint, call.context());
            if (!decision.admits() || !guards.isEmpty()) {
                call.record().judged(endpoint, decision);
            }
            if (!decision.admits()) {
                return CallFailure.denied(decision).at(endpoint).build();
            }
            attempts(call, endpoint, request, out);
            served = true;
            return null;
        } catch (CallFailure failure) {
            ended = failure;
            if (failure.delivered() || !mayGoElsewhere(failure, endpoint)) {
                throw failure;
            }
            return failure;
        } finally {
            if (breaker != null) {
                remember(breaker, System.nanoTime() - begun, served, ended);
            }
        }
    }

    private List<Endpoint> candidates(RunningCall call) {
        URI hint = call.parameters() == null ? null : call.parameters().endpoint();
        List<Endpoint> all = call.model().endpoints();
        if (hint == null) {
            return all;
        }
        List<Endpoint> hinted = new ArrayList<>(1);
        for (Endpoint endpoint : all) {
            if (hint.equals(endpoint.uri())) {
                hinted.add(endpoint);
            }
        }
        if (hinted.isEmpty()) {
            throw CallFailure.kind("unsupported")
                    .phase("configure")
                    .message(
                            call.model().id() + ": 지정한 엔드포인트는 이 모델의 것이 아닙니다. 가능: " + all,
                            call.model().id() + ": the endpoint asked for does not serve this model. Known: " + all)
                    .fix("GaonParameters.endpoint에 그중 하나를 주세요.", "Give GaonParameters.endpoint one of these.")
                    .build();
        }
        return hinted;
    }

    private Decision judge(Endpoint endpoint, CallContext context) {
        Decision decision = Decision.allow();
        CallContext.Level highest = endpoint.highestLevel();
        if (highest != null && context.level() != null && context.level().order() > highest.order()) {
            decision = Decision.deny(
                    "endpoint.highest-level",
                    "등급 " + context.level().name() + "의 호출은 " + highest.name() + "까지만 받는 " + endpoint + "에 보낼 수 없습니다.",
                    "A call of level " + context.level().name() + " must not go to " + endpoint + ", which takes up to "
                            + highest.name() + ".",
                    "이 등급을 받는 엔드포인트를 쓰세요.",
                    "Use an endpoint that takes this level.");
        }
        for (Guard guard : guards) {
            decision = decision.stricter(guard.mayServe(endpoint, context));
        }
        return decision;
    }

    /** What the attempts at one endpoint came to so far. */
    private static final class Tally {
        private int made;

        /** The failure of an attempt that may have done the work; null if there is none. */
        private @Nullable CallFailure begun;
    }

    private void attempts(RunningCall call, Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out) {
        Tally tally = new Tally();
        try {
            retry.executeRunnable(() -> attempt(call, endpoint, request, out, tally));
        } catch (Resend interrupted) {
            // A pause that is interrupted, by cancel() or by the thread's owner, ends here; the retry drops the flag.
            call.resume();
            if (!call.cancelled()) {
                Thread.currentThread().interrupt();
            }
            throw CallFailure.cancelled("queue").at(endpoint).build();
        } catch (CallFailure failure) {
            // That a later attempt was not started says nothing of the one that may have done the work.
            boolean invites = failure.retryable() || mayGoElsewhere(failure, endpoint);
            throw tally.begun != null && invites ? tally.begun : failure;
        }
        budget.accumulateAndGet(1, (have, earned) -> Math.min(BUDGET, have + earned));
    }

    private void attempt(
            RunningCall call, Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out, Tally tally) {
        int number = ++tally.made;
        call.resume();
        call.requireLive("queue");
        call.requireTime(endpoint, "queue", false);
        boolean[] delivered = {false};
        Consumer<ChatDelta> marked = delta -> {
            if (delta instanceof ChatDelta.Text
                    || delta instanceof ChatDelta.Thinking
                    || delta instanceof ChatDelta.ToolCall) {
                delivered[0] = true;
            }
            out.accept(delta);
        };
        Transport transport = call.transport() == null ? transports.of(endpoint) : call.transport();
        boolean[] sent = {false};
        try {
            new CallPath.Link(guards, 0, call, endpoint, request, (judged, inner) -> {
                        sent[0] = true;
                        transport.send(call, endpoint, judged, inner);
                    })
                    .proceed(request, marked);
        } catch (DeniedException refused) {
            call.record().judged(endpoint, refused.verdict());
            throw CallFailure.denied(refused.verdict())
                    .at(endpoint)
                    .phase(sent[0] ? "reply" : "queue")
                    .sent(sent[0])
                    .build()
                    .withReply(null, null, delivered[0]);
        } catch (CallFailure failure) {
            failure.withReply(null, null, delivered[0]);
            if (number < limits.attempts() && !delivered[0] && mayResend(call, failure, endpoint)) {
                long pause = pauseMs(failure, number);
                if (Duration.ofMillis(pause).compareTo(limits.retryAfterCap()) <= 0
                        && pause * 1_000_000 < call.remainingNanos()
                        && spend()) {
                    tally.begun = notStarted(failure, endpoint) ? tally.begun : failure;
                    throw new Resend(call, pause);
                }
            }
            throw failure;
        }
    }

    private static boolean notStarted(CallFailure failure, Endpoint endpoint) {
        Set<Integer> named = endpoint.offer().notStarted();
        return switch (failure.kind()) {
            case "dns-failed", "connect-failed", "deadline-connect", "rate-limited", "overloaded" -> true;
            default -> failure.status() != null && named.contains(failure.status());
        };
    }

    /** A wrong certificate, a refusal and a lack are the same a second later, so only another endpoint can help. */
    private static boolean mayGoElsewhere(CallFailure failure, Endpoint endpoint) {
        boolean here = failure.kind().equals("tls-failed")
                || failure.kind().equals("denied")
                || failure.kind().equals(UNSUPPORTED);
        return notStarted(failure, endpoint) || (here && !failure.sent());
    }

    private static boolean mayResend(RunningCall call, CallFailure failure, Endpoint endpoint) {
        if (notStarted(failure, endpoint)) {
            return true;
        }
        boolean honoured = endpoint.offer().idempotencyHeader() != null
                && call.parameters() != null
                && call.parameters().idempotencyKey() != null;
        return honoured
                && (failure.kind().equals("unknown-outcome") || failure.kind().equals("server-error"));
    }

    private static long pauseMs(CallFailure failure, int number) {
        if (failure.retryAfter() != null) {
            return failure.retryAfter().toMillis();
        }
        long most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(number - 1, 10));
        return ThreadLocalRandom.current().nextLong(most + 1);
    }

    private boolean spend() {
        return budget.getAndUpdate(have -> have >= COST_OF_RETRY ? have - COST_OF_RETRY : have) >= COST_OF_RETRY;
    }
}
