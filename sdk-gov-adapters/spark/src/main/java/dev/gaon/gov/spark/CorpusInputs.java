package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.url_decode;
import static org.apache.spark.sql.functions.when;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.corpus.UnreadableCause;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The files of a corpus as tables, files with the same columns together, and what each file holds. One thread. */
final class CorpusInputs {

    private static final String PATH = "_metadata.file_path";
    private static final String NAME = "_metadata.file_name";
    private static final String CORRUPT = Table.RESERVED + "corrupt";
    private static final String LINE = Table.RESERVED + "line";

    private final SparkSession spark;
    private final Manifest manifest;
    private final Configuration hadoop;
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, Long> rows = new LinkedHashMap<>();

    private CorpusInputs(SparkSession spark, Manifest manifest) {
        this.spark = spark;
        this.manifest = manifest;
        this.hadoop = spark.sessionState().newHadoopConf();
    }

    /** @param files what each holds, as the summary lists it */
    record Read(List<Table> tables, List<CorpusSummary.Input> files) {}

    /**
     * @param inputs paths, folders and globs
     * @throws IllegalArgumentException if there is nothing to read, or columns are unclear
     */
    static Read read(SparkSession spark, Collection<String> inputs, Manifest manifest) throws IOException {
        CorpusInputs all = new CorpusInputs(spark, manifest);
        List<FileStatus> files = CorpusFiles.find(inputs, all.hadoop);
        all.parquet(of(files, CorpusFiles.PARQUET));
        all.csv(of(files, CorpusFiles.CSV), ",");
        all.csv(of(files, CorpusFiles.TSV), "\t");
        all.json(of(files, CorpusFiles.JSONL));
        return new Read(
                all.tables,
                files.stream()
                        .map(each -> new CorpusSummary.Input(
                                each.getPath().getName(),
                                each.getLen(),
                                null,
                                all.rows.getOrDefault(address(each), 0L)))
                        .toList());
    }

    private static List<FileStatus> of(List<FileStatus> files, String format) {
        return files.stream()
                .filter(each -> CorpusFiles.format(each.getPath()).equals(format))
                .toList();
    }

    private static String[] paths(List<FileStatus> files) {
        return files.stream().map(CorpusFiles::literal).toArray(String[]::new);
    }

    private static Dataset<Row> named(Dataset<Row> read) {
        return read.select(col("*"), name());
    }

    /** The engine writes names as in addresses, where a plus sign stands for itself. */
    private static Column name() {
        return url_decode(replace(col(NAME), lit("+"), lit("%2B"))).as(Table.FILE);
    }

    private static String address(FileStatus file) {
        return address(file.getPath().toUri());
    }

    /** Engine and file system write the same file with more or fewer slashes. */
    private static String address(URI file) {
        return (file.getAuthority() == null ? "" : file.getAuthority()) + file.getRawPath();
    }

    private static String address(Row row) {
        return address(URI.create(row.getString(0)));
    }

    private void parquet(List<FileStatus> files) throws IOException {
        Map<String, List<FileStatus>> alike = new LinkedHashMap<>();
        for (FileStatus each : files) {
            try (ParquetFileReader footer = ParquetFileReader.open(HadoopInputFile.fromStatus(each, hadoop))) {
                rows.put(address(each), footer.getRecordCount());
                alike.computeIfAbsent(footer.getFileMetaData().getSchema().toString(), key -> new ArrayList<>())
                        .add(each);
            }
        }
        alike.values()
                .forEach(each ->
                        tables.add(Fields.table(named(spark.read().parquet(paths(each))), manifest, Table.FILE)));
    }

    private void csv(List<FileStatus> files, String delimiter) {
        Map<List<String>, List<FileStatus>> alike = new LinkedHashMap<>();
        for (FileStatus each : files) {
            String[] header = table(delimiter).csv(CorpusFiles.literal(each)).columns();
            alike.computeIfAbsent(List.of(header), key -> new ArrayList<>()).add(each);
        }
        alike.forEach((header, each) -> csv(each, header, delimiter));
    }

    private DataFrameReader table(String delimiter) {
        return spark.read()
                .option("header", true)
                .option("sep", delimiter)
                .option("quote", "\"")
                .option("escape", "\"")
                .option("multiLine", true)
                // else a row that is too long is only seen where its last columns are asked for
                .option("columnPruning", false);
    }

    /** A column without any value in a file is none there. */
    private void csv(List<FileStatus> files, List<String> header, String delimiter) {
        StructType schema = new StructType();
        for (String each : header) {
            schema = schema.add(each, "string");
        }
        Dataset<Row> read = table(delimiter)
                .option("columnNameOfCorruptRecord", CORRUPT)
                .schema(schema.add(CORRUPT, "string"))
                .csv(paths(files));
        List<Column> counts = new ArrayList<>();
        header.forEach(each -> counts.add(count(quoted(each))));
        Map<List<String>, List<String>> alike = new LinkedHashMap<>();
        for (Row row : read.groupBy(col(PATH).as(LINE))
                .agg(count(lit(1)), counts.toArray(Column[]::new))
                .collectAsList()) {
            List<String> empty = new ArrayList<>();
            for (int i = 0; i < header.size(); i++) {
                if (row.getLong(2 + i) == 0) {
                    empty.add(header.get(i));
                }
            }
            rows.put(address(row), row.getLong(1));
            alike.computeIfAbsent(empty, key -> new ArrayList<>()).add(row.getString(0));
        }
        // a file without a row has no columns either
        files.stream()
                .filter(each -> !rows.containsKey(address(each)))
                .forEach(each -> manifest.match(name -> false, header));
        Column[] all = header.stream().map(CorpusInputs::quoted).toArray(Column[]::new);
        Column cause = when(concat_ws("", all).contains("\uFFFD"), lit(UnreadableCause.WRONG_ENCODING.name()))
                .when(col(CORRUPT).isNotNull(), lit(UnreadableCause.MALFORMED.name()));
        alike.forEach((empty, each) -> {
            // which cell is which is not known in a row that is broken
            List<Column> cells = new ArrayList<>(List.of(cause.as(Table.CAUSE), name()));
            header.stream()
                    .filter(name -> !empty.contains(name))
                    .forEach(
                            name -> cells.add(when(cause.isNull(), quoted(name)).as(name)));
            Dataset<Row> some = read.where(col(PATH).isInCollection(each)).select(cells.toArray(Column[]::new));
            tables.add(Fields.table(some, manifest, Table.CAUSE, Table.FILE));
        });
    }

    private static Column quoted(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

    private void json(List<FileStatus> files) {
        if (files.isEmpty()) {
            return;
        }
        Map<String, TreeSet<String>> keys = new LinkedHashMap<>();
        for (Row row : JsonKeys.of(lines(files).select(col(PATH), col("value").cast("binary")))
                .collectAsList()) {
            if (row.isNullAt(1)) {
                rows.merge(address(row), row.getLong(2), Long::sum);
            } else {
                keys.computeIfAbsent(address(row), key -> new TreeSet<>()).add(row.getString(1));
            }
        }
        Map<Manifest.Columns, List<FileStatus>> alike = new LinkedHashMap<>();
        for (FileStatus each : files) {
            TreeSet<String> has = keys.getOrDefault(address(each), new TreeSet<>());
            List<String> top = has.stream().filter(key -> !key.contains(".")).toList();
            alike.computeIfAbsent(manifest.match(has::contains, top), key -> new ArrayList<>())
                    .add(each);
        }
        alike.forEach((columns, each) -> tables.add(json(each, columns)));
    }

    private Dataset<Row> lines(List<FileStatus> files) {
        return spark.read().text(paths(files)).where(btrim(col("value")).notEqual(""));
    }

    private Table json(List<FileStatus> files, Manifest.Columns columns) {
        List<String> paths = columns.columns().values().stream().distinct().toList();
        Column read = JsonLine.values(
                col("value").cast("binary"), paths, columns.columns().get("id"));
        Dataset<Row> lines = lines(files).select(read.as(LINE), name());
        List<Column> values = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            values.add(col(LINE).getItem(1 + i).as(paths.get(i)));
        }
        return Fields.table(
                lines.select(Stream.concat(
                                Stream.of(col(LINE).getItem(0).as(Table.CAUSE), col(Table.FILE)), values.stream())
                        .toArray(Column[]::new)),
                columns);
    }
}
