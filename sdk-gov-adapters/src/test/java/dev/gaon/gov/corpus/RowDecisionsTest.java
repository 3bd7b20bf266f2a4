package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence is decided once, in one form, whatever the columns it came from. */
class RowDecisionsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final LicenseTerms TERMS = LicenseTerms.bundled();

    private final List<String> bases = new ArrayList<>();
    private final RowDecisions decisions = new RowDecisions(TERMS, Purpose.TRAIN_COMMERCIAL, DAY, 5, bases::add);

    private static Manifest.Columns columns(String... fields) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "id");
        Arrays.stream(fields).forEach(each -> columns.put(each, each));
        return new Manifest.Columns("flat", columns, Map.of("license_source", "spdx"));
    }

    private RowDecision decide(Manifest.Columns columns, @Nullable String... values) {
        return decisions.decide(columns, Arrays.asList(values));
    }

    private static RowDecision.Decided decided(RowDecision row) {
        assertThat(row).isInstanceOf(RowDecision.Decided.class);
        return (RowDecision.Decided) row;
    }

    @Test
    void oneEvidenceHasOneBasisInWhateverColumnsItStands() {
        RowDecision.Decided flat =
                decided(decide(columns("license", "collected"), "LicenseRef-KOGL-1", "2026-05-01T01:00:00Z"));
        String claim = "{\"level\":\"item\",\"source\":\"spdx\",\"field\":\"license\",\"value\":\"LicenseRef-KOGL-1\","
                + "\"url\":\"https://example.kr/1\",\"seen\":\"2026-05-01\"}";
        RowDecision.Decided nested = decided(decide(columns("claims"), "[" + claim + "," + claim + "]"));
        assertThat(nested.basis()).isEqualTo(flat.basis()).hasSize(32);
        assertThat(flat.decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThat(flat.license()).isEqualTo("LicenseRef-KOGL-1");
        assertThat(flat.group().source()).isEqualTo("spdx");
        assertThat(flat.group().duties()).isNotEmpty();
        assertThat(flat.group().basis()).isEqualTo("item spdx");
        assertThat(bases).hasSize(1);
    }

    @Test
    void aLaterWordOfAnotherSiteTakesNothingBack() {
        String strict = said("https://a.example.kr/1", "LicenseRef-KOGL-4", "2024-05-01");
        String loose = said("https://b.example.kr/9", "LicenseRef-KOGL-1", "2026-05-01");
        RowDecision.Decided apart = decided(decide(columns("claims"), "[" + strict + "," + loose + "]"));
        assertThat(apart.decision()).isEqualTo(Outcome.DENY);
        String same = said("https://a.example.kr/9", "LicenseRef-KOGL-1", "2026-05-01");
        assertThat(decided(decide(columns("claims"), "[" + strict + "," + same + "]"))
                        .decision())
                .isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        String elsewhere = said("https://c.example.kr/1", "LicenseRef-KOGL-4", "2024-05-01");
        String later = said("https://d.example.kr/9", "LicenseRef-KOGL-1", "2026-05-01");
        assertThat(decided(decide(columns("claims"), "[" + later + "," + elsewhere + "]"))
                        .decision())
                .isEqualTo(Outcome.DENY);
        assertThat(bases).hasSizeLessThanOrEqualTo(3).noneMatch(each -> each.contains("example.kr"));
    }

    private static String said(String url, String license, String seen) {
        return "{\"level\":\"item\",\"source\":\"spdx\",\"field\":\"license\",\"value\":\"" + license + "\",\"url\":\""
                + url + "\",\"seen\":\"" + seen + "\"}";
    }

    @Test
    void theBasisCanBeRecomputedFromItsLine() {
        RowDecision.Decided row = decided(decide(columns("license", "flags.thirdParty"), "CC-BY-4.0", "예"));
        var line = CanonicalForm.read(bases.get(0).getBytes(StandardCharsets.UTF_8));
        assertThat(line).isNotNull();
        byte[] evidence = line.path("evidence").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(CanonicalForm.read(evidence)).isNotNull();
        assertThat(PackFiles.sha256(evidence)).startsWith(row.basis());
        assertThat(line.path("evidence").path("flags").path("thirdParty").asBoolean())
                .isTrue();
        assertThat(line.path("decision").path("decision").asText())
                .isEqualTo(row.decision().name());
        assertThat(line.path("decision").path("digest").asText()).isEqualTo(TERMS.digest());
    }

    @Test
    void anEmptyCellStatesNothing() {
        assertThat(decided(decide(columns("license", "publisher.kind"), " ", "state"))
                        .license())
                .isEqualTo("LicenseRef-Unmarked-State");
        assertThat(decided(decide(columns("license", "publisher.kind"), null, "state"))
                        .group()
                        .source())
                .isEqualTo("none");
        assertThat(bases).hasSize(1);
    }

    @Test
    void theSourceIsCountedApartButDecidesNothing() {
        Manifest.Columns columns = columns("source", "license", "publisher.kind");
        RowDecision.Decided one = decided(decide(columns, "산림청 ", "CC-BY-4.0", "state"));
        RowDecision.Decided two = decided(decide(columns, "기상청", "CC-BY-4.0", "state"));
        assertThat(one.basis()).isEqualTo(two.basis());
        assertThat(one.group().source()).isEqualTo("산림청");
        assertThat(one.group().publisherKind()).isEqualTo("state");
        assertThat(two.group().source()).isEqualTo("기상청");
        assertThat(decided(decide(columns, "\uD83D\uDE00".repeat(5_000), "CC-BY-4.0", null))
                        .group()
                        .source())
                .isEqualTo("\uD83D\uDE00".repeat(200));
        assertThat(bases).hasSize(2);
    }

    @Test
    void severalLicencesInOneCellAreSeveralClaims() {
        assertThat(decided(decide(columns("license"), "[\"CC-BY-4.0\",\"CC-BY-NC-4.0\"]"))
                        .license())
                .isEqualTo("CC-BY-4.0 AND CC-BY-NC-4.0");
        assertThat(decided(decide(columns("license"), "[odd")).decision()).isEqualTo(Outcome.REVIEW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "collected|sometime|UNKNOWN_DATE",
                "use.usedSince|13월|UNKNOWN_DATE",
                "flags.thirdParty|maybe|WRONG_TYPE",
                "claims|{}|WRONG_TYPE",
                "claims|[{|MALFORMED",
                "claims|[{\"level\":\"item\"}]|BAD_EVIDENCE",
                "claims|[{\"level\":\"planet\",\"source\":\"a\",\"field\":\"b\",\"value\":\"c\"}]|BAD_EVIDENCE",
                "claims|[{\"level\":\"item\",\"source\":\"a\",\"field\":\"b\",\"value\":\"c\",\"seen\":5}]|UNKNOWN_DATE",
                "claims|[[[[[[[[[[]]]]]]]]]]|MALFORMED",
                "publisher.kind|alien|BAD_EVIDENCE",
                "user.country|korea|BAD_EVIDENCE"
            })
    void whatCannotBeReadIsNamed(String field, String value, UnreadableCause cause) {
        assertThat(decide(columns(field), value)).isEqualTo(new RowDecision.Unreadable(cause));
        assertThat(bases).isEmpty();
    }

    @Test
    void longValuesAreRefused() {
        assertThat(decide(columns("license"), "x".repeat(100_001)))
                .isEqualTo(new RowDecision.Unreadable(UnreadableCause.TOO_LONG));
        assertThat(decide(columns("license"), "x".repeat(5_000)))
                .isEqualTo(new RowDecision.Unreadable(UnreadableCause.BAD_EVIDENCE));
    }

    @Test
    void tooManyDistinctEvidencesAreToldWithAWayOut() {
        for (int i = 0; i < 5; i++) {
            decide(columns("license"), "made-up-" + i);
        }
        decide(columns("license"), "made-up-0");
        assertThatThrownBy(() -> decide(columns("license"), "made-up-5"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("More than 5 distinct evidences")
                .hasMessageContaining("근거가 5가지를 넘습니다");
    }
}
