package dev.gaon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** General Korean and English word lists, read from {@code words.txt} when the first question comes. Immutable. */
final class WordLists {

    private static final Map<String, List<String>> LISTS = read();
    private static final Set<String> STOP = comparable("stop");
    private static final Set<String> WEAK = comparable("weak");
    private static final Set<String> ROLES = comparable("role");
    private static final Set<String> STOP_PREFIXES = Set.copyOf(new HashSet<>(list("stop.prefix")));
    private static final Map<String, String> VERBS = new HashMap<>();

    static final Set<String> PARTICLES = new HashSet<>(list("particle"));
    static final Set<String> ENDINGS = new HashSet<>(list("ending"));

    static {
        for (String pair : list("verb")) {
            int colon = pair.indexOf(':');
            VERBS.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
    }

    private WordLists() {}

    /** Whether a word of a question carries nothing: 무엇, 알려줘, "the". */
    static boolean isStop(String word) {
        for (int end = 1; end <= Math.min(4, word.length()); end++) {
            if (word.length() - end <= 5 && STOP_PREFIXES.contains(word.substring(0, end))) {
                return true;
            }
        }
        return STOP.contains(word);
    }

    /** Whether it carries little, so that it may be missing: 방법, "example". */
    static boolean isWeak(String stem) {
        return WEAK.contains(stem);
    }

    /** A post that a person holds. */
    static boolean isRole(String stem) {
        return ROLES.contains(stem);
    }

    /** The written stem of a spoken verb form (써도: 사용), or null. */
    static @Nullable String verb(String word) {
        for (int end = Math.min(3, word.length()); end > 0; end--) {
            String stem = VERBS.get(word.substring(0, end));
            int rest = word.length() - end;
            if (stem != null && rest <= (end == 1 ? 2 : 5)) {
                String tail = word.substring(end);
                if (rest <= 2 && end > 1 || "도야요면서은".contains(tail) || KoreanWord.verbStem("가" + tail) == 1) {
                    return stem;
                }
            }
        }
        return null;
    }

    static boolean any(String list, String text) {
        return find(list, text) < text.length();
    }

    /** Where the first word or phrase of the list stands in the text; its length if none does. */
    static int find(String list, String text) {
        int first = text.length();
        for (String mark : list(list)) {
            int at = text.indexOf(mark);
            first = at >= 0 ? Math.min(first, at) : first;
        }
        return first;
    }

    private static Set<String> comparable(String list) {
        return new HashSet<>(Words.of(String.join(" ", list(list))).texts());
    }

    private static List<String> list(String name) {
        return Objects.requireNonNull(LISTS.get(name), name);
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> lists = new HashMap<>();
        try (InputStream in = WordLists.class.getResourceAsStream("words.txt")) {
            List<String> list = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("[")) {
                    list = lists.computeIfAbsent(line.substring(1, line.indexOf(']')), name -> new ArrayList<>());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    for (String word : line.strip().split(" ")) {
                        list.add(word.replace('_', ' '));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lists;
    }
}
