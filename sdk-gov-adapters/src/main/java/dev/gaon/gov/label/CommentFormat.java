package dev.gaon.gov.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text of a language that has comments, Markdown among them: the wording in a line that people read, and the statement in
 * a comment below. Lines that a language wants first stay first.
 */
final class CommentFormat implements Format {

    /** No label is looked for farther below, so that a text which only quotes one is not taken for labelled. */
    private static final int HEAD_LINES = 12;

    private static final String AIGC = "AIGC";

    private final String kind;
    private final List<String> endings = new ArrayList<>();
    private final String open;
    private final String close;
    private final String shown;
    private final List<Pattern> keep = new ArrayList<>();
    private final boolean must;
    private final boolean frontMatter;

    private CommentFormat(JsonNode style) {
        kind = style.path("kind").asText();
        style.path("endings").forEach(ending -> endings.add(ending.asText()));
        open = style.path("open").asText();
        close = style.path("close").asText();
        shown = style.path("shown").asText();
        style.path("keep").forEach(line -> keep.add(Pattern.compile(line.asText())));
        must = style.path("must").asBoolean();
        frontMatter = style.path("frontMatter").asBoolean();
    }

    /** One for each style of {@code comments.json}. */
    static List<Format> all() {
        List<Format> formats = new ArrayList<>();
        Wording.resource("comments.json").path("styles").forEach(style -> formats.add(new CommentFormat(style)));
        return formats;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String media() {
        return "text";
    }

    @Override
    public boolean matches(Source file) {
        String ending = file.extension().isEmpty() ? file.name().toLowerCase(Locale.ROOT) : file.extension();
        return endings.contains(ending);
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        TextFile text = TextFile.of(file);
        List<String> lines = new ArrayList<>();
        int at = start(text);
        for (int i = 0; i < HEAD_LINES && at < text.text().length(); i++) {
            lines.add(text.line(at));
            at = text.nextLine(at);
        }
        for (String line : lines) {
            String comment = comment(line);
            if (comment.startsWith(Statement.NAME + ": ")) {
                found.statement("comment", comment.substring(Statement.NAME.length() + 2));
            } else if (comment.startsWith(AIGC + ": ")) {
                found.aigc("comment", comment.substring(AIGC.length() + 2));
            }
        }
        Statement statement = found.statement();
        if (statement != null) {
            found.sourceType("comment", statement.sourceType());
            if (lines.contains(shown(statement.text()))) {
                found.human("first lines", statement.text());
            }
        }
    }

    /** What a comment line says; empty if the line is none. */
    private String comment(String line) {
        boolean whole =
                line.startsWith(open) && line.endsWith(close) && line.length() >= open.length() + close.length();
        return whole ? line.substring(open.length(), line.length() - close.length()) : "";
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        TextFile text = TextFile.of(file);
        Statement statement = label.statement(this, there);
        List<String> lines = new ArrayList<>();
        if (label.visible() && !there.has(Reach.HUMAN)) {
            lines.add(shown(statement.text()));
            if (!shown.isEmpty()) {
                lines.add("");
            }
        }
        lines.add(open + Statement.NAME + ": " + statement.jsonInMarkup() + close);
        if (label.aigc()) {
            lines.add(open + AIGC + ": " + Statement.inMarkup(statement.aigc()) + close);
        }
        if (!shown.isEmpty()) {
            lines.add("");
        }
        int at = start(text);
        String before = text.text().substring(0, at);
        String gap = before.isEmpty() || before.endsWith("\n") ? "" : text.lineBreak();
        String added = String.join(text.lineBreak(), lines) + text.lineBreak();
        text.write(before + gap + added + withoutOlder(text, at), out);
    }

    /** The text from {@code at} on, without the comments of an earlier label. */
    private String withoutOlder(TextFile text, int at) {
        StringBuilder rest = new StringBuilder();
        int line = at;
        for (int i = 0; i < HEAD_LINES && line < text.text().length(); i++) {
            String comment = comment(text.line(line));
            int next = text.nextLine(line);
            if (!comment.startsWith(Statement.NAME + ": ") && !comment.startsWith(AIGC + ": ")) {
                rest.append(text.text(), line, next);
            }
            line = next;
        }
        return rest.append(text.text(), line, text.text().length()).toString();
    }

    /** The line that people read, with nothing in it that ends a comment or is markup. */
    private String shown(String wording) {
        return shown.isEmpty()
                ? open + wording.replaceAll("--|\\*/|\\?>|\\\\u", " ") + close
                : shown + wording.replaceAll("([\\\\`*_{}\\[\\]<>#!|~&])", "\\\\$1");
    }

    /** Where the first line begins that need not stay in front. */
    private int start(TextFile text) {
        if (frontMatter && text.line(0).equals("---")) {
            return afterFrontMatter(text);
        }
        int at = 0;
        boolean kept = false;
        while (at < text.text().length() && isKept(text.line(at))) {
            kept = true;
            at = text.nextLine(at);
        }
        boolean declared = text.text().startsWith("<?xml") && open.startsWith("<!--");
        if ((must || declared) && !kept) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "이 파일의 첫머리에는 주석을 안전하게 넣을 자리가 없습니다.",
                            "At the head of this file there is no safe place for a comment."),
                    new BilingualText(
                            "언어의 여는 표시나 선언을 첫 줄에 따로 두고 다시 시도하세요.",
                            "Put the language's opening tag or declaration on a first line of its own, then retry."));
        }
        return at;
    }

    private boolean isKept(String line) {
        return keep.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }

    private static int afterFrontMatter(TextFile text) {
        for (int at = text.nextLine(0); at < text.text().length(); at = text.nextLine(at)) {
            String line = text.line(at);
            if (line.equals("---") || line.equals("...")) {
                return text.nextLine(at);
            }
        }
        return 0;
    }
}
