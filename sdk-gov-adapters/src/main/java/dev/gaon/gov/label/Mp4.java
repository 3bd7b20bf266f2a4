package dev.gaon.gov.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outermost boxes of an ISO base media file (MP4, M4A, MOV), and what its tracks hold. Bytes after the last box that
 * begin no box of a known kind are no part of it.
 */
final class Mp4 {

    /** One of them, from its head to its end; a size of 0 means up to the end of what holds it. */
    record Box(String type, long start, long body, long end, boolean open) {}

    private static final int MOST = 200_000;

    /** A box of these kinds that does not fit into the file was cut off; anything else there is not a box. */
    private static final Set<String> KNOWN = Set.of(
            "ftyp", "styp", "moov", "mdat", "moof", "mfra", "free", "skip", "wide", "uuid", "meta", "udta", "sidx",
            "ssix", "emsg", "prft", "pdin", "imda", "pnot");

    private static final byte[] XMP = {
        (byte) 0xbe,
        0x7a,
        (byte) 0xcf,
        (byte) 0xcb,
        (byte) 0x97,
        (byte) 0xa9,
        0x42,
        (byte) 0xe8,
        (byte) 0x9c,
        0x71,
        (byte) 0x99,
        (byte) 0x94,
        (byte) 0x91,
        (byte) 0xe3,
        (byte) 0xaf,
        (byte) 0xac
    };

    /** An XMP box has its id between its head and the packet. */
    static final int ID = 16;

    private final MediaFile file;
    private final List<Box> boxes = new ArrayList<>();
    private final Set<String> tracks = new HashSet<>();
    private int seen;

    private Mp4(MediaFile file) {
        this.file = file;
    }

    static Mp4 of(MediaFile file) throws IOException {
        Mp4 mp4 = new Mp4(file);
        mp4.readBoxes();
        return mp4;
    }

    private void readBoxes() throws IOException {
        for (long at = 0; at < file.size(); at = end()) {
            Box box = box(at, file.size());
            if (box == null) {
                break;
            }
            boxes.add(box);
        }
        List<Box> movies =
                boxes.stream().filter(box -> box.type().equals("moov")).toList();
        boolean samples = boxes.stream().anyMatch(box -> Set.of("mdat", "moof").contains(box.type()));
        if (movies.size() != 1 || !samples) {
            throw file.damaged("moov, mdat");
        }
        for (Box track : inside(movies.get(0), "trak")) {
            for (Box media : inside(track, "mdia")) {
                for (Box handler : inside(media, "hdlr")) {
                    tracks.add(file.word(handler.body() + 8));
                }
            }
        }
    }

    private List<Box> inside(Box outer, String type) throws IOException {
        List<Box> found = new ArrayList<>();
        long at = outer.body();
        while (outer.end() - at >= 8) {
            Box box = box(at, outer.end());
            if (box == null) {
                throw file.damaged("box at " + at);
            }
            if (box.type().equals(type)) {
                found.add(box);
            }
            at = box.end();
        }
        return found;
    }

    /** Null if there is none. */
    private @Nullable Box box(long at, long limit) throws IOException {
        long room = limit - at;
        if (room < 8) {
            return null;
        }
        if (++seen > MOST) {
            throw file.damaged("boxes");
        }
        byte[] start = file.bytes(at, (int) Math.min(16, room));
        ByteBuffer head = ByteBuffer.wrap(start);
        long size = head.getInt(0) & 0xffff_ffffL;
        String type = new String(start, 4, 4, StandardCharsets.ISO_8859_1);
        int length = size == 1 ? 16 : 8;
        if (size == 1 && room >= 16) {
            size = head.getLong(8);
        } else if (size == 0 && !type.equals("\0\0\0\0")) {
            return new Box(type, at, at + 8, limit, true);
        }
        if (size < length || size > room) {
            if (KNOWN.contains(type)) {
                throw file.damaged(type + " at " + at);
            }
            return null;
        }
        return new Box(type, at, at + length, at + size, false);
    }

    List<Box> boxes() {
        return boxes;
    }

    /** Where the last box ends. */
    long end() {
        return boxes.isEmpty() ? 0 : boxes.get(boxes.size() - 1).end();
    }

    /** Whether there is sound and no picture. */
    boolean isAudio() {
        return tracks.contains("soun") && tracks.stream().noneMatch(Set.of("vide", "pict", "auxv")::contains);
    }

    boolean isXmp(Box box) throws IOException {
        return box.type().equals("uuid")
                && box.end() - box.body() >= ID
                && file.read(box.body(), ID).equals(ByteBuffer.wrap(XMP));
    }

    /** The packet of such a box; of one that is too long to be one, too much. */
    byte[] packet(Box box) throws IOException {
        long from = box.body() + ID;
        return file.bytes(from, (int) Math.min(box.end() - from, Xmp.MAX_BYTES + 1));
    }

    /** The number of boxes that stay where they are: after them come XMP and the index of fragments, to which nothing points. */
    int fixed() throws IOException {
        int fixed = boxes.size();
        while (fixed > 0
                && (isXmp(boxes.get(fixed - 1)) || boxes.get(fixed - 1).type().equals("mfra"))) {
            fixed--;
        }
        return fixed;
    }

    static byte[] xmpBox(byte[] packet) {
        return ByteBuffer.allocate(8 + ID + packet.length)
                .putInt(8 + ID + packet.length)
                .put("uuid".getBytes(StandardCharsets.US_ASCII))
                .put(XMP)
                .put(packet)
                .array();
    }
}
