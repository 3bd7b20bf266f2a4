package dev.gaon.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.spark.DecidedCorpus;
import dev.gaon.gov.spark.SparkCorpusAudit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Decides generated rows on two cores, and copies their ids without deciding anything. */
public final class SparkCorpus {

    private final SparkSession spark = SparkSession.builder()
            .master("local[2]")
            .appName("corpus-spark")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "WARN")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.datetime.java8API.enabled", "true")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate();
    private final String folder;
    private String corpus;
    private long rows;

    private SparkCorpus(String wanted, String folder) {
        this.folder = folder;
        if (wanted.endsWith(".parquet")) {
            corpus = wanted;
            rows = spark.read().parquet(wanted).count();
        } else {
            corpus = folder + "/corpus-" + wanted + ".parquet";
            rows = Long.parseLong(wanted);
        }
    }

    public static void main(String[] args) throws IOException {
        String folder = args.length > 1 ? args[1] : Files.createTempDirectory("corpus-spark").toString();
        SparkCorpus benchmark = new SparkCorpus(args.length > 0 ? args[0] : "5000000", folder);
        benchmark.run(args.length > 2 ? Math.max(1, Integer.parseInt(args[2])) : 3);
        benchmark.spark.stop();
    }

    private void run(int rounds) throws IOException {
        if (!Files.exists(Path.of(corpus))) {
            write(generate(), corpus);
        }
        SparkCorpusAudit audit =
                SparkCorpusAudit.by(LicenseTerms.bundled(), Purpose.TRAIN_COMMERCIAL, LocalDate.of(2026, 11, 21));
        String decisions = folder + "/decisions";
        DecidedCorpus[] decided = new DecidedCorpus[1];
        for (int i = 0; i < rounds; i++) {
            measure("copy", () -> write(spark.read().parquet(corpus).select("id"), folder + "/copy"));
            measure("audit", () -> {
                decided[0] = audit.decide(spark.read().parquet(corpus));
                write(decided[0].decisions(), decisions);
            });
        }
        peak("up to here");
        measure("digest", () -> decided[0].digest(spark.read().parquet(decisions)));
        peak("with the digest");
    }

    private static void peak(String when) throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            status.filter(each -> each.startsWith("VmHWM")).forEach(each -> System.out.println(each + ", " + when));
        }
    }

    /** About 2,000 distinct evidences. */
    private Dataset<Row> generate() {
        return spark.range(0, rows, 1, 16)
                .selectExpr(
                        "concat('gaon-', lpad(cast(id as string), 12, '0')) as id",
                        "concat('도시와 숲의 기록 ', id) as title",
                        "element_at(array('LicenseRef-KOGL-0', 'LicenseRef-KOGL-1', 'LicenseRef-KOGL-2', 'LicenseRef-KOGL-3',"
                                + " 'LicenseRef-KOGL-4', 'CC-BY-4.0', 'CC0-1.0', 'MIT'), cast(pmod(hash(id), 8) + 1 as int)) as license",
                        "'spdx' as license_source",
                        "element_at(array('state', 'local', 'public-institution', 'private'), cast(pmod(hash(id, 1), 4) + 1 as int))"
                                + " as publisher_kind",
                        "date_add(date'2026-05-01', cast(pmod(hash(id, 2), 20) as int)) as collected",
                        "if(pmod(hash(id, 3), 3) = 0, null, pmod(hash(id, 3), 3) = 1) as third_party");
    }

    private static void write(Dataset<Row> rows, String path) {
        rows.write()
                .mode("overwrite")
                .option("compression", "zstd")
                .option("parquet.compression.codec.zstd.level", "1")
                .option("parquet.enable.dictionary#id", "false")
                .option("parquet.column.statistics.enabled#license", "false")
                .option("parquet.column.statistics.enabled#decision", "false")
                .option("parquet.column.statistics.enabled#basis", "false")
                .parquet(path);
    }

    private void measure(String name, Runnable work) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long began = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - began) / 1e9;
        double busy = (system.getProcessCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT, "%-7s %,12.0f rows/s  %.1f s  cpu %.1f s%n", name, rows / seconds, seconds, busy);
    }
}
