package dev.gaon.gov.claim;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds words of licences in one pass, whatever their number. Only letters and digits count, in lower case: words may be
 * spaced, quoted or parted by signs. Immutable and safe to share.
 */
final class Candidates {

    private static final int LETTER = 0;
    private static final int PASSED = 1;
    private static final int OWN = 2;
    // signs that may stand for letters, above all that have a column of their own
    private static final int ENTITY = 253;
    private static final int PERCENT = 254;
    private static final int JAMO = 255;
    private static final int FOUND = -1;
    private static final int LONGEST_ENTITY = 40;
    private static final String PERCENT_NAME = "percnt";

    /** Entities of HTML that are read without their semicolon and are no letters. */
    private static final Map<Character, List<String>> BARE_ENTITIES = Stream.of(
                    ("AMP COPY GT LT QUOT REG acute amp brvbar cedil cent copy curren deg divide frac12 frac14 frac34"
                                    + " gt iexcl iquest laquo lt macr micro middot nbsp not ordf ordm para plusmn pound quot raquo"
                                    + " reg sect shy sup1 sup2 sup3 times uml yen")
                            .split(" "))
            .collect(Collectors.groupingBy(name -> name.charAt(0)));

    private final byte[] symbols = new byte[1 << 16];
    private final int[] next;
    private final int width;

    Candidates(Collection<String> words) {
        Map<Character, Integer> alphabet = new TreeMap<>();
        List<String> keys = words.stream().map(Candidates::letters).distinct().toList();
        keys.forEach(key ->
                key.chars().forEach(c -> alphabet.computeIfAbsent((char) c, each -> OWN + alphabet.size())));
        width = OWN + alphabet.size();
        if (width > ENTITY) {
            throw new IllegalArgumentException("more than 250 different letters");
        }
        for (int c = 0; c < symbols.length; c++) {
            symbols[c] = (byte) symbol((char) c, alphabet);
        }
        List<int[]> rows = new ArrayList<>();
        rows.add(new int[width]);
        List<Boolean> ends = new ArrayList<>(List.of(false));
        for (String key : keys) {
            int state = 0;
            for (int i = 0; i < key.length(); i++) {
                int symbol = symbols[key.charAt(i)] & 0xFF;
                if (rows.get(state)[symbol] == 0) {
                    rows.get(state)[symbol] = rows.size();
                    rows.add(new int[width]);
                    ends.add(false);
                }
                state = rows.get(state)[symbol];
            }
            ends.set(state, true);
        }
        next = link(rows, ends);
    }

    private static int symbol(char c, Map<Character, Integer> alphabet) {
        if (c == '&') {
            return ENTITY;
        }
        if (c == '%') {
            return PERCENT;
        }
        if ((c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF)) {
            return JAMO;
        }
        char lower = Character.toLowerCase(c);
        return Character.isLetterOrDigit(lower) ? alphabet.getOrDefault(lower, LETTER) : PASSED;
    }

    /** Aho and Corasick: where a word breaks off, what is still open of another goes on. */
    private int[] link(List<int[]> rows, List<Boolean> ends) {
        boolean[] found = new boolean[rows.size()];
        int[] table = new int[rows.size() * width];
        int[] back = new int[rows.size()];
        Queue<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int state = open.remove();
            found[state] = ends.get(state) || found[back[state]];
            for (int symbol = 0; symbol < width; symbol++) {
                int own = symbol < OWN ? 0 : rows.get(state)[symbol];
                int behind = state == 0 ? 0 : table[back[state] * width + symbol];
                if (own != 0) {
                    back[own] = behind;
                    open.add(own);
                }
                table[state * width + symbol] = own != 0 ? own : symbol == PASSED ? state : behind;
            }
        }
        int[] flat = new int[table.length];
        for (int i = 0; i < table.length; i++) {
            flat[i] = found[table[i]] ? FOUND : table[i] * width;
        }
        return flat;
    }

    private static String letters(String word) {
        StringBuilder out = new StringBuilder();
        word.chars()
                .map(Character::toLowerCase)
                .filter(Character::isLetterOrDigit)
                .forEach(c -> out.append((char) c));
        return out.toString();
    }

    /** True if a word stands in a text as a reader sees it. */
    boolean in(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            int symbol = symbols[text.charAt(i)] & 0xFF;
            if (symbol >= ENTITY) {
                if (symbol == JAMO && !Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
                    return in(Normalizer.normalize(text, Normalizer.Form.NFC));
                }
                symbol = symbol == JAMO ? LETTER : PASSED;
            }
            state = next[state + symbol];
            if (state == FOUND) {
                return true;
            }
        }
        return false;
    }

    /**
     * False only if no word can stand in any text or attribute of a page, however it is written: with character references,
     * percent signs, or letters in parts. True says nothing yet.
     */
    boolean maybeIn(String html) {
        int state = 0;
        for (int i = 0; i < html.length(); i++) {
            int symbol = LETTER;
            // most letters are plain: a loop of their own is three times as fast
            for (; i < html.length(); i++) {
                symbol = symbols[html.charAt(i)] & 0xFF;
                if (symbol >= ENTITY) {
                    break;
                }
                state = next[state + symbol];
                if (state == FOUND) {
                    return true;
                }
            }
            if (symbol == JAMO) {
                return true;
            } else if (symbol == PERCENT) {
                int value = hex(html, i + 1);
                if (value >= 0x80 || Character.isLetterOrDigit(value)) {
                    return true;
                }
                if (value >= 0) {
                    if (passes(html, i + 1, i + 3, state)) {
                        return true;
                    }
                    i += 2;
                }
            } else if (symbol == ENTITY && i + 1 < html.length() && html.charAt(i + 1) == '#') {
                int end = numberEnd(html, i + 2);
                int c = number(html, i + 2, end);
                int of = c < 0x10000 ? symbols[c] & 0xFF : PASSED;
                if (of == JAMO || of == PERCENT) {
                    return true;
                }
                state = next[state + (of == ENTITY ? PASSED : of)];
                if (state == FOUND) {
                    return true;
                }
                i = end - 1;
            } else if (symbol == ENTITY) {
                int end = entityEnd(html, i + 1);
                if (end < 0 || html.startsWith(PERCENT_NAME, i + 1) || passes(html, i + 1, end, state)) {
                    return true;
                }
                i = end - 1;
            }
        }
        return false;
    }

    /** Reads on as if this were plain letters; the caller then goes on as if it were none. */
    private boolean passes(String html, int from, int to, int state) {
        int here = state;
        for (int i = from; i < to; i++) {
            int symbol = symbols[html.charAt(i)] & 0xFF;
            here = next[here + (symbol >= ENTITY ? PASSED : symbol)];
            if (here == FOUND) {
                return true;
            }
        }
        return false;
    }

    /** Past a named reference, or where the sign begins none; -1 where it could be read in two ways. */
    private static int entityEnd(String html, int from) {
        int most = Math.min(html.length(), from + LONGEST_ENTITY);
        int end = from;
        while (end < most && plain(html.charAt(end))) {
            end++;
        }
        if (end == from) {
            return from;
        }
        int longest = 0;
        for (String name : BARE_ENTITIES.getOrDefault(html.charAt(from), List.of())) {
            if (name.length() > longest && html.startsWith(name, from)) {
                longest = name.length();
            }
        }
        if (end < html.length() && html.charAt(end) == ';') {
            return longest == 0 || longest == end - from ? end + 1 : -1;
        }
        return from + longest;
    }

    private static boolean plain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static int numberEnd(String html, int from) {
        int end = from < html.length() && (html.charAt(from) == 'x' || html.charAt(from) == 'X') ? from + 1 : from;
        int radix = end > from ? 16 : 10;
        while (end < html.length() && html.charAt(end) < 0x80 && Character.digit(html.charAt(end), radix) >= 0) {
            end++;
        }
        return end < html.length() && html.charAt(end) == ';' ? end + 1 : end;
    }

    private static int number(String html, int from, int end) {
        boolean sixteen = from < end && Character.toLowerCase(html.charAt(from)) == 'x';
        int value = 0;
        for (int i = sixteen ? from + 1 : from; i < end && html.charAt(i) != ';'; i++) {
            value = Math.min(0x110000, value * (sixteen ? 16 : 10) + Character.digit(html.charAt(i), 16));
        }
        return value;
    }

    /** The byte that two hexadecimal digits name; -1 where there are none. */
    static int hex(String html, int at) {
        if (at + 1 >= html.length()) {
            return -1;
        }
        int high = Character.digit(html.charAt(at), 16);
        int low = Character.digit(html.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
