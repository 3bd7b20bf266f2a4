package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.gaon.gov.corpus.CorpusGroup;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.corpus.RowDecision;
import dev.gaon.gov.corpus.UnreadableCause;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A corpus of which every row is decided or named as unreadable. It belongs to the Spark session of its rows and holds
 * nothing open; each Dataset runs as it is used and reads the corpus again.
 */
public final class DecidedCorpus {

    static final String LICENSE = "gaon_license";
    static final String DECISION = "gaon_decision";
    static final String BASIS = "gaon_basis";

    private static final int LONGEST_ID = 200;

    /** How many rows came to what. */
    static final class Counts {
        private final Map<CorpusGroup, Long> groups = new LinkedHashMap<>();
        private final Map<UnreadableCause, Long> unreadable = new EnumMap<>(UnreadableCause.class);
        private final Map<String, RowDecision.Decided> bases = new LinkedHashMap<>();
        private boolean broken;

        /** @param cause why rows cannot be read whatever their evidence; empty if nothing is wrong with them */
        void sees(String cause) {
            broken |= !cause.isEmpty();
        }

        /** Whether evidence alone told what rows came to. */
        boolean sound() {
            return !broken;
        }

        RowDecision count(RowDecision made, long rows) {
            if (made instanceof RowDecision.Decided row) {
                groups.merge(row.group(), rows, Long::sum);
                bases.putIfAbsent(row.basis(), row);
            } else if (made instanceof RowDecision.Unreadable row) {
                unreadable.merge(row.cause(), rows, Long::sum);
            }
            return made;
        }

        void add(Counts more) {
            more.groups.forEach((group, rows) -> groups.merge(group, rows, Long::sum));
            more.unreadable.forEach((cause, rows) -> unreadable.merge(cause, rows, Long::sum));
            more.bases.forEach(bases::putIfAbsent);
        }

        long decided() {
            return groups.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final List<Dataset<Row>> tables;
    private final LicenseTerms terms;
    private final Purpose purpose;
    private final LocalDate asOf;
    private final Counts counts;

    DecidedCorpus(List<Dataset<Row>> tables, LicenseTerms terms, Purpose purpose, LocalDate asOf, Counts counts) {
        this.tables = tables;
        this.terms = terms;
        this.purpose = purpose;
        this.asOf = asOf;
        this.counts = counts;
    }

    /** The rows that could be read, with all their columns and {@code gaon_license}, {@code gaon_decision}, {@code gaon_basis}. */
    public Dataset<Row> rows() {
        return union(DecidedCorpus::whole);
    }

    private static Dataset<Row> whole(Dataset<Row> table) {
        return read(table).drop(Table.ID, Table.CAUSE, Table.FILE);
    }

    /** The rows that could be read, as {@code id}, {@code license}, {@code decision} and {@code basis}. */
    public Dataset<Row> decisions() {
        return union(table -> read(table)
                .select(
                        col(Table.ID).as("id"),
                        col(LICENSE).as("license"),
                        col(DECISION).as("decision"),
                        col(BASIS).as("basis")));
    }

    private static Dataset<Row> read(Dataset<Row> table) {
        return table.where(col(Table.CAUSE).equalTo(""));
    }

    /**
     * The rows that could not be read: {@code cause} as a word, {@code id} as far as it has one and at most 200 characters of
     * it, and in {@code ko} and {@code en} what to do. Nothing else of them.
     */
    public Dataset<Row> unreadable() {
        return union(table -> unreadable(table, lit(null).cast("string"))).drop("file");
    }

    /** The same with the name of the {@code file}. */
    Dataset<Row> unreadableOfFiles() {
        return union(table -> unreadable(table, col(Table.FILE)));
    }

    private static Dataset<Row> unreadable(Dataset<Row> table, Column file) {
        Column word = lit(null);
        Column ko = lit(null);
        Column en = lit(null);
        for (UnreadableCause each : UnreadableCause.values()) {
            Column is = col(Table.CAUSE).equalTo(each.name());
            word = when(is, each.word()).otherwise(word);
            ko = when(is, each.text().ko()).otherwise(ko);
            en = when(is, each.text().en()).otherwise(en);
        }
        return table.where(col(Table.CAUSE).notEqual(""))
                .select(
                        file.as("file"),
                        word.as("cause"),
                        left(col(Table.ID), lit(LONGEST_ID)).as("id"),
                        ko.as("ko"),
                        en.as("en"));
    }

    /** Rows that could not be read; known without another job. */
    public long unread() {
        return counts.unreadable.values().stream().mapToLong(Long::longValue).sum();
    }

    private Dataset<Row> union(UnaryOperator<Dataset<Row>> part) {
        return tables.stream()
                .map(part)
                .reduce((one, other) -> one.unionByName(other, true))
                .orElseThrow();
    }

    /**
     * One SHA-256 over all decided rows, {@code sha256:...}, the same as {@code CorpusAudit} computes. The executors sort the
     * ids; here they are read in order, a bounded run at a time.
     */
    public String digest() {
        return digest(decisions());
    }

    /** The same of {@link #decisions} as they were written and read back, which spares deciding them again. */
    public String digest(Dataset<Row> written) {
        return SortedIds.digest(written, counts.bases, counts.decided());
    }

    /** What it adds up to, without inputs and samples; no job runs. */
    public CorpusSummary.Builder summary() {
        CorpusSummary.Builder summary = CorpusSummary.builder(terms, purpose, asOf);
        counts.groups.forEach((group, rows) -> summary.group(group.of(rows, List.of())));
        counts.unreadable.forEach((cause, rows) -> summary.unreadable(cause.text(), rows));
        return summary;
    }

    @Override
    public String toString() {
        return purpose.word() + " " + asOf + " " + counts.decided() + " + " + unread() + " "
                + Arrays.toString(tables.toArray());
    }
}
