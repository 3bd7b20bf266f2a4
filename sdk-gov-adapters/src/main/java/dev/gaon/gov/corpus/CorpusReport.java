package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.page.Html;
import dev.gaon.gov.page.ReportPage;
import dev.gaon.gov.text.BilingualText;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@link CorpusSummary} as one page for people, in Korean and English: what share may be used, the riskiest sources first,
 * what one more permission would free, what to find out, the duties to keep, what could not be read, and the digests.
 *
 * <p>The page stands alone: it runs no script and loads nothing, its content security policy forbids both, it prints, and it
 * may be sent by mail. The same summary always gives the same bytes. Tables hold at most 30 lines, groups at most 200; all of
 * it is in {@code summary.json}. Immutable.
 */
public final class CorpusReport {

    private static final BilingualText NO_ADVICE = new BilingualText(
            "이 보고서는 법률 자문이 아닙니다. 라이선스 조건은 초안 자료이고, 판단과 책임은 말뭉치를 쓰는 사람에게 있습니다.",
            "This report is no legal advice. The licence terms are draft data; judgement and responsibility stay with those who use the corpus.");

    private static final int MOST_LINES = 30;
    private static final int MOST_GROUPS = 200;
    private static final String STYLE = ReportPage.style(CorpusReport.class, "report.css");

    private final CorpusSummary corpus;
    private final ReportPage page;
    private final Html html;

    private CorpusReport(CorpusSummary corpus) {
        this.corpus = corpus;
        String version = corpus.version();
        String name = version == null ? corpus.title() : corpus.title() + " " + version;
        page = new ReportPage(
                STYLE,
                "말뭉치 라이선스 점검 · Corpus licence audit · " + name,
                new BilingualText("말뭉치 라이선스 점검", "Licence audit of a corpus"),
                name,
                corpus.asOf());
        html = page.html();
        write();
    }

    public static CorpusReport of(CorpusSummary corpus) {
        return new CorpusReport(corpus);
    }

    /** The page; write it as UTF-8. */
    public String html() {
        return html.toString();
    }

    private void write() {
        summary();
        sources();
        permissions();
        questions();
        licenses();
        duties();
        unreadable();
        groups();
        origin();
        page.end(NO_ADVICE);
    }

    private void summary() {
        page.section("summary", "요약", "Summary");
        Map<Outcome, Long> decided = corpus.byDecision();
        long usable = decided.getOrDefault(Outcome.ALLOW, 0L) + decided.getOrDefault(Outcome.ALLOW_WITH_DUTIES, 0L);
        long denied = decided.getOrDefault(Outcome.DENY, 0L);
        String style = denied > 0 ? "fine" : usable == corpus.rows() ? "pass" : "open";
        String of = Amount.share(usable, corpus.rows());
        html.both(
                "p",
                corpus.use().ko() + "에 쓸 수 있는 것은 전체 " + Amount.of(corpus.rows()) + "행 가운데 " + Amount.of(usable) + "행("
                        + of + ")입니다.",
                corpus.use().en() + ": " + Amount.of(usable) + " of " + Amount.of(corpus.rows()) + " rows (" + of
                        + ") may be used.",
                "class",
                "headline " + style);
        Map<Standing, Long> parts = new EnumMap<>(Standing.class);
        for (Standing each : Standing.values()) {
            Outcome decision = each.decision();
            parts.put(each, decision == null ? corpus.unread() : decided.getOrDefault(decision, 0L));
        }
        html.open("div", "class", "figure").open("div");
        Bars.write(
                html, "결정별 행", "Rows by decision", List.of(new Bars.Bar(new BilingualText("전체", "all rows"), parts)));
        Bars.legend(html);
        html.close();
        table("결정별 행", "Rows by decision", "결정", "Decision", "행", "Rows", "비율", "Share");
        parts.forEach((standing, rows) -> {
            html.open("tr").open("th", "scope", "row");
            Bars.sign(html, standing);
            html.both(standing.label()).close();
            cells(Amount.of(rows), Amount.share(rows, corpus.rows()));
        });
        endTable(0);
        html.close();
        html.open("p", "class", "advice").both(NO_ADVICE).close("section");
    }

    private void sources() {
        List<CorpusSummary.Share> sources = corpus.bySource();
        page.section("sources", "위험한 출처부터", "The riskiest sources first");
        html.both(
                "p",
                "쓸 수 없는 행이 많은 출처가 먼저이고, 같으면 그 비율, 그다음은 검토할 행의 수와 비율 순서입니다.",
                "Sources with more rows denied come first; then the larger share denied, then more rows to review, then the larger share to review.");
        html.open("div", "class", "figure").open("div");
        Bars.write(
                html,
                "출처별 행",
                "Rows by source",
                sources.stream()
                        .map(each -> Bars.Bar.of(source(each.name()), each))
                        .toList());
        html.close();
        shareTable("출처별 행", "Rows by source", "출처", "Source");
        for (CorpusSummary.Share each : first(sources, MOST_LINES)) {
            html.open("tr").open("th", "scope", "row");
            if (each.name().equals(CorpusSummary.OTHER_SOURCES)) {
                html.both(source(each.name()));
            } else {
                html.foreign(each.name());
            }
            html.close();
            shares(each);
        }
        endTable(sources.size() - MOST_LINES);
        html.close().close("section");
    }

    private static BilingualText source(String name) {
        return name.equals(CorpusSummary.OTHER_SOURCES)
                ? new BilingualText("그 밖의 출처", "other sources")
                : new BilingualText(name, name);
    }

    private void shares(CorpusSummary.Share share) {
        long usable = share.rows(Outcome.ALLOW) + share.rows(Outcome.ALLOW_WITH_DUTIES);
        cells(
                Amount.of(share.rows()),
                amount(share.rows(Outcome.DENY), share.rows()),
                amount(share.rows(Outcome.REVIEW), share.rows()),
                amount(usable, share.rows()));
    }

    private static String amount(long part, long whole) {
        return part == 0 ? "0" : Amount.of(part) + " (" + Amount.share(part, whole) + ")";
    }

    private void permissions() {
        List<CorpusSummary.Permission> permissions = corpus.permissions();
        if (permissions.isEmpty()) {
            return;
        }
        page.section("permissions", "허락이나 확인 하나로 풀리는 것", "What one more permission would free");
        html.both(
                "p",
                "지금 쓸 수 없는 행 가운데, 막는 것이 이것 하나뿐인 행을 셉니다. 다른 것도 함께 막는 행은 풀리지 않으므로 막는 행에만 들어갑니다.",
                "Counted are rows that may not be used now and that nothing else holds back. Rows with a second obstacle would not be freed and count as held only.");
        table(
                "막는 것과 풀리는 행",
                "Obstacles and the rows they hold",
                "막는 것",
                "Obstacle",
                "풀리는 행",
                "Freed",
                "전체 비율",
                "Share of all",
                "막는 행",
                "Held");
        for (CorpusSummary.Permission each : first(permissions, MOST_LINES)) {
            html.open("tr").open("th", "scope", "row").both(corpus.obstacle(each.id()));
            html.text(" ").open("code").text(each.id()).close("th");
            cells(Amount.of(each.frees()), Amount.share(each.frees(), corpus.rows()), Amount.of(each.holds()));
        }
        endTable(permissions.size() - MOST_LINES);
        html.close("section");
    }

    private void questions() {
        Map<String, Long> questions = corpus.questions();
        if (questions.isEmpty()) {
            return;
        }
        page.section("questions", "밝히면 검토가 끝날 수 있는 것", "What to find out");
        html.both(
                "p",
                "행이 많이 걸린 물음부터입니다. 한 행이 여러 물음을 기다릴 수 있습니다.",
                "Questions on which most rows wait come first. A row may wait for several.");
        html.open("ol");
        questions.forEach((fact, rows) -> {
            html.open("li").both(corpus.question(fact)).text(" ");
            rows(rows).text(" ").open("code").text(fact).close("li");
        });
        html.close().close("section");
    }

    private Html rows(long rows) {
        String count = Amount.of(rows);
        return html.open("span", "class", "article")
                .both(count + "행", count + (rows == 1 ? " row" : " rows"))
                .inlineClose();
    }

    private void licenses() {
        List<CorpusSummary.Share> licenses = corpus.byLicense();
        page.section("licenses", "라이선스별", "By licence");
        html.open("div", "class", "figure").open("div");
        Bars.write(
                html,
                "라이선스별 행",
                "Rows by licence",
                licenses.stream()
                        .map(each -> Bars.Bar.of(title(each.name()), each))
                        .toList());
        html.close();
        shareTable("라이선스별 행", "Rows by licence", "라이선스", "Licence");
        for (CorpusSummary.Share each : first(licenses, MOST_LINES)) {
            html.open("tr").open("th", "scope", "row").both(title(each.name())).text(" ");
            html.open("code").text(each.name()).close("th");
            shares(each);
        }
        endTable(licenses.size() - MOST_LINES);
        html.close().close("section");
    }

    private BilingualText title(String expression) {
        List<BilingualText> titles =
                CorpusGroup.licenses(expression).stream().map(corpus::license).toList();
        return new BilingualText(
                titles.stream().map(BilingualText::ko).collect(Collectors.joining(", ")),
                titles.stream().map(BilingualText::en).collect(Collectors.joining(", ")));
    }

    private void duties() {
        Map<String, Long> duties = corpus.duties();
        page.section("duties", "지켜야 할 의무", "Duties to keep");
        if (duties.isEmpty()) {
            html.both("p", "쓸 수 있는 행에 붙는 의무가 없습니다.", "No duty comes with the rows that may be used.");
        } else {
            html.open("dl");
            duties.forEach((id, rows) -> {
                html.open("dt").open("code").text(id).inlineClose().text(" ");
                rows(rows).close();
                html.open("dd").both(corpus.duty(id)).close();
            });
            html.close();
        }
        html.close("section");
    }

    private void unreadable() {
        if (corpus.unread() == 0) {
            return;
        }
        page.section("unreadable", "읽지 못한 것", "What could not be read");
        html.both(
                "p",
                "전체의 " + Amount.share(corpus.unread(), corpus.rows()) + "는 읽지 못했습니다. 그 라이선스는 알 수 없으므로 쓸 수 있다고 보지 않습니다.",
                Amount.share(corpus.unread(), corpus.rows())
                        + " of all rows could not be read. Nothing is known of their licences, so they do not count as usable.");
        table("읽지 못한 까닭", "Why", "까닭", "Cause", "행", "Rows", "비율", "Share");
        for (CorpusSummary.Unreadable each : first(corpus.unreadable(), MOST_LINES)) {
            html.open("tr").open("th", "scope", "row").both(each.cause()).close();
            cells(Amount.of(each.rows()), Amount.share(each.rows(), corpus.rows()));
        }
        endTable(corpus.unreadable().size() - MOST_LINES);
        html.close("section");
    }

    private void groups() {
        List<CorpusGroup> groups = corpus.groups().stream()
                .sorted(Comparator.comparing(CorpusGroup::decision)
                        .thenComparing(CorpusGroup::rows)
                        .reversed())
                .toList();
        page.section("groups", "묶음별 결정", "Decisions by group");
        html.open("details")
                .both(
                        "summary",
                        "묶음 " + Amount.of(groups.size()) + "개 펼치기",
                        "Show " + Amount.of(groups.size()) + " groups");
        table(
                "묶음별 결정",
                "Decisions by group",
                "출처와 라이선스",
                "Source and licence",
                "결정과 까닭",
                "Decision and reason",
                "행",
                "Rows");
        for (CorpusGroup each : first(groups, MOST_GROUPS)) {
            html.open("tr")
                    .open("th", "scope", "row")
                    .open("p")
                    .foreign(each.source())
                    .close();
            html.open("code").text(each.license()).inlineClose();
            if (!each.basis().isEmpty()) {
                html.open("p", "class", "article")
                        .both("읽은 곳", "Read from")
                        .text(": ")
                        .foreign(each.basis())
                        .close();
            }
            html.close("th").open("td").open("p");
            Bars.sign(html, standing(each.decision()));
            html.both(each.decision().label())
                    .close()
                    .open("p")
                    .both(each.reason())
                    .close();
            if (!each.samples().isEmpty()) {
                html.open("p", "class", "article").both("예", "For instance").text(": ");
                html.foreign(String.join(", ", each.samples())).close();
            }
            html.close("td");
            cells(Amount.of(each.rows()));
        }
        endTable(groups.size() - MOST_GROUPS);
        html.close("details").close("section");
    }

    private static Standing standing(Outcome decision) {
        return switch (decision) {
            case ALLOW -> Standing.ALLOW;
            case ALLOW_WITH_DUTIES -> Standing.DUTIES;
            case REVIEW -> Standing.REVIEW;
            case DENY -> Standing.DENY;
        };
    }

    private void origin() {
        page.section("origin", "무엇이 결정했나", "What decided");
        html.both(
                "p",
                "같은 입력과 조건과 날짜로 다시 점검하면 같은 다이제스트가 나옵니다.",
                "Auditing the same inputs by the same terms and day again gives the same digests.");
        html.open("dl");
        term("조건 다이제스트", "Digest of the terms", corpus.termsDigest());
        String rows = corpus.rowsDigest();
        if (rows != null) {
            term("행별 결정 다이제스트", "Digest of the decisions", rows);
        }
        term("요약 다이제스트", "Digest of the summary", corpus.digest());
        html.close();
        table("입력", "Inputs", "파일", "File", "바이트", "Bytes", "행", "Rows");
        for (CorpusSummary.Input each : first(corpus.inputs(), MOST_LINES)) {
            html.open("tr").open("th", "scope", "row").foreign(each.name()).text(" ");
            String hash = each.sha256();
            html.open("code").text(hash == null ? "" : "sha256:" + hash).close("th");
            cells(Amount.of(each.bytes()), Amount.of(each.rows()));
        }
        endTable(corpus.inputs().size() - MOST_LINES);
        html.close("section");
    }

    private void term(String ko, String en, String value) {
        html.both("dt", ko, en).open("dd").open("code").text(value).close("dd");
    }

    private static <T> List<T> first(List<T> all, int most) {
        return all.subList(0, Math.min(all.size(), most));
    }

    /** Opens a table whose first column names things and whose others count; headings in Korean and English in turn. */
    private void shareTable(String ko, String en, String firstKo, String firstEn) {
        table(ko, en, firstKo, firstEn, "행", "Rows", "불가", "Denied", "검토", "Review", "사용 가능", "Usable");
    }

    private void table(String ko, String en, String... headings) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", ko + " / " + en);
        html.open("table", "class", "amounts")
                .both("caption", ko, en)
                .open("thead")
                .open("tr");
        for (int i = 0; i < headings.length; i += 2) {
            html.both("th", headings[i], headings[i + 1], "scope", "col");
        }
        html.close("thead").open("tbody");
    }

    /** The counts of a line, which ends here. */
    private void cells(String... counts) {
        for (String each : counts) {
            html.open("td", "class", "count").text(each).close();
        }
        html.close("tr");
    }

    private void endTable(int more) {
        html.close("table");
        if (more > 0) {
            html.both(
                    "p",
                    "이 밖에 " + Amount.of(more) + "줄은 summary.json에 있습니다.",
                    Amount.of(more) + " more are in summary.json.");
        }
        html.close("div");
    }
}
