package dev.gaon.gov.corpus;

import static dev.gaon.gov.corpus.Corpora.empty;
import static dev.gaon.gov.corpus.Corpora.group;
import static dev.gaon.gov.corpus.Corpora.marked;
import static dev.gaon.gov.corpus.Corpora.mixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.text.BilingualText;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of a corpus says, and that no text of others becomes markup. */
class CorpusReportTest {

    private static Document page(CorpusSummary corpus) {
        return Jsoup.parse(CorpusReport.of(corpus).html());
    }

    private static List<String> column(Document page, String section, String cells) {
        return page.select("section[aria-labelledby=" + section + "-title] tbody " + cells)
                .eachText();
    }

    @Test
    void theHeadlineSaysWhatShareMayBeUsed() {
        Document page = page(mixed());
        assertThat(page.selectFirst(".headline.fine span[lang=ko]").text())
                .isEqualTo("영리 목적 학습에 쓸 수 있는 것은 전체 10,100행 가운데 6,500행(64.4%)입니다.");
        assertThat(column(page, "summary", "td:nth-child(3)"))
                .containsExactly("24.8%", "39.6%", "7.9%", "26.7%", "1.0%");
        assertThat(page(empty().group(group("a", 1, "LicenseRef-KOGL-0")).build())
                        .select(".headline.pass"))
                .hasSize(1);
    }

    @Test
    void theRiskiestSourceStandsFirstInPictureAndTable() {
        Document page = page(mixed());
        assertThat(column(page, "sources", "th")).startsWith("민원 게시판", "어느 신문");
        assertThat(column(page, "sources", "tr:first-child td")).containsExactly("1,200", "1,200 (100%)", "0", "0");
        Element picture = page.selectFirst("section[aria-labelledby=sources-title] svg[lang=ko]");
        assertThat(picture.attr("aria-label")).startsWith("출처별 행: 민원 게시판 1,200 (쓸 수 없음 1,200); 어느 신문 1,000");
        assertThat(picture.select("text").get(0).text()).isEqualTo("민원 게시판");
    }

    @Test
    void barsAreAsLongAsTheirRows() {
        Document page = page(empty().group(group("a", 300, "LicenseRef-KOGL-0"))
                .group(group("a", 100, "LicenseRef-KOGL-2"))
                .group(group("b", 100, "LicenseRef-KOGL-0"))
                .build());
        assertThat(page.select("section[aria-labelledby=sources-title] svg[lang=en] rect"))
                .extracting(each -> each.className() + " " + each.attr("x") + " " + each.attr("width"))
                .containsExactly("allow 0.0 269.0", "deny 270.0 89.0", "allow 0.0 89.0");
    }

    @Test
    void permissionsDutiesQuestionsAndCausesAreThere() {
        Document page = page(mixed());
        assertThat(column(page, "permissions", "td")).startsWith("1,200", "11.9%", "1,200");
        assertThat(page.select("section[aria-labelledby=permissions-title]").text())
                .contains("LicenseRef-KOGL-4", "personal-data");
        assertThat(page.select("section[aria-labelledby=duties-title] dt").text())
                .contains("attribution-manifest 4,000행");
        assertThat(column(page, "unreadable", "td")).containsExactly("60", "0.6%", "40", "0.4%");
    }

    @Test
    void theDigestsAreThose() {
        CorpusSummary corpus = mixed();
        String origin =
                page(corpus).select("section[aria-labelledby=origin-title]").text();
        assertThat(origin)
                .contains(corpus.termsDigest(), corpus.rowsDigest(), corpus.digest(), "sha256:" + "a".repeat(64));
    }

    @Test
    void theSameSummaryGivesTheSamePage() {
        CorpusSummary read = CorpusSummary.parse(mixed().toJson());
        assertThat(CorpusReport.of(read).html())
                .isEqualTo(CorpusReport.of(mixed()).html());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onload=\"alert(1)",
                "</style><img src=x>",
                "'><svg onload=alert(1)>"
            })
    void textOfOthersNeverBecomesMarkup(String hostile) {
        CorpusSummary corpus = empty().title(hostile)
                .version(hostile)
                .input(new CorpusSummary.Input(hostile, 1, null, 1))
                .group(CorpusGroup.of(
                        Corpora.decide(marked(hostile, "LicenseRef-KOGL-2")),
                        hostile,
                        hostile,
                        hostile,
                        9,
                        List.of(hostile)))
                .unreadable(new BilingualText(hostile, hostile), 1)
                .build();
        String html = CorpusReport.of(corpus).html();
        Document page = Jsoup.parse(html);
        assertThat(page.select("script, img, [onload], iframe, object, link")).isEmpty();
        assertThat(page.select("style")).hasSize(1);
        assertThat(page.select("h1").text()).contains(hostile);
        assertThat(html).contains("default-src &#39;none&#39;").doesNotContain("http://", "https://");
    }

    @Test
    void itStaysSmallForThousandsOfSources() {
        CorpusSummary.Builder builder = empty();
        CorpusGroup denied = group("s", 1, "LicenseRef-KOGL-2");
        for (int i = 0; i < 5_500; i++) {
            builder.group(new CorpusGroup(
                    "출처 " + i,
                    null,
                    denied.license(),
                    denied.licenseFallback(),
                    denied.decision(),
                    denied.duties(),
                    denied.reason(),
                    denied.missing(),
                    denied.obstacles(),
                    denied.notes(),
                    denied.unstated(),
                    1 + i,
                    List.of("w" + i),
                    ""));
        }
        String html = CorpusReport.of(builder.build()).html();
        assertThat(html.length()).isLessThan(400_000);
        assertThat(Jsoup.parse(html)
                        .select("section[aria-labelledby=sources-title]")
                        .text())
                .contains("이 밖에 4,971줄은 summary.json에 있습니다.", "그 밖의 출처");
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 0%", "10, 10, 100%", "1, 100000, <0.1%", "99999, 100000, >99.9%", "1, 3, 33.3%", "0, 0, 0%"})
    void noShareIsRoundedToNothingOrAll(long part, long whole, String shown) {
        assertThat(Amount.share(part, whole)).isEqualTo(shown);
    }
}
