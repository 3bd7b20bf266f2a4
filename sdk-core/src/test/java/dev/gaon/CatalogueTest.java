package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled provider and model files, each with its sources, and the user's own. */
class CatalogueTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String REPLY = "{\"choices\":[{\"message\":{\"content\":\"예\"},\"finish_reason\":\"stop\"}]}";
    private static final String PROVIDER =
            "{\"id\":\"hangang\",\"baseUrl\":\"%s\",\"auth\":{\"header\":\"X-Hangang-Key\",\"prefix\":\"Key \",\"env\":\"HANGANG_KEY\"},"
                    + "\"quirks\":{\"maxTokensField\":\"max_completion_tokens\"},\"paths\":{\"chat\":\"/talk\"}}";
    private static final String MODEL =
            "{\"id\":\"hangang-1\",\"endpoints\":[{\"provider\":\"hangang\",\"wireId\":\"hangang/one\"}],\"aliases\":[\"한강\"]}";

    @TempDir
    Path folder;

    /** A bundled file and what it says. */
    record Bundled(String name, JsonNode root) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Path place() {
        try {
            URL index = Catalogue.class.getResource("catalogue/index.json");
            return Path.of(index.toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Bundled> files(String kind) {
        try (Stream<Path> files = Files.list(place().resolve(kind))) {
            List<Bundled> all = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                all.add(new Bundled(file.getFileName().toString(), JSON.readTree(Files.readAllBytes(file))));
            }
            return all;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<Bundled> providerFiles() {
        return files("providers");
    }

    static List<Bundled> modelFiles() {
        return files("models");
    }

    static Stream<Bundled> allFiles() {
        return Stream.concat(providerFiles().stream(), modelFiles().stream());
    }

    private static Gaon.Builder withoutKeys() {
        return with(Map.of());
    }

    private static Gaon.Builder with(Map<String, String> environment) {
        return Gaon.builder().environment(environment::get);
    }

    // the bundled files

    @ParameterizedTest
    @MethodSource("providerFiles")
    void providersKeepToTheirSchema(Bundled file) throws IOException {
        assertThat(schema("provider").validate(file.root())).isEmpty();
        assertThat(file.name()).isEqualTo(file.root().get("id").textValue() + ".json");
    }

    @ParameterizedTest
    @MethodSource("modelFiles")
    void modelsKeepToTheirSchema(Bundled file) throws IOException {
        assertThat(schema("model").validate(file.root())).isEmpty();
        assertThat(file.name()).isEqualTo(file.root().get("id").textValue() + ".json");
    }

    @Test
    void theSchemasRefuseWhatIsWrong() throws IOException {
        assertThat(schema("model").validate(JSON.readTree("{\"id\":\"A B\"}"))).hasSizeGreaterThan(10);
        assertThat(schema("provider").validate(JSON.readTree("{\"id\":\"a\",\"dialekt\":\"openai\"}")))
                .hasSizeGreaterThan(10);
    }

    private static Schema schema(String name) throws IOException {
        JsonNode schema = JSON.readTree(Files.readAllBytes(place().resolve("schema/" + name + ".schema.json")));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    @Test
    void theIndexNamesEveryFileAndNoOther() throws IOException {
        JsonNode index = JSON.readTree(Files.readAllBytes(place().resolve("index.json")));
        assertThat(texts(index.get("providers")))
                .isEqualTo(providerFiles().stream().map(Bundled::name).toList());
        assertThat(texts(index.get("models")))
                .isEqualTo(modelFiles().stream().map(Bundled::name).toList());
        assertThat(providerFiles()).hasSizeGreaterThanOrEqualTo(24);
        assertThat(modelFiles()).hasSizeGreaterThanOrEqualTo(50);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("allFiles")
    void everyValueHasAFactWithSourceDateAndConfidence(Bundled file) {
        Set<String> pointers = new TreeSet<>();
        for (JsonNode fact : file.root().get("facts")) {
            String at = fact.get("at").textValue();
            assertThat(file.root().at(at).isMissingNode())
                    .as(at + " points to nothing")
                    .isFalse();
            assertThat(pointers.add(at)).as(at + " has two facts").isTrue();
            assertThat(fact.get("source").textValue()).isNotBlank();
            assertThat(LocalDate.parse(fact.get("date").textValue()))
                    .isBetween(LocalDate.of(2023, 1, 1), LocalDate.of(2026, 12, 31));
            assertThat(fact.get("confidence").textValue()).isIn("D", "D2", "C", "M", "?");
        }
        List<String> leaves = new ArrayList<>();
        file.root().properties().forEach(field -> {
            if (!Set.of("id", "name", "notes", "facts").contains(field.getKey())) {
                leaves("/" + field.getKey(), field.getValue(), leaves);
            }
        });
        assertThat(leaves)
                .isNotEmpty()
                .allSatisfy(leaf -> assertThat(pointers)
                        .as(leaf + " has no source")
                        .anyMatch(at -> leaf.equals(at) || leaf.startsWith(at + "/")));
    }

    private static void leaves(String at, JsonNode value, List<String> leaves) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties()
                    .forEach(field -> leaves(
                            at + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue(), leaves));
        } else if (value.isArray() && !value.isEmpty()) {
            for (int i = 0; i < value.size(); i++) {
                leaves(at + "/" + i, value.get(i), leaves);
            }
        } else {
            leaves.add(at);
        }
    }

    @Test
    void namesAreOfOneModelAndProvidersExist() {
        Map<String, String> names = new HashMap<>();
        Set<String> providers = new TreeSet<>();
        providerFiles().forEach(file -> providers.add(file.root().get("id").textValue()));
        for (Bundled file : modelFiles()) {
            String id = file.root().get("id").textValue();
            List<String> all = new ArrayList<>(texts(file.root().get("aliases")));
            all.add(id);
            for (String name : new TreeSet<>(
                    all.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList())) {
                assertThat(names.put(name, id)).as(name + " of " + id).isNull();
            }
            for (JsonNode endpoint : file.root().get("endpoints")) {
                assertThat(providers).as(id).contains(endpoint.get("provider").textValue());
            }
        }
    }

    @Test
    void pathsOfTheOpenAiDialectAreReadyToUse() {
        for (Bundled file : providerFiles()) {
            if (file.root().get("dialect").textValue().equals("openai")) {
                for (String purpose : List.of("chat", "embeddings")) {
                    assertThat(file.root().at("/paths/" + purpose).asText("/"))
                            .as(file.name())
                            .startsWith("/")
                            .doesNotContain("{");
                }
            }
        }
    }

    @Test
    void everyFileLoadsAndIsListed() {
        Catalogue catalogue = new Catalogue(List.of());
        for (Bundled file : providerFiles()) {
            assertThat(catalogue.provider(file.root().get("id").textValue()).id())
                    .isEqualTo(file.root().get("id").textValue());
        }
        try (Gaon gaon = withoutKeys().build()) {
            List<String> ids = gaon.models().all().stream().map(ModelCard::id).toList();
            assertThat(ids)
                    .isEqualTo(modelFiles().stream()
                            .map(file -> file.root().get("id").textValue())
                            .sorted()
                            .toList());
            for (Bundled file : modelFiles()) {
                ModelCard card = gaon.models().get(file.root().get("id").textValue());
                assertThat(card.kind()).isEqualTo(file.root().get("kind").textValue());
                assertThat(card.contextTokens())
                        .isEqualTo(
                                file.root().at("/context/tokens").isInt()
                                        ? file.root().at("/context/tokens").intValue()
                                        : null);
                assertThat(card.endpoints()).hasSameSizeAs(file.root().get("endpoints"));
                assertThat(card.name(Locale.KOREAN))
                        .isEqualTo(file.root().at("/name/ko").textValue());
                for (String alias : texts(file.root().get("aliases"))) {
                    assertThat(gaon.models().find(alias)).contains(card);
                    assertThat(gaon.models().find(alias.toUpperCase(Locale.ROOT)))
                            .contains(card);
                }
            }
        }
    }

    // asking for a model

    @ParameterizedTest
    @MethodSource("modelFiles")
    void whatCannotBeCalledSaysWhatIsMissing(Bundled file) {
        String id = file.root().get("id").textValue();
        try (Gaon gaon = withoutKeys().build()) {
            ModelCard card = gaon.models().get(id);
            Models.Availability can = gaon.models().availability(card);
            Throwable error = catchThrowable(() -> gaon.chat(id));
            if (!card.kind().equals("chat")) {
                assertThat(error)
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining(card.kind());
                return;
            }
            switch (can.state()) {
                case "ready" -> assertThat(error).isNull();
                case "needs-key" ->
                    assertThat(error)
                            .isInstanceOf(AuthenticationException.class)
                            .hasMessageContaining("환경 변수 " + can.detail())
                            .hasMessageContaining("environment variable " + can.detail());
                case "needs-endpoint" ->
                    assertThat(error)
                            .isInstanceOf(UnsupportedFeatureException.class)
                            .hasMessageContaining("Gaon.builder().endpoint(\"" + id + "\"")
                            .hasMessageContaining("주소가 필요합니다")
                            .hasMessageContaining("needs the address of a server of your own");
                case "waits-for-dialect" ->
                    assertThat(error)
                            .isInstanceOf(UnsupportedFeatureException.class)
                            .hasMessageContaining("전송 형식 " + can.detail())
                            .hasMessageContaining("waits for the wire format " + can.detail());
                default ->
                    assertThat(error)
                            .isInstanceOf(UnsupportedFeatureException.class)
                            .hasMessageContaining(id);
            }
        }
    }

    @Test
    void everyWayOfNotBeingCallableIsInTheCatalogue() {
        try (Gaon gaon = withoutKeys().build()) {
            Set<String> states = new TreeSet<>();
            gaon.models()
                    .all()
                    .forEach(card -> states.add(gaon.models().availability(card).state()));
            assertThat(states).contains("ready", "needs-key", "needs-endpoint", "waits-for-dialect");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "solar-pro44, solar-pro4",
        "hcx007, hcx-007",
        "HCX_07, hcx-007",
        "k-exaone, k-exaone-236b-a23b",
        "axk1, a.x-k1"
    })
    void anUnknownModelNamesTheNearest(String wrong, String near) {
        try (Gaon gaon = withoutKeys().build()) {
            assertThatThrownBy(() -> gaon.chat(wrong))
                    .isInstanceOf(ModelNotFoundException.class)
                    .hasMessageContaining(wrong)
                    .hasMessageContaining(near)
                    .hasMessageContaining("모르는 모델입니다")
                    .hasMessageContaining("Unknown model");
        }
    }

    @Test
    void strangeNamesAreNoFiles() {
        try (Gaon gaon = withoutKeys().build()) {
            for (String name :
                    List.of("", " ", "../index", "/etc/passwd", "models/hcx-007", "..", "a\nb", "x".repeat(100_000))) {
                assertThatThrownBy(() -> gaon.chat(name)).isInstanceOf(ModelNotFoundException.class);
            }
        }
    }

    // the user's files

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertCallable(Gaon.Builder builder, ReplayServer server) {
        try (Gaon gaon = builder.build()) {
            for (String name : List.of("hangang-1", "한강")) {
                ChatRequest request = ChatRequest.builder()
                        .messages(UserMessage.from("?"))
                        .maxOutputTokens(7)
                        .build();
                assertThat(gaon.chat(name).chat(request).aiMessage().text()).isEqualTo("예");
            }
            assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.path()).isEqualTo("/v1/talk");
                assertThat(request.headers())
                        .containsEntry("x-hangang-key", "Key s3cret")
                        .doesNotContainKey("authorization");
                assertThat(request.text())
                        .contains("\"model\":\"hangang/one\"")
                        .contains("\"max_completion_tokens\":7");
            });
            assertThat(gaon.models().all()).anyMatch(card -> card.id().equals("hangang-1"));
        }
    }

    @Test
    void aProviderNoCodeKnowsIsCalledFromFilesAlone() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            write("b-provider.json", PROVIDER.formatted(server.url()));
            write("a-model.json", MODEL);
            assertCallable(with(Map.of("HANGANG_KEY", "s3cret")).catalogue(folder), server);
        }
    }

    @Test
    void oneFileMayHoldAll() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            Path file = write(
                    "all.json",
                    "{\"providers\":[" + PROVIDER.formatted(server.url()) + "],\"models\":[" + MODEL + "]}");
            assertCallable(with(Map.of("HANGANG_KEY", "s3cret")).catalogue(file), server);
        }
    }

    @Test
    void theEnvironmentMayNameTheFiles() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            Path provider = write("provider.json", PROVIDER.formatted(server.url()));
            Path model = write("model.json", MODEL);
            Map<String, String> environment =
                    Map.of("HANGANG_KEY", "s3cret", "GAON_CATALOGUE", provider + File.pathSeparator + model);
            assertCallable(with(environment), server);
            assertThatThrownBy(() -> with(Map.of(
                                    "GAON_CATALOGUE",
                                    folder.resolve("none.json").toString()))
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none.json");
        }
    }

    @Test
    void withoutItsKeyNothingIsSent() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            write("provider.json", PROVIDER.formatted(server.url()));
            write("model.json", MODEL);
            for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("HANGANG_KEY", " "))) {
                try (Gaon gaon = with(environment).catalogue(folder).build()) {
                    AuthenticationException error = catchThrowableOfType(
                            AuthenticationException.class,
                            () -> gaon.chat("hangang-1").chat("?"));
                    CallFailure failure = CallFailure.of(error).orElseThrow();
                    assertThat(failure.kind()).isEqualTo("missing-key");
                    assertThat(failure.message(Locale.KOREAN)).contains("HANGANG_KEY");
                    assertThat(failure.message(Locale.ENGLISH)).contains("HANGANG_KEY");
                }
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aUsersFileReplacesTheBundledOneOfTheSameId() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            write("provider.json", PROVIDER.formatted(server.url()));
            write("model.json", MODEL.replace("hangang-1", "hcx-007"));
            try (Gaon gaon = with(Map.of("HANGANG_KEY", "k")).catalogue(folder).build()) {
                assertThat(gaon.chat("hcx-007").chat("?")).isEqualTo("예");
                assertThat(gaon.models().all())
                        .filteredOn(card -> card.id().equals("hcx-007"))
                        .hasSize(1);
            }
        }
    }

    /** Text of the file, then what the refusal must name besides the file, Korean and English apart from each other. */
    static Stream<List<String>> badFiles() {
        String model = "{\"id\":\"m\",\"endpoints\":[%s]}";
        return Stream.of(
                List.of("{\"id\": \"a\",\n  oops}", "2:", "JSON이 잘못되었습니다", "its JSON is wrong"),
                List.of("{\"id\": \"a\"} {}", "1:", "JSON이 잘못되었습니다", "its JSON is wrong"),
                List.of("{\"id\": \"a\",\n\"id\": \"b\"}", "2:", "같은 항목이 되풀이됩니다", "a key is repeated"),
                List.of("", "객체({ })여야 합니다", "must be an object"),
                List.of("[]", "객체({ })여야 합니다", "must be an object"),
                List.of("{\"id\":\"a\",\"regoin\":\"KR\"}", "/regoin", "region을(를) 뜻했나요", "did you mean region?"),
                List.of(
                        "{\"id\":\"a\",\"quirks\":{\"streamusage\":true}}",
                        "/quirks/streamusage",
                        "streamUsage",
                        "did you mean streamUsage?"),
                List.of(
                        "{\"id\":\"a\",\"auth\":{\"heaader\":\"X\",\"required\":false}}",
                        "/auth/heaader",
                        "header을(를)",
                        "did you mean header?"),
                List.of("{\"id\":7}", "/id", "문자열이어야", "must be text"),
                List.of("{\"name\":{\"ko\":\"가\",\"en\":\"a\"}}", "/id", "값이 있어야 합니다", "is missing"),
                List.of("{\"id\":\" \"}", "/id", "값이 있어야 합니다", "is missing"),
                List.of("{\"id\":\"a\",\"name\":\"가\"}", "/name", "객체({ })여야", "must be an object"),
                List.of(
                        "{\"id\":\"a\",\"quirks\":{\"temperatureMax\":\"1\"}}",
                        "/quirks/temperatureMax",
                        "숫자여야",
                        "must be a number"),
                List.of(
                        "{\"id\":\"a\",\"quirks\":{\"refusedFields\":\"x\"}}",
                        "/quirks/refusedFields",
                        "목록([ ])이어야",
                        "must be a list"),
                List.of(
                        "{\"id\":\"a\",\"quirks\":{\"refusedFields\":[1]}}",
                        "/quirks/refusedFields",
                        "문자열 목록",
                        "list of texts"),
                List.of(
                        "{\"id\":\"a\",\"quirks\":{\"streamUsage\":1}}",
                        "/quirks/streamUsage",
                        "true나 false",
                        "true or false"),
                List.of("{\"id\":\"a\",\"baseUrl\":\"ftp://x\"}", "/baseUrl", "http://", "must begin with http://"),
                List.of("{\"id\":\"a\",\"baseUrl\":\"https://u:pass1234@x/v1\"}", "/baseUrl", "사용자 정보", "user-info"),
                List.of("{\"id\":\"a\",\"baseUrl\":\"https://127.1/v1\"}", "/baseUrl", "127.0.0.1", "written plainly"),
                List.of(
                        "{\"id\":\"a\",\"auth\":{\"header\":\"X Key\",\"env\":\"E\"}}",
                        "/auth/header",
                        "헤더 이름이 아닙니다",
                        "is no header name"),
                List.of(
                        "{\"id\":\"a\",\"auth\":{\"header\":\"X\\r\\nY\",\"env\":\"E\"}}",
                        "/auth/header",
                        "헤더 이름이 아닙니다",
                        "is no header name"),
                List.of(
                        "{\"id\":\"a\",\"auth\":{\"header\":\"X\",\"prefix\":\"키\\n\"}}",
                        "/auth/prefix",
                        "ASCII",
                        "visible ASCII"),
                List.of(
                        "{\"id\":\"a\",\"auth\":{\"env\":\"E\"}}",
                        "/auth/header",
                        "헤더 이름이 있어야",
                        "must name the header"),
                List.of("{\"id\":\"a\",\"paths\":{\"chat\":\"chat\"}}", "/paths/chat", "/로 시작", "must begin with /"),
                List.of(
                        model.formatted("{\"provider\":\"nobody\"}"),
                        "/endpoints/0/provider",
                        "모르는 제공자입니다: nobody",
                        "no such provider: nobody"),
                List.of(
                        model.formatted("{\"provider\":\"vllm\",\"wireid\":\"x\"}"),
                        "/endpoints/0/wireid",
                        "wireId",
                        "did you mean wireId?"),
                List.of(model.formatted("{}"), "/endpoints/0/provider", "값이 있어야", "is missing"),
                List.of(model.formatted("7"), "/endpoints/0", "객체({ })여야", "must be an object"),
                List.of("{\"endpoints\":[]}", "/id", "값이 있어야", "is missing"),
                List.of(
                        "{\"id\":\"m\",\"endpoints\":[],\"context\":{\"tokens\":1.5}}",
                        "/context/tokens",
                        "정수여야",
                        "whole number"),
                List.of(
                        "{\"id\":\"m\",\"endpoints\":[],\"status\":{\"date\":\"2026-13-01\"}}",
                        "/status/date",
                        "날짜",
                        "date"),
                List.of(
                        "{\"models\":[{\"id\":\"m\",\"endpoints\":[],\"famly\":1}]}",
                        "/models/0/famly",
                        "family",
                        "did you mean family?"));
    }

    @ParameterizedTest
    @MethodSource
    void badFiles(List<String> row) {
        Path file = write("bad.json", row.get(0));
        assertThatThrownBy(() -> withoutKeys().catalogue(file).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .satisfies(error -> assertThat(error.getMessage())
                        .contains(row.subList(1, row.size()))
                        .doesNotContain("pass1234"));
    }

    @Test
    void filesThatCannotBeReadAreRefused() throws IOException {
        Path large = write("large.json", "{\"id\":\"" + "a".repeat(1 << 20) + "\"}");
        refused(large, "1 MiB를 넘습니다", "larger than 1 MiB");
        refused(folder.resolve("none.json"), "파일을 읽을 수 없습니다(NoSuchFileException)", "the file cannot be read");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(empty, "1~1000개", "1 to 1000");
        Path latin = Files.write(
                folder.resolve("latin.json"),
                new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xB0, (byte) 0xA1, '"', '}'});
        refused(latin, "JSON이 잘못되었습니다", "its JSON is wrong");
    }

    private static void refused(Path path, String... words) {
        assertThatThrownBy(() -> withoutKeys().catalogue(path).build())
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(error ->
                        assertThat(error.getMessage()).contains(path.toString()).contains(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clova-studio", "nonsense"})
    void anOwnServerOfUnknownKindIsRefusedOrWaits(String dialect) {
        assertThatThrownBy(() -> withoutKeys()
                        .endpoint("m", Endpoint.of("http://127.0.0.1:1/v1").withDialect(dialect))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("모르는 dialect입니다: " + dialect)
                .hasMessageContaining("Unknown dialect: " + dialect);
    }
}
