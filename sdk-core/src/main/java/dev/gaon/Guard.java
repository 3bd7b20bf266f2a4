package dev.gaon;

import java.util.function.Consumer;

/**
 * Decides whether an endpoint may serve a call, and stands next to the wire: what it judged is what leaves.
 *
 * <p>Several guards join, the strictest decision wins. One instance serves all calls at the same time. A guard is asked
 * for each candidate endpoint before anything is sent there, and its {@link #intercept} runs inside every attempt, after
 * all policies.
 *
 * <p>{@code intercept} sees what is about to leave and refuses by content with {@code throw decision.refusal()}. Before it
 * proceeds that skips this candidate, as a refusal of {@code mayServe} does: the next one is asked, and judged, in its
 * turn, and the call is {@code denied} if none is left. Once the request was sent, as when the reply is what is refused,
 * it ends the call. A refusal is recorded and never asked again of the same endpoint. Any other exception from a guard
 * stops the call as {@code failed}.
 */
@FunctionalInterface
@SuppressWarnings("FunctionalInterfaceMethodChanged") // a guard judges, and lets through what a policy may hold
public interface Guard extends Policy {

    /** May this endpoint serve a call of this context? Called often: answer fast and without side effects. */
    Decision mayServe(Endpoint endpoint, CallContext context);

    /** By default lets everything through. */
    @Override
    default void intercept(Chain chain, Consumer<ChatDelta> out) {
        chain.proceed(chain.request(), out);
    }
}
