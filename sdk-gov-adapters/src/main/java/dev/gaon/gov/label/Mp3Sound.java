package dev.gaon.gov.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the sound of an MP3 is: its first frame, and the first that is heard. They differ where an encoder put a frame of
 * its own remarks, such as how many there are, before the others.
 */
final class Mp3Sound {

    /** A run of frames. */
    record Run(long end, int frames, int sounding, boolean even) {}

    /** How far behind the tag the sound may begin. */
    private static final int SEARCH = 1 << 16;

    /** Enough of a frame to see its head and side information. */
    private static final int HEAD = 40;

    private final MediaFile file;
    private final long first;
    private final long audible;
    private final String remarks;
    private final Mp3Frame shape;

    private Mp3Sound(MediaFile file, long first, long audible, String remarks, Mp3Frame shape) {
        this.file = file;
        this.first = first;
        this.audible = audible;
        this.remarks = remarks;
        this.shape = shape;
    }

    /** Behind the tag; a tag alone is no MP3, and other formats may bear one too. */
    static Mp3Sound of(MediaFile file, long from) throws IOException {
        ByteBuffer start = file.read(from, (int) Math.min(SEARCH, file.size() - from));
        for (int at = 0; at < start.limit(); at++) {
            Mp3Frame frame = isFrame(start, at, file.size() - from) ? frame(start, at) : null;
            if (frame != null) {
                String remarks = remarks(file, from + at, frame);
                long audible = from + at + (remarks.isEmpty() ? 0 : frame.length());
                Mp3Frame shape = frameAt(file, audible);
                return new Mp3Sound(file, from + at, audible, remarks, shape == null ? frame : shape);
            }
        }
        throw file.damaged("MPEG layer III");
    }

    /** Whether a frame begins there, and behind it another of its kind or the end. */
    static boolean isFrame(ByteBuffer bytes, int at, long end) {
        Mp3Frame frame = frame(bytes, at);
        if (frame == null) {
            return false;
        }
        Mp3Frame next = frame(bytes, at + frame.length());
        return next == null ? at + frame.length() == end : next.suits(frame);
    }

    private static @Nullable Mp3Frame frame(ByteBuffer bytes, int at) {
        return at > bytes.limit() - 4 ? null : Mp3Frame.of(bytes.getInt(at));
    }

    /** Null if there is none, or not the whole of it. */
    private static @Nullable Mp3Frame frameAt(MediaFile file, long at) throws IOException {
        Mp3Frame frame =
                at > file.size() - HEAD ? null : Mp3Frame.of(file.read(at, 4).getInt());
        return frame == null || at + frame.length() > file.size() ? null : frame;
    }

    /** The name that the encoder's remarks begin with: {@code Info}, {@code Xing} or {@code VBRI}; empty if there are none. */
    private static String remarks(MediaFile file, long at, Mp3Frame frame) throws IOException {
        byte[] head = file.bytes(at, (int) Math.min(64, file.size() - at));
        String start = new String(head, StandardCharsets.ISO_8859_1);
        for (int offset : new int[] {4 + frame.sideLength(), frame.side() + frame.sideLength(), 36}) {
            for (String known : new String[] {"Info", "Xing", "VBRI"}) {
                if (start.startsWith(known, offset)) {
                    return known;
                }
            }
        }
        return "";
    }

    Mp3Frame shape() {
        return shape;
    }

    String remarks() {
        return remarks;
    }

    /** Where the frame with the remarks begins, or the first that is heard. */
    long first() {
        return first;
    }

    long audible() {
        return audible;
    }

    /** Whether the first frame that is heard needs none before it. */
    boolean isWhole() throws IOException {
        return audible <= file.size() - HEAD && shape.borrowed(file.read(audible, HEAD)) == 0;
    }

    /**
     * The whole frames from the first that is heard on, none of which ends after {@code limit}; no more than may be a start
     * sound, and one.
     */
    Run run(long limit) throws IOException {
        long at = audible;
        int frames = 0;
        int sounding = 0;
        boolean even = true;
        while (at < limit && !SoundProof.isTooLong(frames * shape.seconds())) {
            Mp3Frame frame = frameAt(file, at);
            if (frame == null || !frame.suits(shape) || at + frame.length() > limit) {
                break;
            }
            frames++;
            sounding += frame.sounds(file.read(at, HEAD)) ? 1 : 0;
            even &= frame.kbits() == shape.kbits();
            at += frame.length();
        }
        return new Run(at, frames, sounding, even);
    }

    /** Whether it lasts as long as a start sound may, and most of it is not silence. */
    boolean isHeard(Run run) {
        return SoundProof.lasts(run.frames() * shape.seconds()) && 2 * run.sounding() >= run.frames();
    }
}
