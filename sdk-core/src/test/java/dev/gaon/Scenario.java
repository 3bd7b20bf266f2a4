package dev.gaon;

import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Locale;

/** What a caller asks: the same LangChain4j request for every provider, whatever becomes of it on the wire. */
enum Scenario {
    CHAT,
    STREAM,
    TOOLS,
    STREAM_TOOLS,
    STRUCTURED,
    THINKING,
    STREAM_THINKING,
    ERROR,
    STREAM_ERROR,
    TRUNCATED;

    static final String QUESTION = "가온이 무슨 뜻인가요?";

    static Scenario of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean streaming() {
        return name().startsWith("STREAM");
    }

    ChatRequest request() {
        GaonParameters.Builder parameters = GaonParameters.builder();
        parameters.maxOutputTokens(this == TRUNCATED ? 16 : 2048);
        List<ChatMessage> messages = switch (this) {
            case CHAT, STREAM, ERROR, STREAM_ERROR -> {
                parameters.temperature(0.5);
                yield List.of(SystemMessage.from("한국어로 짧게 답하세요."), UserMessage.from(QUESTION));
            }
            case TOOLS, STREAM_TOOLS -> {
                parameters.toolSpecifications(weather()).toolChoice(ToolChoice.AUTO);
                yield afterOneTool();
            }
            case STRUCTURED -> {
                parameters.thinking(Thinking.NONE).responseFormat(city());
                yield List.of(UserMessage.from("서울의 이름과 인구를 JSON으로 알려 주세요."));
            }
            case THINKING, STREAM_THINKING -> {
                parameters.thinking(Thinking.HIGH);
                yield List.of(UserMessage.from("17은 소수인가요?"));
            }
            case TRUNCATED -> List.of(UserMessage.from("17은 소수인가요?"));
        };
        return ChatRequest.builder()
                .messages(messages)
                .parameters(parameters.build())
                .build();
    }

    /** A conversation in which a tool was called already, so that its call and its result travel too. */
    private static List<ChatMessage> afterOneTool() {
        return List.of(
                UserMessage.from("서울 날씨는?"),
                AiMessage.from(ToolExecutionRequest.builder()
                        .id("call_1")
                        .name("get_weather")
                        .arguments("{\"city\":\"서울\"}")
                        .build()),
                ToolExecutionResultMessage.from("call_1", "get_weather", "맑음, 24도"),
                UserMessage.from("부산은?"));
    }

    private static ToolSpecification weather() {
        return ToolSpecification.builder()
                .name("get_weather")
                .description("도시의 날씨를 알려 준다")
                .parameters(JsonObjectSchema.builder()
                        .addProperty(
                                "city",
                                JsonStringSchema.builder().description("도시 이름").build())
                        .required("city")
                        .build())
                .build();
    }

    private static ResponseFormat city() {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("city")
                        .rootElement(JsonObjectSchema.builder()
                                .addStringProperty("name")
                                .addIntegerProperty("population")
                                .required("name", "population")
                                .additionalProperties(false)
                                .build())
                        .build())
                .build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
