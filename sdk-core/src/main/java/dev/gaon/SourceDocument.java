package dev.gaon;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document the embedded default can quote: its text cut into sections, and what a citation has to say about it.
 * Immutable, safe on any thread.
 *
 * @param id          what citations call it; unique within one engine
 * @param title       shown title
 * @param language    {@code ko} or {@code en}: the language most of it is written in
 * @param source      origin, usually a URL, or null
 * @param license     licence, or null
 * @param attribution credit line, or null
 * @param sections    in reading order
 */
record SourceDocument(
        String id,
        String title,
        String language,
        @Nullable String source,
        @Nullable String license,
        @Nullable String attribution,
        List<Section> sections) {

    static final String KOREAN = "ko";
    static final String ENGLISH = "en";

    SourceDocument {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(language, "language");
        sections = List.copyOf(sections);
    }

    /**
     * A heading and the text under it. Blocks (paragraph, list item, table row, code) are separated by an empty
     * line; a block whose lines start with four spaces is code and is never cut.
     *
     * @param heading the heading, or the empty string for text before the first one
     * @param text    the blocks, without Markdown or HTML marks
     */
    record Section(String heading, String text) {}
}
