package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what a document was parsed to, whole or one batch of pages. */
final class DocumentReply extends JsonReply {

    /** For replies whose length {@link ReplyInput} bounds: a document may be one long text. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(Integer.MAX_VALUE - 8)
                    .build())
            .build();

    private final String format;
    private @Nullable String text;
    private @Nullable String model;
    private @Nullable Integer pages;

    /** @param format the one that was asked for: the others are empty */
    DocumentReply(String format) {
        this.format = format;
    }

    DocumentReply read(ReplyInput in) throws IOException {
        try (JsonParser json = JSON.createParser(in)) {
            read(json);
            expect(next() == JsonToken.START_OBJECT, "the reply is no JSON object");
            while (nextField()) {
                switch (field()) {
                    case "content" -> content();
                    case "model" -> model = textValue();
                    case "usage" -> usage();
                    default -> skip();
                }
            }
            expect(next() == null, "something follows the JSON of the reply");
            expect(text != null, "the reply has no content of the format asked for");
        }
        return this;
    }

    private void content() throws IOException {
        expect(next() == JsonToken.START_OBJECT, "content is no object");
        while (nextField()) {
            if (field().equals(format)) {
                text = textValue();
            } else {
                skip();
            }
        }
    }

    private void usage() throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            skipped();
            return;
        }
        while (nextField()) {
            if (field().equals("pages")) {
                pages = wholeNumber();
            } else {
                skip();
            }
        }
    }

    String text() {
        return text == null ? "" : text;
    }

    /** Null if it was not told. */
    @Nullable
    String model() {
        return model;
    }

    /** Null if it was not told. */
    @Nullable
    Integer pages() {
        return pages;
    }
}
