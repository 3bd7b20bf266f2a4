package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How each source writes licences. A value is read by the tables of its own source and field that were in use on the day it
 * was seen; the same code means opposite things elsewhere. Immutable.
 */
final class Codes {

    /** What a value says: licences, or something unknown, or both where it may deny what it names, or nothing of licences. */
    record Reading(Set<String> licenses, Set<String> flags, boolean unconfirmed, boolean unknown) {

        static final Reading UNKNOWN = new Reading(Set.of(), Set.of(), false, true);
        static final Reading NOTHING = new Reading(Set.of(), Set.of(), false, false);

        boolean says() {
            return unknown || !licenses.isEmpty();
        }
    }

    private record Value(List<String> licenses, Set<String> flags, boolean unconfirmed) {}

    private record Pattern(Wildcard key, Value value) {}

    private record Hit(List<Wildcard.Span> spans, Pattern pattern) {}

    private record Table(Days days, Map<String, Value> exact, List<Pattern> patterns, boolean otherwiseUnknown) {}

    private static final String ID = "{id}";
    private static final Set<String> KEYS = Set.of(
            "id",
            "source",
            "field",
            "from",
            "to",
            "ids",
            "forms",
            "names",
            "values",
            "like",
            "otherwise",
            "confidence",
            "notes",
            "sources");

    private final Map<String, List<Table>> tables = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<Wildcard> denials = new ArrayList<>();
    private final Set<String> signals;

    /** @param signals the sources and fields, as {@link #place} joins them, that speak of something other than licences */
    Codes(PackFiles.Place top, Map<String, License> licenses, Set<String> signals) {
        this.signals = signals;
        licenses.values().forEach(each -> each.names().forEach(name -> names.put(MarkText.of(name), each.id())));
        licenses.keySet().forEach(id -> ids.add(MarkText.of(id)));
        PackFiles.Place denied = top.at("denials");
        denied.only(Set.of("notes", "confidence", "values"));
        denied.texts("values").forEach(each -> denials.add(new Wildcard(each)));
        Map<String, PackFiles.Place> byId = new LinkedHashMap<>();
        top.list("tables").forEach(each -> byId.put(each.text("id"), each));
        for (PackFiles.Place each : top.list("tables")) {
            each.only(KEYS);
            String like = each.optional("like");
            PackFiles.Place values = like == null ? each : byId.get(like);
            if (values == null) {
                throw each.wrong("그런 표가 없습니다: " + like, "there is no such table: " + like);
            }
            Map<String, Value> exact = new HashMap<>();
            List<Pattern> patterns = new ArrayList<>();
            values.each("values").forEach((key, at) -> {
                if (Wildcard.is(key)) {
                    patterns.add(new Pattern(new Wildcard(key), value(at, licenses)));
                } else if (exact.putIfAbsent(MarkText.of(key), value(at, licenses)) != null) {
                    throw at.wrong("같은 값이 이미 있습니다", "the same value is there already");
                }
            });
            if (each.has("ids")) {
                List<String> forms = each.has("forms") ? each.texts("forms") : List.of(ID);
                licenses.values().stream()
                        .filter(license -> !license.addition())
                        .forEach(license ->
                                forms.forEach(form -> put(exact, form.replace(ID, license.id()), license.id())));
            }
            if (each.has("names")) {
                names.forEach((name, id) -> put(exact, name, id));
            }
            Table table = new Table(Days.of(each), exact, patterns, otherwise(each));
            for (String source : each.oneOrMore("source")) {
                tables.computeIfAbsent(place(source, each.text("field")), key -> new ArrayList<>())
                        .add(table);
            }
        }
    }

    /** What a table says itself comes first. */
    private static void put(Map<String, Value> exact, String text, String id) {
        exact.putIfAbsent(MarkText.of(text), new Value(List.of(id), Set.of(), false));
    }

    private static boolean otherwise(PackFiles.Place at) {
        String word = at.text("otherwise");
        if (!Set.of("unknown", "nothing").contains(word)) {
            throw at.wrong("otherwise는 unknown이나 nothing입니다", "otherwise is unknown or nothing");
        }
        return word.equals("unknown");
    }

    private static Value value(PackFiles.Place at, Map<String, License> licenses) {
        List<String> ids;
        Set<String> flags = new TreeSet<>();
        boolean unconfirmed = false;
        if (at.node().isTextual()) {
            ids = List.of(at.node().asText());
        } else {
            at.only(Set.of("licenses", "flags", "unconfirmed"));
            ids = at.texts("licenses");
            unconfirmed = at.node().path("unconfirmed").asBoolean();
            at.each("flags").forEach((flag, stated) -> {
                if (!stated.node().asBoolean()) {
                    throw stated.wrong("true만 적습니다", "only true is written");
                }
                flags.add(flag);
            });
        }
        for (String id : ids) {
            if (!licenses.containsKey(id)) {
                throw at.wrong("그런 라이선스가 없습니다: " + id, "there is no such licence: " + id);
            }
        }
        return new Value(ids, flags, unconfirmed);
    }

    static String place(String source, String field) {
        return source + "\n" + field;
    }

    Reading read(Claim claim, LocalDate seen) {
        List<Table> own = tables.get(place(claim.source(), claim.field()));
        if (own == null) {
            return withoutTable(claim, seen);
        }
        List<Table> live = own.stream().filter(each -> each.days().hold(seen)).toList();
        Reading found = read(live, MarkText.of(claim.value()));
        if (found != null) {
            return found;
        }
        boolean unknown = (live.isEmpty() ? own : live).stream().anyMatch(Table::otherwiseUnknown);
        return unknown ? Reading.UNKNOWN : Reading.NOTHING;
    }

    /** A licence may still be named in full; a code is not guessed, and what looks like a mark elsewhere is not trusted. */
    private Reading withoutTable(Claim claim, LocalDate seen) {
        String value = MarkText.of(claim.value());
        boolean license = claim.field().equals("license");
        if (license && names.containsKey(value)) {
            return new Reading(Set.of(names.get(value)), Set.of(), false, false);
        }
        boolean signal = signals.contains(place(claim.source(), claim.field()));
        if (!signal && (license || claim.field().equals("code"))) {
            return Reading.UNKNOWN;
        }
        // a field that nobody knows, for instance a misspelt one, hides neither a name nor a mark
        boolean page = tables.containsKey(place("html", claim.field()));
        boolean marked = (page ? List.of(claim.field()) : List.of("text", "href"))
                .stream().anyMatch(field -> read(live("html", field, seen), value) != null);
        return marked || (!page && !signal && (names.containsKey(value) || ids.contains(value)))
                ? Reading.UNKNOWN
                : Reading.NOTHING;
    }

    private List<Table> live(String source, String field, LocalDate seen) {
        return tables.getOrDefault(place(source, field), List.of()).stream()
                .filter(each -> each.days().hold(seen))
                .toList();
    }

    private @Nullable Reading read(List<Table> live, String value) {
        List<Value> said = new ArrayList<>();
        for (Table table : live) {
            Value exact = table.exact().get(value);
            if (exact != null) {
                said.add(exact);
            }
        }
        boolean denied = false;
        if (said.isEmpty()) {
            List<Hit> hits = new ArrayList<>();
            for (Table table : live) {
                for (Pattern each : table.patterns()) {
                    List<Wildcard.Span> spans = each.key().spans(value);
                    if (!spans.isEmpty()) {
                        hits.add(new Hit(spans, each));
                    }
                }
            }
            uncovered(hits, value.length())
                    .forEach(hit -> said.add(hit.pattern().value()));
            denied = denials.stream().anyMatch(each -> !each.spans(value).isEmpty());
        }
        if (said.isEmpty()) {
            return null;
        }
        Set<String> licenses = new TreeSet<>();
        Set<String> flags = new LinkedHashSet<>();
        boolean unconfirmed = false;
        for (Value each : said) {
            licenses.addAll(each.licenses());
            flags.addAll(each.flags());
            unconfirmed |= each.unconfirmed();
        }
        return new Reading(licenses, flags, unconfirmed, denied);
    }

    /** Those with a place of their own, outside every longer match: "type 1, no AI training" says both. */
    private static List<Hit> uncovered(List<Hit> hits, int length) {
        hits.sort(Comparator.comparingInt((Hit hit) -> -hit.pattern().key().letters()));
        List<Hit> kept = new ArrayList<>();
        int[] reach = new int[length + 1];
        for (int i = 0; i < hits.size(); ) {
            int letters = hits.get(i).pattern().key().letters();
            int next = i;
            for (; next < hits.size() && hits.get(next).pattern().key().letters() == letters; next++) {
                Hit hit = hits.get(next);
                if (!covered(hit, reach, i > 0)) {
                    kept.add(hit);
                }
            }
            for (; i < next; i++) {
                for (Wildcard.Span span : hits.get(i).spans()) {
                    reach[span.start()] = Math.max(reach[span.start()], span.end());
                }
            }
            for (int at = 1; at <= length; at++) {
                reach[at] = Math.max(reach[at], reach[at - 1]);
            }
        }
        return kept;
    }

    private static boolean covered(Hit hit, int[] reach, boolean anyLonger) {
        for (Wildcard.Span span : hit.spans()) {
            if (!anyLonger || reach[span.start()] < span.end()) {
                return false;
            }
        }
        return true;
    }
}
