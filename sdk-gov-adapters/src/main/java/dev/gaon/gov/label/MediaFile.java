package dev.gaon.gov.label;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A large file, read place by place and copied in pieces, never held whole. Used by one thread, which closes it. */
final class MediaFile implements Closeable {

    /** Takes the first {@code length} bytes of a buffer that is used again. */
    interface Piece {
        void take(byte[] buffer, int length) throws IOException;
    }

    private static final int PIECE = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final String kind;

    private MediaFile(FileChannel channel, long size, String kind) {
        this.channel = channel;
        this.size = size;
        this.kind = kind;
    }

    static MediaFile open(Source file, String kind) throws IOException {
        return new MediaFile(file.channel(), file.size(), kind);
    }

    long size() {
        return size;
    }

    /** Exactly these bytes. */
    byte[] bytes(long at, int length) throws IOException {
        if (at < 0 || length < 0 || at > size - length) {
            throw damaged("cut off");
        }
        byte[] bytes = new byte[length];
        fill(ByteBuffer.wrap(bytes), at);
        return bytes;
    }

    /** The same, big end first. */
    ByteBuffer read(long at, int length) throws IOException {
        return ByteBuffer.wrap(bytes(at, length));
    }

    private void fill(ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw damaged("cut off");
            }
        }
    }

    /** Four bytes as four characters. */
    String word(long at) throws IOException {
        return new String(bytes(at, 4), StandardCharsets.ISO_8859_1);
    }

    /**
     * Piece by piece, each in the same buffer.
     *
     * @param step every piece but the last is a multiple of it; at most 4 KiB
     */
    void each(long from, long to, int step, Piece piece) throws IOException {
        int most = PIECE / step * step;
        byte[] buffer = new byte[(int) Math.min(most, Math.max(0, to - from))];
        for (long at = from; at < to; at += most) {
            int length = (int) Math.min(most, to - at);
            fill(ByteBuffer.wrap(buffer, 0, length).slice(), at);
            piece.take(buffer, length);
        }
    }

    void copy(long from, long to, OutputStream out) throws IOException {
        each(from, to, 1, (buffer, length) -> out.write(buffer, 0, length));
    }

    String sha256(long from, long to) throws IOException {
        MessageDigest digest = AiNotice.digest();
        each(from, to, 1, (buffer, length) -> digest.update(buffer, 0, length));
        return HexFormat.of().formatHex(digest.digest());
    }

    LabelException damaged(String where) {
        return LabelException.damaged(kind, where);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
