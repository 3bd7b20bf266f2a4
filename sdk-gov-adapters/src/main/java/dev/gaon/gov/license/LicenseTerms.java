package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What licences allow, as dated data under one digest: terms, duties, gates that stand apart from any licence, and how each
 * source writes licences. Immutable and safe to share; reading it takes some milliseconds, so keep it.
 *
 * <p>The terms are drafts of nobody's sign-off, and no legal advice.
 */
public final class LicenseTerms {

    private static final String ROOT = "dev/gaon/gov/licenses";
    private static final Pattern DATA = Pattern.compile("(vocabulary|duties|gates|codes)\\.json|terms/[^/]+\\.json");
    private static final int MOST_COMBINATIONS = 4_096;

    private final String digest;
    private final LicenseVocabulary vocabulary;
    private final Map<String, License> licenses = new TreeMap<>();
    private final Map<String, BilingualText> duties = new TreeMap<>();
    private final Gates gates;
    private final Codes codes;

    private LicenseTerms(PackFiles pack) {
        digest = pack.digest();
        vocabulary = new LicenseVocabulary(pack.read("vocabulary.json", LicenseVocabulary.KEYS));
        PackFiles.Place listed = pack.read("duties.json", Set.of("duties"));
        listed.each("duties").forEach((id, at) -> {
            at.only(Set.of("title", "text", "due", "sources"));
            duties.put(id, at.bilingual("text"));
        });
        for (String path : pack.files().keySet()) {
            if (path.startsWith("terms/")) {
                License license = License.read(pack, path);
                licenses.put(license.id(), license);
            }
        }
        PackFiles.Place top = pack.read("gates.json", Set.of("gates", "hints", "evidence"));
        gates = new Gates(top);
        PackFiles.Place tables = pack.read("codes.json", Set.of("matching", "otherwise", "denials", "tables"));
        codes = new Codes(tables, licenses, gates.signals());
        licenses.values().forEach(each -> check(pack, each));
        checkGates(top);
        for (String id : vocabulary.unmarked()) {
            if (!licenses.containsKey(id)) {
                throw top.wrong("그런 라이선스가 없습니다: " + id, "there is no such licence: " + id);
            }
        }
    }

    /** The terms that come with this library. */
    public static LicenseTerms bundled() {
        return new LicenseTerms(PackFiles.bundled(ROOT));
    }

    /**
     * The terms in a folder with a {@code pack.json}, instead of those that come with this library.
     *
     * @throws IllegalArgumentException if a file is missing, wrong or not what the digest says; the message names file and
     *     place
     */
    public static LicenseTerms in(Path folder) {
        return new LicenseTerms(PackFiles.in(folder));
    }

    static LicenseTerms of(PackFiles pack) {
        return new LicenseTerms(pack);
    }

    /**
     * Writes the list and digest of a folder's files into its {@code pack.json}, which names {@code id}, {@code version}
     * and {@code title}.
     *
     * @return the digest
     */
    public static String seal(Path folder) {
        return PackFiles.seal(folder, path -> DATA.matcher(path).matches());
    }

    private void check(PackFiles pack, License license) {
        PackFiles.Place at =
                pack.read("terms/" + license.id() + ".json", pack.names("terms/" + license.id() + ".json"));
        for (License.Version version : license.versions()) {
            License like = version.like() == null ? null : licenses.get(version.like());
            if (version.like() != null
                    && (like == null || like.versions().get(0).like() != null)) {
                throw at.wrong("like가 가리키는 조건이 없습니다", "like names no terms of its own");
            }
            version.purposes().forEach((purpose, rows) -> {
                for (License.Row row : rows) {
                    known(at, row.duties());
                    if (row.outcome() == Outcome.ALLOW && !row.duties().isEmpty()) {
                        throw at.wrong("ALLOW에는 의무가 없습니다", "ALLOW has no duties");
                    }
                }
                coverEverything(at, purpose, rows);
            });
        }
    }

    private void known(PackFiles.Place at, List<String> ids) {
        for (String id : ids) {
            if (!duties.containsKey(id)) {
                throw at.wrong("그런 의무가 없습니다: " + id, "there is no such duty: " + id);
            }
        }
    }

    /** Exactly one row must hold for any facts, or a work could fall between them. */
    private void coverEverything(PackFiles.Place at, Purpose purpose, List<License.Row> rows) {
        Map<String, Set<Object>> choices = new TreeMap<>();
        for (License.Row row : rows) {
            row.when().forEach((name, value) -> {
                if (!vocabulary.knows(name)) {
                    throw at.wrong("모르는 사실입니다: " + name, "unknown fact: " + name);
                }
                Set<Object> values = choices.computeIfAbsent(name, key -> new HashSet<>());
                values.addAll(value instanceof List<?> list ? list : List.of(true, false));
            });
        }
        List<Facts> all = new ArrayList<>(List.of(new Facts()));
        choices.forEach((name, values) -> {
            List<Facts> next = new ArrayList<>();
            all.forEach(facts -> values.forEach(value -> next.add(facts.with(name, value))));
            all.clear();
            all.addAll(next.subList(0, Math.min(next.size(), MOST_COMBINATIONS)));
        });
        for (Facts facts : all) {
            if (rows.stream()
                            .filter(row -> Boolean.TRUE.equals(facts.hold(row.when())))
                            .count()
                    != 1) {
                throw at.wrong(
                        purpose.word() + "의 줄이 겹치거나 빠졌습니다",
                        "the rows of " + purpose.word() + " overlap or leave a gap");
            }
        }
    }

    private void checkGates(PackFiles.Place top) {
        Set<String> flags = new TreeSet<>(gates.hinted());
        Set<String> named = new TreeSet<>();
        for (Gates.Gate each : gates.gates()) {
            flags.add(each.flag());
            if (each.cure() != null) {
                flags.add(each.cure());
            }
            known(top, each.duties());
            named.addAll(each.holds());
            named.addAll(each.spares());
        }
        gates.notes().forEach(each -> known(top, each.duties()));
        for (String flag : flags) {
            if (!vocabulary.knows(flag)) {
                throw top.wrong("모르는 사실입니다: " + flag, "unknown fact: " + flag);
            }
        }
        for (String id : named) {
            if (!licenses.containsKey(id)) {
                throw top.wrong("그런 라이선스가 없습니다: " + id, "there is no such licence: " + id);
            }
        }
    }

    /** Of all that decides, {@code sha256:...}. */
    public String digest() {
        return digest;
    }

    /** The ids of the licences and states that it knows, SPDX ids where there are any. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(licenses.keySet());
    }

    /** What a licence is called; null if there is none of this id. */
    public @Nullable BilingualText title(String id) {
        License license = licenses.get(id);
        return license == null ? null : license.title();
    }

    /** What a purpose is called. */
    public BilingualText title(Purpose purpose) {
        return vocabulary.title(purpose);
    }

    /**
     * What stands in the way of a work: what a licence is called, or why a gate or the evidence holds the work back; null if
     * there is none of this id.
     */
    public @Nullable BilingualText obstacle(String id) {
        License license = licenses.get(id);
        return license == null ? gates.reason(id) : license.title();
    }

    /** What a duty asks, in words; null if there is none of this id. */
    public @Nullable BilingualText duty(String id) {
        return duties.get(id);
    }

    /** What to ask about a fact that a decision misses; null if there is none of this name. */
    public @Nullable BilingualText question(String fact) {
        return vocabulary.question(fact);
    }

    License license(String id) {
        License license = licenses.get(id);
        if (license == null) {
            throw new IllegalStateException("checked when read: " + id);
        }
        return license;
    }

    LicenseVocabulary vocabulary() {
        return vocabulary;
    }

    Gates gates() {
        return gates;
    }

    Codes codes() {
        return codes;
    }

    @Override
    public String toString() {
        return licenses.size() + " licences " + digest;
    }
}
