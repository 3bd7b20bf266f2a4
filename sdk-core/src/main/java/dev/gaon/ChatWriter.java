package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What writing a chat request has in common in every format. What the endpoint does not take was refused before, by
 * {@link Capabilities}; what remains to be refused here is what the format cannot say. Used by one thread, once.
 */
abstract class ChatWriter {

    private static final JsonFactory JSON = new JsonFactory();

    final ChatRequest request;
    final ChatRequestParameters parameters;
    final ModelCard model;
    final Endpoint endpoint;
    final Quirks quirks;
    final JsonGenerator out;

    ChatWriter(ChatRequest request, ModelCard model, Endpoint endpoint, JsonGenerator out) {
        this.request = request;
        this.parameters = request.parameters();
        this.model = model;
        this.endpoint = endpoint;
        this.quirks = endpoint.offer().quirks();
        this.out = out;
    }

    final CallFailure unsupported(String ko, String en) {
        return Capabilities.unsupported(model, endpoint, ko, en);
    }

    final void number(String field, @Nullable Double value) throws IOException {
        if (value != null) {
            out.writeNumberField(field, value);
        }
    }

    /** Writes the tools the model may call, under the field that all formats have for them. */
    final void toolSpecifications(List<ToolSpecification> tools) throws IOException {
        out.writeArrayFieldStart("tools");
        for (ToolSpecification tool : tools) {
            out.writeStartObject();
            out.writeStringField("type", "function");
            out.writeObjectFieldStart("function");
            out.writeStringField("name", tool.name());
            if (tool.description() != null) {
                out.writeStringField("description", tool.description());
            }
            out.writeFieldName("parameters");
            if (tool.parameters() == null) {
                out.writeStartObject();
                out.writeStringField("type", "object");
                out.writeObjectFieldStart("properties");
                out.writeEndObject();
                out.writeEndObject();
            } else {
                new OpenAiSchema(out).write(tool.parameters());
            }
            if (Boolean.TRUE.equals(tool.strict())) {
                out.writeBooleanField("strict", true);
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /**
     * Writes which tool may or must be called, if the caller said so. To have to call the only tool there is means to call
     * that one, which also servers take that know no "required".
     */
    final void toolChoice(String field, boolean knowsRequired) throws IOException {
        ToolChoice choice = parameters.toolChoice();
        if (choice == null) {
            return;
        }
        if (choice != ToolChoice.REQUIRED || knowsRequired) {
            out.writeStringField(field, choice.name().toLowerCase(Locale.ROOT));
            return;
        }
        out.writeObjectFieldStart(field);
        out.writeStringField("type", "function");
        out.writeObjectFieldStart("function");
        out.writeStringField("name", parameters.toolSpecifications().get(0).name());
        out.writeEndObject();
        out.writeEndObject();
    }

    /** Writes the schema of an answer, made to fit what the provider takes of JSON Schema. */
    final void answerSchema(JsonSchemaElement element) throws IOException {
        SchemaSubset subset = quirks.schema();
        if (subset == null) {
            new OpenAiSchema(out).write(element);
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (JsonGenerator copy = JSON.createGenerator(whole)) {
            new OpenAiSchema(copy).write(element);
        }
        Object read;
        try {
            read = JsonTree.read(whole.toByteArray());
        } catch (IOException e) {
            throw unsupported("스키마가 JSON이 아닙니다", "its schema is no JSON");
        }
        if (!(read instanceof Map<?, ?> schema)) {
            throw unsupported("스키마는 JSON 객체여야 합니다", "a schema must be a JSON object");
        }
        try {
            value(subset.narrowed(schema));
        } catch (SchemaSubset.Misfit e) {
            throw unsupported(e.why.ko(), e.why.en());
        }
    }

    /** What the format has no field for, the thinking switch and the caller's own fields; nested fields of both meet. */
    final void extras(String topKField) throws IOException {
        GaonParameters own = parameters instanceof GaonParameters gaon ? gaon : null;
        if (parameters.topK() == null
                && (own == null || (own.thinking() == null && own.extraBody().isEmpty()))) {
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (parameters.topK() != null) {
            fields.put(topKField, parameters.topK());
        }
        if (own != null) {
            if (own.thinking() != null) {
                thinking(own.thinking(), fields);
            }
            own.extraBody().forEach((name, value) -> ExtraFields.merge(fields, name, value));
        }
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            out.writeFieldName(field.getKey());
            value(field.getValue());
        }
    }

    private void thinking(Thinking level, Map<String, Object> fields) {
        Map<String, Object> levels = model.thinking();
        if (levels == null) {
            return;
        }
        Object wire = levels.get(level.name().toLowerCase(Locale.ROOT));
        if (wire instanceof Map<?, ?> map) {
            map.forEach((key, value) -> ExtraFields.merge(fields, (String) key, value));
        } else if (wire != null) {
            String[] path = Objects.requireNonNull(quirks.thinkingField(), "thinkingField")
                    .split("\\.", 2);
            ExtraFields.merge(fields, path[0], path.length == 1 ? wire : Map.of(path[1], wire));
        }
    }

    final void value(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                value(entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                value(element);
            }
            out.writeEndArray();
        } else {
            out.writePOJO(value);
        }
    }
}
