package dev.gaon.gov.license;

import static dev.gaon.gov.license.LicenseData.DAY;
import static dev.gaon.gov.license.LicenseData.decide;
import static dev.gaon.gov.license.LicenseData.work;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Evidence arranged so that a restriction is overlooked. */
class LicenseEvasionTest {

    private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
    private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

    private static Outcome train(Work work) {
        return decide(work, Purpose.TRAIN_COMMERCIAL).decision();
    }

    private static Work cleared(Work work) {
        return work.withFlag("rightsHeld", true)
                .withFlag("registeredStateProperty", false)
                .withFlag("personalData", false)
                .withFlag("thirdParty", false)
                .withFlag("restricted", false);
    }

    @Test
    void aValueNobodyKnowsReplacesNone() {
        Work refused = work().withClaim(Claim.of("item", "khs", "code", "D").seenOn(MAY));
        assertThat(train(refused.withClaim(Claim.of("item", "khs", "code", "E").seenOn(JUNE))))
                .isEqualTo(Outcome.DENY);
        Work allowed = work().withClaim(Claim.of("item", "khs", "code", "A").seenOn(MAY));
        assertThat(train(allowed.withClaim(Claim.of("item", "khs", "code", "E").seenOn(JUNE))))
                .isEqualTo(Outcome.REVIEW);
    }

    @Test
    void whatIsNotSureReplacesNothing() {
        Work refused =
                work().withClaim(Claim.of("item", "html", "text", "공공누리 제4유형").seenOn(MAY));
        assertThat(train(refused.withClaim(Claim.of("item", "html", "text", "이제 공공누리 제1유형입니다(사진은 해당하지 않습니다)")
                        .seenOn(JUNE))))
                .isEqualTo(Outcome.DENY);
        Work pictured = work().withClaim(Claim.of("item", "html", "img", "/new_img_opentype04.png")
                .seenOn(MAY));
        assertThat(train(pictured.withClaim(Claim.of("item", "html", "img", "/new_img_opentype00.png")
                        .seenOn(JUNE))))
                .isEqualTo(Outcome.DENY);
    }

    @Test
    void anotherSiteReplacesNothing() {
        Work work = work().withClaim(page("공공누리 제4유형", MAY, "https://www.ministry.go.kr/a?b=1"));
        assertThat(train(work.withClaim(page("공공누리 제1유형", JUNE, "https://mirror.example/a"))))
                .isEqualTo(Outcome.DENY);
        assertThat(train(work.withClaim(page("공공누리 제1유형", JUNE, "http://WWW.ministry.go.kr/moved"))))
                .isEqualTo(Outcome.ALLOW_WITH_DUTIES);
    }

    private static Claim page(String value, LocalDate seen, String url) {
        return new Claim("item", "html", "text", value, seen, url, null, null);
    }

    @Test
    void aReservationFurtherAwayOrOlderIsASignal() {
        Work work = work().withClaim(Claim.of("item", "khs", "code", "A"));
        for (String level : new String[] {"page", "site"}) {
            Work reserved = work.withClaim(Claim.of(level, "html", "text", "무단 전재 및 재배포, AI학습 이용 금지"));
            assertThat(decide(reserved, Purpose.TRAIN_COMMERCIAL).notes()).contains("opt-out");
            assertThat(train(reserved)).isEqualTo(Outcome.REVIEW);
            assertThat(train(reserved.withFlag("optOut", false))).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
            assertThat(decide(reserved, Purpose.QUOTE).decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        }
        Work replaced = work().withClaim(page("AI 학습 금지", MAY, "https://a.go.kr/"))
                .withClaim(page("공공누리 제1유형", JUNE, "https://a.go.kr/"));
        assertThat(train(replaced)).isEqualTo(Outcome.REVIEW);
    }

    @Test
    void signalsForPicturesAndInHeadersAreSignals() {
        for (Claim signal : new Claim[] {
            Claim.of("page", "html", "rel", "noimageai"),
            Claim.of("site", "header", "code", "X-Robots-Tag: noai"),
            Claim.of("site", "header", "code", "tdm-reservation: 1; tdm-policy: https://a.go.kr/policy.json")
        }) {
            assertThat(train(LicenseData.marked("LicenseRef-KOGL-1").withClaim(signal)))
                    .as(signal.value())
                    .isEqualTo(Outcome.REVIEW);
        }
    }

    @Test
    void anAiMarkOfTheSiteIsNoMark() {
        Work work = Work.of("w", "w").withPublisher("어느 신문", "private");
        Work noticed = work.withClaim(Claim.of("site", "html", "alt", "공공누리 AI유형"));
        for (Purpose purpose : Purpose.values()) {
            assertThat(decide(noticed, purpose).decision())
                    .isEqualTo(decide(work, purpose).decision());
        }
        assertThat(decide(noticed, Purpose.SELL).notes()).contains("addition-ignored");
    }

    @Test
    void anAiMarkOfACollectionLiftsNoBar() {
        Work work = work().withClaim(Claim.of("collection", "spdx", "license", "LicenseRef-KOGL-4"));
        Work marked = work.withClaim(Claim.of("collection", "html", "text", "공공누리 AI유형"));
        assertThat(train(marked)).isEqualTo(Outcome.DENY);
        Work free = work().withClaim(Claim.of("collection", "spdx", "license", "LicenseRef-KOGL-1-AI"));
        assertThat(train(free)).isEqualTo(Outcome.REVIEW);
        assertThat(decide(free, Purpose.SELL).decision()).isEqualTo(Outcome.DENY);
    }

    @Test
    void stateOfADataSetIsNotStatedForASite() {
        for (Claim claim : new Claim[] {
            Claim.of("site", "data.go.kr", "license", "이용허락범위 제한 없음"),
            Claim.of("site", "gongu", "license", "만료저작물"),
            Claim.of("site", "law.go.kr", "code", "law")
        }) {
            assertThat(train(work().withClaim(claim))).as(claim.value()).isEqualTo(Outcome.REVIEW);
        }
    }

    @Test
    void marksSeenOnlyLaterAreNotTheAbsenceOfMarks() {
        Work work = cleared(work()).withClaim(Claim.of("item", "khs", "code", "D"));
        assertThat(train(work)).isEqualTo(Outcome.DENY);
        LicenseDecision decision = decide(work.withCollected(DAY.plusDays(1)), Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision()).isEqualTo(Outcome.REVIEW);
        assertThat(decision.notes()).contains("later-only");
        assertThat(train(cleared(work()))).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
    }
}
