package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the JSON of a reply token by token, and says where it lies: a name that one object has twice is refused, wherever
 * it stands. Used by one thread.
 */
abstract class JsonReply {

    private static final JsonFactory TEXT = new JsonFactory();

    /** So many names are compared one by one. */
    private static final int FEW = 24;

    /** An object of a reply with more fields is refused: each would be remembered. */
    private static final int MOST = 10_000;

    @SuppressWarnings("NullAway.Init") // read() sets it before anything reads
    private JsonParser parser;

    /** The names seen in the objects that are open, and where those of each object begin. */
    private String[] names = new String[24];

    private int named;
    private int[] objects = new int[8];
    private int open;

    /** All names of those open objects, by depth, that have more than a few. */
    private final Map<Integer, Set<String>> crowded = new HashMap<>(0);

    /** For replies within these limits, and for requests. */
    static JsonFactory factory(Limits limits) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.jsonDepth())
                .maxStringLength((int) Math.min(Integer.MAX_VALUE - 8, limits.replyBytes()))
                .maxDocumentLength(-1)
                .build();
        // Names that a server chooses are not for the table of the whole JVM.
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .streamReadConstraints(constraints)
                .build();
    }

    /** Begins with what {@code next} reads: one event, or the whole reply. */
    final void read(JsonParser next) {
        parser = next;
        named = 0;
        open = 0;
        crowded.clear();
    }

    final JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            unique(parser.currentName());
        } else if (token == JsonToken.START_OBJECT) {
            objects = open < objects.length ? objects : Arrays.copyOf(objects, 2 * open);
            objects[open++] = named;
        } else if (token == JsonToken.END_OBJECT) {
            if (named - objects[open - 1] == FEW) {
                crowded.remove(open);
            }
            named = objects[--open];
        }
        return token;
    }

    private void unique(String name) throws IOException {
        int first = objects[open - 1];
        if (named - first < FEW) {
            for (int i = first; i < named; i++) {
                expect(!name.equals(names[i]), "a field is repeated");
            }
            names = named < names.length ? names : Arrays.copyOf(names, 2 * named);
            names[named++] = name;
        } else {
            Set<String> all = crowded.computeIfAbsent(
                    open, depth -> new HashSet<>(Arrays.asList(names).subList(first, named)));
            expect(all.add(name), "a field is repeated");
            expect(all.size() <= MOST, "an object has more than " + MOST + " fields");
        }
    }

    /** Goes to the next field of an object; false at its end. */
    final boolean nextField() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.FIELD_NAME) {
            return true;
        }
        expect(token == JsonToken.END_OBJECT, "the JSON breaks off");
        return false;
    }

    /** The name of the field at hand. */
    final String field() throws IOException {
        return parser.currentName();
    }

    final JsonToken token() {
        return parser.currentToken();
    }

    final void skip() throws IOException {
        next();
        skipped();
    }

    /** Goes to the end of the value at hand. */
    final void skipped() throws IOException {
        JsonToken token = parser.currentToken();
        for (int depth = 0; ; token = next()) {
            expect(token != null && token != JsonToken.NOT_AVAILABLE, "the JSON breaks off");
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    final @Nullable String textValue() throws IOException {
        JsonToken token = next();
        expect(token != null && token.isScalarValue(), "a field that should be text is not");
        return token == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    /** The scalar at hand as it is written. */
    final String scalar() throws IOException {
        return parser.getText();
    }

    /** The next value, if it is a whole number; else null. */
    final @Nullable Integer wholeNumber() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getIntValue();
        }
        skipped();
        return null;
    }

    final void expect(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw malformed(otherwise);
        }
    }

    final JsonParseException malformed(String what) {
        return new JsonParseException(parser, what);
    }

    /** The value at hand, of any shape, as JSON text. */
    final String structure() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = TEXT.createGenerator(text)) {
            JsonToken token = parser.currentToken();
            for (int depth = 0; ; token = next()) {
                expect(token != null && token != JsonToken.NOT_AVAILABLE, "the JSON breaks off");
                copy.copyCurrentEventExact(parser);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 0) {
                    break;
                }
            }
        }
        return text.toString();
    }
}
