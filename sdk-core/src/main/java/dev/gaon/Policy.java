package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something done around every call: a budget, a cache, pseudonyms, yours.
 *
 * <p>Policies are given to {@link Gaon.Builder#policy}; the first given is outermost. One instance serves all calls of
 * its {@code Gaon}, at the same time, on the threads of the calls. A policy goes on with {@link Chain#proceed}, at most
 * once, or answers itself by handing deltas (the last a {@link ChatDelta.Finish}) to {@code out}. What it throws ends
 * the call as failed, {@link Decision#refusal()} as denied; what {@code proceed} throws is a {@link CallFailure}. Retrying and failing over is the router's: a policy that proceeds twice is refused by name.
 */
@FunctionalInterface
public interface Policy {

    /**
     * Goes on, answers itself, or refuses.
     *
     * @param chain the rest of the path
     * @param out where deltas go on towards the caller; not to be used after this method returned
     */
    void intercept(Chain chain, Consumer<ChatDelta> out);

    /** The rest of the path, as one policy sees it. */
    interface Chain {

        ChatRequest request();

        CallContext context();

        /** True if the caller reads a stream. */
        boolean streaming();

        /** Where the request goes; null until an endpoint was chosen, that is in every policy but a guard. */
        @Nullable
        Endpoint endpoint();

        /** Writes a fact into the call's record: no secret, no prompt text. */
        void note(String name, String value);

        /**
         * Tells the caller something beside the reply, as one of {@link GaonResponseMetadata#notices()}: no secret, no prompt
         * text. The same notice is told once, however often it is given; it is lost where the call fails, and stays where
         * another attempt follows, so a guard gives what is true of one endpoint only after {@link #proceed} returned.
         */
        void notice(String notice);

        /**
         * Goes on, with this request, and hands every delta to {@code out}; returns when the reply has ended.
         *
         * <p>Model, deadline, idempotency key, endpoint and context of the call stay those it began with, whatever the
         * parameters of a changed request say.
         */
        void proceed(ChatRequest request, Consumer<ChatDelta> out);
    }
}
