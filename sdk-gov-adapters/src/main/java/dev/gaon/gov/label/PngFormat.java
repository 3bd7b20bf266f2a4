package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PNG: XMP in an {@code iTXt} chunk before the picture's data, which are copied bit for bit unless a visible mark is
 * drawn. Then the picture is encoded again without loss, and what describes it (colour profile, density, time, texts)
 * is kept.
 */
final class PngFormat implements Format {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int MAX_BYTES = 128 << 20;
    private static final String KEYWORD = "XML:com.adobe.xmp";

    /** They speak of the stored samples' form, which drawing may change. */
    private static final Set<String> OF_SAMPLES =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "bKGD", "hIST", "sBIT", "sPLT");

    @Override
    public String kind() {
        return "png";
    }

    @Override
    public String media() {
        return "image";
    }

    @Override
    public boolean matches(Source file) {
        return file.says(0, SIGNATURE);
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        byte[] bytes = file.bytes(MAX_BYTES);
        PngChunks png = PngChunks.of(bytes);
        byte[] xmp = xmp(png);
        if (xmp == null) {
            return;
        }
        Xmp.read(xmp, "xmp", found);
        Statement statement = found.statement();
        Plate plate = statement == null ? null : Plate.parse(statement.proofs().get(Plate.PROOF));
        if (statement != null && plate != null && plate.fits(png.width(), png.height())) {
            Overlay.requireDrawable(png.width(), png.height(), kind());
            BufferedImage part =
                    Pictures.decode(bytes, kind(), new Rectangle(plate.x(), plate.y(), plate.width(), plate.height()));
            Pictures.found(found, statement, plate, part, Math.min(png.width(), png.height()));
        }
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        byte[] bytes = file.bytes(MAX_BYTES);
        PngChunks png = PngChunks.of(bytes);
        Statement statement = label.statement(this, there);
        PngChunks picture = png;
        if (label.visible() && !there.has(Reach.HUMAN)) {
            if (png.first("acTL") != null) {
                throw new LabelException(
                        "unsupported",
                        new BilingualText(
                                "움직이는 PNG에는 보이는 표시를 그릴 수 없습니다.", "No visible mark can be drawn on an animated PNG."),
                        new BilingualText(
                                "withVisible(false)로 메타데이터만 넣고 그림 곁에 표시하세요.",
                                "Write metadata alone by withVisible(false), and put a mark beside it."));
            }
            Overlay.requireDrawable(png.width(), png.height(), kind());
            BufferedImage image = Pictures.drawable(Pictures.decode(bytes, kind(), null));
            Plate plate = Overlay.draw(image, 1, label.text(this));
            statement = statement.with(Plate.PROOF, plate.proof());
            picture = PngChunks.of(Pictures.encode(image, "png", 1));
        }
        byte[] packet = Xmp.merge(xmp(png), statement, label.aigc(), kind());
        write(png, picture, iTxt(packet), bytes, out);
    }

    /** The head and data of {@code picture}, with the descriptions of {@code original} around them. */
    private static void write(PngChunks original, PngChunks picture, byte[] text, byte[] bytes, OutputStream out)
            throws IOException {
        boolean redrawn = picture != original;
        out.write(SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
        picture.all().get(0).writeTo(out);
        PngChunks.write("iTXt", text, out);
        boolean data = false;
        for (PngChunks.Chunk chunk : original.all().subList(1, original.all().size())) {
            if (redrawn && chunk.type().equals("IDAT") && !data) {
                data = true;
                for (PngChunks.Chunk drawn : picture.all()) {
                    if (Set.of("PLTE", "tRNS", "IDAT").contains(drawn.type())) {
                        drawn.writeTo(out);
                    }
                }
            } else if (!isXmp(chunk) && !(redrawn && isOfSamples(chunk, original, picture)) && !chunk.isEnd()) {
                chunk.writeTo(out);
            }
        }
        PngChunks.write("IEND", new byte[0], out);
        out.write(bytes, original.end(), bytes.length - original.end());
    }

    /** A profile of greys does not fit a picture that got colours. */
    private static boolean isOfSamples(PngChunks.Chunk chunk, PngChunks original, PngChunks picture) {
        return OF_SAMPLES.contains(chunk.type())
                || chunk.type().equals("iCCP") && original.isColour() != picture.isColour();
    }

    private static byte @Nullable [] xmp(PngChunks png) {
        for (PngChunks.Chunk chunk : png.all()) {
            if (isXmp(chunk)) {
                return PngText.value(chunk.data());
            }
        }
        return null;
    }

    private static boolean isXmp(PngChunks.Chunk chunk) {
        return chunk.type().equals("iTXt") && PngText.hasKeyword(chunk.data(), KEYWORD);
    }

    private static byte[] iTxt(byte[] packet) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(KEYWORD.getBytes(StandardCharsets.ISO_8859_1));
        text.writeBytes(new byte[5]); // ends the keyword; not compressed; no language; no translated keyword
        text.writeBytes(packet);
        return text.toByteArray();
    }
}
