package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.MultipartBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Has one document read by a model that knows its fields, and hands them on as JSON text, {@code [[key, value, refined,
 * confidence], ...]}, so that guards see what came back; used by one call.
 */
final class DocumentFields extends JsonReply implements Router.Transport {

    private static final int MOST = 100_000;

    /** Each level is a part of the keys of all that is in it. */
    private static final int DEEPEST = 16;

    private final HttpTransport http;
    private final DocumentFile file;
    private final List<GaonDocuments.Field> fields = new ArrayList<>();
    private @Nullable String model;
    private int depth;

    DocumentFields(HttpTransport http, DocumentFile file) {
        this.http = http;
        this.file = file;
    }

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest judged, Consumer<ChatDelta> out) {
        fields.clear();
        depth = 0;
        MultipartBody form = file.form(
                Map.of("model", endpoint.wireModel() == null ? call.model().id() : endpoint.wireModel()));
        Buffer body = new Buffer();
        String text;
        try {
            form.writeTo(body);
            String path = endpoint.offer().path("informationExtractionPrebuilt", "/information-extraction");
            http.post(call, endpoint, judged, path, form.contentType(), body, this::read);
            text = text();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        if (model != null) {
            out.accept(new ChatDelta.Origin(null, http.word(model, endpoint, judged)));
        }
        out.accept(new ChatDelta.Text(text));
        out.accept(new ChatDelta.Finish(FinishReason.STOP, "stop"));
    }

    private void read(ReplyInput in) throws IOException {
        try (JsonParser json = DocumentReply.JSON.createParser(in)) {
            read(json);
            expect(next() == JsonToken.START_OBJECT, "the reply is no JSON object");
            boolean told = false;
            while (nextField()) {
                switch (field()) {
                    case "fields" -> {
                        told = true;
                        next();
                        list();
                    }
                    case "modelVersion" -> model = textValue();
                    default -> skip();
                }
            }
            expect(next() == null, "something follows the JSON of the reply");
            expect(told, "the reply has no fields");
        }
    }

    private void list() throws IOException {
        if (token() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(token() == JsonToken.START_ARRAY, "fields are no list");
        for (JsonToken token; (token = next()) != JsonToken.END_ARRAY; ) {
            expect(token == JsonToken.START_OBJECT, "a field is no object");
            expect(fields.size() < MOST, "there are more than " + MOST + " fields");
            one();
        }
    }

    /** What is inside a field may come before the field's key, and is then found by its place. */
    private void one() throws IOException {
        int place = fields.size();
        String key = "";
        String value = null;
        String refined = null;
        Double confidence = null;
        while (nextField()) {
            switch (field()) {
                case "key" -> key = String.valueOf(textValue());
                case "value" -> value = word();
                case "refinedValue" -> refined = word();
                case "confidence" -> confidence = number();
                case "properties" -> {
                    next();
                    expect(++depth <= DEEPEST, "fields nest deeper than " + DEEPEST + " levels");
                    list();
                    depth--;
                }
                default -> skip();
            }
        }
        for (int i = place; i < fields.size(); i++) {
            GaonDocuments.Field inner = fields.get(i);
            fields.set(
                    i,
                    new GaonDocuments.Field(
                            key + "/" + inner.key(), inner.value(), inner.refined(), inner.confidence()));
        }
        if (value != null || refined != null) {
            fields.add(place, new GaonDocuments.Field(key, value, refined, confidence));
        }
    }

    /** A text, or a number or boolean as it is written. */
    private @Nullable String word() throws IOException {
        JsonToken token = next();
        if (token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
            skipped();
            return null;
        }
        return scalar();
    }

    private @Nullable Double number() throws IOException {
        String number = word();
        try {
            return number == null ? null : Double.valueOf(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String text() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = DocumentReply.JSON.createGenerator(text)) {
            json.writeStartArray();
            for (GaonDocuments.Field field : fields) {
                json.writeStartArray();
                json.writeString(field.key());
                json.writeString(field.value());
                json.writeString(field.refined());
                json.writeString(
                        field.confidence() == null ? null : field.confidence().toString());
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        return text.toString();
    }
}
