package dev.gaon;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit;
import javax.swing.text.html.parser.ParserDelegator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a saved web page with the parser of the JDK: title, headings, text of the blocks. Nothing is fetched, no
 * script runs, no window system is needed. Kept apart so that the parser is loaded only when there is a page to read.
 */
final class HtmlText extends HTMLEditorKit.ParserCallback {

    /** HTML 5 names that the parser takes for words of unknown meaning. */
    private static final Set<String> UNSEEN =
            Set.of("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "iframe", "svg");

    private static final Set<String> UNKNOWN_BLOCKS =
            Set.of("article", "section", "main", "header", "figure", "figcaption");

    private final SectionBuilder out = new SectionBuilder();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String title;
    private @Nullable String language;
    private @Nullable String unseen;
    private int depth;

    private HtmlText() {}

    static SourceDocument read(String id, String html) throws IOException {
        HtmlText page = new HtmlText();
        new ParserDelegator().parse(new StringReader(html), page, true);
        page.endBlock();
        return page.out.document(id, page.title, page.language, Map.of());
    }

    @Override
    public void handleStartTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
        String name = tag.toString();
        if (unseen != null) {
            depth += name.equals(unseen) ? 1 : 0;
        } else if (UNSEEN.contains(name)) {
            unseen = name;
            depth = 1;
        } else if (tag == HTML.Tag.HTML) {
            Object lang = attributes.getAttribute(HTML.Attribute.LANG);
            language = lang == null ? null : lang.toString().toLowerCase(Locale.ROOT);
        } else if (tag == HTML.Tag.TD || tag == HTML.Tag.TH) {
            text.append(text.isEmpty() ? "" : " | ");
        } else if (tag.isBlock()) {
            endBlock();
        }
    }

    @Override
    public void handleEndTag(HTML.Tag tag, int position) {
        if (unseen != null) {
            depth -= tag.toString().equals(unseen) ? 1 : 0;
            unseen = depth == 0 ? null : unseen;
        } else if (tag == HTML.Tag.TITLE) {
            title = title == null ? normal() : title;
            text.setLength(0);
        } else if (tag.toString().matches("h[1-6]")) {
            out.heading(normal());
            title = title == null && tag == HTML.Tag.H1 ? normal() : title;
            text.setLength(0);
        } else if (tag.isBlock() && tag != HTML.Tag.TD && tag != HTML.Tag.TH) {
            endBlock();
        }
    }

    /** An empty tag, or one that is not in HTML 3.2; of the latter, the end comes here too. */
    @Override
    public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet attributes, int position) {
        String name = tag.toString();
        boolean end = attributes.getAttribute(HTML.Attribute.ENDTAG) != null;
        if (UNSEEN.contains(name) && end) {
            handleEndTag(tag, position);
        } else if (UNSEEN.contains(name)) {
            handleStartTag(tag, attributes, position);
        } else if (UNKNOWN_BLOCKS.contains(name)) {
            endBlock();
        } else {
            text.append(' ');
        }
    }

    @Override
    public void handleText(char[] data, int position) {
        if (unseen == null) {
            text.append(data);
        }
    }

    private void endBlock() {
        out.block(normal());
        text.setLength(0);
    }

    private String normal() {
        return text.toString().replace('\u00a0', ' ').strip().replaceAll("\\s+", " ");
    }
}
