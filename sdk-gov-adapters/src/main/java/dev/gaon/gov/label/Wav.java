package dev.gaon.gov.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a RIFF WAVE file. A length of 0xFFFFFFFF, as streams have that were never finished, means up to the end of
 * the file; what follows the last chunk is no part of the sound.
 */
final class Wav {

    /** One of them; {@code at} is where its content begins. */
    record Chunk(String id, long at, long length) {

        long end() {
            return at + length;
        }
    }

    private static final int MOST = 4096;
    private static final long OPEN = 0xffff_ffffL;

    private final List<Chunk> chunks;
    private final Chunk data;
    private final WavShape shape;
    private final long end;

    private Wav(List<Chunk> chunks, Chunk data, WavShape shape, long end) {
        this.chunks = chunks;
        this.data = data;
        this.shape = shape;
        this.end = end;
    }

    static Wav of(MediaFile file) throws IOException {
        long declared = number(file, 4);
        long end = declared == OPEN ? file.size() : 8 + declared;
        if (end == file.size() + 1) {
            end = file.size(); // the last chunk's pad byte is counted, but missing
        }
        if (end > file.size()) {
            throw file.damaged("RIFF size");
        }
        List<Chunk> chunks = chunks(file, end);
        Chunk format = only(chunks, "fmt ", file);
        Chunk data = only(chunks, "data", file);
        if (format.at() > data.at()) {
            throw file.damaged("fmt");
        }
        long last = chunks.get(chunks.size() - 1).end();
        return new Wav(
                chunks, data, WavShape.of(file, format), Math.max(Math.min(last + (last & 1), file.size()), end));
    }

    private static List<Chunk> chunks(MediaFile file, long end) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        long at = 12;
        while (end - at >= 8) {
            String id = file.word(at);
            long length = number(file, at + 4);
            if (length == OPEN && id.equals("data")) {
                length = file.size() - at - 8;
            }
            if (!id.chars().allMatch(c -> c >= ' ' && c <= '~') || length > end - at - 8 || chunks.size() == MOST) {
                throw file.damaged("chunk at " + at);
            }
            Chunk chunk = new Chunk(id, at + 8, length);
            chunks.add(chunk);
            at = chunk.end() + (length & 1);
        }
        if (end - at > 1) {
            throw file.damaged("chunk at " + at);
        }
        return chunks;
    }

    private static long number(MediaFile file, long at) throws IOException {
        return file.read(at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffff_ffffL;
    }

    private static Chunk only(List<Chunk> chunks, String id, MediaFile file) {
        List<Chunk> found =
                chunks.stream().filter(chunk -> chunk.id().equals(id)).toList();
        if (found.size() != 1) {
            throw file.damaged(id.strip() + ": " + found.size());
        }
        return found.get(0);
    }

    List<Chunk> chunks() {
        return chunks;
    }

    Chunk data() {
        return data;
    }

    WavShape shape() {
        return shape;
    }

    /** Where the file's RIFF part ends. */
    long end() {
        return end;
    }

    @Nullable
    Chunk first(String id) {
        return chunks.stream()
                .filter(chunk -> chunk.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** A chunk with its pad byte. */
    static byte[] chunk(String id, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(8 + content.length + (content.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(id.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(content.length)
                .put(content);
        return chunk.array();
    }
}
