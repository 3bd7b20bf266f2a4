package dev.gaon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The odd ways in which a reply is cut before it is sent; what a caller sees must not depend on them. */
enum Chunking {
    WHOLE {
        @Override
        boolean cut(byte[] body, int at, Random random) {
            return false;
        }
    },
    EACH_BYTE {
        @Override
        boolean cut(byte[] body, int at, Random random) {
            return true;
        }
    },
    INSIDE_CHARACTERS {
        @Override
        boolean cut(byte[] body, int at, Random random) {
            return (body[at] & 0xC0) == 0x80;
        }
    },
    /** Two or three events at once, and the next one begun. */
    SEVERAL_EVENTS {
        @Override
        boolean cut(byte[] body, int at, Random random) {
            return body[at - 1] == ':' && random.nextInt(5) == 0;
        }
    },
    PSEUDO_RANDOM {
        @Override
        boolean cut(byte[] body, int at, Random random) {
            return random.nextInt(17) == 0;
        }
    };

    private static final long SEED = 20_261_122;

    abstract boolean cut(byte[] body, int at, Random random);

    List<byte[]> pieces(byte[] body) {
        Random random = new Random(SEED);
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int at = 1; at < body.length; at++) {
            if (cut(body, at, random)) {
                pieces.add(Arrays.copyOfRange(body, from, at));
                from = at;
            }
        }
        pieces.add(Arrays.copyOfRange(body, from, body.length));
        return pieces;
    }

    /** Whether each piece is a chunk of HTTP too; else the reply ends with its connection. */
    boolean chunked() {
        return this == INSIDE_CHARACTERS || this == PSEUDO_RANDOM;
    }
}
