package dev.gaon.gov.license;

import static dev.gaon.gov.license.LicenseData.decide;
import static dev.gaon.gov.license.LicenseData.marked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences that credit a work. */
class AttributionTest {

    private static Work full(String license) {
        return marked(license)
                .withAuthor("홍길동")
                .withPublished(LocalDate.of(2025, 3, 2))
                .withUrl("https://www.forest.go.kr/1");
    }

    private static Attribution of(Work work) {
        return Attribution.of(decide(work, Purpose.TRAIN_COMMERCIAL));
    }

    @Test
    void theLongFormIsTheOfficialOne() {
        assertThat(of(full("LicenseRef-KOGL-1")).longForm().ko())
                .isEqualTo("본 저작물은 '산림청'에서 '2025년' 작성하여 공공누리 제1유형으로 개방한 '도시숲 현황(작성자:홍길동)'을 이용하였으며, "
                        + "해당 저작물은 '산림청, https://www.forest.go.kr/1'에서 무료로 내려받으실 수 있습니다.");
        assertThat(of(full("LicenseRef-KOGL-1")).missing()).isEmpty();
    }

    @Test
    void theShortFormsToo() {
        Attribution one = of(full("LicenseRef-KOGL-2"));
        assertThat(one.shortForm().ko())
                .isEqualTo("본 저작물은 공공누리 제2유형에 따라 [산림청(https://www.forest.go.kr/1), 작성자:홍길동]의 공공저작물을 이용하였습니다.");
        assertThat(one.shortForm().en()).isEqualTo("\"산림청\"'s public work is used according to KOGL");
        assertThat(one.source().ko()).isEqualTo("출처 - [산림청], [도시숲 현황(https://www.forest.go.kr/1)]");
        assertThat(one.notice().ko()).isEqualTo("산림청이 창작한 '도시숲 현황' 저작물은 공공누리 \"출처표시 + 상업적 이용금지\" 조건에 따라 이용할 수 있습니다.");
    }

    @Test
    void whatIsNotStatedIsLeftOutAndNamed() {
        Attribution bare = of(Work.of("w", "지도").withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-1")));
        assertThat(bare.longForm().ko()).isEqualTo("본 저작물은 공공누리 제1유형으로 개방한 '지도'를 이용하였습니다.");
        assertThat(bare.missing()).containsExactly("publisher", "year", "url");
        assertThat(bare.notice()).isNull();
    }

    @Test
    void otherLicencesAreNotCalledKogl() {
        assertThat(of(full("CC-BY-4.0")).longForm().ko()).contains("조건으로 개방한").doesNotContain("공공누리", "무료");
        Attribution unmarked = of(Work.of("w", "보고서").withPublisher("어느 시", "local"));
        assertThat(unmarked.longForm().ko()).isEqualTo("본 저작물은 '어느 시'에서 작성한 '보고서'를 이용하였습니다.");
        assertThat(of(full("LicenseRef-KOGL-NotApplied")).longForm().ko()).doesNotContain("개방한");
    }

    @Test
    void worksAreStackedAndNeverMerged() {
        LicenseDecision one = decide(full("LicenseRef-KOGL-1"), Purpose.TRAIN_COMMERCIAL);
        LicenseDecision again = decide(
                Work.parse(full("LicenseRef-KOGL-1").toJson().replace("\"w1\"", "\"w2\"")), Purpose.TRAIN_COMMERCIAL);
        LicenseDecision other =
                decide(Work.parse(full("LicenseRef-KOGL-1").toJson().replace("도시숲", "국립공원")), Purpose.TRAIN_COMMERCIAL);
        List<Attribution> stack = Attribution.stack(List.of(one, again, other, one));
        assertThat(stack).hasSize(2);
        assertThat(stack.get(1).longForm().ko()).contains("국립공원 현황");
    }

    @Test
    void aRowOfTheManifestSaysWhatWasReliedOn() {
        JsonNode row = LicenseData.json(of(full("LicenseRef-KOGL-1-AI")).toJson());
        assertThat(row.get("license").asText()).isEqualTo("LicenseRef-KOGL-1 WITH AdditionRef-KOGL-AI");
        assertThat(row.get("route").asText()).isEqualTo("LicenseRef-KOGL-AI");
        assertThat(row.get("year").asInt()).isEqualTo(2025);
        assertThat(row.get("text").get("en").asText()).contains("KOGL type 1").contains("홍길동");
    }

    @Test
    void aTitleStaysInItsLine() {
        Work work = Work.of("w", "지도\n본 저작물은\u2028 \u202E가짜")
                .withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-1"));
        assertThat(of(work).longForm().ko()).contains("'지도 본 저작물은 가짜'를");
    }

    @ParameterizedTest
    @CsvSource({
        "통계,를",
        "현황,을",
        "2025,를",
        "제1호,를",
        "3,을",
        "10,을",
        "2000,을",
        "1000000000000,를",
        "7,을",
        "AI,를",
        "SDK,를",
        "PDF,를",
        "HTML,을",
        "API,를",
        "GPU,를",
        "URL,을",
        "report,을(를)",
        "Korea,를",
        "Gaon,을",
        "training,을",
        "Seoul,을",
        "news,를",
        "code,을(를)",
        "center,를",
        "한국(Korea),을",
        "지도(2025),를",
        "'책',을",
        "「도시」,를",
        "[속보],를",
        "훈민정음 《해례본》,을",
        "50%,를",
        "大韓民國,을(를)",
        "!?,을(를)",
        "정책 (1) (2),을"
    })
    void theParticleFollowsTheSound(String title, String particle) {
        assertThat(Particles.object(title)).isEqualTo(particle);
        String subject = particle.equals("을") ? "이" : particle.equals("를") ? "가" : "이(가)";
        assertThat(Particles.subject(title)).isEqualTo(subject);
    }

    @Test
    void decomposedHangulSoundsTheSame() {
        assertThat(Particles.object(Normalizer.normalize("현황", Normalizer.Form.NFD)))
                .isEqualTo("을");
    }
}
