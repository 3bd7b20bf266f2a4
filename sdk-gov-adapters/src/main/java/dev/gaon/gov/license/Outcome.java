package dev.gaon.gov.license;

import dev.gaon.gov.text.BilingualText;

/** What is decided of one work for one purpose, from the loosest to the strictest. */
public enum Outcome {
    /** May be used; nothing is asked in return. */
    ALLOW("쓸 수 있음", "may be used"),
    /** May be used by whoever keeps the duties. */
    ALLOW_WITH_DUTIES("의무를 지키면 쓸 수 있음", "may be used with duties"),
    /** A person must decide: evidence is missing or in conflict, or law and terms leave it open. */
    REVIEW("사람이 검토해야 함", "a person must decide"),
    /** May not be used. */
    DENY("쓸 수 없음", "may not be used");

    private final BilingualText label;

    Outcome(String ko, String en) {
        label = new BilingualText(ko, en);
    }

    /** For people. */
    public BilingualText label() {
        return label;
    }

    Outcome stricter(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
