package dev.gaon.gov.law;

import dev.gaon.gov.page.Html;
import dev.gaon.gov.page.ReportPage;
import dev.gaon.gov.text.BilingualText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An {@link Assessment} as one page for people, in Korean and English: what fails under a fine first, then what is
 * undecided and which answers settle it, then every finding with its law, way to comply and sources.
 *
 * <p>The page stands alone: it runs no script and loads nothing, its content security policy forbids both, it prints, and it
 * may be sent by mail. The same assessment always gives the same bytes. Immutable. For machines there is
 * {@link Assessment#toJson()}.
 */
public final class LawReport {

    static final BilingualText NO_ADVICE = new BilingualText(
            "이 보고서는 법률 자문이 아닙니다. 규칙은 법령을 풀어 쓴 자료이고, 판단과 책임은 서비스를 맡은 사람에게 있습니다.",
            "This report is no legal advice. The rules restate the law as data; judgement and responsibility stay with those who run the service.");

    private static final int FIRST_QUESTIONS = 7;
    private static final String STYLE = ReportPage.style(LawReport.class, "report.css");

    private final Assessment assessment;
    private final ReportPage page;
    private final Html html;
    private final Map<Standing, List<Finding>> findings = new LinkedHashMap<>();

    private LawReport(Assessment assessment) {
        this.assessment = assessment;
        this.page = new ReportPage(
                STYLE,
                "인공지능기본법 점검 · AI Basic Act assessment · " + assessment.profile().service(),
                new BilingualText("인공지능기본법과 이웃 법령 점검", "Assessment under the AI Basic Act and its neighbours"),
                assessment.profile().service(),
                assessment.asOf());
        this.html = page.html();
        for (Standing each : Standing.values()) {
            findings.put(each, new ArrayList<>());
        }
        assessment.findings().forEach(each -> of(Standing.of(each)).add(each));
        write();
    }

    public static LawReport of(Assessment assessment) {
        return new LawReport(assessment);
    }

    /** The page; write it as UTF-8. */
    public String html() {
        return html.toString();
    }

    private List<Finding> of(Standing standing) {
        return Objects.requireNonNull(findings.get(standing));
    }

    private void write() {
        summary();
        page.section("picture", "한눈에 보는 상태", "Status at a glance");
        html.both(
                "p",
                "제재의 세기로 묶었습니다. 칸을 누르면 그 규칙으로 갑니다.",
                "By what may follow where a rule is not met. A tile leads to its rule.");
        StatusPicture.write(html, assessment);
        html.close("section");
        page.section("timeline", "시행과 유예", "Entry into force and grace");
        Timeline.write(html, assessment);
        html.close("section");
        findings.forEach(this::list);
        facts();
        origin();
        page.end(NO_ADVICE);
    }

    private void summary() {
        page.section("summary", "요약", "Summary");
        int fine = of(Standing.FINE).size();
        int undecided = of(Standing.UNDECIDED).size();
        int others = of(Standing.DUTY).size();
        int accepted = of(Standing.ACCEPTED).size();
        boolean clear = undecided + others + accepted == 0;
        html.open("p", "class", "headline " + (fine > 0 ? "fine" : clear ? "pass" : "open"));
        if (fine > 0) {
            html.both(
                    "과태료로 이어질 수 있는 미충족이 " + fine + "건 있습니다.",
                    fine + (fine == 1 ? " rule is" : " rules are") + " not met under which a fine may follow.");
        } else if (undecided > 0) {
            html.both(
                    "과태료로 이어질 미충족은 찾지 못했지만, 의무 " + undecided + "건이 아직 정해지지 않았습니다.",
                    "Nothing that fails under a fine was found, but " + undecided
                            + (undecided == 1 ? " duty is" : " duties are") + " undecided.");
        } else {
            html.both("과태료로 이어질 미충족이 없고, 정해지지 않은 의무도 없습니다.", "Nothing fails under a fine, and no duty is undecided.");
        }
        if (others > 0) {
            html.text(" ")
                    .both(
                            "제재가 없거나 다른 법령이 정한 의무 " + others + "건을 지키지 않고 있습니다.",
                            others + (others == 1 ? " duty" : " duties")
                                    + " without a sanction, or of another law, not met.");
        }
        if (accepted > 0) {
            html.text(" ")
                    .both(
                            "책임자가 사유를 남기고 받아들인 " + accepted + "건은 여기서 세지 않았습니다.",
                            "What a named person accepted is not counted here: " + accepted + ".");
        }
        html.close().open("div", "class", "columns").open("div");
        brief(Standing.FINE);
        brief(Standing.DUTY);
        questions();
        html.close().open("div");
        counts();
        drafts();
        html.close().close();
        html.open("p", "class", "advice").both(NO_ADVICE).close("section");
    }

    private void counts() {
        html.open("table", "class", "counts")
                .both("caption", "규칙의 수", "Number of rules")
                .open("thead")
                .open("tr");
        html.both("th", "상태", "Standing", "scope", "col")
                .both("th", "수", "Count", "scope", "col")
                .close("thead")
                .open("tbody");
        findings.forEach((standing, of) -> {
            html.open("tr").open("th", "scope", "row");
            StatusPicture.sign(html, standing);
            if (of.isEmpty()) {
                html.both(standing.title());
            } else {
                html.open("a", "href", "#" + standing.name())
                        .both(standing.title())
                        .inlineClose();
            }
            html.close().open("td").text(String.valueOf(of.size())).close("tr");
        });
        html.close("tbody").close("table");
    }

    private void brief(Standing standing) {
        if (of(standing).isEmpty()) {
            return;
        }
        html.both("h3", standing.title().ko(), standing.title().en()).open("ul", "class", "brief " + standing.style());
        for (Finding each : of(standing)) {
            html.open("li")
                    .open("a", "href", "#rule-" + each.rule().id())
                    .both(each.rule().title())
                    .inlineClose()
                    .text(" ");
            html.open("span", "class", "article").both(each.version().article()).inlineClose();
            if (each.grace() != null) {
                html.text(" ")
                        .open("span", "class", "grace")
                        .both("유예는 통과가 아닙니다", "grace is no pass")
                        .inlineClose();
            }
            html.open("p").both(each.version().comply()).close("li");
        }
        html.close();
    }

    /** What these findings wait for, first what most of them wait for. */
    static List<Fact> questions(List<Finding> findings) {
        Map<Fact, Integer> waiting = new LinkedHashMap<>();
        findings.forEach(each -> each.missing().forEach(fact -> waiting.merge(fact, 1, Integer::sum)));
        return waiting.entrySet().stream()
                .sorted(Map.Entry.<Fact, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void questions() {
        List<Fact> order = questions(of(Standing.UNDECIDED));
        if (order.isEmpty()) {
            return;
        }
        html.both("h3", "먼저 답할 질문", "Questions to answer first");
        html.both(
                "p",
                "답하면 많은 의무가 정해지는 순서입니다. 질문은 모두 " + order.size() + "개입니다.",
                "Those that settle most duties come first; there are " + order.size() + " in all.");
        html.open("ol");
        order.stream().limit(FIRST_QUESTIONS).forEach(fact -> FindingEntry.question(html, fact));
        html.close();
        if (order.size() > FIRST_QUESTIONS) {
            html.open("details")
                    .both(
                            "summary",
                            "나머지 질문 " + (order.size() - FIRST_QUESTIONS) + "개",
                            "The other " + (order.size() - FIRST_QUESTIONS));
            html.open("ol", "start", String.valueOf(FIRST_QUESTIONS + 1));
            order.stream().skip(FIRST_QUESTIONS).forEach(fact -> FindingEntry.question(html, fact));
            html.close("details");
        }
    }

    private void drafts() {
        long drafts = assessment.findings().stream()
                .filter(each -> !each.version().reviewed())
                .count();
        if (drafts > 0) {
            int all = assessment.findings().size();
            html.both(
                    "p",
                    "규칙 " + all + "개 가운데 " + drafts + "개는 초안입니다. 초안은 참고일 뿐이며, 담당자가 법령과 대조해 서명하면 검토된 규칙이 됩니다.",
                    drafts + " of " + all
                            + " rules are drafts: they only advise, until a named person has compared them with the law and signed.");
        }
    }

    private void list(Standing standing, List<Finding> of) {
        if (of.isEmpty()) {
            return;
        }
        html.open("section", "id", standing.name(), "aria-labelledby", standing.name() + "-title");
        html.open("h2", "id", standing.name() + "-title")
                .both(standing.title())
                .text(" " + of.size())
                .close();
        of.forEach(each -> FindingEntry.write(html, each));
        html.close("section");
    }

    private void facts() {
        page.section("facts", "선언한 사실", "What was declared");
        html.open("table")
                .both("caption", "프로필의 사실", "Facts of the profile")
                .open("thead")
                .open("tr");
        html.both("th", "사실", "Fact", "scope", "col")
                .both("th", "값", "Value", "scope", "col")
                .close("thead")
                .open("tbody");
        assessment.profile().facts().forEach((name, value) -> {
            Fact fact = Objects.requireNonNull(assessment.pack().fact(name));
            html.open("tr")
                    .open("th", "scope", "row")
                    .both(fact.label())
                    .text(" ")
                    .open("code")
                    .text(name)
                    .close("th")
                    .open("td");
            value(fact, value);
            html.close("tr");
        });
        html.close("tbody").close("table").close("section");
    }

    private void value(Fact fact, Object value) {
        if (value instanceof Boolean truth) {
            html.both(truth ? "예" : "아니요", truth ? "yes" : "no");
        } else if (value instanceof Double number) {
            String unit = fact.unit();
            html.text(
                    BigDecimal.valueOf(number).stripTrailingZeros().toPlainString() + (unit == null ? "" : " " + unit));
        } else {
            BilingualText meaning = fact.values().get(value);
            html.open("code").text(String.valueOf(value)).inlineClose().text(" ");
            html.both(Objects.requireNonNull(meaning));
        }
    }

    private void origin() {
        page.section("origin", "무엇이 판정했나", "What decided");
        html.both(
                "p",
                "같은 프로필과 규칙 묶음과 날짜로 다시 점검하면 같은 다이제스트가 나옵니다.",
                "Assessing the same profile, pack and day again gives the same digests.");
        html.open("dl");
        term("규칙 묶음", "Rule pack", String.join(", ", assessment.pack().names()));
        term("규칙 묶음 다이제스트", "Digest of the pack", assessment.pack().digest());
        term("프로필 다이제스트", "Digest of the profile", assessment.profile().digest());
        term("점검 다이제스트", "Digest of the assessment", assessment.digest());
        html.close("dl").close("section");
    }

    private void term(String ko, String en, String value) {
        html.both("dt", ko, en).open("dd").open("code").text(value).close("dd");
    }
}
