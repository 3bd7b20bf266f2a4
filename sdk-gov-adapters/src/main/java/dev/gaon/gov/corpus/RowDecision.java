package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;

/** What one evidence tuple comes to: decided, or not readable. Immutable. */
public sealed interface RowDecision {

    /**
     * Decided.
     *
     * @param basis of the evidence, 32 hexadecimal digits: the first half of the SHA-256 of its canonical form
     * @param group in which such rows are counted, itself without rows
     */
    record Decided(String basis, CorpusGroup group) implements RowDecision {

        public Outcome decision() {
            return group.decision();
        }

        /** As SPDX 3 writes it; {@code NOASSERTION} where the marks leave no terms. */
        public String license() {
            return group.license();
        }
    }

    /** Not readable; every row with this evidence is listed under the cause. */
    record Unreadable(UnreadableCause cause) implements RowDecision {}
}
