package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsCommandTest {

    private static Map<String, JsonNode> byId(JsonNode document) {
        Map<String, JsonNode> models = new HashMap<>();
        document.path("models").forEach(model -> models.put(model.path("id").asText(), model));
        return models;
    }

    @Test
    void jsonHasEveryFieldOfEveryModel() {
        Cli.Result result = Cli.run("models", "--json");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        Map<String, JsonNode> models = byId(result.json());
        assertThat(models).hasSizeGreaterThan(40);
        for (JsonNode model : models.values()) {
            List<String> names = new ArrayList<>();
            model.fieldNames().forEachRemaining(names::add);
            assertThat(names)
                    .containsExactly(
                            "id",
                            "name",
                            "owner",
                            "aliases",
                            "kind",
                            "size",
                            "contextTokens",
                            "outputTokens",
                            "input",
                            "output",
                            "dimensions",
                            "thinking",
                            "tools",
                            "structuredOutput",
                            "licence",
                            "terms",
                            "status",
                            "programme",
                            "endpoints",
                            "availability",
                            "keyPresent",
                            "notes",
                            "facts",
                            "digest");
            assertThat(model.at("/owner/ko").isTextual()).isTrue();
            assertThat(model.at("/status/state").isTextual()).isTrue();
            assertThat(model.path("endpoints").isArray()).isTrue();
        }
        JsonNode embedded = models.get("embedded-extractive");
        assertThat(embedded.at("/availability/state").asText()).isEqualTo("ready");
        assertThat(embedded.path("keyPresent").isNull()).isTrue();
        assertThat(embedded.path("programme").isNull()).isTrue();
        JsonNode solar = models.get("solar-open2");
        assertThat(solar.at("/programme/round").asInt()).isEqualTo(2);
        assertThat(solar.at("/programme/standing").asText()).isEqualTo("continuing");
        assertThat(solar.at("/endpoints/0/keyVariable").asText()).isEqualTo("UPSTAGE_API_KEY");
        assertThat(solar.at("/terms/notice").asText()).isEqualTo("Built with Solar");
        assertThat(solar.at("/terms/facts").size()).isPositive();
        assertThat(solar.at("/facts").findValuesAsText("confidence")).contains("C", "?");
        JsonNode retired = models.get("solar-pro2");
        assertThat(retired.at("/availability/state").asText()).isEqualTo("retired");
        assertThat(retired.at("/availability/notice/ko").asText()).contains("solar-pro2의 호스팅은 2026-10-30");
        assertThat(models.get("embedding-query").at("/status/successor").asText())
                .isEqualTo("solar-embedding-2-query");
    }

    @Test
    void oneModelIsADocumentOfTheSameShape() {
        JsonNode one = Cli.run("models", "SOLAR-OPEN2", "--json").json();
        JsonNode all = Cli.run("models", "--json").json();

        assertThat(one.path("models")).hasSize(1);
        assertThat(one.at("/models/0")).isEqualTo(byId(all).get("solar-open2"));
    }

    @Test
    void aKeyMakesItsModelsReadyAndIsNeverPrinted() throws Exception {
        Map<String, String> environment = Map.of("UPSTAGE_API_KEY", "up_secret_value", "LANG", "C");

        Cli.Result json = Cli.fork(environment, "models", "--json");
        Cli.Result table = Cli.fork(environment, "models");

        JsonNode solar = byId(json.json()).get("solar-pro4");
        assertThat(solar.path("keyPresent").asBoolean()).isTrue();
        assertThat(solar.at("/availability/state").asText()).isEqualTo("ready");
        assertThat(table.out()).contains("Upstage");
        assertThat(json.out() + json.err() + table.out() + table.err()).doesNotContain("up_secret_value");
    }

    private static String table(String language, int columns, String... more) {
        List<String> words = new ArrayList<>(List.of("models", "--lang", language));
        words.addAll(List.of(more));
        Cli.Result result = Cli.run("", Map.of("COLUMNS", "" + columns), words.toArray(new String[0]));
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @ParameterizedTest
    @CsvSource({
        "ko, 80, 58, 직접설치",
        "ko, 100, 62, 직접설치",
        "ko, 120, 81, 직접설치",
        "ko, 300, 81, 직접설치",
        "en, 80, 58, weights",
        "en, 120, 81, weights"
    })
    void theTableFitsAndAColumnBehindHangulStandsWhereItStandsBehindLatin(
            String language, int columns, int column, String word) {
        String table = table(language, columns);

        assertThat(table.lines())
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(columns));
        assertThat(table).doesNotContain("\u001b");
        List<Integer> places = table.lines()
                .filter(line -> line.matches(".* " + word + " +(주소|키|addr|key) .*"))
                .map(line -> Table.width(line.substring(0, line.indexOf(" " + word) + 1)))
                .toList();
        assertThat(places).hasSizeGreaterThan(20).containsOnly(column);
    }

    @Test
    void theTableSaysWhatCanBeUsedAndWhatToMind() {
        String korean = table("ko", 80);
        assertThat(korean)
                .contains(
                        "업스테이지 (국가대표 2차 평가 진출)",
                        "solar-open2 *2",
                        "✓ embedded",
                        "키 upstage",
                        "주소 vllm",
                        "없는 키: CLOVASTUDIO_API_KEY")
                .contains("! solar-pro2의 호스팅은 2026-10-30", "키가 없음", "T 글");
        String english = table("en", 120);
        assertThat(english)
                .contains(
                        "Kakao (national programme, not selected)",
                        "key upstage",
                        "UPSTAGE_API_KEY (upstage)",
                        "text image")
                .contains("! The hosting of solar-pro2 ended on 2026-10-30", "MODEL");
    }

    @Test
    void filtersChoose() {
        assertThat(byId(Cli.run("models", "--kind", "embedding", "--json").json())
                        .keySet())
                .contains("solar-embedding-2-query", "bge-m3")
                .doesNotContain("solar-pro4");
        assertThat(byId(Cli.run("models", "--provider", "clova", "--json").json())
                        .keySet())
                .contains("hcx-007", "hcx-gov")
                .doesNotContain("solar-pro4");
        assertThat(byId(Cli.run("models", "--callable", "--provider=embedded", "--json")
                                .json())
                        .keySet())
                .containsExactly("embedded-extractive");
        assertThat(table("en", 80, "--provider", "skt-ax-k1"))
                .contains("a.x-k1")
                .contains("1 model: ");
        for (String option : List.of("--kind", "--provider")) {
            Cli.Result wrong = Cli.run("models", option, "nobody");
            assertThat(wrong.exit()).isEqualTo(2);
            assertThat(wrong.err()).contains(option + " knows no nobody", "There are: ");
        }
    }

    @Test
    void aModelInFullNamesItsDemandsAndItsSources() {
        String card = table("ko", 80, "k-exaone-236b-a23b", "solar-open2");
        assertThat(card.lines())
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(80));
        assertThat(card)
                .contains("k-exaone-236b-a23b: ", "K-EXAONE AI Model License Agreement [D]", "상업적 이용: 가능 [D]")
                .contains("다시 배포: 계약 필요 [D]", "K-EXAONE(으)로 시작 [D]", "밝힐 말: \"Built with Solar\" [C]")
                .contains("friendli-dedicated: https://api.friendli.ai/dedicated/v1", "FRIENDLI_TOKEN 없음")
                .contains("[D] 2026-11-21 LG-AI-EXAONE/K-EXAONE", "D = 제조사의 문서나 저장소를 직접 읽음")
                .contains("2차 평가 진출, 2026-08-18", "250B, 활성 15B", "1,048,576 토큰");
        String english = table("en", 100, "embedding-query");
        assertThat(english.replaceAll("\\s+", " "))
                .contains("on 2026-12-31(UTC)", "Use solar-embedding-2-query instead", "(4096)");
        assertThat(Cli.run("models", "solar-pro44").err()).contains("solar-pro4");
        assertThat(Cli.run("models", "solar-pro44").exit()).isEqualTo(2);
    }

    @Test
    void aLiveServerIsAskedWhatItServes() throws Exception {
        String list =
                "{\"object\":\"list\",\"data\":[{\"id\":\"skt/A.X-K2\",\"object\":\"model\",\"max_model_len\":32768},"
                        + "{\"id\":\"내-모델\",\"object\":\"model\"}]}";
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.says(200, "application/json", list))) {
            JsonNode json =
                    Cli.run("models", "--endpoint", server.url(), "--json").json();
            assertThat(json.path("endpoint").asText()).isEqualTo(server.url());
            assertThat(json.at("/models/0/id").asText()).isEqualTo("skt/A.X-K2");
            assertThat(json.at("/models/0/contextTokens").asInt()).isEqualTo(32768);
            assertThat(json.at("/models/0/card").asText()).isEqualTo("a.x-k2");
            assertThat(json.at("/models/1/card").isNull()).isTrue();
            assertThat(Cli.run("models", "--endpoint", server.url()).out())
                    .contains("skt/A.X-K2", "32K", "a.x-k2", "내-모델");
            assertThat(server.asked()).extracting(ScriptedServer.Asked::path).containsOnly("/v1/models");
        }
        Cli.Result bad = Cli.run("models", "--endpoint", "ftp://x", "--json");
        assertThat(bad.exit()).isEqualTo(2);
        assertThat(bad.error().path("kind").asText()).isEqualTo("bad-endpoint");
    }

    @ParameterizedTest
    @CsvSource({"ko, models.md", "en, models.en.md"})
    void thePageInDocsIsTheOneTheCatalogueMakes(String language, String name) throws Exception {
        String page = Cli.run("models", "--lang", language, "--markdown").out();

        Path fresh = Files.writeString(Path.of("target", name), page);
        Path committed = Path.of("../../docs", name);
        assertThat(Files.exists(committed) ? Files.readString(committed) : "")
                .as("docs/%s is stale; take the new one over: cp examples/cli/%s docs/%s", name, fresh, name)
                .isEqualTo(page);
    }

    @Test
    void aBadCatalogueIsWrongUse(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("models.json"), "{ this is no JSON");
        Map<String, String> environment = Map.of("GAON_CATALOGUE", file.toString(), "LC_ALL", "C");

        Cli.Result result = Cli.fork(environment, "models", "--json");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.error().path("message").asText()).contains("models.json");
        assertThat(Cli.fork(environment, "models").err())
                .contains("models.json")
                .doesNotContain("\tat ");
    }
}
