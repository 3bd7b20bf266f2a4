package dev.gaon;

import dev.langchain4j.exception.NonRetriableException;

/**
 * A refusal, not an outage: a {@link Guard} did not admit the call, so asking again gives the same answer.
 *
 * <p>No byte of the refused attempt left this process. The {@link #decision()} names the rule, the reason and how to
 * comply.
 */
public class DeniedException extends NonRetriableException {

    private final transient Decision decision;

    DeniedException(String message, CallFailure cause, Decision decision) {
        super(message, cause);
        this.decision = decision;
    }

    /** The strictest decision; null only after Java serialization. */
    public Decision decision() {
        return decision;
    }
}
