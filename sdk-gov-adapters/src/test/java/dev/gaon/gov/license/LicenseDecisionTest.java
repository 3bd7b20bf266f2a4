package dev.gaon.gov.license;

import static dev.gaon.gov.license.LicenseData.AUDIT;
import static dev.gaon.gov.license.LicenseData.DAY;
import static dev.gaon.gov.license.LicenseData.TERMS;
import static dev.gaon.gov.license.LicenseData.decide;
import static dev.gaon.gov.license.LicenseData.marked;
import static dev.gaon.gov.license.LicenseData.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What a decision says, and evidence that the cases beside the data do not reach. */
class LicenseDecisionTest {

    private static final Work TYPE_4_AI = marked("LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI");

    @Test
    void theAdditionHasTwoForms() {
        LicenseDecision decision = decide(TYPE_4_AI, Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.license()).isEqualTo("LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI");
        assertThat(decision.licenseFallback()).isEqualTo("LicenseRef-KOGL-4-AI");
        for (String form : new String[] {decision.license(), decision.licenseFallback()}) {
            assertThat(decide(marked(form), Purpose.TRAIN_COMMERCIAL).license()).isEqualTo(decision.license());
        }
    }

    @Test
    void besideType1TheRouteIsChosenAndRecorded() {
        Work both = marked("LicenseRef-KOGL-1 WITH AdditionRef-KOGL-AI");
        LicenseDecision ai = decide(both, Purpose.TRAIN_COMMERCIAL);
        assertThat(ai.route()).isEqualTo("LicenseRef-KOGL-AI");
        assertThat(ai.duties()).contains("record-route", "ai-no-resale").doesNotContain("attribution-manifest");
        LicenseDecision one = decide(both.withRoute("LicenseRef-KOGL-1"), Purpose.TRAIN_COMMERCIAL);
        assertThat(one.route()).isEqualTo("LicenseRef-KOGL-1");
        assertThat(one.decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThat(one.duties())
                .contains("record-route", "attribution-manifest")
                .doesNotContain("ai-no-resale");
    }

    @Test
    void noOtherTypeCanBeReliedOnAgainstItsOwnBar() {
        LicenseDecision decision = decide(TYPE_4_AI.withRoute("LicenseRef-KOGL-1"), Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.route()).isEqualTo("LicenseRef-KOGL-AI");
        assertThat(decide(TYPE_4_AI.withRoute("LicenseRef-KOGL-4"), Purpose.SELL)
                        .decision())
                .isEqualTo(Outcome.DENY);
        assertThat(decide(TYPE_4_AI, Purpose.QUOTE).route()).isEqualTo("LicenseRef-KOGL-4");
    }

    @Test
    void theAiTypeLiftsNoRefusalThatItDoesNotKnow() {
        Work work = marked("LicenseRef-KOGL-NotApplied").withClaim(Claim.of("item", "html", "alt", "공공누리 AI유형"));
        assertThat(decide(work, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.DENY);
    }

    @Test
    void aReservationBesideATypeIsReadToo() {
        Work work = work().withClaim(Claim.of("item", "html", "text", "본 저작물은 공공누리 제1유형이며 AI 학습 금지입니다."));
        LicenseDecision decision = decide(work, Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision()).isEqualTo(Outcome.DENY);
        assertThat(decision.notes()).contains("conflict");
    }

    @Test
    void aLaterTextWithoutAMarkHidesNoReservation() {
        Work work = work().withClaim(
                        Claim.of("item", "html", "text", "AI 학습 금지").seenOn(LocalDate.of(2026, 5, 1)))
                .withClaim(Claim.of("item", "html", "text", "문의: 02-000-0000").seenOn(LocalDate.of(2026, 6, 1)));
        assertThat(decide(work, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.DENY);
    }

    @Test
    void aMarkFromAnUnknownSourceIsNotTrustedAndNotLost() {
        Work work = work().withClaim(Claim.of("item", "our-crawler", "text", "AI 학습 금지"));
        LicenseDecision decision = decide(work, Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision()).isEqualTo(Outcome.REVIEW);
        assertThat(decision.notes()).contains("code-unknown");
        assertThat(decide(
                                work.withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-0")),
                                Purpose.TRAIN_COMMERCIAL)
                        .decision())
                .isEqualTo(Outcome.REVIEW);
    }

    @Test
    void aSignalOfThePublisherIsNoMark() {
        Work work = Work.of("w", "w").withPublisher("어느 공사", "public-institution");
        Work refused = work.withClaim(Claim.of("site", "robots", "code", "Content-Usage: train-ai=n"));
        assertThat(decide(work, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.DENY);
        assertThat(decide(refused, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.DENY);
    }

    @Test
    void whatALabelStatesIsNotDeclaredAway() {
        Work work = work().withClaim(
                        Claim.of("dataset", "data.go.kr", "license", "제3자 권리 포함 : 저작권 표시, 공공저작물 : 출처표시 (제 1유형)"))
                .withFlag("thirdParty", false);
        assertThat(decide(work, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.REVIEW);
    }

    @Test
    void keptUseForgivesNothingKnownSince() {
        Work work = work().withCollected(LocalDate.of(2024, 4, 1))
                .withClaim(Claim.of("item", "khs", "code", "A").seenOn(LocalDate.of(2024, 4, 1)))
                .withClaim(Claim.of("item", "khs", "code", "D").seenOn(LocalDate.of(2026, 6, 1)))
                .withUsedSince(LocalDate.of(2024, 5, 1));
        LicenseDecision kept = decide(work, Purpose.TRAIN_COMMERCIAL);
        assertThat(kept.decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThat(kept.notes()).contains("kept-use");
        assertThat(LicenseData.json(kept.toJson()).get("usedSince").asText()).isEqualTo("2024-05-01");
        Work credited =
                work.withClaim(Claim.of("item", "khs", "text", "사진: 경남신문").seenOn(LocalDate.of(2026, 7, 1)));
        assertThat(decide(credited, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.REVIEW);
        assertThat(decide(work.withFlag("takedown", true), Purpose.TRAIN_COMMERCIAL)
                        .decision())
                .isEqualTo(Outcome.DENY);
        assertThat(decide(work.withUsedSince(LocalDate.of(2024, 3, 31)), Purpose.TRAIN_COMMERCIAL)
                        .decision())
                .as("used before any evidence of the terms")
                .isEqualTo(Outcome.DENY);
        assertThat(decide(work.withCollected(LocalDate.of(2026, 6, 1)), Purpose.TRAIN_COMMERCIAL)
                        .decision())
                .as("collected again under the new terms")
                .isEqualTo(Outcome.DENY);
    }

    @Test
    void aLabelSeenBeforeItsTypeBeganIsNoEvidenceOfIt() {
        Work work = work().withClaim(Claim.of("item", "data.go.kr", "license", "공공저작물 : 자유이용 (제 0유형)")
                .seenOn(LocalDate.of(2026, 1, 27)));
        LicenseDecision decision = decide(work, Purpose.QUOTE);
        assertThat(decision.decision()).isEqualTo(Outcome.REVIEW);
        assertThat(decision.notes()).contains("not-in-force");
    }

    @Test
    void aClaimOfTomorrowIsNotYetKnown() {
        Work work = marked("CC0-1.0")
                .withClaim(Claim.of("item", "html", "text", "AI 학습 금지").seenOn(DAY.plusDays(1)));
        assertThat(decide(work, Purpose.SELL).decision()).isEqualTo(Outcome.ALLOW);
        assertThat(AUDIT.decide(work, Purpose.TRAIN_COMMERCIAL, DAY.plusDays(1)).decision())
                .isEqualTo(Outcome.DENY);
    }

    @Test
    void aHintOfTomorrowIsNotYetKnown() {
        Work work = marked("LicenseRef-KOGL-1")
                .withClaim(Claim.of("site", "robots", "code", "Content-Usage: train-ai=n")
                        .seenOn(DAY.plusDays(1)));
        assertThat(decide(work, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThat(AUDIT.decide(work, Purpose.TRAIN_COMMERCIAL, DAY.plusDays(1)).decision())
                .isEqualTo(Outcome.REVIEW);
    }

    @Test
    void aGapIsFilledAndSaid() {
        LicenseDecision decision = decide(
                work().withClaim(Claim.of("collection", "spdx", "license", "LicenseRef-KOGL-1")),
                Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThat(decision.notes()).contains("gap-filled");
    }

    @Test
    void aStricterMarkThatIsLessSpecificIsSaid() {
        Work item = work().withClaim(Claim.of("item", "spdx", "license", "MIT"));
        Work both = item.withClaim(Claim.of("page", "spdx", "license", "LicenseRef-KOGL-4"));
        LicenseDecision decision = decide(both, Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.license()).isEqualTo("MIT");
        assertThat(decision.decision())
                .isEqualTo(decide(item, Purpose.TRAIN_COMMERCIAL).decision());
        assertThat(decision.notes()).contains("outweighed");
        assertThat(decide(item, Purpose.TRAIN_COMMERCIAL).notes()).doesNotContain("outweighed");
        Work looser = marked("LicenseRef-KOGL-4").withClaim(Claim.of("page", "spdx", "license", "MIT"));
        assertThat(decide(looser, Purpose.TRAIN_COMMERCIAL).notes()).doesNotContain("outweighed");
    }

    @Test
    void theJsonLineHoldsWhatDecided() {
        Claim claim = new Claim(
                "item",
                "khs",
                "code",
                "A",
                LocalDate.of(2026, 5, 2),
                "https://www.khs.go.kr/cha/SearchImageOpenapi.do",
                "khs-images 1",
                "sha256:" + "0".repeat(64));
        LicenseDecision decision = decide(work().withClaim(claim), Purpose.TRAIN_COMMERCIAL);
        String line = decision.toJson();
        assertThat(line).doesNotContain("\n");
        JsonNode json = LicenseData.json(line);
        assertThat(json.get("id").asText()).isEqualTo("w1");
        assertThat(json.get("license").asText()).isEqualTo("LicenseRef-KOGL-1");
        assertThat(json.get("decision").asText()).isEqualTo("ALLOW_WITH_DUTIES");
        assertThat(LicenseData.texts(json.get("duties"))).containsExactly("attribution-manifest", "no-endorsement");
        assertThat(json.get("reasons").get(0).get("from").asText()).isEqualTo("LicenseRef-KOGL-1");
        assertThat(json.get("digest").asText()).isEqualTo(TERMS.digest());
        assertThat(json.get("review").asText()).isEqualTo("draft");
        JsonNode evidence = json.get("evidence").get(0);
        assertThat(evidence.get("sha256").asText()).isEqualTo(claim.sha256());
        assertThat(evidence.get("extractor").asText()).isEqualTo("khs-images 1");
        assertThat(LicenseData.texts(evidence.get("reads"))).containsExactly("LicenseRef-KOGL-1");
        assertThat(LicenseData.texts(json.get("unstated"))).contains("personalData", "thirdParty");
    }

    @Test
    void aLawyerReadsItInBothLanguages() {
        LicenseDecision decision = decide(marked("LicenseRef-KOGL-4").withFlag("thirdParty", true), Purpose.SELL);
        assertThat(decision.summary().ko())
                .startsWith("'도시숲 현황': 말뭉치 판매에는 쓸 수 없습니다. 기준일: 2026-11-21. 조건: 공공누리 제4유형")
                .contains("근거: ")
                .doesNotContain("제3자의 권리까지");
        assertThat(decision.summary().en())
                .startsWith("\"도시숲 현황\": Selling the corpus is not allowed. As of 2026-11-21. Terms: KOGL type 4");
        assertThat(decide(work(), Purpose.TRAIN_COMMERCIAL).summary().ko()).contains("먼저 밝힐 것: ");
    }

    @Test
    void aMisspeltFactIsRefused() {
        assertThatThrownBy(() -> decide(work().withFlag("thirdPary", true), Purpose.QUOTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("모르는 사실입니다: flags.thirdPary")
                .hasMessageContaining("unknown fact: flags.thirdPary");
    }

    @Test
    void aRouteNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> decide(work().withRoute("KOGL-1"), Purpose.TRAIN_COMMERCIAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("모르는 조건입니다: use.route KOGL-1")
                .hasMessageContaining("such as LicenseRef-KOGL-1");
    }

    @Test
    void whatIsMissingSaysWhereItIsDeclared() {
        LicenseDecision decision = decide(marked("LicenseRef-AIHub"), Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.missing()).containsExactly("domestic");
        JsonNode question = LicenseData.json(decision.toJson()).get("questions").get(0);
        assertThat(question.get("fact").asText()).isEqualTo("domestic");
        assertThat(question.get("path").asText()).isEqualTo("user.country");
        assertThat(question.get("ko").asText()).endsWith("어디입니까?");
    }

    @Test
    void aWrongClaimIsNamedByItsPlace() {
        assertThatThrownBy(() -> Work.parse("{\"id\": \"w\", \"title\": \"t\", \"claims\": ["
                        + "{\"level\": \"item\", \"source\": \"a\", \"field\": \"b\", \"value\": \"\"},"
                        + "{\"level\": \"Item\", \"source\": \"a\", \"field\": \"b\", \"value\": \"\"}]}"))
                .hasMessageContaining("work#/claims/1: level은 item, page")
                .hasMessageContaining("work#/claims/1: level is one of item, page");
    }
}
