package dev.gaon;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that may stand for each other, from the lists beside the guides and in a user's folder: a line is a group,
 * its words separated by commas, {@code #} starts a comment. Immutable, safe on any thread.
 */
final class Synonyms {

    static final Synonyms NONE = new Synonyms(List.of());

    private final Map<String, Set<String>> groups = new HashMap<>();

    Synonyms(List<String> lists) {
        for (String list : lists) {
            for (String line : list.split("\n")) {
                if (!line.startsWith("#") && line.indexOf(',') > 0) {
                    group(line);
                }
            }
        }
    }

    private void group(String line) {
        Set<String> group = new LinkedHashSet<>();
        for (String word : line.split(",")) {
            group.add(Words.flat(word));
        }
        group.remove("");
        for (String word : group) {
            groups.computeIfAbsent(word, key -> new LinkedHashSet<>()).addAll(group);
        }
    }

    /** Words that may stand for this one, itself among them, as {@link Words} writes them; empty if unknown. */
    Set<String> of(String word) {
        return groups.getOrDefault(word, Set.of());
    }
}
