package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chat request looks like on the wire, and what is refused before anything is sent. */
class OpenAiRequestTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    static final ToolSpecification WEATHER =
            ToolSpecification.builder().name("weather").description("날씨").build();

    static ChatRequest.Builder asking(ChatMessage... messages) {
        return ChatRequest.builder()
                .messages(messages.length == 0 ? List.of(UserMessage.from("안녕")) : List.of(messages));
    }

    static ChatRequest with(GaonParameters.Builder parameters) {
        return asking().parameters(parameters.build()).build();
    }

    static GaonParameters.Builder set() {
        return GaonParameters.builder();
    }

    /** As a server of one's own would get it. */
    static JsonNode sent(ChatRequest request, boolean streaming) {
        Endpoint own = Endpoint.of("http://127.0.0.1:1/v1");
        return sent(request, streaming, ModelCard.unknown("m", List.of(own)), own);
    }

    static JsonNode sent(ChatRequest request) {
        return sent(request, false);
    }

    static JsonNode sent(ChatRequest request, boolean streaming, ModelCard model, Endpoint endpoint) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ChatRequest admitted = Capabilities.admitted(request, model, endpoint);
            new OpenAiDialect(Limits.DEFAULT).encode(admitted, model, endpoint, streaming, out);
            return JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theLeastRequestHoldsModelAndMessages() {
        assertThat(sent(asking().build())).isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'안녕'}]}"));
    }

    @Test
    void everyParameterHasItsField() {
        JsonNode body = sent(with(set().temperature(0.5)
                .topP(0.25)
                .topK(40)
                .frequencyPenalty(0.125)
                .presencePenalty(-0.5)
                .maxOutputTokens(99)
                .stopSequences("끝", "\n")
                .toolSpecifications(WEATHER)
                .toolChoice(ToolChoice.REQUIRED)
                .responseFormat(ResponseFormat.JSON)));
        assertThat(body).isEqualTo(json("""
                {'model':'m','messages':[{'role':'user','content':'안녕'}],'temperature':0.5,'top_p':0.25,
                 'frequency_penalty':0.125,'presence_penalty':-0.5,'max_tokens':99,'stop':['끝','\\n'],
                 'tools':[{'type':'function','function':{'name':'weather','description':'날씨',
                           'parameters':{'type':'object','properties':{}}}}],
                 'tool_choice':'required','response_format':{'type':'json_object'},'top_k':40}"""));
    }

    @Test
    void aStreamAsksForUsage() {
        JsonNode body = sent(asking().build(), true);
        assertThat(body.get("stream")).isEqualTo(json("true"));
        assertThat(body.get("stream_options")).isEqualTo(json("{'include_usage':true}"));
    }

    @ParameterizedTest
    @CsvSource({"AUTO, auto", "REQUIRED, required", "NONE, none"})
    void toolChoices(ToolChoice choice, String word) {
        assertThat(sent(with(set().toolSpecifications(WEATHER).toolChoice(choice)))
                        .get("tool_choice")
                        .textValue())
                .isEqualTo(word);
        assertThat(sent(with(set().toolChoice(choice))).has("tool_choice"))
                .as("without tools")
                .isFalse();
    }

    @Test
    void everyKindOfMessage() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("c1")
                .name("weather")
                .arguments("{\"city\":\"서울\"}")
                .build();
        ToolExecutionRequest bare = ToolExecutionRequest.builder()
                .id("c2")
                .name("time")
                .arguments("")
                .build();
        JsonNode body = sent(asking(
                        SystemMessage.from("규칙 \"하나\"\\"),
                        UserMessage.from("이름", "안녕 😀"),
                        UserMessage.from(TextContent.from("a"), TextContent.from("b")),
                        AiMessage.from("답"),
                        AiMessage.builder()
                                .text("부를게요")
                                .thinking("비밀")
                                .toolExecutionRequests(List.of(call))
                                .build(),
                        AiMessage.from(List.of(call, bare)),
                        ToolExecutionResultMessage.from(call, "{\"temp\":21}"))
                .build());
        assertThat(body.get("messages")).isEqualTo(json("""
                [{'role':'system','content':'규칙 \\'하나\\'\\\\'},
                 {'role':'user','name':'이름','content':'안녕 😀'},
                 {'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},
                 {'role':'assistant','content':'답'},
                 {'role':'assistant','content':'부를게요','tool_calls':[{'id':'c1','type':'function',
                   'function':{'name':'weather','arguments':'{\\'city\\':\\'서울\\'}'}}]},
                 {'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function',
                   'function':{'name':'weather','arguments':'{\\'city\\':\\'서울\\'}'}},
                   {'id':'c2','type':'function','function':{'name':'time','arguments':'{}'}}]},
                 {'role':'tool','tool_call_id':'c1','content':'{\\'temp\\':21}'}]"""));
    }

    @Test
    void imagesAsAddressAndAsBytes() {
        JsonNode parts = sent(asking(UserMessage.from(
                                TextContent.from("무엇?"),
                                ImageContent.from("https://example.com/a.png", DetailLevel.AUTO),
                                ImageContent.from("QUJD", "image/png", DetailLevel.LOW),
                                ImageContent.from("QUJD", "image/jpeg", DetailLevel.ULTRA_HIGH)))
                        .build())
                .at("/messages/0/content");
        assertThat(parts).isEqualTo(json("""
                [{'type':'text','text':'무엇?'},
                 {'type':'image_url','image_url':{'url':'https://example.com/a.png','detail':'auto'}},
                 {'type':'image_url','image_url':{'url':'data:image/png;base64,QUJD','detail':'low'}},
                 {'type':'image_url','image_url':{'url':'data:image/jpeg;base64,QUJD','detail':'high'}}]"""));
    }

    @Test
    void schemasOfEveryKind() {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .description("주문")
                .addStringProperty("who", "누구")
                .addIntegerProperty("n")
                .addNumberProperty("price")
                .addBooleanProperty("paid")
                .addEnumProperty("size", List.of("소", "대"), "크기")
                .addProperty(
                        "items",
                        JsonArraySchema.builder()
                                .description("것")
                                .items(JsonObjectSchema.builder()
                                        .addStringProperty("name")
                                        .required("name")
                                        .additionalProperties(false)
                                        .build())
                                .build())
                .addProperty(
                        "either",
                        JsonAnyOfSchema.builder()
                                .anyOf(new JsonStringSchema(), new JsonNullSchema())
                                .build())
                .addProperty(
                        "parent",
                        JsonReferenceSchema.builder().reference("person").build())
                .addProperty("raw", JsonRawSchema.from("{\"type\":\"string\",\"pattern\":\"^a$\"}"))
                .required("who", "n")
                .additionalProperties(true)
                .definitions(Map.of(
                        "person",
                        JsonObjectSchema.builder()
                                .addProperty(
                                        "parent",
                                        JsonReferenceSchema.builder()
                                                .reference("person")
                                                .build())
                                .build()))
                .build();
        JsonNode expected = json("""
                {'description':'주문','type':'object','properties':{
                  'who':{'description':'누구','type':'string'},'n':{'type':'integer'},'price':{'type':'number'},
                  'paid':{'type':'boolean'},'size':{'description':'크기','type':'string','enum':['소','대']},
                  'items':{'description':'것','type':'array','items':{'type':'object',
                    'properties':{'name':{'type':'string'}},'required':['name'],'additionalProperties':false}},
                  'either':{'anyOf':[{'type':'string'},{'type':'null'}]},
                  'parent':{'$ref':'#/$defs/person'},'raw':{'type':'string','pattern':'^a$'}},
                 'required':['who','n'],'additionalProperties':true,
                 '$defs':{'person':{'type':'object','properties':{'parent':{'$ref':'#/$defs/person'}}}}}""");
        ToolSpecification tool = ToolSpecification.builder()
                .name("order")
                .parameters(schema)
                .strict(true)
                .build();
        assertThat(sent(with(set().toolSpecifications(tool))).at("/tools/0/function"))
                .isEqualTo(((ObjectNode) json("{'name':'order','strict':true}")).set("parameters", expected));
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(
                        JsonSchema.builder().name("order").rootElement(schema).build())
                .build();
        JsonNode sent = sent(with(set().responseFormat(format))).get("response_format");
        assertThat(sent.get("type").textValue()).isEqualTo("json_schema");
        assertThat(sent.at("/json_schema/name").textValue()).isEqualTo("order");
        assertThat(sent.at("/json_schema/strict").booleanValue()).isTrue();
        assertThat(sent.at("/json_schema/schema")).isEqualTo(expected);
    }

    @Test
    void schemasThatAreNoObjectAndFormatsWithoutSchema() {
        for (var root : List.of(
                JsonEnumSchema.builder().enumValues("a").build(),
                JsonArraySchema.builder().items(new JsonIntegerSchema()).build())) {
            ResponseFormat format = ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder().rootElement(root).build())
                    .build();
            assertThat(sent(with(set().responseFormat(format)))
                            .at("/response_format/json_schema/name")
                            .textValue())
                    .isEqualTo("reply");
        }
        assertThat(sent(with(set().responseFormat(ResponseFormat.TEXT))).has("response_format"))
                .isFalse();
    }

    @Test
    void extraFieldsGoInAsTheyAre() {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("seed", 1);
        extra.put("note", "가\n나");
        extra.put("nothing", null);
        extra.put("deep", Map.of("list", Arrays.asList(1L, 2.5, true, null, List.of("x"))));
        JsonNode body = sent(with(set().extraBody(extra)));
        assertThat(body.get("seed").intValue()).isEqualTo(1);
        assertThat(body.get("note").textValue()).isEqualTo("가\n나");
        assertThat(body.get("nothing").isNull()).isTrue();
        assertThat(body.get("deep")).isEqualTo(json("{'list':[1,2.5,true,null,['x']]}"));
    }

    @Test
    void numbersThatAreNoneAreNoExtras() {
        for (Object none : List.of(Double.NaN, Float.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> set().extraBody(Map.of("deep", List.of(none))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("finite");
        }
    }

    @Test
    void anExtraFieldAndItsParameterAreSentOnce() {
        assertThat(sent(with(set().topK(5).extraBody(Map.of("top_k", 6))))
                        .get("top_k")
                        .intValue())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "n"
            })
    void fieldsThatGaonWritesAreNoExtras(String field) {
        assertThatThrownBy(() -> set().extraBody(Map.of(field, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field)
                .hasMessageContaining("ChatRequest의")
                .hasMessageContaining("use the field of the ChatRequest");
    }

    @Test
    void extrasAreBoundedAndPlain() {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 65; i++) {
            many.put("f" + i, i);
        }
        assertThatThrownBy(() -> set().extraBody(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64");
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        assertThatThrownBy(() -> set().extraBody(endless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16");
        assertThatThrownBy(() -> set().extraBody(Map.of("at", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lists or maps");
    }

    @Test
    void anImageNeedsItsType() {
        Image untyped = Image.builder().base64Data("QUJD").build();
        refused(
                catchThrowable(() -> sent(
                        asking(UserMessage.from(ImageContent.from(untyped))).build())),
                "mimeType");
    }

    static void refused(Throwable error, String... names) {
        CallFailure failure = CallFailure.of(error).orElseThrow();
        if (error != failure) {
            assertThat(error).isInstanceOf(UnsupportedFeatureException.class);
        }
        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.phase()).isEqualTo("configure");
        assertThat(failure.status()).isNull();
        assertThat(failure.message(Locale.ENGLISH)).contains(names).doesNotContainPattern("[가-힣]{2}");
        assertThat(failure.message(Locale.KOREAN)).containsPattern("[가-힣]{2}");
        assertThat(failure.fix(Locale.ENGLISH)).contains("Nothing was sent");
        assertThat(failure.fix(Locale.KOREAN)).contains("아무것도 보내지 않았습니다");
    }
}
