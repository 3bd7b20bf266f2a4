package dev.gaon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of a text in the form in which they are compared: lower case, full-width characters folded, English
 * words stemmed, and all of them written one after the other without spaces, with the place where each starts.
 *
 * <p>So {@code 인공지능 기본법} and {@code 인공지능기본법}, {@code HCX-007} and {@code hcx007}, {@code 제31조} and
 * {@code 31조} look the same to a search, and a match still knows whether it begins and ends with a word.
 * A buffer that its owner fills and clears; not safe for two threads.
 */
final class Words {

    /** What a word is made of; decides how it is compared. */
    static final byte HANGUL = 0;

    static final byte LATIN = 1;
    /** Digits, and the Hangul unit that follows them without a space: 31조, 2026년에. */
    static final byte NUMBER = 2;

    char[] chars = new char[256];
    int length;
    private int[] starts = new int[64];
    private byte[] kinds = new byte[64];
    /** Offset in the scanned text, for the caller who needs to know what stood before the word. */
    private int[] origins = new int[64];

    private int count;

    static Words of(String text) {
        Words words = new Words();
        words.scan(text, 0, text.length());
        return words;
    }

    /** All words without spaces: what a search runs over. */
    static String flat(String text) {
        Words words = of(text);
        return new String(words.chars, 0, words.length);
    }

    int count() {
        return count;
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return word + 1 < count ? starts[word + 1] : length;
    }

    byte kind(int word) {
        return kinds[word];
    }

    int origin(int word) {
        return origins[word];
    }

    String text(int word) {
        return new String(chars, start(word), end(word) - start(word));
    }

    List<String> texts() {
        List<String> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(text(i));
        }
        return all;
    }

    /** The word that covers this offset of {@link #chars}. */
    int wordAt(int offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Adds the words of a range. */
    void scan(CharSequence text, int from, int to) {
        int i = from;
        while (i < to) {
            char c = fold(text.charAt(i));
            if (isHangul(c)) {
                int end = i + 1;
                while (end < to && isHangul(text.charAt(end))) {
                    end++;
                }
                boolean ordinal = end - i == 1 && c == '제' && end < to && isDigit(fold(text.charAt(end)));
                if (!ordinal) {
                    begin(HANGUL, i);
                    append(text, i, end);
                }
                i = end;
            } else if (isDigit(c) || isLatin(c)) {
                i = alphanumeric(text, i, to);
            } else if (c > 127 && Character.isLetter(c)) {
                int end = i + 1;
                while (end < to
                        && text.charAt(end) > 127
                        && !isHangul(text.charAt(end))
                        && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                begin(HANGUL, i);
                append(text, i, end);
                i = end;
            } else {
                i++;
            }
        }
    }

    private int alphanumeric(CharSequence text, int from, int to) {
        begin(NUMBER, from);
        boolean letters = false;
        int i = from;
        while (i < to) {
            char c = fold(text.charAt(i));
            if (isLatin(c)) {
                letters = true;
                add(c);
            } else if (isDigit(c)) {
                add(c);
            } else if ((c == ',' || c == '.') && !letters && i + 1 < to && isDigit(fold(text.charAt(i + 1)))) {
                if (c == '.') {
                    add(c);
                }
            } else {
                break;
            }
            i++;
        }
        if (letters) {
            kinds[count - 1] = LATIN;
            length = EnglishWord.stem(chars, starts[count - 1], length);
            // "ministry's": the rest of a possessive or a contraction says nothing
            if (i + 1 < to && (text.charAt(i) == '\'' || text.charAt(i) == '’')) {
                int tail = i + 1;
                while (tail < to && tail - i < 4 && isLatin(fold(text.charAt(tail)))) {
                    tail++;
                }
                if (tail - i <= 3) {
                    i = tail;
                }
            }
        } else if (i < to && isHangul(text.charAt(i))) {
            int end = i;
            while (end < to && isHangul(text.charAt(end))) {
                end++;
            }
            append(text, i, end);
            i = end;
        }
        return i;
    }

    private void begin(byte kind, int origin) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
            origins = Arrays.copyOf(origins, count * 2);
        }
        starts[count] = length;
        kinds[count] = kind;
        origins[count] = origin;
        count++;
    }

    private void append(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            add(fold(text.charAt(i)));
        }
    }

    private void add(char c) {
        if (length == chars.length) {
            chars = Arrays.copyOf(chars, length * 2);
        }
        chars[length++] = c;
    }

    static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        if (isHangul(c)) {
            return c;
        }
        char narrow = c >= '\uFF01' && c <= '\uFF5E' ? (char) (c - 0xFEE0) : c;
        return Character.toLowerCase(narrow);
    }

    static boolean isHangul(char c) {
        return c >= '가' && c <= '힣';
    }

    static boolean hasHangul(String text) {
        return text.chars().anyMatch(c -> isHangul((char) c));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A folded letter of the Latin alphabet, accents included. */
    static boolean isLatin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'ß' && c <= 'ɏ' && c != '÷';
    }
}
