package dev.gaon.gov.spark;

import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.corpus.RowDecision;
import dev.gaon.gov.corpus.RowDecisions;
import dev.gaon.gov.corpus.UnreadableCause;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Decides every row of a corpus on Apache Spark 4, by the code that {@code CorpusAudit} runs on one machine: the same rows
 * come to the same decisions and the same digest. Immutable; every {@code with} method returns a changed copy.
 *
 * <p>The distinct evidence of all rows is collected and decided on the driver, at most 200,000 kinds unless said otherwise and
 * about 1 KB each; rows stay on the executors and meet their decision in a broadcast join, so that they are read twice.
 *
 * <pre>{@code
 * DecidedCorpus decided = SparkCorpusAudit.by(terms, Purpose.TRAIN_COMMERCIAL, day).decide(corpus);
 * decided.decisions().write().parquet("decisions");
 * }</pre>
 */
public final class SparkCorpusAudit {

    private static final int ATTEMPTS = 8;
    private static final StructType VERDICTS = new StructType()
            .add(Table.KEY, "bigint", false)
            .add(DecidedCorpus.LICENSE, "string")
            .add(DecidedCorpus.DECISION, "string")
            .add(DecidedCorpus.BASIS, "string")
            .add(Table.VERDICT, "string");

    private final LicenseTerms terms;
    private final Purpose purpose;
    private final LocalDate asOf;
    private Manifest manifest = Manifest.known();
    private int most = RowDecisions.MOST;
    private Consumer<String> bases = line -> {};
    private BiFunction<Table, Integer, Column> keys = Table::key;

    private SparkCorpusAudit(LicenseTerms terms, Purpose purpose, LocalDate asOf) {
        this.terms = terms;
        this.purpose = purpose;
        this.asOf = asOf;
    }

    /**
     * An audit by these terms.
     *
     * @param asOf the day that counts, in Asia/Seoul
     */
    public static SparkCorpusAudit by(LicenseTerms terms, Purpose purpose, LocalDate asOf) {
        return new SparkCorpusAudit(terms, purpose, asOf);
    }

    private SparkCorpusAudit with(Consumer<SparkCorpusAudit> change) {
        SparkCorpusAudit copy = new SparkCorpusAudit(terms, purpose, asOf);
        copy.manifest = manifest;
        copy.most = most;
        copy.bases = bases;
        copy.keys = keys;
        change.accept(copy);
        return copy;
    }

    /** Which columns hold what; unless said otherwise what {@link Manifest#known} finds. */
    public SparkCorpusAudit withManifest(Manifest columns) {
        return with(each -> each.manifest = columns);
    }

    /** Distinct evidences, at most; see {@link RowDecisions#MOST}. */
    public SparkCorpusAudit withMostEvidences(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    new BilingualText("서로 다른 근거의 한도는 1 이상이어야 합니다.", "The limit of distinct evidences is at least 1.")
                            .both());
        }
        return with(each -> each.most = count);
    }

    /**
     * Told each basis once, on the driver's thread: one line of canonical JSON without its line end, with the {@code basis},
     * the {@code evidence} that it is the digest of, and the full {@code decision}.
     */
    public SparkCorpusAudit withBases(Consumer<String> listener) {
        return with(each -> each.bases = listener);
    }

    /** Numbers evidence in another way. */
    SparkCorpusAudit withKeys(BiFunction<Table, Integer, Column> numbering) {
        return with(each -> each.keys = numbering);
    }

    Manifest manifest() {
        return manifest;
    }

    /**
     * Decides a corpus. Before it returns, one job has collected the distinct evidence; all else runs as the results are
     * used. The Dataset must give the same rows each time.
     *
     * @param corpus rows with an id and evidence, in the columns that the manifest finds; columns of which the name begins
     *     with {@code gaon_} are the audit's
     * @throws IllegalArgumentException if the columns are unclear; the message lists them and says how to map them
     * @throws RuntimeException if there are more distinct evidences than agreed; the message says what to do
     */
    public DecidedCorpus decide(Dataset<Row> corpus) {
        return decide(List.of(Fields.table(corpus, manifest)));
    }

    DecidedCorpus decide(List<Table> tables) {
        DecidedCorpus.Counts counts = new DecidedCorpus.Counts();
        RowDecisions decisions = new RowDecisions(terms, purpose, asOf, most, bases);
        List<Dataset<Row>> rows = new ArrayList<>();
        for (Table each : tables) {
            rows.add(decide(each, decisions, counts));
        }
        return new DecidedCorpus(rows, terms, purpose, asOf, counts);
    }

    private Dataset<Row> decide(Table table, RowDecisions decisions, DecidedCorpus.Counts counts) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Column key = keys.apply(table, attempt);
            DecidedCorpus.Counts here = new DecidedCorpus.Counts();
            List<Row> verdicts = verdicts(table, key, decisions, here);
            if (verdicts != null) {
                counts.add(here);
                return (here.sound() ? table.sound() : table)
                        .with(table.rows().sparkSession().createDataFrame(verdicts, VERDICTS), key);
            }
        }
        throw new IllegalStateException("evidence met in one number " + ATTEMPTS + " times");
    }

    /** Null if two evidences have one number. */
    private @Nullable List<Row> verdicts(Table table, Column key, RowDecisions decisions, DecidedCorpus.Counts counts) {
        List<Row> verdicts = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        int values = table.columns().evidence().size();
        Iterator<Row> tuples = table.tuples(key).toLocalIterator();
        while (tuples.hasNext()) {
            Row tuple = tuples.next();
            long number = tuple.getLong(values + 2);
            if (!seen.add(number)) {
                return null;
            }
            counts.sees(tuple.getString(0));
            verdicts.add(verdict(number, counts.count(row(table, tuple, decisions), tuple.getLong(values + 1))));
        }
        return verdicts;
    }

    private static RowDecision row(Table table, Row tuple, RowDecisions decisions) {
        String cause = tuple.getString(0);
        if (!cause.isEmpty()) {
            return new RowDecision.Unreadable(UnreadableCause.valueOf(cause));
        }
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < table.columns().evidence().size(); i++) {
            values.add(tuple.getString(1 + i));
        }
        return decisions.decide(table.columns(), values);
    }

    private static Row verdict(long number, RowDecision made) {
        if (made instanceof RowDecision.Decided row) {
            return RowFactory.create(number, row.license(), row.decision().name(), row.basis(), "");
        }
        return RowFactory.create(
                number,
                null,
                null,
                null,
                ((RowDecision.Unreadable) made).cause().name());
    }
}
