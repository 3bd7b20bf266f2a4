package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Decoding and encoding by the JDK, with its many failures turned into ours. */
final class Pictures {

    private Pictures() {}

    /** @param part of the picture; null for all of it */
    static BufferedImage decode(byte[] bytes, String format, @Nullable Rectangle part) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw unreadable(format, null);
        }
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            if (part != null) {
                param.setSourceRegion(part);
            }
            return reader.read(0, param);
        } catch (IOException | RuntimeException e) {
            throw unreadable(format, e);
        } finally {
            reader.dispose();
        }
    }

    private static LabelException unreadable(String format, @Nullable Throwable cause) {
        return new LabelException(
                "damaged",
                new BilingualText(
                        "그림(" + format + ")이 손상되었거나 JDK가 풀 수 없는 방식으로 저장되어 있습니다.",
                        "The picture (" + format + ") is damaged or stored in a way that the JDK cannot decode."),
                new BilingualText(
                        "RGB 그림으로 다시 저장하거나, withVisible(false)로 메타데이터만 넣으세요.",
                        "Save it again as an RGB picture, or write metadata alone by withVisible(false)."),
                cause);
    }

    /** A picture with a palette may lack black or white, so it gets colours of its own. */
    static BufferedImage drawable(BufferedImage image) {
        if (!(image.getColorModel() instanceof IndexColorModel palette)) {
            return image;
        }
        int type = palette.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage colours = new BufferedImage(image.getWidth(), image.getHeight(), type);
        Graphics2D g = colours.createGraphics();
        try {
            g.drawImage(image, 0, 0, new Color(0, true), null);
        } finally {
            g.dispose();
        }
        return colours;
    }

    static byte[] encode(BufferedImage image, String format, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
            }
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Adds the visible mark if the pixels show it. */
    static void found(Found found, Statement statement, Plate plate, BufferedImage part, int shortest) {
        int letters = plate.letterHeight(part);
        if (letters == 0) {
            found.remark(
                    "메타데이터가 가리키는 자리에 보이는 표시가 없습니다.", "There is no visible mark where the metadata says that one is.");
            return;
        }
        String place = "picture " + plate.x() + "," + plate.y() + " " + plate.width() + "x" + plate.height();
        found.drawn(place, plate.text(), statement);
        found.measure("textHeightShare", letters / (double) shortest);
    }
}
