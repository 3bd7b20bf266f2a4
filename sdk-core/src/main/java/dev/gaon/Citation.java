package dev.gaon;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One verbatim quotation and where it stands. An immutable value, safe on any thread.
 *
 * <p>The quote is a piece of the cited section with runs of white space written as one space; nothing is
 * rephrased, shortened or joined from different places.
 *
 * @param document    id of the document: the file name of a bundled guide without {@code .md}, or the path of a
 *                    user's file inside the folder, with {@code /}
 * @param section     heading of the section; the document's title where the text stands before the first heading
 * @param quote       one to three consecutive sentences of that section
 * @param source      where the document comes from (usually a URL), or null if it does not say
 * @param license     licence of the document, or null if it does not say
 * @param attribution the credit line its licence asks for, or null if it does not say
 */
public record Citation(
        String document,
        String section,
        String quote,
        @Nullable String source,
        @Nullable String license,
        @Nullable String attribution) {

    /** Refuses a citation without a document, a section or a quote. */
    public Citation {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(quote, "quote");
    }
}
