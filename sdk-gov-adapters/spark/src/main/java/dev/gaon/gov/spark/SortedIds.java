package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unhex;

import dev.gaon.gov.corpus.RowDecision;
import dev.gaon.gov.corpus.RowsDigest;
import dev.gaon.gov.text.BilingualText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The digest over all rows: executors sort ids and bases in ranges, each some 100,000 rows of which equal ones are counted;
 * the driver takes the ranges in order, a few of them on their way while one is read.
 */
final class SortedIds {

    private static final long RANGE = 100_000;
    private static final int MOST_RANGES = 20_000;
    private static final int AHEAD = 8;
    private static final int BLOCK = 1 << 20;
    private static final int BASIS = 16;

    private SortedIds() {}

    /** @param bases what was decided, by basis */
    static String digest(Dataset<Row> decisions, Map<String, RowDecision.Decided> bases, long rows) {
        int ranges = (int) Math.min(MOST_RANGES, 1 + rows / RANGE);
        JavaRDD<byte[]> blocks = decisions
                .select(col("id").cast("binary").as("id"), unhex(col("basis")).as("basis"))
                .repartitionByRange(ranges, col("id"), col("basis"))
                .sortWithinPartitions("id", "basis")
                .mapPartitions((MapPartitionsFunction<Row, byte[]>) Blocks::new, Encoders.BINARY())
                .javaRDD();
        RowsDigest digest = new RowsDigest();
        ExecutorService ahead = Executors.newFixedThreadPool(AHEAD, task -> {
            Thread thread = new Thread(task, "gaon-digest");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Deque<Future<List<byte[]>>> coming = new ArrayDeque<>();
            int all = blocks.getNumPartitions();
            for (int next = 0; next < all || !coming.isEmpty(); ) {
                while (next < all && coming.size() < AHEAD) {
                    int range = next++;
                    coming.add(ahead.submit(() -> blocks.collectPartitions(new int[] {range})[0]));
                }
                coming.remove().get().forEach(block -> add(block, bases, digest));
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    new BilingualText("다이제스트 계산을 멈추었습니다.", "The digest was cancelled.").both(), e);
        } finally {
            ahead.shutdownNow();
        }
        return digest.sha256();
    }

    private static void add(byte[] block, Map<String, RowDecision.Decided> bases, RowsDigest digest) {
        ByteBuffer in = ByteBuffer.wrap(block);
        byte[] basis = new byte[BASIS];
        while (in.hasRemaining()) {
            long count = in.getLong();
            byte[] id = new byte[in.getInt()];
            in.get(id).get(basis);
            RowDecision.Decided row = bases.get(HexFormat.of().formatHex(basis));
            if (row == null) {
                throw new IllegalArgumentException(new BilingualText(
                                "이 감사에 없는 근거(basis)가 들어 있습니다. 이 감사가 쓴 결과를 주세요.",
                                "It has a basis that is not of this audit. Give what this audit wrote.")
                        .both());
            }
            String text = new String(id, StandardCharsets.UTF_8);
            for (long i = 0; i < count; i++) {
                digest.add(text, row);
            }
        }
    }

    /** Sorted rows as bytes: how often, the length of the id, the id, the basis. */
    private static final class Blocks implements Iterator<byte[]> {

        private final Iterator<Row> rows;
        private boolean held;
        private byte[] id = {};
        private byte[] basis = {};
        private long count;

        Blocks(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return held || rows.hasNext();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<byte[]> parts = new ArrayList<>();
            int size = 0;
            while (hasNext() && size < BLOCK) {
                byte[] part = run();
                parts.add(part);
                size += part.length;
            }
            ByteBuffer block = ByteBuffer.allocate(size);
            parts.forEach(block::put);
            return block.array();
        }

        /** The next rows that are equal, as one. */
        private byte[] run() {
            if (!held) {
                take(rows.next());
            }
            byte[] first = id;
            byte[] firstBasis = basis;
            count = 0;
            do {
                count++;
                held = false;
                if (rows.hasNext()) {
                    take(rows.next());
                }
            } while (held && Arrays.equals(first, id) && Arrays.equals(firstBasis, basis));
            return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + first.length + BASIS)
                    .putLong(count)
                    .putInt(first.length)
                    .put(first)
                    .put(firstBasis)
                    .array();
        }

        private void take(Row row) {
            held = true;
            id = row.getAs(0);
            basis = row.getAs(1);
        }
    }
}
