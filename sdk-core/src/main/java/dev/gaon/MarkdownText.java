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
        List<String> lines = lines(text);
        Map<String, String> front = new HashMap<>();
        int first = frontMatter(lines, front);
        SectionBuilder out = new SectionBuilder();
        StringBuilder paragraph = new StringBuilder();
        String title = front.get("title");
        String top = null;
        for (int i = first; i < lines.size(); i++) {
            String line = lines.get(i);
            String trimmed = line.strip();
            if (trimmed.startsWith("```") || trimmed.startsWith("~~~")) {
                flush(paragraph, out);
                String fence = trimmed.substring(0, 3);
                List<String> code = new ArrayList<>();
                while (++i < lines.size() && !lines.get(i).strip().startsWith(fence)) {
                    code.add(lines.get(i));
                }
                out.code(code);
            } else if (headingLevel(trimmed) > 0) {
                flush(paragraph, out);
                int level = headingLevel(trimmed);
                String heading = plain(trimmed.substring(level).strip());
                if (level == 1 && top == null) {
                    top = heading;
                    out.heading("");
                } else {
                    out.heading(heading);
                }
            } else if (trimmed.isEmpty() || isRule(trimmed) || trimmed.startsWith("<!--") && trimmed.endsWith("-->")) {
                flush(paragraph, out);
            } else if (trimmed.startsWith("|")) {
                flush(paragraph, out);
                out.block(tableRow(trimmed));
            } else {
                if (isItem(trimmed)) {
                    flush(paragraph, out);
                }
                String content = trimmed.startsWith("> ") ? trimmed.substring(2) : trimmed;
                paragraph.append(paragraph.length() > 0 ? " " : "").append(content);
            }
        }
        flush(paragraph, out);
        String shown = title != null ? title : top != null ? top : id;
        String declared = front.getOrDefault("language", "");
        String language = declared.startsWith("en") ? Language.ENGLISH : declared.startsWith("ko") ? Language.KOREAN : Language.of(text);
        return new SourceDocument(id, shown, language, front.get("source"), front.get("license"), front.get("attribution"), out.sections());
    }

    /** Plain text: paragraphs between empty lines, wrapped lines joined; no headings. */
    static SourceDocument readPlain(String id, String text) {
        SectionBuilder out = new SectionBuilder();
        plainBlocks(text, out);
        return new SourceDocument(id, id, Language.of(text), null, null, null, out.sections());
    }

    static void plainBlocks(String text, SectionBuilder out) {
        StringBuilder paragraph = new StringBuilder();
        for (String line : lines(text)) {
            String trimmed = line.strip();
            if (trimmed.isEmpty()) {
                flushPlain(paragraph, out);
            } else {
                if (isItem(trimmed)) {
                    flushPlain(paragraph, out);
                }
                paragraph.append(paragraph.length() > 0 ? " " : "").append(trimmed);
            }
        }
        flushPlain(paragraph, out);
    }

    private static int frontMatter(List<String> lines, Map<String, String> into) {
        if (lines.isEmpty() || !lines.get(0).strip().equals("---")) {
            return 0;
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.equals("---")) {
                into.putAll(found);
                return i + 1;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = line.substring(colon + 1).strip();
                if (value.length() > 1 && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"))) {
                    value = value.substring(1, value.length() - 1);
                }
                if (!value.isEmpty()) {
                    found.put(line.substring(0, colon).strip(), value);
                }
            }
        }
        return 0;
    }

    private static int headingLevel(String line) {
        int level = 0;
        while (level < line.length() && level < 7 && line.charAt(level) == '#') {
            level++;
        }
        return level > 0 && level < 7 && level < line.length() && line.charAt(level) == ' ' ? level : 0;
    }

    private static boolean isRule(String line) {
        if (line.length() < 3 || "-*_=".indexOf(line.charAt(0)) < 0) {
            return false;
        }
        for (int i = 1; i < line.length(); i++) {
            if (line.charAt(i) != line.charAt(0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isItem(String line) {
        if (line.length() > 2 && "-*+•".indexOf(line.charAt(0)) >= 0) {
            return line.charAt(1) == ' ';
        }
        int digits = 0;
        while (digits < line.length() && digits < 3 && Words.isDigit(line.charAt(digits))) {
            digits++;
        }
        return digits > 0 && digits + 1 < line.length() && (line.charAt(digits) == '.' || line.charAt(digits) == ')') && line.charAt(digits + 1) == ' ';
    }

    /** The cells of a row with " | " between them; empty for the row of dashes. */
    private static String tableRow(String line) {
        StringBuilder row = new StringBuilder();
        boolean dashes = true;
        int start = 0;
        while (start < line.length()) {
            int bar = line.indexOf('|', start);
            while (bar > 0 && line.charAt(bar - 1) == '\\') {
                bar = line.indexOf('|', bar + 1);
            }
            String content = line.substring(start, bar < 0 ? line.length() : bar).strip();
            start = bar < 0 ? line.length() : bar + 1;
            if (!content.isEmpty()) {
                row.append(row.length() > 0 ? " | " : "").append(plain(content.replace("\\|", "|")));
                for (int i = 0; i < content.length(); i++) {
                    dashes &= content.charAt(i) == '-' || content.charAt(i) == ':';
                }
            }
        }
        return dashes ? "" : row.toString();
    }

    /** Without emphasis and link targets. Code marks stay, so that a quoted command can be told from the prose. */
    static String plain(String text) {
        boolean marked = false;
        for (int i = 0; i < text.length() && !marked; i++) {
            char c = text.charAt(i);
            marked = c == '*' || c == '[' || c == '<' || c == '_';
        }
        if (!marked) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean code = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            code ^= c == '`';
            if (!code && (c == '*' || c == '_') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                i++;
            } else if (!code && c == '*' && (wordBefore(text, i) != wordAfter(text, i))) {
                continue;
            } else if (!code && c == '[') {
                int close = text.indexOf("](", i);
                int end = close < 0 ? -1 : text.indexOf(')', close);
                int nested = text.indexOf('[', i + 1);
                if (end > 0 && (nested < 0 || nested > close)) {
                    out.append(text, i + 1, close);
                    i = end;
                } else {
                    out.append(c);
                }
            } else if (!code && c == '<' && (text.startsWith("<http", i) || text.startsWith("<br", i))) {
                int end = text.indexOf('>', i);
                if (end < 0) {
                    out.append(c);
                } else {
                    out.append(text.startsWith("<br", i) ? " " : text.substring(i + 1, end));
                    i = end;
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean wordBefore(String text, int i) {
        return i > 0 && !Character.isWhitespace(text.charAt(i - 1));
    }

    private static boolean wordAfter(String text, int i) {
        return i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1));
    }

    private static void flush(StringBuilder paragraph, SectionBuilder out) {
        if (paragraph.length() > 0) {
            out.block(plain(paragraph.toString()));
            paragraph.setLength(0);
        }
    }

    private static void flushPlain(StringBuilder paragraph, SectionBuilder out) {
        out.block(paragraph);
        paragraph.setLength(0);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int next = text.indexOf('\n', start);
            int stop = next < 0 ? text.length() : next;
            lines.add(text.substring(start, stop > start && text.charAt(stop - 1) == '\r' ? stop - 1 : stop));
            start = stop + 1;
        }
        return lines;
    }
}
