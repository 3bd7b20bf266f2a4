package dev.gaon;

import static dev.gaon.OpenAiRequestTest.asking;
import static dev.gaon.OpenAiRequestTest.json;
import static dev.gaon.OpenAiRequestTest.refused;
import static dev.gaon.OpenAiRequestTest.sent;
import static dev.gaon.OpenAiRequestTest.set;
import static dev.gaon.OpenAiRequestTest.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.GaonParameters.Thinking;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalogue knows of an endpoint is asked before a byte is sent; a refusal names the rule and what to change. */
class CapabilitiesTest {

    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("weather").description("날씨").build();

    private final Gaon gaon = Gaon.create();

    @AfterEach
    void close() {
        gaon.close();
    }

    private JsonNode body(String model, String provider, ChatRequest request) {
        ModelCard card = gaon.models().get(model);
        Endpoint endpoint = card.endpoints().stream()
                .filter(one -> one.provider().equals(provider))
                .findFirst()
                .orElseThrow();
        return sent(request, false, card, endpoint);
    }

    private void refusedBy(String model, String provider, ChatRequest request, String... words) {
        refused(catchThrowable(() -> body(model, provider, request)), words);
    }

    // numbers

    @ParameterizedTest
    @CsvSource({"-0.1, 0", "1.01, 1", "2, 1"})
    void aTemperatureOutOfRangeIsRefusedOrClamped(double asked, double nearest) {
        refusedBy("hcx-005", "clova-compat", with(set().temperature(asked)), "temperature", "0..1", "" + asked);
        assertThat(body("hcx-005", "clova-compat", with(set().temperature(asked).clamped(true)))
                        .get("temperature")
                        .doubleValue())
                .isEqualTo(nearest);
    }

    @Test
    void aValueWithoutANearestOneIsRefusedEvenWhereNumbersAreClamped() {
        refusedBy("hcx-005", "clova-compat", with(set().topP(0.0).clamped(true)), "topP", ">0..1");
        assertThat(body("hcx-005", "clova-compat", with(set().topP(1.0)))
                        .get("top_p")
                        .doubleValue())
                .isEqualTo(1.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aNumberThatIsNoneIsRefusedEvenWhereNumbersAreClamped(double asked) {
        refusedBy("hcx-005", "clova-compat", with(set().temperature(asked).clamped(true)), "temperature", "finite");
        refused(catchThrowable(() -> sent(with(set().topP(asked)))), "topP", "finite");
    }

    @Test
    void aServerWhoseRangeIsNotKnownGetsWhatIsAsked() {
        assertThat(sent(with(set().temperature(7.0))).get("temperature").doubleValue())
                .isEqualTo(7.0);
    }

    // what cannot be combined

    @Test
    void hcx007CannotCombineThinkingWithTools() {
        refusedBy(
                "hcx-007",
                "clova-compat",
                with(set().thinking(Thinking.LOW).toolSpecifications(TOOL)),
                "hcx-007",
                "cannot combine thinking with tools");
    }

    @Test
    void aRefusalSaysWhatToChange() {
        CallFailure failure = CallFailure.of(catchThrowable(() -> body(
                        "hcx-007",
                        "clova-compat",
                        with(set().thinking(Thinking.LOW).toolSpecifications(TOOL)))))
                .orElseThrow();
        assertThat(failure.fix(Locale.ENGLISH)).contains("Set thinking to NONE", "tools");
        assertThat(failure.fix(Locale.KOREAN)).contains("thinking을 NONE으로", "도구");
    }

    @Test
    void aModelThatThinksUnaskedIsToldNotToWhereItWouldBeRefused() {
        assertThat(body("hcx-007", "clova-compat", with(set().toolSpecifications(TOOL)))
                        .get("reasoning_effort"))
                .isEqualTo(json("'none'"));
        assertThat(body("hcx-007", "clova-compat", asking().build()).has("reasoning_effort"))
                .isFalse();
    }

    @Test
    void featuresThatAProviderKeepsApartAreRefusedForEveryModel() {
        ChatRequest both = with(set().toolSpecifications(TOOL).responseFormat(schema(object())));
        refusedBy("k-exaone-236b-a23b", "friendli-dedicated", both, "structured output", "tools");
        assertThat(body("k-exaone-236b-a23b", "vllm", both).has("tools")).isTrue();
        refusedBy(
                "k-exaone-236b-a23b",
                "friendli-dedicated",
                with(set().toolSpecifications(TOOL).extraBody(Map.of("min_tokens", 3))),
                "min_tokens");
    }

    // tools

    @Test
    void aToolNameWithIllegalCharactersIsRefused() {
        ToolSpecification odd = ToolSpecification.builder()
                .name("weather.now")
                .description("날씨")
                .build();
        refusedBy("solar-pro4", "upstage", with(set().toolSpecifications(odd)), "weather.now", "[A-Za-z0-9_-]{1,64}");
        ToolSpecification empty =
                ToolSpecification.builder().name("a".repeat(65)).build();
        refusedBy("solar-pro4", "upstage", with(set().toolSpecifications(empty)), "aaa");
    }

    @Test
    void parallelToolCallsAreOnlySentWhereTheyAreTaken() {
        Map<String, Object> off = Map.of("parallel_tool_calls", false);
        refusedBy("hcx-005", "clova-compat", with(set().extraBody(off)), "parallel_tool_calls");
        assertThat(body("hcx-005", "clova-compat", with(set().extraBody(Map.of("parallel_tool_calls", true))))
                        .get("parallel_tool_calls")
                        .booleanValue())
                .isTrue();
        assertThat(body("solar-pro4", "upstage", with(set().extraBody(off)))
                        .get("parallel_tool_calls")
                        .booleanValue())
                .isFalse();
    }

    // structured output

    private static ResponseFormat schema(JsonSchemaElement root) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder().name("x").rootElement(root).build())
                .build();
    }

    private static JsonObjectSchema object() {
        return JsonObjectSchema.builder()
                .addStringProperty("city")
                .addIntegerProperty("days")
                .required("city")
                .build();
    }

    @Test
    void aSchemaIsNarrowedToWhatUpstageTakes() {
        assertThat(body("solar-pro4", "upstage", with(set().responseFormat(schema(object()))))
                        .at("/response_format/json_schema/schema"))
                .isEqualTo(json("""
                        {'type':'object','properties':{'city':{'type':'string'},'days':{'type':'integer'}},
                         'required':['city','days'],'additionalProperties':false}"""));
    }

    @Test
    void aSchemaThatCannotBeNarrowedIsRefusedByName() {
        refusedBy(
                "solar-pro4",
                "upstage",
                with(set().responseFormat(schema(JsonRawSchema.from("""
                        {"type":"object","properties":{"a":{"oneOf":[{"type":"string"}]}}}""")))),
                "oneOf",
                "#/properties/a");
        refusedBy(
                "solar-pro4",
                "upstage",
                with(set().responseFormat(schema(JsonRawSchema.from("{\"type\":\"array\"}")))),
                "root");
        JsonSchemaElement deep = JsonStringSchema.builder().build();
        for (int i = 0; i < 10; i++) {
            deep = JsonObjectSchema.builder().addProperty("a", deep).build();
        }
        refusedBy("solar-pro4", "upstage", with(set().responseFormat(schema(deep))), "10");
        refusedBy("hcx-007", "clova-compat", with(set().responseFormat(schema(JsonRawSchema.from("""
                        {"type":"object","properties":{"a":{"type":"string","pattern":"x"}}}""")))), "pattern");
        refusedBy(
                "hcx-007", "clova-compat", with(set().responseFormat(schema(JsonRawSchema.from("no schema")))), "JSON");
    }

    @Test
    void definitionsAreWrittenOutWhereReferencesAreNotTaken() {
        JsonObjectSchema root = JsonObjectSchema.builder()
                .addProperty(
                        "from", JsonReferenceSchema.builder().reference("place").build())
                .addProperty(
                        "to", JsonReferenceSchema.builder().reference("place").build())
                .definitions(Map.of(
                        "place",
                        JsonObjectSchema.builder().addStringProperty("name").build()))
                .additionalProperties(false)
                .build();
        JsonNode schema = body("hcx-007", "clova-compat", with(set().responseFormat(schema(root))))
                .at("/response_format/json_schema/schema");
        String place = "{'type':'object','properties':{'name':{'type':'string'}}}";
        assertThat(schema).isEqualTo(json("{'type':'object','properties':{'from':" + place + ",'to':" + place + "}}"));
        JsonObjectSchema endless = JsonObjectSchema.builder()
                .addProperty(
                        "next", JsonReferenceSchema.builder().reference("node").build())
                .definitions(Map.of(
                        "node",
                        JsonObjectSchema.builder()
                                .addProperty(
                                        "next",
                                        JsonReferenceSchema.builder()
                                                .reference("node")
                                                .build())
                                .build()))
                .build();
        refusedBy("hcx-007", "clova-compat", with(set().responseFormat(schema(endless))), "refers to itself");
        assertThat(body("solar-pro4", "upstage", with(set().responseFormat(schema(endless))))
                        .at("/response_format/json_schema/schema/properties/next/$ref")
                        .textValue())
                .isEqualTo("#/$defs/node");
    }

    /** Written out, each of these definitions is twice as large as the one before. */
    @Test
    void definitionsThatDoubleWithEveryLevelAreRefused() {
        Map<String, JsonSchemaElement> definitions = new HashMap<>();
        definitions.put("d0", JsonStringSchema.builder().build());
        for (int i = 1; i <= 12; i++) {
            JsonReferenceSchema below =
                    JsonReferenceSchema.builder().reference("d" + (i - 1)).build();
            definitions.put(
                    "d" + i,
                    JsonObjectSchema.builder()
                            .addProperty("a", below)
                            .addProperty("b", below)
                            .build());
        }
        JsonObjectSchema root = JsonObjectSchema.builder()
                .addProperty("a", JsonReferenceSchema.builder().reference("d12").build())
                .definitions(definitions)
                .build();
        refusedBy("hcx-007", "clova-compat", with(set().responseFormat(schema(root))), "1000");
    }

    @Test
    void jsonWithoutASchemaNeedsTheWordThatUpstageAsksFor() {
        refusedBy("solar-pro4", "upstage", with(set().responseFormat(ResponseFormat.JSON)), "JSON");
        ChatRequest says = asking(UserMessage.from("json으로 답해 줘"))
                .parameters(set().responseFormat(ResponseFormat.JSON).build())
                .build();
        assertThat(body("solar-pro4", "upstage", says)
                        .at("/response_format/type")
                        .textValue())
                .isEqualTo("json_object");
    }

    // images

    private static String image(String format, int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out))
                    .isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static ChatRequest showing(String... images) {
        List<Content> contents = new ArrayList<>();
        contents.add(TextContent.from("무엇?"));
        for (String image : images) {
            contents.add(ImageContent.from(image, "image/png"));
        }
        return asking(UserMessage.from(contents)).build();
    }

    @ParameterizedTest
    @CsvSource({"png,2240,448", "jpg,100,100", "bmp,4,20"})
    void anImageWithinTheRulesIsSent(String format, int width, int height) {
        assertThat(body("hcx-005", "clova-compat", showing(image(format, width, height)))
                        .at("/messages/0/content/1/type")
                        .textValue())
                .isEqualTo("image_url");
    }

    @ParameterizedTest
    @CsvSource({"2241,600", "20,3", "600,100"})
    void anImageOfAWrongSizeIsRefused(int width, int height) {
        refusedBy("hcx-005", "clova-compat", showing(image("png", width, height)), width + "x" + height, "2240", "1:5");
    }

    @Test
    void anImageInAnUnknownFormatIsRefused() {
        refusedBy("hcx-005", "clova-compat", showing(image("gif", 10, 10)), "gif", "[bmp, png, jpeg, webp]");
        refusedBy("hcx-005", "clova-compat", showing("QUJD"), "this one: ?");
        refusedBy("hcx-005", "clova-compat", showing("no base64!"), "base64");
    }

    @Test
    void anImageWithoutDataIsRefused() {
        Image empty = Image.builder().mimeType("image/png").build();
        ChatRequest request = asking(UserMessage.from(ImageContent.from(empty))).build();
        refusedBy("hcx-005", "clova-compat", request, "base64Data");
        refused(catchThrowable(() -> sent(request)), "base64Data");
    }

    @Test
    void anImageThatIsTooLargeIsRefused() {
        byte[] large = new byte[(20 << 20) + 1];
        refusedBy("hcx-005", "clova-compat", showing(Base64.getEncoder().encodeToString(large)), "20,971,520");
    }

    @Test
    void tooManyImagesAreRefused() {
        String one = image("png", 10, 10);
        refusedBy("hcx-005", "clova-compat", showing(one, one), "at most one image in one message");
        List<ChatMessage> six = new ArrayList<>();
        for (String image : Collections.nCopies(6, one)) {
            six.add(UserMessage.from(ImageContent.from(image, "image/png")));
        }
        refusedBy(
                "hcx-005",
                "clova-compat",
                ChatRequest.builder().messages(six).build(),
                "at most 5 images in one request");
        assertThat(body(
                                "hcx-005",
                                "clova-compat",
                                ChatRequest.builder()
                                        .messages(six.subList(0, 5))
                                        .build())
                        .get("messages"))
                .hasSize(5);
    }

    @Test
    void imagesCannotBeCombinedWithToolsWhereTheModelSaysSo() {
        ChatRequest both = asking(UserMessage.from(ImageContent.from(image("png", 10, 10), "image/png")))
                .parameters(set().toolSpecifications(TOOL).build())
                .build();
        refusedBy("hcx-005", "clova-compat", both, "images", "tools");
    }
}
