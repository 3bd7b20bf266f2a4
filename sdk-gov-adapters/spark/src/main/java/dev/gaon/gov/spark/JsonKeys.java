package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How many lines a file has, and which keys have a value in it; of hostile lines no more than 10,000 keys a task. */
final class JsonKeys {

    private static final int MOST = 10_000;
    private static final StructType FOUND =
            new StructType().add("file", "string").add("key", "string").add("lines", "bigint");

    private static final class Seen {
        private long lines;
        private final TreeSet<String> keys = new TreeSet<>();
    }

    private JsonKeys() {}

    /**
     * What each file has: file, key and lines, of which the row without a key counts the lines.
     *
     * @param lines file and bytes
     */
    static Dataset<Row> of(Dataset<Row> lines) {
        return lines.mapPartitions((MapPartitionsFunction<Row, Row>) JsonKeys::scan, Encoders.row(FOUND))
                .groupBy("file", "key")
                .agg(sum(col("lines")));
    }

    private static Iterator<Row> scan(Iterator<Row> lines) {
        Map<String, Seen> files = new LinkedHashMap<>();
        while (lines.hasNext()) {
            Row line = lines.next();
            Seen seen = files.computeIfAbsent(line.getString(0), key -> new Seen());
            seen.lines++;
            ObjectNode row = JsonLine.object(line.getAs(1));
            if (row != null && seen.keys.size() < MOST) {
                seen.keys.addAll(JsonLine.keys(row));
            }
        }
        List<Row> found = new ArrayList<>();
        files.forEach((file, seen) -> {
            found.add(row(file, null, seen.lines));
            seen.keys.forEach(key -> found.add(row(file, key, 0)));
        });
        return found.iterator();
    }

    private static Row row(String file, @Nullable String key, long lines) {
        return RowFactory.create(file, key, lines);
    }
}
