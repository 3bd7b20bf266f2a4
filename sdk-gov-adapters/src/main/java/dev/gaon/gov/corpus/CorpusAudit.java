package dev.gaon.gov.corpus;

import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Decides every work of a corpus on one machine: JSON lines, CSV and Parquet, in whatever columns. Immutable and safe to
 * share; every {@code with} method returns a changed copy. One run holds its folder alone, works on the thread that called
 * it, and stops soon after that is interrupted. What is finished stays: the same call goes on after a crash.
 *
 * <p>Needs {@code org.duckdb:duckdb_jdbc}. Nothing is sent anywhere. Unless said otherwise: 600 MB for the engine, which with
 * a small Java heap stays below 1 GiB; a thread for each processor; id, licence, decision and basis of each row as Parquet;
 * parts of about 10,000,000 rows; the digest over all rows is computed.
 */
public final class CorpusAudit {

    /**
     * How far a run is.
     *
     * @param rows that are decided, those of an earlier run included
     * @param total rows of all inputs
     * @param rowsPerSecond since this run began to decide
     */
    public record Progress(long rows, long total, double rowsPerSecond) {}

    private static final int LEAST_MEMORY = 200;

    final LicenseTerms terms;
    final Purpose purpose;
    final LocalDate asOf;
    Manifest manifest = Manifest.known();
    int memoryMb = 600;
    int threads = Runtime.getRuntime().availableProcessors();
    long partRows = 10_000_000;
    int mostEvidences = RowDecisions.MOST;
    boolean allColumns;
    boolean credits;
    boolean jsonl;
    boolean rowsDigest = true;
    boolean inputDigests = true;
    String title = "corpus";
    Consumer<Progress> progress = each -> {};

    private CorpusAudit(LicenseTerms terms, Purpose purpose, LocalDate asOf) {
        this.terms = terms;
        this.purpose = purpose;
        this.asOf = asOf;
    }

    /**
     * An audit by these terms.
     *
     * @param asOf the day that counts, in Asia/Seoul
     */
    public static CorpusAudit by(LicenseTerms terms, Purpose purpose, LocalDate asOf) {
        return new CorpusAudit(terms, purpose, asOf);
    }

    private CorpusAudit with(Consumer<CorpusAudit> change) {
        CorpusAudit copy = new CorpusAudit(terms, purpose, asOf);
        copy.manifest = manifest;
        copy.memoryMb = memoryMb;
        copy.threads = threads;
        copy.partRows = partRows;
        copy.mostEvidences = mostEvidences;
        copy.allColumns = allColumns;
        copy.credits = credits;
        copy.jsonl = jsonl;
        copy.rowsDigest = rowsDigest;
        copy.inputDigests = inputDigests;
        copy.title = title;
        copy.progress = progress;
        change.accept(copy);
        return copy;
    }

    private static int atLeast(String setting, int value, int least) {
        if (value < least) {
            throw CorpusException.wrongUse(
                    setting + "이(가) 너무 작습니다: " + value + ".",
                    setting + " is too small: " + value + ".",
                    least + " 이상을 쓰세요.",
                    "Use at least " + least + ".");
        }
        return value;
    }

    /** Which columns hold what; unless said otherwise what {@link Manifest#known} finds. */
    public CorpusAudit withManifest(Manifest columns) {
        return with(each -> each.manifest = columns);
    }

    /** Memory for the engine in MB, at least 200; the Java heap comes on top. What does not fit is spilled to disk. */
    public CorpusAudit withMemory(int megabytes) {
        return with(each -> each.memoryMb = atLeast("memory", megabytes, LEAST_MEMORY));
    }

    /** Threads of the engine, at least 1. */
    public CorpusAudit withThreads(int count) {
        return with(each -> each.threads = atLeast("threads", count, 1));
    }

    /** About how many rows a part has, at least 1; what is in hand when a run is killed is done again. */
    public CorpusAudit withPartRows(int rows) {
        return with(each -> each.partRows = atLeast("part rows", rows, 1));
    }

    /** Distinct evidences, at most; see {@link RowDecisions#MOST}. */
    public CorpusAudit withMostEvidences(int most) {
        return with(each -> each.mostEvidences = atLeast("most evidences", most, 1));
    }

    /**
     * Writes all columns of each row, with {@code gaon_id} where a column of the file is not the id as written, {@code gaon_license}, {@code gaon_decision} and {@code gaon_basis}; a line of JSON
     * stands whole in the column {@code row}.
     */
    public CorpusAudit withAllColumns() {
        return with(each -> each.allColumns = true);
    }

    /** Credits every work that may be used, by {@link AttributionFile}, from the columns of title, author, url and publisher. */
    public CorpusAudit withCredits() {
        return with(each -> each.credits = true);
    }

    /** Writes JSON lines in place of Parquet. */
    public CorpusAudit withJsonLines() {
        return with(each -> each.jsonl = true);
    }

    /** Leaves out the digest over all rows, which has to sort their ids. */
    public CorpusAudit withoutRowsDigest() {
        return with(each -> each.rowsDigest = false);
    }

    /** Leaves out the SHA-256 of each input, which has to read them once more. */
    public CorpusAudit withoutInputDigests() {
        return with(each -> each.inputDigests = false);
    }

    /** What the corpus is called in its summary. */
    public CorpusAudit withTitle(String name) {
        return with(each -> each.title = name);
    }

    /** Told at each finished part, on the thread that runs the audit. */
    public CorpusAudit withProgress(Consumer<Progress> listener) {
        return with(each -> each.progress = listener);
    }

    /**
     * Audits a corpus into a folder:
     *
     * <ul>
     *   <li>{@code decisions/part-*.parquet} or {@code .jsonl}: each row that could be read
     *   <li>{@code bases.jsonl}: for each basis its evidence and the whole decision
     *   <li>{@code unreadable.jsonl}: each row that could not be read, by file and row, and why; only if there is one
     *   <li>{@code attribution.jsonl}, {@code .md} and {@code .html}: only {@link #withCredits with credits}
     *   <li>{@code summary.json}: what is returned
     * </ul>
     *
     * The folder is new, empty, or that of an earlier run with the same inputs, terms and settings, which goes on.
     *
     * @param inputs paths, folders and globs; {@code .jsonl}, {@code .ndjson}, {@code .json} (JSON lines), {@code .csv} and
     *     {@code .tsv}, also as {@code .gz} or {@code .zst}, and {@code .parquet}
     * @throws CorpusException if it cannot be done, by {@link CorpusException#kind()}
     */
    public CorpusSummary run(Collection<String> inputs, Path out) {
        return new CorpusRun(this, inputs, out).run();
    }

    /** All that must be the same for a run to go on. */
    Map<String, Object> settings() {
        Map<String, Object> run = new TreeMap<>();
        run.put("form", 1);
        run.put("terms", terms.digest());
        run.put("columns", Manifest.digest());
        run.put("purpose", purpose.word());
        run.put("asOf", asOf.toString());
        run.put("manifest", manifest.settings());
        run.put("partRows", Long.toString(partRows));
        run.put("mostEvidences", mostEvidences);
        run.put("allColumns", allColumns);
        run.put("credits", credits);
        run.put("jsonLines", jsonl);
        return run;
    }

    /**
     * Writes works as JSON lines that {@link #run} reads, for sources that are no table, such as pages. The file appears
     * whole or not at all.
     *
     * @return how many
     */
    public static long write(Iterator<Work> works, Path file) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
        long count = 0;
        try (BufferedWriter to = Files.newBufferedWriter(fresh)) {
            while (works.hasNext()) {
                to.write(works.next().toJson());
                to.write('\n');
                count++;
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return count;
    }
}
