package dev.gaon;

import java.util.Arrays;

/**
 * What the index stores for a word, as 64-bit hashes, so that indexing makes no strings: English words whole,
 * Hangul as syllable pairs, a number with the first syllable of its unit and without. Stateless.
 */
final class IndexKeys {

    private IndexKeys() {}

    /** Receives keys one at a time. */
    interface Sink {
        void key(long key);
    }

    static long[] of(Words words) {
        return of(words, 0, words.count());
    }

    /** Keys to look up for the words of a question: the most specific ones only. */
    static long[] of(Words words, int from, int to) {
        long[] keys = new long[16];
        int n = 0;
        for (int w = from; w < to; w++) {
            int start = words.start(w);
            int end = words.end(w);
            if (words.kind(w) == Words.HANGUL) {
                for (int i = start; i == start || i + 1 < end; i++) {
                    keys = n == keys.length ? Arrays.copyOf(keys, n * 2) : keys;
                    keys[n++] = hash(words.chars, i, Math.min(end, i + 2));
                }
            } else {
                int digits = digits(words, w);
                keys = n == keys.length ? Arrays.copyOf(keys, n * 2) : keys;
                keys[n++] = hash(words.chars, start, Math.min(end, digits + 1));
            }
        }
        return Arrays.copyOf(keys, n);
    }

    static void emit(Words words, Sink sink) {
        char[] chars = words.chars;
        for (int w = 0; w < words.count(); w++) {
            int start = words.start(w);
            int end = words.end(w);
            switch (words.kind(w)) {
                case Words.LATIN -> sink.key(hash(chars, start, end));
                case Words.NUMBER -> {
                    int digits = digits(words, w);
                    sink.key(hash(chars, start, digits));
                    if (digits < end) {
                        sink.key(hash(chars, start, digits + 1));
                    }
                }
                default -> {
                    // 법은, 키를: a noun of one syllable and its particle
                    if (end - start == 1 || end - start == 2 && "은는을를의에이가도".indexOf(chars[end - 1]) >= 0) {
                        sink.key(hash(chars, start, start + 1));
                    }
                    for (int i = start; i + 1 < end; i++) {
                        sink.key(hash(chars, i, i + 2));
                    }
                }
            }
        }
    }

    private static int digits(Words words, int word) {
        int end = words.end(word);
        if (words.kind(word) == Words.LATIN) {
            return end;
        }
        int i = words.start(word);
        while (i < end && !Words.isHangul(words.chars[i])) {
            i++;
        }
        return i;
    }

    private static long hash(char[] chars, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ chars[i]) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
