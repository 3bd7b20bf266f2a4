package dev.gaon;

import java.util.Arrays;
import java.util.Set;

/**
 * Where the sentences of a section start and end: offsets into its text. Immutable.
 *
 * <p>A block never shares a sentence with the next one. Dates such as {@code 2026. 1. 22.}, version numbers,
 * initials and common abbreviations do not end a sentence. A sentence without an end is cut at a space after
 * {@value #MAX_LENGTH} characters, so that a quote stays a quote.
 */
final class Sentences {

    static final int MAX_LENGTH = 600;

    private static final Set<String> ABBREVIATIONS = Set.of(
            "e.g", "i.e", "etc", "art", "arts", "no", "vs", "dr", "mr", "ms", "mrs", "st", "fig", "sec", "para", "cf",
            "inc", "ltd", "co", "approx");

    private int[] bounds = new int[16];
    private int count;

    private Sentences() {}

    static Sentences of(String text) {
        Sentences found = new Sentences();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf("\n\n", start);
            if (end < 0) {
                end = text.length();
            }
            found.block(text, start, end);
            start = end + 2;
        }
        found.bounds = Arrays.copyOf(found.bounds, found.count * 2);
        return found;
    }

    int count() {
        return count;
    }

    int start(int sentence) {
        return bounds[2 * sentence];
    }

    int end(int sentence) {
        return bounds[2 * sentence + 1];
    }

    private void block(String text, int from, int to) {
        if (text.startsWith("    ", from)) {
            piece(text, from, to);
            return;
        }
        int start = from + marker(text, from, to);
        for (int i = start; i < to; i++) {
            char c = text.charAt(i);
            if ((c == '.' || c == '?' || c == '!' || c == '。') && ends(text, start, i, to)) {
                int end = i + 1;
                while (end < to && isClosing(text.charAt(end))) {
                    end++;
                }
                piece(text, start, end);
                start = end;
                i = end - 1;
            }
        }
        piece(text, start, to);
    }

    /** Length of a list marker ("- ", "* ", "1. ", "2) ") at the start of a block. */
    static int marker(String text, int from, int to) {
        int i = from;
        while (i < to && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        int mark = i;
        while (i < to && i - mark < 3 && isDigit(text.charAt(i))) {
            i++;
        }
        boolean numbered = i > mark && i + 1 < to && (text.charAt(i) == '.' || text.charAt(i) == ')');
        boolean bullet = i == mark && i + 1 < to && "-*+•".indexOf(text.charAt(i)) >= 0;
        boolean spaced = (numbered || bullet) && text.charAt(i + 1) == ' ';
        // "2026. 1. 22. 시행": a date, not the item of a list
        boolean date = numbered && spaced && i + 2 < to && isDigit(text.charAt(i + 2));
        return spaced && !date ? i + 2 - from : 0;
    }

    private static boolean ends(String text, int start, int at, int to) {
        int next = at + 1;
        while (next < to && isClosing(text.charAt(next))) {
            next++;
        }
        if (next < to && !Character.isWhitespace(text.charAt(next))) {
            return text.charAt(at) == '。';
        }
        if (text.charAt(at) != '.' || next >= to) {
            return true;
        }
        while (next < to && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        char before = at > start ? text.charAt(at - 1) : ' ';
        if (next < to && isDigit(before)) {
            char after = text.charAt(next);
            return !isDigit(after) && !Words.isHangul(after) && after != '(' && after != '~' && after != '-';
        }
        int word = at;
        while (word > start && (isLatin(text.charAt(word - 1)) || text.charAt(word - 1) == '.')) {
            word--;
        }
        boolean initial = at - word == 1 && Character.isUpperCase(before);
        return !initial
                && (at - word == 0
                        || at - word > 6
                        || !ABBREVIATIONS.contains(text.substring(word, at).toLowerCase(java.util.Locale.ROOT)));
    }

    private void piece(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        while (end - start > MAX_LENGTH) {
            int cut = start + MAX_LENGTH;
            while (cut > start + MAX_LENGTH / 2 && !Character.isWhitespace(text.charAt(cut))) {
                cut--;
            }
            if (!Character.isWhitespace(text.charAt(cut))) {
                cut = start + MAX_LENGTH;
            }
            if (Character.isLowSurrogate(text.charAt(cut))) {
                cut--;
            }
            add(start, cut);
            start = cut;
            while (start < end && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
        }
        if (end > start) {
            add(start, end);
        }
    }

    private void add(int start, int end) {
        if (bounds.length < 2 * count + 2) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }

    private static boolean isClosing(char c) {
        return c == ')' || c == '"' || c == '\'' || c == '”' || c == '’' || c == '」' || c == '』' || c == ']'
                || c == '`';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLatin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
