package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.GaonDocuments.Field;
import dev.gaon.GaonDocuments.Kind;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.output.structured.Description;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, kinds and fields read from documents. */
class DocumentQuestionTest extends DocumentCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    enum Payment {
        CARD,
        CASH
    }

    record Item(String name, @Description("개수") Integer count, BigDecimal price) {}

    record Shop(String name, String address) {}

    record Receipt(
            @Description("영수증의 가게") Shop shop,
            @Description({"산 날", "(영수증 위쪽)"}) LocalDate date,
            List<Item> items,
            long total,
            Payment payment,
            Boolean refunded,
            Double rate) {}

    private static final String READ = """
            {"shop":{"name":"가온상회","address":null},"date":"2026-11-21","items":[{"name":"연필","count":3,"price":400.50},
            {"name":"공책","count":1}],"total":2200,"payment":"CARD","refunded":false,"rate":"","extra":[1]}""";

    /** As the service answers: the JSON is a text in the message. */
    private static String says(String content) {
        return "{\"id\":\"ie-1\",\"object\":\"chat.completion\",\"model\":\"information-extract-260904\",\"choices\":"
                + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + Wire.quoted(content)
                + "},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":951,\"completion_tokens\":32,\"total_tokens\":983}}";
    }

    private RawServer saying(String content) {
        return server(v -> v.json(200, says(content)));
    }

    private <T extends Record> CallFailure unfit(String content, Class<T> type) {
        RawServer server = saying(content);
        CallFailure failure =
                failing(() -> documents("information-extract", server).extract(file(), type));
        assertThat(failure.kind()).isEqualTo("malformed-reply");
        assertThat(server.requests()).as("it is not asked again").isOne();
        return failure;
    }

    @Test
    void aDocumentBecomesARecord() throws Exception {
        RawServer server = saying(READ);
        Receipt receipt = documents("information-extract", server).extract(file(), Receipt.class);
        assertThat(receipt)
                .isEqualTo(new Receipt(
                        new Shop("가온상회", null),
                        LocalDate.of(2026, 11, 21),
                        List.of(new Item("연필", 3, new BigDecimal("400.5")), new Item("공책", 1, null)),
                        2200,
                        Payment.CARD,
                        false,
                        null));
        Received request = server.received().get(0);
        assertThat(request.line()).isEqualTo("POST /v1/information-extraction/chat/completions HTTP/1.1");
        JsonNode body = JSON.readTree(request.body());
        assertThat(body.path("model").asText()).isEqualTo("information-extract");
        JsonNode content = body.at("/messages/0/content");
        assertThat(content).hasSize(1);
        String url = content.at("/0/image_url/url").asText();
        assertThat(url).startsWith("data:application/octet-stream;base64,");
        assertThat(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)))
                .isEqualTo(FILE);
        JsonNode format = body.path("response_format");
        assertThat(format.path("type").asText()).isEqualTo("json_schema");
        assertThat(format.at("/json_schema/name").asText()).isEqualTo("Receipt");
        assertThat(format.at("/json_schema/schema")).isEqualTo(JSON.readTree("""
                                {"type":"object","properties":{
                                "shop":{"type":"object","description":"영수증의 가게","properties":{
                                "name":{"type":"string"},"address":{"type":"string"}}},
                                "date":{"type":"string","description":"산 날 (영수증 위쪽) (YYYY-MM-DD)"},
                                "items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
                                "count":{"type":"integer","description":"개수"},"price":{"type":"number"}}}},
                                "total":{"type":"integer"},"payment":{"type":"string","enum":["CARD","CASH"]},
                                "refunded":{"type":"boolean"},"rate":{"type":"number"}}}"""));
        recorded("ok", null);
        assertThat(record().toJson()).contains("\"wireModel\":\"information-extract-260904\"", "\"inputTokens\":951");
    }

    @Test
    void aLongFileIsWholeOnTheWire() throws Exception {
        byte[] large = new byte[300_001];
        new java.util.Random(7).nextBytes(large);
        RawServer server = saying("{\"name\":\"a\",\"address\":\"b\"}");
        documents("information-extract", server).extract(new java.io.ByteArrayInputStream(large), Shop.class);
        String url = JSON.readTree(server.received().get(0).body())
                .at("/messages/0/content/0/image_url/url")
                .asText();
        assertThat(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)))
                .isEqualTo(large);
    }

    @Test
    void whatIsMissingIsNull() {
        assertThat(documents("information-extract", saying("{}")).extract(file(), Item.class))
                .isEqualTo(new Item(null, null, null));
    }

    record Whole(int count) {}

    record Strict(String name) {
        Strict {
            if (name != null) {
                throw new IllegalStateException(name);
            }
        }
    }

    @Test
    void whatDoesNotFitIsNamedAndNotRepeated() {
        assertThat(unfit("{\"count\":null}", Whole.class).getMessage()).contains("Whole.count", "Integer");
        assertThat(unfit("{\"count\":2.5}", Whole.class).getMessage()).contains("Whole.count");
        assertThat(unfit("{\"count\":9999999999}", Whole.class).getMessage()).contains("Whole.count");
        assertThat(unfit("{\"count\":\"1e999999999\"}", Whole.class).getMessage())
                .contains("Whole.count");
        assertThat(unfit("{\"total\":1,\"date\":\"21일 " + PROMPT + "\"}", Receipt.class)
                        .getMessage())
                .contains("Receipt.date");
        assertThat(unfit("{\"total\":1,\"payment\":\"" + PROMPT + "\"}", Receipt.class)
                        .getMessage())
                .contains("Receipt.payment", "Payment");
        assertThat(unfit("{\"total\":1,\"items\":[{},{\"count\":\"" + PROMPT + "\"}]}", Receipt.class)
                        .getMessage())
                .contains("Receipt.items[1].count");
        assertThat(unfit("{\"total\":1,\"items\":{}}", Receipt.class).getMessage())
                .contains("Receipt.items");
        assertThat(unfit("{\"total\":1,\"shop\":[]}", Receipt.class).getMessage())
                .contains("Receipt.shop");
        assertThat(unfit("{\"total\":1,\"refunded\":\"yes\"}", Receipt.class).getMessage())
                .contains("Receipt.refunded");
        assertThat(unfit("{\"name\":\"" + PROMPT + "\"}", Strict.class).getMessage())
                .contains("Strict", "IllegalStateException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{\"name\":",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "no JSON",
                "```json\n{}\n```"
            })
    void aTextThatIsNoObjectIsMalformed(String content) {
        unfit(content, Shop.class);
        recorded("failed", "malformed-reply");
    }

    record Deep(Deep inner) {}

    record Foreign(Shop shop, Set<String> words) {}

    record Raw(@SuppressWarnings("rawtypes") List words) {}

    record Generic<T>(T word) {}

    @ParameterizedTest
    @ValueSource(classes = {Deep.class, Foreign.class, Raw.class, Generic.class})
    void aRecordThatCannotBeAskedForIsNotSent(Class<? extends Record> type) {
        RawServer server = saying("{}");
        GaonDocuments extractor = documents("information-extract", server);
        CallFailure failure = failing(() -> extractor.extract(file(), type));
        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.getMessage()).contains(type.getSimpleName() + ".");
        assertThat(catchThrowableOfType(UnsupportedFeatureException.class, () -> extractor.extract(file(), type)))
                .isNotNull();
        assertThat(server.accepted()).isZero();
    }

    @Test
    void aRefusalBySchemaComesThrough() {
        RawServer server = server(v -> v.json(400, Wire.error("invalid_schema", "No nested arrays")));
        CallFailure failure =
                failing(() -> documents("information-extract", server).extract(file(), Shop.class));
        assertThat(failure.kind()).isEqualTo("invalid-request");
        assertThat(failure.getMessage()).contains("No nested arrays");
    }

    @Test
    void aFileThatIsTooLargeIsNotSent() {
        RawServer server = saying("{}");
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return length;
            }
        };
        CallFailure failure =
                failing(() -> documents("information-extract", server).extract(endless, Shop.class));
        assertThat(failure.kind()).isEqualTo("invalid-request");
        assertThat(failure.getMessage()).doesNotContain("withJob");
        assertThat(server.accepted()).isZero();
    }

    private static final Map<String, String> KINDS = kinds();

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("invoice", "Seller, buyer, amounts");
        kinds.put("receipt", "가게의 영수증");
        kinds.put("others", "Something else");
        return kinds;
    }

    private static String classified(String label, String arguments) {
        return "{\"id\":\"dc-1\",\"model\":\"document-classify-260904\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":" + Wire.quoted(label) + ",\"tool_calls\":[{\"id\":\"1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"additional_values\",\"arguments\":" + arguments
                + "}}]},\"finish_reason\":\"stop\"}]}";
    }

    @Test
    void aDocumentIsOfAKind() throws Exception {
        RawServer server = server(
                v -> v.json(200, classified("receipt", "{\"document_type\":{\"confidence_score\":0.97}}")),
                v -> v.json(200, classified("invoice", "{}")),
                v -> v.json(200, says("others")));
        GaonDocuments classifier = documents("document-classify", server);
        assertThat(classifier.classify(file(), KINDS)).isEqualTo(new Kind("receipt", 0.97));
        assertThat(classifier.classify(file(), KINDS)).isEqualTo(new Kind("invoice", null));
        assertThat(classifier.classify(file(), KINDS)).isEqualTo(new Kind("others", null));
        Received request = server.received().get(0);
        assertThat(request.line()).isEqualTo("POST /v1/document-classification/chat/completions HTTP/1.1");
        JsonNode body = JSON.readTree(request.body());
        assertThat(body.path("model").asText()).isEqualTo("document-classify");
        assertThat(body.at("/response_format/json_schema/schema")).isEqualTo(JSON.readTree("""
                                {"type":"string","oneOf":[
                                {"const":"invoice","description":"Seller, buyer, amounts"},
                                {"const":"receipt","description":"가게의 영수증"},
                                {"const":"others","description":"Something else"}]}"""));
    }

    @Test
    void aKindThatNobodyGaveIsMalformed() {
        RawServer server = server(v -> v.json(200, says("contract " + PROMPT)));
        GaonDocuments classifier = documents("document-classify", server);
        assertThat(failing(() -> classifier.classify(file(), KINDS)).kind()).isEqualTo("malformed-reply");
        recorded("failed", "malformed-reply");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier.classify(file(), Map.of()))
                .withMessageContaining("종류");
        assertThat(server.requests()).isOne();
    }

    /** As a prebuilt model answers, shortened. */
    private static final String FIELDS = """
            {"apiVersion":"1.1","confidence":0.99,"documentType":"receipt","mimeType":"multipart/form-data",
            "fields":[{"id":0,"key":"date.date","type":"content","value":"26.11.21","refinedValue":"2026-11-21",
            "confidence":0.98},
            {"id":1,"type":"group","properties":[{"key":"name","type":"content","value":"연필","confidence":0.9},
            {"key":"price","value":1200}],"key":"item"},
            {"id":2,"key":"total.charged_price","value":null,"refinedValue":"2200"},
            {"id":3,"key":"store.phone","value":null,"properties":null}],
            "modelVersion":"receipt-extraction-3.2.0","numBilledPages":1,"stored":false,"metadata":{"pages":[]}}""";

    @Test
    void aTrainedModelFindsItsFields() {
        RawServer server = server(v -> v.json(200, FIELDS));
        assertThat(documents("receipt-extraction", server).fields(file()))
                .containsExactly(
                        new Field("date.date", "26.11.21", "2026-11-21", 0.98),
                        new Field("item/name", "연필", null, 0.9),
                        new Field("item/price", "1200", null, null),
                        new Field("total.charged_price", null, "2200", null));
        Received request = server.received().get(0);
        assertThat(request.line()).isEqualTo("POST /v1/information-extraction HTTP/1.1");
        assertThat(DocumentParseTest.fields(request)).containsExactly("model=receipt-extraction");
        assertThat(DocumentParseTest.sentFile(request)).isEqualTo(FILE);
        assertThat(record().toJson()).contains("\"wireModel\":\"receipt-extraction-3.2.0\"");
    }

    @Test
    void aGuardMasksFieldsToo() {
        RawServer server = server(v -> v.json(200, FIELDS));
        Guard guard = watching((chain, out) -> chain.proceed(
                chain.request(),
                delta -> out.accept(
                        delta instanceof ChatDelta.Text t
                                ? new ChatDelta.Text(t.text().replace("연필", "**"))
                                : delta)));
        assertThat(documents("receipt-extraction", b -> b.guard(guard), server).fields(file()))
                .contains(new Field("item/name", "**", null, 0.9));
    }

    @Test
    void fieldsCutAnywhereAreNone() {
        byte[] whole = FIELDS.getBytes(StandardCharsets.UTF_8);
        RawServer server = server(v -> cut(v, whole));
        GaonDocuments reader = documents("receipt-extraction", server);
        for (int i = 0; i < whole.length; i++) {
            assertThat(failing(() -> reader.fields(file())).kind()).isIn("malformed-reply", "incomplete");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"fields\":{}}",
                "{\"fields\":[1]}",
                "{\"fields\":[{\"key\":[]}]}",
                "{\"fields\":[]} 1"
            })
    void fieldsThatAreNoneAreMalformed(String body) {
        RawServer server = server(v -> v.json(200, body));
        GaonDocuments reader = documents("receipt-extraction", server);
        assertThat(failing(() -> reader.fields(file())).kind()).isEqualTo("malformed-reply");
    }

    /** Each level repeats its key before those of all below it. */
    @Test
    void fieldsNestSixteenLevelsDeep() {
        String body = "{\"key\":\"k\",\"value\":\"v\"}";
        for (int level = 0; level < 16; level++) {
            body = "{\"key\":\"k\",\"properties\":[" + body + "]}";
        }
        String sixteen = "{\"fields\":[" + body + "]}";
        String more = "{\"fields\":[{\"key\":\"k\",\"properties\":[" + body + "]}]}";
        RawServer server = server(v -> v.json(200, sixteen), v -> v.json(200, more));
        GaonDocuments reader = documents("receipt-extraction", server);
        assertThat(reader.fields(file()))
                .singleElement()
                .satisfies(field -> assertThat(field.key()).isEqualTo("k/".repeat(16) + "k"));
        assertThat(failing(() -> reader.fields(file())).kind()).isEqualTo("malformed-reply");
    }
}
