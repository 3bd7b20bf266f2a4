package dev.gaon;

import java.util.function.Consumer;

/**
 * Decides whether an endpoint may serve a call, and stands next to the wire: what it judged is what leaves.
 *
 * <p>Several guards join, the strictest decision wins. One instance serves all calls at the same time. A guard is asked
 * for each candidate endpoint before anything is sent there, and its {@link #intercept} runs inside every attempt, after
 * all policies. An exception from a guard stops the call.
 */
@FunctionalInterface
public interface Guard extends Policy {

    /** May this endpoint serve a call of this context? Called often: answer fast and without side effects. */
    Decision mayServe(Endpoint endpoint, CallContext context);

    /** By default lets everything through. */
    @Override
    default void intercept(Chain chain, Consumer<ChatDelta> out) {
        chain.proceed(chain.request(), out);
    }
}
