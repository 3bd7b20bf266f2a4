package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ID3v2 tag at the start of an MP3, of version 2.3 or 2.4; a file without one has an empty tag of version 2.4. Written
 * again, its frames stay as they are; its padding, extended header and footer, which speak of the old bytes, do not.
 */
final class Id3 {

    private static final int HEAD = 10;
    private static final int MAX_BYTES = 16 << 20;
    private static final int SMALLEST_FRAME = 10;
    private static final int MOST_FRAMES = 10_000;

    private final int version;
    private final long length;
    private final List<Id3Frame> frames;

    private Id3(int version, long length, List<Id3Frame> frames) {
        this.version = version;
        this.length = length;
        this.frames = frames;
    }

    static boolean is(byte[] head) {
        boolean named = head.length >= HEAD && head[0] == 'I' && head[1] == 'D' && head[2] == '3';
        return named && head[3] > 0 && head[3] < 16 && synchsafe(ByteBuffer.wrap(head), 6) >= 0;
    }

    static Id3 of(MediaFile file) throws IOException {
        byte[] start = file.bytes(0, (int) Math.min(HEAD, file.size()));
        if (!is(start)) {
            return new Id3(4, 0, new ArrayList<>());
        }
        ByteBuffer head = ByteBuffer.wrap(start);
        int version = head.get(3);
        int flags = head.get(5) & 0xff;
        int size = synchsafe(head, 6);
        boolean footer = version == 4 && (flags & 0x10) != 0;
        long length = HEAD + (long) size + (footer ? HEAD : 0);
        if (version < 3 || version > 4) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "ID3v2." + version + " 태그는 다루지 않습니다.", "ID3v2." + version + " tags are not supported."),
                    new BilingualText("태그를 ID3v2.4로 저장하세요.", "Save the tag as ID3v2.4."));
        }
        if (length > file.size()) {
            throw file.damaged("ID3 size");
        }
        if (size > MAX_BYTES) {
            throw LabelException.tooLarge(new BilingualText("MP3의 ID3 태그가", "The ID3 tag of the MP3"), "16 MiB");
        }
        boolean stuffed = (flags & 0x80) != 0;
        byte[] body = file.bytes(HEAD, size);
        body = version == 3 && stuffed ? Id3Frame.unstuffed(body) : body;
        int from = (flags & 0x40) == 0 ? 0 : extended(body, version);
        List<Id3Frame> frames = from < 0 ? null : frames(body, from, version, version == 4 && stuffed);
        if (frames == null) {
            throw file.damaged("ID3");
        }
        return new Id3(version, length, frames);
    }

    /** The length of the extended header; negative if it does not fit. */
    private static int extended(byte[] body, int version) {
        if (body.length < 6) {
            return -1;
        }
        long length = version == 3 ? 4 + (long) ByteBuffer.wrap(body).getInt(0) : synchsafe(ByteBuffer.wrap(body), 0);
        return length < 6 || length > body.length ? -1 : (int) length;
    }

    /** Some writers of version 2.4 count in full bytes, as in 2.3. Null if neither way fits. */
    private static @Nullable List<Id3Frame> frames(byte[] body, int from, int version, boolean stuffed) {
        List<Id3Frame> frames = version == 4 ? frames(body, from, true, stuffed) : null;
        return frames == null ? frames(body, from, false, stuffed) : frames;
    }

    private static @Nullable List<Id3Frame> frames(byte[] body, int from, boolean synchsafe, boolean stuffed) {
        ByteBuffer in = ByteBuffer.wrap(body);
        List<Id3Frame> frames = new ArrayList<>();
        int at = from;
        while (body.length - at >= SMALLEST_FRAME && body[at] != 0) {
            int length = synchsafe ? synchsafe(in, at + 4) : in.getInt(at + 4);
            String id = Id3Frame.id(body, at);
            if (id == null
                    || length < 0
                    || length > body.length - at - SMALLEST_FRAME
                    || frames.size() == MOST_FRAMES) {
                return null;
            }
            int flags = in.getShort(at + 8) | (stuffed ? Id3Frame.STUFFED : 0);
            byte[] content = new byte[length];
            in.get(at + SMALLEST_FRAME, content);
            frames.add(new Id3Frame(id, flags, content));
            at += SMALLEST_FRAME + length;
        }
        for (; at < body.length; at++) {
            if (body[at] != 0) {
                return null;
            }
        }
        return frames;
    }

    /** Seven bits a byte; negative if a byte has eight. */
    private static int synchsafe(ByteBuffer in, int at) {
        int value = in.getInt(at);
        if ((value & 0x8080_8080) != 0) {
            return -1;
        }
        return value & 0x7f | value >> 1 & 0x3f80 | value >> 2 & 0x1f_c000 | value >> 3 & 0xfe0_0000;
    }

    int version() {
        return version;
    }

    /** How many bytes of the file it takes. */
    long length() {
        return length;
    }

    List<Id3Frame> frames() {
        return frames;
    }

    /** A tag of this version with these frames. */
    byte[] with(List<Id3Frame> newFrames) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Id3Frame frame : newFrames) {
            int size = frame.data().length;
            body.writeBytes(ByteBuffer.allocate(SMALLEST_FRAME)
                    .put(frame.id().getBytes(StandardCharsets.ISO_8859_1))
                    .putInt(version == 4 ? spread(size) : size)
                    .putShort((short) frame.flags())
                    .array());
            body.writeBytes(frame.data());
        }
        return ByteBuffer.allocate(HEAD + body.size())
                .put(new byte[] {'I', 'D', '3', (byte) version, 0, 0})
                .putInt(spread(body.size()))
                .put(body.toByteArray())
                .array();
    }

    private static int spread(int value) {
        return value & 0x7f | (value & 0x3f80) << 1 | (value & 0x1f_c000) << 2 | (value & 0xfe0_0000) << 3;
    }
}
