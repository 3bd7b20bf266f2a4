package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** Walks the JSON of a reply field by field, and says where it lies; used by one thread. */
abstract class JsonReply {

    private static final JsonFactory TEXT = new JsonFactory();

    /** What is being read: one event, or the whole reply. */
    JsonParser parser;

    final boolean nextField() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            return true;
        }
        expect(token == JsonToken.END_OBJECT, "the JSON breaks off");
        return false;
    }

    final void skip() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            for (int depth = 1; depth > 0; ) {
                token = parser.nextToken();
                expect(token != null && token != JsonToken.NOT_AVAILABLE, "the JSON breaks off");
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        } else {
            expect(token != null && token != JsonToken.NOT_AVAILABLE, "the JSON breaks off");
        }
    }

    final String textValue() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY || token == JsonToken.NOT_AVAILABLE) {
            throw malformed("a field that should be text is not");
        }
        return null;
    }

    /** Marks a field as seen; a second one in the same object could contradict the first. */
    final int once(int seen, int field) throws IOException {
        expect((seen & field) == 0, "a field is repeated");
        return seen | field;
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
            for (int depth = 0; ; token = parser.nextToken()) {
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
