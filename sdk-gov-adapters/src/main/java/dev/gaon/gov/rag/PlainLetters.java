package dev.gaon.gov.rag;

import java.text.Normalizer;

/**
 * A text as it is compared: letters and digits in NFKC and lower case, and nothing else. White space, punctuation, invisible
 * characters, half and full width, and composed or decomposed Hangul make no difference. Takes a text in pieces, which may
 * end anywhere; used by one thread.
 */
final class PlainLetters {

    /** Takes the letters one by one. */
    @FunctionalInterface
    interface Sink {
        /**
         * The next letter.
         *
         * @param start where the character that it stands for starts in the text
         * @param end where that ends
         */
        void letter(char letter, int start, int end);
    }

    /** A base and its marks; more marks than this are no writing, and would be slow to put in order. */
    private static final int LONGEST_CLUSTER = 32;

    private final Sink sink;
    private final StringBuilder cluster = new StringBuilder();
    private int start;
    private int at;

    PlainLetters(Sink sink) {
        this.sink = sink;
    }

    /** Hands on what is certain; the last character may still change and waits. */
    void append(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean half = Character.isLowSurrogate(c);
            if (!cluster.isEmpty() && !half && (!joins(c) || cluster.length() >= LONGEST_CLUSTER)) {
                flush();
            }
            if (cluster.isEmpty()) {
                start = at;
            }
            cluster.append(c);
            at++;
        }
    }

    /** The text has ended. */
    void end() {
        if (!cluster.isEmpty()) {
            flush();
        }
    }

    /** Vowels and finals of decomposed Hangul, and combining marks. */
    private static boolean joins(char c) {
        if (c >= '\u1160' && c <= '\u11ff' || c >= '\ud7b0' && c <= '\ud7fb') {
            return true;
        }
        int type = c < '\u0300' ? Character.UNASSIGNED : Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private void flush() {
        int end = start + cluster.length();
        char first = cluster.charAt(0);
        if (cluster.length() == 1 && (first >= '가' && first <= '힣' || first < '\u0080')) {
            if (Character.isLetterOrDigit(first)) {
                sink.letter(Character.toLowerCase(first), start, end);
            }
        } else {
            String plain = Normalizer.normalize(cluster, Normalizer.Form.NFKC);
            plain.codePoints().filter(Character::isLetterOrDigit).forEach(each -> {
                int letter = Character.toLowerCase(Character.toUpperCase(each));
                for (char c : Character.toChars(letter)) {
                    sink.letter(c, start, end);
                }
            });
        }
        cluster.setLength(0);
    }

    /** All of a text at once. */
    static String of(CharSequence text) {
        StringBuilder out = new StringBuilder();
        PlainLetters letters = new PlainLetters((letter, start, end) -> out.append(letter));
        letters.append(text);
        letters.end();
        return out.toString();
    }
}
