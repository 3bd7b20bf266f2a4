package dev.gaon.gov.law;

import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pack of rules says of one service on one day: a finding for each rule. The same profile, pack and day always give
 * the same assessment, byte for byte, whenever it is made; no clock is read. Immutable. It is no legal advice.
 */
public final class Assessment {

    private final ServiceProfile profile;
    private final RulePack pack;
    private final LocalDate asOf;
    private final FactValues values;
    private final List<Finding> findings;

    private Assessment(ServiceProfile profile, RulePack pack, LocalDate asOf) {
        this.profile = profile;
        this.pack = pack;
        this.asOf = asOf;
        this.values = pack.vocabulary().values(profile);
        List<Finding> all = new ArrayList<>(pack.rules().size());
        for (Rule rule : pack.rules()) {
            all.add(find(rule));
        }
        this.findings = Collections.unmodifiableList(all);
    }

    /**
     * Assesses a service.
     *
     * @param asOf the day whose law counts, in Asia/Seoul
     * @throws IllegalArgumentException if the profile uses a fact that the pack does not know, or facts that cannot hold
     *     together; the message names them and what may have been meant
     */
    public static Assessment of(ServiceProfile profile, RulePack pack, LocalDate asOf) {
        return new Assessment(profile, pack, asOf);
    }

    private Finding find(Rule rule) {
        Rule.Version version = rule.on(asOf);
        if (version == null) {
            return new Finding(rule.nearest(asOf), Verdict.NOT_IN_FORCE, values, null, null);
        }
        Verdict verdict = verdict(version, values);
        Grace grace = version.grace() == null || verdict == Verdict.NA || verdict == Verdict.PASS
                ? null
                : pack.graces().get(version.grace());
        return new Finding(
                version,
                verdict,
                values,
                grace != null && grace.runs(asOf) ? grace : null,
                verdict == Verdict.FAIL || verdict == Verdict.REVIEW ? waiver(rule) : null);
    }

    static Verdict verdict(Rule.Version version, FactValues values) {
        int applies = version.applies().eval(values);
        if (applies != Condition.TRUE) {
            return applies == Condition.FALSE ? Verdict.NA : Verdict.NEEDS_FACT;
        }
        int satisfied = version.satisfied().eval(values);
        if (satisfied == Condition.TRUE) {
            return Verdict.PASS;
        }
        int open = Condition.FALSE;
        for (Rule.Open each : version.open()) {
            if (each.about().equals("duty")) {
                open = Math.max(open, each.holds(values));
            }
        }
        if (open == Condition.TRUE) {
            return Verdict.REVIEW;
        }
        return satisfied == Condition.UNKNOWN
                ? Verdict.UNKNOWN
                : open == Condition.UNKNOWN ? Verdict.NEEDS_FACT : Verdict.FAIL;
    }

    private @Nullable Waiver waiver(Rule rule) {
        for (Waiver each : pack.waivers()) {
            if (each.covers(rule, profile.service(), asOf)) {
                return each;
            }
        }
        return null;
    }

    public ServiceProfile profile() {
        return profile;
    }

    public RulePack pack() {
        return pack;
    }

    /** The day whose law counted. */
    public LocalDate asOf() {
        return asOf;
    }

    /** One for each rule, by the rules' ids. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The finding of one rule.
     *
     * @throws IllegalArgumentException if the pack has no such rule
     */
    public Finding finding(String rule) {
        for (Finding each : findings) {
            if (each.rule().id().equals(rule)) {
                return each;
            }
        }
        throw new IllegalArgumentException("그런 규칙이 없습니다: " + rule + " / There is no such rule: " + rule);
    }

    /** True if a finable rule fails and nobody accepted it. */
    public boolean failsUnderFine() {
        return findings.stream().anyMatch(Finding::failsUnderFine);
    }

    /** True if a binding rule is undecided. */
    public boolean undecided() {
        return findings.stream().anyMatch(Finding::undecided);
    }

    /** The facts whose declaration may settle a finding, those that many findings wait for first. */
    public List<Fact> missing() {
        Map<Fact, Integer> waiting = new LinkedHashMap<>();
        for (Finding each : findings) {
            each.missing().forEach(fact -> waiting.merge(fact, 1, Integer::sum));
        }
        return waiting.entrySet().stream()
                .sorted(Map.Entry.<Fact, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    FactValues values() {
        return values;
    }

    /** What follows from the declared facts, by name: true, false, or null for unknown. */
    public Map<String, @Nullable Boolean> derived() {
        Map<String, @Nullable Boolean> out = new LinkedHashMap<>();
        for (Vocabulary.Derived each : pack.vocabulary().derived()) {
            int truth = values.truth(each);
            out.put(each.name(), truth == Condition.UNKNOWN ? null : truth == Condition.TRUE);
        }
        return out;
    }

    /** One document in canonical JSON (RFC 8785), with the digests of what decided. */
    public String toJson() {
        return CanonicalForm.write(json());
    }

    /** Of {@link #toJson()}, {@code sha256:...}: the same again for anybody who has profile, pack and day. */
    public String digest() {
        return "sha256:" + PackFiles.sha256(toJson().getBytes(StandardCharsets.UTF_8));
    }

    Map<String, Object> json() {
        Map<String, Object> out = new TreeMap<>();
        out.put("service", profile.service());
        out.put("asOf", asOf.toString());
        out.put("profileDigest", profile.digest());
        out.put("packDigest", pack.digest());
        out.put("facts", profile.facts());
        out.put("derived", new TreeMap<>(derived()));
        out.put("findings", findings.stream().map(Finding::json).toList());
        out.put("missing", missing().stream().map(Assessment::question).toList());
        out.put("failsUnderFine", failsUnderFine());
        out.put("undecided", undecided());
        return out;
    }

    private static Map<String, Object> question(Fact fact) {
        Map<String, Object> out = new TreeMap<>();
        out.put("fact", fact.name());
        out.put("question", Finding.json(fact.question()));
        return out;
    }

    @Override
    public String toString() {
        return profile.service() + " " + asOf + " " + pack.digest();
    }
}
