package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.page.Html;
import dev.gaon.gov.page.ReportPage;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The overview of training data that Article 34(1)2 of the AI Basic Act asks an explanation plan to hold, made from an audit:
 * which sources, how much of each, under which licences, what of it may not be used, what is known of personal data, as of
 * which day, and by which digests. Immutable; the same audit and statement always give the same bytes.
 *
 * <p>Neither the Act nor its decree prescribes a form. What the audit cannot know is stated by whoever trains; what nobody
 * states is shown as not stated. It is no legal advice.
 */
public final class TrainingDataOverview {

    /**
     * What the audit does not know.
     *
     * @param system the AI system or model that was trained
     * @param personalData how personal data was handled; null if that is not stated
     * @param leftOut whether what may not be used, and what could not be read, was left out of training; null if that is not
     *     stated
     */
    public record Statement(
            BilingualText system,
            @Nullable BilingualText personalData,
            @Nullable Boolean leftOut) {

        private static final int LONGEST = 10_000;

        /** @throws IllegalArgumentException if the system has no name in a language, or a text is too long */
        public Statement {
            check(system);
            if (personalData != null) {
                check(personalData);
            }
        }

        private static void check(BilingualText text) {
            for (String each : List.of(text.ko(), text.en())) {
                if (each.isBlank() || each.length() > LONGEST) {
                    throw new IllegalArgumentException(new BilingualText(
                                    "학습용데이터 개요의 글은 두 언어로 1~" + LONGEST + "자씩 적습니다.",
                                    "Texts of the overview of training data have 1 to " + LONGEST
                                            + " characters in both languages.")
                            .both());
                }
            }
        }
    }

    private static final BilingualText BASIS = new BilingualText(
            "인공지능기본법 제34조제1항제2호의 설명 방안에 들어가는 학습용데이터의 개요입니다. 법률 자문이 아닙니다.",
            "Overview of training data for the explanation plan of Article 34(1)2 of the AI Basic Act. It is no legal advice.");

    private static final BilingualText NOT_STATED = new BilingualText("밝히지 않음", "not stated");
    private static final int MOST_SOURCES = 100;
    private static final String STYLE = ReportPage.style(CorpusSummary.class, "report.css");

    private final CorpusSummary corpus;
    private final Statement statement;

    private TrainingDataOverview(CorpusSummary corpus, Statement statement) {
        this.corpus = corpus;
        this.statement = statement;
    }

    public static TrainingDataOverview of(CorpusSummary corpus, Statement statement) {
        return new TrainingDataOverview(corpus, statement);
    }

    private long usable() {
        Map<Outcome, Long> rows = corpus.byDecision();
        return rows.getOrDefault(Outcome.ALLOW, 0L) + rows.getOrDefault(Outcome.ALLOW_WITH_DUTIES, 0L);
    }

    private BilingualText leftOut() {
        Boolean leftOut = statement.leftOut();
        return leftOut == null
                ? NOT_STATED
                : leftOut
                        ? new BilingualText("학습에서 뺐습니다", "left out of training")
                        : new BilingualText("학습에서 빼지 않았습니다", "not left out of training");
    }

    private BilingualText handling() {
        BilingualText handling = statement.personalData();
        return handling == null ? NOT_STATED : handling;
    }

    /** In a few sentences, for the posting of an explanation plan. */
    public BilingualText summary() {
        int sources = corpus.bySource().size();
        int licenses = corpus.byLicense().size();
        CorpusSummary.PersonalData personal = corpus.personalData();
        return new BilingualText(
                name() + ": 출처 " + sources + "곳, 라이선스 " + licenses + "가지, 모두 " + number(corpus.rows()) + "행. "
                        + corpus.use().ko() + "에 쓸 수 있는 것 " + number(usable()) + "행, 나머지(검토, 불가, 읽지 못함)는 "
                        + leftOut().ko() + ". 개인정보 확인이 필요한 것 " + number(personal.noted()) + "행, 밝히지 않은 것 "
                        + number(personal.unstated()) + "행. 개인정보 처리: "
                        + handling().ko() + ". 기준일 " + corpus.asOf()
                        + ", 개요 다이제스트 " + digest() + ".",
                name() + ": " + sources + " sources, " + licenses + " kinds of terms, " + number(corpus.rows())
                        + " rows in all. " + corpus.use().en() + ": " + number(usable())
                        + " rows may be used; the rest (to review, denied or unreadable): "
                        + leftOut().en() + ". Rows to be checked for personal data: " + number(personal.noted())
                        + "; not stated: " + number(personal.unstated()) + ". Handling of personal data: "
                        + handling().en() + ". As of " + corpus.asOf() + "; digest of the overview " + digest() + ".");
    }

    private String name() {
        String version = corpus.version();
        return version == null ? corpus.title() : corpus.title() + " " + version;
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The overview in canonical JSON (RFC 8785), with every source and licence. */
    public String toJson() {
        Map<String, Object> out = new TreeMap<>();
        out.put("format", "gaon-training-data-overview-1");
        out.put("basis", json(BASIS));
        out.put("system", json(statement.system()));
        out.put("corpus", corpus.title());
        String version = corpus.version();
        if (version != null) {
            out.put("version", version);
        }
        out.put("purpose", corpus.purpose().word());
        out.put("asOf", corpus.asOf().toString());
        out.put("rows", Map.of("all", corpus.rows(), "usable", usable(), "unread", corpus.unread()));
        out.put("sources", shares(corpus.bySource()));
        out.put("licenses", shares(corpus.byLicense()));
        CorpusSummary.PersonalData personal = corpus.personalData();
        Map<String, Object> data = new TreeMap<>(
                Map.of("noted", personal.noted(), "unstated", personal.unstated(), "free", personal.free()));
        data.put("handling", json(handling()));
        out.put("personalData", data);
        out.put("restLeftOut", statement.leftOut() == null ? "not-stated" : statement.leftOut());
        out.put("duties", corpus.duties());
        out.put("inputs", corpus.inputs().size());
        out.put("inputBytes", bytes());
        out.put("termsDigest", corpus.termsDigest());
        out.put("summaryDigest", corpus.digest());
        return CanonicalForm.write(out);
    }

    private long bytes() {
        return corpus.inputs().stream().mapToLong(CorpusSummary.Input::bytes).sum();
    }

    private static Map<String, Object> json(BilingualText text) {
        return Map.of("ko", text.ko(), "en", text.en());
    }

    private static List<Map<String, Object>> shares(List<CorpusSummary.Share> shares) {
        return shares.stream()
                .map(each -> {
                    Map<String, Object> out = new TreeMap<>(Map.of("name", each.name(), "rows", each.rows()));
                    Map<String, Long> decisions = new TreeMap<>();
                    each.decisions().forEach((decision, rows) -> decisions.put(decision.name(), rows));
                    out.put("decisions", decisions);
                    return out;
                })
                .toList();
    }

    /** Of {@link #toJson}, {@code sha256:...}. */
    public String digest() {
        return "sha256:" + PackFiles.sha256(toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** One page in Korean and English that runs no script and loads nothing; the largest 100 sources are listed. */
    public String html() {
        ReportPage page = new ReportPage(
                STYLE,
                "학습용데이터 개요 · Overview of training data · " + name(),
                new BilingualText("학습용데이터 개요", "Overview of training data"),
                name(),
                corpus.asOf());
        Html html = page.html();
        page.section("what", "무엇으로 학습했나", "What it was trained on");
        html.open("dl");
        html.entry("인공지능시스템", "AI system", statement.system());
        html.entry("목적", "Purpose", corpus.use());
        html.entry("양", "Amount", amount());
        html.entry("나머지", "The rest", leftOut());
        html.close().close("section");
        page.section("personal", "개인정보", "Personal data");
        html.open("dl");
        CorpusSummary.PersonalData personal = corpus.personalData();
        html.entry("확인 필요", "To be checked", rows(personal.noted()));
        html.entry("밝히지 않음", "Not stated", rows(personal.unstated()));
        html.entry("없다고 밝힘", "Declared absent", rows(personal.free()));
        html.entry("처리", "Handling", handling());
        html.close().close("section");
        page.section("sources", "출처", "Sources");
        table(html, "출처별 행", "Rows by source", corpus.bySource(), false);
        html.close("section");
        page.section("licenses", "라이선스", "Licences");
        table(html, "라이선스별 행", "Rows by licence", corpus.byLicense(), true);
        html.close("section");
        page.section("origin", "무엇으로 만들었나", "What it was made from");
        html.open("dl");
        digest(html, "조건 다이제스트", "Digest of the terms", corpus.termsDigest());
        digest(html, "요약 다이제스트", "Digest of the summary", corpus.digest());
        digest(html, "개요 다이제스트", "Digest of the overview", digest());
        html.close().close("section");
        page.end(BASIS);
        return html.toString();
    }

    private BilingualText amount() {
        return new BilingualText(
                number(corpus.rows()) + "행, 그 가운데 쓸 수 있는 것 " + number(usable()) + "행, 읽지 못한 것 "
                        + number(corpus.unread()) + "행. 입력 파일 "
                        + corpus.inputs().size() + "개, " + number(bytes()) + "바이트",
                number(corpus.rows()) + " rows, of which " + number(usable()) + " may be used and "
                        + number(corpus.unread())
                        + " could not be read; " + corpus.inputs().size() + " input files of " + number(bytes())
                        + " bytes in all");
    }

    private static BilingualText rows(long rows) {
        return new BilingualText(number(rows) + "행", number(rows) + (rows == 1 ? " row" : " rows"));
    }

    private void table(Html html, String ko, String en, List<CorpusSummary.Share> shares, boolean licenses) {
        html.open("table", "class", "amounts")
                .both("caption", ko, en)
                .open("thead")
                .open("tr");
        html.both("th", "이름", "Name", "scope", "col").both("th", "행", "Rows", "scope", "col");
        html.close("thead").open("tbody");
        for (CorpusSummary.Share each : shares.subList(0, Math.min(shares.size(), MOST_SOURCES))) {
            html.open("tr").open("th", "scope", "row");
            if (licenses) {
                html.open("code").text(each.name()).close();
            } else {
                html.foreign(each.name());
            }
            html.close("th")
                    .open("td", "class", "count")
                    .text(number(each.rows()))
                    .close("tr");
        }
        html.close("table");
        if (shares.size() > MOST_SOURCES) {
            html.both(
                    "p",
                    "이 밖에 " + number(shares.size() - MOST_SOURCES) + "줄은 JSON에 있습니다.",
                    number(shares.size() - MOST_SOURCES) + " more are in the JSON.");
        }
    }

    private static void digest(Html html, String ko, String en, String value) {
        html.both("dt", ko, en).open("dd").open("code").text(value).close("dd");
    }
}
