package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;
import java.util.Locale;

/** What a rule says of a service on a day. Unknown facts never pass: they ask to be declared. */
public enum Verdict {
    /** The rule applies and what it asks is done. */
    PASS("충족", "pass"),
    /** The rule applies and what it asks is not done. Whether that is a violation, see {@link Sanction}. */
    FAIL("미충족", "fail"),
    /** The rule does not apply to this service. */
    NA("해당 없음", "not applicable"),
    /** Whether the rule applies hangs on facts that were not declared. */
    NEEDS_FACT("사실 필요", "needs a fact"),
    /** The rule applies; whether it is met hangs on facts that were not declared. */
    UNKNOWN("모름", "unknown"),
    /** No version of the rule is in force on that day. */
    NOT_IN_FORCE("시행 전 또는 종료", "not in force"),
    /** Law and guidelines leave it open: a person, or the ministry, has to decide. */
    REVIEW("검토 필요", "review");

    private final BilingualText label;

    Verdict(String ko, String en) {
        this.label = new BilingualText(ko, en);
    }

    /** For people. */
    public BilingualText label() {
        return label;
    }

    /** In data and JSON: {@code pass}, {@code fail}, {@code na}, {@code needs-fact}, {@code unknown}, {@code not-in-force}, {@code review}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
