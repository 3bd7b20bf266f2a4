package dev.gaon;

import java.io.IOException;
import java.util.Map;
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
            PDFTextStripper stripper = new PDFTextStripper();
            for (int page = 1; page <= Math.min(MAX_PAGES, pdf.getNumberOfPages()); page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                out.heading("p. " + page);
                MarkdownText.plainBlocks(stripper.getText(pdf), out);
            }
            return out.document(id, pdf.getDocumentInformation().getTitle(), null, Map.of());
        }
    }
}
