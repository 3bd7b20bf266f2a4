package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
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

/** The bundled provider and model files, each with its sources. */
class CatalogueTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
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

    static List<Bundled> licenceFiles() {
        return files("licences");
    }

    static Stream<Bundled> allFiles() {
        return Stream.of(providerFiles(), modelFiles(), licenceFiles()).flatMap(List::stream);
    }

    static Gaon.Builder withoutKeys() {
        return with(Map.of());
    }

    static Gaon.Builder with(Map<String, String> environment) {
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

    @ParameterizedTest
    @MethodSource("licenceFiles")
    void licencesKeepToTheirSchema(Bundled file) throws IOException {
        assertThat(schema("licence").validate(file.root())).isEmpty();
        assertThat(file.name()).isEqualTo(file.root().get("id").textValue() + ".json");
    }

    @Test
    void theSchemasRefuseWhatIsWrong() throws IOException {
        assertThat(schema("model").validate(JSON.readTree("{\"id\":\"A B\"}"))).hasSizeGreaterThan(10);
        assertThat(schema("provider").validate(JSON.readTree("{\"id\":\"a\",\"dialekt\":\"openai\"}")))
                .hasSizeGreaterThan(10);
        assertThat(schema("licence").validate(JSON.readTree("{\"id\":\"A B\",\"commercial\":true}")))
                .hasSizeGreaterThan(5);
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
        assertThat(texts(index.get("licences")))
                .isEqualTo(licenceFiles().stream().map(Bundled::name).toList());
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
    void everyModelsTermsAreInAFileAndEveryFileIsOfAModel() {
        Set<String> used = new TreeSet<>();
        for (Bundled file : modelFiles()) {
            used.add(file.root().at("/licence/id").textValue() + ".json");
        }
        assertThat(used)
                .isEqualTo(
                        new TreeSet<>(licenceFiles().stream().map(Bundled::name).toList()));
    }

    @Test
    void aCardTellsWhatItsTermsDemand() throws IOException {
        try (Gaon gaon = withoutKeys().build()) {
            ModelCard.Terms exaone = gaon.models().get("k-exaone-236b-a23b").terms();
            assertThat(List.of(exaone.id(), exaone.commercial(), exaone.redistribution(), exaone.namePrefix()))
                    .containsExactly("LicenseRef-K-EXAONE", "yes", "agreement", "K-EXAONE");
            assertThat(exaone.notice()).isNull();
            assertThat(exaone.conditions(Locale.KOREAN)).anyMatch(condition -> condition.contains("계약"));
            assertThat(exaone.conditions(Locale.ENGLISH)).anyMatch(condition -> condition.contains("agreement"));
            assertThat(JSON.readTree(exaone.json()).at("/facts/1/confidence").textValue())
                    .isEqualTo("D");
            ModelCard.Terms solar = gaon.models().get("solar-open2").terms();
            assertThat(List.of(solar.namePrefix(), solar.notice())).containsExactly("Solar", "Built with Solar");
            assertThat(gaon.models().get("exaone-4.5-33b").terms().commercial()).isEqualTo("no");
            assertThat(gaon.models().get("hcx-007").terms().covers()).isEqualTo("service");
            assertThat(gaon.models().get("konan-llm").terms().commercial()).isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @MethodSource("modelFiles")
    void aCardIsItsFileAsJson(Bundled file) throws IOException {
        ModelCard card = new Catalogue(List.of()).model(file.root().get("id").textValue());
        assertThat(JSON.readTree(card.json())).isEqualTo(file.root());
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
                case "retired" ->
                    assertThat(error)
                            .isInstanceOf(ModelNotFoundException.class)
                            .hasMessageContaining("끝나 부를 수 없습니다")
                            .hasMessageContaining(id + " ended on");
                case "needs-endpoint" ->
                    assertThat(error)
                            .isInstanceOf(UnsupportedFeatureException.class)
                            .hasMessageContaining("Gaon.builder().endpoint(\"" + id + "\"")
                            .hasMessageContaining("주소가 필요합니다")
                            .hasMessageContaining("needs the address of a server of your own");
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
            assertThat(states)
                    .contains("ready", "needs-key", "needs-endpoint")
                    .as("every format in the catalogue is spoken")
                    .doesNotContain("waits-for-dialect");
        }
    }

    @Test
    void aModelOfYoursWaitsForAFormatThatNobodySpeaks(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("newco.json");
        Files.writeString(file, """
                {"providers": [{"id": "newco", "dialect": "newco-v9", "baseUrl": "https://api.newco.example/v1"}],
                "models": [{"id": "newco-1", "endpoints": [{"provider": "newco", "wireId": "n1"}]}]}""");
        try (Gaon gaon = withoutKeys().catalogue(file).build()) {
            assertThat(gaon.models().availability(gaon.models().get("newco-1")))
                    .isEqualTo(new Models.Availability("waits-for-dialect", "newco-v9", null));
            assertThat(catchThrowable(() -> gaon.chat("newco-1")))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("전송 형식 newco-v9")
                    .hasMessageContaining("waits for the wire format newco-v9");
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
}
