package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser: both languages, both colour schemes, a phone's width and a desk's, and on paper. */
class LawReportBrowserTest {

    private static final String DARK = "--blink-settings=preferredColorScheme=0";
    private static final String LIGHT = "--blink-settings=preferredColorScheme=1";

    private static final String AUDIT = """
            ;(async () => {
              document.querySelectorAll('details').forEach(each => each.open = true);
              const korean = await axe.run();
              document.getElementById('language-en').checked = true;
              const english = await axe.run();
              const brief = v => ({rule: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map(node => node.html)});
              document.getElementById('found').textContent = JSON.stringify({
                dark: matchMedia('(prefers-color-scheme: dark)').matches,
                violations: korean.violations.concat(english.violations).map(brief),
                passes: korean.passes.map(pass => pass.id)});
            })();
            """;

    @TempDir
    Path folder;

    private Chromium chromium;
    private String html;
    private Path page;

    @BeforeEach
    void write() throws Exception {
        chromium = new Chromium(folder);
        JsonNode cases = Cases.read("/dev/gaon/gov/law/worked-cases.json");
        ServiceProfile silent = Cases.profile(
                        "하늘시 민원 챗봇",
                        cases.get("defaults"),
                        cases.get("cases").get(0).get("facts"))
                .without("hiReviewDone")
                .without("personalData");
        html = LawReport.of(Assessment.of(silent, RulePack.bundled(), LocalDate.of(2026, 11, 21)))
                .html();
        page = Files.writeString(folder.resolve("page.html"), html);
    }

    /** A copy in which a script runs at the end and leaves what it found as text. */
    private Path copyWith(String script) throws Exception {
        String open = html.replaceFirst("<meta http-equiv=[^>]*>", "");
        assertThat(open).isNotEqualTo(html);
        return Files.writeString(
                folder.resolve("copy.html"),
                open.replace("</html>", "<pre id=\"found\" hidden></pre><script>" + script + "</script></html>"));
    }

    private JsonNode found(Path copy, String... options) throws Exception {
        Matcher found = Pattern.compile("<pre id=\"found\" hidden=\"\">(.+?)</pre>", Pattern.DOTALL)
                .matcher(chromium.dom(copy, options));
        assertThat(found.find()).as("the script came to its end").isTrue();
        return Cases.JSON.readTree(
                found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    private static String axe() throws Exception {
        try (InputStream in = LawReportBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every kind of entry once; the contrast of a few thousand texts would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {LIGHT, DARK})
    void nobodyIsShutOut(String scheme) throws Exception {
        html = LawReport.of(LawReportTest.assessment("W")).html();
        JsonNode found = found(copyWith(axe() + AUDIT), scheme, "--window-size=1280,900");
        assertThat(found.get("dark").asBoolean()).isEqualTo(scheme.equals(DARK));
        assertThat(found.get("passes").toString())
                .contains("\"color-contrast\"", "\"link-name\"", "\"html-has-lang\"", "\"valid-lang\"");
        assertThat(found.get("violations"))
                .as(found.get("violations").toPrettyString())
                .isEmpty();
    }

    @Test
    void theChoiceOfLanguageShowsOneAndNeedsNoScript() throws Exception {
        JsonNode found = found(copyWith("""
                const seen = tag => [...document.querySelectorAll('main span[lang=' + tag + '], main svg[lang=' + tag + ']')]
                    .filter(each => getComputedStyle(each).display !== 'none').length;
                const before = {ko: seen('ko'), en: seen('en')};
                document.querySelector('label[for=language-en]').click();
                document.getElementById('found').textContent =
                    JSON.stringify({before, after: {ko: seen('ko'), en: seen('en')}, scripts: document.scripts.length});
                """));
        assertThat(found.at("/before/ko").asInt()).isGreaterThan(500);
        assertThat(found.at("/before/en").asInt()).isZero();
        assertThat(found.at("/after/ko").asInt()).isZero();
        assertThat(found.at("/after/en").asInt())
                .isEqualTo(found.at("/before/ko").asInt());
        assertThat(found.get("scripts").asInt()).as("the one of this test").isOne();
    }

    @Test
    void nothingStandsOutAtThePhonesWidth() throws Exception {
        Files.move(copyWith("""
                        document.querySelectorAll('details').forEach(each => each.open = true);
                        const wide = lang => {
                          document.getElementById('language-' + lang).checked = true;
                          return {width: innerWidth, scroll: document.documentElement.scrollWidth};
                        };
                        parent.postMessage([wide('ko'), wide('en')], '*');
                        """), folder.resolve("inner.html"));
        Path frame = Files.writeString(folder.resolve("frame.html"), """
                <pre id="found" hidden></pre><iframe width="390" height="844" style="border:0"></iframe>
                <script>
                  addEventListener('message', e => document.getElementById('found').textContent = JSON.stringify(e.data));
                  document.querySelector('iframe').src = 'inner.html';
                </script>
                """);
        JsonNode found = found(frame, "--hide-scrollbars");
        assertThat(found).hasSize(2).allSatisfy(each -> {
            assertThat(each.get("width").asInt()).isEqualTo(390);
            assertThat(each.get("scroll").asInt()).isEqualTo(390);
        });
    }

    @Test
    void thePolicyOfThePageLetsItsStyleThrough() throws Exception {
        BufferedImage light = picture("light.png", 1280, 900, LIGHT);
        BufferedImage dark = picture("dark.png", 390, 844, DARK);
        assertThat(light.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
        assertThat(dark.getRGB(2, 2) & 0xffffff).isEqualTo(0x16181b);
        assertThat(Arrays.stream(pixels(light))
                        .filter(each -> (each & 0xffffff) == 0xa3201a)
                        .count())
                .as("the headline is as red as the style says")
                .isGreaterThan(20_000);
    }

    private BufferedImage picture(String name, int width, int height, String scheme) throws Exception {
        BufferedImage image =
                ImageIO.read(chromium.picture(page, name, width, height, scheme).toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(width, height));
        return image;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void paperShowsWhatIsFoldedOnTheScreen() throws Exception {
        List<String> folded = new ArrayList<>();
        String text;
        try (PDDocument printed = Loader.loadPDF(chromium.print(page).toFile())) {
            text = new PDFTextStripper().getText(printed).replaceAll("\\s+", "");
        }
        Matcher entries = Pattern.compile("<details class=\"finding [a-z]+\" id=\"rule-([^\"]+)\">")
                .matcher(html);
        while (entries.find()) {
            folded.add(entries.group(1));
        }
        assertThat(folded)
                .hasSizeGreaterThan(20)
                .allSatisfy(id -> assertThat(text).contains(id));
        assertThat(text).contains("유예는통과가아닙니다", "법률자문이아닙니다").doesNotContain("Skiptocontent");
    }
}
