package dev.gaon.gov.portal;

import dev.gaon.gov.text.BilingualText;

/** One way in which a portal fails, as the table of codes has it. Immutable. */
record Fault(String kind, Retry retry, BilingualText what, BilingualText fix) {

    /** When asking again may help. */
    enum Retry {
        NEVER,
        ONCE,
        BACKOFF,
        NEXT_DAY,
        /** No fault after all: nothing matched. */
        EMPTY
    }
}
