package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole corpora from real files: what is decided, what cannot be read, and what is refused. */
class CorpusAuditTest {

    @TempDir
    Path temp;

    private AuditFolder out;

    @BeforeEach
    void out() {
        out = new AuditFolder(temp.resolve("out"));
    }

    private CorpusSummary run(CorpusAudit audit, Path... inputs) {
        List<String> paths = new ArrayList<>();
        for (Path each : inputs) {
            paths.add(each.toString());
        }
        return audit.run(paths, out.folder());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    @Test
    void aTableIsDecidedRowByRow() {
        CorpusSummary summary =
                run(AuditFolder.audit().withPartRows(4_000), AuditFolder.parquet(temp.resolve("c.parquet"), 10_000));
        assertThat(summary.rows()).isEqualTo(10_000);
        assertThat(out.decided())
                .hasSize(10_000)
                .contains("doc-0|CC-BY-4.0|ALLOW_WITH_DUTIES", "doc-3|LicenseRef-KOGL-4|DENY");
        assertThat(out.lines("bases.jsonl")).hasSize(12);
        assertThat(summary.rowsDigest()).isEqualTo(out.recomputed());
        assertThat(CorpusSummary.parse(out.lines("summary.json").get(0).toString())
                        .digest())
                .isEqualTo(summary.digest());
        assertThat(out.folder().resolve("unreadable.jsonl")).doesNotExist();
        assertThat(AuditFolder.sql("select count(*) from glob('" + out.folder() + "/decisions/*')"))
                .containsExactly("3");
    }

    @Test
    void linesOfJsonAreReadAndWhatCannotBeIsNamed() throws IOException {
        Path file = temp.resolve("말뭉치.jsonl");
        try (OutputStream to = Files.newOutputStream(file)) {
            to.write(("{\"id\":\"a\",\"license\":\"cc-by-4.0\",\"collected\":\"2026-05-01T23:00:00Z\"}\r\n"
                            + "\n"
                            + "{\"id\":\"b\",\"license\":\n"
                            + "{\"id\":7,\"license\":[\"mit\"],\"third_party\":true}\n"
                            + "[1]\n")
                    .getBytes(StandardCharsets.UTF_8));
            to.write(new byte[] {'{', '"', 'i', (byte) 0xFF, (byte) 0xFE, '}', '\n'});
            to.write(("{\"license\":\"mit\"}\n"
                            + "{\"id\":\"  \",\"license\":\"mit\"}\n"
                            + "{\"id\":{\"a\":1},\"license\":\"mit\"}\n"
                            + "{\"id\":\"d\",\"license\":\"mit\",\"collected\":\"언젠가\"}\n"
                            + "{\"id\":\"e\",\"license\":\"mit\",\"collected\":\"2026-01-01\",\"published\":\"2026. 3. 1.\"}\n"
                            + "{\"id\":\"f\",\"license\":\"mit\",\"published\":\"지난주\"}\n"
                            + "{\"id\":\"g\",\"license\":\"mit\",\"third_party\":\"maybe\"}\n"
                            + "{\"id\":\"h\\u0000\",\"license\":\"mit\"}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        CorpusSummary summary = run(AuditFolder.audit(), file);
        assertThat(out.decided())
                .containsExactly("7|MIT|REVIEW", "a|CC-BY-4.0|ALLOW_WITH_DUTIES", "h\0|MIT|ALLOW_WITH_DUTIES");
        String name = "말뭉치.jsonl|";
        assertThat(out.unreadable())
                .containsExactlyInAnyOrder(
                        name + "3|malformed",
                        name + "5|malformed",
                        name + "6|wrong-encoding",
                        name + "7|no-id",
                        name + "8|no-id",
                        name + "9|wrong-type",
                        name + "10|unknown-date",
                        name + "11|contradictory-dates",
                        name + "12|unknown-date",
                        name + "13|wrong-type");
        assertThat(summary.rows()).isEqualTo(13);
        assertThat(summary.unread()).isEqualTo(10);
        assertThat(out.lines("unreadable.jsonl"))
                .allSatisfy(each -> assertThat(
                                each.path("ko").asText() + each.path("en").asText())
                        .hasSizeGreaterThan(20));
    }

    @Test
    void tablesOfTextAreReadInTheirOwnEncoding() throws IOException {
        String table =
                "id,license,license_source,title\na,공공저작물 : 출처표시 (제 1유형),data.go.kr,\"줄\n바꿈, 쉼표\"\nb,없는 말,data.go.kr,둘\n";
        Path old = Files.write(temp.resolve("old.csv"), table.getBytes(Charset.forName("x-windows-949")));
        Path marked = write("marked.csv", "\uFEFF" + table.replace("a,", "c,").replace("b,", "d,"));
        Path broken = temp.resolve("broken.csv");
        try (OutputStream to = Files.newOutputStream(broken)) {
            to.write("id,license\ne,mit\nf,mit,more\n".getBytes(StandardCharsets.UTF_8));
            to.write(new byte[] {'g', ',', (byte) 0xFF, (byte) 0xFF, '\n'});
            to.write("h,mit\n,mit\n".getBytes(StandardCharsets.UTF_8));
        }
        run(AuditFolder.audit(), old, marked, broken);
        assertThat(out.decided())
                .containsExactly(
                        "a|LicenseRef-KOGL-1|ALLOW_WITH_DUTIES",
                        "b|LicenseRef-Unstated|REVIEW",
                        "c|LicenseRef-KOGL-1|ALLOW_WITH_DUTIES",
                        "d|LicenseRef-Unstated|REVIEW",
                        "e|MIT|ALLOW_WITH_DUTIES",
                        "h|MIT|ALLOW_WITH_DUTIES");
        assertThat(out.unreadable())
                .containsExactly("broken.csv|2|malformed", "broken.csv|3|wrong-encoding", "broken.csv|5|no-id");
    }

    @Test
    void oneCorpusHasOneDigestInWhateverForm() throws IOException {
        String lines = "{\"id\":\"나\",\"license\":\"cc-by-4.0\",\"collected\":\"2026-05-01\"}\n"
                + "{\"id\":\"가\",\"license\":\"mit\",\"collected\":\"2026-05-02\"}\n"
                + "{\"id\":\"가\",\"license\":\"cc0-1.0\",\"collected\":\"2026-05-02\"}\n"
                + "{\"id\":\"\\\"q\\\"\\n,\",\"license\":\"mit\",\"collected\":\"2026-05-02\"}\n";
        Path plain = write("c.jsonl", lines);
        Path packed = temp.resolve("c.jsonl.gz");
        try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
            to.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        Path zstd = temp.resolve("c.jsonl.zst");
        Path typed = temp.resolve("c.parquet");
        Path csv = temp.resolve("c.csv");
        String read = "(select id, license, collected::date as collected from read_json('" + plain + "'))";
        AuditFolder.sql(
                "copy " + read + " to '" + typed + "'",
                "copy " + read + " to '" + csv + "'",
                "copy (select id, license, collected from read_json('" + plain + "')) to '" + zstd
                        + "' (format json, compression zstd)");
        Path rest = write(
                "works.jsonl",
                "{\"id\":\"나\",\"claims\":[{\"level\":\"item\",\"source\":\"hf-card\",\"field\":\"license\",\"value\":\"cc-by-4.0\"}],"
                        + "\"collected\":\"2026-05-01\"}\n"
                        + lines.substring(lines.indexOf('\n') + 1)
                                .replace("\"mit\"", "\"mit\"")
                                .replaceAll(
                                        "\"license\":(\"[^\"]*\")",
                                        "\"claims\":[{\"level\":\"item\",\"source\":\"hf-card\",\"field\":\"license\",\"value\":$1}]"));
        List<String> digests = new ArrayList<>();
        int i = 0;
        for (Path each : List.of(plain, packed, zstd, typed, csv, rest)) {
            AuditFolder to = new AuditFolder(temp.resolve("out" + i++));
            digests.add(AuditFolder.audit()
                    .run(List.of(each.toString()), to.folder())
                    .rowsDigest());
        }
        AuditFolder wide = new AuditFolder(temp.resolve("wide"));
        digests.add(AuditFolder.audit()
                .withAllColumns()
                .withJsonLines()
                .run(List.of(typed.toString()), wide.folder())
                .rowsDigest());
        digests.add(AuditFolder.audit()
                .withAllColumns()
                .run(List.of(plain.toString()), temp.resolve("wide2"))
                .rowsDigest());
        assertThat(digests).hasSize(8).containsOnly(new AuditFolder(temp.resolve("out0")).recomputed());
    }

    @Test
    void theLayoutsOfOtherToolsAreKnown() throws IOException {
        Path dolma = write(
                "dolma.jsonl",
                "{\"id\":\"d1\",\"text\":\"본문\",\"source\":\"위키\",\"added\":\"2026-05-01T00:00:00.000Z\",\"created\":\"2020-01-01T00:00:00.000Z\","
                        + "\"metadata\":{\"license\":\"cc-by-sa-4.0\",\"url\":\"https://x\"}}\n");
        Path datatrove = temp.resolve("datatrove.parquet");
        AuditFolder.sql(
                "copy (select '본문' as text, 't' || i as id, {'license': 'cc0-1.0', 'date': '2026-05-01T00:00:0' || i || 'Z'} as metadata"
                        + " from range(3) t(i)) to '" + datatrove + "'");
        Path text = temp.resolve("text-metadata.parquet");
        AuditFolder.sql("copy (select 'x' as text, 'm1' as id, '{\"license\":\"mit\"}' as metadata) to '" + text + "'");
        CorpusSummary summary = run(AuditFolder.audit(), dolma, datatrove, text);
        assertThat(out.decided())
                .containsExactly(
                        "d1|CC-BY-SA-4.0|ALLOW_WITH_DUTIES",
                        "m1|MIT|ALLOW_WITH_DUTIES",
                        "t0|CC0-1.0|ALLOW",
                        "t1|CC0-1.0|ALLOW",
                        "t2|CC0-1.0|ALLOW");
        assertThat(out.lines("bases.jsonl")).hasSize(3);
        assertThat(summary.groups()).extracting(CorpusGroup::source).contains("위키", "hf-card");
    }

    @Test
    void hostileNamesAreOnlyNames() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("a'; drop table x; --[1]*"));
        Path file = AuditFolder.parquet(folder.resolve("b'\"{c}?.parquet"), 10);
        AuditFolder.parquet(folder.resolve("b'\"{c}x.parquet"), 7);
        Path odd = temp.resolve("odd.parquet");
        AuditFolder.sql(
                "copy (select 'i' as \"id\"\"'; --\", 'mit' as \"li'c\"\"ense\", 1 as \"select\") to '" + odd + "'");
        run(AuditFolder.audit().withAllColumns(), file);
        assertThat(AuditFolder.sql("select count(*) from read_parquet('" + out.folder() + "/decisions/*.parquet')"))
                .containsExactly("10");
        AuditFolder second = new AuditFolder(temp.resolve("out'2"));
        AuditFolder.audit()
                .withManifest(Manifest.known().withColumn("id", "id\"'; --").withColumn("license", "li'c\"ense"))
                .run(List.of(odd.toString()), second.folder());
        assertThat(Files.exists(second.folder().resolve("decisions/part-00000.parquet")))
                .isTrue();
        Path spoof = temp.resolve("spoof.parquet");
        AuditFolder.sql("copy (select 'i' as id, 'mit' as license, 'cc0-1.0' as GAON__e0) to '" + spoof + "'");
        assertThatThrownBy(() -> AuditFolder.audit().run(List.of(spoof.toString()), temp.resolve("out3")))
                .hasMessageContaining("It has a column with a name that the audit uses: GAON__e0");
    }

    @Test
    void allColumnsStayAsTheyWere() throws IOException {
        Path typed = temp.resolve("a.parquet");
        AuditFolder.sql(
                "copy (select 42 as id, 'mit' as license, [1, 2] as list, {'a': 1.5} as \"inner\", date '2026-01-02' as d) to '"
                        + typed + "'");
        Path lines = write("c.jsonl", "{\"id\":\"j\", \"license\":\"mit\", \"deep\":{\"a\":[1,\"둘\"]}}\n");
        run(AuditFolder.audit().withAllColumns(), typed, lines);
        assertThat(AuditFolder.sql("select id, license, list, \"inner\", d, gaon_decision from read_parquet('"
                        + out.folder() + "/decisions/part-00000.parquet')"))
                .containsExactly("42|mit|[1, 2]|{'a': 1.5}|2026-01-02|ALLOW_WITH_DUTIES");
        assertThat(AuditFolder.sql("select row, gaon_id, gaon_license from read_parquet('" + out.folder()
                        + "/decisions/part-00001.parquet')"))
                .containsExactly("{\"id\":\"j\", \"license\":\"mit\", \"deep\":{\"a\":[1,\"둘\"]}}|j|MIT");
        AuditFolder asLines = new AuditFolder(temp.resolve("lines"));
        AuditFolder.audit().withAllColumns().withJsonLines().run(List.of(lines.toString()), asLines.folder());
        assertThat(asLines.lines("decisions/part-00000.jsonl")
                        .get(0)
                        .path("row")
                        .path("deep")
                        .path("a")
                        .path(1)
                        .asText())
                .isEqualTo("둘");
    }

    @Test
    void foldersAndGlobsAreReadOnceEach() throws IOException {
        Path data = Files.createDirectories(temp.resolve("data/deep"));
        AuditFolder.parquet(data.resolve("a.parquet"), 3);
        AuditFolder.parquet(data.resolve("_hidden.parquet"), 3);
        Files.writeString(data.resolve("readme.txt"), "not read");
        Files.writeString(data.getParent().resolve("b.jsonl"), "{\"id\":\"z\",\"license\":\"mit\"}\n");
        CorpusSummary summary = AuditFolder.audit()
                .run(
                        List.of(data.getParent().toString(), temp + "/data/**.parquet", temp + "/data/*.jsonl"),
                        out.folder());
        assertThat(summary.inputs()).extracting(CorpusSummary.Input::name).containsExactly("b.jsonl", "a.parquet");
        assertThat(summary.inputs()).extracting(CorpusSummary.Input::rows).containsExactly(1L, 3L);
        assertThat(summary.inputs())
                .allSatisfy(each -> assertThat(each.sha256()).hasSize(64));
        for (String none : List.of(
                temp + "/nothing*",
                temp + "/gone.parquet",
                data.resolve("readme.txt").toString())) {
            assertThatThrownBy(() -> AuditFolder.audit().run(List.of(none), temp.resolve("o2")))
                    .isInstanceOfSatisfying(
                            CorpusException.class, e -> assertThat(e.kind()).isEqualTo("no-file"));
        }
    }

    @Test
    void evidenceOfRowsThatCannotBeReadIsNoBasis() throws IOException {
        Path rows = temp.resolve("a.parquet");
        AuditFolder.sql(
                "copy (select * from (values (null, 'LicenseRef-KOGL-4'), ('a', 'MIT'), (' b', 'MIT')) t(id, license)) to '"
                        + rows + "'");
        CorpusSummary summary = run(AuditFolder.audit(), rows);
        assertThat(summary.decided()).isEqualTo(2);
        assertThat(summary.unread()).isEqualTo(1);
        assertThat(out.lines("bases.jsonl")).hasSize(1);
        assertThat(out.lines("unreadable.jsonl").get(0).path("row").asLong()).isEqualTo(1);
    }

    @Test
    void aCreditMayStandInAColumnOfAnyName() throws IOException {
        Path rows = temp.resolve("a.parquet");
        AuditFolder.sql(
                "copy (select 'a' as id, 'CC-BY-4.0' as license, '숲의 기록' as basis, '이숲' as sample) to '" + rows + "'");
        Manifest columns = Manifest.known().withColumn("title", "basis").withColumn("author", "sample");
        run(AuditFolder.audit().withManifest(columns).withCredits(), rows);
        assertThat(Files.readString(out.folder().resolve("attribution.md"))).contains("숲의 기록", "이숲");
    }

    @Test
    void resultsBelowTheInputsAreNoInputs() throws IOException {
        Path data = Files.createDirectories(temp.resolve("there"));
        AuditFolder.parquet(data.resolve("a.parquet"), 3);
        Path link = Files.createSymbolicLink(temp.resolve("here"), data);
        for (int i = 0; i < 2; i++) {
            CorpusSummary summary = AuditFolder.audit().run(List.of(link.toString()), link.resolve("deep/results"));
            assertThat(summary.inputs()).extracting(CorpusSummary.Input::name).containsExactly("a.parquet");
        }
    }

    @Test
    void worksFromElsewhereAreStagedAsLines() throws IOException {
        Work work = Work.of("w1", "제목")
                .withClaim(Claim.of("item", "spdx", "license", "CC-BY-4.0"))
                .withFlag("thirdParty", true)
                .withPublisher("산림청", "state");
        Path file = temp.resolve("works.jsonl");
        assertThat(CorpusAudit.write(
                        List.of(work, Work.of("w2", "둘").withPublisher("산림청", "state"))
                                .iterator(),
                        file))
                .isEqualTo(2);
        CorpusSummary summary = run(AuditFolder.audit(), file);
        assertThat(out.decided()).containsExactly("w1|CC-BY-4.0|REVIEW", "w2|LicenseRef-Unmarked-State|REVIEW");
        assertThat(summary.groups()).extracting(CorpusGroup::source).containsOnly("산림청");
        assertThat(summary.groups()).extracting(CorpusGroup::publisherKind).containsOnly("state");
        assertThat(summary.groups()).extracting(CorpusGroup::decision).containsOnly(Outcome.REVIEW);
    }

    @Test
    void withoutTheNeededColumnsItNamesThoseThatAreThere() throws IOException {
        for (Path each : List.of(write("x.jsonl", "{\"번호\":1,\"본문\":\"a\"}\n"), write("x.csv", "번호,본문\n1,a\n"))) {
            assertThatThrownBy(() ->
                            AuditFolder.audit().run(List.of(each.toString()), temp.resolve("o" + each.getFileName())))
                    .isInstanceOfSatisfying(CorpusException.class, e -> {
                        assertThat(e.kind()).isEqualTo("columns");
                        assertThat(e.message(Locale.KOREAN)).contains("번호", "본문");
                        assertThat(e.fix(Locale.ENGLISH)).contains("--column FIELD=COLUMN");
                    });
        }
    }

    @Test
    void aDamagedTableIsToldWithItsCause() throws IOException {
        Path file = write("bad.parquet", "PAR1 is not enough PAR1");
        assertThatThrownBy(() -> run(AuditFolder.audit(), file))
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo("damaged"));
    }

    @Test
    void tooManyEvidencesEndTheRun() {
        assertThatThrownBy(() -> run(
                        AuditFolder.audit().withMostEvidences(5), AuditFolder.parquet(temp.resolve("c.parquet"), 100)))
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo("too-many-evidences"));
    }
}
