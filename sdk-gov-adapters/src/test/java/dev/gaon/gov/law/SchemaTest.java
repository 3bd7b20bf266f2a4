package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every data file against its published schema. */
class SchemaTest {

    private static final Map<String, Schema> SCHEMAS = Stream.of(
                    "rule", "cases", "vocabulary", "grace", "areas", "annex1", "duties")
            .collect(Collectors.toMap(name -> name, SchemaTest::schema));

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Cases.read("/dev/gaon/gov/schema/" + name + ".schema.json"));
    }

    static List<Path> files() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(SchemaTest.class.getResource("/dev/gaon/gov/vocabulary.json"))
                        .toURI())
                .getParent();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> schemaOf(folder.relativize(file).toString()) != null)
                    .sorted()
                    .toList();
        }
    }

    private static String schemaOf(String path) {
        if (path.startsWith("rules/")) {
            return path.endsWith(".cases.json") ? "cases" : path.endsWith(".json") ? "rule" : null;
        }
        if (path.startsWith("high-impact/")) {
            return path.substring("high-impact/".length()).replace(".json", "");
        }
        return path.equals("vocabulary.json") ? "vocabulary" : path.equals("policies/grace.json") ? "grace" : null;
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsToIt(Path file) throws IOException {
        JsonNode node = Cases.JSON.readTree(Files.readString(file));
        String path = file.toString().replaceAll(".*/dev/gaon/gov/", "");
        assertThat(Objects.requireNonNull(SCHEMAS.get(schemaOf(path))).validate(node))
                .isEmpty();
    }
}
