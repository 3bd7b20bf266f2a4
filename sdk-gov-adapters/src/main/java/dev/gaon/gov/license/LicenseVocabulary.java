package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of the licence data: facts and where a work states them, purposes, and what stands for a work without a mark. */
final class LicenseVocabulary {

    static final Set<String> KEYS = Set.of("levels", "purposes", "facts", "unmarked");

    private static final String COUNTRY = "user.country";

    /** @param path where a work states it; null if it is found from its claims */
    private record Named(@Nullable String path, @Nullable String equal, BilingualText question) {}

    /** @param instead the purpose it is judged for where {@code when} holds; null if there is none */
    private record Use(
            BilingualText title,
            Map<String, Object> implies,
            Map<String, Object> when,
            @Nullable Purpose instead) {}

    private final Map<String, Named> facts = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private final Map<Purpose, Use> purposes = new EnumMap<>(Purpose.class);
    private final Map<String, String> unmarked = new LinkedHashMap<>();

    LicenseVocabulary(PackFiles.Place top) {
        List<String> levels = top.texts("levels");
        if (!levels.equals(List.of("item", "page", "dataset", "collection", "site"))) {
            throw top.at("levels")
                    .wrong("item, page, dataset, collection, site입니다", "item, page, dataset, collection, site");
        }
        top.each("facts").forEach((name, at) -> {
            at.only(Set.of("path", "equals", "title", "question"));
            String path = at.optional("path");
            if (at.has("equals") != COUNTRY.equals(path)) {
                throw at.wrong("equals는 " + COUNTRY + "에 씁니다", "equals goes with " + COUNTRY);
            }
            facts.put(name, new Named(path, at.optional("equals"), at.bilingual("question")));
            if (path != null) {
                paths.put(path, name);
            }
        });
        top.each("purposes").forEach((word, at) -> {
            at.only(Set.of("title", "implies", "instead"));
            PackFiles.Place instead = at.at("instead");
            purposes.put(
                    License.purpose(at, word),
                    new Use(
                            at.bilingual("title"),
                            at.has("implies") ? Facts.conditions(at.at("implies")) : Map.of(),
                            at.has("instead") ? Facts.conditions(instead.at("when")) : Map.of(),
                            at.has("instead") ? License.purpose(instead, instead.text("purpose")) : null));
        });
        if (purposes.size() < Purpose.values().length) {
            throw top.at("purposes").wrong("목적마다 있어야 합니다", "must have every purpose");
        }
        top.each("unmarked").forEach((kind, at) -> unmarked.put(kind, at.node().asText()));
        if (!unmarked.containsKey("otherwise")) {
            throw top.at("unmarked").wrong("otherwise가 있어야 합니다", "needs otherwise");
        }
    }

    boolean knows(String fact) {
        return facts.containsKey(fact);
    }

    @Nullable
    BilingualText question(String fact) {
        Named named = facts.get(fact);
        return named == null ? null : named.question();
    }

    /** Where a work declares a fact, for instance {@code user.country}; null if only its claims can tell. */
    @Nullable
    String path(String fact) {
        Named named = facts.get(fact);
        return named == null ? null : named.path();
    }

    Collection<String> unmarked() {
        return unmarked.values();
    }

    /** What stands for a work about whose licence nothing is said. */
    String unmarked(@Nullable String kind) {
        String otherwise = Objects.requireNonNull(unmarked.get("otherwise"));
        return kind == null ? otherwise : unmarked.getOrDefault(kind, otherwise);
    }

    BilingualText title(Purpose purpose) {
        return use(purpose).title();
    }

    /**
     * What the work declares.
     *
     * @throws IllegalArgumentException if it declares a fact that nobody knows
     */
    Facts facts(Work work) {
        Facts found = new Facts();
        work.facts().forEach((path, value) -> {
            String name = paths.get(path);
            if (name == null || path.equals(COUNTRY)) {
                throw new IllegalArgumentException(new BilingualText(
                                "저작물 " + work.id() + ": 모르는 사실입니다: " + path + ". 쓸 수 있는 이름: " + paths.keySet() + ".",
                                "Work " + work.id() + ": unknown fact: " + path + ". Known: " + paths.keySet() + ".")
                        .both());
            }
            found.put(name, value);
        });
        facts.forEach((name, named) -> {
            if (named.equal() != null && work.country() != null) {
                found.put(name, named.equal().equals(work.country()));
            }
        });
        return found;
    }

    /** The purpose that is judged: use declared commercial is no non-commercial training. */
    Purpose judged(Purpose purpose, Facts facts) {
        Use use = use(purpose);
        return use.instead() != null && Boolean.TRUE.equals(facts.hold(use.when())) ? use.instead() : purpose;
    }

    Map<String, Object> implied(Purpose purpose) {
        return use(purpose).implies();
    }

    private Use use(Purpose purpose) {
        return Objects.requireNonNull(purposes.get(purpose));
    }
}
