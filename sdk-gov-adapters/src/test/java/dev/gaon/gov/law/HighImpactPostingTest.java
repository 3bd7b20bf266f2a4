package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of Decree 27(1): whole, safe to open, and never without an overseer. */
class HighImpactPostingTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final BilingualText NAME = new BilingualText("이감독", "Lee Gamdok");

    private static BilingualText text(String ko, String en) {
        return new BilingualText(ko, en);
    }

    private static HighImpactPosting.Builder page() {
        return HighImpactPosting.of(
                        text("서류 심사 도우미", "Screening aid"), text("한빛구청", "Hanbit District"), LocalDate.of(2026, 11, 22))
                .risk(text("위험관리위원회가 분기마다 봅니다.\n\n담당: 감사실", "A committee looks every quarter.\n\nBy: audit"))
                .explanation(text("점수의 기준을 설명합니다.\n창구: 민원실", "The criteria are explained.\nDesk: civil affairs"))
                .protection(text("이의는 14일 안에 다시 봅니다.", "Objections are reviewed within 14 days."))
                .overseer(NAME, "02-123-4567, ai-oversight@hanbit.go.kr");
    }

    @Test
    void aPageInKorean() {
        HighImpactPosting posting = page().leavesOut("risk").build(PACK);
        String html = posting.html(Locale.KOREAN);
        assertThat(posting.warnings()).isEmpty();
        assertThat(html)
                .startsWith("<!doctype html>\n<html lang=\"ko\">")
                .contains(
                        "<title>서류 심사 도우미: 고영향 인공지능 조치 게시</title>",
                        "<main>",
                        "<section aria-labelledby=\"risk\">\n<h2 id=\"risk\">",
                        "<p>위험관리위원회가 분기마다 봅니다.</p>\n<p>담당: 감사실</p>",
                        "점수의 기준을 설명합니다.<br>\n창구: 민원실",
                        "이의는 14일 안에 다시 봅니다.",
                        "<dd>이감독</dd>",
                        "<dd>02-123-4567, ai-oversight@hanbit.go.kr</dd>",
                        "<time datetime=\"2026-11-22\">",
                        "고영향 인공지능을 기반으로",
                        "시행령 제27조제1항");
        assertThat(html.split("영업비밀에 해당하는 내용은", -1)).hasSize(2);
        assertThat(html.split("<h1>", -1)).hasSize(2);
        assertThat(html.split("<h2 ", -1)).hasSize(5);
        assertThat(html).doesNotContain("http:", "https:", "<script", "<img", "<link", "src=", "href=");
    }

    @Test
    void aPageInEnglish() {
        assertThat(page().build(PACK).html(Locale.ENGLISH))
                .contains("<html lang=\"en\">", "high-impact AI", "Lee Gamdok", "Objections are reviewed")
                .doesNotContain("이감독", "trade secret");
    }

    @Test
    void textsAreShownAndNeverRun() {
        String html = page().protection(text("<script>alert('1')</script> & \"끝\"\u0007", "x"))
                .build(PACK)
                .html(Locale.KOREAN);
        assertThat(html)
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;끝&quot;")
                .doesNotContain("<script", "\u0007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "\n", "( )"})
    void anEmptyContactIsRefused(String contact) {
        assertThatThrownBy(() -> page().overseer(NAME, contact).build(PACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("성명과 연락처")
                .hasMessageContaining("제27조제1항제4호");
    }

    @Test
    void eachMissingPartIsRefusedByName() {
        BilingualText none = text(" ", "only English");
        assertThatThrownBy(() -> page().risk(none).build(PACK)).hasMessageContaining("위험관리방안");
        assertThatThrownBy(() -> page().explanation(none).build(PACK)).hasMessageContaining("설명 방안");
        assertThatThrownBy(() -> page().protection(none).build(PACK)).hasMessageContaining("이용자 보호 방안");
        assertThatThrownBy(() -> page().overseer(none, "02-123-4567").build(PACK))
                .hasMessageContaining("성명과 연락처");
        HighImpactPosting.Builder empty = HighImpactPosting.of(NAME, NAME, LocalDate.of(2026, 11, 22));
        assertThatThrownBy(() -> empty.build(PACK)).hasMessageContaining("위험관리방안");
        assertThatThrownBy(() -> HighImpactPosting.of(text("", "x"), NAME, LocalDate.of(2026, 11, 22)))
                .hasMessageContaining("no name");
    }

    @Test
    void koreanAloneMakesTheKoreanPageOnly() {
        HighImpactPosting posting = page().protection(text("이의를 받습니다.", "")).build(PACK);
        assertThat(posting.html(Locale.KOREAN)).contains("이의를 받습니다.");
        assertThatThrownBy(() -> posting.html(Locale.ENGLISH)).hasMessageContaining("empty in this language");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010-1234-5678",
                "01012345678",
                "+82 10 1234 5678",
                "+82-10-1234-5678",
                "０１０-１２３４-５６７８",
                "016 123 4567",
                "hong@gmail.com",
                "Hong <HONG@Naver.com>"
            })
    void aPrivateLookingContactIsWarnedOf(String contact) {
        HighImpactPosting posting = page().overseer(NAME, contact).build(PACK);
        assertThat(posting.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.ko()).contains("개인", "공적 연락처"));
        assertThat(posting.html(Locale.KOREAN)).doesNotContain("개인 휴대전화", "개인 전자우편");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02-2110-1234",
                "1588-0100",
                "044-202-6010 (내선 0101)",
                "ai@korea.kr",
                "oversight@gmail.com.example.go.kr",
                "070-1010-2020",
                "문서번호 2010-1234-5678"
            })
    void anOfficialContactIsNot(String contact) {
        assertThat(page().overseer(NAME, contact).build(PACK).warnings()).isEmpty();
    }

    @Test
    void nobodyLeavesTheOverseerOut() {
        assertThatThrownBy(() -> page().leavesOut("overseer").build(PACK)).hasMessageContaining("cannot be left out");
        assertThatThrownBy(() -> page().leavesOut("price").build(PACK)).hasMessageContaining("No part");
    }

    @Test
    void aPageDoesNotChangeWithItsBuilder() {
        HighImpactPosting.Builder builder = page();
        HighImpactPosting posting = builder.build(PACK);
        builder.overseer(NAME, "044-000-0000").leavesOut("risk");
        assertThat(posting.html(Locale.KOREAN)).contains("02-123-4567").doesNotContain("044-000-0000", "영업비밀에");
    }
}
