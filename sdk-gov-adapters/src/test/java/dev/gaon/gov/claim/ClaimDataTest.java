package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words by which marks are found are sealed as they lie, and the cases beside them hold. */
class ClaimDataTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/gaon/gov/claims");

    /** With {@code -Dgaon.seal=true} they are sealed anew. */
    @Test
    void theWordsAreSealedAsTheyLie() {
        if (Boolean.getBoolean("gaon.seal")) {
            PageRules.seal(FOLDER);
        }
        assertThat(PackFiles.in(FOLDER).files().keySet())
                .containsExactly("page.json", "reservations.json", "signals.json");
    }

    @Test
    void everyPhraseIsReadAsItsCaseSays() throws IOException {
        JsonNode cases = JsonMapper.builder()
                .build()
                .readTree(FOLDER.resolve("reservations.cases.json").toFile());
        List<String> wrong = new ArrayList<>();
        for (JsonNode each : cases.get("cases")) {
            String text = each.get("text").asText();
            boolean bars = PageRules.bundled().reservations.in(text) != null;
            if (bars != each.get("bars").asBoolean()
                    || (bars && !PageRules.bundled().words.in(text))) {
                wrong.add(text);
            }
        }
        assertThat(cases.get("cases")).hasSizeGreaterThan(60);
        assertThat(wrong).isEmpty();
    }
}
