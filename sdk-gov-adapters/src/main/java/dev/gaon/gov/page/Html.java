package dev.gaon.gov.page;

import dev.gaon.gov.text.BilingualText;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A page as it is written: tags are closed in order, and every text and attribute is escaped. One thread. */
public final class Html {

    private static final int MOST_CHARACTERS = 32 << 20;

    private final StringBuilder out = new StringBuilder(64 * 1024);
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens a tag.
     *
     * @param attributes names and values in turn; one whose value is null is left out, one whose value is empty has none
     */
    public Html open(String tag, @Nullable String... attributes) {
        write(tag, attributes);
        open.push(tag);
        return this;
    }

    /** A tag that holds nothing and has no end, such as {@code meta}. */
    public Html lone(String tag, @Nullable String... attributes) {
        write(tag, attributes);
        return this;
    }

    private void write(String tag, @Nullable String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1];
            if (value != null) {
                out.append(' ').append(attributes[i]);
                if (!value.isEmpty()) {
                    out.append("=\"");
                    escape(value);
                    out.append('"');
                }
            }
        }
        out.append('>');
    }

    public Html close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** Closes tags up to and with this one. */
    public Html close(String tag) {
        while (!tag.equals(open.peek())) {
            close();
        }
        return close();
    }

    /** What a file or person said, in whatever language. */
    public Html text(String text) {
        escape(text);
        return this;
    }

    /** The same, kept from turning the text around it. */
    public Html foreign(String text) {
        return open("bdi").text(text).inlineClose();
    }

    /** Both languages; the page shows the one that was chosen, and a reader without style sheets sees both, parted. */
    public Html both(String ko, String en) {
        return open("span", "lang", "ko")
                .text(ko)
                .inlineClose()
                .trusted("<i> / </i>")
                .open("span", "lang", "en")
                .text(en)
                .inlineClose();
    }

    public Html both(BilingualText text) {
        return both(text.ko(), text.en());
    }

    public Html both(String tag, String ko, String en, @Nullable String... attributes) {
        return open(tag, attributes).both(ko, en).close();
    }

    /** A term and what it is, in a list of descriptions. */
    public Html entry(String ko, String en, BilingualText text) {
        return both("dt", ko, en).open("dd").both(text).close();
    }

    public Html inlineClose() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Markup that stands in this source or was made by this class. */
    public Html trusted(String markup) {
        out.append(markup);
        return this;
    }

    private void escape(String text) {
        if (out.length() + text.length() > MOST_CHARACTERS) {
            throw new IllegalStateException(
                    "보고서가 너무 큽니다. 담을 것을 나누세요. / The report grows too large. Split what it is about.");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(shown(text, i) ? c : '\uFFFD');
            }
        }
    }

    private static boolean shown(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == '\n' || c == '\t' || (c >= ' ' && (c < 0x7f || c > 0x9f) && c < 0xfffe);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
