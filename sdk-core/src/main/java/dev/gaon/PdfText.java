package dev.gaon;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Reads the text of a PDF file, a section a page, through Apache PDFBox 3. The only class that names PDFBox, which
 * is an optional dependency: {@link DocumentReader} touches it only after it found PDFBox. Stateless.
 */
final class PdfText {

    private static final int MAX_PAGES = 2_000;

    private PdfText() {}

    static SourceDocument read(String id, byte[] bytes) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(bytes)) {
            SectionBuilder out = new SectionBuilder();
            StringBuilder all = new StringBuilder();
            PDFTextStripper stripper = new PDFTextStripper();
            for (int page = 1; page <= Math.min(MAX_PAGES, pdf.getNumberOfPages()); page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String text = stripper.getText(pdf);
                out.heading("p. " + page);
                MarkdownText.plainBlocks(text, out);
                all.append(text.length() < 5_000 ? text : text.substring(0, 5_000));
            }
            String title = pdf.getDocumentInformation().getTitle();
            return new SourceDocument(id, title == null || title.isBlank() ? id : title.strip(), Language.of(all.toString()), null, null, null, out.sections());
        }
    }
}
