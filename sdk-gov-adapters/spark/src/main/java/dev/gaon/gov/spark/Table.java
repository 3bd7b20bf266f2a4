package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are ready to be decided: the id, why a row cannot be read whatever its evidence, and the evidence, in columns
 * of their own beside those that came. Immutable.
 *
 * @param rows with the columns {@link #ID}, {@link #CAUSE} and {@link #evidence}
 */
record Table(Dataset<Row> rows, Manifest.Columns columns) {

    /** Begins the names of columns that the audit adds for itself. */
    static final String RESERVED = "gaon__";

    static final String ID = RESERVED + "id";
    static final String CAUSE = RESERVED + "cause";
    static final String FILE = RESERVED + "file";
    static final String KEY = RESERVED + "key";
    static final String VERDICT = RESERVED + "verdict";

    private static final String EVIDENCE = RESERVED + "e";
    private static final BilingualText CHANGED = new BilingualText(
            "읽는 동안 말뭉치가 바뀌었습니다. 바뀌지 않는 파일이나 저장해 둔 결과를 쓰세요.",
            "The corpus changed while it was read. Use files that stay as they are, or a result that was stored.");

    static String evidence(int i) {
        return EVIDENCE + i;
    }

    private int keys() {
        return columns.evidence().size();
    }

    /**
     * A number for each distinct evidence; what stands between the values tells a missing one from one in the next place. Two
     * that meet in one number are seen when the distinct ones are collected, and another attempt tells them apart.
     */
    Column key(int attempt) {
        List<Column> parts = new ArrayList<>(List.of(lit(attempt), col(CAUSE)));
        for (int i = 0; i < keys(); i++) {
            parts.add(lit(i));
            parts.add(col(evidence(i)));
        }
        return xxhash64(parts.toArray(Column[]::new));
    }

    /** The same where no row is without its evidence, so that none is asked for a cause again; the numbers stay. */
    Table sound() {
        return new Table(
                rows.withColumn(CAUSE, when(col(ID).isNull(), changed()).otherwise("")), columns);
    }

    private static Column changed() {
        return raise_error(lit(CHANGED.both())).cast("string");
    }

    /** The distinct evidence: cause, values as text, how many rows, and its number. */
    Dataset<Row> tuples(Column key) {
        Column[] by = IntStream.range(-1, keys())
                .mapToObj(i -> col(i < 0 ? CAUSE : evidence(i)))
                .toArray(Column[]::new);
        List<Column> texts = new ArrayList<>();
        for (Column each : by) {
            texts.add(each.cast("string"));
        }
        texts.add(col("count"));
        texts.add(key);
        // numbers and days are grouped as they are, which is cheaper than their texts
        return rows.groupBy(by).count().select(texts.toArray(Column[]::new));
    }

    /**
     * Every row with what was decided of its evidence; {@link #CAUSE} is empty where something was. A row whose evidence was
     * not there before fails the job.
     *
     * @param verdicts by number, with the cause in {@link #VERDICT}
     */
    Dataset<Row> with(Dataset<Row> verdicts, Column key) {
        return rows.withColumn(KEY, key)
                .join(broadcast(verdicts), new String[] {KEY}, "left")
                .withColumn(CAUSE, coalesce(col(VERDICT), changed()))
                .drop(IntStream.range(-2, keys())
                        .mapToObj(i -> i < -1 ? KEY : i < 0 ? VERDICT : evidence(i))
                        .toArray(String[]::new));
    }
}
