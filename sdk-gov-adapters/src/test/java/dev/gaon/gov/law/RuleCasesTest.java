package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against the cases beside it. */
class RuleCasesTest {

    private static final RulePack PACK = RulePack.bundled();

    static Stream<Cases.Case> cases() {
        return Cases.all(PACK).stream();
    }

    static Stream<Rule> rules() {
        return PACK.rules().stream();
    }

    @Test
    void thereAreAllRules() {
        assertThat(PACK.rules()).hasSize(77);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRuleSaysWhatIsExpected(Cases.Case one) {
        Finding finding = Assessment.of(one.profile(), PACK, one.asOf()).finding(one.rule());
        assertThat(finding.verdict().word()).isEqualTo(one.expect());
        if (one.missing().isArray()) {
            List<String> missing = StreamSupport.stream(one.missing().spliterator(), false)
                    .map(name -> name.asText())
                    .toList();
            assertThat(finding.missing()).extracting(Fact::name).containsExactlyInAnyOrderElementsOf(missing);
        }
        boolean asks = finding.verdict() == Verdict.NEEDS_FACT || finding.verdict() == Verdict.UNKNOWN;
        if (asks) {
            assertThat(finding.missing()).isNotEmpty();
        }
        if (finding.verdict() == Verdict.REVIEW) {
            assertThat(finding.reasons()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyCaseCitesAndEverySideIsThere(Rule rule) {
        List<Cases.Case> cases = Cases.of(rule);
        assertThat(cases).extracting(Cases.Case::cites).allMatch(cites -> !cites.isBlank());
        assertThat(cases)
                .extracting(Cases.Case::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith(rule.id() + "-"));
        Set<String> verdicts = cases.stream().map(Cases.Case::expect).collect(Collectors.toSet());
        assertThat(verdicts).contains("pass", "na").containsAnyOf("fail", "review");
        Set<LocalDate> days = cases.stream().map(Cases.Case::asOf).collect(Collectors.toSet());
        List<LocalDate> boundaries = new ArrayList<>();
        for (Rule.Version version : rule.versions()) {
            boundaries.add(version.from().minusDays(1));
            boundaries.add(version.from());
            if (version.to() != null) {
                boundaries.add(version.to());
                boundaries.add(version.to().plusDays(1));
            }
        }
        assertThat(days).as("a case on each side of each boundary").containsAll(boundaries);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleSaysWhereItComesFrom(Rule rule) {
        for (Rule.Version version : rule.versions()) {
            assertThat(version.sources()).isNotEmpty();
            assertThat(version.confidence()).isIn("S", "G", "L", "N", "M");
            assertThat(version.reviewed()).as("nobody has signed it").isFalse();
        }
    }
}
