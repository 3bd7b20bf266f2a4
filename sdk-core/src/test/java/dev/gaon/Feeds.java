package dev.gaon;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The ways in which the same bytes can arrive: at once, one by one, and cut once at every place. */
final class Feeds {

    private Feeds() {}

    static List<InputStream> of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<InputStream> of(byte[] bytes) {
        List<InputStream> all = new ArrayList<>();
        all.add(whole(bytes));
        all.add(single(bytes));
        for (int cut = 1; cut < bytes.length; cut++) {
            all.add(new Pieces(bytes, "cut at " + cut, cut, bytes.length - cut));
        }
        return all;
    }

    static InputStream whole(byte[] bytes) {
        return new Pieces(bytes, "at once", Math.max(1, bytes.length));
    }

    static InputStream single(byte[] bytes) {
        return new Pieces(bytes, "byte by byte", 1);
    }

    /** In pieces of these sizes, again and again. */
    static InputStream cut(byte[] bytes, int... sizes) {
        return new Pieces(bytes, "cut", sizes);
    }

    /** Gives no more in one read than what arrived together. */
    private static final class Pieces extends InputStream {
        private final byte[] bytes;
        private final String name;
        private final int[] sizes;
        private int at;
        private int piece;
        private int pieceEnd;

        Pieces(byte[] bytes, String name, int... sizes) {
            this.bytes = bytes;
            this.name = name;
            this.sizes = sizes;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            if (at == pieceEnd) {
                pieceEnd = Math.min(bytes.length, at + sizes[piece++ % sizes.length]);
            }
            int read = Math.min(length, pieceEnd - at);
            System.arraycopy(bytes, at, into, offset, read);
            at += read;
            return read;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
