package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The {@code INFO} list of a WAV, whose comment players show. It only repeats what XMP says: it has no key for a source
 * type and no fixed encoding, so it is never counted as a mark.
 */
final class WavInfo {

    private static final String COMMENT = "ICMT";
    private static final int MAX_BYTES = 1 << 20;

    private WavInfo() {}

    /** English where there is English: readers differ in what they take other letters for. */
    static String comment(BilingualText text) {
        return text.en().isEmpty() ? text.ko() : text.en();
    }

    static boolean is(MediaFile file, Wav.Chunk chunk) throws IOException {
        return chunk.id().equals("LIST")
                && chunk.length() >= 4
                && file.word(chunk.at()).equals("INFO");
    }

    /** The content of a new list. */
    static byte[] with(String comment) {
        byte[] entry = Wav.chunk(COMMENT, (comment + "\0").getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(4 + entry.length)
                .put("INFO".getBytes(StandardCharsets.US_ASCII))
                .put(entry)
                .array();
    }

    /** The content of this list with the comment in it; null if it is to stay as it is: it has another's, or is odd. */
    static byte @Nullable [] with(MediaFile file, Wav.Chunk chunk, String comment, AiLabel label) throws IOException {
        if (chunk.length() > MAX_BYTES) {
            return null;
        }
        byte[] list = file.bytes(chunk.at(), (int) chunk.length());
        ByteBuffer in = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(list, 0, 4);
        int at = 4;
        while (list.length - at >= 8) {
            int length = in.getInt(at + 4);
            if (length < 0 || length > list.length - at - 8) {
                return null;
            }
            int end = Math.min(at + 8 + length + (length & 1), list.length);
            if (new String(list, at, 4, StandardCharsets.ISO_8859_1).equals(COMMENT)) {
                String there = new String(list, at + 8, length, StandardCharsets.UTF_8).replace("\0", "");
                if (!Wording.known(label).contains(there)) {
                    return null;
                }
            } else {
                out.write(list, at, end - at);
                if ((out.size() & 1) == 1) {
                    out.write(0);
                }
            }
            at = end;
        }
        if (at != list.length) {
            return null;
        }
        out.writeBytes(Wav.chunk(COMMENT, (comment + "\0").getBytes(StandardCharsets.UTF_8)));
        return out.toByteArray();
    }
}
