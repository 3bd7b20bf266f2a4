package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of quirks names tests and transcripts that exist, and leaves out none of the known deviations. */
class QuirkTableTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern TRANSCRIPT = Pattern.compile("`([a-z0-9-]+)/([a-z0-9-]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");

    private final List<String> rows;
    private final String table;

    QuirkTableTest() throws IOException {
        table = Files.readString(Path.of("../docs/results/quirks.md"));
        rows = ROW.matcher(table).results().map(row -> row.group()).toList();
    }

    @Test
    void everyTestItNamesExists() throws Exception {
        Matcher named = TEST.matcher(table);
        int found = 0;
        for (; named.find(); found++) {
            Class<?> type = Class.forName("dev.gaon." + named.group(1));
            Set<String> tests = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(TestFactory.class)
                            || method.isAnnotationPresent(ParameterizedTest.class))
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            assertThat(tests).as(type.getName()).contains(named.group(2));
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void everyTranscriptItNamesExists() {
        Matcher named = TRANSCRIPT.matcher(String.join("\n", rows));
        int found = 0;
        for (; named.find(); found++) {
            String name = named.group(2);
            assertThat(Transcript.of(named.group(1)).stream().map(Transcript::name))
                    .as(named.group(1))
                    .contains(name);
        }
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void everyRowIsNumberedAndProved() {
        assertThat(rows).hasSizeGreaterThanOrEqualTo(90);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).startsWith("| " + (i + 1) + " |");
            String proof = rows.get(i)
                    .substring(rows.get(i).lastIndexOf(" | ", rows.get(i).length() - 3));
            assertThat(TEST.matcher(proof).find() || TRANSCRIPT.matcher(proof).find())
                    .as(rows.get(i))
                    .isTrue();
        }
    }

    /** The check list of what an adapter must survive is rows 1 to 15; each is proved by several providers' transcripts. */
    @Test
    void theFifteenKnownDeviationsComeFirst() {
        List<String> words = List.of(
                "thinkingContent",
                "repeats the whole text",
                "arguments are an object",
                "without id or index",
                "finish_reason",
                "milliseconds",
                "budget went to reasoning",
                "200 stream",
                "stream_options",
                "keep-alive",
                "unknown request field",
                "seven shapes",
                "epoch seconds",
                "stop_reason",
                "one system message");
        Set<String> providers = new TreeSet<>();
        IntStream.range(0, 15).forEach(i -> {
            assertThat(rows.get(i)).contains(words.get(i));
            TRANSCRIPT.matcher(rows.get(i)).results().forEach(one -> providers.add(one.group(1)));
        });
        assertThat(providers).hasSizeGreaterThan(8);
    }

    /** Each provider that has transcripts has a row that shows one of them. */
    @Test
    void noProviderIsLeftOut() {
        Set<String> shown = new TreeSet<>();
        TRANSCRIPT.matcher(String.join("\n", rows)).results().forEach(one -> shown.add(one.group(1)));
        assertThat(shown).containsAll(Transcript.providers());
    }
}
