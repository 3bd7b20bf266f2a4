package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** The line at the head of the first page, on a white plate in the upper left corner as people see the page. */
final class PdfHeader {

    /** The statement's proof of this name holds the text of the line. */
    static final String PROOF = "header";

    private static final int MAX_BYTES = 256 << 10;

    private static final COSName NAME = COSName.getPDFName("GaonLabel");

    /** In points; tried from the left. */
    private static final double[] SIZES = {9, 8, 7, 6};

    private PdfHeader() {}

    /** Draws the first of these texts that has letters and room, and returns it. */
    static String draw(PDDocument document, List<String> wordings) throws IOException {
        PDPage page = document.getPage(0);
        PDRectangle box = page.getCropBox();
        boolean turned = page.getRotation() % 180 != 0;
        double unit = page.getUserUnit();
        double width = (turned ? box.getHeight() : box.getWidth()) * unit;
        double height = (turned ? box.getWidth() : box.getHeight()) * unit;
        List<String> texts = new ArrayList<>(wordings);
        while (true) {
            Letters letters = Letters.of(texts);
            double advance = letters.advance(letters.text()) / Letters.SIZE;
            for (double size : SIZES) {
                double plate = advance * size + size;
                if (plate + 8 <= width && size * 1.7 + 8 <= height) {
                    PDFormXObject form = form(document, letters, plate, size);
                    AffineTransform place = toPage(box, page.getRotation());
                    place.scale(1 / unit, 1 / unit);
                    place.translate(4, height - 4 - size * 1.7);
                    form.setMatrix(place);
                    try (PDPageContentStream content =
                            new PDPageContentStream(document, page, AppendMode.APPEND, true, true)) {
                        content.drawForm(form);
                    }
                    return letters.text();
                }
            }
            if (!texts.remove(letters.text())) {
                throw new LabelException(
                        "no-room",
                        new BilingualText(
                                "첫 쪽이 작아 머리글 표시를 넣을 자리가 없습니다.", "The first page has no room for a line at its head."),
                        new BilingualText(
                                "더 짧은 문구를 쓰거나 withVisible(false)로 메타데이터만 넣으세요.",
                                "Use a shorter wording, or write metadata alone by withVisible(false)."));
            }
        }
    }

    private static PDFormXObject form(PDDocument document, Letters letters, double width, double size)
            throws IOException {
        PdfLetters font = new PdfLetters(document, letters);
        PDFormXObject form = new PDFormXObject(new PDStream(
                document,
                new ByteArrayInputStream(String.format(
                                Locale.ROOT,
                                "1 g 0 0 %1$.2f %2$.2f re f 0 G 0.4 w 0.2 0.2 %3$.2f %4$.2f re S%n"
                                        + "BT 0 g /F %5$.1f Tf %6$.2f %7$.2f Td <%8$s> Tj ET",
                                width,
                                size * 1.7,
                                width - 0.4,
                                size * 1.7 - 0.4,
                                size,
                                size / 2,
                                size * 0.5,
                                font.codes())
                        .getBytes(StandardCharsets.US_ASCII))));
        form.setBBox(new PDRectangle((float) width, (float) (size * 1.7)));
        PDResources resources = new PDResources();
        resources.getCOSObject().setItem(COSName.FONT, font.resources());
        form.setResources(resources);
        form.getCOSObject().setBoolean(NAME, true);
        return form;
    }

    /** From the page as seen, its lower left corner at 0, to the page as stored. */
    private static AffineTransform toPage(PDRectangle box, int rotation) {
        float x = box.getLowerLeftX();
        float y = box.getLowerLeftY();
        return switch (rotation) {
            case 90 -> new AffineTransform(0, 1, -1, 0, x + box.getWidth(), y);
            case 180 -> new AffineTransform(-1, 0, 0, -1, x + box.getWidth(), y + box.getHeight());
            case 270 -> new AffineTransform(0, -1, 1, 0, x, y + box.getHeight());
            default -> new AffineTransform(1, 0, 0, 1, x, y);
        };
    }

    /**
     * Whether the last thing drawn on the first page is a form of ours from which a reader extracts {@code text}. Only that
     * form is read, so that a page made to be endless costs nothing.
     */
    static boolean isOn(PDDocument document, String text) throws IOException {
        PDPage page = document.getPage(0);
        COSStream form = form(page);
        if (form == null || PdfStream.bytes(form, MAX_BYTES) == null || !isSmall(form)) {
            return false;
        }
        PDFormXObject copy = new PDFormXObject(form);
        Rectangle2D drawn = copy.getMatrix()
                .createAffineTransform()
                .createTransformedShape(copy.getBBox().toGeneralPath())
                .getBounds2D();
        if (!page.getCropBox().toGeneralPath().getBounds2D().contains(drawn)) {
            return false;
        }
        try (PDDocument alone = new PDDocument()) {
            PDPage sheet = new PDPage(page.getMediaBox());
            sheet.setRotation(page.getRotation());
            alone.addPage(sheet);
            try (PDPageContentStream content = new PDPageContentStream(alone, sheet)) {
                content.drawForm(copy);
            }
            return new PDFTextStripper().getText(alone).strip().equals(text);
        }
    }

    private static @Nullable COSStream form(PDPage page) throws IOException {
        COSBase contents = page.getCOSObject().getDictionaryObject(COSName.CONTENTS);
        COSBase last =
                contents instanceof COSArray parts && parts.size() > 0 ? parts.getObject(parts.size() - 1) : contents;
        byte[] drawn = last instanceof COSStream stream ? PdfStream.bytes(stream, MAX_BYTES) : null;
        if (drawn == null) {
            return null;
        }
        List<Object> tokens = new PDFStreamParser(drawn).parse();
        for (int i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i) instanceof Operator operator && operator.getName().equals("Do")) {
                COSDictionary forms = page.getResources() == null
                        ? null
                        : page.getResources().getCOSObject().getCOSDictionary(COSName.XOBJECT);
                return forms != null
                                && tokens.get(i - 1) instanceof COSName name
                                && forms.getDictionaryObject(name) instanceof COSStream form
                                && form.getBoolean(NAME, false)
                        ? form
                        : null;
            }
        }
        return null;
    }

    /** Whether what the form needs is one font of a size that ours have, and nothing else. */
    private static boolean isSmall(COSStream form) {
        COSDictionary resources = form.getCOSDictionary(COSName.RESOURCES);
        COSDictionary fonts = resources == null ? null : resources.getCOSDictionary(COSName.FONT);
        COSDictionary font = fonts == null ? null : fonts.getCOSDictionary(PdfLetters.FONT);
        return resources != null
                && resources.size() == 1
                && fonts != null
                && fonts.size() == 1
                && font != null
                && COSName.TYPE3.equals(font.getCOSName(COSName.SUBTYPE))
                && font.getDictionaryObject(COSName.TO_UNICODE) instanceof COSStream map
                && PdfStream.bytes(map, MAX_BYTES) != null;
    }
}
