package dev.gaon.examples.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.corpus.UnreadableCause;
import dev.gaon.gov.license.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusLicensingTest {

    private static final int ROWS = 20_000;

    @TempDir
    static Path folder;

    private static CorpusSummary one;

    @BeforeAll
    static void first() throws IOException {
        one = audit("a");
    }

    private static CorpusSummary audit(String name) throws IOException {
        List<Path> files = new MessyCorpus(folder.resolve(name)).write(ROWS);
        return CorpusLicensing.audit(files, folder.resolve(name + "-audit"));
    }

    @Test
    void everyRowIsDecidedOrSaidToBeUnreadable() throws Exception {
        CorpusSummary summary = one;

        assertThat(summary.rows()).isEqualTo(ROWS);
        assertThat(summary.decided() + summary.unread()).isEqualTo(ROWS);
        assertThat(summary.byDecision().keySet()).containsExactlyInAnyOrder(Outcome.values());
        assertThat(summary.inputs())
                .extracting(CorpusSummary.Input::rows)
                .containsExactlyInAnyOrder((long) ROWS / 2, (long) ROWS / 4, (long) ROWS / 4);
        assertThat(summary.unreadable())
                .extracting(CorpusSummary.Unreadable::cause)
                .contains(
                        UnreadableCause.MALFORMED.text(),
                        UnreadableCause.WRONG_ENCODING.text(),
                        UnreadableCause.NO_ID.text(),
                        UnreadableCause.CONTRADICTORY_DATES.text(),
                        UnreadableCause.UNKNOWN_DATE.text());
        assertThat(Files.readAllLines(folder.resolve("a-audit/unreadable.jsonl")))
                .hasSize((int) summary.unread());
    }

    @Test
    void theSameCorpusHasTheSameDigest() throws Exception {
        CorpusSummary two = audit("b");

        assertThat(folder.resolve("b/works.jsonl.gz")).hasSameBinaryContentAs(folder.resolve("a/works.jsonl.gz"));
        assertThat(two.rowsDigest()).isNotNull().isEqualTo(one.rowsDigest());
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    @Test
    void oneCommandLeavesTheReportAndSaysWhere() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            CorpusLicensing.main(new String[] {"2000", folder.toString()});
        } finally {
            System.setOut(before);
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        Path results = folder.resolve("audit-2000");

        assertThat(text).contains("2,000행", "2026-11-22", "쓸 수 없음", "읽지 못함", "보고서: " + results.resolve("report.html"));
        assertThat(results.resolve("report.html")).content().contains("뒤섞인 말뭉치").endsWith("</html>\n");
        assertThat(results.resolve("training-data.html")).content().contains("예제 모델");
        for (String name : List.of("summary.json", "croissant.json", "spdx.json", "cyclonedx.json")) {
            assertThat(new ObjectMapper()
                            .readTree(Files.readString(results.resolve(name)))
                            .isObject())
                    .as(name)
                    .isTrue();
        }
        assertThat(results.resolve("attribution.md")).isNotEmptyFile();
    }
}
