package dev.gaon.gov.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.corpus.CorpusGroup;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The engine of one machine and Spark come to the same. */
@ExtendWith(Sessions.class)
class EnginesTest {

    private static final LicenseTerms TERMS = LicenseTerms.bundled();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @Test
    void theSameFilesComeToTheSameRowsCausesCountsAndDigest(SparkSession spark, @TempDir Path folder)
            throws IOException {
        Path corpus = MessyCorpus.write(spark, folder.resolve("corpus"));
        Path out = folder.resolve("duck");
        CorpusSummary there = CorpusAudit.by(TERMS, Purpose.TRAIN_COMMERCIAL, DAY)
                .withMemory(200)
                .withThreads(2)
                .withoutInputDigests()
                .run(List.of(corpus.toString()), out);

        Path own = folder.resolve("spark");
        String[] arguments = {
            "--purpose", "train-commercial", "--as-of", DAY.toString(), "--out", own.toString(), corpus.toString()
        };
        CorpusSummary here = new AuditJob(arguments).run(spark);

        assertThat(unreadable(own.resolve("unreadable"))).isEqualTo(unreadable(out));
        assertThat(texts(spark.read().parquet(own.resolve("decisions").toString())))
                .hasSizeGreaterThan(4_000)
                .isEqualTo(texts(spark.read().parquet(out.resolve("decisions").toString())));
        assertThat(Files.readAllLines(own.resolve("bases.jsonl")))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(out.resolve("bases.jsonl")));
        assertThat(here.rowsDigest()).isEqualTo(there.rowsDigest());
        assertThat(here.inputs()).containsExactlyInAnyOrderElementsOf(there.inputs());
        assertThat(here.unreadable()).isEqualTo(there.unreadable()).hasSizeGreaterThan(6);
        assertThat(groups(here)).isEqualTo(groups(there)).hasSizeGreaterThan(10);
        assertThat(Files.readString(own.resolve("summary.json")).strip()).isEqualTo(here.toJson());
        assertThatThrownBy(() -> new AuditJob(arguments).run(spark))
                .hasMessageContaining("폴더가 비어 있지 않습니다")
                .hasMessageContaining("The folder is not empty");
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
    }

    /** By file, cause and id; where in the file only the engine of one machine knows. */
    private static List<String> unreadable(Path folder) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().matches(".*(unreadable\\.jsonl|\\.json)")
                            && !each.toString().endsWith("summary.json"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = new JsonMapper().readTree(line);
                    rows.add(Stream.of("file", "cause", "id", "ko", "en")
                            .map(key -> row.path(key).asText(""))
                            .collect(Collectors.joining("|")));
                }
            }
        }
        return rows.stream().sorted().toList();
    }

    /** Samples are the choice of each engine. */
    private static List<CorpusGroup> groups(CorpusSummary summary) {
        return summary.groups().stream()
                .map(each -> each.of(each.rows(), List.of()))
                .toList();
    }
}
