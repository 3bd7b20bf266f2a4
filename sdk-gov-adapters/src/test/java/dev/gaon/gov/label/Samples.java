package dev.gaon.gov.label;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Real files, made when they are needed. */
final class Samples {

    private Samples() {}

    /** @param background {@code white}, {@code black}, {@code grey} or {@code noise} */
    static BufferedImage picture(int width, int height, int type, String background) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D g = image.createGraphics();
        Random random = new Random(7);
        switch (background) {
            case "white" -> g.setColor(Color.WHITE);
            case "black" -> g.setColor(Color.BLACK);
            default -> g.setColor(new Color(128, 128, 128));
        }
        g.fillRect(0, 0, width, height);
        if (background.equals("noise")) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    image.setRGB(x, y, random.nextInt() | 0xff000000);
                }
            }
        }
        g.dispose();
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    static byte[] png(int width, int height) throws IOException {
        return encoded(picture(width, height, BufferedImage.TYPE_INT_RGB, "noise"), "png");
    }

    static byte[] jpeg(int width, int height) throws IOException {
        return encoded(picture(width, height, BufferedImage.TYPE_INT_RGB, "noise"), "jpeg");
    }

    static byte[] pdf() throws IOException {
        return pdf(PDRectangle.A4, 0);
    }

    static byte[] pdf(PDRectangle size, int rotation) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < 2; i++) {
                PDPage page = new PDPage(size);
                page.setRotation(rotation);
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(20, 40);
                    content.showText("Page " + (i + 1));
                    content.endText();
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    static Path file(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    static Path file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
