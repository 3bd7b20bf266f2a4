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
        all.add(new Pieces(bytes, bytes.length, false));
        all.add(new Pieces(bytes, 0, true));
        for (int cut = 1; cut < bytes.length; cut++) {
            all.add(new Pieces(bytes, cut, false));
        }
        return all;
    }

    /** Gives no more in one read than what arrived together. */
    private static final class Pieces extends InputStream {
        private final byte[] bytes;
        private final int cut;
        private final boolean single;
        private int at;

        Pieces(byte[] bytes, int cut, boolean single) {
            this.bytes = bytes;
            this.cut = cut;
            this.single = single;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            int together = single ? 1 : at < cut ? cut - at : bytes.length - at;
            int read = Math.min(length, together);
            System.arraycopy(bytes, at, into, offset, read);
            at += read;
            return read;
        }

        @Override
        public int read() {
            return at == bytes.length ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public String toString() {
            return single ? "byte by byte" : "cut at " + cut;
        }
    }
}
