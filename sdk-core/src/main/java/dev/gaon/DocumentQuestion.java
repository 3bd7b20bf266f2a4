package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.function.Consumer;
import okio.Buffer;

/**
 * Asks a model about one document in the shape of a chat: the file as a data address, what is wanted as a JSON schema.
 *
 * @param answers the format of the reply
 * @param purpose of the path, as provider files name it
 * @param usual the path where they do not
 * @param name of the schema
 */
record DocumentQuestion(
        HttpTransport http,
        Dialect answers,
        DocumentFile file,
        String purpose,
        String usual,
        String name,
        Schema schema)
        implements Router.Transport {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the schema of the answer. */
    interface Schema {
        void write(JsonGenerator out) throws IOException;
    }

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest judged, Consumer<ChatDelta> out) {
        Buffer body = new Buffer();
        try (JsonGenerator json = JSON.createGenerator(body.outputStream())) {
            json.writeStartObject();
            json.writeStringField(
                    "model", endpoint.wireModel() == null ? call.model().id() : endpoint.wireModel());
            json.writeArrayFieldStart("messages");
            json.writeStartObject();
            json.writeStringField("role", "user");
            json.writeArrayFieldStart("content");
            json.writeStartObject();
            json.writeStringField("type", "image_url");
            json.writeObjectFieldStart("image_url");
            json.writeFieldName("url");
            file(json, body);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeObjectFieldStart("response_format");
            json.writeStringField("type", "json_schema");
            json.writeObjectFieldStart("json_schema");
            json.writeStringField("name", name);
            json.writeFieldName("schema");
            schema.write(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("the request cannot be written as JSON", e);
        }
        String path = endpoint.offer().path(purpose, usual);
        http.post(call, endpoint, judged, answers, path, body, out);
    }

    /** Past the generator, as it would hold the whole text once more. */
    private void file(JsonGenerator json, Buffer body) throws IOException {
        json.writeRawValue("\"data:application/octet-stream;base64,");
        json.flush();
        try (OutputStream base64 = Base64.getEncoder().wrap(body.outputStream())) {
            file.bytes().write(base64);
        }
        json.writeRaw('"');
    }
}
