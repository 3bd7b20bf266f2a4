package dev.gaon;

import java.util.ArrayList;
import java.util.List;

/** Cuts long texts for servers that take short ones; the pieces joined are the text. */
final class TextPieces {

    /** Where to cut, best first. */
    private static final List<String> BREAKS = List.of("\n\n", "\n", ". ", " ");

    private TextPieces() {}

    /** At the end of a paragraph if one ends in the second half of what is allowed, else of a line, sentence or word. */
    static List<String> of(String text, int most) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (text.length() - from > most) {
            int to = end(text, from, most);
            pieces.add(text.substring(from, to));
            from = to;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private static int end(String text, int from, int most) {
        for (String mark : BREAKS) {
            int at = text.lastIndexOf(mark, from + most - mark.length());
            if (at >= from + most / 2) {
                return at + mark.length();
            }
        }
        int to = from + most;
        return Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }
}
