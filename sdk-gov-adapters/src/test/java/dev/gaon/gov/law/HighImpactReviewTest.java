package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.law.HighImpactReview.Result;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two steps, the guideline's examples, what is left to the ministry, and the record. */
class HighImpactReviewTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final HighImpactGuide GUIDE = HighImpactGuide.of(PACK);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final String[] QUESTIONS = {"effect", "gravity", "frequency", "humanControl"};

    private static HighImpactReview.Builder review(String area, String... answers) {
        HighImpactReview.Builder builder =
                HighImpactReview.by("도우미", "김검토", DAY).area(area);
        for (int i = 0; i < answers.length; i++) {
            builder.answer(QUESTIONS[i], answers[i], "까닭");
        }
        return builder;
    }

    private static HighImpactReview.Builder serious(String area) {
        return review(area, "affects", "grave", "often", "none");
    }

    private static HighImpactReview.Builder controlled(String area) {
        return review(area, "affects", "grave", "often", "real");
    }

    private static Finding finding(HighImpactReview review, String rule) {
        JsonNode defaults = Cases.read("/dev/gaon/gov/law/worked-cases.json").get("defaults");
        ObjectNode facts = Cases.JSON
                .createObjectNode()
                .put("isUserOperator", true)
                .put("conductInKorea", true)
                .put("defenceExcluded", false)
                .put("hiArea", "GA")
                .put("hiSerious", false);
        ServiceProfile profile = review.applyTo(Cases.profile("도우미", defaults, facts));
        return Assessment.of(profile, PACK, DAY).finding(rule);
    }

    static Stream<Arguments> examples() {
        List<Arguments> all = new ArrayList<>();
        for (JsonNode area : Cases.read("/dev/gaon/gov/high-impact/areas.json").get("areas")) {
            for (JsonNode each : area.get("examples")) {
                all.add(arguments(
                        area.get("id").asText(),
                        each.get("id").asText(),
                        each.get("answer").asText()));
            }
        }
        assertThat(all).hasSize(69);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleAloneGivesItsAnswerWhereSeriousnessFits(String area, String example, String answer) {
        boolean yes = answer.equals("yes");
        HighImpactReview fits =
                (yes ? serious(area) : controlled(area)).examples(example).build(PACK);
        assertThat(fits.result()).isEqualTo(yes ? Result.HIGH_IMPACT : Result.NOT_HIGH_IMPACT);
        assertThat(fits.facts()).containsEntry("hiArea", area).containsEntry("hiSerious", yes);
        HighImpactReview odd =
                (yes ? controlled(area) : serious(area)).examples(example).build(PACK);
        assertThat(odd.result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(odd.facts()).doesNotContainKey("hiSerious");
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: yes {4}, none {5}, no {6}")
    @CsvSource({
        "affects, grave, often, none, HIGH_IMPACT, HIGH_IMPACT, ASK_MINISTRY",
        "affects, grave, often, formal, HIGH_IMPACT, HIGH_IMPACT, ASK_MINISTRY",
        "affects, grave, rarely, none, HIGH_IMPACT, ASK_MINISTRY, ASK_MINISTRY",
        "affects, grave, often, rarely-overridden, HIGH_IMPACT, ASK_MINISTRY, ASK_MINISTRY",
        "affects, grave, rarely, rarely-overridden, HIGH_IMPACT, ASK_MINISTRY, ASK_MINISTRY",
        "affects, grave, often, real, ASK_MINISTRY, ASK_MINISTRY, NOT_HIGH_IMPACT",
        "affects, grave, rarely, real, ASK_MINISTRY, ASK_MINISTRY, NOT_HIGH_IMPACT",
        "affects, slight, often, none, ASK_MINISTRY, NOT_HIGH_IMPACT, NOT_HIGH_IMPACT",
        "none, grave, often, none, ASK_MINISTRY, NOT_HIGH_IMPACT, NOT_HIGH_IMPACT",
        "none, slight, rarely, real, ASK_MINISTRY, NOT_HIGH_IMPACT, NOT_HIGH_IMPACT",
    })
    void seriousnessAndExamplesTogether(
            String effect, String gravity, String frequency, String control, Result yes, Result none, Result no) {
        String[] answers = {effect, gravity, frequency, control};
        assertThat(review("A", answers).examples("A-1").build(PACK).result()).isEqualTo(yes);
        assertThat(review("A", answers).examples().build(PACK).result()).isEqualTo(none);
        assertThat(review("A", answers).examples("A-5").build(PACK).result()).isEqualTo(no);
        assertThat(review("A", answers).examples("A-1", "A-5").build(PACK).result())
                .isEqualTo(Result.ASK_MINISTRY);
    }

    @Test
    void theExampleOfTheGuide() {
        HighImpactReview review = HighImpactReview.by("서류 심사 도우미", "김검토", LocalDate.of(2026, 11, 22))
                .area("SA")
                .examples("SA-3")
                .answer("effect", "affects", "지원자의 직업 선택")
                .answer("gravity", "grave", "탈락하면 되돌리기 어려움")
                .answer("frequency", "often", "공채마다 수천 명")
                .answer("humanControl", "formal", "담당자는 점수 순서를 그대로 씀")
                .build();
        assertThat(review.result()).isEqualTo(Result.HIGH_IMPACT);
        assertThat(HighImpactReview.parse(review.toJson())).isEqualTo(review);
    }

    @Test
    void aFloodForecastIsNotListedHoweverSerious() {
        HighImpactReview flood = serious("NONE").examples("GA-3").build(PACK);
        assertThat(flood.result()).isEqualTo(Result.NOT_HIGH_IMPACT);
        assertThat(flood.facts())
                .isEqualTo(Map.of(
                        "hiArea", "NONE", "hiSerious", true, "hiReviewDone", true, "hiReviewInconclusive", false));
        assertThat(finding(flood, "KR-HI-01").verdict()).isEqualTo(Verdict.NA);
        assertThat(finding(flood, "KR-ST-03").verdict()).isEqualTo(Verdict.PASS);
        assertThat(flood.reasons().get(0).text().en()).contains("however serious");
    }

    @Test
    void anUnlistedUseNeedsNoSecondStep() {
        HighImpactReview unlisted = review("NONE").doubts("INSIDE-ONLY").build(PACK);
        assertThat(unlisted.result()).isEqualTo(Result.NOT_HIGH_IMPACT);
        assertThat(unlisted.missing()).isEmpty();
        assertThat(unlisted.facts()).doesNotContainKey("hiSerious");
    }

    @Test
    void anExampleOfAnotherAreaLeavesTheAreaOpen() {
        HighImpactReview odd = serious("NONE").examples("SA-1").build(PACK);
        assertThat(odd.result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(odd.facts()).doesNotContainKeys("hiArea", "hiSerious");
        assertThat(finding(odd, "KR-HI-01").verdict()).isEqualTo(Verdict.NEEDS_FACT);
        HighImpactReview doubtful = serious("NONE").doubts("SA-LENDER").build(PACK);
        assertThat(doubtful.result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(doubtful.facts()).doesNotContainKey("hiArea");
        assertThat(serious("JA").examples("SA-1").build(PACK).result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(controlled("JA").examples("SA-7").build(PACK).result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(serious("JA").examples().doubts("SA-LENDER").build(PACK).result())
                .isEqualTo(Result.ASK_MINISTRY);
    }

    @Test
    void anAreaThatTheDecreeMayAddIsLeftToTheMinistry() {
        HighImpactReview later = serious("KA").examples().build(PACK);
        assertThat(later.result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(later.facts()).doesNotContainKey("hiArea");
    }

    @Test
    void everyTestAndOpenQuestionIsLeftToTheMinistry() {
        int doubts = 0;
        for (HighImpactGuide.Item area : GUIDE.areas()) {
            for (HighImpactGuide.Item doubt : GUIDE.doubts(area.id())) {
                HighImpactReview review =
                        serious(area.id()).examples().doubts(doubt.id()).build(PACK);
                assertThat(review.result()).as(doubt.id()).isEqualTo(Result.ASK_MINISTRY);
                assertThat(review.reasons())
                        .anyMatch(reason ->
                                reason.text().ko().contains(doubt.text().ko()));
                doubts++;
            }
        }
        assertThat(doubts).isEqualTo(5 + 3 + 2 * 11);
    }

    @Test
    void whatIsMissingIsAskedForAndNeverGuessed() {
        HighImpactReview nothing = HighImpactReview.by("도우미", "김검토", DAY).build(PACK);
        assertThat(nothing.result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(nothing.missing())
                .containsExactly("area", "examples", "effect", "gravity", "frequency", "humanControl");
        assertThat(nothing.facts()).isEqualTo(Map.of("hiReviewDone", false, "hiReviewInconclusive", true));
        assertThat(review("SA", "none", "slight", "rarely")
                        .examples()
                        .build(PACK)
                        .missing())
                .containsExactly("humanControl");
        HighImpactReview notCompared = serious("SA").build(PACK);
        assertThat(notCompared.result()).isEqualTo(Result.ASK_MINISTRY);
        assertThat(notCompared.missing()).containsExactly("examples");
    }

    @Test
    void aReviewThatPeopleAlmostNeverOverrideCountsForLoans() {
        String[] rare = {"affects", "grave", "often", "rarely-overridden"};
        HighImpactReview loan = review("SA", rare).examples("SA-12").build(PACK);
        assertThat(loan.result()).isEqualTo(Result.HIGH_IMPACT);
        assertThat(loan.reasons()).anyMatch(reason -> reason.cites().contains("2.7"));
        assertThat(review("SA", rare).examples().build(PACK).result()).isEqualTo(Result.HIGH_IMPACT);
        assertThat(review("SA", rare).examples("SA-12", "SA-13").build(PACK).result())
                .isEqualTo(Result.ASK_MINISTRY);
        assertThat(review("JA", rare).examples().build(PACK).result()).isEqualTo(Result.ASK_MINISTRY);
    }

    @Test
    void anAssessmentGoesOn() {
        HighImpactReview high = serious("SA").examples("SA-3").build(PACK);
        assertThat(finding(high, "KR-HI-01").verdict()).isNotIn(Verdict.NA, Verdict.NEEDS_FACT);
        assertThat(finding(high, "KR-ST-04").verdict()).isEqualTo(Verdict.NA);
        HighImpactReview open = serious("SA").examples("SA-7").build(PACK);
        assertThat(finding(open, "KR-HI-01").verdict()).isEqualTo(Verdict.NEEDS_FACT);
        assertThat(finding(open, "KR-ST-03").verdict()).isEqualTo(Verdict.PASS);
        assertThat(finding(open, "KR-ST-04").verdict()).isNotEqualTo(Verdict.NA);
        assertThat(finding(controlled("SA").examples("SA-7").build(PACK), "KR-HI-01")
                        .verdict())
                .isEqualTo(Verdict.NA);
        assertThatThrownBy(() -> high.applyTo(ServiceProfile.of("다른 서비스"))).hasMessageContaining("another service");
    }

    @Test
    void aRecordReplays() throws Exception {
        HighImpactReview review =
                serious("SA").examples("SA-3").doubts("SA-LENDER").build(PACK);
        ObjectNode record = (ObjectNode) Cases.JSON.readTree(review.toJson());
        assertThat(HighImpactReview.parse(record.toPrettyString(), PACK)).isEqualTo(review);
        assertThat(record.get("reviewer").asText()).isEqualTo("김검토");
        assertThat(record.get("on").asText()).isEqualTo("2026-11-22");
        assertThat(record.get("guideline").asText()).isEqualTo("2026-04-29");
        assertThat(record.get("dataDigest").asText()).isEqualTo(GUIDE.digest());
        assertThat(record.remove("digest").asText()).isEqualTo(review.digest());
        Map<String, ?> rest = Cases.JSON.convertValue(record, new TypeReference<Map<String, Object>>() {});
        byte[] canonical = CanonicalForm.write(rest).getBytes(StandardCharsets.UTF_8);
        assertThat("sha256:" + PackFiles.sha256(canonical)).isEqualTo(review.digest());
        HighImpactReview empty = HighImpactReview.by("도우미", "김검토", DAY).build(PACK);
        assertThat(HighImpactReview.parse(empty.toJson(), PACK)).isEqualTo(empty);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"김검토\" \"이검토\"",
                "\"result\":\"high-impact\" \"result\":\"not-high-impact\"",
                "\"hiSerious\":true \"hiSerious\":false",
                "\"answer\":\"grave\" \"answer\":\"slight\"",
                "\"doubts\":[] \"doubts\":{}",
                "\"2026-11-22\" \"2026-11-23\"",
                "\"missing\":[] \"missing\":[],\"more\":1",
                "\"digest\":\"sha256: \"digest\":\"sha-256:",
            })
    void aChangedRecordIsRefused(String change) {
        String json = serious("SA").examples("SA-3").build(PACK).toJson();
        String[] fromTo = change.split(" ");
        String changed = json.replace(fromTo[0], fromTo[1]);
        assertThat(changed).isNotEqualTo(json);
        assertThatThrownBy(() -> HighImpactReview.parse(changed, PACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("It was changed");
    }

    @Test
    void aRecordOfOtherDataIsRefusedByDigest() {
        PackFiles part = PACK.parts().get(0);
        Map<String, byte[]> files = new TreeMap<>(part.files());
        String areas = new String(part.bytes("high-impact/areas.json"), StandardCharsets.UTF_8);
        files.put("high-impact/areas.json", (areas + "\n").getBytes(StandardCharsets.UTF_8));
        RulePack other = RulePack.of(List.of(Cases.sealed("other", files)));
        String json = serious("SA").examples().build(other).toJson();
        assertThat(HighImpactReview.parse(json, other).toJson()).isEqualTo(json);
        assertThatThrownBy(() -> HighImpactReview.parse(json, PACK))
                .hasMessageContaining("decided on other data")
                .hasMessageContaining(GUIDE.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"kind\":\"high-impact-review\"}", "{\"kind\":{},\"kind\":1}"})
    void whatIsNoRecordIsRefused(String json) {
        assertThatThrownBy(() -> HighImpactReview.parse(json, PACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" / ");
    }

    @Test
    void whatTheGuideDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> serious("SB").examples().build(PACK)).hasMessageContaining("no such area: SB");
        assertThatThrownBy(() -> serious("SA").examples("SA-99").build(PACK)).hasMessageContaining("SA-99");
        assertThatThrownBy(() -> serious("SA").examples().doubts("X").build(PACK))
                .hasMessageContaining("SA-LENDER");
        assertThatThrownBy(() -> review("SA", "maybe").build(PACK)).hasMessageContaining("affects, none");
        assertThatThrownBy(() -> serious("SA").answer("effect", "none", " ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> HighImpactReview.by("도우미", " ", DAY)).hasMessageContaining("reviewer");
        assertThatThrownBy(() -> HighImpactReview.by("도우미", "김검토", LocalDate.of(2026, 4, 28))
                        .build(PACK))
                .hasMessageContaining("older than the guideline");
        assertThatThrownBy(
                        () -> serious("SA").guideline(LocalDate.of(2027, 1, 1)).build(PACK))
                .hasMessageContaining("2026-04-29")
                .hasMessageContaining("2027-01-01");
        assertThat(HighImpactReview.by("도우미", "김검토", GUIDE.edition())
                        .build(PACK)
                        .guideline())
                .isEqualTo(LocalDate.of(2026, 4, 29));
    }

    @Test
    void theGuideAsksWhatAReviewAnswers() {
        assertThat(GUIDE.areas())
                .extracting(HighImpactGuide.Item::id)
                .hasSize(11)
                .contains("SA", "KA");
        assertThat(PACK.fact("hiArea").values().keySet())
                .containsAll(
                        GUIDE.areas().stream().map(HighImpactGuide.Item::id).toList())
                .contains(HighImpactGuide.NO_AREA);
        assertThat(GUIDE.questions()).extracting(HighImpactGuide.Item::id).containsExactly(QUESTIONS);
        assertThat(GUIDE.answers("humanControl")).hasSize(4);
        assertThat(GUIDE.examples("SA")).hasSize(14);
        assertThat(GUIDE.areaQuestion().id()).isEqualTo("area");
    }
}
