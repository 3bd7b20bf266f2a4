package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns hold what, as the data file says. */
class ManifestTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/gaon/gov");

    private static Manifest.Columns match(Manifest manifest, String... columns) {
        Set<String> found = Set.of(columns);
        return manifest.match(found::contains, List.of(columns));
    }

    /** With {@code -Dgaon.seal=true} the bundled data is sealed anew. */
    @Test
    void theDataIsSealedAsItLies() {
        if (Boolean.getBoolean("gaon.seal")) {
            PackFiles.seal(FOLDER.resolve("corpus"), path -> path.equals("manifest.json"));
        }
        assertThat(PackFiles.in(FOLDER.resolve("corpus")).digest()).isEqualTo(Manifest.digest());
    }

    @Test
    void everyFactOfTheLicenceVocabularyHasAField() throws IOException {
        JsonNode facts = new JsonMapper()
                .readTree(Files.readAllBytes(FOLDER.resolve("licenses/vocabulary.json")))
                .path("facts");
        List<String> paths = new ArrayList<>();
        facts.forEach(each -> {
            if (each.hasNonNull("path")) {
                paths.add(each.path("path").asText());
            }
        });
        assertThat(paths).hasSizeGreaterThan(10);
        assertThat(Manifest.fields()).containsAll(paths);
    }

    @Test
    void aLayoutIsKnownByItsColumns() {
        assertThat(match(Manifest.known(), "id", "claims", "title").layout()).isEqualTo("work");
        Manifest.Columns dolma =
                match(Manifest.known(), "id", "text", "source", "added", "created", "metadata", "metadata.license");
        assertThat(dolma.layout()).isEqualTo("dolma");
        assertThat(dolma.columns())
                .containsEntry("license", "metadata.license")
                .containsEntry("collected", "added")
                .containsEntry("published", "created");
        assertThat(dolma.evidence()).containsExactly("source", "license", "collected");
        assertThat(match(Manifest.known(), "id", "text", "metadata", "metadata.license")
                        .layout())
                .isEqualTo("datatrove");
        assertThat(match(Manifest.known(), "id", "license", "third_party").evidence())
                .containsExactly("license", "flags.thirdParty");
    }

    @Test
    void whatTheUserSaysComesFirst() {
        Manifest mine = Manifest.known()
                .withColumn("id", "번호")
                .withColumn("license", "조건")
                .withConstant("license_source", "spdx");
        Manifest.Columns columns = match(mine, "번호", "조건", "license");
        assertThat(columns.columns()).containsEntry("id", "번호").containsEntry("license", "조건");
        assertThat(columns.constants()).containsEntry("license_source", "spdx");
    }

    @Test
    void withoutTheNeededColumnsItSaysWhatThereIsAndHowToMapIt() {
        assertThatThrownBy(() -> match(Manifest.known(), "본문", "license"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id 열을 찾지 못했습니다. 있는 열: [본문, license]")
                .hasMessageContaining("No column for id. Found: [본문, license]. Map it (id=COLUMN).");
        assertThatThrownBy(() -> match(Manifest.known(), "id", "text"))
                .hasMessageContaining("No column for license. Found: [id, text]");
        assertThatThrownBy(() -> match(Manifest.known().withColumn("id", "x'y"), "id", "license"))
                .hasMessageContaining("There is no column 'x'y' for id");
        assertThatThrownBy(() -> Manifest.known().withColumn("licence", "license"))
                .hasMessageContaining("Unknown field: licence. [id, title");
        assertThatThrownBy(() -> Manifest.known().withLayout("x")).hasMessageContaining("[work, dolma");
        assertThatThrownBy(() -> Manifest.known().withConstant("id", "x"))
                .hasMessageContaining("takes no constant: id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-05-01|2026-05-01",
                "2026-05-01T14:59:59Z|2026-05-01",
                "2026-05-01T15:00:00Z|2026-05-02",
                "2026-05-01 23:30|2026-05-01",
                "2026-05-01T00:30:00.123456+10:30|2026-04-30",
                "20260501|2026-05-01",
                "2026.5.1|2026-05-01",
                "2026. 5. 1.|2026-05-01",
                "2026/05/01|2026-05-01",
                "2026년 5월 1일|2026-05-01"
            })
    void daysAreReadInTheFormsOfTheDataFile(String text, LocalDate day) {
        assertThat(Manifest.days().read(text)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "2026",
                "05/01/2026",
                "yesterday",
                "2026-05-01T25:00:00Z",
                "2026-05-01T10:00+99",
                "１２"
            })
    void whatIsNoDayIsNotGuessed(String text) {
        assertThat(Manifest.days().read(text)).isNull();
    }
}
