package dev.gaon.gov.license;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the claims about one work say, as known on one day. The most specific level that says something decides; a less
 * specific one fills a gap and never loosens. What disagrees at one level all counts, so that the strictest wins.
 */
final class Marks {

    /** One claim and what its table makes of it. */
    record Read(Claim claim, LocalDate seen, Codes.Reading reading) {}

    private record Place(Level level, String license) {}

    private final LicenseTerms terms;
    private final Set<Read> used = new HashSet<>();
    private final Set<Evidence> notes = EnumSet.noneOf(Evidence.class);
    private final Set<String> flags = new TreeSet<>();
    private final Map<Level, Set<String>> bases = new EnumMap<>(Level.class);
    private final Map<Level, Set<String>> additions = new EnumMap<>(Level.class);
    private final Map<Place, List<Read>> support = new HashMap<>();
    private final Set<Level> unknown = EnumSet.noneOf(Level.class);

    private @Nullable Level level;
    private List<String> licenses = List.of();
    private final Set<String> outweighed = new TreeSet<>();
    private @Nullable String addition;
    private boolean lifts;

    private Marks(LicenseTerms terms) {
        this.terms = terms;
    }

    /** Every claim that was seen by a day, and its reading. */
    static List<Read> read(Work work, LocalDate asOf, LicenseTerms terms) {
        List<Read> all = new ArrayList<>();
        for (Claim claim : work.claims()) {
            LocalDate seen = claim.seen() != null ? claim.seen() : work.collected() != null ? work.collected() : asOf;
            if (!seen.isAfter(asOf)) {
                all.add(new Read(claim, seen, terms.codes().read(claim, seen)));
            }
        }
        return all;
    }

    static Marks of(List<Read> all, Work work, LocalDate day, LicenseTerms terms) {
        Marks marks = new Marks(terms);
        marks.latest(all, day).forEach(marks::take);
        marks.settle(work, day);
        marks.noteIf(marks.used.isEmpty() && all.size() < work.claims().size(), Evidence.LATER_ONLY);
        return marks;
    }

    /** A later reading of the same field of the same host replaces an earlier one, if it is sure of what it says. */
    private List<Read> latest(List<Read> all, LocalDate day) {
        Map<String, LocalDate> last = new HashMap<>();
        List<Read> saying = all.stream()
                .filter(each -> !each.seen().isAfter(day) && each.reading().says())
                .toList();
        saying.stream()
                .filter(this::sure)
                .forEach(each -> last.merge(field(each), each.seen(), (a, b) -> a.isAfter(b) ? a : b));
        return saying.stream()
                .filter(each -> !each.seen().isBefore(last.getOrDefault(field(each), LocalDate.MIN)))
                .toList();
    }

    private boolean sure(Read read) {
        return !read.reading().unknown()
                && !read.reading().unconfirmed()
                && read.reading().licenses().stream()
                        .allMatch(id -> terms.license(id).on(read.seen()) != null);
    }

    private static String field(Read read) {
        Claim claim = read.claim();
        return claim.level() + "\n" + Codes.place(claim.source(), claim.field()) + "\n" + Claim.site(claim.url());
    }

    private void take(Read read) {
        used.add(read);
        Level at = read.claim().at();
        if (read.reading().unknown()) {
            unknown.add(at);
        }
        flags.addAll(read.reading().flags());
        for (String id : read.reading().licenses()) {
            Map<Level, Set<String>> kind = terms.license(id).addition() ? additions : bases;
            kind.computeIfAbsent(at, key -> new TreeSet<>()).add(id);
            support.computeIfAbsent(new Place(at, id), key -> new ArrayList<>()).add(read);
        }
    }

    private void settle(Work work, LocalDate day) {
        Map<Level, Set<String>> firm = firm();
        Set<String> found = Set.of();
        if (!firm.isEmpty()) {
            Map.Entry<Level, Set<String>> first = firm.entrySet().iterator().next();
            level = first.getKey();
            found = first.getValue();
            firm.values().forEach(outweighed::addAll);
            outweighed.removeAll(found);
            Level here = first.getKey();
            noteIf(unknown.stream().anyMatch(each -> each.compareTo(here) <= 0), Evidence.CODE_UNKNOWN);
            noteIf(here.compareTo(Level.PAGE) > 0, Evidence.GAP_FILLED);
        } else if (additionSpeaks()) {
            noteIf(!unknown.isEmpty(), Evidence.CODE_UNKNOWN);
        } else if (!unknown.isEmpty()) {
            found = Set.of(terms.vocabulary().unmarked(null));
            noteIf(true, Evidence.CODE_UNKNOWN);
        } else {
            found = Set.of(terms.vocabulary().unmarked(work.publisherKind()));
        }
        licenses = distinct(found);
        noteIf(licenses.size() > 1, Evidence.CONFLICT);
        attach(day);
        if (level != null) {
            Level here = level;
            licenses.forEach(id -> weigh(here, id, day));
        }
    }

    /** The terms that stay once those that say little by themselves have given way. */
    private Map<Level, Set<String>> firm() {
        Map<Level, Set<String>> firm = new TreeMap<>();
        bases.forEach((at, ids) -> ids.forEach(id -> {
            boolean gives = switch (terms.license(id).yields()) {
                case NEVER -> false;
                case BESIDE -> others(at, License.Yields.NEVER);
                case ALWAYS -> others(Level.SITE, License.Yields.BESIDE);
            };
            if (!gives) {
                firm.computeIfAbsent(at, key -> new TreeSet<>()).add(id);
            }
        }));
        return firm;
    }

    private boolean others(Level downTo, License.Yields mostYielding) {
        return bases.entrySet().stream()
                .filter(each -> each.getKey().compareTo(downTo) <= 0)
                .flatMap(each -> each.getValue().stream())
                .anyMatch(id -> terms.license(id).yields().compareTo(mostYielding) <= 0);
    }

    /** Versions of one licence are one; the one named most exactly stands for them. */
    private List<String> distinct(Set<String> ids) {
        Map<String, String> byRoot = new TreeMap<>();
        for (String id : ids) {
            byRoot.merge(terms.license(id).root(), id, (a, b) -> a.startsWith("LicenseRef-") ? b : a);
        }
        return byRoot.values().stream().sorted().toList();
    }

    /** True if an addition stands where its mark speaks of the work. */
    private boolean additionSpeaks() {
        return additions.entrySet().stream()
                .anyMatch(at -> at.getValue().stream()
                        .anyMatch(id -> terms.license(id).levels().contains(at.getKey())));
    }

    /** An addition counts where it stands at the base's level or closer to the work; without a base, at the work. */
    private void attach(LocalDate day) {
        if (additions.isEmpty()) {
            return;
        }
        Map.Entry<Level, Set<String>> first = additions.entrySet().iterator().next();
        if (level == null ? !additionSpeaks() : first.getKey().compareTo(level) > 0) {
            noteIf(true, Evidence.ADDITION_IGNORED);
            return;
        }
        String id = first.getValue().iterator().next();
        addition = id;
        lifts = terms.license(id).levels().contains(first.getKey());
        weigh(first.getKey(), id, day);
    }

    private void weigh(Level at, String id, LocalDate day) {
        List<Read> reads = support.getOrDefault(new Place(at, id), List.of());
        License license = terms.license(id);
        noteIf(reads.stream().allMatch(each -> each.reading().unconfirmed()), Evidence.UNCONFIRMED);
        noteIf(!license.levels().contains(at), Evidence.LEVEL_NOT_COUNTED);
        noteIf(
                license.on(day) == null || reads.stream().allMatch(each -> license.on(each.seen()) == null),
                Evidence.NOT_IN_FORCE);
    }

    private void noteIf(boolean holds, Evidence note) {
        if (holds) {
            notes.add(note);
        }
    }

    /** What applies, by id; more than one is a conflict. Empty if only an addition was found. */
    List<String> licenses() {
        return licenses;
    }

    /** What only less specific levels name. */
    Set<String> outweighed() {
        return outweighed;
    }

    @Nullable
    String addition() {
        return addition;
    }

    /** True if the addition speaks of the work; elsewhere it adds its bars and lifts none of the base's. */
    boolean lifts() {
        return lifts;
    }

    Set<Evidence> notes() {
        return notes;
    }

    /** The flags that a value itself states, such as third-party rights in a label. */
    Set<String> flags() {
        return flags;
    }

    /** True if a claim settles the terms. */
    boolean marked() {
        return level != null;
    }

    /** The claims that count. */
    Set<Read> used() {
        return used;
    }
}
