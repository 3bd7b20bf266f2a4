package dev.gaon.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaon license check}: whatever describes works, one decision each. */
class LicenseCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private LicenseFiles files;

    @BeforeEach
    void files() {
        files = new LicenseFiles(folder);
    }

    private static Cli.Result check(String... more) {
        return Cli.run(Stream.concat(
                        Stream.of("license", "check", "--purpose", "train-commercial", "--as-of", "2026-11-22"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static List<JsonNode> lines(Cli.Result result) {
        return result.out()
                .lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(line, e);
                    }
                })
                .toList();
    }

    private static List<String> decided(Cli.Result result) {
        return lines(result).stream()
                .map(line ->
                        line.path("id").asText() + " " + line.path("license").asText() + " "
                                + line.path("decision").asText())
                .toList();
    }

    @Test
    void eachLineIsAWorkAndTheExitCodeIsTheWorst() throws Exception {
        String free = files.text("free.jsonl", LicenseFiles.work("w1", "공공누리 제1유형") + "\n");
        String open = files.text("open.jsonl", LicenseFiles.work("w2", ""));
        String bad =
                files.text("bad.jsonl", LicenseFiles.work("w1", "공공누리 제1유형") + LicenseFiles.work("w3", "공공누리 제4유형"));

        assertThat(decided(check(free))).containsExactly("w1 LicenseRef-KOGL-1 ALLOW_WITH_DUTIES");
        assertThat(check(free).exit()).isZero();
        assertThat(check(open).exit()).as("nobody says").isEqualTo(3);
        assertThat(check(free, open, bad).exit()).isEqualTo(1);
        assertThat(decided(check(bad)).get(1)).isEqualTo("w3 LicenseRef-KOGL-4 DENY");
        assertThat(check(free, open, bad).err())
                .isEqualTo("train-commercial: 2 may be used with duties, 1 a person must decide, 1 may not be used\n");
        JsonNode one = lines(check(free, "--json")).get(0);
        assertThat(one.path("duties")).isNotEmpty();
        assertThat(one.path("reasons")).isNotEmpty();
        assertThat(one.at("/evidence/0/value").asText()).isEqualTo("공공누리 제1유형");
    }

    @Test
    void oneWorkAndAListOfThemAreReadWhole() throws Exception {
        String one = files.text("one.json", LicenseFiles.work("w1", "공공누리 제1유형").replace("\"claims\"", "\n\"claims\""));
        String list = files.text(
                "list.json",
                "[" + LicenseFiles.work("w1", "공공누리 제1유형") + ",\n" + LicenseFiles.work("w2", "공공누리 제4유형")
                        + ",\n{\"claims\": 3}]");
        String lines =
                files.text("lines.json", LicenseFiles.work("w1", "공공누리 제1유형") + LicenseFiles.work("w2", "공공누리 제4유형"));

        assertThat(decided(check(one))).containsExactly("w1 LicenseRef-KOGL-1 ALLOW_WITH_DUTIES");
        assertThat(decided(check(lines)))
                .containsExactly("w1 LicenseRef-KOGL-1 ALLOW_WITH_DUTIES", "w2 LicenseRef-KOGL-4 DENY");
        assertThat(decided(check(list)).subList(0, 2)).isEqualTo(decided(check(lines)));
        assertThat(lines(check(list)).get(2).at("/error/message").asText()).startsWith(list + "[2]: ");
    }

    @Test
    void aListOfThePortalIsReadInEitherEncoding() throws Exception {
        String utf8 = files.text("utf8.csv", LicenseFiles.LIST);
        String cp949 = files.bytes("cp949.csv", LicenseFiles.LIST.getBytes(LicenseFiles.CP949));
        String credit = files.text("flat.csv", "id,title,publisher,license\n1,도시숲 현황,산림청,cc-by-4.0\n");

        for (String file : List.of(utf8, cp949)) {
            Cli.Result result = check(file);
            assertThat(decided(result))
                    .containsExactly(
                            "15000001 LicenseRef-data.go.kr-unrestricted ALLOW", "15000003 LicenseRef-KOGL-2 DENY");
            assertThat(result.exit()).isEqualTo(1);
        }
        assertThat(check(cp949, "--text").out()).contains("도시숲 현황 [15000001]", "관광지 그림 [15000003]");
        assertThat(check(credit, "--text", "--constant", "license_source=hf-card")
                        .out())
                .as("a credit names the work and who made it")
                .contains("\"도시숲 현황\"", "산림청");
    }

    @Test
    void columnsAreMappedOrListed() throws Exception {
        String foreign = files.text("foreign.csv", "번호,권리\n7,cc-by-4.0\n");
        String known = files.text("known.jsonl", LicenseFiles.work("w1", "공공누리 제1유형"));

        Cli.Result unmapped = check(foreign, known);
        assertThat(unmapped.exit()).isEqualTo(2);
        JsonNode error = lines(unmapped).get(0).path("error");
        assertThat(error.path("kind").asText()).isEqualTo("columns");
        assertThat(error.path("message").asText()).startsWith(foreign + ": ").contains("번호, 권리");
        assertThat(error.path("fix").asText()).contains("--column FIELD=COLUMN");
        assertThat(decided(unmapped).get(1)).as("the other file is decided").startsWith("w1 ");
        assertThat(decided(check(
                        foreign,
                        "--column",
                        "id=번호",
                        "--column",
                        "license=권리",
                        "--constant",
                        "license_source=hf-card")))
                .containsExactly("7 CC-BY-4.0 ALLOW_WITH_DUTIES");
        Cli.Result unknown = check(foreign, "--json", "--column", "nope=번호");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.error().path("message").asText()).contains("license_source");
    }

    @Test
    void parquetAndPackedLinesAreTablesToo() throws Exception {
        String parquet = files.parquet(
                "a.parquet",
                "select 1 as id, 'cc-by-nc-4.0' as license, 'hf-card' as license_source, date '2026-05-01' as collected");
        Path packed = folder.resolve("w.jsonl.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write((LicenseFiles.work("w1", "공공누리 제1유형") + "{broken\n").getBytes(UTF_8));
        }

        assertThat(decided(check(parquet))).containsExactly("1 CC-BY-NC-4.0 DENY");
        Cli.Result lines = check(packed.toString());
        assertThat(decided(lines).get(0)).isEqualTo("w1 LicenseRef-KOGL-1 ALLOW_WITH_DUTIES");
        assertThat(lines(lines).get(1).at("/error/message").asText()).startsWith(packed + ":2: ");
        assertThat(lines.exit()).isEqualTo(2);
    }

    @Test
    void savedPagesAreReadInEitherEncoding() throws Exception {
        String utf8 = files.text("page.html", LicenseFiles.page("utf-8", "공공누리 제1유형"));
        String korean =
                files.bytes("old.htm", LicenseFiles.page("euc-kr", "공공누리 제4유형").getBytes(LicenseFiles.CP949));
        String archive = files.archive("site.warc.gz", "공공누리 제1유형", "무단 전재 및 재배포, AI학습 이용 금지");

        assertThat(decided(check(utf8, korean)))
                .containsExactly(utf8 + " LicenseRef-KOGL-1 ALLOW_WITH_DUTIES", korean + " LicenseRef-KOGL-4 DENY");
        assertThat(check(korean, "--text").out()).contains("시정 소식 [");
        assertThat(decided(check(archive)))
                .hasSize(2)
                .anyMatch("https://example.go.kr/0 LicenseRef-KOGL-1 ALLOW_WITH_DUTIES"::equals)
                .noneMatch(line -> line.startsWith("https://example.go.kr/1") && line.contains("ALLOW"));
        Cli.Result none = check(files.text("none.warc", "no archive"));
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.error().path("message").asText()).contains("none.warc", "WARC");
    }

    @Test
    void cardsAndCataloguesAreRead() throws Exception {
        String card = files.text("README.md", LicenseFiles.HF_CARD);
        String croissant = files.text("croissant.json", LicenseFiles.CROISSANT);
        String catalogue = files.text("15000001.json", LicenseFiles.CATALOGUE);

        assertThat(decided(check(card)).get(0)).endsWith(" CC-BY-SA-4.0 ALLOW_WITH_DUTIES");
        assertThat(decided(check(croissant))).containsExactly("https://example.org/corpus CC-BY-4.0 ALLOW_WITH_DUTIES");
        assertThat(decided(check(catalogue)).get(0)).endsWith(" LicenseRef-KOGL-4 DENY");
    }

    @Test
    void whatCannotBeReadIsToldByItsPlaceAndTheRestGoesOn() throws Exception {
        byte[] korean = LicenseFiles.work("w2", "공공누리 제1유형").getBytes(LicenseFiles.CP949);
        Path mixed = folder.resolve("mixed.jsonl");
        Files.writeString(mixed, "\uFEFF" + LicenseFiles.work("w1", "공공누리 제1유형") + "\n{\"id\": \"w5\n");
        Files.write(mixed, korean, StandardOpenOption.APPEND);
        Files.writeString(
                mixed,
                LicenseFiles.work("w3", "공공누리 제4유형") + "{\"id\": \"w4\", \"claims\": [], \"x\": 1}\n[]\n",
                StandardOpenOption.APPEND);

        Cli.Result result = check(mixed.toString());

        assertThat(result.exit()).as("unreadable goes before denied").isEqualTo(2);
        List<JsonNode> lines = lines(result);
        assertThat(lines).hasSize(6);
        assertThat(lines).filteredOn(line -> line.has("decision")).hasSize(2);
        assertThat(lines)
                .filteredOn(line -> line.has("error"))
                .allMatch(line -> line.at("/error/kind").asText().equals("unreadable-input"))
                .extracting(line -> line.at("/error/message").asText().split(": ")[0])
                .containsExactly(mixed + ":3", mixed + ":4", mixed + ":6", mixed + ":7");
        assertThat(result.err()).contains(mixed + ":4: Not UTF-8.", "4 unreadable");
        Cli.Result noText =
                check(files.text("a.bin", "\0\1"), files.text("empty.json", ""), files.text("cut.json", "{\"a\": ["));
        assertThat(noText.exit()).isEqualTo(2);
        assertThat(lines(noText)).hasSize(3).allMatch(line -> line.has("error"));
    }

    @Test
    void wrongUseIsExplained() throws Exception {
        String file = files.text("w.jsonl", LicenseFiles.work("w1", "공공누리 제1유형"));
        Cli.Result purpose = Cli.run("license", "check", "--purpose", "train", "--json", file);
        assertThat(purpose.exit()).isEqualTo(2);
        assertThat(purpose.error().path("message").asText())
                .contains("train-commercial", "train-noncommercial", "quote", "redistribute", "sell", "publish-model");
        assertThat(check("--as-of", "2026-13-01", file).err()).contains("only once");
        Cli.Result day = Cli.run("license", "check", "--purpose", "sell", "--as-of", "2026-13-01", "--json", file);
        assertThat(day.exit()).isEqualTo(2);
        assertThat(day.error().path("message").asText()).isEqualTo("Not a date: --as-of 2026-13-01");
        Cli.Result absent = check(file, files.at("absent.jsonl"), "--json");
        assertThat(absent.exit()).isEqualTo(2);
        assertThat(absent.error().path("message").asText()).startsWith("No such file");
        assertThat(check(folder.toString()).err()).contains("A folder, not a file");
        assertThat(check(folder.toString()).exit()).isEqualTo(2);
        assertThat(Cli.run("license", "check", file).err()).contains("Missing: --purpose");
        assertThat(check().err()).contains("Missing: FILE");
        assertThat(Cli.run("license").exit()).isEqualTo(2);
        assertThat(Cli.run("license", "check", "--purpose", "quote", file).err())
                .contains("(today in Seoul)");
    }

    @Test
    void textIsKoreanForKoreansAndFits() throws Exception {
        String file = files.text(
                "w.jsonl", LicenseFiles.work("w1\\u001b[31m", "공공누리 제1유형") + LicenseFiles.work("w2", "공공누리 제4유형"));
        Cli.Result result = Cli.run(
                "",
                Map.of("LANG", "ko_KR.UTF-8", "COLUMNS", "80"),
                "license",
                "check",
                "--purpose",
                "train-commercial",
                "--as-of",
                "2026-11-22",
                "--text",
                file);

        assertThat(result.out())
                .contains(
                        "의무를 지키면 쓸 수 있음: 보도자료",
                        "조건",
                        "LicenseRef-KOGL-1",
                        "이유",
                        "출처",
                        "공공누리 제1유형",
                        "환경부",
                        "쓸 수 없음: 보도자료")
                .doesNotContain("\u001b", "may be used");
        assertThat(result.err()).contains("train-commercial: ").doesNotContain("may");
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(80));
        assertThat(check("--text", "--json", file).out())
                .as("--json goes first")
                .startsWith("{");
    }
}
