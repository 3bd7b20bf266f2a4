package dev.gaon.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.corpus.CorpusSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaon license audit}: a folder of whatever, and all that an audit hands out. */
class LicenseAuditCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private LicenseFiles files;
    private String corpus;
    private String out;

    /** Nine works in seven files, and two files of which nothing can be read. */
    @BeforeEach
    void corpus() throws Exception {
        files = new LicenseFiles(Files.createDirectories(folder.resolve("말뭉치")));
        corpus = folder.resolve("말뭉치").toString();
        out = folder.resolve("감사").toString();
        files.text("works.jsonl", LicenseFiles.work("w1", "공공누리 제1유형") + LicenseFiles.work("w2", "") + "{broken\n");
        files.bytes("list.csv", LicenseFiles.LIST.getBytes(LicenseFiles.CP949));
        files.parquet(
                "p.parquet",
                "select 'p1' as id, 'cc-by-4.0' as license, 'hf-card' as license_source, date '2026-05-01' as collected");
        files.text("page.html", LicenseFiles.page("utf-8", "공공누리 제1유형"));
        files.archive("site.warc.gz", "공공누리 제4유형");
        files.text("hf/README.md", LicenseFiles.HF_CARD);
        files.text("croissant.json", LicenseFiles.CROISSANT);
        files.text("notes.txt", "no input");
        files.text("README.md", "# 받은 자료\n");
        files.text("cut.json", "{\"@context\": [");
        files.text("none.warc", "no archive");
    }

    private static String[] words(List<String> inputs, String out, String... more) {
        return Stream.of(
                        List.of(
                                "license",
                                "audit",
                                "--purpose",
                                "train-commercial",
                                "--as-of",
                                "2026-11-22",
                                "--threads",
                                "1"),
                        List.of("--out", out),
                        List.of(more),
                        inputs)
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private Cli.Result audit(String... more) {
        return Cli.run(words(List.of(corpus), out, more));
    }

    private String written(String name) throws IOException {
        return Files.readString(Path.of(out, name));
    }

    @Test
    void aMixedFolderGivesAllResultsAndGoesOnWithTheSame() throws Exception {
        Cli.Result first = audit("--title", "시험 말뭉치", "--creator", "가온", "--json");

        assertThat(first.exit()).as(first.out() + first.err()).isEqualTo(2);
        CorpusSummary summary = CorpusSummary.parse(first.out().strip());
        assertThat(summary.title()).isEqualTo("시험 말뭉치");
        assertThat(summary.decided()).isEqualTo(9);
        assertThat(summary.unread()).isEqualTo(1);
        assertThat(first.out()).isEqualTo(written("summary.json"));
        assertThat(first.err()).contains("cut.json: ", "none.warc@0: ").doesNotContain("\r");
        assertThat(written("unreadable-pages.jsonl").lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"error\""));
        for (String name : List.of("croissant.json", "spdx.json", "cyclonedx.json", "training-data.json")) {
            assertThat(JSON.readTree(written(name)).isObject()).as(name).isTrue();
        }
        for (String name : List.of("report.html", "training-data.html", "attribution.html")) {
            assertThat(written(name)).as(name).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        }
        assertThat(written("attribution.md")).contains("보도자료", "시정 소식", "환경부");
        for (String name : List.of("bases.jsonl", "unreadable.jsonl", "attribution.jsonl")) {
            for (String line : written(name).lines().toList()) {
                assertThat(JSON.readTree(line).isObject()).as(name).isTrue();
            }
        }
        JsonNode bill = JSON.readTree(written("croissant.json"));
        assertThat(bill.findValuesAsText("name")).contains("시험 말뭉치", "bases.jsonl", "summary.json");
        assertThat(Path.of(out, "decisions")).isDirectoryContaining("glob:**.parquet");

        Map<String, byte[]> before = bytes();
        Cli.Result second = audit("--title", "시험 말뭉치", "--creator", "가온", "--json");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.exit()).isEqualTo(2);
        assertThat(bytes()).containsExactlyEntriesOf(before);
    }

    private Map<String, byte[]> bytes() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(Path.of(out))) {
            for (Path each : walk.filter(Files::isRegularFile).toList()) {
                all.put(each.toString(), Files.readAllBytes(each));
            }
        }
        return all;
    }

    @Test
    void aFolderHoldsOneAudit() throws Exception {
        String page = files.at("page.html");
        String[] same = words(List.of(page), out, "--json");
        Cli.Result first = Cli.run(same);
        assertThat(first.exit()).isZero();

        Cli.Result settings = Cli.run(words(List.of(page), out, "--json", "--all-columns"));
        assertThat(settings.exit()).isEqualTo(2);
        assertThat(settings.error().path("kind").asText()).isEqualTo("other-run");
        assertThat(settings.error().path("message").asText()).contains(out, "allColumns");
        assertThat(settings.error().path("fix").asText()).isNotBlank();
        files.text("page.html", LicenseFiles.page("utf-8", "공공누리 제4유형"));
        assertThat(Cli.run(same).error().path("message").asText())
                .as("a page was changed")
                .contains("inputs");
        files.text("page.html", LicenseFiles.page("utf-8", "공공누리 제1유형"));
        assertThat(Cli.run(same).out()).as("and changed back").isEqualTo(first.out());

        Cli.Result foreign = Cli.run(words(List.of(page), corpus, "--json"));
        assertThat(foreign.exit()).isEqualTo(2);
        assertThat(foreign.error().path("message").asText()).contains("not empty");
        assertThat(Path.of(corpus, ".gaon")).as("nothing is left there").doesNotExist();
    }

    @Test
    void theSheetIsForPeopleAndProgressForTheLog() throws Exception {
        Cli.Result korean = Cli.run("", Map.of("LANG", "ko_KR.UTF-8", "COLUMNS", "80"), words(List.of(corpus), out));

        assertThat(korean.out()).contains("corpus: 10행", "2026-11-22", "읽지 못함", "위험이 큰 출처", "행 전체의 지문", "report.html");
        assertThat(korean.out().lines())
                .filteredOn(line -> !line.contains("sha256:") && !line.contains(out))
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(80));
        assertThat(korean.err()).doesNotContain("\r", "초당").contains("cut.json");
    }

    @Test
    void aLogHasALineEveryTenSecondsAtMost() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), OutputStream.nullOutputStream(), log, Map.of("LANG", "en"));
        AtomicLong seconds = new AtomicLong(-3);
        try (AuditProgress progress = new AuditProgress(terminal, () -> seconds.get() * 1_000_000_000)) {
            for (int i = 1; i <= 12; i++) {
                seconds.addAndGet(4);
                progress.at(new CorpusAudit.Progress(i * 1_000_000, 12_000_000, 1_000_000));
            }
        }
        assertThat(log.toString(UTF_8).lines())
                .hasSize(4)
                .startsWith("3,000,000 / 12,000,000 rows, 1,000,000 rows/s")
                .endsWith("12,000,000 / 12,000,000 rows, 1,000,000 rows/s");
        log.reset();
        try (AuditProgress progress = new AuditProgress(terminal, () -> seconds.addAndGet(1_000) * 1_000_000_000)) {
            progress.at(new CorpusAudit.Progress(7, 7, 1));
        }
        assertThat(log.size()).as("one part").isZero();
    }

    @Test
    void theExitCodeIsTheWorstRow() throws Exception {
        for (Map.Entry<String, Integer> each :
                Map.of("공공누리 제1유형", 0, "공공누리 제4유형", 1, "", 3).entrySet()) {
            String file = files.text("w" + each.getValue() + ".jsonl", LicenseFiles.work("w", each.getKey()));
            assertThat(Cli.run(words(List.of(file), out + each.getValue(), "--no-credits", "--jsonl"))
                            .exit())
                    .isEqualTo(each.getValue());
            assertThat(Path.of(out + each.getValue(), "attribution.jsonl")).doesNotExist();
            assertThat(Path.of(out + each.getValue(), "decisions")).isDirectoryContaining("glob:**.jsonl");
        }
    }

    @Test
    void columnsAreMappedOrListed() throws Exception {
        String foreign = files.text("foreign/a.csv", "번호,권리\n7,cc-by-4.0\n");
        Cli.Result unmapped = Cli.run(words(List.of(foreign), out, "--json"));
        assertThat(unmapped.exit()).isEqualTo(2);
        assertThat(unmapped.error().path("kind").asText()).isEqualTo("columns");
        assertThat(unmapped.error().path("message").asText()).contains("번호, 권리");
        assertThat(unmapped.error().path("fix").asText()).contains("--column FIELD=COLUMN");

        Cli.Result mapped = Cli.run(words(
                List.of(foreign),
                out + "2",
                "--json",
                "--column",
                "id=번호",
                "--column",
                "license=권리",
                "--constant",
                "license_source=hf-card"));
        assertThat(mapped.exit()).isZero();
        assertThat(CorpusSummary.parse(mapped.out().strip()).byLicense().get(0).name())
                .isEqualTo("CC-BY-4.0");
        Cli.Result unknown = Cli.run(words(List.of(foreign), out + "3", "--json", "--constant", "id=1"));
        assertThat(unknown.error().path("kind").asText()).isEqualTo("wrong-use");
    }

    @Test
    void wordsAreLookedAtBeforeTheWork() {
        for (List<String> more : List.of(
                List.of("--url", "no address"),
                List.of("--license", "free for all!"),
                List.of("--title", ""),
                List.of("--memory", "5"),
                List.of("--threads", "0"))) {
            Cli.Result result = Cli.run(Stream.of(words(List.of(corpus), out, "--json"), more.toArray(String[]::new))
                    .flatMap(Stream::of)
                    .filter(word -> !(more.contains("--threads") && word.equals("1")))
                    .toArray(String[]::new));
            assertThat(result.exit()).as("%s", more).isEqualTo(2);
            assertThat(result.error().path("message").asText()).as("%s", more).isNotBlank();
            assertThat(Path.of(out)).as("%s", more).doesNotExist();
        }
        assertThat(Cli.run(words(List.of(folder.resolve("none").toString()), out, "--json"))
                        .error()
                        .path("kind")
                        .asText())
                .isEqualTo("no-file");
        Cli.Result nothing = Cli.run(words(List.of(files.at("none.warc")), out, "--json"));
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.error().path("message").asText()).contains("none.warc", "WARC");
        assertThat(Cli.run("license", "audit", "--purpose", "nope", "--out", out, "--json", corpus)
                        .error()
                        .path("message")
                        .asText())
                .contains("publish-model");
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid() throws Exception {
        String file = files.text("w.jsonl", LicenseFiles.work("w", "공공누리 제1유형"));
        String inAFile = file + "/out";
        for (List<String> inputs : List.of(List.of(file), List.of(files.at("page.html")))) {
            Cli.Result result = Cli.run(words(inputs, inAFile, "--json"));
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.error().path("kind").asText()).isEqualTo("cannot-write");
            assertThat(result.error().path("message").asText()).contains(inAFile);
        }
    }

    @Test
    void aResultThatCannotBeReplacedIsSaid() throws Exception {
        audit();
        Files.delete(Path.of(out, "report.html"));
        Files.createDirectory(Path.of(out, "report.html"));

        Cli.Result result = audit("--json");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.error().path("kind").asText()).isEqualTo("cannot-write");
        assertThat(result.error().path("message").asText()).contains("report.html");
    }
}
