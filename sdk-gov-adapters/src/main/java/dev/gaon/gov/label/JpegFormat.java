package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import dev.gaon.gov.text.BilingualText;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * JPEG: XMP in an APP1 segment; the compressed picture is copied bit for bit unless a visible mark is drawn. Then it is
 * encoded again at a high quality, and what describes it (EXIF with its orientation, IPTC) is kept. The JDK turns the
 * colours of a profile into sRGB, which needs no profile.
 */
final class JpegFormat implements Format {

    private static final int MAX_BYTES = 128 << 20;
    private static final int MAX_SEGMENT = 65_533;
    private static final float QUALITY = 0.95f;

    @Override
    public String kind() {
        return "jpeg";
    }

    @Override
    public String media() {
        return "image";
    }

    @Override
    public boolean matches(Source file) {
        return file.says(0, "\u00ff\u00d8\u00ff");
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        byte[] bytes = file.bytes(MAX_BYTES);
        Jpeg jpeg = Jpeg.of(bytes);
        byte[] xmp = jpeg.xmp();
        if (xmp == null) {
            return;
        }
        Xmp.read(xmp, "xmp", found);
        Statement statement = found.statement();
        Plate plate = statement == null ? null : Plate.parse(statement.proofs().get(Plate.PROOF));
        if (statement != null && plate != null && plate.fits(jpeg.width(), jpeg.height())) {
            Overlay.requireDrawable(jpeg.width(), jpeg.height(), kind());
            BufferedImage part =
                    Pictures.decode(bytes, kind(), new Rectangle(plate.x(), plate.y(), plate.width(), plate.height()));
            Pictures.found(found, statement, plate, part, Math.min(jpeg.width(), jpeg.height()));
        }
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        byte[] bytes = file.bytes(MAX_BYTES);
        Jpeg jpeg = Jpeg.of(bytes);
        Statement statement = label.statement(this, there);
        Jpeg picture = jpeg;
        if (label.visible() && !there.has(Reach.HUMAN)) {
            Overlay.requireDrawable(jpeg.width(), jpeg.height(), kind());
            BufferedImage image = samples(Pictures.decode(bytes, kind(), null));
            Plate plate = Overlay.draw(image, jpeg.orientation(), label.text(this));
            statement = statement.with(Plate.PROOF, plate.proof());
            picture = Jpeg.of(Pictures.encode(image, "jpeg", QUALITY));
        }
        byte[] packet = Xmp.merge(jpeg.xmp(), statement, label.aigc(), kind());
        out.write(joined(jpeg, picture, packet));
    }

    /** What describes {@code original}, the packet, and the coded picture of {@code picture}. */
    private static byte[] joined(Jpeg original, Jpeg picture, byte[] packet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        boolean written = false;
        for (Jpeg.Segment segment : original.segments()) {
            boolean first = segment.marker() == 0xe0 || segment.marker() == 0xe1 && segment.says(Jpeg.EXIF);
            if (!written && !first) {
                writeXmp(packet, out);
                written = true;
            }
            if (kept(segment, original == picture)) {
                segment.writeTo(out);
            }
        }
        if (!written) {
            writeXmp(packet, out);
        }
        for (Jpeg.Segment segment : original == picture ? List.<Jpeg.Segment>of() : picture.segments()) {
            if (!segment.isDescription() || isAdobe(segment)) {
                segment.writeTo(out);
            }
        }
        picture.writeScan(out);
        return out.toByteArray();
    }

    /** Of a picture drawn anew: tables and colours come from the encoder, and no second picture follows. */
    private static boolean kept(Jpeg.Segment segment, boolean untouched) {
        boolean second = segment.marker() == 0xe2 && segment.says("MPF\0");
        boolean profile = segment.marker() == 0xe2 && segment.says("ICC_PROFILE\0");
        return !Jpeg.isXmp(segment)
                && (untouched || segment.isDescription() && !isAdobe(segment) && !second && !profile);
    }

    private static boolean isAdobe(Jpeg.Segment segment) {
        return segment.marker() == 0xee && segment.says("Adobe");
    }

    private static void writeXmp(byte[] packet, ByteArrayOutputStream out) {
        byte[] name = Jpeg.XMP.getBytes(StandardCharsets.ISO_8859_1);
        int length = 2 + name.length + packet.length;
        if (length > MAX_SEGMENT + 2) {
            throw LabelException.tooLarge(
                    new BilingualText("JPEG 안의 XMP 메타데이터가", "The XMP metadata of the JPEG"), "65 533 bytes");
        }
        out.write(0xff);
        out.write(0xe1);
        out.write(length >> 8);
        out.write(length);
        out.writeBytes(name);
        out.writeBytes(packet);
    }

    /** The samples as decoded, in a picture of the plainest kind, so that drawing and encoding leave the others alone. */
    private static BufferedImage samples(BufferedImage decoded) {
        int bands = decoded.getRaster().getNumBands();
        int type = bands == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        if (bands != 1 && bands != 3) {
            throw LabelException.damaged("jpeg", bands + " bands");
        }
        BufferedImage plain = new BufferedImage(decoded.getWidth(), decoded.getHeight(), type);
        plain.getRaster().setRect(decoded.getRaster());
        return plain;
    }
}
