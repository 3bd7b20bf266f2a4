package dev.gaon.examples.cli;

import dev.gaon.gov.label.LabelReport;
import dev.gaon.gov.label.LabelReport.Finding;
import dev.gaon.gov.label.LabelReport.Mark;
import dev.gaon.gov.text.BilingualText;

/** What one reading of a file found, as plain text or JSON. One thread. */
final class LabelSheet {

    private final LabelReport report;
    private final Terminal terminal;

    LabelSheet(LabelReport report, Terminal terminal) {
        this.report = report;
        this.terminal = terminal;
    }

    void print(boolean json) {
        if (json) {
            terminal.out().println(report.toJson());
            return;
        }
        Lines lines = new Lines(terminal, 2, 13);
        lines.text(verdict() + " (" + report.kind() + ")");
        for (Mark mark : report.marks()) {
            // A statement is our own JSON: for software, and told by the other marks.
            String value = mark.standard().equals("statement") ? "" : mark.value() + " ";
            lines.line(reach(mark.reach()), value + "(" + mark.place() + ", " + mark.standard() + ")");
        }
        lines.heading(terminal.say("나라별 규칙", "Rules of markets"));
        for (Finding finding : report.findings()) {
            lines.line(word(finding.verdict()), say(finding.title()) + " [" + finding.rule() + "]");
            lines.line("", say(finding.reason()));
        }
        for (BilingualText remark : report.remarks()) {
            lines.bullet(say(remark));
        }
        lines.text("sha256:" + report.sha256());
        terminal.out().print(lines);
    }

    private String verdict() {
        if (report.alreadyLabelled()) {
            return terminal.say("이미 모든 표시가 있어 그대로 복사했습니다.", "All marks were there already; copied as it was.");
        }
        return report.labelled()
                ? terminal.say("인공지능 생성물 표시가 있습니다.", "It bears marks of generated content.")
                : terminal.say("인공지능 생성물 표시가 없습니다.", "It bears no mark of generated content.");
    }

    private String reach(LabelReport.Reach reach) {
        return switch (reach) {
            case HUMAN -> terminal.say("사람이 봄", "for people");
            case MACHINE -> terminal.say("기계가 읽음", "for software");
            case NOTICE -> terminal.say("안내", "notice");
        };
    }

    private String word(LabelReport.Verdict verdict) {
        return switch (verdict) {
            case YES -> terminal.say("맞음", "met");
            case NO -> terminal.say("못 미침", "not met");
            case NOT_CHECKED -> terminal.say("확인 못함", "not checked");
            case NOT_APPLICABLE -> terminal.say("해당 없음", "n/a");
        };
    }

    private String say(BilingualText text) {
        return text.in(terminal.language());
    }
}
