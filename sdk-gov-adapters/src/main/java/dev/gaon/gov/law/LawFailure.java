package dev.gaon.gov.law;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a test fails: what is not met, how to comply, and what to answer; Korean first. */
final class LawFailure {

    private static final int MOST_QUESTIONS = 20;

    private LawFailure() {}

    /** Null if nothing fails. */
    static @Nullable String of(Assessment assessment, AiBasicAct.FailOn failOn, boolean undecidedFails) {
        List<Finding> failing = assessment.findings().stream()
                .filter(each -> each.verdict() == Verdict.FAIL && each.waiver() == null && counts(each, failOn))
                .toList();
        List<Finding> undecided =
                assessment.findings().stream().filter(Finding::undecided).toList();
        if (failing.isEmpty() && !(undecidedFails && !undecided.isEmpty())) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        line(
                out,
                "%s (%s): 미충족 %d건, 정해지지 않은 의무 %d건",
                assessment.profile().service(),
                assessment.asOf(),
                failing.size(),
                undecided.size());
        line(
                out,
                "%s (%s): %d not met, %d duties undecided",
                assessment.profile().service(),
                assessment.asOf(),
                failing.size(),
                undecided.size());
        failing.forEach(each -> failing(out, each));
        undecided(out, undecided);
        line(out, "%n%s", LawReport.NO_ADVICE.both());
        return out.toString();
    }

    private static boolean counts(Finding finding, AiBasicAct.FailOn failOn) {
        Sanction sanction = finding.version().sanction();
        return switch (failOn) {
            case FINE -> sanction.finable();
            case DUTY -> sanction.binding();
            case EFFORT -> sanction.binding() || sanction == Sanction.EFFORT;
            case ANY -> true;
            case NOTHING -> false;
        };
    }

    private static void failing(StringBuilder out, Finding finding) {
        Rule.Version version = finding.version();
        line(out, "%n[%s] %s", finding.rule().id(), finding.rule().title().both());
        line(out, "  %s", version.article().both());
        line(
                out,
                "  %s (%s) / %s (%s)",
                finding.statement().ko(),
                version.sanction().label().ko(),
                finding.statement().en(),
                version.sanction().label().en());
        Grace grace = finding.grace();
        if (grace != null) {
            line(out, "  %s", FindingEntry.graceIsNoPass(grace).both());
        }
        line(out, "  지키는 방법: %s", version.comply().ko());
        line(out, "  How to comply: %s", version.comply().en());
        finding.reasons().forEach(reason -> line(out, "  %s", reason.both()));
    }

    private static void undecided(StringBuilder out, List<Finding> undecided) {
        List<Fact> questions = LawReport.questions(undecided);
        if (!questions.isEmpty()) {
            line(
                    out,
                    "%n답하면 정해지는 질문 %d개 / Questions that settle what is undecided: %d",
                    questions.size(),
                    questions.size());
            questions.stream()
                    .limit(MOST_QUESTIONS)
                    .forEach(fact ->
                            line(out, "  %s: %s", fact.name(), fact.question().both()));
            if (questions.size() > MOST_QUESTIONS) {
                line(out, "  … %d", questions.size() - MOST_QUESTIONS);
            }
        }
        List<Finding> review = undecided.stream()
                .filter(each -> each.verdict() == Verdict.REVIEW)
                .toList();
        review.forEach(each -> {
            line(
                    out,
                    "%n[%s] %s: %s",
                    each.rule().id(),
                    each.rule().title().both(),
                    each.statement().both());
            each.reasons().forEach(reason -> line(out, "  %s", reason.both()));
        });
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
