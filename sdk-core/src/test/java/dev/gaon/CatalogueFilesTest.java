package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Provider and model files of the user's own. */
class CatalogueFilesTest {

    private static final String REPLY = "{\"choices\":[{\"message\":{\"content\":\"예\"},\"finish_reason\":\"stop\"}]}";
    private static final String PROVIDER =
            "{\"id\":\"hangang\",\"baseUrl\":\"%s\",\"auth\":{\"header\":\"X-Hangang-Key\",\"prefix\":\"Key \",\"env\":\"HANGANG_KEY\"},"
                    + "\"quirks\":{\"maxTokensField\":\"max_completion_tokens\"},\"paths\":{\"chat\":\"/talk\"}}";
    private static final String MODEL =
            "{\"id\":\"hangang-1\",\"endpoints\":[{\"provider\":\"hangang\",\"wireId\":\"hangang/one\"}],\"aliases\":[\"한강\"]}";

    @TempDir
    Path folder;

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
            assertCallable(CatalogueTest.with(Map.of("HANGANG_KEY", "s3cret")).catalogue(folder), server);
        }
    }

    @Test
    void oneFileMayHoldAll() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            Path file = write(
                    "all.json",
                    "{\"providers\":[" + PROVIDER.formatted(server.url()) + "],\"models\":[" + MODEL + "]}");
            assertCallable(CatalogueTest.with(Map.of("HANGANG_KEY", "s3cret")).catalogue(file), server);
        }
    }

    @Test
    void theEnvironmentMayNameTheFiles() {
        try (ReplayServer server = ReplayServer.json(200, REPLY)) {
            Path provider = write("provider.json", PROVIDER.formatted(server.url()));
            Path model = write("model.json", MODEL);
            Map<String, String> environment =
                    Map.of("HANGANG_KEY", "s3cret", "GAON_CATALOGUE", provider + File.pathSeparator + model);
            assertCallable(CatalogueTest.with(environment), server);
            assertThatThrownBy(() -> CatalogueTest.with(Map.of(
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
                try (Gaon gaon =
                        CatalogueTest.with(environment).catalogue(folder).build()) {
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
            try (Gaon gaon = CatalogueTest.with(Map.of("HANGANG_KEY", "k"))
                    .catalogue(folder)
                    .build()) {
                assertThat(gaon.chat("hcx-007").chat("?")).isEqualTo("예");
                assertThat(gaon.models().all())
                        .filteredOn(card -> card.id().equals("hcx-007"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void termsOfTheUsersOwnHoldForTheirModels() {
        write("model.json", "{\"id\":\"ours\",\"licence\":{\"id\":\"Ours-1.0\"},\"endpoints\":[]}");
        write("other.json", "{\"id\":\"theirs\",\"licence\":{\"id\":\"../Theirs\"},\"endpoints\":[]}");
        write("terms.json", "{\"id\":\"Ours-1.0\",\"commercial\":\"no\",\"notice\":\"Of ours\"}");
        write("more.json", "{\"licences\":[{\"id\":\"MIT\",\"commercial\":\"agreement\"}]}");
        try (Gaon gaon = CatalogueTest.withoutKeys().catalogue(folder).build()) {
            ModelCard.Terms terms = gaon.models().get("ours").terms();
            assertThat(List.of(terms.id(), terms.name(), terms.commercial(), terms.redistribution(), terms.notice()))
                    .containsExactly("Ours-1.0", "Ours-1.0", "no", "unknown", "Of ours");
            ModelCard.Terms unknown = gaon.models().get("theirs").terms();
            assertThat(List.of(unknown.id(), unknown.commercial())).containsExactly("../Theirs", "unknown");
            assertThat(unknown.json()).isNull();
            assertThat(gaon.models().get("motif-3").terms().commercial()).isEqualTo("agreement");
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
                        "{\"id\":\"a\",\"quirks\":{\"ranges\":{\"topP\":{\"max\":\"1\"}}}}",
                        "/quirks/ranges/topP/max",
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
                        "{\"id\":\"m\",\"endpoints\":[],\"pair\":{\"family\":\"f\",\"kind\":\"passage\"}}",
                        "/pair/kind",
                        "query나 document",
                        "must be query or document"),
                List.of(
                        model.formatted("{\"provider\":\"vllm\",\"until\":\"2026-10-30+09:00\"}"),
                        "/endpoints/0/until",
                        "2026-10-30(한국 시간)",
                        "2026-10-30Z (UTC)"),
                List.of(
                        "{\"id\":\"p\",\"status\":{\"until\":\"soon\"}}",
                        "/status/until",
                        "2026-10-30(한국 시간)",
                        "2026-10-30Z (UTC)"),
                List.of(
                        "{\"id\":\"L\",\"commercial\":\"yes\",\"namePrefx\":\"x\"}",
                        "/namePrefx",
                        "namePrefix을(를)",
                        "did you mean namePrefix?"),
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
        assertThatThrownBy(() -> CatalogueTest.withoutKeys().catalogue(file).build())
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
        assertThatThrownBy(() -> CatalogueTest.withoutKeys().catalogue(path).build())
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(error ->
                        assertThat(error.getMessage()).contains(path.toString()).contains(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kt-agent", "nonsense"})
    void anOwnServerOfUnknownKindIsRefusedOrWaits(String dialect) {
        assertThatThrownBy(() -> CatalogueTest.withoutKeys()
                        .endpoint("m", Endpoint.of("http://127.0.0.1:1/v1").withDialect(dialect))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("모르는 dialect입니다: " + dialect)
                .hasMessageContaining("Unknown dialect: " + dialect);
    }
}
