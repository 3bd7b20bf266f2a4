package dev.gaon.gov.label;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** An {@code iTXt} chunk's inside: keyword, 0, compressed, method, language, 0, translated keyword, 0, text. */
final class PngText {

    private PngText() {}

    static boolean hasKeyword(byte[] data, String keyword) {
        byte[] wanted = (keyword + "\0").getBytes(StandardCharsets.ISO_8859_1);
        return data.length >= wanted.length && Arrays.equals(data, 0, wanted.length, wanted, 0, wanted.length);
    }

    /** The text; null if the chunk is malformed or its text too large. */
    static byte @Nullable [] value(byte[] data) {
        int keyword = zero(data, 0);
        int language = keyword < 0 ? -1 : zero(data, keyword + 3);
        int translated = language < 0 ? -1 : zero(data, language + 1);
        if (translated < 0) {
            return null;
        }
        byte[] text = Arrays.copyOfRange(data, translated + 1, data.length);
        return data[keyword + 1] == 0 ? text : inflated(text);
    }

    private static byte @Nullable [] inflated(byte[] text) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(text))) {
            byte[] whole = in.readNBytes(Xmp.MAX_BYTES + 1);
            return whole.length > Xmp.MAX_BYTES ? null : whole;
        } catch (IOException e) {
            return null;
        }
    }

    private static int zero(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
