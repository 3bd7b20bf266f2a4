package dev.gaon;

/**
 * Joins characters that a server split over two pieces of text: half a surrogate pair waits for its other half. A half
 * that stays alone becomes U+FFFD. Used by one thread.
 */
final class WholeCharacters {

    private static final char REPLACEMENT = '\uFFFD';

    private char high;

    /** The text as far as its characters are whole; may be empty. */
    String next(String piece) {
        char first = piece.charAt(0);
        char last = piece.charAt(piece.length() - 1);
        if (high == 0 && !Character.isLowSurrogate(first) && !Character.isHighSurrogate(last)) {
            return piece;
        }
        StringBuilder text = new StringBuilder(piece.length() + 1);
        if (high != 0) {
            text.append(Character.isLowSurrogate(first) ? high : REPLACEMENT).append(piece);
        } else {
            text.append(piece);
            if (Character.isLowSurrogate(first)) {
                text.setCharAt(0, REPLACEMENT);
            }
        }
        high = Character.isHighSurrogate(last) ? last : 0;
        if (high != 0) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    /** What is left when no more comes: nothing, or the sign for a broken character. */
    String rest() {
        boolean broken = high != 0;
        high = 0;
        return broken ? String.valueOf(REPLACEMENT) : "";
    }
}
