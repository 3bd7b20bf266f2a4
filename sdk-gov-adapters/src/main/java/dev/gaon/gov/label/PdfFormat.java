package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import java.io.IOException;
import java.io.OutputStream;

/**
 * PDF: a line at the head of the first page, XMP and the document information. Kept apart from {@link PdfPages} so that
 * PDFBox is loaded only when there is a PDF.
 */
final class PdfFormat implements Format {

    private static final int MAX_BYTES = 128 << 20;

    @Override
    public String kind() {
        return "pdf";
    }

    @Override
    public String media() {
        return "document";
    }

    @Override
    public String library() {
        return "org.apache.pdfbox:pdfbox:3.0.8";
    }

    @Override
    public boolean matches(Source file) {
        return file.says(0, "%PDF-");
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        PdfPages.read(file.bytes(MAX_BYTES), found);
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        boolean show = label.visible() && !there.has(Reach.HUMAN);
        Statement statement = label.statement(this, there);
        out.write(PdfPages.write(file.bytes(MAX_BYTES), statement, label.text(this), show, label.aigc()));
    }
}
