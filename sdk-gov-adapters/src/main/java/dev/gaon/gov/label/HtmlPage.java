package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;

/** A page as jsoup parses it, and the places in its text where a label goes. */
final class HtmlPage {

    private static final String SHOWN = "ai-label";
    private static final String SOURCE_TYPE = "digital-source-type";
    private static final String AIGC = "AIGC";
    private static final String OLDER = "head > meta[name=ai-label], head > meta[name=digital-source-type], "
            + "head > meta[name=AIGC], head > script[data-ai-label]";

    private HtmlPage() {}

    private static Document parse(String html) {
        return Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
    }

    static void read(String html, Found found) {
        Document page = parse(html);
        for (Element meta : page.head().select("> meta")) {
            String content = meta.attr("content");
            switch (meta.attr("name")) {
                case SOURCE_TYPE -> found.sourceType("meta", content);
                case Statement.NAME -> found.statement("meta", content);
                case AIGC -> found.aigc("meta", content);
                default -> {}
            }
        }
        Statement statement = found.statement();
        Element shown = page.body().firstElementChild();
        if (statement != null
                && shown != null
                && shown.hasClass(SHOWN)
                && shown.text().equals(statement.text())
                && isSeen(shown)
                && isSeen(page.body())) {
            found.human("start of body", shown.text());
        }
    }

    /** As far as the element itself says; style sheets are not read. */
    private static boolean isSeen(Element element) {
        return !element.hasAttr("hidden") && !element.hasAttr("style");
    }

    static String write(TextFile file, Statement statement, boolean show, boolean aigc) {
        String html = file.text();
        Document page = parse(html);
        if (!page.select("frameset").isEmpty()) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "프레임으로 나뉜 HTML에는 표시를 넣을 본문이 없습니다.", "HTML of frames has no body to put a mark into."),
                    new BilingualText("프레임 안의 문서마다 표시하세요.", "Label each document inside the frames."));
        }
        List<Edit> edits = new ArrayList<>();
        for (Element old : page.select(OLDER)) {
            int end = old.tagName().equals("script")
                    ? old.endSourceRange().endPos()
                    : old.sourceRange().endPos();
            edits.add(new Edit(old.sourceRange().startPos(), end, ""));
        }
        if (show) {
            int body = bodyStart(page, html);
            String paragraph = "<p class=\"" + SHOWN + "\" role=\"note\">" + Entities.escape(statement.text()) + "</p>";
            edits.add(new Edit(body, body, paragraph + file.lineBreak()));
        }
        int head = headPlace(page);
        edits.add(new Edit(head, head, tags(statement, aigc)));
        // From the end to the start, so that places stay right; of those at one place, what comes later stands first.
        edits.sort(Comparator.comparingInt(Edit::from).reversed());
        StringBuilder out = new StringBuilder(html);
        edits.forEach(edit -> out.replace(edit.from(), edit.to(), edit.text()));
        return out.toString();
    }

    private record Edit(int from, int to, String text) {}

    private static String tags(Statement statement, boolean aigc) {
        String type = Entities.escape(statement.sourceType());
        return "<meta name=\"" + SOURCE_TYPE + "\" content=\"" + type + "\">"
                + "<meta name=\"" + Statement.NAME + "\" content='" + statement.jsonInMarkup() + "'>"
                + (aigc ? "<meta name=\"" + AIGC + "\" content='" + Statement.inMarkup(statement.aigc()) + "'>" : "")
                + "<script type=\"application/ld+json\" data-ai-label>{\"@context\":\"https://schema.org\","
                + "\"@type\":\"CreativeWork\",\"digitalSourceType\":\"" + type + "\"}</script>";
    }

    /** Behind the declaration of the character set, which browsers look for in the first 1024 bytes only. */
    private static int headPlace(Document page) {
        Element charset = page.head().selectFirst("> meta[charset], > meta[http-equiv=content-type]");
        if (charset != null && charset.sourceRange().isTracked()) {
            return charset.sourceRange().endPos();
        }
        Element html = page.firstElementChild();
        for (Element element : html == null ? List.of(page.head()) : List.of(page.head(), html)) {
            if (isWritten(element)) {
                return element.sourceRange().endPos();
            }
        }
        DocumentType type = page.documentType();
        return type != null && type.sourceRange().isTracked()
                ? type.sourceRange().endPos()
                : 0;
    }

    private static int bodyStart(Document page, String html) {
        if (isWritten(page.body())) {
            return page.body().sourceRange().endPos();
        }
        Node first = page.body().childNodeSize() == 0 ? null : page.body().childNode(0);
        return first == null || !first.sourceRange().isTracked()
                ? html.length()
                : first.sourceRange().startPos();
    }

    private static boolean isWritten(Element element) {
        return element.sourceRange().isTracked() && !element.sourceRange().isImplicit();
    }
}
