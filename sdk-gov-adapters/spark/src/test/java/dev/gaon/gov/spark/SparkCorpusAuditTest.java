package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.corpus.RowDecision;
import dev.gaon.gov.corpus.RowDecisions;
import dev.gaon.gov.corpus.RowsDigest;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a Dataset are decided as one machine decides them, wherever they lie. */
@ExtendWith(Sessions.class)
class SparkCorpusAuditTest {

    private static final LicenseTerms TERMS = LicenseTerms.bundled();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final SparkCorpusAudit AUDIT = SparkCorpusAudit.by(TERMS, Purpose.TRAIN_COMMERCIAL, DAY);
    private static final int ROWS = 6_000;

    private final SparkSession spark;

    SparkCorpusAuditTest(SparkSession spark) {
        this.spark = spark;
    }

    /** Ids that repeat, are missing or blank; licences, days and facts of all kinds, some of them wrong. */
    private static Dataset<Row> corpus(SparkSession spark) {
        return spark.range(0, ROWS, 1, 4)
                .select(
                        expr("case when id % 97 = 0 then null when id % 91 = 0 then ' ' when id % 5 = 0 then 'same'"
                                        + " else concat('작품-', id % 4000) end")
                                .as("id"),
                        expr("concat('제목 ', id)").as("title"),
                        expr("element_at(array('LicenseRef-KOGL-1', 'LicenseRef-KOGL-4', 'CC-BY-4.0', '', null, 'CC0-1.0'),"
                                        + " cast(id % 6 + 1 as int))")
                                .as("license"),
                        expr("element_at(array('state', 'local', null, 'alien'), cast(id % 4 + 1 as int))")
                                .as("publisher_kind"),
                        expr("case when id % 3 = 0 then null else id % 7 = 0 end")
                                .as("third_party"),
                        expr("date_add(date'2026-05-01', cast(id % 9 as int))").as("collected"),
                        lit("spdx").as("license_source"));
    }

    /** What one thread makes of the same rows, in the order of the digest. */
    private static List<String> expected(Dataset<Row> corpus, RowsDigest digest) {
        Manifest.Columns columns =
                Manifest.known().match(Set.of(corpus.columns())::contains, List.of(corpus.columns()));
        RowDecisions decisions = new RowDecisions(TERMS, Purpose.TRAIN_COMMERCIAL, DAY, 1_000, line -> {});
        record Made(String id, RowDecision.Decided row) {}
        List<Made> made = new ArrayList<>();
        for (Row row : corpus.collectAsList()) {
            String id = row.getAs("id");
            List<String> values = columns.evidence().stream()
                    .map(field -> row.getAs(columns.columns().get(field)))
                    .map(value -> value == null ? null : value.toString())
                    .toList();
            if (id != null
                    && !id.isBlank()
                    && decisions.decide(columns, values) instanceof RowDecision.Decided decided) {
                made.add(new Made(id, decided));
            }
        }
        made.sort(
                Comparator.comparing((Made each) -> each.id().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
                        .thenComparing(each -> each.row().basis()));
        made.forEach(each -> digest.add(each.id(), each.row()));
        return made.stream()
                .map(each -> each.id() + " " + each.row().license() + " "
                        + each.row().decision() + " " + each.row().basis())
                .sorted()
                .toList();
    }

    private static List<String> texts(Dataset<Row> decisions) {
        return decisions.collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }

    @Test
    void rowsAndDigestAreThoseOfOneThreadHoweverTheyLie() {
        RowsDigest digest = new RowsDigest();
        List<String> rows = expected(corpus(spark), digest);
        assertThat(rows).hasSizeBetween(3_000, ROWS - 1_000);
        Dataset<Row> skewed = corpus(spark).repartition(37, expr("case when id like '작품-1%' then id else 'x' end"));
        for (Dataset<Row> each : List.of(corpus(spark), corpus(spark).coalesce(1), skewed)) {
            DecidedCorpus decided = AUDIT.decide(each);
            assertThat(texts(decided.decisions())).isEqualTo(rows);
            assertThat(decided.digest()).isEqualTo(digest.sha256());
            assertThat(decided.unreadable().count()).isEqualTo(decided.unread()).isEqualTo(ROWS - rows.size());
        }
        assertThat(skewed.rdd().getNumPartitions()).isEqualTo(37);
    }

    private Dataset<Row> small() {
        return corpus(spark).limit(300).coalesce(2).cache();
    }

    @Test
    void rowsKeepTheirColumnsAndGainThree() {
        Dataset<Row> rows = AUDIT.decide(small()).rows();
        assertThat(rows.columns())
                .containsExactly(
                        "id",
                        "title",
                        "license",
                        "publisher_kind",
                        "third_party",
                        "collected",
                        "license_source",
                        "gaon_license",
                        "gaon_decision",
                        "gaon_basis");
        assertThat(rows.where("license = 'CC0-1.0' and gaon_license <> 'CC0-1.0'")
                        .count())
                .isZero();
    }

    @Test
    void twoEvidencesThatMeetInOneNumberAreToldApart() {
        AtomicInteger attempts = new AtomicInteger();
        DecidedCorpus decided = AUDIT.withKeys((table, attempt) -> {
                    attempts.set(attempt + 1);
                    return attempt < 2 ? lit(7L) : table.key(attempt);
                })
                .decide(small());
        assertThat(attempts).hasValue(3);
        assertThat(texts(decided.decisions()))
                .isEqualTo(texts(AUDIT.decide(small()).decisions()));
        assertThat(decided.summary().build())
                .hasToString(AUDIT.decide(small()).summary().build().toString());
    }

    @Test
    void aCorpusThatChangesWhileItIsReadFailsTheJob() {
        READS.set(0);
        Dataset<Row> changing = spark.range(0, 4, 1, 4)
                .mapPartitions((MapPartitionsFunction<Long, String>) SparkCorpusAuditTest::read, Encoders.STRING())
                .selectExpr("value as id", "if(value = 'old', 'MIT', 'CC0-1.0') as license");
        DecidedCorpus decided = AUDIT.decide(changing);
        assertThatThrownBy(() -> decided.decisions().collectAsList())
                .hasStackTraceContaining("읽는 동안 말뭉치가 바뀌었습니다")
                .hasStackTraceContaining("The corpus changed while it was read");
    }

    private static final AtomicInteger READS = new AtomicInteger();

    /** The first reading of the four partitions differs from all later ones. */
    private static Iterator<String> read(Iterator<Long> ids) {
        return List.of(READS.incrementAndGet() <= 4 ? "old" : "new").iterator();
    }

    /** The first try of each task ends after it has given some rows. */
    @Test
    void aTaskThatIsTriedAgainRepeatsNothing() {
        Dataset<Row> whole = small();
        Dataset<Row> failing = whole.mapPartitions(
                (MapPartitionsFunction<Row, Row>) SparkCorpusAuditTest::failAtFirst, Encoders.row(whole.schema()));
        DecidedCorpus decided = AUDIT.decide(failing);
        DecidedCorpus expected = AUDIT.decide(whole);
        assertThat(texts(decided.decisions())).isEqualTo(texts(expected.decisions()));
        assertThat(decided.digest()).isEqualTo(expected.digest());
        assertThat(decided.unread()).isEqualTo(expected.unread()).isPositive();
    }

    private static Iterator<Row> failAtFirst(Iterator<Row> rows) {
        return new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                if (given++ == 50 && TaskContext.get().attemptNumber() == 0) {
                    throw new IllegalStateException("lost on purpose");
                }
                return rows.next();
            }
        };
    }

    @Test
    void columnsThatAreUnclearAreToldInBothLanguages() {
        assertThatThrownBy(() -> AUDIT.decide(corpus(spark).drop("id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id 열을 찾지 못했습니다. 있는 열: [title, license,")
                .hasMessageContaining("No column for id. Found: [title, license,");
        assertThatThrownBy(() -> AUDIT.decide(corpus(spark).withColumn("id", col("third_party"))))
                .hasMessageContaining("id 열의 종류를 쓸 수 없습니다: boolean")
                .hasMessageContaining("The id column has a type that cannot be used: boolean");
        for (String ours : List.of("gaon__e0", "gaon__cause", "gaon__file")) {
            assertThatThrownBy(() -> AUDIT.decide(corpus(spark).withColumn(ours, lit(""))))
                    .hasMessageContaining("감사가 쓰는 열 이름이 들어 있습니다: " + ours)
                    .hasMessageContaining("Rename that column");
        }
    }

    @Test
    void filesThatCannotBeReadAsTheyAreStopTheJob(@TempDir Path folder) throws IOException {
        Path input = Files.createDirectory(folder.resolve("in"));
        Files.writeString(input.resolve("a.jsonl"), "{\"id\":\"a\",\"license\":\"MIT\"}\n");
        Path packed = Files.createFile(input.resolve("b.jsonl.zst"));
        assertThatThrownBy(() -> job(folder, input))
                .hasMessageContaining("Spark에서는 .zst를 읽지 않습니다")
                .hasMessageContaining("on Spark no .zst is read");
        Files.delete(packed);
        for (String ours : List.of("gaon__cause", "gaon__file")) {
            Path named = Files.writeString(input.resolve("c.csv"), "id,license," + ours + "\nc,MIT,\nd,MIT,x\n");
            assertThatThrownBy(() -> job(folder, input)).hasMessageContaining("감사가 쓰는 열 이름이 들어 있습니다: " + ours);
            Files.delete(named);
        }
        small().withColumn("gaon__file", lit("x"))
                .write()
                .parquet(input.resolve("d").toString());
        assertThatThrownBy(() -> job(folder, input)).hasMessageContaining("감사가 쓰는 열 이름이 들어 있습니다: gaon__file");
    }

    private void job(Path folder, Path input) throws IOException {
        Path out = Files.createTempDirectory(folder, "out");
        new AuditJob("--purpose", "quote", "--as-of", "2026-11-21", "--out", out.toString(), input.toString())
                .run(spark);
    }

    @Test
    void anIdIsMeasuredInLetters() {
        DecidedCorpus decided = AUDIT.decide(spark.range(0, 3, 1, 1)
                .selectExpr("repeat(if(id = 0, 'a', '가'), if(id < 2, 4000, 4001)) as id", "'MIT' as license"));
        assertThat(texts(decided.decisions().selectExpr("left(id, 1)", "length(id)")))
                .containsExactly("a 4000", "가 4000");
        assertThat(texts(decided.unreadable().selectExpr("cause", "length(id)")))
                .containsExactly("too-long 200");
    }

    @Test
    void tooManyDistinctEvidencesAreTold() {
        assertThatThrownBy(() -> AUDIT.withMostEvidences(2).decide(small()))
                .hasMessageContaining("More than 2 distinct evidences")
                .hasMessageContaining("서로 다른 근거가 2가지를 넘습니다");
        assertThatThrownBy(() -> AUDIT.withMostEvidences(0)).hasMessageContaining("at least 1");
    }

    /** The session brings at most 8 MB to the driver in one action; these decisions are some 10 MB of random ids. */
    @Test
    void theDriverNeverHoldsTheCorpus() {
        Dataset<Row> large = spark.range(0, 150_000, 1, 4)
                .selectExpr("sha2(cast(id as string), 256) as id", "if(id % 2 = 0, 'MIT', 'CC0-1.0') as license");
        DecidedCorpus decided = AUDIT.decide(large);
        assertThatThrownBy(() -> decided.decisions().collectAsList()).hasMessageContaining("maxResultSize");
        assertThat(decided.digest()).startsWith("sha256:");
        assertThat(decided.summary().build().rows()).isEqualTo(150_000);
    }
}
