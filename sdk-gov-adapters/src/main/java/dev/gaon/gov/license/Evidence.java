package dev.gaon.gov.license;

import java.util.Locale;

/** What can be said of the evidence as a whole; {@code gates.json} says what follows from each. */
enum Evidence {
    /** Marks at one level disagree. */
    CONFLICT,
    /** Read only from an address or file name that nobody has confirmed. */
    UNCONFIRMED,
    /** The mark stands where it does not speak of this work. */
    LEVEL_NOT_COUNTED,
    /** An AI-type mark stands less specific than the base type. */
    ADDITION_IGNORED,
    /** The terms did not exist on that day. */
    NOT_IN_FORCE,
    /** A value that its source's table does not have. */
    CODE_UNKNOWN,
    /** Whatever was seen was seen after the day that counts. */
    LATER_ONLY,
    FACT_MISSING,
    /** Used for the same purpose since before the terms changed. */
    KEPT_USE,
    /** Nothing was stated closer to the work. */
    GAP_FILLED,
    /** A less specific mark is stricter than what was followed. */
    OUTWEIGHED;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    String id() {
        return id;
    }
}
