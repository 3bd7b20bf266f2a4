package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people are told of a condition is what decided. */
class ClauseTest {

    private static final RulePack PACK = RulePack.bundled();

    @Test
    void theFirstLineIsTheWholeAndTheRestItsParts() {
        int lines = 0;
        for (Cases.Case each : Cases.all(PACK)) {
            Finding finding = Assessment.of(each.profile(), PACK, each.asOf()).finding(each.rule());
            if (finding.verdict() == Verdict.NOT_IN_FORCE) {
                continue;
            }
            Boolean applies = finding.applies().get(0).holds();
            assertThat(applies == Boolean.FALSE).as("%s", each).isEqualTo(finding.verdict() == Verdict.NA);
            if (applies == Boolean.TRUE) {
                assertThat(finding.satisfied().get(0).holds() == Boolean.TRUE)
                        .as("%s", each)
                        .isEqualTo(finding.verdict() == Verdict.PASS);
            }
            for (List<Clause> clauses : List.of(finding.applies(), finding.satisfied())) {
                lines += steps(clauses, each);
            }
        }
        assertThat(lines).isGreaterThan(1_000);
    }

    /** A part stands one deeper; one that asks for an undeclared fact never holds and never fails. */
    private static int steps(List<Clause> clauses, Cases.Case of) {
        int depth = -1;
        for (Clause clause : clauses) {
            assertThat(clause.depth()).as("%s", of).isBetween(depth < 0 ? 0 : 1, depth + 1);
            depth = clause.depth();
            if (clause.fact() != null) {
                assertThat(clause.holds() != null)
                        .as("%s: %s", of, clause.fact())
                        .isEqualTo(
                                of.profile().facts().containsKey(clause.fact().name()));
            }
        }
        return clauses.size();
    }

    @Test
    void aConditionSpeaksOfWhatIsWanted() {
        ServiceProfile profile = ServiceProfile.of("s")
                .with("trainFlop", 1e26)
                .with("hiArea", "NONE")
                .with("defenceExcluded", true);
        Assessment assessment = Assessment.of(profile, PACK, LocalDate.of(2026, 11, 21));
        assertThat(assessment.finding("KR-SF-02").applies()).anySatisfy(clause -> {
            assertThat(clause.text().en()).endsWith(" ≥ 1E+26 FLOP");
            assertThat(clause.holds()).isTrue();
        });
        assertThat(assessment.finding("KR-HI-02").applies()).anySatisfy(clause -> {
            assertThat(clause.text().en()).startsWith("not: ");
            assertThat(clause.fact()).isEqualTo(PACK.fact("hiArea"));
            assertThat(clause.holds()).isFalse();
        });
    }
}
