package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundled pack is sealed as it lies; with {@code -Dgaon.seal=true} it is sealed anew. */
class SealTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/gaon/gov");

    @Test
    void thePackHoldsWhatItsDigestSays() throws IOException {
        if (Boolean.getBoolean("gaon.seal")) {
            RulePack.seal(FOLDER);
        }
        PackFiles sealed = PackFiles.in(FOLDER);
        try (Stream<Path> rules = Files.walk(FOLDER.resolve("rules"))) {
            assertThat(rules.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().endsWith(".cases.json")))
                    .as("every rule is in the pack")
                    .hasSize((int) sealed.files().keySet().stream()
                            .filter(path -> path.startsWith("rules/"))
                            .count());
        }
    }
}
