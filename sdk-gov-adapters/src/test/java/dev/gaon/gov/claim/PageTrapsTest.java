package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How real sites write their marks, from the bytes of a page to the decision. */
class PageTrapsTest {

    private static final String DUTIES_1 = "ALLOW_WITH_DUTIES LicenseRef-KOGL-1";
    private static final String REVIEW_3 = "REVIEW LicenseRef-KOGL-3";
    private static final String DENY_4 = "DENY LicenseRef-KOGL-4";

    private static String embed(int type, String words) {
        return "<div style='overflow:hidden;'><img src='http://www.kogl.or.kr/open/web/images/images_2014/codetype/new_img_opentype0"
                + type + ".png' style='float:left;' alt='\"" + words
                + "\"'/><span>산림청</span>이(가) 창작한 <span>[ 도시숲 ]</span>"
                + " 저작물은 공공누리&nbsp;<a href='http://www.kogl.or.kr/info/licenseType" + type
                + ".do' target='_blank'>\"" + words + "\"</a>&nbsp;조건에 따라 이용할 수 있습니다.</div>";
    }

    @Test
    void theOfficialEmbedAgreesWithItselfInLinkPictureAltAndText() {
        PageReading page = Pages.read(Pages.html(embed(1, "출처표시"), ""));
        assertThat(Pages.seen(page))
                .contains("page html href http://www.kogl.or.kr/info/licenseType1.do")
                .anyMatch(each -> each.startsWith("page html img http://www.kogl.or.kr/open/web"))
                .contains("page html alt \"출처표시\"")
                .anyMatch(each -> each.startsWith("page html text 산림청이(가) 창작한"));
        LicenseDecision decision = Pages.decide(page, Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.toString()).contains("ALLOW_WITH_DUTIES LicenseRef-KOGL-1");
        assertThat(decision.notes()).doesNotContain("conflict", "unconfirmed", "code-unknown");
        assertThat(Pages.outcome(Pages.html(embed(4, "출처표시+상업적 이용금지+변경금지"), "")))
                .isEqualTo(DENY_4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"http://www.kogl.or.kr/info/licenseType4.do\"><img src=\"/m.png\"></a>",
                "<a href=\"https://kogl.or.kr/info/licenseType4.do\">이용조건</a>",
                "<a href=\"#none\" onclick=\"window.open('http://www.kogl.or.kr/info/licenseType4.do')\">이용조건</a>",
                "<a href=\"http://www.kogl.or.kr/info/license%54ype4.do\">이용조건</a>",
                "<a href=\"http://www.k&#111;gl.or.kr/info/licenseType4.do\">이용조건</a>",
                "<a rel=\"license\" href=\"https://www.kogl.or.kr/info/licenseType4.do\">조건</a>",
                "<img src=\"/open/web/images/images_2014/codetype/new_img_opentype04.png\">",
                "<img src=\"/images/images_2014/codetype/new_img_opencode4.jpg\" alt=\"\">",
                "<img src=\"/images/front/sub/img_opencode4_m.jpg\">",
                "<img src=\"/images/front/sub/img_opencode4_m_en.jpg\">",
                "<img src=\"/blank.gif\" data-src=\"/img/new_img_opentype04.png\">",
                "<i style=\"background: url(/img/new_img_opentype04.png)\"></i>",
                "<img src=\"/m.png\" alt='\"출처표시+상업적이용금지+변경금지\"'>",
                "<img src=\"/m.png\" alt=\"공공누리 제4유형 마크\">",
                "<p>본 저작물은 공공누리 \"출처표시+상업적 이용금지+변경금지\" 조건에 따라 이용할 수 있습니다.</p>",
                "<p>본 저작물은 공공누리 “출처표시+상업적이용금지+변경금지” 조건에 따라 이용할 수있습니다.</p>",
                "<p>본 저작물은 공고누리 ‘출처표시+상업적 이용금지+변경금지’ 조건에 따라 이용할 수 있습니다.</p>",
                "<p>본&nbsp;저작물은&nbsp;공공누리&nbsp;제&nbsp;4&nbsp;유형&nbsp;입니다.</p>",
                "<p>공 공 누 리 제 4 유 형</p>",
                "<p>공공누리 제4유형 : 출처표시 + 상업적 이용금지 + 변경금지</p>",
                "<p>&#44277;&#44277;&#45572;&#47532; &#51228;4&#50976;&#54805;</p>",
                "<p>&#xACF5;&#xACF5;&#xB204;&#xB9AC; &#xC81C;4&#xC720;&#xD615;</p>",
                "<p>공공누리 <b>제4</b><span>유형</span></p>",
                "<p>공공누리<br>제4유형</p>",
                "<table><tr><th>공공누리</th><td>제4유형</td></tr></table>",
                "<dl><dt>공공누리</dt><dd>제4유형</dd></dl>",
                "<span class=\"blind\">공공누리 제4유형</span>"
            })
    void typeFourIsSeenHoweverItIsWritten(String mark) {
        assertThat(Pages.outcome(Pages.html(mark, ""))).isEqualTo(DENY_4);
    }

    @Test
    void aMarkInLettersThatAreComposedOnTheScreenIsSeen() {
        String apart = java.text.Normalizer.normalize("공공누리 제4유형", java.text.Normalizer.Form.NFD);
        assertThat(Pages.outcome(Pages.html("<p>" + apart + "</p>", ""))).isEqualTo(DENY_4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "license.do",
                "license.do#01-tab",
                "license.do#03-tab",
                "license.do#05-tab",
                "license.do#702",
                "freeUse.do"
            })
    void alinkThatNamesNoTypeSettlesNothing(String page) {
        String mark = "<a href=\"https://www.kogl.or.kr/info/" + page + "\">공공누리</a>";
        assertThat(Pages.outcome(Pages.html(mark, ""))).isEqualTo("REVIEW LicenseRef-Unmarked-State");
    }

    @Test
    void theLegacyPictureZeroIsNoFreeUse() {
        String mark = "<img src=\"/img/new_img_opencode0.jpg\" alt=\"자유이용 불가\">";
        assertThat(Pages.outcome(Pages.html(mark, ""))).isEqualTo("DENY LicenseRef-KOGL-NotApplied");
        PageReading before = PageClaims.standard()
                .read(
                        Pages.html("<img src=\"/img/img_opencode0_1.jpg\">", "").getBytes(StandardCharsets.UTF_8),
                        null,
                        null,
                        LocalDate.of(2024, 3, 1));
        assertThat(Pages.decide(before, Purpose.TRAIN_COMMERCIAL).toString())
                .contains("DENY LicenseRef-KOGL-NotApplied");
    }

    @Test
    void typeZeroNeedsItsWords() {
        assertThat(Pages.outcome(Pages.html("<p>공공누리 제0유형</p>", ""))).isEqualTo("ALLOW LicenseRef-KOGL-0");
        assertThat(Pages.outcome(Pages.html("<img src=\"/img/new_img_opentype00.png\">", "")))
                .isEqualTo("REVIEW LicenseRef-KOGL-0");
        assertThat(Pages.outcome(Pages.html("<img src=\"/img/open.png\">", "")))
                .startsWith("REVIEW LicenseRef-Unmarked");
    }

    @Test
    void picturesNamedByASiteNeedMoreOnTheirOwn() {
        for (String name : List.of("lic_4.jpg", "mark_type4.png", "mark_open4.png", "type4.png")) {
            LicenseDecision decision = Pages.decide(
                    Pages.read(Pages.html("<img src=\"/images/" + name + "\">", "")), Purpose.TRAIN_COMMERCIAL);
            assertThat(decision.toString()).contains("DENY LicenseRef-KOGL-4");
            assertThat(decision.notes()).contains("unconfirmed");
        }
        assertThat(Pages.outcome(Pages.html("<img src=\"/images/mark_open1.png\">", "")))
                .isEqualTo("REVIEW LicenseRef-KOGL-1");
    }

    @Test
    void linkAndTextThatDisagreeAreAConflict() {
        String mark = "<a href=\"http://www.kogl.or.kr/info/licenseType1.do\">공공누리</a> 공공누리 제3유형";
        LicenseDecision decision = Pages.decide(Pages.read(Pages.html(mark, "")), Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision()).isEqualTo(Outcome.REVIEW);
        assertThat(decision.notes()).contains("conflict");
    }

    @Test
    void anOldHeadingAndATemplateThatContradictThemselvesAreConflicts() {
        for (String mark : List.of(
                "<h4>3) 제3유형 : 출처표시 + 상업적 이용금지</h4>",
                "<p>공공누리 제1유형: 출처표시, 상업적 이용금지, 변경금지</p>",
                embed(1, "출처표시+상업적 이용금지+변경금지"))) {
            assertThat(Pages.decide(Pages.read(Pages.html(mark, "")), Purpose.TRAIN_COMMERCIAL)
                            .notes())
                    .contains("conflict");
        }
    }

    @Test
    void aMarkInTheFooterIsTheSites() {
        for (String footer : List.of(
                "<footer>" + embed(1, "출처표시") + "</footer>",
                "<div id=\"footer\">" + embed(1, "출처표시") + "</div>",
                "<div class=\"inner footer_wrap\">" + embed(1, "출처표시") + "</div>",
                "<div role=\"contentinfo\">" + embed(1, "출처표시") + "</div>",
                "<nav>" + embed(1, "출처표시") + "</nav>")) {
            PageReading page = Pages.read(Pages.html("", "") + footer);
            assertThat(page.claims()).isNotEmpty().allMatch(each -> each.level().equals("site"));
            LicenseDecision decision = Pages.decide(page, Purpose.TRAIN_COMMERCIAL);
            assertThat(decision.decision()).isEqualTo(Outcome.REVIEW);
            assertThat(decision.notes()).contains("level-not-counted");
        }
        assertThat(Pages.outcome(Pages.html("", "<a href=\"/policy\">공공누리</a>")))
                .isEqualTo("REVIEW LicenseRef-Unmarked-State");
    }

    @Test
    void theFooterOfAnArticleIsThePages() {
        PageReading page =
                Pages.read(Pages.html("<article><footer>" + embed(3, "출처표시+변경금지") + "</footer></article>", ""));
        assertThat(page.claims()).isNotEmpty().allMatch(each -> each.level().equals("page"));
        assertThat(Pages.decide(page, Purpose.TRAIN_COMMERCIAL).toString()).contains(REVIEW_3);
    }

    @Test
    void thePagesMarkComesBeforeTheSites() {
        assertThat(Pages.outcome(Pages.html(embed(4, "출처표시+상업적 이용금지+변경금지"), embed(1, "출처표시"))))
                .isEqualTo(DENY_4);
        assertThat(Pages.outcome(Pages.html(embed(1, "출처표시"), "All rights reserved.")))
                .isEqualTo(DUTIES_1);
    }

    @Test
    void aPictureOrAHiddenPartDoesNotSpeakForThePage() {
        for (String part : List.of(
                "<figure><img src=\"/a.jpg\"><figcaption>사진: <a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a></figcaption></figure>",
                "<div style=\"display: none\">공공누리 제1유형</div>",
                "<div hidden>공공누리 제1유형</div>",
                "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"image\":{\"@type\":\"ImageObject\",\"license\":\"https://creativecommons.org/licenses/by/4.0/\"}}</script>")) {
            LicenseDecision decision = Pages.decide(Pages.read(Pages.html(part, "")), Purpose.TRAIN_COMMERCIAL);
            assertThat(decision.decision()).as(part).isEqualTo(Outcome.REVIEW);
            assertThat(decision.notes()).contains("code-unknown");
        }
    }

    @Test
    void aChoiceOfTypesInAFormIsNoStatement() {
        PageReading page = Pages.read(Pages.html(
                "<select><option>공공누리 제1유형</option></select><textarea>공공누리 제1유형</textarea><!-- 공공누리 제1유형 -->", ""));
        assertThat(page.claims()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a rel='license' href='https://creativecommons.org/licenses/by/4.0/'>CC</a>|ALLOW_WITH_DUTIES CC-BY-4.0",
                "<a rel='license nofollow' href='//creativecommons.org/licenses/by-nc/2.0/kr/'>CC</a>|DENY LicenseRef-CC-BY-NC-2.0-KR",
                "<span property='dct:license' resource='https://creativecommons.org/licenses/by-nc-nd/4.0/'></span>|DENY CC-BY-NC-ND-4.0",
                "<link itemprop='license' href='https://creativecommons.org/publicdomain/zero/1.0/'>|ALLOW CC0-1.0",
                "<meta name='dcterms.license' content='https://creativecommons.org/licenses/by-nc/4.0/'>|DENY CC-BY-NC-4.0",
                "<meta name='DC.Rights' content='공공누리 제4유형'>|DENY LicenseRef-KOGL-4",
                "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Article\",\"license\":{\"@id\":\"https://creativecommons.org/licenses/by-nc/4.0/\"}}]}</script>|DENY CC-BY-NC-4.0",
                "<p>이 글은 CC BY-NC 4.0에 따릅니다.</p>|DENY CC-BY-NC-4.0",
                "<p>무단 전재 및 재배포 금지</p>|DENY LicenseRef-All-Rights-Reserved",
                "<p>무단 전재 및 재배포, AI학습 이용 금지</p>|DENY LicenseRef-AI-Training-Reserved",
                "<p>AI 학습에 이용할 수 있습니다.</p>|REVIEW LicenseRef-Unmarked-State"
            })
    void otherStatementsAreRead(String mark, String outcome) {
        assertThat(Pages.outcome(Pages.html(mark, ""))).isEqualTo(outcome);
    }

    @Test
    void aReservationInTheFooterRaisesTheOptOutBesideAMark() {
        LicenseDecision decision = Pages.decide(
                Pages.read(Pages.html(embed(1, "출처표시"), "본 사이트의 콘텐츠를 AI 학습에 이용하는 것을 금지합니다.")),
                Purpose.TRAIN_COMMERCIAL);
        assertThat(decision.decision()).isEqualTo(Outcome.REVIEW);
        assertThat(decision.notes()).contains("opt-out");
    }

    @Test
    void evidenceKeepsWhereWhenWhatAndByWhom() {
        String html = Pages.html("<p>공공누리 제1유형</p>", "");
        assertThat(Pages.read(html).claims().get(0)).satisfies(claim -> {
            assertThat(claim.url()).isEqualTo("https://example.go.kr/a");
            assertThat(claim.seen()).isEqualTo(Pages.DAY);
            assertThat(claim.extractor()).startsWith("gaon-pages 1 sha256:");
            assertThat(claim.sha256())
                    .isEqualTo("sha256:" + dev.gaon.gov.pack.PackFiles.sha256(html.getBytes(StandardCharsets.UTF_8)));
        });
    }
}
