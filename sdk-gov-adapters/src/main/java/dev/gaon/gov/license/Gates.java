package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What can stop a use whatever the licence, what raises a suspicion of it, and what is said of the evidence. Immutable. */
final class Gates {

    /**
     * @param outcomes at least this where the flag is true; a purpose left out is not touched
     * @param cure the flag that softens it; null if there is none
     * @param spares licences before which it only adds a note
     * @param holds licences that wait for a person while the flag is unknown
     */
    record Gate(
            String id,
            String flag,
            Map<Purpose, Outcome> outcomes,
            List<String> duties,
            @Nullable String cure,
            Outcome cured,
            Set<String> spares,
            Set<String> holds,
            BilingualText reason,
            List<BilingualText> law) {}

    /** @param outcome at least this; null only adds a note */
    record Note(String id, @Nullable Outcome outcome, List<String> duties, BilingualText reason) {}

    private record Hint(String flag, String place, List<Wildcard> values) {}

    private final List<Gate> gates = new ArrayList<>();
    private final List<Hint> hints = new ArrayList<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();

    Gates(PackFiles.Place top) {
        for (PackFiles.Place each : top.list("gates")) {
            gates.add(gate(each));
        }
        for (PackFiles.Place each : top.list("hints")) {
            each.only(Set.of("flag", "source", "field", "values"));
            List<Wildcard> values =
                    each.texts("values").stream().map(Wildcard::new).toList();
            for (String source : each.oneOrMore("source")) {
                hints.add(new Hint(each.text("flag"), Codes.place(source, each.text("field")), values));
            }
        }
        for (PackFiles.Place each : top.list("evidence")) {
            each.only(Set.of("id", "decision", "duties", "reason"));
            notes.put(
                    each.text("id"),
                    new Note(
                            each.text("id"),
                            each.has("decision") ? each.oneOf("decision", Outcome.values()) : null,
                            List.copyOf(each.texts("duties")),
                            each.bilingual("reason")));
        }
        for (Evidence each : Evidence.values()) {
            if (!notes.containsKey(each.id())) {
                throw top.at("evidence").wrong("빠졌습니다: " + each.id(), "missing: " + each.id());
            }
        }
    }

    private static Gate gate(PackFiles.Place at) {
        at.only(Set.of("id", "flag", "title", "true", "unknown", "reason", "law", "confidence", "review", "sources"));
        PackFiles.Place stated = at.at("true");
        stated.only(Set.of("decision", "duties", "cured", "spares"));
        Map<Purpose, Outcome> outcomes = new EnumMap<>(Purpose.class);
        stated.each("decision")
                .forEach((word, each) -> outcomes.put(
                        License.purpose(each, word), stated.at("decision").oneOf(word, Outcome.values())));
        PackFiles.Place cure = stated.at("cured");
        return new Gate(
                at.text("id"),
                at.text("flag"),
                outcomes,
                List.copyOf(stated.texts("duties")),
                stated.has("cured") ? cure.text("flag") : null,
                stated.has("cured") ? cure.oneOf("decision", Outcome.values()) : Outcome.DENY,
                Set.copyOf(stated.texts("spares")),
                Set.copyOf(at.at("unknown").texts("holds")),
                at.bilingual("reason"),
                at.list("law").stream().map(PackFiles.Place::bilingual).toList());
    }

    List<Gate> gates() {
        return gates;
    }

    Note note(Evidence id) {
        Note note = notes.get(id.id());
        if (note == null) {
            throw new IllegalStateException("checked when read: " + id);
        }
        return note;
    }

    @Nullable
    BilingualText reason(String id) {
        for (Gate each : gates) {
            if (each.id().equals(id)) {
                return each.reason();
            }
        }
        Note note = notes.get(id);
        return note == null ? null : note.reason();
    }

    Iterable<Note> notes() {
        return notes.values();
    }

    /** The flags that a claim makes one suspect. */
    Set<String> suspected(Claim claim) {
        String place = Codes.place(claim.source(), claim.field());
        Set<String> flags = new TreeSet<>();
        List<Hint> here =
                hints.stream().filter(each -> each.place().equals(place)).toList();
        String value = here.isEmpty() ? "" : MarkText.of(claim.value());
        for (Hint hint : here) {
            if (hint.values().stream().anyMatch(each -> each.matches(value))) {
                flags.add(hint.flag());
            }
        }
        return flags;
    }

    /** The sources and fields that hints speak of. */
    Set<String> signals() {
        Set<String> places = new HashSet<>();
        hints.forEach(each -> places.add(each.place()));
        return places;
    }

    Set<String> hinted() {
        Set<String> flags = new TreeSet<>();
        hints.forEach(each -> flags.add(each.flag()));
        return flags;
    }
}
