package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One digest for the rows of a corpus, defined to the byte. */
class RowsDigestTest {

    private static RowDecision.Decided row(String basis) {
        return new RowDecision.Decided(
                basis,
                new CorpusGroup(
                        "spdx",
                        null,
                        "CC0-1.0",
                        "CC0-1.0",
                        Outcome.ALLOW,
                        List.of(),
                        Outcome.ALLOW.label(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        0,
                        List.of(),
                        ""));
    }

    /** Controls, quotes, a letter above U+FFFF: ids in the order of their UTF-8 bytes, which is not that of UTF-16. */
    private static final List<String> IDS =
            List.of("\u0001\b\t\n\f\r\u001f", "\"", "\\", "a", "a", "a/b", "ab", "가", "\uFF5E", "\uD83D\uDE00");

    @Test
    void itIsTheHashOfCanonicalLinesInTheOrderOfIds() {
        RowsDigest digest = new RowsDigest();
        StringBuilder lines = new StringBuilder();
        for (String id : IDS) {
            digest.add(id, row("b"));
            lines.append(CanonicalForm.write(Map.of("id", id, "basis", "b", "decision", "ALLOW", "license", "CC0-1.0")))
                    .append('\n');
        }
        assertThat(digest.sha256())
                .isEqualTo("sha256:" + PackFiles.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(digest.sha256());
        assertThat(digest.rows()).isEqualTo(IDS.size());
    }

    @Test
    void neitherLongIdsNorManyRowsChangeItsForm() {
        RowsDigest digest = new RowsDigest();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            String id = String.format(Locale.ROOT, "%05d", i) + (i % 1_000 == 999 ? "가".repeat(30_000) : "");
            String basis = "b" + i % 7;
            Outcome decision = i % 2 == 0 ? Outcome.ALLOW : Outcome.ALLOW_WITH_DUTIES;
            digest.add(id.getBytes(StandardCharsets.UTF_8), basis, decision, "CC0-1.0");
            lines.append(CanonicalForm.write(
                            Map.of("id", id, "basis", basis, "decision", decision.name(), "license", "CC0-1.0")))
                    .append('\n');
        }
        assertThat(digest.sha256())
                .isEqualTo("sha256:" + PackFiles.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        RowsDigest digest = new RowsDigest();
        digest.add("b", row("1"));
        digest.add("b", row("1"));
        digest.add("b", row("2"));
        assertThatThrownBy(() -> digest.add("b", row("1"))).hasMessageContaining("out of order");
        assertThatThrownBy(() -> digest.add("a", row("3"))).hasMessageContaining("out of order");
        assertThatThrownBy(() -> digest.add("\uD800", row("1"))).hasMessageContaining("no Unicode");
    }
}
