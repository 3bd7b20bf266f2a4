package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of results tells of each provider and feature what its transcripts and its data do, and nothing else. */
class ProviderTableTest {

    private static final Path PAGE = Path.of("../docs/results/models.md");
    private static final String BEGIN = "<!-- providers: begin -->\n";
    private static final String END = "<!-- providers: end -->";

    private static final Map<String, List<Scenario>> FEATURES = new TreeMap<>(Map.of(
            "1 chat", List.of(Scenario.CHAT),
            "2 stream", List.of(Scenario.STREAM),
            "3 tools", List.of(Scenario.TOOLS),
            "4 streamed tools", List.of(Scenario.STREAM_TOOLS),
            "5 JSON schema", List.of(Scenario.STRUCTURED),
            "6 thinking", List.of(Scenario.THINKING, Scenario.STREAM_THINKING),
            "7 errors", List.of(Scenario.ERROR, Scenario.STREAM_ERROR),
            "8 cut off", List.of(Scenario.TRUNCATED)));

    private static String table() {
        StringBuilder table = new StringBuilder("| provider |");
        FEATURES.keySet()
                .forEach(name -> table.append(' ').append(name.substring(2)).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(FEATURES.size())).append('\n');
        for (String provider : Transcript.providers()) {
            if (Transcript.catalogue(provider) == null) {
                table.append(row(provider));
            }
        }
        return table.toString();
    }

    private static String row(String provider) {
        List<Transcript> all = Transcript.of(provider);
        ServedBy served = ServedBy.of(provider, all);
        return FEATURES.values().stream()
                .map(scenarios -> cell(all, served, scenarios))
                .collect(Collectors.joining(" | ", "| `" + provider + "` | ", " |\n"));
    }

    private static String cell(List<Transcript> all, ServedBy served, List<Scenario> scenarios) {
        List<Transcript> told =
                all.stream().filter(one -> scenarios.contains(one.scenario())).toList();
        long recorded = told.stream().filter(Transcript::recorded).count();
        if (told.isEmpty()) {
            return scenarios.stream().allMatch(scenario -> served.notOffered(scenario) != null) ? "–" : "?";
        }
        return recorded == 0
                ? told.size() + " d"
                : recorded == told.size() ? recorded + " r" : (told.size() - recorded) + " d, " + recorded + " r";
    }

    @Test
    void thePageIsWhatTheTranscriptsAre() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        String written = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(written).as("the table between the two markers of " + PAGE).isEqualTo(table());
        assertThat(written.lines().count()).isGreaterThan(20);
        assertThat(written).doesNotContain("?");
    }
}
