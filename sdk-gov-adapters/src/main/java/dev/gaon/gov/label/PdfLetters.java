package dev.gaon.gov.label;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A Type 3 font of just the letters of one line: their outlines, and what each stands for, so that the line is read by
 * people and found by a search. So no font file is needed, and none is embedded.
 */
final class PdfLetters {

    static final COSName FONT = COSName.getPDFName("F");

    private final PDDocument document;
    private final Letters letters;
    private final List<Integer> characters;

    PdfLetters(PDDocument document, Letters letters) {
        this.document = document;
        this.letters = letters;
        this.characters = letters.text().codePoints().distinct().boxed().toList();
    }

    /** The line, as hexadecimal codes of this font. */
    String codes() {
        StringBuilder codes = new StringBuilder();
        letters.text()
                .codePoints()
                .forEach(c -> codes.append(String.format(Locale.ROOT, "%02X", characters.indexOf(c))));
        return codes.toString();
    }

    /** The fonts of a form that uses this one alone. */
    COSDictionary resources() throws IOException {
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE3);
        font.setItem(COSName.FONT_BBOX, numbers(-50, -50, 250, 150));
        font.setItem(COSName.FONT_MATRIX, numbers(1 / Letters.SIZE, 0, 0, 1 / Letters.SIZE, 0, 0));
        font.setItem(COSName.RESOURCES, new COSDictionary());
        COSDictionary procedures = new COSDictionary();
        COSArray names = new COSArray();
        COSArray widths = new COSArray();
        names.add(COSInteger.ZERO);
        for (int i = 0; i < characters.size(); i++) {
            String character = Character.toString(characters.get(i));
            COSName name = COSName.getPDFName("g" + i);
            names.add(name);
            widths.add(new COSFloat((float) letters.advance(character)));
            procedures.setItem(name, stream(glyph(character)));
        }
        COSDictionary encoding = new COSDictionary();
        encoding.setItem(COSName.TYPE, COSName.ENCODING);
        encoding.setItem(COSName.DIFFERENCES, names);
        font.setItem(COSName.ENCODING, encoding);
        font.setItem(COSName.CHAR_PROCS, procedures);
        font.setInt(COSName.FIRST_CHAR, 0);
        font.setInt(COSName.LAST_CHAR, characters.size() - 1);
        font.setItem(COSName.WIDTHS, widths);
        font.setItem(COSName.TO_UNICODE, stream(toUnicode()));
        COSDictionary fonts = new COSDictionary();
        fonts.setItem(FONT, font);
        return fonts;
    }

    private static COSArray numbers(double... values) {
        COSArray array = new COSArray();
        for (double value : values) {
            array.add(new COSFloat((float) value));
        }
        return array;
    }

    private COSStream stream(String content) throws IOException {
        COSStream stream = document.getDocument().createCOSStream();
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return stream;
    }

    /** The outline in the language of pages, whose y goes upwards. */
    private String glyph(String character) {
        Shape shape = letters.outline(character);
        StringBuilder out = new StringBuilder();
        add(out, letters.advance(character), 0, -50, -50, 250, 150);
        out.append("d1\n");
        double[] c = new double[6];
        double x = 0;
        double y = 0;
        PathIterator path = shape.getPathIterator(null);
        for (; !path.isDone(); path.next()) {
            switch (path.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> add(out, c[0], -c[1]).append("m\n");
                case PathIterator.SEG_LINETO -> add(out, c[0], -c[1]).append("l\n");
                case PathIterator.SEG_QUADTO -> {
                    double[] q = {
                        x + (c[0] - x) * 2 / 3,
                        y + (c[1] - y) * 2 / 3,
                        c[2] + (c[0] - c[2]) * 2 / 3,
                        c[3] + (c[1] - c[3]) * 2 / 3
                    };
                    add(out, q[0], -q[1], q[2], -q[3], c[2], -c[3]).append("c\n");
                    c[0] = c[2];
                    c[1] = c[3];
                }
                case PathIterator.SEG_CUBICTO -> {
                    add(out, c[0], -c[1], c[2], -c[3], c[4], -c[5]).append("c\n");
                    c[0] = c[4];
                    c[1] = c[5];
                }
                default -> out.append("h\n");
            }
            x = c[0];
            y = c[1];
        }
        return out.append(path.getWindingRule() == PathIterator.WIND_EVEN_ODD ? "f*" : "f")
                .toString();
    }

    private static StringBuilder add(StringBuilder out, double... numbers) {
        for (double number : numbers) {
            out.append(String.format(Locale.ROOT, "%.2f ", number));
        }
        return out;
    }

    private String toUnicode() {
        StringBuilder out = new StringBuilder("""
                /CIDInit /ProcSet findresource begin
                12 dict begin
                begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def
                /CMapType 2 def
                1 begincodespacerange
                <00> <FF>
                endcodespacerange
                """);
        for (int from = 0; from < characters.size(); from += 100) {
            int to = Math.min(characters.size(), from + 100);
            out.append(to - from).append(" beginbfchar\n");
            for (int i = from; i < to; i++) {
                out.append(String.format(Locale.ROOT, "<%02X> <", i));
                for (char c : Character.toChars(characters.get(i))) {
                    out.append(String.format(Locale.ROOT, "%04X", (int) c));
                }
                out.append(">\n");
            }
            out.append("endbfchar\n");
        }
        return out.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
                .toString();
    }
}
