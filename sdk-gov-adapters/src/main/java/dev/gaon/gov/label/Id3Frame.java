package dev.gaon.gov.label;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One frame of an ID3v2.3 or 2.4 tag, as stored. */
final class Id3Frame {

    /** A text with a name of its own. */
    record Named(String name, String value) {}

    /** In version 2.4: a zero was put after every byte of ones. */
    static final int STUFFED = 0x02;

    private static final String OWNER = "XMP\0";

    private final String id;
    private final int flags;
    private final byte[] data;

    /** @param data everything after the frame's head, as its flags say it is stored */
    Id3Frame(String id, int flags, byte[] data) {
        this.id = id;
        this.flags = flags;
        this.data = data;
    }

    /** Null if the four bytes there are no frame's name. */
    static @Nullable String id(byte[] body, int at) {
        String id = new String(body, at, 4, StandardCharsets.ISO_8859_1);
        return id.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') ? id : null;
    }

    static byte[] unstuffed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            out.write(bytes[i]);
            if (bytes[i] == (byte) 0xff && i + 1 < bytes.length && bytes[i + 1] == 0) {
                i++;
            }
        }
        return out.toByteArray();
    }

    String id() {
        return id;
    }

    int flags() {
        return flags;
    }

    byte[] data() {
        return data;
    }

    /** What it says; null if it is packed or encrypted. */
    private byte @Nullable [] content(int version) {
        int packed = version == 4 ? 0x0c : 0xc0;
        if ((flags & packed) != 0) {
            return null;
        }
        int grouped = (flags & (version == 4 ? 0x40 : 0x20)) != 0 ? 1 : 0;
        int counted = version == 4 && (flags & 0x01) != 0 ? 4 : 0;
        if (grouped + counted > data.length) {
            return null;
        }
        byte[] rest = Arrays.copyOfRange(data, grouped + counted, data.length);
        return version == 4 && (flags & STUFFED) != 0 ? unstuffed(rest) : rest;
    }

    /** The packet; null if this frame holds none. */
    byte @Nullable [] xmp(int version) {
        byte[] content = id.equals("PRIV") ? content(version) : null;
        if (content == null || !new String(content, StandardCharsets.ISO_8859_1).startsWith(OWNER)) {
            return null;
        }
        return Arrays.copyOfRange(content, OWNER.length(), content.length);
    }

    /** Of {@code TXXX} and {@code COMM}; null if it is another frame or malformed. */
    @Nullable
    Named named(int version) {
        int skipped = id.equals("COMM") ? 3 : 0;
        byte[] content = id.equals("TXXX") || id.equals("COMM") ? content(version) : null;
        if (content == null || content.length < 2 + skipped) {
            return null;
        }
        Charset charset = switch (content[0]) {
            case 0 -> StandardCharsets.ISO_8859_1;
            case 1 -> StandardCharsets.UTF_16;
            case 2 -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        int wide = content[0] == 1 || content[0] == 2 ? 2 : 1;
        for (int at = 1 + skipped; at + wide <= content.length; at += wide) {
            if (content[at] == 0 && content[at + wide - 1] == 0) {
                String name = new String(content, 1 + skipped, at - 1 - skipped, charset);
                String value = new String(content, at + wide, content.length - at - wide, charset);
                return new Named(name, value.replace("\0", ""));
            }
        }
        return null;
    }

    static Id3Frame xmp(byte[] packet) {
        byte[] owner = OWNER.getBytes(StandardCharsets.ISO_8859_1);
        return new Id3Frame(
                "PRIV",
                0,
                ByteBuffer.allocate(owner.length + packet.length)
                        .put(owner)
                        .put(packet)
                        .array());
    }

    /** @param language three letters for a {@code COMM}, empty for a {@code TXXX} */
    static Id3Frame named(String id, String language, String name, String value, int version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(version == 4 ? 3 : 1);
        out.writeBytes(language.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(coded(name + "\0", version));
        // Some readers look for an end in UTF-16 and find one inside of the text where there is none behind it.
        out.writeBytes(coded(version == 4 ? value : value + "\0", version));
        return new Id3Frame(id, 0, out.toByteArray());
    }

    /** Version 2.3 knows no UTF-8. */
    private static byte[] coded(String text, int version) {
        return version == 4
                ? text.getBytes(StandardCharsets.UTF_8)
                : ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);
    }
}
