package dev.gaon;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentTransformer;
import dev.langchain4j.data.document.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 * @param withheld    why it is never quoted, or null if it may be
 * @param about       what the document says of itself
 * @param sections    in reading order
 */
record SourceDocument(
        String id,
        String title,
        String language,
        @Nullable String source,
        @Nullable String license,
        @Nullable String attribution,
        @Nullable String withheld,
        Map<String, String> about,
        List<Section> sections) {

    static final String KOREAN = "ko";
    static final String ENGLISH = "en";

    SourceDocument {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(language, "language");
        about = Map.copyOf(about);
        sections = List.copyOf(sections);
    }

    /**
     * This document as somebody else judges it, who may change its origin, licence and credit line, and withhold it; null
     * for a document is withholding it for no stated reason.
     */
    SourceDocument judged(DocumentTransformer judge) {
        Map<String, String> told = new TreeMap<>(about);
        told.put("document", id);
        told.putIfAbsent("title", title);
        String text = sections.stream().map(Section::text).collect(Collectors.joining("\n\n"));
        Document answer = judge.transform(Document.from(text, Metadata.from(told)));
        Metadata now = answer == null ? Metadata.from("withheld", "") : answer.metadata();
        return new SourceDocument(
                id,
                title,
                language,
                now.getString("source"),
                now.getString("license"),
                now.getString("attribution"),
                now.getString("withheld"),
                about,
                sections);
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
