package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;

/** The table of faults names tests that exist, and leaves out none of the faults that it is about. */
class FaultTableTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");

    private final String table;

    FaultTableTest() throws Exception {
        table = Files.readString(Path.of("../docs/results/faults.md"));
    }

    @Test
    void everyTestItNamesExists() throws Exception {
        Matcher named = NAMED.matcher(table);
        int found = 0;
        for (; named.find(); found++) {
            Class<?> type = Class.forName("dev.gaon." + named.group(1));
            Set<String> tests = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(ParameterizedTest.class))
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            assertThat(tests).as(type.getName()).contains(named.group(2));
        }
        assertThat(found).isGreaterThan(80);
    }

    @Test
    void everyFaultHasARowAndATest() {
        Set<Integer> wanted = IntStream.rangeClosed(1, 31).boxed().collect(Collectors.toCollection(TreeSet::new));
        wanted.addAll(List.of(33, 35, 50));
        Set<Integer> rows = new TreeSet<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            rows.add(Integer.parseInt(row.group(1)));
            assertThat(row.group()).containsPattern(NAMED);
        }
        assertThat(rows).isEqualTo(wanted);
    }
}
