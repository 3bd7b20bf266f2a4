package dev.gaon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Markdown as far as quoting needs it: front matter, headings, paragraphs, list items, table rows, code.
 * Emphasis and link targets are dropped, words never. Also reads plain text, which has no headings. Stateless.
 */
final class MarkdownText {

    private MarkdownText() {}

    static SourceDocument read(String id, String text) {
        List<String> lines = text.lines().toList();
        Map<String, String> front = new HashMap<>();
        SectionBuilder out = new SectionBuilder();
        StringBuilder paragraph = new StringBuilder();
        String top = null;
        for (int i = frontMatter(lines, front); i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("```") || line.startsWith("~~~")) {
                flush(paragraph, out);
                List<String> code = new ArrayList<>();
                while (++i < lines.size() && !lines.get(i).strip().startsWith(line.substring(0, 3))) {
                    code.add(lines.get(i));
                }
                out.code(code);
            } else if (headingLevel(line) > 0) {
                flush(paragraph, out);
                String heading = plain(line.substring(headingLevel(line)).strip());
                boolean first = headingLevel(line) == 1 && top == null;
                top = first ? heading : top;
                out.heading(first ? "" : heading);
            } else if (line.isEmpty() || isRule(line) || line.startsWith("<!--") && line.endsWith("-->")) {
                flush(paragraph, out);
            } else if (line.startsWith("|")) {
                flush(paragraph, out);
                out.block(tableRow(line));
            } else {
                if (Sentences.marker(line, 0, line.length()) > 0) {
                    flush(paragraph, out);
                }
                paragraph
                        .append(paragraph.isEmpty() ? "" : " ")
                        .append(line.startsWith("> ") ? line.substring(2) : line);
            }
        }
        flush(paragraph, out);
        return out.document(id, front.getOrDefault("title", top), front.get("language"), front);
    }

    /** Plain text: paragraphs between empty lines, wrapped lines joined; no headings. */
    static SourceDocument readPlain(String id, String text) {
        SectionBuilder out = new SectionBuilder();
        plainBlocks(text, out);
        return out.document(id, id, null, Map.of());
    }

    static void plainBlocks(String text, SectionBuilder out) {
        StringBuilder paragraph = new StringBuilder();
        for (String each : text.lines().toList()) {
            String line = each.strip();
            if (line.isEmpty() || Sentences.marker(line, 0, line.length()) > 0) {
                out.block(paragraph);
                paragraph.setLength(0);
            }
            paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
        }
        out.block(paragraph);
    }

    private static int frontMatter(List<String> lines, Map<String, String> into) {
        int end = lines.isEmpty() || !lines.get(0).strip().equals("---") ? 0 : 1;
        while (end > 0 && end < lines.size() && !lines.get(end).strip().equals("---")) {
            end++;
        }
        if (end == 0 || end == lines.size()) {
            return 0;
        }
        for (String line : lines.subList(1, end)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            char mark = value.length() > 1 ? value.charAt(0) : ' ';
            boolean quoted = (mark == '"' || mark == '\'') && value.charAt(value.length() - 1) == mark;
            if (colon > 0 && !value.isEmpty()) {
                into.put(line.substring(0, colon).strip(), quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return end + 1;
    }

    private static int headingLevel(String line) {
        int level = 0;
        while (level < line.length() && line.charAt(level) == '#') {
            level++;
        }
        return level < 7 && level < line.length() && line.charAt(level) == ' ' ? level : 0;
    }

    private static boolean isRule(String line) {
        return line.length() > 2
                && "-*_=".indexOf(line.charAt(0)) >= 0
                && line.chars().allMatch(c -> c == line.charAt(0));
    }

    /** The cells of a row with " | " between them; empty for the row of dashes. */
    private static String tableRow(String line) {
        StringBuilder row = new StringBuilder();
        int start = 0;
        while (start < line.length()) {
            int bar = line.indexOf('|', start);
            while (bar > 0 && line.charAt(bar - 1) == '\\') {
                bar = line.indexOf('|', bar + 1);
            }
            String cell = line.substring(start, bar < 0 ? line.length() : bar).strip();
            start = bar < 0 ? line.length() : bar + 1;
            if (!cell.isEmpty()) {
                row.append(row.isEmpty() ? "" : " | ").append(plain(cell.replace("\\|", "|")));
            }
        }
        return row.chars().allMatch(c -> "-: |".indexOf(c) >= 0) ? "" : row.toString();
    }

    /** Without emphasis and link targets. Code marks stay, so that a quoted command can be told from the prose. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean code = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            code ^= c == '`';
            if (code || "*_[<".indexOf(c) < 0) {
                out.append(c);
            } else if ((c == '*' || c == '_') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                i++;
            } else if (c == '[') {
                int close = text.indexOf("](", i);
                int end = close < 0 ? -1 : text.indexOf(')', close);
                int nested = text.indexOf('[', i + 1);
                boolean link = end > 0 && (nested < 0 || nested > close);
                out.append(text, link ? i + 1 : i, link ? close : i + 1);
                i = link ? end : i;
            } else if (c == '<'
                    && (text.startsWith("<http", i) || text.startsWith("<br", i))
                    && text.indexOf('>', i) > 0) {
                int end = text.indexOf('>', i);
                out.append(text.startsWith("<br", i) ? " " : text.substring(i + 1, end));
                i = end;
            } else if (c != '*' || isWordAt(text, i - 1) == isWordAt(text, i + 1)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isWordAt(String text, int i) {
        return i >= 0 && i < text.length() && !Character.isWhitespace(text.charAt(i));
    }

    private static void flush(StringBuilder paragraph, SectionBuilder out) {
        out.block(plain(paragraph.toString()));
        paragraph.setLength(0);
    }
}
