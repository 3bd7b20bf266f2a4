package dev.gaon;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the words that somebody who misspelt one may have meant. */
final class Nearest {

    private Nearest() {}

    /** The best {@code most} of them, best first; those that share too little are left out. */
    static List<String> to(String wanted, Collection<String> known, int most) {
        String want = simple(wanted);
        Map<String, Integer> distances = known.stream().distinct().collect(Collectors.toMap(word -> word, word -> {
            String have = simple(word);
            int distance = distance(want, have);
            return want.length() >= 3 && have.contains(want) ? Math.min(distance, 1) : distance;
        }));
        int limit = Math.max(2, want.length() / 2);
        return distances.entrySet().stream()
                .filter(entry -> entry.getValue() <= limit)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String simple(String word) {
        String cut = word.length() > 64 ? word.substring(0, 64) : word;
        return cut.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
