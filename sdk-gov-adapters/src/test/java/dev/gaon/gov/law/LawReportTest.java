package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a page says, and that no text of others becomes markup. */
class LawReportTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    /** A pack of five rules, one finding of each kind, in whose texts a word stands that the test chooses. */
    static RulePack pack(String word) {
        Map<String, byte[]> files = new TreeMap<>();
        put(files, "vocabulary.json", """
                {"facts": {
                  "told": {"type": "boolean", "group": "g", "label": {"ko": "알림 W", "en": "told W"}, "question": {"ko": "알리나요 W?", "en": "Told W?"}},
                  "kept": {"type": "boolean", "group": "g", "label": {"ko": "보관", "en": "kept"}, "question": {"ko": "보관하나요?", "en": "Kept?"}},
                  "users": {"type": "number", "unit": "people W", "group": "g", "label": {"ko": "이용자", "en": "users"}, "question": {"ko": "몇 명?", "en": "How many?"}},
                  "kind": {"type": "choice", "group": "g", "label": {"ko": "종류", "en": "kind"}, "question": {"ko": "무엇?", "en": "What?"},
                    "values": {"A": {"ko": "가 W", "en": "a W"}, "B": {"ko": "나", "en": "b"}}}},
                 "derived": {}, "contradictions": []}
                """, word);
        put(files, "policies/grace.json", """
                {"G1": {"kind": "policy", "title": {"ko": "계도 W", "en": "grace W"}, "text": {"ko": "미룹니다 W", "en": "put off W"},
                  "from": "2026-01-22", "liftedFor": {"ko": "사고 W", "en": "accidents W"}}}
                """, word);
        rule(files, word, "R-FINE", "FINE_DIRECT", "{\"is\": \"told\"}", "2026-01-22", "\"grace\": \"G1\",");
        rule(files, word, "R-KEEP", "ORDER_THEN_FINE", "{\"is\": \"kept\"}", "2026-01-22", "");
        rule(files, word, "R-TRY", "EFFORT", "{\"in\": {\"kind\": [\"B\"]}}", "2026-01-22", "");
        rule(files, word, "R-MET", "NONE", "{\"atLeast\": {\"users\": 10}}", "2026-01-22", "");
        rule(files, word, "R-SOON", "FINE_DIRECT", "{\"is\": \"told\"}", "2027-01-01", "");
        rule(files, word, "R-OURS", "NONE", "{\"is\": \"told\"}", "2026-01-22", "");
        put(files, "waivers.json", """
                {"waivers": [{"rule": "R-OURS", "service": "W", "by": "김과장 W", "reason": "12월에 고칩니다 W", "from": "2026-11-01", "until": "2026-12-31"}]}
                """, word);
        return RulePack.of(List.of(Cases.sealed("test", files)));
    }

    private static void rule(
            Map<String, byte[]> files,
            String word,
            String id,
            String sanction,
            String satisfied,
            String from,
            String more) {
        put(files, "rules/law/" + id + ".json", """
                {"id": "%s", "title": {"ko": "제목 W", "en": "title W"}, "versions": [{"from": "%s", "layer": "ACT", %s
                  "article": {"ko": "제1조 W", "en": "article 1 W"}, "who": {"ko": "누구 W", "en": "who W"}, "duty": {"ko": "의무 W", "en": "duty W"},
                  "comply": {"ko": "이렇게 W", "en": "do this W"}, "evidence": {"ko": "남긴다 W", "en": "keep W"}, "fine": {"ko": "백만 원 W", "en": "a million W"},
                  "sanction": "%s", "confidence": "S", "review": {"state": "draft"}, "applies": {"atLeast": {"users": 1}}, "satisfied": %s,
                  "open": [{"about": "sanction", "reason": {"ko": "의문 W", "en": "doubt W"}}],
                  "sources": [{"title": {"ko": "법 W", "en": "act W"}, "locator": "제1조 W", "kind": "statute W", "seen": "2026-11-21"}]}]}
                """.formatted(id, from, more, sanction, satisfied), word);
    }

    private static void put(Map<String, byte[]> files, String path, String json, String word) {
        String escaped = word.replace("\\", "\\\\").replace("\"", "\\\"");
        files.put(
                path,
                json.replaceAll("\\bW\\b", java.util.regex.Matcher.quoteReplacement(escaped))
                        .getBytes(StandardCharsets.UTF_8));
    }

    static ServiceProfile profile(String name) {
        return ServiceProfile.of(name).with("told", false).with("users", 12).with("kind", "A");
    }

    static Assessment assessment(String word) {
        return Assessment.of(profile(word), pack(word), DAY);
    }

    @Test
    void eachFindingStandsWhereItsWeightPutsIt() {
        Assessment assessment = assessment("W");
        Map<Standing, List<String>> where = Map.of(
                Standing.FINE, List.of("R-FINE"),
                Standing.UNDECIDED, List.of("R-KEEP"),
                Standing.SOFT, List.of("R-TRY"),
                Standing.ACCEPTED, List.of("R-OURS"),
                Standing.PASS, List.of("R-MET"),
                Standing.NOT_IN_FORCE, List.of("R-SOON"));
        String html = LawReport.of(assessment).html();
        where.forEach((standing, ids) -> {
            String section = between(html, "<section id=\"" + standing.name() + "\"", "</section>");
            assertThat(ids).allSatisfy(id -> assertThat(section).contains("id=\"rule-" + id + "\""));
        });
        assertThat(html.indexOf("id=\"FINE\"")).isLessThan(html.indexOf("id=\"UNDECIDED\""));
        assertThat(between(html, "class=\"headline", "</p>"))
                .contains("미충족이 1건", "1 rule is not met", "받아들인 1건은 여기서 세지 않았습니다", "accepted is not counted here: 1");
    }

    @Test
    void whatWasAcceptedOrIsOfAnotherLawIsNoPass() {
        String open = "{\"about\": \"duty\", \"reason\": {\"ko\": \"가\", \"en\": \"a\"}}";
        SmallPack pack = SmallPack.empty()
                .truths("yes", "no")
                .rule("R-1", "2026-01-22", false, false, "{\"is\": \"yes\"}", "{\"is\": \"no\"}", open);
        ServiceProfile profile = ServiceProfile.of("s").with("yes", true).with("no", false);
        Assessment waived =
                Assessment.of(profile, pack.waiver("R-1", "s", "2026-12-31").sealed(), DAY);
        assertThat(waived.finding("R-1").verdict()).isEqualTo(Verdict.REVIEW);
        String html = LawReport.of(waived).html();
        assertThat(between(html, "class=\"headline", "</p>"))
                .startsWith("class=\"headline open\"")
                .contains("받아들인 1건");
        assertThat(between(html, "<section id=\"ACCEPTED\"", "</section>"))
                .contains("id=\"rule-R-1\"", "판정은 그대로입니다: 검토 필요");

        RulePack strict = SmallPack.empty()
                .truths("yes", "no")
                .rule("R-1", "2026-01-22", false, false, "{\"is\": \"yes\"}", "{\"is\": \"no\"}", "")
                .sealed();
        assertThat(between(LawReport.of(Assessment.of(profile, strict, DAY)).html(), "class=\"headline", "</p>"))
                .startsWith("class=\"headline open\"")
                .contains("의무 1건을 지키지 않고");
    }

    @Test
    void aFindingSaysAllThatIsKnownOfIt() {
        String html = LawReport.of(assessment("W")).html();
        assertThat(between(html, "id=\"rule-R-FINE\"", "</details>"))
                .contains("제1조 W", "article 1 W", "누구 W", "의무 W", "duty W", "의무 미이행", "바로 과태료", "백만 원 W")
                .contains("유예는 통과가 아닙니다", "Grace is no pass", "계도 W", "2026-01-22부터", "끝나는 날 미정", "사고 W")
                .contains("의문 W", "이렇게 W", "남긴다 W", "법 W", "제1조 W", "2026-11-21 확인", "초안", "draft");
        assertThat(between(html, "id=\"rule-R-KEEP\"", "</details>")).contains("보관하나요?", "Kept?", "<code>kept</code>");
        assertThat(between(html, "id=\"rule-R-OURS\"", "</details>"))
                .contains(
                        "김과장 W",
                        "12월에 고칩니다 W",
                        "2026-11-01부터 2026-12-31까지",
                        "판정은 그대로입니다: 미충족",
                        "The finding stays: fail");
        assertThat(between(html, "id=\"rule-R-MET\"", "</details>"))
                .contains("<code>pass</code>")
                .doesNotContain("유예");
        assertThat(between(html, "먼저 답할 질문", "</ol>")).contains("보관하나요?").doesNotContain("알리나요");
    }

    @Test
    void thePageNamesWhatDecidedAndIsNoAdvice() {
        Assessment assessment = assessment("W");
        assertThat(LawReport.of(assessment).html())
                .contains(
                        "2026-11-21",
                        assessment.pack().digest(),
                        assessment.profile().digest(),
                        assessment.digest())
                .contains("법률 자문이 아닙니다", "no legal advice")
                .contains("12 people W", "<code>A</code>");
    }

    @Test
    void theTimelineSaysWhatTheFactsWouldMeanThen() {
        String html = LawReport.of(assessment("W")).html();
        String row = between(html, "datetime=\"2027-01-01\"", "</tr>");
        assertThat(row).contains("R-SOON", "지금 사실대로라면 의무 미이행", "with these facts: duty not met");
        assertThat(between(html, "datetime=\"2026-01-22\"", "</tr>"))
                .contains("계도 W", "규칙 5개")
                .doesNotContain("사실대로라면");
    }

    @Test
    void theSameAssessmentGivesTheSameBytes() {
        assertThat(LawReport.of(assessment("W")).html())
                .isEqualTo(LawReport.of(assessment("W")).html());
        assertThat(LawReport.of(assessment("W")).html())
                .isNotEqualTo(LawReport.of(assessment("V")).html());
    }

    @Test
    void nothingThatOthersWroteBecomesMarkup() {
        for (String hostile : List.of(
                "<script>alert(1)</script>",
                "\" onload=\"alert(1)",
                "' onfocus='alert(1)",
                "</style><img src=x onerror=alert(1)>",
                "--><a href=javascript:alert(1)>",
                "&lt;script&gt;",
                "]]><svg/onload=alert(1)>")) {
            String html = LawReport.of(assessment(hostile)).html();
            String plain = LawReport.of(assessment("W")).html();
            assertThat(tags(html)).as(hostile).isEqualTo(tags(plain));
            assertThat(html).doesNotContain(hostile);
        }
    }

    /** The names of all tags and attributes, in order. */
    private static List<String> tags(String html) {
        String page = html.substring(html.indexOf("</style>"));
        return Pattern.compile("<[a-z/][^>]*>")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .map(tag -> tag.replaceAll("\"[^\"]*\"", "\"\""))
                .toList();
    }

    @Test
    void charactersThatAreNoTextAreReplaced() {
        String html = LawReport.of(Assessment.of(profile("a\u0000b\u001bc\ud800d\ufffee\u202ef"), pack("W"), DAY))
                .html();
        assertThat(html).contains("<bdi>a\ufffdb\ufffdc\ufffdd\ufffde\u202ef</bdi>");
        assertThat(new String(html.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(html);
    }

    @Test
    void thePageLoadsAndRunsNothing() {
        String html = LawReport.of(Assessment.of(ServiceProfile.of("s"), RulePack.bundled(), DAY))
                .html();
        assertThat(html)
                .contains("Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;sha256-")
                .doesNotContain(
                        "<script",
                        "<link",
                        "<img",
                        "<iframe",
                        "<object",
                        "@import",
                        "url(",
                        "javascript:",
                        " style=",
                        "http-equiv=\"refresh");
        assertThat(Pattern.compile("(src|href)=\"(?!#)").matcher(html).find()).isFalse();
    }

    @Test
    void everyRuleOfThePackHasItsEntryAndItsTile() {
        RulePack pack = RulePack.bundled();
        String html =
                LawReport.of(Assessment.of(ServiceProfile.of("s"), pack, DAY)).html();
        for (Rule rule : pack.rules()) {
            assertThat(html.split("id=\"rule-" + rule.id() + "\"", -1))
                    .as(rule.id())
                    .hasSize(2);
            assertThat(html).contains("aria-label=\"" + rule.id() + " ");
        }
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        assertThat(from).as(start).isNotNegative();
        return text.substring(from, text.indexOf(end, from));
    }
}
