package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of one service on one day: verdict, sanction and grace are separate, and grace never changes a
 * verdict. Immutable; used by any thread.
 */
public final class Finding {

    private final Rule.Version version;
    private final Verdict verdict;
    private final FactValues values;
    private final @Nullable Grace grace;
    private final @Nullable Waiver waiver;

    Finding(Rule.Version version, Verdict verdict, FactValues values, @Nullable Grace grace, @Nullable Waiver waiver) {
        this.version = version;
        this.verdict = verdict;
        this.values = values;
        this.grace = grace;
        this.waiver = waiver;
    }

    public Rule rule() {
        return version.rule();
    }

    /** The version that decided; where none is in force, the one to come or the last that was. */
    public Rule.Version version() {
        return version;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** The grace that runs on the day, for duties that fail or may fail; null if there is none. */
    public @Nullable Grace grace() {
        return grace;
    }

    /** By whom a fail or an open question was accepted; null if by nobody. */
    public @Nullable Waiver waiver() {
        return waiver;
    }

    /** True if the finding calls for something to be done under a fine: a fail that is finable and that nobody accepted. */
    public boolean failsUnderFine() {
        return verdict == Verdict.FAIL && waiver == null && version.sanction().finable();
    }

    /** True if a binding rule is undecided: a fact is missing, or a person has to decide. */
    public boolean undecided() {
        return waiver == null
                && version.sanction().binding()
                && (verdict == Verdict.NEEDS_FACT || verdict == Verdict.UNKNOWN || verdict == Verdict.REVIEW);
    }

    /** The verdict in the words of the rule's strength: a guideline is "not met", an effort "not recorded". */
    public BilingualText statement() {
        if (verdict != Verdict.FAIL) {
            return verdict.label();
        }
        if (version.layer().equals("GUIDE")) {
            return new BilingualText("가이드라인 미충족", "guideline not met");
        }
        return switch (version.sanction()) {
            case EFFORT -> new BilingualText("노력한 기록 없음", "no effort on record");
            case RECOMMEND -> new BilingualText("권고와 다름", "recommendation not followed");
            case DEEM -> new BilingualText("이행한 것으로 볼 수 없음", "not deemed done");
            case GATE -> new BilingualText("요건을 갖추지 못함", "condition not met");
            default -> new BilingualText("의무 미이행", "duty not met");
        };
    }

    /** The facts that would settle it, in the order of the conditions; empty if it is settled. */
    public List<Fact> missing() {
        Condition.Missing out = new Condition.Missing();
        if (verdict == Verdict.NEEDS_FACT) {
            version.applies().missing(values, out);
        }
        if (verdict == Verdict.UNKNOWN
                || verdict == Verdict.REVIEW
                || (verdict == Verdict.NEEDS_FACT && out.isEmpty())) {
            version.satisfied().missing(values, out);
        }
        if (verdict == Verdict.NEEDS_FACT && out.isEmpty() || verdict == Verdict.UNKNOWN) {
            for (Rule.Open open : version.open()) {
                if (open.about().equals("duty") && open.when() != null) {
                    open.when().missing(values, out);
                }
            }
        }
        return out.facts();
    }

    /** Whether the rule applies, and why. */
    public List<Clause> applies() {
        return clauses(version.applies());
    }

    /** Whether what it asks is done, and why; says nothing where the rule does not apply. */
    public List<Clause> satisfied() {
        return clauses(version.satisfied());
    }

    private List<Clause> clauses(Condition condition) {
        Condition.Told out = new Condition.Told();
        condition.explain(values, 0, out);
        return out.lines();
    }

    /** Why it is open, and what else is doubtful about a rule that applies; empty if nothing is. */
    public List<BilingualText> reasons() {
        if (verdict == Verdict.NA || verdict == Verdict.NOT_IN_FORCE) {
            return List.of();
        }
        return version.open().stream()
                .filter(open -> open.about().equals("duty")
                        ? verdict == Verdict.REVIEW && open.holds(values) == Condition.TRUE
                        : open.holds(values) == Condition.TRUE)
                .map(Rule.Open::reason)
                .toList();
    }

    Map<String, Object> json() {
        Map<String, Object> out = new TreeMap<>();
        out.put("rule", rule().id());
        out.put("ruleDigest", rule().digest());
        out.put("version", version.from().toString());
        out.put("title", json(rule().title()));
        out.put("verdict", verdict.word());
        out.put("statement", json(statement()));
        out.put("sanction", version.sanction().name());
        out.put("grace", grace == null ? null : grace.id());
        out.put("layer", version.layer());
        out.put("article", json(version.article()));
        out.put("duty", json(version.duty()));
        out.put("missing", missing().stream().map(Fact::name).toList());
        out.put("reasons", reasons().stream().map(Finding::json).toList());
        out.put("confidence", version.confidence());
        out.put("review", version.reviewed() ? "reviewed" : "draft");
        if (verdict == Verdict.FAIL || verdict == Verdict.REVIEW) {
            out.put("comply", json(version.comply()));
            out.put("evidence", json(version.evidence()));
        }
        if (version.fine() != null && version.sanction().finable()) {
            out.put("fine", json(version.fine()));
        }
        if (waiver != null) {
            out.put(
                    "waiver",
                    new TreeMap<>(Map.of(
                            "by",
                            waiver.by(),
                            "reason",
                            waiver.reason(),
                            "until",
                            waiver.until().toString())));
        }
        return out;
    }

    static Map<String, Object> json(BilingualText text) {
        return new TreeMap<>(Map.of("ko", text.ko(), "en", text.en()));
    }

    @Override
    public String toString() {
        return rule().id() + " " + verdict.word();
    }
}
