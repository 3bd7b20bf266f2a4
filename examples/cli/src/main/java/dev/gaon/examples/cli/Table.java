package dev.gaon.examples.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells as plain text. Hangul takes two columns, lines are broken at spaces, and a word that is too long after a
 * hyphen, underscore, comma or slash. (Picocli's own table pads by characters, so Korean rows would not line up, and puts
 * a second cell that breaks below the first.) One thread.
 */
final class Table {

    private final int[] widths;
    private final StringBuilder out = new StringBuilder();

    /** The widths include the space between columns. */
    Table(int... widths) {
        this.widths = widths;
    }

    void row(String... cells) {
        List<List<String>> columns = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < cells.length; i++) {
            List<String> lines = lines(Terminal.printable(cells[i]), widths[i] - (i < widths.length - 1 ? 1 : 0));
            columns.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                String text = line < columns.get(i).size() ? columns.get(i).get(line) : "";
                row.append(text).append(" ".repeat(widths[i] - width(text)));
            }
            out.append(row.toString().stripTrailing()).append('\n');
        }
    }

    private static List<String> lines(String cell, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : cell.split("\\s+")) {
            if (line.length() > 0 && width(line) + 1 + width(word) > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            String rest = word;
            while (width(rest) > most) {
                int cut = cut(rest, most);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            line.append(line.length() > 0 ? " " : "").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Where a word is broken that fits into no line. */
    private static int cut(String word, int most) {
        int end = 0;
        int joint = 0;
        int columns = 0;
        while (end < word.length()) {
            int c = word.codePointAt(end);
            columns += columns(c);
            if (columns > most) {
                break;
            }
            end += Character.charCount(c);
            if ("-_/,".indexOf(c) >= 0) {
                joint = end;
            }
        }
        return joint > 0 ? joint : Math.max(end, 1);
    }

    static int width(CharSequence text) {
        return text.codePoints().map(Table::columns).sum();
    }

    /** Unicode's East Asian wide and full-width blocks take two columns. */
    private static int columns(int c) {
        boolean wide = c >= 0x1100 && c <= 0x115f
                || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f
                || c >= 0xa960 && c <= 0xa97f
                || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0xfe30 && c <= 0xfe6f
                || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6
                || c >= 0x1f300 && c <= 0x1faff
                || c >= 0x20000 && c <= 0x3fffd;
        return wide ? 2 : Character.getType(c) == Character.NON_SPACING_MARK ? 0 : 1;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
