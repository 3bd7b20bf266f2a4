package dev.gaon;

import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything a LangChain4j chat request can ask for, one by one. */
enum RequestFeature {
    NOTHING {
        @Override
        void add(Draft draft) {}
    },
    SYSTEM {
        @Override
        void add(Draft draft) {
            draft.messages.add(0, SystemMessage.from("짧게"));
        }
    },
    TWO_SYSTEMS {
        @Override
        void add(Draft draft) {
            draft.messages.add(0, SystemMessage.from("하나"));
            draft.messages.add(0, SystemMessage.from("둘"));
        }
    },
    NAMED_USER {
        @Override
        void add(Draft draft) {
            draft.messages.add(UserMessage.from("gildong", "이름이 있다"));
        }
    },
    SEVERAL_TEXTS {
        @Override
        void add(Draft draft) {
            draft.messages.add(UserMessage.from(TextContent.from("하나"), TextContent.from("둘")));
        }
    },
    IMAGE_ADDRESS {
        @Override
        void add(Draft draft) {
            draft.messages.add(
                    UserMessage.from(TextContent.from("무엇인가요?"), ImageContent.from("https://img.example/a.png")));
        }
    },
    IMAGE_BYTES {
        @Override
        void add(Draft draft) {
            draft.messages.add(UserMessage.from(TextContent.from("무엇인가요?"), ImageContent.from(PNG, "image/png")));
        }
    },
    TWO_IMAGES {
        @Override
        void add(Draft draft) {
            draft.messages.add(
                    UserMessage.from(ImageContent.from(PNG, "image/png"), ImageContent.from(PNG, "image/png")));
        }
    },
    AUDIO {
        @Override
        void add(Draft draft) {
            draft.messages.add(UserMessage.from(AudioContent.from("QUJD", "audio/wav")));
        }
    },
    HISTORY {
        @Override
        void add(Draft draft) {
            draft.messages.add(AiMessage.from("네"));
            draft.messages.add(UserMessage.from("그리고?"));
        }
    },
    THINKING_HISTORY {
        @Override
        void add(Draft draft) {
            draft.messages.add(AiMessage.builder().text("네").thinking("음").build());
            draft.messages.add(UserMessage.from("그리고?"));
        }
    },
    TOOL_HISTORY {
        @Override
        void add(Draft draft) {
            draft.messages.add(AiMessage.from(ToolExecutionRequest.builder()
                    .id("call_1")
                    .name("lookup")
                    .arguments("{\"q\":\"가온\"}")
                    .build()));
            draft.messages.add(ToolExecutionResultMessage.from("call_1", "lookup", "가운데"));
            draft.messages.add(UserMessage.from("그리고?"));
        }
    },
    TOOL_HISTORY_WITHOUT_ARGUMENTS {
        @Override
        void add(Draft draft) {
            draft.messages.add(AiMessage.from(
                    "찾아봅니다",
                    List.of(ToolExecutionRequest.builder()
                            .id("call_2")
                            .name("now")
                            .build())));
            draft.messages.add(ToolExecutionResultMessage.from("call_2", "now", "정오"));
            draft.messages.add(UserMessage.from("그리고?"));
        }
    },
    TOOL {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("lookup", "찾는다"));
        }
    },
    TOOL_WITHOUT_DESCRIPTION {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("bare", null));
        }
    },
    TOOL_WITHOUT_PARAMETERS {
        @Override
        void add(Draft draft) {
            draft.tools.add(
                    ToolSpecification.builder().name("now").description("지금").build());
        }
    },
    TOOL_WITH_AN_ODD_NAME {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("찾기.하나", "찾는다"));
        }
    },
    STRICT_TOOL {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("strictly", "찾는다").toBuilder().strict(true).build());
        }
    },
    TOOL_AUTO {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("auto", "찾는다"));
            draft.parameters.toolChoice(ToolChoice.AUTO);
        }
    },
    TOOL_REQUIRED {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("must", "찾는다"));
            draft.parameters.toolChoice(ToolChoice.REQUIRED);
        }
    },
    TOOL_NONE {
        @Override
        void add(Draft draft) {
            draft.tools.add(tool("never", "찾는다"));
            draft.parameters.toolChoice(ToolChoice.NONE);
        }
    },
    JSON {
        @Override
        void add(Draft draft) {
            draft.parameters.responseFormat(ResponseFormat.JSON);
        }
    },
    JSON_AND_ITS_NAME {
        @Override
        void add(Draft draft) {
            draft.messages.add(UserMessage.from("JSON으로"));
            draft.parameters.responseFormat(ResponseFormat.JSON);
        }
    },
    SCHEMA {
        @Override
        void add(Draft draft) {
            draft.schema(JsonObjectSchema.builder()
                    .description("도시")
                    .addStringProperty("name")
                    .addIntegerProperty("people")
                    .required("name", "people")
                    .additionalProperties(false)
                    .build());
        }
    },
    SCHEMA_WITH_OPTIONAL_PROPERTY {
        @Override
        void add(Draft draft) {
            draft.schema(JsonObjectSchema.builder()
                    .addStringProperty("name")
                    .addBooleanProperty("capital")
                    .required("name")
                    .build());
        }
    },
    SCHEMA_OF_MANY_KINDS {
        @Override
        void add(Draft draft) {
            draft.schema(JsonObjectSchema.builder()
                    .addProperty(
                            "list",
                            JsonArraySchema.builder()
                                    .items(JsonReferenceSchema.builder()
                                            .reference("part")
                                            .build())
                                    .build())
                    .addProperty(
                            "word",
                            JsonEnumSchema.builder().enumValues("가", "나").build())
                    .addProperty(
                            "either",
                            JsonAnyOfSchema.builder()
                                    .anyOf(new JsonStringSchema(), new JsonNumberSchema())
                                    .build())
                    .definitions(Map.of(
                            "part",
                            JsonObjectSchema.builder()
                                    .addProperty("n", new JsonIntegerSchema())
                                    .required("n")
                                    .build()))
                    .required("list", "word", "either")
                    .build());
        }
    },
    SCHEMA_THAT_IS_NO_OBJECT {
        @Override
        void add(Draft draft) {
            draft.schema(new JsonStringSchema());
        }
    },
    TEMPERATURE_0 {
        @Override
        void add(Draft draft) {
            draft.parameters.temperature(0.0);
        }
    },
    TEMPERATURE_2 {
        @Override
        void add(Draft draft) {
            draft.parameters.temperature(2.0);
        }
    },
    TOP_P {
        @Override
        void add(Draft draft) {
            draft.parameters.topP(0.9);
        }
    },
    TOP_P_0 {
        @Override
        void add(Draft draft) {
            draft.parameters.topP(0.0);
        }
    },
    TOP_K {
        @Override
        void add(Draft draft) {
            draft.parameters.topK(40);
        }
    },
    FREQUENCY_PENALTY {
        @Override
        void add(Draft draft) {
            draft.parameters.frequencyPenalty(0.5);
        }
    },
    PRESENCE_PENALTY {
        @Override
        void add(Draft draft) {
            draft.parameters.presencePenalty(-0.5);
        }
    },
    FEW_TOKENS {
        @Override
        void add(Draft draft) {
            draft.parameters.maxOutputTokens(20);
        }
    },
    MANY_TOKENS {
        @Override
        void add(Draft draft) {
            draft.parameters.maxOutputTokens(4096);
        }
    },
    STOP {
        @Override
        void add(Draft draft) {
            draft.parameters.stopSequences("끝");
        }
    },
    THINKING_NONE {
        @Override
        void add(Draft draft) {
            draft.parameters.thinking(Thinking.NONE);
        }
    },
    THINKING_LOW {
        @Override
        void add(Draft draft) {
            draft.parameters.thinking(Thinking.LOW);
        }
    },
    THINKING_MEDIUM {
        @Override
        void add(Draft draft) {
            draft.parameters.thinking(Thinking.MEDIUM);
        }
    },
    THINKING_HIGH {
        @Override
        void add(Draft draft) {
            draft.parameters.thinking(Thinking.HIGH);
        }
    },
    EXTRA_SEED {
        @Override
        void add(Draft draft) {
            draft.parameters.extraBody(Map.of("seed", 7));
        }
    };

    /** 8 by 8 pixels. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGNomLAAK2IYWhIAKz5sAXzrcjcAAAAASUVORK5CYII=";

    /** A request in the making. */
    static final class Draft {
        private final List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("안녕")));
        private final List<ToolSpecification> tools = new ArrayList<>();
        private final GaonParameters.Builder parameters = GaonParameters.builder();

        private void schema(JsonSchemaElement root) {
            parameters.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name("answer")
                            .rootElement(root)
                            .build())
                    .build());
        }
    }

    abstract void add(Draft draft);

    static ChatRequest request(RequestFeature... features) {
        Draft draft = new Draft();
        for (RequestFeature feature : features) {
            feature.add(draft);
        }
        if (!draft.tools.isEmpty()) {
            draft.parameters.toolSpecifications(draft.tools);
        }
        return ChatRequest.builder()
                .messages(draft.messages)
                .parameters(draft.parameters.build())
                .build();
    }

    private static ToolSpecification tool(String name, String description) {
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(JsonObjectSchema.builder()
                        .addStringProperty("q", "찾을 말")
                        .addProperty(
                                "kind",
                                JsonEnumSchema.builder().enumValues("a", "b").build())
                        .required("q")
                        .build())
                .build();
    }
}
