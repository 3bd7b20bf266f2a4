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
                            "kind",
                            "contextTokens",
                            "outputTokens",
                            "input",
                            "thinking",
                            "tools",
                            "structuredOutput",
                            "licence",
                            "status",
                            "programme",
                            "endpoints",
                            "availability",
                            "keyPresent");
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

    @Test
    void theTableFitsHundredColumnsInBothLanguages() {
        for (String language : List.of("ko", "en")) {
            Cli.Result result = Cli.run("models", "--lang", language);

            assertThat(result.exit()).isZero();
            assertThat(result.out().lines())
                    .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(100));
            assertThat(result.out()).doesNotContain("\u001b");
        }
        String korean = Cli.run("models", "--lang=ko").out();
        assertThat(korean).contains("업스테이지", "2차진출", "준비됨", "종료 예정");
        // A column behind Hangul stands where it stands behind Latin.
        assertThat(korean.lines()
                        .filter(line -> line.contains("준비됨") && !line.contains("모델"))
                        .map(line -> Table.width(line.substring(0, line.indexOf("준비됨")))))
                .containsOnly(81);
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
