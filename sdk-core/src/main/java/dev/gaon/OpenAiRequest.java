package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
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
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Writes one chat request in the OpenAI format. */
final class OpenAiRequest extends ChatWriter {

    /** What the format calls the kinds of audio that servers are known to read. */
    private static final Map<String, String> AUDIO = Map.of(
            "audio/wav", "wav",
            "audio/x-wav", "wav",
            "audio/mpeg", "mp3",
            "audio/mp3", "mp3",
            "audio/webm", "webm",
            "audio/ogg", "ogg",
            "audio/opus", "opus");

    OpenAiRequest(ChatRequest request, ModelCard model, Endpoint endpoint, JsonGenerator out) {
        super(request, model, endpoint, out);
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
        extras("top_k");
        out.writeEndObject();
    }

    private void messages() throws IOException {
        out.writeArrayFieldStart("messages");
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage system) {
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
            } else if (content instanceof AudioContent audio) {
                audio(audio.audio());
            } else {
                throw unsupported(
                        "입력 종류 " + content.type() + "을(를) 보낼 수 없습니다", "it cannot take input of type " + content.type());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void image(ImageContent content) throws IOException {
        Image image = content.image();
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

    private void audio(Audio audio) throws IOException {
        String format = AUDIO.get(String.valueOf(audio.mimeType()).toLowerCase(Locale.ROOT));
        if (format == null || audio.base64Data() == null) {
            throw unsupported(
                    "오디오(AUDIO)는 base64와 mimeType " + new TreeSet<>(AUDIO.keySet()) + " 중 하나로 주어야 합니다",
                    "audio (AUDIO) must be given as base64 with one of the mimeTypes " + new TreeSet<>(AUDIO.keySet()));
        }
        out.writeStringField("type", "input_audio");
        out.writeObjectFieldStart("input_audio");
        out.writeStringField("data", audio.base64Data());
        out.writeStringField("format", format);
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
        toolSpecifications(tools);
        toolChoice("tool_choice", Capabilities.takes(quirks, "required"));
    }

    private void responseFormat() throws IOException {
        ResponseFormat format = parameters.responseFormat();
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return;
        }
        String type = format.jsonSchema() == null ? "json_object" : "json_schema";
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
            answerSchema(format.jsonSchema().rootElement());
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
