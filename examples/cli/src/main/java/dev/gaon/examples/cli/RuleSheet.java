package dev.gaon.examples.cli;

import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.Clause;
import dev.gaon.gov.law.Fact;
import dev.gaon.gov.law.Finding;
import dev.gaon.gov.law.Grace;
import dev.gaon.gov.law.Rule;
import dev.gaon.gov.law.Waiver;
import dev.gaon.gov.text.BilingualText;
import java.util.List;

/** One rule of an assessment in full: what it asks of whom, how it was decided, what is open, and where it is from. One thread. */
final class RuleSheet {

    private final Assessment assessment;
    private final Finding finding;
    private final Rule.Version version;
    private final Terminal terminal;
    private final Lines lines;

    RuleSheet(Assessment assessment, String rule, Terminal terminal) {
        this.assessment = assessment;
        this.finding = assessment.finding(rule);
        this.version = finding.version();
        this.terminal = terminal;
        this.lines = new Lines(terminal, 2, 11);
    }

    @Override
    public String toString() {
        lines.text(finding.rule().id() + " " + say(finding.rule().title()) + ": " + say(finding.statement()));
        lines.text(assessment.profile().service()
                + terminal.say(" · " + assessment.asOf() + " 기준", " · as of " + assessment.asOf()));
        law();
        decision();
        open();
        origin();
        return lines.toString();
    }

    private String say(BilingualText text) {
        return text.in(terminal.language());
    }

    private void law() {
        lines.line(terminal.say("조문", "article"), say(version.article()));
        lines.line(terminal.say("누가", "who"), say(version.who()));
        lines.line(terminal.say("의무", "duty"), say(version.duty()));
        lines.line(terminal.say("할 일", "to do"), say(version.comply()));
        lines.line(terminal.say("남길 것", "evidence"), say(version.evidence()));
        String fine = version.fine() == null ? "" : ". " + say(version.fine());
        lines.line(terminal.say("제재", "sanction"), say(version.sanction().label()) + fine);
        Grace grace =
                version.grace() == null ? null : assessment.pack().graces().get(version.grace());
        if (grace != null) {
            String running = grace.runs(assessment.asOf())
                    ? terminal.say("유예는 통과가 아닙니다: ", "A grace is no pass: ")
                    : terminal.say("이날에는 유예가 없습니다: ", "No grace on this day: ");
            lines.line(terminal.say("유예", "grace"), running + say(grace.title()) + ". " + say(grace.text()));
            if (grace.liftedFor() != null) {
                lines.line("", terminal.say("유예하지 않는 경우: ", "not held back: ") + say(grace.liftedFor()));
            }
        }
    }

    private void decision() {
        lines.line(
                terminal.say("판정", "verdict"),
                say(finding.verdict().label()) + " (" + finding.verdict().word() + ")");
        Waiver waiver = finding.waiver();
        if (waiver != null) {
            lines.line(
                    terminal.say("수용", "waiver"),
                    waiver.by() + ", " + waiver.from() + " ~ " + waiver.until() + ": " + waiver.reason());
        }
        clauses(terminal.say("적용", "applies"), finding.applies());
        clauses(terminal.say("충족", "is met"), finding.satisfied());
        lines.line(
                "",
                terminal.say(
                        "(✓ 맞음, ✗ 아님, ? 모름, · 모르지만 결과에 상관없음)",
                        "(✓ holds, ✗ does not, ? unknown, · unknown and of no effect)"));
        String label = terminal.say("질문", "questions");
        for (Fact fact : finding.missing()) {
            lines.line(label, say(fact.question()) + " [" + fact.name() + "]");
            label = "";
        }
    }

    /** Each condition behind a mark: held, did not hold, or hangs on facts that were not declared. */
    private void clauses(String label, List<Clause> clauses) {
        String first = label;
        int decided = Integer.MAX_VALUE;
        for (Clause each : clauses) {
            decided = each.depth() <= decided ? Integer.MAX_VALUE : decided;
            String mark = each.holds() != null ? each.holds() ? "✓" : "✗" : decided < each.depth() ? "·" : "?";
            decided = each.holds() != null ? Math.min(decided, each.depth()) : decided;
            Fact fact = each.fact();
            String declared = fact == null ? "" : " [" + fact.name() + " = " + declared(fact) + "]";
            lines.nested(first, each.depth(), mark, say(each.text()) + declared);
            first = "";
        }
    }

    private String declared(Fact fact) {
        Object value = assessment.profile().facts().get(fact.name());
        return value == null ? terminal.say("모름", "unknown") : Answers.shown(fact, value);
    }

    private void open() {
        List<BilingualText> now = finding.reasons();
        String label = terminal.say("열린 점", "open");
        for (BilingualText question : version.openQuestions()) {
            lines.line(
                    label, (now.contains(question) ? terminal.say("(여기 해당) ", "(holds here) ") : "") + say(question));
            label = "";
        }
    }

    private void origin() {
        String label = terminal.say("출처", "sources");
        for (Rule.Source source : version.sources()) {
            lines.line(
                    label,
                    say(source.title()) + " " + source.locator()
                            + terminal.say(" (" + source.seen() + " 확인)", " (seen " + source.seen() + ")"));
            label = "";
        }
        lines.line(terminal.say("근거 수준", "basis"), version.confidence() + ": " + confidence());
        lines.line(
                terminal.say("검토", "review"),
                version.reviewed()
                        ? terminal.say("법령과 대조해 서명한 사람이 있음", "signed off against the law by a person")
                        : terminal.say("초안: 법령과 대조해 서명한 사람이 없음", "draft: nobody has signed it off against the law"));
        String span = terminal.say("시행", "in force");
        for (Rule.Version each : finding.rule().versions()) {
            lines.line(
                    span,
                    each.from() + " ~ " + (each.to() == null ? "" : each.to())
                            + (each == version ? terminal.say(" (여기 쓴 판)", " (the version shown)") : ""));
            span = "";
        }
        lines.text(finding.rule().digest());
    }

    private String confidence() {
        return switch (version.confidence()) {
            case "S" -> terminal.say("법령 원문을 읽음", "the statute was read");
            case "G" -> terminal.say("공식 가이드라인을 읽음", "an official guideline was read");
            case "L" -> terminal.say("요약을 읽음", "a summary was read");
            case "N" -> terminal.say("보도를 읽음", "news were read");
            default -> terminal.say("기억, 확인하지 않음", "memory, not verified");
        };
    }
}
