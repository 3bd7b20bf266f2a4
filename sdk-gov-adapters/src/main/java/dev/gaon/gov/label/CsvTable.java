package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table as RFC 4180 has them, with the separator that its first row uses. Empty lines are no rows. */
final class CsvTable {

    /** One row: its fields without quotes, and where in the text it ends, its line break not included. */
    record Row(List<String> fields, int end) {}

    private static final String SEPARATORS = ",\t;|";

    private final String text;
    private final char separator;
    private final List<Row> rows = new ArrayList<>();

    private CsvTable(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    static CsvTable of(String text) {
        CsvTable table = new CsvTable(text, separator(text));
        table.parse();
        if (table.rows.isEmpty()) {
            throw LabelException.damaged("csv", "no row");
        }
        return table;
    }

    private static char separator(String text) {
        int[] seen = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < text.length() && (quoted || text.charAt(i) != '\n'); i++) {
            quoted ^= text.charAt(i) == '"';
            int which = quoted ? -1 : SEPARATORS.indexOf(text.charAt(i));
            if (which >= 0) {
                seen[which]++;
            }
        }
        int most = 0;
        for (int i = 1; i < seen.length; i++) {
            most = seen[i] > seen[most] ? i : most;
        }
        return SEPARATORS.charAt(most);
    }

    private void parse() {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            at = field(at, field);
            fields.add(field.toString());
            field.setLength(0);
            boolean more = at < text.length() && text.charAt(at) == separator;
            if (more) {
                at++;
                more = at < text.length();
                if (!more) {
                    fields.add("");
                }
            }
            if (!more) {
                row(fields, at);
                fields = new ArrayList<>();
                at = afterBreak(at);
            }
        }
    }

    /** Reads a field from {@code at} on and returns where it ends. */
    private int field(int start, StringBuilder field) {
        int at = start;
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    at++;
                } else if (c == '"') {
                    break;
                }
                field.append(c);
                at++;
            }
            if (at == text.length()) {
                throw LabelException.damaged("csv", "quote not closed, row " + (rows.size() + 1));
            }
            at++;
        }
        while (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '\n' && !isBreak(at)) {
            field.append(text.charAt(at));
            at++;
        }
        return at;
    }

    private boolean isBreak(int at) {
        return text.charAt(at) == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
    }

    private int afterBreak(int at) {
        int next = at < text.length() && text.charAt(at) == '\r' ? at + 1 : at;
        return next < text.length() && text.charAt(next) == '\n' ? next + 1 : next;
    }

    private void row(List<String> fields, int end) {
        if (fields.size() == 1 && fields.get(0).isBlank()) {
            return;
        }
        if (!rows.isEmpty() && rows.get(0).fields().size() != fields.size()) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "CSV의 " + (rows.size() + 1) + "번째 행은 열 수가 첫 행과 다릅니다.",
                            "Row " + (rows.size() + 1) + " of the CSV has another number of columns than the first."),
                    new BilingualText(
                            "모든 행의 열 수를 맞추세요. 그래야 표시 열이 제자리에 섭니다.",
                            "Give every row the same number of columns, so that the label's column stands in one place."));
        }
        rows.add(new Row(fields, end));
    }

    List<Row> rows() {
        return rows;
    }

    /** Whether there is a column of this name with this same value in every row. */
    boolean hasColumn(String name, String value) {
        int column = rows.get(0).fields().lastIndexOf(name);
        return column >= 0
                && rows.stream()
                        .skip(1)
                        .allMatch(row -> row.fields().get(column).equals(value));
    }

    /** The value in the first row below the names; empty if there is none. */
    String first(String name) {
        int column = rows.get(0).fields().lastIndexOf(name);
        return column < 0 || rows.size() < 2 ? "" : rows.get(1).fields().get(column);
    }

    /** The text with more columns at the right end: each a name and the value of every row. */
    String with(List<List<String>> columns) {
        StringBuilder out = new StringBuilder(text.length() + rows.size() * 64);
        int from = 0;
        for (int i = 0; i < rows.size(); i++) {
            out.append(text, from, rows.get(i).end());
            for (List<String> column : columns) {
                out.append(separator).append(quoted(column.get(i == 0 ? 0 : 1)));
            }
            from = rows.get(i).end();
        }
        return out.append(text, from, text.length()).toString();
    }

    private String quoted(String value) {
        boolean plain = value.indexOf(separator) < 0 && value.indexOf('"') < 0;
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
