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
        if (high == 0 && !hasHalves(piece)) {
            return piece;
        }
        StringBuilder text = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (high != 0 && Character.isLowSurrogate(c)) {
                text.append(high).append(c);
                high = 0;
                continue;
            }
            text.append(rest());
            if (Character.isHighSurrogate(c)) {
                high = c;
            } else {
                text.append(Character.isLowSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return text.toString();
    }

    private static boolean hasHalves(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            if (Character.isSurrogate(piece.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** What is left when no more comes: nothing, or the sign for a broken character. */
    String rest() {
        boolean broken = high != 0;
        high = 0;
        return broken ? String.valueOf(REPLACEMENT) : "";
    }
}
