package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one chat request in CLOVA Studio's own format. Reasoning is never sent back; what the format has beside
 * LangChain4j's parameters (repetitionPenalty, seed, includeAiFilters) comes as extra fields.
 */
final class ClovaRequest extends ChatWriter {

    private static final JsonFactory JSON = new JsonFactory();

    /** v1: messages of text only, no tools, no structured output. */
    private final boolean older;

    ClovaRequest(ChatRequest request, ModelCard model, Endpoint endpoint, JsonGenerator out, boolean older) {
        super(request, model, endpoint, out);
        this.older = older;
    }

    void write() throws IOException {
        unknown("frequencyPenalty", parameters.frequencyPenalty());
        unknown("presencePenalty", parameters.presencePenalty());
        out.writeStartObject();
        messages();
        number("topP", parameters.topP());
        number("temperature", parameters.temperature());
        if (parameters.maxOutputTokens() != null) {
            // Documented: a model that reasons takes the bound of its reasoning and answer together, and no other.
            out.writeNumberField(
                    model.thinking() == null ? "maxTokens" : "maxCompletionTokens", parameters.maxOutputTokens());
        }
        if (parameters.stopSequences() != null && !parameters.stopSequences().isEmpty()) {
            out.writeArrayFieldStart(older ? "stopBefore" : "stop");
            for (String stop : parameters.stopSequences()) {
                out.writeString(stop);
            }
            out.writeEndArray();
        }
        tools();
        responseFormat();
        extras("topK");
        out.writeEndObject();
    }

    /** The format has another penalty, which means something else. */
    private void unknown(String penalty, @Nullable Double value) {
        if (value != null) {
            String own = older ? "repeatPenalty" : "repetitionPenalty";
            throw unsupported(
                    penalty + " 항목이 없는 형식입니다 (대신: extraBody의 " + own + ")",
                    "its format has no " + penalty + " (instead: " + own + " in extraBody)");
        }
    }

    private CallFailure unsayable(String ko, String en) {
        return unsupported("이 형식은 " + ko + "을(를) 지원하지 않습니다", "its format does not support " + en);
    }

    private void messages() throws IOException {
        out.writeArrayFieldStart("messages");
        for (ChatMessage message : request.messages()) {
            out.writeStartObject();
            if (message instanceof SystemMessage system) {
                role("system");
                out.writeStringField("content", system.text());
            } else if (message instanceof UserMessage user) {
                role("user");
                if (user.name() != null) {
                    throw unsayable("사용자 이름(UserMessage.name)", "the name of a user (UserMessage.name)");
                }
                out.writeFieldName("content");
                contents(user.contents());
            } else if (message instanceof AiMessage ai) {
                assistant(ai);
            } else if (message instanceof ToolExecutionResultMessage result && !older && result.hasSingleText()) {
                role("tool");
                out.writeStringField("toolCallId", result.id());
                out.writeStringField("content", result.text());
            } else {
                throw unsayable("메시지 종류 " + message.type(), "a message of type " + message.type());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void role(String role) throws IOException {
        out.writeStringField("role", role);
    }

    private void contents(List<Content> contents) throws IOException {
        if (contents.size() == 1 && contents.get(0) instanceof TextContent text) {
            out.writeString(text.text());
            return;
        }
        if (older) {
            throw unsayable("여러 부분으로 된 메시지", "a message of several parts");
        }
        out.writeStartArray();
        for (Content content : contents) {
            out.writeStartObject();
            if (content instanceof TextContent text) {
                out.writeStringField("type", "text");
                out.writeStringField("text", text.text());
            } else if (content instanceof ImageContent image) {
                image(image.image());
            } else {
                throw unsayable("입력 종류 " + content.type(), "input of type " + content.type());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void image(Image image) throws IOException {
        out.writeStringField("type", "image_url");
        boolean address = image.url() != null;
        out.writeObjectFieldStart(address ? "imageUrl" : "dataUri");
        out.writeStringField(address ? "url" : "data", address ? image.url().toString() : image.base64Data());
        out.writeEndObject();
    }

    private void assistant(AiMessage ai) throws IOException {
        role("assistant");
        out.writeStringField("content", ai.text() == null ? "" : ai.text());
        if (!ai.hasToolExecutionRequests()) {
            return;
        }
        if (older) {
            throw unsayable("도구 호출", "tool calls");
        }
        out.writeArrayFieldStart("toolCalls");
        for (ToolExecutionRequest call : ai.toolExecutionRequests()) {
            out.writeStartObject();
            out.writeStringField("id", call.id());
            out.writeStringField("type", "function");
            out.writeObjectFieldStart("function");
            out.writeStringField("name", call.name());
            out.writeFieldName("arguments");
            arguments(call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments());
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** LangChain4j keeps them as text, the format wants the object. */
    private void arguments(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken token = parser.nextToken();
            boolean object = token == JsonToken.START_OBJECT;
            for (; object && token != null; token = parser.nextToken()) {
                out.copyCurrentEventExact(parser);
            }
            if (object) {
                return;
            }
        } catch (JsonProcessingException e) {
            // Refused below; its own message would quote the text.
        }
        throw unsayable("JSON 객체가 아닌 도구 인자", "tool arguments that are no JSON object");
    }

    private void tools() throws IOException {
        List<ToolSpecification> tools = parameters.toolSpecifications();
        if (tools == null || tools.isEmpty()) {
            return;
        }
        if (older) {
            throw unsayable("도구", "tools");
        }
        if (parameters.toolChoice() == ToolChoice.REQUIRED && tools.size() > 1) {
            throw unsayable("ToolChoice.REQUIRED", "ToolChoice.REQUIRED");
        }
        for (ToolSpecification tool : tools) {
            if (Boolean.TRUE.equals(tool.strict())) {
                throw unsayable("도구의 strict", "strict of a tool");
            }
        }
        toolSpecifications(tools);
        toolChoice("toolChoice", false);
    }

    private void responseFormat() throws IOException {
        ResponseFormat format = parameters.responseFormat();
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return;
        }
        if (older) {
            throw unsayable("JSON 응답 형식", "a JSON response format");
        }
        if (format.jsonSchema() == null) {
            throw unsayable("스키마 없는 JSON 응답 형식", "a JSON response format without a schema");
        }
        out.writeObjectFieldStart("responseFormat");
        out.writeStringField("type", "json");
        out.writeFieldName("schema");
        answerSchema(format.jsonSchema().rootElement());
        out.writeEndObject();
    }
}
