package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.page.Chromium;
import dev.gaon.gov.page.PageInBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser: both languages, both colour schemes, a phone's width, and on paper. */
class CorpusReportBrowserTest {

    @TempDir
    Path folder;

    private String html;

    @BeforeEach
    void write() {
        html = CorpusReport.of(Corpora.mixed()).html();
    }

    @ParameterizedTest
    @ValueSource(strings = {PageInBrowser.LIGHT, PageInBrowser.DARK})
    void nobodyIsShutOut(String scheme) throws Exception {
        new PageInBrowser(folder, html).isAccessible(scheme);
    }

    @Test
    void nothingStandsOutAtThePhonesWidth() throws Exception {
        new PageInBrowser(folder, html).fitsAPhone();
    }

    @Test
    void paperShowsWhatIsFoldedOnTheScreen() throws Exception {
        Path page = Files.writeString(folder.resolve("page.html"), html);
        String text;
        try (PDDocument printed =
                Loader.loadPDF(new Chromium(folder).print(page).toFile())) {
            text = new PDFTextStripper().getText(printed).replaceAll("\\s+", "");
        }
        assertThat(text).contains("khs-9", "minwon-7", "법률자문이아닙니다").doesNotContain("Skiptocontent");
    }
}
