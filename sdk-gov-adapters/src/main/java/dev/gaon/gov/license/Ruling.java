package dev.gaon.gov.license;

import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what speaks for and against one use; the strictest word is the decision. One thread. */
final class Ruling {

    /**
     * @param from the licence, gate or note that says it
     * @param outcome at least this; null is only a note
     */
    record Part(
            String from,
            @Nullable Outcome outcome,
            List<String> duties,
            BilingualText reason,
            List<BilingualText> law) {}

    private static final List<Outcome> STRICTEST_FIRST =
            List.of(Outcome.DENY, Outcome.REVIEW, Outcome.ALLOW_WITH_DUTIES, Outcome.ALLOW);

    private final LicenseTerms terms;
    private final Set<Part> parts = new LinkedHashSet<>();
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> unstated = new TreeSet<>();
    private final Set<String> notes = new TreeSet<>();
    private final Set<String> more = new TreeSet<>();
    private @Nullable LocalDate since;

    Ruling(LicenseTerms terms) {
        this.terms = terms;
    }

    /** Rows that may hold decide if they agree; else a person must, once the facts are known. */
    void judge(String license, List<License.Row> rows, Facts facts) {
        List<License.Row> open = rows.stream()
                .filter(row -> !Boolean.FALSE.equals(facts.hold(row.when())))
                .toList();
        if (open.stream().map(License.Row::outcome).distinct().count() < 2) {
            open.forEach(row -> parts.add(new Part(license, row.outcome(), row.duties(), row.reason(), row.law())));
            return;
        }
        Gates.Note note = terms.gates().note(Evidence.FACT_MISSING);
        notes.add(note.id());
        Set<String> duties = new TreeSet<>();
        Set<BilingualText> law = new LinkedHashSet<>();
        for (License.Row row : open) {
            duties.addAll(row.duties());
            law.addAll(row.law());
            row.when().keySet().stream().filter(facts::unknown).forEach(missing::add);
        }
        parts.add(new Part(license, note.outcome(), List.copyOf(duties), note.reason(), List.copyOf(law)));
    }

    void duty(String id) {
        more.add(id);
    }

    /**
     * @param outcome at least this; null only notes it
     * @param duties whether its duties are due
     * @param flag what to declare; null if it is declared
     */
    void gate(Gates.Gate gate, @Nullable Outcome outcome, boolean duties, @Nullable String flag) {
        notes.add(gate.id());
        parts.add(new Part(gate.id(), outcome, duties ? gate.duties() : List.of(), gate.reason(), gate.law()));
        if (flag != null) {
            missing.add(flag);
        }
    }

    void unstated(String flag) {
        unstated.add(flag);
    }

    void note(Evidence id) {
        Gates.Note note = terms.gates().note(id);
        notes.add(note.id());
        parts.add(new Part(note.id(), note.outcome(), note.duties(), note.reason(), List.of()));
    }

    void keptSince(LocalDate day) {
        since = day;
        note(Evidence.KEPT_USE);
    }

    Outcome outcome() {
        Outcome strictest = duties(Outcome.REVIEW).isEmpty() ? Outcome.ALLOW : Outcome.ALLOW_WITH_DUTIES;
        for (Part each : parts) {
            strictest = each.outcome() == null ? strictest : strictest.stricter(each.outcome());
        }
        return strictest;
    }

    /** All that is due; of a refusal only what the refusal itself asks. */
    Set<String> duties(Outcome outcome) {
        Set<String> duties = new TreeSet<>(outcome == Outcome.DENY ? Set.of() : more);
        for (Part each : parts) {
            if (outcome != Outcome.DENY || each.outcome() == Outcome.DENY) {
                duties.addAll(each.duties());
            }
        }
        return duties;
    }

    /** What speaks, the strictest first. */
    List<Part> parts() {
        List<Part> sorted = new ArrayList<>();
        for (Outcome outcome : STRICTEST_FIRST) {
            parts.stream().filter(each -> each.outcome() == outcome).forEach(sorted::add);
        }
        parts.stream().filter(each -> each.outcome() == null).forEach(sorted::add);
        return sorted;
    }

    /** The facts that hold the decision open. */
    Set<String> missing() {
        return missing;
    }

    /** The flags that nobody has declared and that hold nothing open. */
    Set<String> unstated() {
        return unstated;
    }

    /** The gates and rules on evidence that spoke. */
    Set<String> notes() {
        return notes;
    }

    @Nullable
    LocalDate since() {
        return since;
    }
}
