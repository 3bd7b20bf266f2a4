package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** JSON schemas of answers from a model in this process, where they become grammars. */
class LlamaSchemaTest extends TinyCase {

    @Test
    void aSchemaHoldsWhateverTheModelWouldSay() throws Exception {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .addProperty(
                        "도시", JsonEnumSchema.builder().enumValues("서울", "부산").build())
                .addBooleanProperty("수도")
                .addIntegerProperty("인구")
                .required("도시", "수도", "인구")
                .additionalProperties(false)
                .build();
        GaonChatModel tiny = tiny();
        for (int seed = 1; seed <= 5; seed++) {
            int fixed = seed;
            ChatResponse response = tiny.chat(ask("서울을 JSON으로", p -> {
                p.temperature(1.0)
                        .responseFormat(ResponseFormat.builder()
                                .type(ResponseFormatType.JSON)
                                .jsonSchema(JsonSchema.builder()
                                        .name("city")
                                        .rootElement(schema)
                                        .build())
                                .build());
                return tokens(p, 120).extraBody(Map.of("seed", fixed));
            }));
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            String written = """
                    {"type":"object","properties":{"도시":{"enum":["서울","부산"]},"수도":{"type":"boolean"},
                     "인구":{"type":"integer"}},"required":["도시","수도","인구"],"additionalProperties":false}
                    """;
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(written, InputFormat.JSON)
                            .validate(response.aiMessage().text(), InputFormat.JSON))
                    .as(response.aiMessage().text())
                    .isEmpty();
        }
    }

    /** Native code would end the process over these. */
    @Test
    void aSchemaThatCannotBecomeAGrammarIsRefused() {
        GaonChatModel tiny = tiny();
        for (JsonSchemaElement root : List.of(
                JsonRawSchema.from("{\"type\":\"nonsense\"}"),
                JsonReferenceSchema.builder().reference("nothing").build(),
                JsonObjectSchema.builder()
                        .addProperty(
                                "a",
                                JsonReferenceSchema.builder().reference("b/c").build())
                        .definitions(Map.of("b/c", JsonObjectSchema.builder().build()))
                        .build())) {
            CallFailure failure = facts(catchThrowable(() -> tiny.chat(ask(p -> {
                p.responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(
                                JsonSchema.builder().name("s").rootElement(root).build())
                        .build());
                return p;
            }))));
            assertThat(failure.kind()).isEqualTo("unsupported");
        }
    }

    @Test
    void everyKindOfSchemaBecomesAGrammar() throws Exception {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .addProperty(
                        "r", JsonReferenceSchema.builder().reference("node").build())
                .addProperty(
                        "l",
                        JsonArraySchema.builder().items(new JsonBooleanSchema()).build())
                .addProperty(
                        "n",
                        JsonAnyOfSchema.builder()
                                .anyOf(new JsonNullSchema(), new JsonBooleanSchema())
                                .build())
                .definitions(Map.of(
                        "node",
                        JsonObjectSchema.builder()
                                .addProperty("b", new JsonBooleanSchema())
                                .required("b")
                                .additionalProperties(false)
                                .build()))
                .required("r", "l", "n")
                .additionalProperties(false)
                .build();
        String said = tiny().chat(ask("JSON", p -> {
                    p.temperature(1.0)
                            .responseFormat(ResponseFormat.builder()
                                    .type(ResponseFormatType.JSON)
                                    .jsonSchema(JsonSchema.builder()
                                            .name("all")
                                            .rootElement(schema)
                                            .build())
                                    .build());
                    return tokens(p, 150).extraBody(Map.of("seed", 3));
                }))
                .aiMessage()
                .text();
        assertThat(JsonTree.read(said.getBytes(StandardCharsets.UTF_8)))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("r", "l", "n");
    }
}
