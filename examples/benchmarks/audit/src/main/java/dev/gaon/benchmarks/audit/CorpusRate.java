package dev.gaon.benchmarks.audit;

import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures how fast a corpus of Parquet is audited, beside a bare copy by the same engine with the same limits and the same
 * compression. Each run is a process of its own with a heap of 256 MB, so that its peak memory is its own. The input has
 * 2,000 distinct licences and days.
 */
final class CorpusRate {

    private static final int MEMORY_MB = 600;
    private static final int THREADS = 2;

    private CorpusRate() {}

    /** What is run, beside which bare copy. */
    enum Run {
        BARE_ID("bare copy of the ids", null),
        BARE_ALL("bare copy of all columns", null),
        DECIDE("audit, id + licence + decision + basis", BARE_ID),
        DECIDE_DIGEST("the same, with the digest over all rows", BARE_ID),
        ALL("audit, all columns", BARE_ALL);

        final String title;
        private final Run beside;

        Run(String title, Run beside) {
            this.title = title;
            this.beside = beside;
        }
    }

    /** What one run of one size took: medians of its rounds, and the highest peak of memory. */
    record Taken(Run run, long rows, double seconds, double cpu, long peakMb) {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        if (args.length == 3 && args[0].matches("[A-Z_]+")) {
            System.out.println(once(Run.valueOf(args[0]), Path.of(args[1]), Path.of(args[2])));
            return;
        }
        String[] sizes = (args.length > 0 ? args[0] : "20000000").split(",");
        Path folder = args.length > 1 ? Files.createDirectories(Path.of(args[1])) : Files.createTempDirectory("gaon-corpus");
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        List<Run> runs = args.length > 3
                ? Stream.of(args[3].split(",")).map(Run::valueOf).toList()
                : List.of(Run.values());
        List<Taken> all = new ArrayList<>();
        for (String size : sizes) {
            all.addAll(measure(Long.parseLong(size), folder, rounds, runs));
        }
        if (args.length < 2) {
            delete(folder);
        } else {
            Files.writeString(folder.resolve("corpus-rate.svg"), CorpusPlot.svg(all));
        }
    }

    private static List<Taken> measure(long rows, Path folder, int rounds, List<Run> runs)
            throws IOException, InterruptedException, SQLException {
        Path input = folder.resolve("corpus-" + rows + ".parquet");
        if (!Files.exists(input)) {
            generate(input, rows);
        }
        System.out.printf(Locale.ROOT, "%,d rows, %.2f GB, %d threads, %d MB for the engine, medians of %d%n%n", rows, Files.size(input) / 1e9, THREADS, MEMORY_MB, rounds);
        System.out.println("| run | s | million rows/s | times the bare copy | peak memory, MB | CPU s | times its CPU |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        Map<Run, List<String[]>> said = new EnumMap<>(Run.class);
        for (int round = 0; round < rounds; round++) {
            for (Run run : runs) {
                said.computeIfAbsent(run, key -> new ArrayList<>())
                        .add(child(run, input, folder.resolve("out")).split(" "));
            }
        }
        List<Taken> all = new ArrayList<>();
        said.forEach((run, each) -> all.add(new Taken(
                run,
                rows,
                median(each, 0),
                median(each, 2),
                each.stream().mapToLong(one -> Long.parseLong(one[1])).max().orElseThrow())));
        for (Taken each : all) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.2f | %s | %d | %.1f | %s |%n",
                    each.run.title,
                    each.seconds,
                    rows / each.seconds / 1e6,
                    times(each, all, Taken::seconds),
                    each.peakMb,
                    each.cpu,
                    times(each, all, Taken::cpu));
        }
        System.out.println();
        return all;
    }

    private static double median(List<String[]> rounds, int column) {
        double[] sorted = rounds.stream().mapToDouble(each -> Double.parseDouble(each[column])).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String times(Taken one, List<Taken> all, ToDoubleFunction<Taken> of) {
        return all.stream()
                .filter(each -> each.run == one.run.beside)
                .findFirst()
                .map(each -> String.format(Locale.ROOT, "%.2f", of.applyAsDouble(one) / of.applyAsDouble(each)))
                .orElse("");
    }

    private static void generate(Path input, long rows) throws SQLException {
        Path fresh = input.resolveSibling("fresh.parquet");
        try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = engine.createStatement()) {
            sql.execute("set threads = " + THREADS);
            sql.execute("set memory_limit = '" + MEMORY_MB + "MB'");
            sql.execute("set preserve_insertion_order = false");
            sql.execute("copy (select 'doc-' || i as id, '공공저작물 ' || (i % 1000003) as title,"
                    + " 'https://www.example.go.kr/board/view?no=' || i as url, md5(i::varchar) || ' 본문 ' ||"
                    + " md5((-i)::varchar) as text, ['CC-BY-4.0', 'CC0-1.0', 'CC-BY-SA-4.0', 'CC-BY-NC-4.0',"
                    + " 'LicenseRef-KOGL-1', 'LicenseRef-KOGL-2', 'LicenseRef-KOGL-4', 'MIT'][1 + (hash(i) % 8)::int] as license,"
                    + " 'spdx' as license_source, date '2026-02-01' + ((hash(i) // 8) % 250)::int as collected"
                    + " from range(" + rows + ") t(i)) to '" + fresh + "' (format parquet, compression zstd)");
        }
        if (!fresh.toFile().renameTo(input.toFile())) {
            throw new IllegalStateException("not renamed: " + fresh);
        }
    }

    private static String child(Run run, Path input, Path out) throws IOException, InterruptedException {
        delete(out);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CorpusRate.class.getName(),
                        run.name(),
                        input.toString(),
                        out.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            if (process.waitFor() != 0 || line == null) {
                throw new IllegalStateException(run + " failed");
            }
            return line;
        } finally {
            delete(out);
        }
    }

    /** @return seconds, the peak of resident memory in MB, and seconds of processor time */
    private static String once(Run run, Path input, Path out) throws IOException, SQLException {
        long began = System.nanoTime();
        if (run.beside == null) {
            bare(run, input, Files.createDirectories(out));
        } else {
            audit(run, input, out);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        return String.format(Locale.ROOT, "%.3f %d %.2f", seconds, peak(), cpu);
    }

    private static void bare(Run run, Path input, Path out) throws SQLException {
        try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = engine.createStatement()) {
            sql.execute("set threads = " + THREADS);
            sql.execute("set memory_limit = '" + MEMORY_MB + "MB'");
            sql.execute("set preserve_insertion_order = false");
            sql.execute("copy (select " + (run == Run.BARE_ID ? "id" : "*") + " from read_parquet('" + input + "')) to '"
                    + out.resolve("bare.parquet") + "' (format parquet, compression zstd, compression_level 1)");
        }
    }

    private static void audit(Run run, Path input, Path out) {
        CorpusAudit audit = CorpusAudit.by(LicenseTerms.bundled(), Purpose.TRAIN_COMMERCIAL, LocalDate.of(2026, 11, 21))
                .withMemory(MEMORY_MB)
                .withThreads(THREADS)
                .withoutInputDigests();
        CorpusAudit wanted =
                switch (run) {
                    case DECIDE -> audit.withoutRowsDigest();
                    case ALL -> audit.withoutRowsDigest().withAllColumns();
                    default -> audit;
                };
        CorpusSummary summary = wanted.run(List.of(input.toString()), out);
        if (summary.decided() == 0 || summary.unread() > 0) {
            throw new IllegalStateException("not all was decided: " + summary);
        }
    }

    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(each -> each.startsWith("VmHWM:"))
                            .mapToLong(each -> Long.parseLong(each.replaceAll("[^0-9]", "")))
                            .sum()
                    / 1024;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted((a, b) -> b.compareTo(a)).toList();
            }
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}
