package dev.gaon.gov.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts a run of text where its sentences and lines end. */
final class Pieces {

    /** Of one piece, in characters; a longer one is cut, with an overlap so that no sentence is lost. */
    static final int LONGEST = 1_000;

    /** Where a cell or a line of a block ends; no page holds it as white space of its source. */
    static final char BREAK = '\u2028';

    private static final int OVERLAP = 200;

    private Pieces() {}

    /** Sentences, without needless white space. */
    static List<String> of(CharSequence block) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < block.length(); i++) {
            char c = block.charAt(i);
            boolean space = Character.isWhitespace(c);
            if (space && piece.length() > 0 && (c == BREAK || ends(piece.charAt(piece.length() - 1)))) {
                add(piece, pieces);
            } else if (!space) {
                piece.append(c);
            } else if (piece.length() > 0 && !Character.isWhitespace(piece.charAt(piece.length() - 1))) {
                piece.append(' ');
            }
        }
        add(piece, pieces);
        return pieces;
    }

    private static boolean ends(char c) {
        return c == '.' || c == '!' || c == '?' || c == '。';
    }

    private static void add(StringBuilder piece, List<String> pieces) {
        String text = piece.toString().strip();
        piece.setLength(0);
        if (!text.isEmpty()) {
            pieces.addAll(cut(text));
        }
    }

    static List<String> cut(String text) {
        if (text.length() <= LONGEST) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); from += LONGEST - OVERLAP) {
            parts.add(text.substring(from, Math.min(text.length(), from + LONGEST)));
        }
        return parts;
    }

    /** Neighbouring lines or cells that both speak of a mark, as the name and the type in one row. */
    static List<String> joined(CharSequence block, Predicate<String> speaks) {
        List<String> joined = new ArrayList<>();
        String before = "";
        for (String line : block.toString().split(String.valueOf(BREAK))) {
            String here = String.join(" ", of(line));
            if (here.isEmpty()) {
                continue;
            }
            boolean speaking = here.length() < LONGEST && speaks.test(here);
            if (speaking && !before.isEmpty() && before.length() + here.length() < LONGEST) {
                joined.add(before + " " + here);
            }
            before = speaking ? here : "";
        }
        return joined;
    }
}
