package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * HTML: a paragraph at the start of the body, meta tags and JSON-LD in the head. The page is parsed to find the places and
 * is otherwise left as it was written. Kept apart from {@link HtmlPage} so that jsoup is loaded only when there is a page.
 */
final class HtmlFormat implements Format {

    @Override
    public String kind() {
        return "html";
    }

    @Override
    public String media() {
        return "text";
    }

    @Override
    public String library() {
        return "org.jsoup:jsoup:1.24.1";
    }

    @Override
    public boolean matches(Source file) {
        String start = new String(file.head(), StandardCharsets.UTF_8)
                .replace("\ufeff", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype html")
                || start.startsWith("<html")
                || List.of("html", "htm", "xhtml").contains(file.extension());
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        HtmlPage.read(TextFile.of(file).text(), found);
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        TextFile text = TextFile.of(file);
        boolean show = label.visible() && !there.has(Reach.HUMAN);
        text.write(HtmlPage.write(text, label.statement(this, there), show, label.aigc()), out);
    }
}
