package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything a request can ask for, for every model at every provider of the catalogue: what is not refused before a byte
 * is sent must be a body that the provider documents. The schemas are closed at every level, so a field that nobody
 * documents, or one of the wrong kind, fails.
 */
class RequestSchemaTest {

    /** Models for servers that serve whatever they are started with: thinking, images, tools, and nothing known. */
    private static final Set<String> ANYWHERE =
            Set.of("k-exaone-236b-a23b", "exaone-4.5-33b", "hyperclovax-seed-think-14b", "solar-mini", "vaetki");

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private HttpServer server;

    /** Keeps each body and refuses it, so that nothing needs an answer of the right format. */
    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(418, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    static Stream<String> providers() {
        Set<String> all = new TreeSet<>(Transcript.providers());
        CatalogueTest.providerFiles()
                .forEach(file -> all.add(file.root().get("id").textValue()));
        return all.stream().filter(id -> ServedBy.of(id, List.of()).unspoken() == null);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsSentIsWhatTheProviderDocuments(String provider) throws Exception {
        Tally tally = new Tally(schema(provider));
        Map<String, ModelCard> models = models(provider);
        try (Gaon gaon = client(provider, models.keySet())) {
            String streamed = mostAble(models.values()).id();
            for (RequestFeature feature : RequestFeature.values()) {
                for (String model : models.keySet()) {
                    check(gaon, model, false, tally, feature);
                }
                check(gaon, streamed, true, tally, feature);
            }
            assertThat(tally.wrong).isEmpty();
            assertThat(tally.sent).as("bodies that were checked").isGreaterThan(10 * models.size());
            assertThat(tally.refused).as("requests that were refused").isPositive();
        }
    }

    /** Those which take less than an OpenAI-shaped server in general, and one such server. */
    static Stream<String> particularProviders() {
        return providers()
                .filter(provider -> provider.equals("vllm")
                        || RequestSchemaTest.class.getResource("requests/" + provider + ".schema.json") != null);
    }

    @ParameterizedTest
    @MethodSource("particularProviders")
    void soIsEveryPairOfFeatures(String provider) throws Exception {
        Tally tally = new Tally(schema(provider));
        String model = mostAble(models(provider).values()).id();
        try (Gaon gaon = client(provider, List.of(model))) {
            RequestFeature[] all = RequestFeature.values();
            for (int i = 0; i < all.length; i++) {
                for (int j = i + 1; j < all.length; j++) {
                    check(gaon, model, false, tally, all[i], all[j]);
                }
            }
            assertThat(tally.wrong).isEmpty();
            assertThat(tally.sent).as("bodies that were checked").isGreaterThan(200);
        }
    }

    private static ModelCard mostAble(Collection<ModelCard> models) {
        return Collections.max(
                models,
                Comparator.comparingInt(card -> (Boolean.TRUE.equals(card.tools()) ? 1 : 0)
                        + (Boolean.TRUE.equals(card.structuredOutput()) ? 1 : 0)
                        + (card.thinkingLevels().isEmpty() ? 0 : 1)));
    }

    private void check(Gaon gaon, String model, boolean streaming, Tally tally, RequestFeature... features)
            throws Exception {
        String what = model + " " + Arrays.toString(features) + (streaming ? " streamed" : "");
        CallFailure failure = failure(gaon, model, RequestFeature.request(features), streaming);
        String body = bodies.poll();
        assertThat(bodies).as(what).isEmpty();
        if (body == null) {
            assertThat(failure.kind()).as(what + ": " + failure).isEqualTo("unsupported");
            assertThat(failure.phase()).as(what).isEqualTo("configure");
            tally.refused++;
        } else {
            tally.sent(what, Transcript.JSON.readTree(body));
        }
    }

    private static CallFailure failure(Gaon gaon, String model, ChatRequest request, boolean streaming) {
        try {
            if (streaming) {
                gaon.chat(model).start(request).forEach(Objects::requireNonNull);
            } else {
                gaon.chat(model).chat(request);
            }
            throw new AssertionError("nobody answered, and yet there is an answer");
        } catch (LangChain4jException e) {
            return CallFailure.of(e).orElseThrow();
        }
    }

    private Gaon client(String provider, Collection<String> models) {
        Gaon.Builder builder = Gaon.builder().environment(name -> null).limits(Limits.DEFAULT.withAttempts(1));
        Path own = Transcript.catalogue(provider);
        if (own != null) {
            builder.catalogue(own);
        }
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        Map<String, ModelCard> known = models(provider);
        for (String model : models) {
            builder.endpoint(
                    model,
                    Endpoint.of(base).withDialect(provider).withWireModel(wireModel(known.get(model), provider)));
        }
        return builder.credential(base, Credential.of("key")).build();
    }

    /** What the catalogue says the provider calls the model; where it says nothing, the user does. */
    private static String wireModel(ModelCard card, String provider) {
        boolean known =
                card.endpoints().stream().anyMatch(one -> one.provider().equals(provider) && one.wireModel() != null);
        return known ? null : "dep0000000000";
    }

    /** The models that the catalogue says it serves in its own format, or some for a server that serves any. */
    private static Map<String, ModelCard> models(String provider) {
        Path own = Transcript.catalogue(provider);
        Catalogue catalogue = new Catalogue(own == null ? List.of() : List.of(own));
        String dialect = catalogue.provider(provider).dialect();
        Map<String, ModelCard> models = new TreeMap<>();
        for (ModelCard card : catalogue.models()) {
            boolean serves = card.endpoints().stream()
                    .anyMatch(one ->
                            one.provider().equals(provider) && one.dialect().equals(dialect));
            if (card.kind().equals("chat") && serves) {
                models.put(card.id(), card);
            }
        }
        if (catalogue.provider(provider).baseUrl() == null || models.isEmpty()) {
            ANYWHERE.forEach(id -> models.put(id, catalogue.model(id)));
        }
        return models;
    }

    private static JsonNode schemaText(String name) throws IOException {
        try (InputStream in = RequestSchemaTest.class.getResourceAsStream("requests/" + name + ".schema.json")) {
            return in == null ? null : Transcript.JSON.readTree(in);
        }
    }

    /** The provider's own, else that of OpenAI with the extras of the servers people run themselves. */
    private static Schema schema(String provider) throws IOException {
        JsonNode own = schemaText(provider);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(own == null ? schemaText("openai") : own);
    }

    // the schemas themselves

    static List<String> schemas() throws Exception {
        Path place = Path.of(RequestSchemaTest.class.getResource("requests").toURI());
        try (Stream<Path> files = Files.list(place)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".schema.json", ""))
                    .sorted()
                    .toList();
            assertThat(names).contains("openai", "upstage", "clova-compat", "triton", "clova");
            return names;
        }
    }

    /** An object that names its fields names them all: without that, an undocumented field would pass unseen. */
    @ParameterizedTest
    @MethodSource("schemas")
    void schemasAreClosedAtEveryLevel(String name) throws IOException {
        List<String> open = new ArrayList<>();
        closed("", schemaText(name), open);
        assertThat(open).isEmpty();
    }

    private static void closed(String at, JsonNode node, List<String> open) {
        boolean conditional = at.matches(".*/(if|then|contains|not|allOf/\\d+|maxContains)(/.*)?")
                || at.endsWith("/json_schema/properties/schema");
        if (node.isObject()
                && node.path("type").asText().equals("object")
                && node.path("properties").isObject()
                && node.path("additionalProperties").asBoolean(true)
                && !conditional) {
            open.add(at);
        }
        if (node.isObject()) {
            node.properties().forEach(field -> closed(at + "/" + field.getKey(), field.getValue(), open));
        } else {
            for (int i = 0; i < node.size(); i++) {
                closed(at + "/" + i, node.get(i), open);
            }
        }
    }

    /** What transcripts say must be sent is what schemas say may be sent. */
    @Test
    void transcriptsAndSchemasAgree() throws IOException {
        int agreed = 0;
        for (String provider : Transcript.providers()) {
            Schema schema = schema(provider);
            for (Transcript transcript : Transcript.of(provider)) {
                assertThat(schema.validate(transcript.told().request()))
                        .as(transcript.toString())
                        .isEmpty();
                agreed++;
            }
        }
        assertThat(agreed).isGreaterThan(200);
    }

    /** Proof that a wrong body is seen: a field more in any object, a value of another kind in any place. */
    @Test
    void whatNobodyDocumentsIsSeenWhereverItStands() throws Exception {
        int planted = 0;
        for (String provider : particularProviders().toList()) {
            Schema schema = schema(provider);
            JsonNode good = richBody(provider);
            assertThat(schema.validate(good)).as(provider).isEmpty();
            for (String at : objects("", good, new ArrayList<>())) {
                JsonNode bad = good.deepCopy();
                ((ObjectNode) bad.at(at)).put("store", true);
                assertThat(schema.validate(bad))
                        .as(provider + ": store in " + at)
                        .isNotEmpty();
                planted++;
            }
            for (Map.Entry<String, JsonNode> field : good.properties()) {
                ObjectNode bad = good.deepCopy();
                if (field.getValue().isTextual()) {
                    bad.put(field.getKey(), 1);
                } else {
                    bad.put(field.getKey(), "1");
                }
                assertThat(schema.validate(bad))
                        .as(provider + ": " + field.getKey())
                        .isNotEmpty();
                planted++;
            }
        }
        assertThat(planted).isGreaterThan(100);
    }

    /** A body of this provider that holds much of what it takes. */
    private JsonNode richBody(String provider) throws Exception {
        String model = mostAble(models(provider).values()).id();
        try (Gaon gaon = client(provider, List.of(model))) {
            ChatRequest request = RequestFeature.request(
                    RequestFeature.SYSTEM,
                    RequestFeature.SEVERAL_TEXTS,
                    RequestFeature.TOOL_HISTORY,
                    RequestFeature.TOOL_AUTO,
                    RequestFeature.TOP_P,
                    RequestFeature.MANY_TOKENS);
            CallFailure failure = failure(gaon, model, request, true);
            String body = bodies.poll();
            assertThat(body).as(String.valueOf(failure)).isNotNull();
            return Transcript.JSON.readTree(body);
        }
    }

    /** All but the arguments of a tool call, which are the tool's own. */
    private static List<String> objects(String at, JsonNode node, List<String> found) {
        if (at.endsWith("/arguments")) {
            return found;
        }
        if (node.isObject()) {
            found.add(at);
            node.properties().forEach(field -> objects(at + "/" + field.getKey(), field.getValue(), found));
        } else {
            for (int i = 0; i < node.size(); i++) {
                objects(at + "/" + i, node.get(i), found);
            }
        }
        return found;
    }

    private static final class Tally {
        private final Schema schema;
        private final Map<String, List<String>> wrong = new LinkedHashMap<>();
        private int sent;
        private int refused;

        Tally(Schema schema) {
            this.schema = schema;
        }

        void sent(String what, JsonNode body) {
            sent++;
            List<String> errors =
                    schema.validate(body).stream().map(Error::toString).toList();
            if (!errors.isEmpty() && wrong.size() < 20) {
                wrong.put(what, errors);
            }
        }
    }
}
