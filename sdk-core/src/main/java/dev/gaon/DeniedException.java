package dev.gaon;

import dev.langchain4j.exception.NonRetriableException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, not an outage: a {@link Guard} or a {@link Policy} did not admit the call, so asking again gives the same
 * answer and nothing is resent.
 *
 * <p>No byte of the refused attempt left this process, unless it is the reply that was refused. The {@link #decision()}
 * names the rule, the reason and how to comply. Guards and policies make one with {@link Decision#refusal()}.
 */
public class DeniedException extends NonRetriableException {

    private final transient @Nullable Decision decision;

    DeniedException(String message, CallFailure cause, @Nullable Decision decision) {
        super(message, cause);
        this.decision = decision;
    }

    /** The strictest decision of all that refused; null only after Java serialization. */
    public @Nullable Decision decision() {
        return decision;
    }

    /** As it was thrown here, never serialized. */
    Decision verdict() {
        return Objects.requireNonNull(decision, "decision");
    }
}
