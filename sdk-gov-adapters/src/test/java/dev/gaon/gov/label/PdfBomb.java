package dev.gaon.gov.label;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;

/** A small PDF whose only page is in a stream of objects that unpacks to far more; as a program, what labelling it says. */
final class PdfBomb {

    private PdfBomb() {}

    public static void main(String[] args) throws IOException {
        Path in = Path.of(args[0]);
        try {
            AiLabel.of().write(in, in.resolveSibling("b.pdf"));
        } catch (LabelException e) {
            System.out.print(e.kind());
        }
    }

    static byte[] bytes(int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream zeros = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < mebibytes; i++) {
                zeros.write(new byte[1 << 20]);
            }
        }
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        int catalogue = put(pdf, "%PDF-1.5\n".length(), "%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
        int pages = put(pdf, 0, "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n");
        int objects = put(
                pdf, 0, "4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + packed.size() + ">>stream\n");
        pdf.writeBytes(packed.toByteArray());
        put(pdf, 0, "\nendstream\nendobj\n");
        int[][] places = {{0, 0, 0}, {1, catalogue, 0}, {1, pages, 0}, {2, 4, 0}, {1, objects, 0}, {1, pdf.size(), 0}};
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        DataOutputStream entries = new DataOutputStream(table);
        for (int[] place : places) {
            entries.write(place[0]);
            entries.writeInt(place[1]);
            entries.write(place[2]);
        }
        int start = put(pdf, 0, "5 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length " + table.size() + ">>stream\n");
        pdf.writeBytes(table.toByteArray());
        put(pdf, 0, "\nendstream\nendobj\nstartxref\n" + start + "\n%%EOF\n");
        return pdf.toByteArray();
    }

    /** Appends, and returns where the object in it begins. */
    private static int put(ByteArrayOutputStream pdf, int skipped, String text) {
        int at = pdf.size() + skipped;
        pdf.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return at;
    }
}
