package dev.gaon.gov.license;

import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be done with works, by the terms it is given. Immutable and safe to share. The same work, purpose, day
 * and terms always give the same decision, byte for byte; no clock is read. It is no legal advice.
 */
public final class LicenseAudit {

    private static final String RECORD_ROUTE = "record-route";
    private static final String OTHER_BASE = "other";

    private final LicenseTerms terms;

    private LicenseAudit(LicenseTerms terms) {
        this.terms = terms;
    }

    public static LicenseAudit by(LicenseTerms terms) {
        return new LicenseAudit(terms);
    }

    /**
     * Decides one work.
     *
     * @param asOf the day that counts, in Asia/Seoul: what was seen later is not yet known
     * @throws IllegalArgumentException if the work declares a fact, or relies on a licence, that the terms do not know
     */
    public LicenseDecision decide(Work work, Purpose purpose, LocalDate asOf) {
        Known known = known(work, purpose, asOf);
        Marks now = Marks.of(known.reads(), work, asOf, terms);
        LicenseDecision decision = decide(known, asOf, now, now.flags());
        LocalDate since = work.usedSince();
        boolean again =
                since != null && work.collected() != null && work.collected().isAfter(since);
        if (since == null || again || !since.isBefore(asOf)) {
            return decision;
        }
        Marks then = Marks.of(known.reads(), work, since, terms);
        if (!then.marked()) {
            return decision;
        }
        // terms of before may go on; what is known of the work itself since then counts all the same
        Set<String> flags = new TreeSet<>(now.flags());
        flags.addAll(then.flags());
        LicenseDecision earlier = decide(known, since, then, flags);
        return earlier.decision().compareTo(decision.decision()) < 0 ? earlier : decision;
    }

    /** @param hints the readings that raise a suspicion */
    private record Known(
            Work work,
            Purpose purpose,
            LocalDate asOf,
            Facts facts,
            List<Marks.Read> reads,
            Set<String> suspected,
            Set<Marks.Read> hints) {}

    private Known known(Work work, Purpose purpose, LocalDate asOf) {
        Facts facts = terms.vocabulary().facts(work);
        String route = work.route();
        if (route != null && !terms.ids().contains(route)) {
            throw new IllegalArgumentException(new BilingualText(
                            "저작물 " + work.id() + ": 모르는 조건입니다: use.route " + route + ". LicenseRef-KOGL-1처럼 id를 적으세요.",
                            "Work " + work.id() + ": unknown terms: use.route " + route
                                    + ". Write an id such as LicenseRef-KOGL-1.")
                    .both());
        }
        List<Marks.Read> reads = Marks.read(work, asOf, terms);
        Set<String> suspected = new TreeSet<>();
        Set<Marks.Read> hints = new HashSet<>();
        for (Marks.Read each : reads) {
            Set<String> flags = terms.gates().suspected(each.claim());
            suspected.addAll(flags);
            if (!flags.isEmpty()) {
                hints.add(each);
            }
        }
        return new Known(work, purpose, asOf, facts, reads, suspected, hints);
    }

    private LicenseDecision decide(Known known, LocalDate day, Marks marks, Set<String> stated) {
        Facts facts = known.facts();
        for (String flag : stated) {
            facts = facts.with(flag, true);
        }
        Purpose purpose = terms.vocabulary().judged(known.purpose(), facts);
        for (Map.Entry<String, Object> each :
                terms.vocabulary().implied(purpose).entrySet()) {
            facts = facts.with(each.getKey(), each.getValue());
        }
        Ruling ruling = new Ruling(terms);
        String route = judge(ruling, known.work(), purpose, day, marks, facts);
        gates(ruling, purpose, marks, facts, known.suspected());
        marks.notes().forEach(ruling::note);
        Outcome reached = ruling.outcome();
        for (String id : marks.outweighed()) {
            Ruling other = new Ruling(terms);
            other.judge(id, rows(id, purpose, day), facts);
            if (reached.stricter(other.outcome()) != reached) {
                ruling.note(Evidence.OUTWEIGHED);
            }
        }
        if (day.isBefore(known.asOf())) {
            ruling.keptSince(day);
        }
        List<Marks.Read> evidence = known.reads().stream()
                .filter(each -> marks.used().contains(each) || known.hints().contains(each))
                .toList();
        return new LicenseDecision(known.work(), known.purpose(), known.asOf(), terms, marks, ruling, route, evidence);
    }

    /** @return the licence relied on */
    private @Nullable String judge(Ruling ruling, Work work, Purpose purpose, LocalDate day, Marks marks, Facts facts) {
        String addition = marks.addition();
        if (addition == null || terms.license(addition).on(day) == null) {
            marks.licenses().forEach(id -> ruling.judge(id, rows(id, purpose, day), facts));
            return null;
        }
        List<License.Row> rows = rows(addition, purpose, day);
        String route = null;
        for (String base : marks.licenses()) {
            String name = named(rows, base) ? base : OTHER_BASE;
            Facts beside = facts.with("base", name);
            boolean choice = rows.stream()
                    .anyMatch(row ->
                            row.duties().contains(RECORD_ROUTE) && !Boolean.FALSE.equals(beside.hold(row.when())));
            if (choice && base.equals(work.route())) {
                ruling.judge(base, rows(base, purpose, day), facts);
                ruling.duty(RECORD_ROUTE);
                route = base;
            } else {
                ruling.judge(addition, rows, beside);
                route = purpose.trains() ? addition : base;
            }
            if (name.equals(OTHER_BASE) || !marks.lifts()) {
                ruling.judge(base, rows(base, purpose, day), facts);
            }
        }
        if (marks.licenses().isEmpty()) {
            ruling.judge(addition, rows, facts);
        }
        return marks.licenses().size() == 1 ? route : null;
    }

    private static boolean named(List<License.Row> rows, String base) {
        return rows.stream().anyMatch(row -> row.when().get("base") instanceof List<?> bases && bases.contains(base));
    }

    private List<License.Row> rows(String id, Purpose purpose, LocalDate day) {
        License.Version version = terms.license(id).on(day);
        if (version != null && version.like() != null) {
            version = terms.license(version.like()).on(day);
        }
        return version == null ? List.of() : version.purposes().getOrDefault(purpose, List.of());
    }

    private void gates(Ruling ruling, Purpose purpose, Marks marks, Facts facts, Set<String> suspected) {
        for (Gates.Gate gate : terms.gates().gates()) {
            boolean spared = marks.addition() != null && gate.spares().contains(marks.addition());
            Outcome outcome = gate.outcomes().get(purpose);
            if (facts.is(gate.flag())) {
                if (outcome != null && !spared) {
                    Outcome cured = gate.cure() != null && facts.is(gate.cure()) ? gate.cured() : outcome;
                    ruling.gate(gate, cured, true, null);
                } else if (spared) {
                    ruling.gate(gate, null, false, null);
                }
            } else if (facts.unknown(gate.flag())) {
                boolean suspect = suspected.contains(gate.flag());
                boolean held = marks.licenses().stream().anyMatch(gate.holds()::contains);
                if (suspect && spared) {
                    ruling.gate(gate, null, false, null);
                } else if ((suspect && outcome != null) || held) {
                    ruling.gate(gate, Outcome.REVIEW, suspect, gate.flag());
                } else {
                    ruling.unstated(gate.flag());
                }
            }
        }
    }
}
