package dev.gaon.gov.law;

import dev.gaon.gov.page.Html;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a report says of one finding. */
final class FindingEntry {

    private static final BilingualText GRACE_BY_POLICY = new BilingualText(
            "유예는 통과가 아닙니다. 의무는 지금도 있고, 유예는 당국이 바꿀 수 있는 집행 방침입니다.",
            "Grace is no pass. The duty holds today; grace is a way of enforcing it that the authority may change.");
    private static final BilingualText GRACE_BY_LAW = new BilingualText(
            "유예는 통과가 아닙니다. 법이 정한 기간이 끝나기 전에 갖추어야 합니다.",
            "Grace is no pass. What the law asks has to be in place before the time it gives ends.");

    private final Html html;
    private final Finding finding;
    private final Rule.Version version;

    private FindingEntry(Html html, Finding finding) {
        this.html = html;
        this.finding = finding;
        this.version = finding.version();
    }

    static void write(Html html, Finding finding) {
        new FindingEntry(html, finding).write();
    }

    private void write() {
        Standing standing = Standing.of(finding);
        boolean shown = standing == Standing.FINE || standing == Standing.UNDECIDED || standing == Standing.DUTY;
        html.open(
                "details",
                "class",
                "finding " + standing.style(),
                "id",
                "rule-" + finding.rule().id(),
                "open",
                shown ? "" : null);
        html.open("summary").open("h3");
        StatusPicture.sign(html, standing);
        html.open("code")
                .text(finding.rule().id())
                .inlineClose()
                .text(" ")
                .both(finding.rule().title())
                .text(" ");
        html.open("span", "class", "says")
                .both(finding.statement())
                .inlineClose()
                .close("summary");
        html.open("dl");
        law();
        verdict();
        html.entry("지키는 방법", "How to comply", version.comply());
        html.entry("남길 증거", "Evidence to keep", version.evidence());
        origin();
        html.close("dl").close();
    }

    private void law() {
        html.entry("조문", "Article", version.article());
        html.entry("누구에게", "Whom it binds", version.who());
        html.entry("의무", "Duty", version.duty());
    }

    private void verdict() {
        html.both("dt", "판정", "Finding").open("dd").both(finding.statement()).text(" (");
        html.open("code").text(finding.verdict().word()).inlineClose().text(")").close();
        html.both("dt", "제재", "Sanction").open("dd").both(version.sanction().label());
        BilingualText fine = version.fine();
        if (fine != null && version.sanction().finable()) {
            html.text(": ").both(fine);
        }
        html.close();
        Grace grace = finding.grace();
        if (grace != null) {
            grace(grace);
        }
        Waiver waiver = finding.waiver();
        if (waiver != null) {
            html.both("dt", "받아들인 사유", "Accepted")
                    .open("dd")
                    .open("p")
                    .foreign(waiver.reason())
                    .close();
            html.open("p").foreign(waiver.by()).text(", ");
            span(waiver.from(), waiver.until());
            html.close();
            BilingualText verdict = finding.verdict().label();
            html.both("p", "판정은 그대로입니다: " + verdict.ko() + ".", "The finding stays: " + verdict.en() + ".");
        }
        if (!finding.reasons().isEmpty()) {
            html.both("dt", "이유와 의문", "Reasons and doubts").open("dd");
            paragraphs(finding.reasons());
            html.close();
        }
        if (!finding.missing().isEmpty()) {
            html.both("dt", "답하면 정해지는 질문", "Questions that settle it")
                    .open("dd")
                    .open("ul");
            finding.missing().forEach(fact -> question(html, fact));
            html.close("ul").close();
        }
    }

    static BilingualText graceIsNoPass(Grace grace) {
        return grace.kind().equals("statute") ? GRACE_BY_LAW : GRACE_BY_POLICY;
    }

    private void grace(Grace grace) {
        html.both("dt", "유예", "Grace").open("dd").open("p").open("strong");
        html.both(graceIsNoPass(grace)).close("p");
        html.open("p").both(grace.title()).text(", ");
        span(grace.from(), grace.until());
        if (grace.until() == null) {
            html.text(" ").both("(끝나는 날 미정)", "(no end announced)");
        }
        html.close().open("p").both(grace.text()).close();
        BilingualText lifted = grace.liftedFor();
        if (lifted != null) {
            html.open("p")
                    .both("유예되지 않는 경우", "No grace where")
                    .text(": ")
                    .both(lifted)
                    .close();
        }
        html.close();
    }

    /** @param to null if no end is known */
    private void span(LocalDate from, @Nullable LocalDate to) {
        if (to == null) {
            html.both(from + "부터", "from " + from);
        } else {
            html.both(from + "부터 " + to + "까지", "from " + from + " to " + to);
        }
    }

    private void paragraphs(List<BilingualText> texts) {
        texts.forEach(each -> html.open("p").both(each).close());
    }

    /** One question with what may be answered, as an item of a list. */
    static void question(Html html, Fact fact) {
        html.open("li")
                .both(fact.question())
                .text(" ")
                .open("code")
                .text(fact.name())
                .inlineClose();
        String unit = fact.unit();
        if (unit != null) {
            html.text(" (").text(unit).text(")");
        }
        if (!fact.values().isEmpty()) {
            html.open("ul", "class", "values");
            fact.values()
                    .forEach((value, meaning) -> html.open("li")
                            .open("code")
                            .text(value)
                            .inlineClose()
                            .text(" ")
                            .both(meaning)
                            .close());
            html.close();
        }
        html.close();
    }

    private void origin() {
        html.both("dt", "시행", "In force").open("dd");
        span(version.from(), version.to());
        html.close();
        html.both("dt", "검토", "Review").open("dd");
        if (version.reviewed()) {
            html.both("담당자가 법령과 대조했습니다", "compared with the law by a named person");
        } else {
            html.both("초안: 아직 아무도 법령과 대조하지 않았습니다", "draft: nobody has signed that it says what the law says");
        }
        html.text(". ").both(confidence(version.confidence())).close();
        if (!version.sources().isEmpty()) {
            html.both("dt", "출처", "Sources").open("dd").open("ul");
            for (Rule.Source each : version.sources()) {
                html.open("li")
                        .both(each.title())
                        .text(", ")
                        .text(each.locator())
                        .text(" (")
                        .both(kind(each.kind()))
                        .text(", ");
                html.both(each.seen() + " 확인", "seen " + each.seen()).text(")").close();
            }
            html.close("ul").close();
        }
        html.both("dt", "규칙 파일", "Rule file")
                .open("dd")
                .open("code")
                .text(finding.rule().digest())
                .close("dd");
    }

    private static BilingualText kind(String kind) {
        return switch (kind) {
            case "statute" -> new BilingualText("법률", "statute");
            case "decree" -> new BilingualText("시행령", "decree");
            case "guideline" -> new BilingualText("가이드라인", "guideline");
            case "casebook" -> new BilingualText("사례집", "casebook");
            case "notice" -> new BilingualText("고시·지침", "notice");
            case "news" -> new BilingualText("보도", "news");
            case "memory" -> new BilingualText("기억", "memory");
            default -> new BilingualText(kind, kind);
        };
    }

    private static BilingualText confidence(String confidence) {
        return switch (confidence) {
            case "S" -> new BilingualText("근거: 법령 원문을 읽음", "Grounds: the statute itself was read");
            case "G" -> new BilingualText("근거: 정부 가이드라인", "Grounds: an official guideline");
            case "L" -> new BilingualText("근거: 법령 요약본", "Grounds: a summary of the law");
            case "N" -> new BilingualText("근거: 언론 보도", "Grounds: news");
            case "M" -> new BilingualText("근거: 확인하지 못한 지식", "Grounds: memory, not looked up");
            default -> new BilingualText("근거: " + confidence, "Grounds: " + confidence);
        };
    }
}
