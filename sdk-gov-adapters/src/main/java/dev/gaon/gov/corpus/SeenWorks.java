package dev.gaon.gov.corpus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which works were seen, by 128 bits of their SHA-256, in at most 32 MiB. Past that many works new ones are no longer
 * remembered. One thread.
 */
final class SeenWorks {

    /** So many are remembered. */
    static final int MOST = 1_400_000;

    private static final int LARGEST = 1 << 21;

    private final MessageDigest sha256;
    private final int most;
    private long[] table = new long[2 << 12];
    private int count;

    SeenWorks() {
        this(MOST);
    }

    SeenWorks(int most) {
        this.most = most;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** True if this is the first of its identity, as far as is remembered. */
    boolean add(String identity) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(identity.getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong() | 1; // never the zero of an empty place
        long low = digest.getLong();
        int at = place(table, high, low);
        if (table[at] != 0) {
            return false;
        }
        if (count < most) {
            table[at] = high;
            table[at + 1] = low;
            count++;
            if (count * 4L > table.length / 2 * 3L && table.length / 2 < LARGEST) {
                grow();
            }
        }
        return true;
    }

    boolean full() {
        return count >= most;
    }

    /** Where it is or would be. */
    private static int place(long[] table, long high, long low) {
        int mask = table.length / 2 - 1;
        int slot = (int) (high >>> 32) & mask;
        while (table[2 * slot] != 0 && (table[2 * slot] != high || table[2 * slot + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return 2 * slot;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0) {
                int at = place(larger, table[i], table[i + 1]);
                larger[at] = table[i];
                larger[at + 1] = table[i + 1];
            }
        }
        table = larger;
    }
}
