package dev.gaon;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** A stream and how it is cut: an input up to its first zero byte gives sizes of pieces, the rest is the stream. */
record CutStream(byte[] bytes, int[] sizes) {

    static CutStream of(byte[] input) {
        int split = 0;
        while (split < input.length && input[split] != 0) {
            split++;
        }
        if (split == input.length) {
            return new CutStream(input, new int[] {2});
        }
        int[] sizes = new int[Math.max(1, split)];
        Arrays.fill(sizes, 3);
        for (int i = 0; i < split; i++) {
            sizes[i] = input[i] & 0xff;
        }
        return new CutStream(Arrays.copyOfRange(input, split + 1, input.length), sizes);
    }

    List<InputStream> feeds() {
        return List.of(Feeds.whole(bytes), Feeds.single(bytes), Feeds.cut(bytes, sizes));
    }
}
