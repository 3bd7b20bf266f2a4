package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.io.IOException;
import java.util.Map;

/** Writes LangChain4j's schema elements as JSON Schema. */
final class OpenAiSchema {

    private final JsonGenerator out;

    OpenAiSchema(JsonGenerator out) {
        this.out = out;
    }

    void write(JsonSchemaElement element) throws IOException {
        if (element instanceof JsonRawSchema raw) {
            out.writeRawValue(raw.schema());
            return;
        }
        out.writeStartObject();
        if (element.description() != null) {
            out.writeStringField("description", element.description());
        }
        if (element instanceof JsonObjectSchema object) {
            object(object);
        } else if (element instanceof JsonArraySchema array) {
            out.writeStringField("type", "array");
            if (array.items() != null) {
                out.writeFieldName("items");
                write(array.items());
            }
        } else if (element instanceof JsonEnumSchema words) {
            out.writeStringField("type", "string");
            out.writeArrayFieldStart("enum");
            for (String word : words.enumValues()) {
                out.writeString(word);
            }
            out.writeEndArray();
        } else if (element instanceof JsonAnyOfSchema any) {
            out.writeArrayFieldStart("anyOf");
            for (JsonSchemaElement one : any.anyOf()) {
                write(one);
            }
            out.writeEndArray();
        } else if (element instanceof JsonReferenceSchema reference) {
            out.writeStringField("$ref", "#/$defs/" + reference.reference());
        } else {
            out.writeStringField("type", simpleType(element));
        }
        out.writeEndObject();
    }

    private void object(JsonObjectSchema object) throws IOException {
        out.writeStringField("type", "object");
        out.writeObjectFieldStart("properties");
        for (Map.Entry<String, JsonSchemaElement> property : object.properties().entrySet()) {
            out.writeFieldName(property.getKey());
            write(property.getValue());
        }
        out.writeEndObject();
        if (object.required() != null && !object.required().isEmpty()) {
            out.writeArrayFieldStart("required");
            for (String name : object.required()) {
                out.writeString(name);
            }
            out.writeEndArray();
        }
        if (object.additionalProperties() != null) {
            out.writeBooleanField("additionalProperties", object.additionalProperties());
        }
        if (object.definitions() != null && !object.definitions().isEmpty()) {
            out.writeObjectFieldStart("$defs");
            for (Map.Entry<String, JsonSchemaElement> definition :
                    object.definitions().entrySet()) {
                out.writeFieldName(definition.getKey());
                write(definition.getValue());
            }
            out.writeEndObject();
        }
    }

    private static String simpleType(JsonSchemaElement element) {
        if (element instanceof JsonStringSchema) {
            return "string";
        } else if (element instanceof JsonIntegerSchema) {
            return "integer";
        } else if (element instanceof JsonNumberSchema) {
            return "number";
        } else if (element instanceof JsonBooleanSchema) {
            return "boolean";
        } else if (element instanceof JsonNullSchema) {
            return "null";
        }
        throw CallFailure.kind("unsupported")
                .phase("configure")
                .message(
                        "JSON 스키마 요소를 보낼 수 없습니다: " + element.getClass().getSimpleName() + ".",
                        "This JSON schema element cannot be sent: "
                                + element.getClass().getSimpleName() + ".")
                .fix("스키마에서 빼거나 바꾸세요. 아무것도 보내지 않았습니다.", "Leave it out of the schema or replace it. Nothing was sent.")
                .build();
    }
}
