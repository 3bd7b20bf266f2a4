package dev.gaon;

import static dev.gaon.OpenAiRequestTest.WEATHER;
import static dev.gaon.OpenAiRequestTest.asking;
import static dev.gaon.OpenAiRequestTest.json;
import static dev.gaon.OpenAiRequestTest.refused;
import static dev.gaon.OpenAiRequestTest.set;
import static dev.gaon.OpenAiRequestTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chat request looks like in CLOVA Studio's own format, and what is refused before anything is sent. */
class ClovaRequestTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Endpoint OWN = Endpoint.of("http://127.0.0.1:1").withDialect("clova-studio");
    private static final ModelCard ANY = ModelCard.unknown("m", List.of(OWN));

    private final Gaon gaon = Gaon.create();

    @AfterEach
    void close() {
        gaon.close();
    }

    private Endpoint clova(ModelCard card) {
        return card.endpoints().stream()
                .filter(one -> one.provider().equals("clova"))
                .findFirst()
                .orElseThrow();
    }

    /** As the service gets it for a model of the catalogue. */
    private JsonNode sentTo(String model, ChatRequest request) {
        ModelCard card = gaon.models().get(model);
        return sent(request, card, clova(card), true);
    }

    /** As a server gets it of which nothing but the format is known. */
    private static JsonNode sent(ChatRequest request) {
        return sent(request, ANY, OWN, false);
    }

    private static JsonNode sent(ChatRequest request, ModelCard card, Endpoint endpoint, boolean streaming) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            dialect(endpoint).encode(Capabilities.admitted(request, card, endpoint), card, endpoint, streaming, out);
            return JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ClovaDialect dialect(Endpoint endpoint) {
        return endpoint.dialect().equals("clova-studio-v1")
                ? ClovaDialect.v1(Limits.DEFAULT)
                : ClovaDialect.v3(Limits.DEFAULT);
    }

    // what is sent

    @ParameterizedTest
    @ValueSource(strings = {"hcx-005", "hcx-dash-002", "hcx-007", "hcx-003", "hcx-dash-001"})
    void theLeastRequestHoldsItsMessages(String model) {
        assertThat(sentTo(model, asking().build())).isEqualTo(json("{'messages':[{'role':'user','content':'안녕'}]}"));
    }

    @Test
    void aStreamIsAskedForByItsHeaderAlone() {
        ChatRequest request = asking().build();
        assertThat(sent(request, ANY, OWN, true)).isEqualTo(sent(request, ANY, OWN, false));
    }

    @Test
    void everyParameterHasItsField() {
        JsonNode body = sentTo(
                "hcx-005",
                with(set().temperature(0.5)
                        .topP(0.25)
                        .topK(40)
                        .maxOutputTokens(2000)
                        .stopSequences("끝", "\n")
                        .toolSpecifications(WEATHER)
                        .toolChoice(ToolChoice.AUTO)
                        .extraBody(Map.of("repetitionPenalty", 1.1, "seed", 7, "includeAiFilters", true))));
        assertThat(body).isEqualTo(json("""
                {'messages':[{'role':'user','content':'안녕'}],'topP':0.25,'temperature':0.5,'maxTokens':2000,
                 'stop':['끝','\\n'],
                 'tools':[{'type':'function','function':{'name':'weather','description':'날씨',
                           'parameters':{'type':'object','properties':{}}}}],
                 'toolChoice':'auto','topK':40,'repetitionPenalty':1.1,'seed':7,'includeAiFilters':true}"""));
    }

    @ParameterizedTest
    @CsvSource({"hcx-005, maxTokens", "hcx-dash-002, maxTokens", "hcx-007, maxCompletionTokens", "hcx-003, maxTokens"})
    void theBoundOfTheAnswerIsCalledAsTheModelCallsIt(String model, String field) {
        JsonNode body = sentTo(model, with(set().maxOutputTokens(100)));
        assertThat(body.get(field)).isEqualTo(json("100"));
        assertThat(body).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Thinking.class)
    void thinking(Thinking level) {
        JsonNode body = sentTo("hcx-007", with(set().thinking(level)));
        ObjectNode expected = (ObjectNode) sentTo("hcx-007", asking().build());
        expected.putObject("thinking").put("effort", level.name().toLowerCase(Locale.ROOT));
        assertThat(body).isEqualTo(expected);
    }

    @Test
    void everyKindOfMessage() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("c1")
                .name("weather")
                .arguments(" {\"city\":\"서울\",\"n\":[1.50,{}]} ")
                .build();
        ToolExecutionRequest bare = ToolExecutionRequest.builder()
                .id("c2")
                .name("time")
                .arguments("")
                .build();
        JsonNode body = sent(asking(
                        SystemMessage.from("규칙 \"하나\""),
                        UserMessage.from("안녕 😀"),
                        UserMessage.from(TextContent.from("a"), TextContent.from("b")),
                        AiMessage.builder().text("답").thinking("비밀").build(),
                        AiMessage.from(List.of(call, bare)),
                        ToolExecutionResultMessage.from(call, "{\"temp\":21}"),
                        AiMessage.builder()
                                .text("또")
                                .toolExecutionRequests(List.of(bare))
                                .build(),
                        ToolExecutionResultMessage.from(bare, "12:00"))
                .build());
        assertThat(body).isEqualTo(json("""
                {'messages':[{'role':'system','content':'규칙 \\'하나\\''},
                 {'role':'user','content':'안녕 😀'},
                 {'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},
                 {'role':'assistant','content':'답'},
                 {'role':'assistant','content':'','toolCalls':[
                   {'id':'c1','type':'function','function':{'name':'weather','arguments':{'city':'서울','n':[1.50,{}]}}},
                   {'id':'c2','type':'function','function':{'name':'time','arguments':{}}}]},
                 {'role':'tool','toolCallId':'c1','content':'{\\'temp\\':21}'},
                 {'role':'assistant','content':'또','toolCalls':[
                   {'id':'c2','type':'function','function':{'name':'time','arguments':{}}}]},
                 {'role':'tool','toolCallId':'c2','content':'12:00'}]}"""));
    }

    @Test
    void imagesAsAddressAndAsBytes() {
        JsonNode parts = sent(asking(UserMessage.from(
                                TextContent.from("무엇?"),
                                ImageContent.from("https://example.com/a.png"),
                                ImageContent.from("QUJD", "image/png")))
                        .build())
                .at("/messages/0/content");
        assertThat(parts).isEqualTo(json("""
                [{'type':'text','text':'무엇?'},
                 {'type':'image_url','imageUrl':{'url':'https://example.com/a.png'}},
                 {'type':'image_url','dataUri':{'data':'QUJD'}}]"""));
    }

    @Test
    void structuredOutputStopsTheThinking() {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .addStringProperty("who", "누구")
                .addIntegerProperty("n")
                .required("who")
                .build();
        JsonNode body = sentTo("hcx-007", with(set().responseFormat(jsonWith(schema))));
        assertThat(body).isEqualTo(json("""
                {'messages':[{'role':'user','content':'안녕'}],
                 'responseFormat':{'type':'json','schema':{'type':'object',
                   'properties':{'who':{'description':'누구','type':'string'},'n':{'type':'integer'}},'required':['who']}},
                 'thinking':{'effort':'none'}}"""));
    }

    private static ResponseFormat jsonWith(JsonObjectSchema schema) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(
                        JsonSchema.builder().name("order").rootElement(schema).build())
                .build();
    }

    @Test
    void toolsStopTheThinkingAndGetTheRoomTheyNeed() {
        JsonNode body = sentTo("hcx-007", with(set().toolSpecifications(WEATHER)));
        assertThat(body.get("thinking")).isEqualTo(json("{'effort':'none'}"));
        assertThat(body.get("maxCompletionTokens")).isEqualTo(json("1024"));
        JsonNode other = sentTo("hcx-005", with(set().toolSpecifications(WEATHER)));
        assertThat(other.has("thinking")).isFalse();
        assertThat(other.get("maxTokens")).isEqualTo(json("1024"));
    }

    @ParameterizedTest
    @CsvSource({"AUTO, auto", "NONE, none"})
    void toolChoices(ToolChoice choice, String word) {
        assertThat(sentTo("hcx-005", with(set().toolSpecifications(WEATHER).toolChoice(choice)))
                        .get("toolChoice")
                        .textValue())
                .isEqualTo(word);
        assertThat(sent(with(set().toolChoice(choice))).has("toolChoice"))
                .as("without tools")
                .isFalse();
    }

    private static final ToolSpecification TIME =
            ToolSpecification.builder().name("time").description("시각").build();

    @Test
    void theOnlyToolIsNamed() {
        assertThat(sentTo("hcx-005", with(set().toolSpecifications(TIME).toolChoice(ToolChoice.REQUIRED)))
                        .get("toolChoice"))
                .isEqualTo(json("{'type':'function','function':{'name':'time'}}"));
    }

    @Test
    void theOlderFormatHasItsOwnNames() {
        JsonNode body = sentTo(
                "hcx-003",
                asking(SystemMessage.from("규칙"), UserMessage.from("안녕"), AiMessage.from("네"), UserMessage.from("또"))
                        .parameters(set().temperature(0.5)
                                .topP(0.25)
                                .topK(40)
                                .maxOutputTokens(100)
                                .stopSequences("끝")
                                .extraBody(Map.of("repeatPenalty", 5.0))
                                .build())
                        .build());
        assertThat(body).isEqualTo(json("""
                {'messages':[{'role':'system','content':'규칙'},{'role':'user','content':'안녕'},
                 {'role':'assistant','content':'네'},{'role':'user','content':'또'}],
                 'topP':0.25,'temperature':0.5,'maxTokens':100,'stopBefore':['끝'],'topK':40,'repeatPenalty':5.0}"""));
    }

    // where it is sent

    @ParameterizedTest
    @CsvSource({
        "hcx-005, /v3/chat-completions/HCX-005",
        "hcx-007, /v3/chat-completions/HCX-007",
        "hcx-003, /v1/chat-completions/HCX-003",
        "hcx-dash-001, /v1/chat-completions/HCX-DASH-001"
    })
    void theModelIsPartOfThePath(String model, String path) {
        ModelCard card = gaon.models().get(model);
        Endpoint endpoint = clova(card);
        assertThat(dialect(endpoint).path(endpoint, card, true)).isEqualTo(path);
        assertThat(dialect(endpoint).path(endpoint, card, false)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "../../tuning, ..%2F..%2Ftuning", "a?b#c, a%3Fb%23c", "모델, %EB%AA%A8%EB%8D%B8"})
    void aNameStaysOnePieceOfThePath(String name, String piece) {
        assertThat(ClovaDialect.v3(Limits.DEFAULT).path(OWN.withWireModel(name), ANY, true))
                .isEqualTo("/v3/chat-completions/" + piece);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void aNameThatLeadsElsewhereIsRefused(String name) {
        refused(catchThrowable(() -> ClovaDialect.v3(Limits.DEFAULT).path(OWN.withWireModel(name), ANY, true)), name);
    }

    // what is refused

    @Test
    void whatTheFormatCannotSayIsRefusedByName() {
        notSaid(with(set().frequencyPenalty(0.1)), "frequencyPenalty", "repetitionPenalty");
        notSaid(with(set().presencePenalty(0.1)), "presencePenalty", "repetitionPenalty");
        notSaid(with(set().toolSpecifications(WEATHER, TIME).toolChoice(ToolChoice.REQUIRED)), "ToolChoice.REQUIRED");
        ToolSpecification strict = WEATHER.toBuilder().strict(true).build();
        notSaid(with(set().toolSpecifications(strict)), "strict");
        notSaid(with(set().responseFormat(ResponseFormat.JSON)), "a JSON response format without a schema");
        notSaid(asking(UserMessage.from("홍길동", "안녕")).build(), "UserMessage.name");
        notSaid(asking(UserMessage.from(AudioContent.from("QUJD", "audio/wav"))).build(), "AUDIO");
        notSaid(asking(CustomMessage.from(Map.of("a", "b"))).build(), "CUSTOM");
        ToolExecutionResultMessage picture = ToolExecutionResultMessage.builder()
                .id("c")
                .toolName("f")
                .contents(List.of(ImageContent.from("https://example.com/a.png")))
                .build();
        notSaid(asking(picture).build(), "TOOL_EXECUTION_RESULT");
    }

    private static void notSaid(ChatRequest request, String... names) {
        refused(catchThrowable(() -> sent(request)), names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "7", "\"a\"", "nonsense", "{", "{\"a\":1} {}", "{} 7", "{\"a\":}", "null"})
    void argumentsThatAreNoObjectAreRefusedUnseen(String arguments) {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("c")
                .name("f")
                .arguments(arguments)
                .build();
        Throwable error = catchThrowable(() -> sent(asking(AiMessage.from(call)).build()));
        refused(error, "no JSON object");
        assertThat(String.valueOf(error)).doesNotContain("nonsense");
    }

    @Test
    void theOlderFormatCarriesTextOnly() {
        Endpoint older = Endpoint.of("http://127.0.0.1:1").withDialect("clova-studio-v1");
        List<ChatRequest> requests = List.of(
                with(set().toolSpecifications(WEATHER)),
                with(set().responseFormat(jsonWith(
                        JsonObjectSchema.builder().addStringProperty("a").build()))),
                asking(UserMessage.from(TextContent.from("a"), TextContent.from("b")))
                        .build(),
                asking(UserMessage.from(ImageContent.from("https://example.com/a.png")))
                        .build(),
                asking(AiMessage.from(ToolExecutionRequest.builder()
                                .id("c")
                                .name("f")
                                .arguments("{}")
                                .build()))
                        .build(),
                asking(ToolExecutionResultMessage.from("c", "f", "r")).build(),
                with(set().frequencyPenalty(0.1)));
        for (ChatRequest request : requests) {
            refused(catchThrowable(() -> sent(request, ANY, older, false)), "its format");
        }
    }

    @Test
    void whatTheServiceDoesNotTakeIsRefused() {
        ModelCard card = gaon.models().get("hcx-007");
        List<ChatRequest> requests = List.of(
                with(set().temperature(1.5)),
                with(set().topK(129)),
                with(set().toolSpecifications(WEATHER).maxOutputTokens(1023)),
                with(set().toolSpecifications(WEATHER).thinking(Thinking.LOW)),
                with(set().stopSequences("끝").thinking(Thinking.HIGH)),
                with(set().toolSpecifications(WEATHER, TIME).toolChoice(ToolChoice.REQUIRED)),
                with(set().toolSpecifications(
                                ToolSpecification.builder().name("bare").build())),
                with(set().responseFormat(ResponseFormat.JSON)),
                asking(SystemMessage.from("a"), SystemMessage.from("b"), UserMessage.from("c"))
                        .build(),
                asking(UserMessage.from(ImageContent.from("https://example.com/a.png")))
                        .build());
        for (ChatRequest request : requests) {
            refused(catchThrowable(() -> sent(request, card, clova(card), false)), "hcx-007");
        }
    }
}
