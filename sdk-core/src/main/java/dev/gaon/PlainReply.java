package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The JSON of a reply that is no chat, read once from front to back; a part of another type than asked for is an error. */
final class PlainReply {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser json;

    private PlainReply(JsonParser json) {
        this.json = json;
    }

    /** Reads one value, which must be consumed or skipped. */
    interface Reading {
        void read(PlainReply reply) throws IOException;
    }

    /** Reads the value of one field, which must be consumed or skipped. */
    interface Fields {
        void read(String name) throws IOException;
    }

    /** Reads one element of a list, which must be consumed or skipped. */
    interface Elements {
        void read(int place) throws IOException;
    }

    static JsonGenerator writer(OutputStream out) throws IOException {
        return JSON.createGenerator(out);
    }

    static void read(InputStream in, Reading reading) throws IOException {
        try (JsonParser json = JSON.createParser(in)) {
            PlainReply reply = new PlainReply(json);
            reply.require(json.nextToken() != null, "the reply is empty");
            reading.read(reply);
            reply.require(json.nextToken() == null, "something follows the reply");
        }
    }

    void object(Fields fields) throws IOException {
        require(isObject(), "this is no object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.read(name);
        }
    }

    void array(Elements elements) throws IOException {
        require(isArray(), "this is no list");
        for (int place = 0; json.nextToken() != JsonToken.END_ARRAY; place++) {
            elements.read(place);
        }
    }

    /** Reads CLOVA's envelope, whose status may report an error under a good HTTP status. */
    void result(Fields result) throws IOException {
        String[] status = new String[2];
        boolean[] came = {false};
        object(name -> {
            if (name.equals("status")) {
                object(field -> {
                    switch (field) {
                        case "code" -> status[0] = text();
                        case "message" -> status[1] = text();
                        default -> skip();
                    }
                });
            } else if (name.equals("result") && isObject()) {
                came[0] = true;
                object(result);
            } else {
                skip();
            }
        });
        if (status[0] != null && !status[0].equals("20000")) {
            throw new Dialect.ReplyError(status[0], status[1] == null ? "" : status[1]);
        }
        require(came[0], "the result is missing");
    }

    /** OpenAI's count of tokens; null if there is none. */
    @Nullable
    TokenUsage usage() throws IOException {
        if (!isObject()) {
            skip();
            return null;
        }
        Integer[] counts = new Integer[2];
        object(name -> {
            if (name.equals("prompt_tokens") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                counts[0] = integer();
            } else if (name.equals("total_tokens") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                counts[1] = integer();
            } else {
                skip();
            }
        });
        return new TokenUsage(counts[0], null, counts[1]);
    }

    boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    boolean isText() {
        return json.currentToken() == JsonToken.VALUE_STRING;
    }

    int integer() throws IOException {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "this is no whole number");
        return json.getIntValue();
    }

    double number() throws IOException {
        require(json.currentToken().isNumeric(), "this is no number");
        double value = json.getDoubleValue();
        require(Double.isFinite(value), "a number is too large");
        return value;
    }

    /** Text, or the words of a number or a boolean; null becomes empty. */
    String text() throws IOException {
        require(json.currentToken().isScalarValue(), "this is no text");
        return json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText();
    }

    boolean bool() throws IOException {
        require(json.currentToken().isBoolean(), "this is neither true nor false");
        return json.getBooleanValue();
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new JsonParseException(json, otherwise);
        }
    }
}
