package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes one chat request in the OpenAI format; refuses before a byte is sent what the endpoint is known not to take. */
final class OpenAiRequest {

    /** Fields that Gaon writes itself. */
    private static final Set<String> RESERVED = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "frequency_penalty",
            "presence_penalty",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "tools",
            "tool_choice",
            "response_format",
            "n");

    private static final int DEEPEST_EXTRA = 16;

    private final ChatRequest request;
    private final ChatRequestParameters parameters;
    private final ModelCard model;
    private final Endpoint endpoint;
    private final Quirks quirks;
    private final JsonGenerator out;

    OpenAiRequest(ChatRequest request, ModelCard model, Endpoint endpoint, JsonGenerator out) {
        this.request = request;
        this.parameters = request.parameters();
        this.model = model;
        this.endpoint = endpoint;
        this.quirks = endpoint.offer().quirks();
        this.out = out;
    }

    /** A copy of the caller's own fields, of JSON's types only, not deep and not many. */
    static Map<String, Object> checkedExtra(Map<String, ?> fields) {
        for (String name : fields.keySet()) {
            if (RESERVED.contains(name)) {
                throw new Text(
                                "extraBody에 " + name + "을(를) 넣을 수 없습니다. ChatRequest의 해당 항목을 쓰세요.",
                                "extraBody must not hold " + name + "; use the field of the ChatRequest instead.")
                        .refusal();
            }
        }
        if (fields.size() > 64) {
            throw new Text("extraBody의 항목은 64개까지입니다.", "extraBody takes at most 64 fields.").refusal();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(name, copyOf(value, 1)));
        return copy;
    }

    private static Object copyOf(Object value, int depth) {
        if (depth > DEEPEST_EXTRA) {
            throw new Text(
                            "extraBody는 " + DEEPEST_EXTRA + "단계까지만 겹칠 수 있습니다.",
                            "extraBody may nest at most " + DEEPEST_EXTRA + " levels.")
                    .refusal();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(String.valueOf(name), copyOf(inner, depth + 1)));
            return Collections.unmodifiableMap(copy);
        } else if (value instanceof Iterable<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(copyOf(inner, depth + 1)));
            return Collections.unmodifiableList(copy);
        } else if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new Text(
                        "extraBody의 값은 문자열, 숫자, 참/거짓, 목록, 맵이어야 합니다.",
                        "Values of extraBody must be text, numbers, booleans, lists or maps.")
                .refusal();
    }

    void write(boolean streaming) throws IOException {
        out.writeStartObject();
        out.writeStringField("model", endpoint.wireModel() == null ? model.id() : endpoint.wireModel());
        messages();
        number("temperature", parameters.temperature());
        number("top_p", parameters.topP());
        number("frequency_penalty", parameters.frequencyPenalty());
        number("presence_penalty", parameters.presencePenalty());
        if (parameters.maxOutputTokens() != null) {
            out.writeNumberField(quirks.maxTokensField(), parameters.maxOutputTokens());
        }
        if (parameters.stopSequences() != null && !parameters.stopSequences().isEmpty()) {
            taken("stop");
            out.writeArrayFieldStart("stop");
            for (String stop : parameters.stopSequences()) {
                out.writeString(stop);
            }
            out.writeEndArray();
        }
        tools();
        responseFormat();
        if (streaming) {
            out.writeBooleanField("stream", true);
            if (quirks.streamUsage()) {
                out.writeObjectFieldStart("stream_options");
                out.writeBooleanField("include_usage", true);
                out.writeEndObject();
            }
        }
        extras();
        out.writeEndObject();
    }

    private void number(String field, Double value) throws IOException {
        if (value == null) {
            return;
        }
        taken(field);
        if (field.equals("temperature") && quirks.temperatureMax() != null && value > quirks.temperatureMax()) {
            throw unsupported(
                    "temperature는 " + quirks.temperatureMax() + "까지입니다 (요청: " + value + ")",
                    "temperature goes up to " + quirks.temperatureMax() + " (asked: " + value + ")");
        }
        out.writeNumberField(field, value);
    }

    private void taken(String field) {
        if (quirks.refusedFields().contains(field)) {
            throw unsupported(field + " 항목을 받지 않습니다", "it does not take " + field);
        }
    }

    private CallFailure unsupported(String ko, String en) {
        return CallFailure.kind("unsupported")
                .at(endpoint)
                .phase("configure")
                .message(model.id() + ": " + ko + ".", model.id() + ": " + en + ".")
                .fix("요청에서 빼거나 다른 모델을 고르세요. 아무것도 보내지 않았습니다.", "Leave it out or choose another model. Nothing was sent.")
                .build();
    }

    private void messages() throws IOException {
        out.writeArrayFieldStart("messages");
        int systems = 0;
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage system) {
                if (++systems > 1 && quirks.singleSystemMessage()) {
                    throw unsupported("시스템 메시지는 하나만 받습니다", "it takes one system message only");
                }
                start("system");
                out.writeStringField("content", system.text());
            } else if (message instanceof UserMessage user) {
                start("user");
                if (user.name() != null) {
                    out.writeStringField("name", user.name());
                }
                out.writeFieldName("content");
                contents(user.contents());
            } else if (message instanceof AiMessage ai) {
                assistant(ai);
            } else if (message instanceof ToolExecutionResultMessage result) {
                start("tool");
                out.writeStringField("tool_call_id", result.id());
                out.writeFieldName("content");
                contents(result.contents());
            } else {
                throw unsupported(
                        "메시지 종류 " + message.type() + "을(를) 보낼 수 없습니다",
                        "it cannot take a message of type " + message.type());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void start(String role) throws IOException {
        out.writeStartObject();
        out.writeStringField("role", role);
    }

    private void contents(List<Content> contents) throws IOException {
        if (contents.size() == 1 && contents.get(0) instanceof TextContent text) {
            out.writeString(text.text());
            return;
        }
        out.writeStartArray();
        for (Content content : contents) {
            out.writeStartObject();
            if (content instanceof TextContent text) {
                out.writeStringField("type", "text");
                out.writeStringField("text", text.text());
            } else if (content instanceof ImageContent image) {
                image(image);
            } else {
                throw unsupported(
                        "입력 종류 " + content.type() + "을(를) 보낼 수 없습니다", "it cannot take input of type " + content.type());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void image(ImageContent content) throws IOException {
        if (model.input() != null && !model.input().contains("image")) {
            throw unsupported("이미지를 읽지 않는 모델입니다", "it does not read images");
        }
        Image image = content.image();
        if (image.url() == null && image.mimeType() == null) {
            throw unsupported("이미지에 mimeType이 필요합니다", "an image needs its mimeType");
        }
        out.writeStringField("type", "image_url");
        out.writeObjectFieldStart("image_url");
        out.writeStringField(
                "url",
                image.url() != null
                        ? image.url().toString()
                        : "data:" + image.mimeType() + ";base64," + image.base64Data());
        out.writeStringField(
                "detail",
                switch (content.detailLevel()) {
                    case LOW -> "low";
                    case AUTO -> "auto";
                    default -> "high";
                });
        out.writeEndObject();
    }

    private void assistant(AiMessage ai) throws IOException {
        start("assistant");
        if (ai.text() != null) {
            out.writeStringField("content", ai.text());
        } else if (quirks.nullContentAsEmpty()) {
            out.writeStringField("content", "");
        } else {
            out.writeNullField("content");
        }
        if (ai.thinking() != null && quirks.reasoningHistoryField() != null) {
            out.writeStringField(quirks.reasoningHistoryField(), ai.thinking());
        }
        if (ai.hasToolExecutionRequests()) {
            out.writeArrayFieldStart("tool_calls");
            for (ToolExecutionRequest call : ai.toolExecutionRequests()) {
                out.writeStartObject();
                out.writeStringField("id", call.id());
                out.writeStringField("type", "function");
                out.writeObjectFieldStart("function");
                out.writeStringField("name", call.name());
                out.writeStringField(
                        "arguments",
                        call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments());
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private void tools() throws IOException {
        List<ToolSpecification> tools = parameters.toolSpecifications();
        if (tools == null || tools.isEmpty()) {
            return;
        }
        if (Boolean.FALSE.equals(model.tools())) {
            throw unsupported("도구를 부르지 않는 모델입니다", "it does not call tools");
        }
        out.writeArrayFieldStart("tools");
        for (ToolSpecification tool : tools) {
            if (quirks.toolDescriptionRequired()
                    && (tool.description() == null || tool.description().isBlank())) {
                throw unsupported(
                        "도구 " + tool.name() + "에 설명이 필요합니다", "the tool " + tool.name() + " needs a description");
            }
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
        ToolChoice choice = parameters.toolChoice();
        if (choice != null) {
            String word = choice.name().toLowerCase(Locale.ROOT);
            if (!quirks.toolChoice().isEmpty() && !quirks.toolChoice().contains(word)) {
                throw unsupported("toolChoice " + choice + "을(를) 받지 않습니다", "it does not take toolChoice " + choice);
            }
            out.writeStringField("tool_choice", word);
        }
    }

    private void responseFormat() throws IOException {
        ResponseFormat format = parameters.responseFormat();
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return;
        }
        String type = format.jsonSchema() == null ? "json_object" : "json_schema";
        if (Boolean.FALSE.equals(model.structuredOutput())
                || (!quirks.responseFormats().isEmpty()
                        && !quirks.responseFormats().contains(type))) {
            throw unsupported(
                    "구조화 출력(" + type + ")을 지원하지 않습니다", "it does not support structured output (" + type + ")");
        }
        out.writeObjectFieldStart("response_format");
        out.writeStringField("type", type);
        if (format.jsonSchema() != null) {
            out.writeObjectFieldStart("json_schema");
            out.writeStringField(
                    "name",
                    format.jsonSchema().name() == null
                            ? "reply"
                            : format.jsonSchema().name());
            out.writeBooleanField("strict", true);
            out.writeFieldName("schema");
            new OpenAiSchema(out).write(format.jsonSchema().rootElement());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** What OpenAI does not know, the thinking switch and the caller's own fields; nested fields of both meet in one object. */
    private void extras() throws IOException {
        GaonParameters own = parameters instanceof GaonParameters gaon ? gaon : null;
        if (parameters.topK() == null
                && (own == null || (own.thinking() == null && own.extraBody().isEmpty()))) {
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (parameters.topK() != null) {
            taken("top_k");
            fields.put("top_k", parameters.topK());
        }
        if (own != null) {
            if (own.thinking() != null) {
                thinking(own.thinking(), fields);
            }
            for (Map.Entry<String, Object> extra : own.extraBody().entrySet()) {
                taken(extra.getKey());
                merge(fields, extra.getKey(), extra.getValue());
            }
        }
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            out.writeFieldName(field.getKey());
            value(field.getValue());
        }
    }

    private void thinking(Thinking level, Map<String, Object> fields) {
        String name = level.name().toLowerCase(Locale.ROOT);
        Map<String, Object> levels = model.thinking();
        if (levels == null || !levels.containsKey(name)) {
            if (level == Thinking.NONE && levels == null) {
                return;
            }
            throw unsupported(
                    "thinking " + level + "을(를) 제공하지 않습니다 (가능: " + model.thinkingLevels() + ")",
                    "it does not offer thinking " + level + " (offered: " + model.thinkingLevels() + ")");
        }
        for (Set<String> pair : model.exclusive()) {
            boolean withTools = pair.contains("tools")
                    && parameters.toolSpecifications() != null
                    && !parameters.toolSpecifications().isEmpty();
            boolean withSchema = pair.contains("structuredOutput")
                    && parameters.responseFormat() != null
                    && parameters.responseFormat().type() == ResponseFormatType.JSON;
            boolean withStop = pair.contains("stop")
                    && parameters.stopSequences() != null
                    && !parameters.stopSequences().isEmpty();
            if (level != Thinking.NONE && pair.contains("thinking") && (withTools || withSchema || withStop)) {
                throw unsupported(
                        "thinking과 " + (withTools ? "도구" : withSchema ? "구조화 출력" : "stopSequences")
                                + "을(를) 함께 쓸 수 없습니다",
                        "it cannot combine thinking with "
                                + (withTools ? "tools" : withSchema ? "structured output" : "stopSequences"));
            }
        }
        Object wire = levels.get(name);
        if (wire instanceof Map<?, ?> map) {
            map.forEach((key, value) -> merge(fields, (String) key, value));
        } else if (wire != null && quirks.thinkingField() != null) {
            String[] path = quirks.thinkingField().split("\\.", 2);
            merge(fields, path[0], path.length == 1 ? wire : Map.of(path[1], wire));
        } else if (wire != null) {
            throw unsupported("이 서버에서 thinking을 켜고 끄는 방법을 모릅니다", "how this server switches thinking is not known");
        }
    }

    private static void merge(Map<String, Object> fields, String name, Object value) {
        if (fields.get(name) instanceof Map<?, ?> have && value instanceof Map<?, ?> more) {
            Map<Object, Object> both = new LinkedHashMap<>(have);
            both.putAll(more);
            fields.put(name, both);
        } else {
            fields.put(name, value);
        }
    }

    private void value(Object value) throws IOException {
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
