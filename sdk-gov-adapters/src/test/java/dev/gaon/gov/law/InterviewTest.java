package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The interview asks for what still matters, and stops. */
class InterviewTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Predicate<Rule> ACT = rule -> rule.law().equals("ai-basic-act");

    /** Answers as one worked case would; what the case leaves open is skipped. */
    private static int questions(JsonNode one, Predicate<Rule> scope) {
        JsonNode defaults = Cases.read("/dev/gaon/gov/law/worked-cases.json").get("defaults");
        ServiceProfile truth = Cases.profile("s", defaults, one.get("facts"));
        Interview interview = Interview.of(ServiceProfile.of("s"), PACK, DAY, scope);
        Set<Fact> asked = new HashSet<>();
        for (Fact fact = interview.next(); fact != null; fact = interview.next()) {
            assertThat(asked.add(fact)).as("asked for once: %s", fact).isTrue();
            assertThat(asked).hasSizeLessThanOrEqualTo(PACK.facts().size());
            Object answer = truth.facts().get(fact.name());
            interview = answer == null ? interview.skip(fact) : interview.answer(fact, answer);
        }
        Assessment full = Assessment.of(truth, PACK, DAY);
        Assessment told = Assessment.of(interview.profile(), PACK, DAY);
        for (Finding each : full.findings()) {
            if (scope.test(each.rule())) {
                assertThat(told.finding(each.rule().id()).verdict())
                        .as(each.rule().id())
                        .isEqualTo(each.verdict());
            }
        }
        return asked.size();
    }

    @Test
    void theAnswersGiveTheSameFindingsAsAllFacts() {
        int asked = 0;
        for (JsonNode one : Cases.read("/dev/gaon/gov/law/worked-cases.json").get("cases")) {
            asked += questions(one, ACT);
        }
        assertThat(asked)
                .as("questions for 20 services; in the order of the vocabulary they were 949")
                .isLessThan(800);
    }

    @Test
    void whoIsNoOperatorIsAskedLittle() {
        Interview interview = Interview.of(ServiceProfile.of("s"), PACK, DAY, ACT);
        int asked = 0;
        for (Fact fact = interview.next(); fact != null && asked < 200; fact = interview.next()) {
            asked++;
            interview = fact.type() == Fact.Type.BOOLEAN ? interview.answer(fact, false) : interview.skip(fact);
        }
        assertThat(asked).isLessThan(20);
    }

    @Test
    void whatIsLeftToAPersonIsAskedForTooAsItMayBeMet() {
        Predicate<Rule> review = rule -> rule.id().equals("KR-ST-03");
        ServiceProfile inside = ServiceProfile.of("s")
                .with("isUserOperator", true)
                .with("affectsKorea", true)
                .with("defenceExcluded", false)
                .with("internalOnly", true)
                .with("outsidersReach", false);
        Interview interview = Interview.of(inside, PACK, DAY, review);
        assertThat(Assessment.of(inside, PACK, DAY).finding("KR-ST-03").verdict())
                .isEqualTo(Verdict.REVIEW);
        Fact asked = interview.next();
        assertThat(asked).isEqualTo(PACK.fact("hiReviewDone"));
        Interview done = interview.answer(asked, true);
        assertThat(Assessment.of(done.profile(), PACK, DAY).finding("KR-ST-03").verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(done.next()).isNull();
    }

    @Test
    void anAnswerOfAnotherTypeIsRefused() {
        Interview interview = Interview.of(ServiceProfile.of("s"), PACK, DAY, ACT);
        Fact choice = PACK.fact("outputType");
        assertThatThrownBy(() -> interview.answer(choice, "PICTURE")).isInstanceOf(IllegalArgumentException.class);
    }
}
