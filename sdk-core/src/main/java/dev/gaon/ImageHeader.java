package dev.gaon;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The format and size of an image, read from its first bytes without decoding it.
 *
 * @param format {@code png}, {@code jpeg}, {@code gif}, {@code bmp} or {@code webp}
 * @param width in pixels
 * @param height in pixels
 */
record ImageHeader(String format, int width, int height) {

    /** Null if the bytes are none of these formats, or break off before they say the size. */
    static @Nullable ImageHeader read(byte[] bytes) {
        try {
            ImageHeader header = known(bytes);
            return header == null || header.width <= 0 || header.height <= 0 ? null : header;
        } catch (ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    private static @Nullable ImageHeader known(byte[] b) {
        if (says(b, 0, "\u0089PNG\r\n\u001a\n") && says(b, 12, "IHDR")) {
            return new ImageHeader("png", big(b, 16, 4), big(b, 20, 4));
        }
        if (says(b, 0, "GIF87a") || says(b, 0, "GIF89a")) {
            return new ImageHeader("gif", little(b, 6, 2), little(b, 8, 2));
        }
        if (says(b, 0, "BM")) {
            // A negative height says that the rows come from the top.
            return new ImageHeader("bmp", little(b, 18, 4), Math.abs(little(b, 22, 4)));
        }
        if (says(b, 0, "RIFF") && says(b, 8, "WEBP")) {
            return webp(b);
        }
        return says(b, 0, "\u00ff\u00d8\u00ff") ? jpeg(b) : null;
    }

    private static @Nullable ImageHeader webp(byte[] b) {
        if (says(b, 12, "VP8X")) {
            return new ImageHeader("webp", little(b, 24, 3) + 1, little(b, 27, 3) + 1);
        }
        if (says(b, 12, "VP8L")) {
            int sides = little(b, 21, 4);
            return new ImageHeader("webp", (sides & 0x3fff) + 1, (sides >> 14 & 0x3fff) + 1);
        }
        return says(b, 12, "VP8 ")
                ? new ImageHeader("webp", little(b, 26, 2) & 0x3fff, little(b, 28, 2) & 0x3fff)
                : null;
    }

    /** The size stands in the frame header, behind segments of any length. */
    private static @Nullable ImageHeader jpeg(byte[] b) {
        for (int at = 2; (b[at] & 0xff) == 0xff; ) {
            int marker = b[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new ImageHeader("jpeg", big(b, at + 7, 2), big(b, at + 5, 2));
            }
            boolean bare = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
            at += bare ? 2 : 2 + big(b, at + 2, 2);
        }
        return null;
    }

    private static boolean says(byte[] b, int at, String signature) {
        byte[] wanted = signature.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= b.length || b[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int big(byte[] b, int at, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | b[at + i] & 0xff;
        }
        return value;
    }

    private static int little(byte[] b, int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | b[at + i] & 0xff;
        }
        return value;
    }
}
