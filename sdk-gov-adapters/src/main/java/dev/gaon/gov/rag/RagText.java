package dev.gaon.gov.rag;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What is said to a model or a reader around quotations; the words are in {@code texts.json}. */
enum RagText {
    INTRODUCTION,
    /** What a numbered piece is called, also in the marks that the model writes. */
    PIECE,
    REMINDER;

    private static final PackFiles.Place FILE = read("texts.json");

    static PackFiles.Place read(String name) {
        try (InputStream in = RagText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing");
            }
            return PackFiles.document(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BilingualText text() {
        return FILE.at("texts").bilingual(name().toLowerCase(Locale.ROOT));
    }
}
