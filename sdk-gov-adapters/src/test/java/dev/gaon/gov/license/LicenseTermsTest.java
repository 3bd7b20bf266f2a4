package dev.gaon.gov.license;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The licence data as it lies, and data that must not be used. */
class LicenseTermsTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/gaon/gov/licenses");

    @TempDir
    Path copy;

    @BeforeEach
    void copyTheBundledTerms() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path each : all.toList()) {
                Path to = copy.resolve(FOLDER.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(each, to);
                }
            }
        }
    }

    private void change(String file, String from, String to) throws IOException {
        String text = Files.readString(copy.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(copy.resolve(file), text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
    }

    /** With {@code -Dgaon.seal=true} the bundled terms are sealed anew. */
    @Test
    void theTermsAreSealedAsTheyLie() throws IOException {
        if (Boolean.getBoolean("gaon.seal")) {
            LicenseTerms.seal(FOLDER);
        }
        LicenseTerms terms = LicenseTerms.in(FOLDER);
        try (Stream<Path> files = Files.list(FOLDER.resolve("terms"))) {
            assertThat(terms.ids()).hasSize((int) files.count());
        }
        assertThat(terms.digest()).isEqualTo(LicenseTerms.bundled().digest());
    }

    @Test
    void aChangeAfterSealingIsSeen() throws IOException {
        change("terms/LicenseRef-KOGL-2.json", "\"DENY\"", "\"ALLOW\"");
        assertThatThrownBy(() -> LicenseTerms.in(copy))
                .hasMessageContaining("pack.json")
                .hasMessageContaining("digest가 맞지 않습니다")
                .hasMessageContaining("does not match");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "terms/MIT.json | \"decision\" | \"decison\" | unknown key: decison",
                "terms/MIT.json | \"MIT\" | \"MIT-0\" | must be at terms/ID.json",
                "terms/LicenseRef-KOGL-2.json | {\"commercial\": true} | {\"comercial\": true} | comercial",
                "terms/LicenseRef-KOGL-2.json | {\"commercial\": true} | {} | overlap or leave a gap",
                "terms/LicenseRef-KOGL-1.json | no-endorsement | no-endorsment | there is no such duty",
                "terms/LicenseRef-KOGL-1.json | train-commercial | train | unknown purpose: train",
                "codes.json | \"Type1\": \"LicenseRef-KOGL-1\" | \"Type1\": \"LicenseRef-KOGL-9\" | there is no such licence: LicenseRef-KOGL-9",
                "gates.json | \"flag\": \"takedown\" | \"flag\": \"takeDown\" | unknown fact: takeDown",
                "gates.json | \"id\": \"conflict\" | \"id\": \"conflicts\" | missing: conflict",
                "vocabulary.json | \"levels\": [\"item\" | \"levels\": [\"page\", \"item\" | item, page, dataset"
            })
    void dataThatCannotDecideIsRefused(String file, String from, String to, String message) throws IOException {
        change(file, from, to);
        LicenseTerms.seal(copy);
        assertThatThrownBy(() -> LicenseTerms.in(copy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(message)
                .hasMessageMatching("(?s).*[가-힣].* / The data cannot.*");
    }

    @Test
    void anAgencyMaySealTermsOfItsOwn() throws IOException {
        change("terms/LicenseRef-KOGL-1.json", "\"no-endorsement\"", "\"no-endorsement\", \"keep-evidence\"");
        String digest = LicenseTerms.seal(copy);
        LicenseTerms own = LicenseTerms.in(copy);
        assertThat(own.digest()).isEqualTo(digest).isNotEqualTo(LicenseData.TERMS.digest());
        assertThat(LicenseAudit.by(own)
                        .decide(LicenseData.marked("LicenseRef-KOGL-1"), Purpose.TRAIN_COMMERCIAL, LicenseData.DAY)
                        .duties())
                .contains("keep-evidence");
    }

    @Test
    void wordsAreThereInBothLanguages() {
        assertThat(LicenseData.TERMS.title("LicenseRef-KOGL-1").ko()).startsWith("공공누리 제1유형");
        assertThat(LicenseData.TERMS.duty("keep-evidence").en()).isNotBlank();
        assertThat(LicenseData.TERMS.question("thirdParty").ko()).endsWith("?");
        assertThat(LicenseData.TERMS.title("nothing")).isNull();
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all
                    .filter(file -> file.toString().endsWith(".json") && !file.endsWith("pack.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileKeepsToItsSchema(Path file) throws IOException {
        String name = file.getFileName().toString();
        String schema = file.getParent().endsWith("terms")
                ? "license"
                : file.getParent().endsWith("cases")
                        ? "license-cases"
                        : switch (name) {
                            case "duties.json" -> "license-duties";
                            case "vocabulary.json" -> "license-vocabulary";
                            default -> name.replace(".json", "");
                        };
        JsonNode node = LicenseData.JSON.readTree(Files.readString(file));
        assertThat(List.copyOf(schema(schema).validate(node))).isEmpty();
    }

    private static Schema schema(String name) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(LicenseData.JSON.readTree(
                            Files.readString(FOLDER.resolve("../schema/" + name + ".schema.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
