package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one licence, or of one state without a licence, with every version they have had. Immutable.
 *
 * @param addition true if it stands beside another licence, as the AI type of KOGL does
 * @param levels where its mark speaks of a work; elsewhere it needs a person
 * @param yields when it gives way to other terms
 */
record License(
        String id,
        BilingualText title,
        String family,
        boolean addition,
        Set<Level> levels,
        Yields yields,
        List<String> names,
        List<Version> versions) {

    enum Yields {
        NEVER,
        /** To terms at the same or a more specific level. */
        BESIDE,
        /** To terms at any level. */
        ALWAYS
    }

    /** What is decided where the facts hold; exactly one row of a purpose holds for any facts. */
    record Row(
            Map<String, Object> when,
            Outcome outcome,
            List<String> duties,
            BilingualText reason,
            List<BilingualText> law) {}

    /** @param like the licence whose purposes of the same day are these; null if it has its own */
    record Version(Days days, @Nullable String like, Map<Purpose, List<Row>> purposes, boolean reviewed) {}

    private static final Set<String> KEYS =
            Set.of("id", "title", "family", "addition", "levels", "yields", "names", "versions");
    private static final Set<String> VERSION_KEYS =
            Set.of("from", "to", "grants", "like", "purposes", "excludes", "open", "confidence", "review", "sources");

    static License read(PackFiles pack, String path) {
        PackFiles.Place top = pack.read(path, KEYS);
        String id = top.text("id");
        if (!path.equals("terms/" + id + ".json")) {
            throw top.wrong("terms/ID.json에 있어야 합니다: " + id, "must be at terms/ID.json: " + id);
        }
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (PackFiles.Place each : top.list("levels")) {
            levels.add(level(each));
        }
        List<Version> versions = new ArrayList<>();
        for (PackFiles.Place each : top.list("versions")) {
            Version version = version(each);
            if (versions.stream().anyMatch(other -> other.days().overlap(version.days()))) {
                throw each.wrong("판이 겹칩니다", "versions overlap");
            }
            versions.add(version);
        }
        if (versions.isEmpty()) {
            throw top.wrong("판이 하나는 있어야 합니다", "needs a version");
        }
        return new License(
                id,
                top.bilingual("title"),
                top.text("family"),
                Boolean.TRUE.equals(top.optionalBoolean("addition")),
                levels.isEmpty() ? EnumSet.allOf(Level.class) : levels,
                top.has("yields") ? top.oneOf("yields", Yields.values()) : Yields.NEVER,
                List.copyOf(top.texts("names")),
                List.copyOf(versions));
    }

    private static Level level(PackFiles.Place at) {
        for (Level each : Level.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(at.node().asText())) {
                return each;
            }
        }
        throw at.wrong("모르는 수준입니다", "unknown level");
    }

    private static Version version(PackFiles.Place at) {
        at.only(VERSION_KEYS);
        if (at.has("like") == at.has("purposes")) {
            throw at.wrong("like와 purposes 가운데 하나만 있어야 합니다", "has either like or purposes");
        }
        Map<Purpose, List<Row>> purposes = new EnumMap<>(Purpose.class);
        at.each("purposes").forEach((word, rows) -> {
            List<Row> read = new ArrayList<>();
            for (PackFiles.Place each : at.at("purposes").list(word)) {
                read.add(row(each));
            }
            purposes.put(purpose(rows, word), List.copyOf(read));
        });
        if (at.has("purposes") && purposes.size() < Purpose.values().length) {
            throw at.at("purposes").wrong("목적마다 있어야 합니다", "must have every purpose");
        }
        return new Version(
                Days.of(at),
                at.optional("like"),
                purposes,
                at.at("review").text("state").equals("reviewed"));
    }

    private static Row row(PackFiles.Place at) {
        at.only(Set.of("when", "decision", "duties", "reason", "law"));
        return new Row(
                Facts.conditions(at.at("when")),
                at.oneOf("decision", Outcome.values()),
                List.copyOf(at.texts("duties")),
                at.bilingual("reason"),
                at.list("law").stream().map(PackFiles.Place::bilingual).toList());
    }

    static Purpose purpose(PackFiles.Place at, String word) {
        for (Purpose each : Purpose.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw at.wrong("모르는 목적입니다: " + word, "unknown purpose: " + word);
    }

    /** The version in force on a day; null if there is none. */
    @Nullable
    Version on(LocalDate day) {
        for (Version each : versions) {
            if (each.days().hold(day)) {
                return each;
            }
        }
        return null;
    }

    /** Whose terms these are: two versions of one licence are no conflict. */
    String root() {
        String like = versions.get(0).like();
        return like == null ? id : like;
    }
}
