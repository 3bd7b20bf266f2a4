package dev.gaon;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * Reads a saved web page: title, headings, text of the visible blocks. Nothing is fetched and no script runs.
 * Kept apart so that jsoup is loaded only when there is a page to read. Stateless.
 */
final class HtmlText {

    private HtmlText() {}

    static SourceDocument read(String id, String html) {
        Document page = Jsoup.parse(html);
        page.select("script, style, noscript, template, nav, footer, aside, form, iframe, svg, [hidden], [aria-hidden=true]").remove();
        SectionBuilder out = new SectionBuilder();
        Blocks blocks = new Blocks(out);
        NodeTraversor.traverse(blocks, page.body());
        blocks.flush();
        Element heading = page.selectFirst("h1");
        String title = !page.title().isBlank() ? page.title() : heading != null ? heading.text() : id;
        String declared = page.select("html").attr("lang").toLowerCase(java.util.Locale.ROOT);
        String language = declared.startsWith("ko") ? Language.KOREAN : declared.startsWith("en") ? Language.ENGLISH : Language.of(page.body().text());
        return new SourceDocument(id, title.strip(), language, null, null, null, out.sections());
    }

    /** Turns block elements into blocks; text between them counts as a block of its own. */
    private static final class Blocks implements NodeVisitor {

        private final SectionBuilder out;
        private final StringBuilder text = new StringBuilder();

        Blocks(SectionBuilder out) {
            this.out = out;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                text.append(words.getWholeText());
            } else if (node instanceof Element element) {
                if (element.normalName().equals("br")) {
                    text.append(' ');
                } else if (isBlock(element)) {
                    flush();
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                String name = element.normalName();
                if (name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6') {
                    out.heading(normal());
                    text.setLength(0);
                } else if (name.equals("td") || name.equals("th")) {
                    text.append(element.nextElementSibling() != null ? " | " : "");
                } else if (isBlock(element)) {
                    flush();
                }
            }
        }

        void flush() {
            out.block(normal());
            text.setLength(0);
        }

        private String normal() {
            return text.toString().replace('\u00a0', ' ').strip().replaceAll("\\s+", " ");
        }

        private static boolean isBlock(Element element) {
            String name = element.normalName();
            return element.isBlock() && !name.equals("td") && !name.equals("th") || name.equals("tr") || name.equals("li");
        }
    }
}
