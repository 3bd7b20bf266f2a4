package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages made to break a reader end within its bounds, and a page that was cut is never allowed without a person. */
class PageHostileTest {

    private static final String FREE = "<p>공공누리 제1유형</p>";
    private static final String STRICT = "<p>공공누리 제4유형</p>";
    private static final Duration SOON = Duration.ofSeconds(30);

    private static String attributes(int count) {
        StringBuilder out = new StringBuilder("<div");
        for (int i = 0; i < count; i++) {
            out.append(" a").append(i).append("=1");
        }
        return out.append(">").toString();
    }

    private static String fonts(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append("<p><font size=").append(i).append(">");
        }
        return out.toString();
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("deep", FREE + "<div>".repeat(100_000) + STRICT, "depth"),
                Arguments.of("deep lists", FREE + "<ul><li>".repeat(55_000) + STRICT, "depth"),
                Arguments.of("deep tables", FREE + "<table><tr><td>".repeat(35_000) + STRICT, "depth"),
                Arguments.of("deep bold", FREE + "<b>".repeat(110_000) + STRICT, "depth"),
                Arguments.of("fonts", FREE + fonts(90_000) + STRICT, "tags"),
                Arguments.of("links in links", FREE + "<a href=x>".repeat(110_000) + STRICT, "none"),
                Arguments.of("misnested", FREE + "<b><i></b></i><p>".repeat(20_000) + STRICT, "any"),
                Arguments.of("millions of tags", FREE + "<br>".repeat(1_900_000) + STRICT, "tags"),
                Arguments.of("attributes", FREE + attributes(400_000) + "</div>" + STRICT, "any"),
                Arguments.of(
                        "a large attribute", FREE + "<img alt=\"" + "x".repeat(24_000_000) + "\">" + STRICT, "bytes"),
                Arguments.of("a large mark", "<img alt=\"" + "공공누리 제1유형 ".repeat(300_000) + "\">" + STRICT, "none"),
                Arguments.of("a comment that never ends", FREE + "<!-- " + "-".repeat(4_000_000) + STRICT, "none"),
                Arguments.of(
                        "a script that never ends", FREE + "<script>" + "<!--<script>".repeat(50_000) + STRICT, "none"),
                Arguments.of("a tag that never ends", FREE + "<a " + "=\"".repeat(1_000_000), "any"),
                Arguments.of("entities", FREE + "&amp;&#44277;&nbsp".repeat(400_000) + STRICT, "none"),
                Arguments.of("text of one word", FREE + "<p>" + "공공누리".repeat(600_000) + "</p>" + STRICT, "none"),
                Arguments.of("marks", marks(5_000) + STRICT, "claims"),
                Arguments.of(
                        "deep JSON-LD",
                        FREE + "<script type=\"application/ld+json\">" + "{\"a\":[".repeat(200_000) + "</script>"
                                + STRICT,
                        "none"),
                Arguments.of("NULs", FREE + "\0".repeat(3_000_000) + STRICT, "none"));
    }

    private static String marks(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append("<p>공공누리 제1유형 ").append(i).append("</p>");
        }
        return out.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void itEndsAndSaysWhatItCut(String name, String html, String bound) {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        PageReading page = assertTimeoutPreemptively(SOON, () -> Pages.read(bytes, "text/html; charset=utf-8"));
        LicenseDecision decision = Pages.decide(page, Purpose.TRAIN_COMMERCIAL);
        if (bound.equals("none")) {
            assertThat(page.cuts()).isEmpty();
        } else if (!bound.equals("any")) {
            assertThat(page.cuts()).contains(bound);
        }
        if (page.cuts().isEmpty()) {
            assertThat(page.claims()).noneMatch(each -> each.field().equals("code"));
        } else {
            assertThat(decision.decision()).isIn(Outcome.REVIEW, Outcome.DENY);
            assertThat(decision.notes()).contains("code-unknown");
        }
        assertThat(page.claims()).hasSizeLessThanOrEqualTo(201);
    }

    @Test
    void thePartThatWasReadIsStillJudged() {
        byte[] bytes = (STRICT + " ".repeat(2_000) + FREE).getBytes(StandardCharsets.UTF_8);
        PageReading page = PageClaims.standard().withMostBytes(1_000).read(bytes, null, null, Pages.DAY);
        assertThat(page.cuts()).containsExactly("bytes");
        assertThat(Pages.decide(page, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.DENY);
        byte[] other = (FREE + " ".repeat(2_000) + STRICT).getBytes(StandardCharsets.UTF_8);
        PageReading cut = PageClaims.standard().withMostBytes(1_000).read(other, null, null, Pages.DAY);
        assertThat(Pages.decide(cut, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.REVIEW);
        byte[] blank = new byte[2_000];
        Arrays.fill(blank, (byte) ' ');
        assertThat(PageClaims.standard()
                        .withMostBytes(1_000)
                        .read(blank, null, null, Pages.DAY)
                        .claims())
                .as("a cut page without any mark says so too")
                .singleElement()
                .satisfies(each -> assertThat(each.value()).isEqualTo("cut: bytes"));
    }

    @Test
    void anAddressTooLongToKeepIsLeftOut() {
        PageReading page = PageClaims.standard()
                .read(FREE.getBytes(StandardCharsets.UTF_8), null, "https://a/" + "x".repeat(5_000), Pages.DAY);
        assertThat(page.claims()).isNotEmpty().allMatch(each -> each.url() == null);
    }

    @Test
    void boundsThatBoundNothingAreRefused() {
        assertThatThrownBy(() -> PageClaims.standard().withMostClaims(901))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*[가-힣].* / .*[a-z].*");
        assertThatThrownBy(() -> PageClaims.standard().withMostBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
