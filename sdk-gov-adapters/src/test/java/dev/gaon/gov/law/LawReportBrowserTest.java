package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.page.Chromium;
import dev.gaon.gov.page.PageInBrowser;
import java.awt.image.BufferedImage;
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

    /** Every kind of entry once; the contrast of a few thousand texts would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {PageInBrowser.LIGHT, PageInBrowser.DARK})
    void nobodyIsShutOut(String scheme) throws Exception {
        new PageInBrowser(folder, LawReport.of(LawReportTest.assessment("W")).html()).isAccessible(scheme);
    }

    @Test
    void theChoiceOfLanguageShowsOneAndNeedsNoScript() throws Exception {
        JsonNode found = new PageInBrowser(folder, html).run("""
                const seen = tag => [...document.querySelectorAll('main span[lang=' + tag + '], main svg[lang=' + tag + ']')]
                    .filter(each => getComputedStyle(each).display !== 'none').length;
                const before = {ko: seen('ko'), en: seen('en')};
                document.querySelector('label[for=language-en]').click();
                document.getElementById('found').textContent =
                    JSON.stringify({before, after: {ko: seen('ko'), en: seen('en')}, scripts: document.scripts.length});
                """);
        assertThat(found.at("/before/ko").asInt()).isGreaterThan(500);
        assertThat(found.at("/before/en").asInt()).isZero();
        assertThat(found.at("/after/ko").asInt()).isZero();
        assertThat(found.at("/after/en").asInt())
                .isEqualTo(found.at("/before/ko").asInt());
        assertThat(found.get("scripts").asInt()).as("the one of this test").isOne();
    }

    @Test
    void nothingStandsOutAtThePhonesWidth() throws Exception {
        new PageInBrowser(folder, html).fitsAPhone();
    }

    @Test
    void thePolicyOfThePageLetsItsStyleThrough() throws Exception {
        BufferedImage light = picture("light.png", 1280, 900, PageInBrowser.LIGHT);
        BufferedImage dark = picture("dark.png", 390, 844, PageInBrowser.DARK);
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
