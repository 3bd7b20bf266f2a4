package dev.gaon.gov.spark;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.text.BilingualText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The corpus audit as an application of its own:
 *
 * <pre>{@code
 * spark-submit --class dev.gaon.gov.spark.AuditJob sdk-gov-spark-VERSION-job.jar \
 *     --purpose train-commercial --as-of 2026-11-21 --out hdfs:///audits/2026-11 hdfs:///corpus
 * }</pre>
 *
 * It reads Parquet, JSON lines and CSV in UTF-8 and writes below {@code --out}: {@code decisions/} and, if there are any, {@code
 * unreadable/}, {@code bases.jsonl}, and at last {@code summary.json}; a folder without that is of a run that did not end. One
 * line of JSON with counts and digest goes to standard output. What cannot be done is thrown, so that the application fails.
 */
public final class AuditJob {

    /**
     * Ids are each their own, so a dictionary of them only costs; a higher level takes longer and hardly writes less. The least
     * and the greatest of the other columns are looked for in every row, and where licences are mixed tell a reader nothing.
     */
    private static final Map<String, String> WRITTEN = Map.of(
            "compression", "zstd",
            "parquet.compression.codec.zstd.level", "1",
            "parquet.enable.dictionary#id", "false",
            "parquet.column.statistics.enabled#license", "false",
            "parquet.column.statistics.enabled#decision", "false",
            "parquet.column.statistics.enabled#basis", "false");

    private static final String USAGE =
            "--purpose P --as-of YYYY-MM-DD --out DIR [--title T] [--layout L] [--column FIELD=COLUMN] [--constant FIELD=VALUE] [--no-digest] INPUT...";

    private final List<String> inputs = new ArrayList<>();
    private Manifest manifest = Manifest.known();
    private @Nullable Purpose purpose;
    private @Nullable LocalDate asOf;
    private @Nullable String out;
    private String title = "corpus";
    private boolean digest = true;
    private final Path folder;
    private final SparkCorpusAudit audit;

    AuditJob(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                inputs.add(args[i]);
            } else if (args[i].equals("--no-digest")) {
                digest = false;
            } else if (i + 1 == args.length) {
                throw wrong(args[i] + "에 값이 없습니다.", args[i] + " has no value.");
            } else {
                option(args[i], args[++i]);
            }
        }
        if (inputs.isEmpty()) {
            throw wrong("입력이 없습니다.", "There is no input.");
        }
        folder = new Path(needed("--out", out));
        audit = SparkCorpusAudit.by(LicenseTerms.bundled(), needed("--purpose", purpose), needed("--as-of", asOf))
                .withManifest(manifest);
    }

    private void option(String name, String value) {
        switch (name) {
            case "--purpose" -> purpose = Purpose.of(value);
            case "--as-of" -> asOf = day(value);
            case "--out" -> out = value;
            case "--title" -> title = value;
            case "--layout" -> manifest = manifest.withLayout(value);
            case "--column" -> manifest = manifest.withColumn(pair(name, value)[0], pair(name, value)[1]);
            case "--constant" -> manifest = manifest.withConstant(pair(name, value)[0], pair(name, value)[1]);
            default -> throw wrong("모르는 선택 사항입니다: " + name + ".", "Unknown option: " + name + ".");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw wrong("--as-of는 2026-11-21처럼 씁니다.", "--as-of is written as in 2026-11-21.");
        }
    }

    private static String[] pair(String name, String value) {
        String[] pair = value.split("=", 2);
        if (pair.length < 2) {
            throw wrong(name + "은(는) 칸=값으로 씁니다.", name + " is written FIELD=VALUE.");
        }
        return pair;
    }

    private static <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw wrong(name + "이(가) 없습니다.", name + " is missing.");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String ko, String en) {
        return new IllegalArgumentException(new BilingualText(ko + " 쓰는 법: " + USAGE, en + " Usage: " + USAGE).both());
    }

    /** See above. The session is the application's own and ends with it. */
    public static void main(String[] args) throws IOException {
        AuditJob job = new AuditJob(args);
        SparkSession spark = SparkSession.builder()
                .appName("gaon-corpus-audit")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .getOrCreate();
        try {
            String line = line(job.run(spark));
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).println(line);
        } finally {
            spark.stop();
        }
    }

    CorpusSummary run(SparkSession spark) throws IOException {
        FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
        if (files.exists(folder) && files.listStatus(folder).length > 0) {
            throw wrong("폴더가 비어 있지 않습니다: " + folder + ".", "The folder is not empty: " + folder + ".");
        }
        CorpusInputs.Read read = CorpusInputs.read(spark, inputs, manifest);
        String decisions = new Path(folder, "decisions").toString();
        DecidedCorpus decided;
        try (OutputStream bases = files.create(new Path(folder, "bases.jsonl"))) {
            decided = audit.withBases(line -> write(bases, line)).decide(read.tables());
        }
        decided.decisions().write().options(WRITTEN).parquet(decisions);
        if (decided.unread() > 0) {
            decided.unreadableOfFiles().write().json(new Path(folder, "unreadable").toString());
        }
        CorpusSummary.Builder summary = decided.summary().title(title);
        read.files().forEach(summary::input);
        if (digest) {
            summary.rowsDigest(decided.digest(spark.read().parquet(decisions)));
        }
        CorpusSummary made = summary.build();
        try (OutputStream to = files.create(new Path(folder, "summary.json"))) {
            write(to, made.toJson());
        }
        return made;
    }

    private static void write(OutputStream to, String line) {
        try {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(CorpusSummary summary) {
        Map<String, Object> out = new TreeMap<>();
        out.put("rows", summary.rows());
        out.put("unreadable", summary.unread());
        for (Map.Entry<Outcome, Long> each : summary.byDecision().entrySet()) {
            out.put(each.getKey().name(), each.getValue());
        }
        if (summary.rowsDigest() != null) {
            out.put("rowsDigest", summary.rowsDigest());
        }
        return CanonicalForm.write(out);
    }
}
