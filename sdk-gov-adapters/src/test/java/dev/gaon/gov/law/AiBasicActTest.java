package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes that must fail or pass, as a user's build would. */
class AiBasicActTest {

    private static final String SILENT = "classpath:/dev/gaon/gov/law/silent-chatbot.json";
    private static final String OPEN = "classpath:open-chatbot.json";
    private static final String DAY = "2026-11-21";

    private static EngineExecutionResults run(Class<?> test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(test))
                .execute();
    }

    private static void passes(Class<?> test, int tests) {
        EngineExecutionResults results = run(test);
        results.allEvents().assertStatistics(events -> events.failed(0));
        results.testEvents().assertStatistics(events -> events.succeeded(tests));
    }

    @SafeVarargs
    private static void fails(Class<?> test, Class<? extends Throwable> type, Predicate<String>... says) {
        EngineExecutionResults results = run(test);
        results.testEvents().assertStatistics(events -> events.succeeded(0));
        for (Predicate<String> each : says) {
            results.allEvents().assertThatEvents().haveExactly(1, finishedWithFailure(instanceOf(type), message(each)));
        }
    }

    private static Predicate<String> text(String... parts) {
        return message -> {
            assertThat(message).contains(parts);
            return true;
        };
    }

    @AiBasicAct(profile = SILENT, asOf = DAY)
    static class Silent {
        @Test
        void neverRun() {}
    }

    @Test
    void aFinableRuleThatFailsFailsTheClass() {
        fails(
                Silent.class,
                AssertionError.class,
                text("하늘시 민원 챗봇 (2026-11-21): 미충족 1건", "1 not met")
                        .and(text(
                                "[KR-TR-01]",
                                "제31조제1항",
                                "Act 31(1)",
                                "의무 미이행 (바로 과태료)",
                                "duty not met (directly finable)"))
                        .and(text("유예는 통과가 아닙니다", "지키는 방법: ", "How to comply: "))
                        .and(text("답하면 정해지는 질문", "Questions that settle", "법률 자문이 아닙니다")));
    }

    @AiBasicAct(profile = OPEN, asOf = DAY)
    static class Told {

        private final Assessment ofClass;

        Told(Assessment ofClass) {
            this.ofClass = ofClass;
        }

        @BeforeEach
        void before(Assessment assessment) {
            assertThat(assessment).isSameAs(ofClass);
        }

        @Test
        void told(Assessment assessment) {
            assertThat(assessment.finding("KR-TR-01").verdict()).isEqualTo(Verdict.PASS);
            assertThat(assessment.asOf()).hasToString(DAY);
        }

        @Nested
        class Inside {
            @Test
            void sees(Assessment assessment) {
                assertThat(assessment).isSameAs(ofClass);
            }
        }
    }

    @Test
    void aServiceThatTellsPassesAndItsAssessmentIsHandedOn() {
        passes(Told.class, 2);
    }

    static class Heir extends Told {
        Heir(Assessment ofClass) {
            super(ofClass);
        }
    }

    @Test
    void whoExtendsTheClassInheritsTheCheck() {
        passes(Heir.class, 2);
    }

    static class OneMethod {
        @Test
        @AiBasicAct(profile = SILENT, asOf = DAY)
        void fails() {}

        @Test
        void unconcerned() {}

        @Test
        @AiBasicAct(profile = SILENT, asOf = "2026-01-21")
        void beforeTheAct(Assessment assessment) {
            assertThat(assessment.finding("KR-TR-01").verdict()).isEqualTo(Verdict.NOT_IN_FORCE);
        }

        @Test
        @AiBasicAct(profile = SILENT, asOf = DAY, failOn = AiBasicAct.FailOn.NOTHING)
        void looksItself(Assessment assessment) {
            assertThat(assessment.failsUnderFine()).isTrue();
        }

        @Test
        @AiBasicAct(profile = OPEN)
        void today(Assessment assessment) {
            LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
            assertThat(assessment.asOf()).isBetween(today.minusDays(1), today);
        }
    }

    @Test
    void aMethodFailsAlone() {
        EngineExecutionResults results = run(OneMethod.class);
        results.testEvents().assertStatistics(events -> events.succeeded(4).failed(1));
        results.testEvents()
                .assertThatEvents()
                .haveExactly(1, finishedWithFailure(instanceOf(AssertionError.class), message(text("[KR-TR-01]"))));
    }

    @AiBasicAct(profile = OPEN, asOf = DAY, undecidedFails = true)
    static class Undecided {
        @Test
        void neverRun() {}
    }

    @Test
    void whatIsUndecidedFailsIfAsked() {
        fails(
                Undecided.class,
                AssertionError.class,
                text("미충족 0건", "0 not met", "personalData: ").and(message -> !message.contains("[KR-TR-01]")));
    }

    @AiBasicAct(profile = "target/ai-basic-act/waived.json", asOf = DAY, pack = "target/ai-basic-act/pack")
    static class Waived {
        @Test
        void accepted(Assessment assessment) {
            assertThat(assessment.finding("KR-TR-01").waiver()).isNotNull();
        }
    }

    @Test
    void aFileAndAPackWithAWaiver() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/ai-basic-act/pack"));
        try (var profile = AiBasicActTest.class.getResourceAsStream("silent-chatbot.json")) {
            Files.write(folder.resolveSibling("waived.json"), profile.readAllBytes());
        }
        Files.writeString(folder.resolve("pack.json"), """
                {"id": "ours", "version": "1", "title": {"ko": "우리", "en": "ours"}, "files": [], "digest": "sha256:0"}
                """);
        Files.writeString(folder.resolve("waivers.json"), """
                {"waivers": [{"rule": "KR-TR-01", "service": "하늘시 민원 챗봇", "by": "김과장", "reason": "12월에 넣습니다", "from": "2026-11-01", "until": "2026-12-31"}]}
                """);
        RulePack.seal(folder);
        passes(Waived.class, 1);
    }

    @Test
    void theWeakestRuleThatFailsIsChosen() {
        Assessment assessment = LawReportTest.assessment("W");
        assertThat(LawFailure.of(assessment, AiBasicAct.FailOn.NOTHING, false)).isNull();
        assertThat(LawFailure.of(assessment, AiBasicAct.FailOn.FINE, false))
                .contains("[R-FINE]")
                .doesNotContain("[R-TRY]", "[R-OURS]");
        assertThat(LawFailure.of(assessment, AiBasicAct.FailOn.DUTY, false))
                .contains("[R-FINE]")
                .doesNotContain("[R-TRY]", "[R-OURS]");
        assertThat(LawFailure.of(assessment, AiBasicAct.FailOn.EFFORT, false))
                .contains("[R-FINE]", "[R-TRY]", "no effort on record");
        Assessment met = Assessment.of(
                LawReportTest.profile("s").with("told", true).with("kept", true), assessment.pack(), assessment.asOf());
        assertThat(LawFailure.of(met, AiBasicAct.FailOn.DUTY, true)).isNull();
        assertThat(LawFailure.of(met, AiBasicAct.FailOn.ANY, false))
                .contains("[R-TRY]")
                .doesNotContain("[R-FINE]");
    }

    @AiBasicAct(profile = "no/such.json")
    static class NoProfile {
        @Test
        void neverRun() {}
    }

    @AiBasicAct(profile = "classpath:/no/such.json")
    static class NoResource {
        @Test
        void neverRun() {}
    }

    @AiBasicAct(profile = SILENT, asOf = "21.11.2026")
    static class NoDay {
        @Test
        void neverRun() {}
    }

    @AiBasicAct(profile = SILENT, pack = "no/such/pack")
    static class NoPack {
        @Test
        void neverRun() {}
    }

    @Test
    void wrongUseSaysCauseAndFixInBothLanguages() {
        fails(
                NoProfile.class,
                ExtensionConfigurationException.class,
                text("프로필을 읽을 수 없습니다: no/such.json", "The profile cannot be read"));
        fails(
                NoResource.class,
                ExtensionConfigurationException.class,
                text("classpath:/no/such.json", "on the class path"));
        fails(NoDay.class, ExtensionConfigurationException.class, text("asOf는 2027-02-28처럼", "asOf looks like"));
        fails(NoPack.class, ExtensionConfigurationException.class, text("pack.json", "읽을 수 없습니다", "cannot be read"));
    }
}
