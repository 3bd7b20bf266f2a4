package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold for every profile, whatever the rules say. */
class AssessmentTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2026, 1, 21),
            LocalDate.of(2026, 1, 22),
            LocalDate.of(2026, 8, 28),
            DAY,
            LocalDate.of(2027, 7, 1));

    private static Object any(Fact fact, Random random) {
        return switch (fact.type()) {
            case BOOLEAN -> random.nextBoolean();
            case NUMBER -> random.nextBoolean() ? random.nextInt(12) : Math.pow(10, random.nextInt(28));
            case CHOICE ->
                List.copyOf(fact.values().keySet())
                        .get(random.nextInt(fact.values().size()));
        };
    }

    private static ServiceProfile with(ServiceProfile profile, Fact fact, Object value) {
        return value instanceof Boolean truth
                ? profile.with(fact.name(), truth)
                : value instanceof Number number
                        ? profile.with(fact.name(), number.doubleValue())
                        : profile.with(fact.name(), (String) value);
    }

    private static boolean coherent(ServiceProfile profile) {
        try {
            Assessment.of(profile, PACK, DAY);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Declares facts one after another in random order, and looks at each step. */
    @Test
    void moreFactsOnlySettleMore() {
        Random random = new Random(20260122);
        int steps = 0;
        int whole = 0;
        for (int round = 0; round < 60; round++) {
            LocalDate day = DAYS.get(round % DAYS.size());
            List<Fact> facts = new ArrayList<>(PACK.facts());
            Collections.shuffle(facts, random);
            ServiceProfile profile = ServiceProfile.of("s");
            Assessment before = Assessment.of(profile, PACK, day);
            for (Fact fact : facts) {
                ServiceProfile more = with(profile, fact, any(fact, random));
                if (!coherent(more)) {
                    continue;
                }
                profile = more;
                Assessment after = Assessment.of(profile, PACK, day);
                for (int i = 0; i < before.findings().size(); i++) {
                    Finding was = before.findings().get(i);
                    Finding is = after.findings().get(i);
                    boolean settled = List.of(Verdict.PASS, Verdict.FAIL, Verdict.NA, Verdict.NOT_IN_FORCE)
                            .contains(was.verdict());
                    if (settled) {
                        assertThat(is.verdict())
                                .as("%s after %s", was.rule(), fact)
                                .isEqualTo(was.verdict());
                    } else {
                        assertThat(is.verdict() == was.verdict()
                                        || was.missing().contains(fact))
                                .as(
                                        "%s moved from %s to %s by %s, which it did not ask for",
                                        was.rule(), was.verdict(), is.verdict(), fact)
                                .isTrue();
                    }
                }
                before = after;
                steps++;
            }
            if (profile.facts().size() == facts.size()) {
                assertThat(before.findings())
                        .as("all facts are declared")
                        .extracting(Finding::verdict)
                        .doesNotContain(Verdict.UNKNOWN, Verdict.NEEDS_FACT);
                whole++;
            }
        }
        assertThat(steps).isGreaterThan(5_000);
        assertThat(whole).as("profiles without a gap").isPositive();
    }

    @Test
    void nothingPassesWithoutAFact() {
        for (LocalDate day : DAYS) {
            assertThat(Assessment.of(ServiceProfile.of("s"), PACK, day).findings())
                    .extracting(Finding::verdict)
                    .isSubsetOf(Verdict.NEEDS_FACT, Verdict.NOT_IN_FORCE, Verdict.UNKNOWN);
        }
    }

    @Test
    void theSameWhateverTheOrder() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            Map<Fact, Object> chosen = new HashMap<>();
            for (Fact fact : PACK.facts()) {
                if (random.nextInt(3) == 0) {
                    chosen.put(fact, any(fact, random));
                }
            }
            List<Fact> order = new ArrayList<>(chosen.keySet());
            ServiceProfile one = declared(chosen, order);
            Collections.shuffle(order, random);
            ServiceProfile other = declared(chosen, order);
            if (coherent(one)) {
                assertThat(Assessment.of(other, RulePack.bundled(), DAY).toJson())
                        .isEqualTo(Assessment.of(one, PACK, DAY).toJson());
            }
        }
    }

    private static ServiceProfile declared(Map<Fact, Object> values, List<Fact> order) {
        ServiceProfile profile = ServiceProfile.of("s");
        for (Fact fact : order) {
            profile = with(profile, fact, values.get(fact));
        }
        return profile;
    }

    @Test
    void aMisspeltFactIsRefusedWithTheNearestNames() {
        assertThatThrownBy(() -> Assessment.of(ServiceProfile.of("s").with("isGenrative", true), PACK, DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("isGenrative")
                .hasMessageContaining("isGenerative")
                .hasMessageMatching("(?s).*[가-힣].* / .*");
    }

    @Test
    void aDerivedFactIsNotDeclared() {
        assertThatThrownBy(() -> Assessment.of(ServiceProfile.of("s").with("isOperator", true), PACK, DAY))
                .hasMessageContaining("isOperator");
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWithWhatItMayBe() {
        assertThatThrownBy(() -> Assessment.of(ServiceProfile.of("s").with("outputType", "PICTURE"), PACK, DAY))
                .hasMessageContaining("IMAGE");
        assertThatThrownBy(() -> Assessment.of(ServiceProfile.of("s").with("dauKr", true), PACK, DAY))
                .hasMessageContaining("dauKr");
        assertThatThrownBy(() -> Assessment.of(ServiceProfile.of("s").with("isGenerative", "yes"), PACK, DAY))
                .hasMessageContaining("true, false");
    }

    @Test
    void contradictingFactsAreRefused() {
        assertThatThrownBy(() -> Assessment.of(
                        ServiceProfile.of("s").with("noticeBeforeUse", true).with("noticeMethod", "NONE"), PACK, DAY))
                .hasMessageContaining("서로 맞지 않는")
                .hasMessageContaining("cannot hold together");
    }

    @Test
    void graceIsNamedAndChangesNoVerdict() {
        ServiceProfile silent = Cases.profile(
                "s",
                Cases.read("/dev/gaon/gov/law/worked-cases.json").get("defaults"),
                Cases.read("/dev/gaon/gov/law/worked-cases.json")
                        .get("cases")
                        .get(0)
                        .get("facts"));
        Finding finding = Assessment.of(silent, PACK, DAY).finding("KR-TR-01");
        assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding.grace()).isNotNull();
        assertThat(finding.failsUnderFine()).isTrue();
    }

    @Test
    void theDocumentNamesWhatDecided() {
        ServiceProfile profile = ServiceProfile.of("s").with("isGenerative", true);
        Assessment assessment = Assessment.of(profile, PACK, DAY);
        assertThat(assessment.toJson())
                .contains("\"asOf\":\"2026-11-21\"", PACK.digest(), profile.digest(), "\"verdict\":\"needs-fact\"");
        assertThat(assessment.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(ServiceProfile.parse(profile.toJson())).isEqualTo(profile);
    }
}
