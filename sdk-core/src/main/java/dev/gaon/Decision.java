package dev.gaon;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of a {@link Guard}, with the rule that gave it, the reason and the way to comply.
 *
 * <p>Immutable and safe to share. Only {@link Verdict#ALLOW} lets a call go on; {@link Verdict#REVIEW} stops it as
 * {@link Verdict#DENY} does, but says that a person may decide otherwise. Texts must hold no secret and no prompt text:
 * they are shown to users and written to records.
 */
public final class Decision {

    /** From mildest to strictest. */
    public enum Verdict {
        /** The call may go on. */
        ALLOW,
        /** Facts are missing or unclear: a person has to decide first. */
        REVIEW,
        /** The call must not go on. */
        DENY
    }

    private static final Decision ALLOWED = new Decision(Verdict.ALLOW, "", new Text("", ""), new Text("", ""), null);

    private final Verdict verdict;
    private final String rule;
    private final Text reason;
    private final Text fix;
    private final @Nullable String digest;

    private Decision(Verdict verdict, String rule, Text reason, Text fix, @Nullable String digest) {
        this.verdict = verdict;
        this.rule = Objects.requireNonNull(rule, "rule");
        this.reason = reason;
        this.fix = fix;
        this.digest = digest;
    }

    /** The call may go on. */
    public static Decision allow() {
        return ALLOWED;
    }

    /**
     * The call must not go on.
     *
     * @param rule the id of the rule that says so
     * @param reasonKo why, in Korean
     * @param reasonEn why, in English
     * @param fixKo how to comply, in Korean
     * @param fixEn how to comply, in English
     */
    public static Decision deny(String rule, String reasonKo, String reasonEn, String fixKo, String fixEn) {
        return new Decision(Verdict.DENY, rule, new Text(reasonKo, reasonEn), new Text(fixKo, fixEn), null);
    }

    /** The call must wait for a person's decision; parameters as in {@link #deny}. */
    public static Decision review(String rule, String reasonKo, String reasonEn, String fixKo, String fixEn) {
        return new Decision(Verdict.REVIEW, rule, new Text(reasonKo, reasonEn), new Text(fixKo, fixEn), null);
    }

    /** The same decision, naming the digest of the data that decided (for instance {@code sha256:...}). */
    public Decision withDigest(String dataDigest) {
        return new Decision(verdict, rule, reason, fix, dataDigest);
    }

    /**
     * This decision as an exception: what {@link Guard#intercept}, or a policy, throws once it has read the request and
     * must not let it go on. The call, or with a guard this candidate, is then refused as {@link Guard} tells.
     *
     * @throws IllegalStateException if this decision {@linkplain #admits() admits} the call
     */
    public DeniedException refusal() {
        if (admits()) {
            throw new IllegalStateException("a decision that admits the call refuses nothing");
        }
        return (DeniedException) CallFailure.denied(this).build().toException();
    }

    /** The stricter of two decisions; this one where both are equally strict. */
    public Decision stricter(Decision other) {
        return other.verdict.compareTo(verdict) > 0 ? other : this;
    }

    /** True for {@link Verdict#ALLOW} only. */
    public boolean admits() {
        return verdict == Verdict.ALLOW;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The id of the rule that decided; empty for {@link #allow()}. */
    public String rule() {
        return rule;
    }

    /** Why, in Korean for a Korean locale, else in English. */
    public String reason(Locale locale) {
        return reason.in(locale);
    }

    /** How to comply, in Korean for a Korean locale, else in English. */
    public String fix(Locale locale) {
        return fix.in(locale);
    }

    /** The digest of the data that decided, or null. */
    public @Nullable String digest() {
        return digest;
    }

    Text reason() {
        return reason;
    }

    Text fix() {
        return fix;
    }

    @Override
    public String toString() {
        return "Decision[" + verdict + (rule.isEmpty() ? "" : ", " + rule) + "]";
    }
}
