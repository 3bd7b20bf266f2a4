package dev.gaon.gov.label;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments of a JPEG up to its first scan; from there on the bytes are one piece, which nothing here looks into. */
final class Jpeg {

    /** A marker with its content, still inside of the file's bytes; {@code at} is where the marker begins. */
    static final class Segment {

        private final int marker;
        private final byte[] file;
        private final int at;
        private final int length;

        private Segment(int marker, byte[] file, int at, int length) {
            this.marker = marker;
            this.file = file;
            this.at = at;
            this.length = length;
        }

        int marker() {
            return marker;
        }

        boolean says(String latin1) {
            byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
            return length >= wanted.length + 4
                    && Arrays.equals(file, at + 4, at + 4 + wanted.length, wanted, 0, wanted.length);
        }

        byte[] after(String latin1) {
            return Arrays.copyOfRange(file, at + 4 + latin1.length(), at + length);
        }

        /** APPn or a comment: says something of the picture, and is no part of it. */
        boolean isDescription() {
            return marker >= 0xe0 && marker <= 0xef || marker == 0xfe;
        }

        void writeTo(ByteArrayOutputStream out) {
            out.write(file, at, length);
        }
    }

    static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    static final String EXIF = "Exif\0\0";

    private final byte[] file;
    private final List<Segment> segments;
    private final int scan;

    private Jpeg(byte[] file, List<Segment> segments, int scan) {
        this.file = file;
        this.segments = segments;
        this.scan = scan;
    }

    static Jpeg of(byte[] file) {
        List<Segment> segments = new ArrayList<>();
        int at = 2;
        while (at + 4 <= file.length) {
            int marker = file[at + 1] & 0xff;
            if ((file[at] & 0xff) != 0xff || marker == 0 || marker == 0xd9) {
                throw LabelException.damaged("jpeg", "marker");
            }
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
                at += 2;
                continue;
            }
            if (marker == 0xda) {
                return new Jpeg(file, segments, at).checked();
            }
            int length = 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
            if (length < 4 || at + length > file.length) {
                throw LabelException.damaged("jpeg", "segment length");
            }
            segments.add(new Segment(marker, file, at, length));
            at += length;
        }
        throw LabelException.damaged("jpeg", "cut off");
    }

    private Jpeg checked() {
        if (width() <= 0 || height() <= 0) {
            throw LabelException.damaged("jpeg", "SOF");
        }
        for (int i = file.length - 2; i > scan; i--) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xd9) {
                return this;
            }
        }
        throw LabelException.damaged("jpeg", "cut off");
    }

    List<Segment> segments() {
        return segments;
    }

    int width() {
        return frame(7);
    }

    int height() {
        return frame(5);
    }

    private int frame(int offset) {
        for (Segment s : segments) {
            boolean frame =
                    s.marker >= 0xc0 && s.marker <= 0xcf && s.marker != 0xc4 && s.marker != 0xc8 && s.marker != 0xcc;
            if (frame && s.length >= 10) {
                return ByteBuffer.wrap(file).getShort(s.at + offset) & 0xffff;
            }
        }
        return 0;
    }

    byte @Nullable [] xmp() {
        for (Segment segment : segments) {
            if (isXmp(segment)) {
                return segment.after(XMP);
            }
        }
        return null;
    }

    static boolean isXmp(Segment segment) {
        return segment.marker() == 0xe1 && segment.says(XMP);
    }

    /** How viewers turn the picture, by EXIF: 1 to 8; 1 if nothing is said. */
    int orientation() {
        for (Segment segment : segments) {
            if (segment.marker() == 0xe1 && segment.says(EXIF)) {
                return orientation(ByteBuffer.wrap(segment.after(EXIF)));
            }
        }
        return 1;
    }

    private static int orientation(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xffff_ffffL;
        if (directory + 2 > tiff.limit()) {
            return 1;
        }
        int entries = tiff.getShort((int) directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = (int) directory + 2 + 12 * i;
            if (entry + 12 > tiff.limit()) {
                return 1;
            }
            int value = tiff.getShort(entry + 8);
            if ((tiff.getShort(entry) & 0xffff) == 0x0112 && value >= 1 && value <= 8) {
                return value;
            }
        }
        return 1;
    }

    /** The first scan and all that follows, the bytes after the picture's end too. */
    void writeScan(ByteArrayOutputStream out) {
        out.write(file, scan, file.length - scan);
    }
}
