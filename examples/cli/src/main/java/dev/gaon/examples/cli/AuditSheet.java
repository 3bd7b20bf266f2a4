package dev.gaon.examples.cli;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.text.BilingualText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What an audit came to, for the terminal: how much may be used, the riskiest sources, what one permission would free. */
final class AuditSheet {

    private static final int FEW = 5;

    private final CorpusSummary summary;
    private final Path folder;
    private final Terminal terminal;

    AuditSheet(CorpusSummary summary, Path folder, Terminal terminal) {
        this.summary = summary;
        this.folder = folder;
        this.terminal = terminal;
    }

    @Override
    public String toString() {
        Lines lines = new Lines(terminal, 2, 26);
        String rows = number(summary.rows());
        lines.text(terminal.say(
                summary.title() + ": " + rows + "행, " + say(summary.use()) + ", 기준일 " + summary.asOf(),
                summary.title() + ": " + rows + " rows, " + say(summary.use()) + ", as of " + summary.asOf()));
        for (Outcome outcome : Outcome.values()) {
            lines.line(say(outcome.label()), share(summary.byDecision().getOrDefault(outcome, 0L)));
        }
        lines.line(terminal.say("읽지 못함", "unreadable"), share(summary.unread()));
        lines.heading(terminal.say("위험이 큰 출처", "Riskiest sources"));
        summary.bySource().stream()
                .filter(each -> each.rows(Outcome.DENY) + each.rows(Outcome.REVIEW) > 0)
                .limit(FEW)
                .forEach(each -> lines.line(
                        each.name(),
                        terminal.say(
                                "불가 " + number(each.rows(Outcome.DENY)) + ", 검토 " + number(each.rows(Outcome.REVIEW))
                                        + " / " + number(each.rows()),
                                number(each.rows(Outcome.DENY)) + " denied, " + number(each.rows(Outcome.REVIEW))
                                        + " to review of " + number(each.rows()))));
        List<CorpusSummary.Permission> permissions = summary.permissions().stream()
                .filter(each -> each.frees() > 0)
                .limit(FEW)
                .toList();
        if (!permissions.isEmpty()) {
            lines.heading(terminal.say("하나만 풀리면 쓸 수 있는 행", "Rows that one more permission would free"));
            permissions.forEach(each ->
                    lines.line(number(each.frees()), say(summary.obstacle(each.id())) + " [" + each.id() + "]"));
        }
        if (summary.rowsDigest() != null) {
            lines.heading(terminal.say("행 전체의 지문", "Digest of all rows"));
            lines.text("  " + summary.rowsDigest());
        }
        lines.heading(terminal.say("보고서", "Report"));
        lines.text("  " + folder.resolve("report.html"));
        return lines.toString();
    }

    private String share(long rows) {
        double all = Math.max(1, summary.rows());
        return number(rows) + String.format(Locale.ROOT, " (%.1f %%)", 100 * rows / all);
    }

    private static String number(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    private String say(BilingualText text) {
        return text.in(terminal.language());
    }
}
