package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.expr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files of every format, with what real ones have: other column types, repeated ids, Korean, and rows that are broken. */
final class MessyCorpus {

    private static final String JSON = """
            {"id":"j1","license":"CC-BY-4.0","collected":"2026-05-01T15:00:00Z","third_party":true}
            {"id":"j2","license":["CC-BY-4.0","CC-BY-NC-4.0"]}
            {"id":7,"license":"CC0-1.0","publisher":{"name":"산림청","kind":"state"}}
            {"id":7.5,"license":"CC0-1.0"}
            {"id":true,"license":"CC0-1.0"}
            {"license":"CC0-1.0"}

            {"id":"  ","license":"CC0-1.0"}
            not json
            {"id":"j9","license":"CC0-1.0"} and more
            [{"id":"j10"}]
            {"id":"가나다\\u0001\\"","license":"LicenseRef-KOGL-1","seen":"2026년 5월 1일"}
            {"id":"j12","collected":"sometime","license":"MIT"}
            {"id":"j13","published":"2026-06-01","collected":"2026. 5. 1.","license":"MIT"}
            {"id":"j14","published":"??","license":"MIT"}
            {"id":"j15","claims":[{"level":"item","source":"spdx","field":"license","value":"MIT","url":"https://example.kr/1"}]}
            {"id":"j17","claims":[{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-4","url":"https://a.example.kr/1","seen":"2024-05-01"},{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-1","url":"https://b.example.kr/2","seen":"2026-05-01"}]}
            {"id":"j18","claims":[{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-4","url":"https://a.example.kr/1","seen":"2024-05-01"},{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-1","url":"https://A.example.kr/2","seen":"2026-05-01"}]}
            {"id":"j19","claims":[{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-4","url":"https://a.example.kr/1","seen":"2024-05-01"},{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-1","seen":"2026-05-01"}]}
            {"id":"j20","claims":[{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-4","url":"https://z.example.kr/1","seen":"2024-05-01"},{"level":"item","source":"spdx","field":"license","value":"LicenseRef-KOGL-1","url":"https://y.example.kr/2","seen":"2026-05-01"}]}
            {"id":"j16","claims":"[{\\"level\\":\\"item\\"}]"}
            {"id":"j17","third_party":"예","license":"MIT","collected":"2026-05-01 23:30"}
            {"id":"j18","third_party":"maybe","license":"MIT"}
            {"id":"j1","license":"MIT"}
            {"id":null,"license":"MIT"}
            {"id":"j21","license":5,"third_party":1}
            {"id":"😀","license":"CC-BY-NC-ND-4.0","use":{"commercial":true}}
            {"id":"～","license":"공공누리 제1유형"}
            """;

    private static final String CSV = """
            id,license,publisher_kind,collected,third_party,nothing
            c1,CC-BY-4.0,state,2026-05-01,true,
            "c,2","말 ""인용\""",local,2026. 5. 1.,,
            c3,MIT
            c4,MIT,state,2026-05-01,true,,,more
            "두
            줄",CC0-1.0,private,20260501,아니오,
            ,MIT,state,2026-05-01,,
            c7,MIT,alien,2026-05-01,,
            c8,MIT,,never,,
            c1,"",state,2026-05-01,,
            """;

    private MessyCorpus() {}

    /** Some thousand rows in a folder. */
    static Path write(SparkSession spark, Path folder) throws IOException {
        Files.createDirectories(folder);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes(JSON.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        lines.writeBytes("{\"id\":\"j99".getBytes(StandardCharsets.UTF_8));
        lines.write(0xFF);
        lines.writeBytes("\",\"license\":\"MIT\"}\n".getBytes(StandardCharsets.UTF_8));
        lines.writeBytes(
                ("{\"id\":\"" + "x".repeat(4_001) + "\",\"license\":\"MIT\"}").getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("줄 [1].jsonl"), lines.toByteArray());
        Files.writeString(folder.resolve("표.csv"), CSV);
        Files.writeString(folder.resolve("다른 열.tsv"), "doc_id\tpublisher.kind\nt1\tstate\nt2\t\n");
        parquet(typed(spark), folder.resolve("typed.parquet"));
        parquet(dolma(spark), folder.resolve("dolma.parquet"));
        return folder;
    }

    private static Dataset<Row> typed(SparkSession spark) {
        return spark.range(0, 3_000, 1, 3)
                .select(
                        expr("case when id % 97 = 0 then null else id % 2000 end")
                                .as("id"),
                        expr("concat('제목 ', id)").as("title"),
                        expr("element_at(array(array('CC-BY-4.0'), array('MIT', 'CC-BY-NC-4.0'), null), cast(id % 3 + 1 as int))")
                                .as("license"),
                        expr("id % 5 = 0").as("third_party"),
                        expr("timestamp_micros(1777647600000000 + id * 3600000000)")
                                .as("collected"),
                        expr("date_add(date'2026-05-10', cast(id % 40 as int))").as("published"),
                        expr("array(named_struct('level', 'item', 'source', 'spdx', 'field', 'license', 'value',"
                                        + " if(id % 4 = 0, 'CC0-1.0', 'MIT'), 'seen', date'2026-05-01', 'url', concat('https://example.kr/', id)))")
                                .as("claims"));
    }

    private static Dataset<Row> dolma(SparkSession spark) {
        return spark.range(0, 2_000, 1, 2)
                .select(
                        expr("concat('d', id % 1500)").as("id"),
                        expr("concat('본문 ', id)").as("text"),
                        expr("if(id % 2 = 0, '누리집', 'books')").as("source"),
                        expr("date_format(timestamp_micros(1777647600000000 + id * 60000000), \"yyyy-MM-dd'T'HH:mm:ss'Z'\")")
                                .as("added"),
                        expr("named_struct('license', element_at(array('cc-by-4.0', 'mit', 'cc-by-nc-4.0', null), cast(id % 4 + 1 as int)),"
                                        + " 'url', concat('https://example.kr/', id))")
                                .as("metadata"));
    }

    private static void parquet(Dataset<Row> rows, Path file) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".d");
        rows.coalesce(1).write().parquet(written.toString());
        try (Stream<Path> parts = Files.list(written)) {
            Files.move(
                    parts.filter(each -> each.toString().endsWith(".parquet"))
                            .findFirst()
                            .orElseThrow(),
                    file);
        }
        try (Stream<Path> rest = Files.list(written)) {
            rest.forEach(MessyCorpus::delete);
        }
        Files.delete(written);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
