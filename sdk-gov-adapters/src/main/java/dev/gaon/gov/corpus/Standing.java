package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.text.BilingualText;
import org.jspecify.annotations.Nullable;

/** What can be said of a row, from what may be used to what nobody could read, with its colour on a page. */
enum Standing {
    ALLOW(Outcome.ALLOW),
    DUTIES(Outcome.ALLOW_WITH_DUTIES),
    REVIEW(Outcome.REVIEW),
    DENY(Outcome.DENY),
    UNREAD(null);

    private final @Nullable Outcome decision;

    Standing(@Nullable Outcome decision) {
        this.decision = decision;
    }

    /** Null for what could not be read. */
    @Nullable
    Outcome decision() {
        return decision;
    }

    BilingualText label() {
        return decision == null ? new BilingualText("읽지 못함", "not read") : decision.label();
    }

    String style() {
        return switch (this) {
            case ALLOW -> "allow";
            case DUTIES -> "duties";
            case REVIEW -> "review";
            case DENY -> "deny";
            case UNREAD -> "unread";
        };
    }
}
