package dev.gaon;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How much one embedding request may hold.
 *
 * @param items texts
 * @param tokens of all texts together, estimated upwards
 * @param bytes of all texts together in UTF-8
 */
record TextBatch(int items, int tokens, int bytes) {

    private static final int USUAL_ITEMS = 128;
    private static final int USUAL_BYTES = 8 << 20;

    /** As its provider file says, or what any server takes. */
    static TextBatch of(Endpoint endpoint) {
        Quirks quirks = endpoint.offer().quirks();
        return new TextBatch(
                quirks.embeddingMaxItems() > 0 ? quirks.embeddingMaxItems() : USUAL_ITEMS,
                quirks.embeddingMaxTokens() > 0 ? quirks.embeddingMaxTokens() : Integer.MAX_VALUE,
                quirks.embeddingMaxBytes() > 0 ? quirks.embeddingMaxBytes() : USUAL_BYTES);
    }

    /** The texts in order, cut into requests; a text that is too large alone is alone, for the server to judge. */
    List<List<String>> cut(List<String> texts) {
        List<List<String>> all = new ArrayList<>();
        int from = 0;
        long tokensSoFar = 0;
        long bytesSoFar = 0;
        for (int i = 0; i < texts.size(); i++) {
            int most = tokens == Integer.MAX_VALUE ? 0 : TokenEstimate.most(texts.get(i));
            int length = texts.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (i > from && (i - from == items || tokensSoFar + most > tokens || bytesSoFar + length > bytes)) {
                all.add(texts.subList(from, i));
                from = i;
                tokensSoFar = 0;
                bytesSoFar = 0;
            }
            tokensSoFar += most;
            bytesSoFar += length;
        }
        all.add(texts.subList(from, texts.size()));
        return all;
    }
}
