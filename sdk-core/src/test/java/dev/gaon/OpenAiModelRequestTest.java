package dev.gaon;

import static dev.gaon.OpenAiRequestTest.WEATHER;
import static dev.gaon.OpenAiRequestTest.asking;
import static dev.gaon.OpenAiRequestTest.json;
import static dev.gaon.OpenAiRequestTest.refused;
import static dev.gaon.OpenAiRequestTest.sent;
import static dev.gaon.OpenAiRequestTest.set;
import static dev.gaon.OpenAiRequestTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request to a model of the catalogue holds, and what such a model is known not to take. */
class OpenAiModelRequestTest {

    private final Gaon gaon = Gaon.create();

    @AfterEach
    void close() {
        gaon.close();
    }

    /** As the provider gets it for a model of the catalogue. */
    private JsonNode sentTo(String provider, String model, ChatRequest request, boolean streaming) {
        ModelCard card = gaon.models().get(model);
        Endpoint endpoint = card.endpoints().stream()
                .filter(one -> one.provider().equals(provider))
                .findFirst()
                .orElseThrow();
        return sent(request, streaming, card, endpoint);
    }

    @Test
    void reasoningGoesBackOnlyUnderTheNameTheServerReads() {
        ChatRequest request = asking(
                        UserMessage.from("?"),
                        AiMessage.builder().text("답").thinking("음").build())
                .build();
        assertThat(sentTo("vllm", "k-exaone-236b-a23b", request, false).at("/messages/1"))
                .isEqualTo(json("{'role':'assistant','content':'답','reasoning':'음'}"));
        assertThat(sentTo("sglang", "k-exaone-236b-a23b", request, false).at("/messages/1"))
                .isEqualTo(json("{'role':'assistant','content':'답'}"));
    }

    @Test
    void anExtraFieldJoinsTheFieldOfAParameter() {
        JsonNode body = sentTo(
                "vllm",
                "k-exaone-236b-a23b",
                with(set().thinking(Thinking.NONE).extraBody(Map.of("chat_template_kwargs", Map.of("x", 1)))),
                false);
        assertThat(body.get("chat_template_kwargs")).isEqualTo(json("{'enable_thinking':false,'x':1}"));
    }

    // thinking

    static Stream<Arguments> thinking() {
        String on = "{'chat_template_kwargs':{'enable_thinking':true}}";
        String off = "{'chat_template_kwargs':{'enable_thinking':false}}";
        List<Arguments> rows = new ArrayList<>();
        for (Thinking level : Thinking.values()) {
            String word = level.name().toLowerCase(Locale.ROOT);
            String effort = "{'reasoning_effort':'" + word + "'}";
            rows.add(Arguments.of("hcx-007", "clova-compat", level, effort));
            rows.add(Arguments.of("solar-pro4", "upstage", level, effort));
            rows.add(Arguments.of("k-exaone-236b-a23b", "vllm", level, level == Thinking.NONE ? off : on));
            rows.add(
                    Arguments.of("k-exaone-236b-a23b", "friendli-dedicated", level, level == Thinking.NONE ? off : on));
            rows.add(Arguments.of(
                    "a.x-k1",
                    "skt-ax-k1",
                    level,
                    level == Thinking.NONE
                            ? off
                            : "{'chat_template_kwargs':{'enable_thinking':true},'reasoning_effort':'" + word + "'}"));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource
    void thinking(String model, String provider, Thinking level, String fields) {
        JsonNode without = sentTo(provider, model, asking().build(), false);
        JsonNode body = sentTo(provider, model, with(set().thinking(level)), false);
        ObjectNode expected = without.deepCopy();
        expected.setAll((ObjectNode) json(fields));
        assertThat(body).isEqualTo(expected);
    }

    @Test
    void thinkingThatAModelDoesNotOfferIsRefused() {
        refused(
                catchThrowable(() ->
                        sentTo("vllm", "kanana-2-30b-a3b-thinking-2601", with(set().thinking(Thinking.NONE)), false)),
                "NONE",
                "[low, medium, high]");
        refused(
                catchThrowable(() -> sentTo("upstage", "solar-mini", with(set().thinking(Thinking.LOW)), false)),
                "LOW");
        assertThat(sentTo("upstage", "solar-mini", with(set().thinking(Thinking.NONE)), false)
                        .has("reasoning_effort"))
                .isFalse();
        assertThat(sentTo("vllm", "kanana-2-30b-a3b-thinking-2601", with(set().thinking(Thinking.HIGH)), false))
                .isEqualTo(sentTo("vllm", "kanana-2-30b-a3b-thinking-2601", asking().build(), false));
    }

    // what CLOVA's OpenAI format is known not to take: refused before anything is sent

    @Test
    void clovaGetsItsOwnNamesAndNoStreamOptions() {
        JsonNode body =
                sentTo("clova-compat", "hcx-007", with(set().maxOutputTokens(10).temperature(1.0)), true);
        assertThat(body).isEqualTo(json("""
                {'model':'HCX-007','messages':[{'role':'user','content':'안녕'}],'temperature':1.0,
                 'max_completion_tokens':10,'stream':true}"""));
        ToolExecutionRequest call =
                ToolExecutionRequest.builder().id("c").name("f").arguments("{}").build();
        assertThat(sentTo(
                                "clova-compat",
                                "hcx-007",
                                asking(UserMessage.from("?"), AiMessage.from(call))
                                        .build(),
                                false)
                        .at("/messages/1/content"))
                .isEqualTo(json("''"));
    }

    private static final ToolSpecification TIME =
            ToolSpecification.builder().name("time").description("시각").build();

    @Test
    void theOnlyToolIsNamedWhereAServerKnowsNoRequired() {
        assertThat(sentTo(
                                "clova-compat",
                                "hcx-005",
                                with(set().toolSpecifications(TIME).toolChoice(ToolChoice.REQUIRED)),
                                false)
                        .get("tool_choice"))
                .isEqualTo(json("{'type':'function','function':{'name':'time'}}"));
        assertThat(sentTo(
                                "vllm",
                                "k-exaone-236b-a23b",
                                with(set().toolSpecifications(TIME).toolChoice(ToolChoice.REQUIRED)),
                                false)
                        .get("tool_choice"))
                .isEqualTo(json("'required'"));
    }

    static Stream<Arguments> refusals() {
        ToolSpecification plain = ToolSpecification.builder().name("naked").build();
        ResponseFormat json = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("x")
                        .rootElement(JsonObjectSchema.builder().build())
                        .build())
                .build();
        return Stream.of(
                Arguments.of(with(set().frequencyPenalty(0.5)), "frequency_penalty"),
                Arguments.of(with(set().presencePenalty(0.5)), "presence_penalty"),
                Arguments.of(with(set().extraBody(Map.of("logprobs", true))), "logprobs"),
                Arguments.of(with(set().temperature(1.01)), "temperature"),
                Arguments.of(
                        asking(SystemMessage.from("a"), SystemMessage.from("b"), UserMessage.from("c"))
                                .build(),
                        "system"),
                Arguments.of(with(set().toolSpecifications(plain)), "naked"),
                Arguments.of(with(set().toolSpecifications(WEATHER, TIME).toolChoice(ToolChoice.REQUIRED)), "REQUIRED"),
                Arguments.of(with(set().responseFormat(ResponseFormat.JSON)), "json_object"),
                Arguments.of(with(set().thinking(Thinking.LOW).toolSpecifications(WEATHER)), "tools"),
                Arguments.of(with(set().thinking(Thinking.HIGH).responseFormat(json)), "structured output"),
                Arguments.of(with(set().thinking(Thinking.HIGH).stopSequences("끝")), "stopSequences"),
                Arguments.of(
                        asking(UserMessage.from(ImageContent.from("QUJD", "image/png")))
                                .build(),
                        "images"),
                Arguments.of(asking(CustomMessage.from(Map.of("a", 1))).build(), "CUSTOM"),
                Arguments.of(
                        asking(UserMessage.from(AudioContent.from("QUJD", "audio/wav")))
                                .build(),
                        "AUDIO"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(ChatRequest request, String names) {
        try (ReplayServer server = ReplayServer.json(200, "{}");
                Gaon mine = Gaon.builder()
                        .endpoint("hcx-007", Endpoint.of(server.url()).withDialect("clova-compat"))
                        .build()) {
            refused(catchThrowable(() -> mine.chat("hcx-007").chat(request)), names);
            refused(
                    catchThrowable(() -> mine.chat("hcx-007")
                                    .start(request)
                                    .future()
                                    .join()
                                    .getClass())
                            .getCause(),
                    names);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void whatIsCombinableOnTheSameModelPasses() {
        assertThat(sentTo(
                                "clova-compat",
                                "hcx-007",
                                with(set().thinking(Thinking.NONE).toolSpecifications(WEATHER)),
                                false)
                        .get("tools"))
                .hasSize(1);
        assertThat(sentTo("clova-compat", "hcx-007", with(set().thinking(Thinking.LOW)), false)
                        .has("reasoning_effort"))
                .isTrue();
    }
}
