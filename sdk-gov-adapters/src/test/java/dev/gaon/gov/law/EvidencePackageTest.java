package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.law.EvidencePackage.Verification;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence that holds, and everything that may be done to it. */
class EvidencePackageTest {

    private static final Instant MADE = Instant.parse("2026-11-21T03:00:00Z");
    private static final String OPEN = record("a1", "open");
    private static final String ENDED = record("a1", "ok");
    private static final String OTHER = record("b2", "denied");
    private static final Assessment ASSESSMENT = LawReportTest.assessment("W");

    @TempDir
    Path folder;

    private Path zip;
    private String digest;

    private static String record(String id, String state) {
        return "{\"id\":\"" + id + "\",\"notes\":{},\"state\":\"" + state + "\",\"version\":1}";
    }

    @BeforeEach
    void write() throws IOException {
        zip = folder.resolve("evidence.zip");
        digest = EvidencePackage.write(zip, ASSESSMENT, List.of(OPEN, OTHER, ENDED), MADE);
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry each : file.stream().toList()) {
                all.put(each.getName(), file.getInputStream(each).readAllBytes());
            }
        }
        return all;
    }

    private void rewrite(Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
    }

    /** As a forger who knows the format would: list and sums are made to fit what was changed. */
    private void forge(String path, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> all = entries();
        all.put(path, change.apply(text(all.getOrDefault(path, new byte[0]))).getBytes(StandardCharsets.UTF_8));
        fit(all);
        rewrite(all);
    }

    private static void fit(Map<String, byte[]> all) throws IOException {
        byte[] manifest = all.remove("manifest.json");
        all.remove("SHA256SUMS");
        Map<String, Object> list = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : Cases.JSON.readTree(manifest).properties()) {
            list.put(each.getKey(), Cases.JSON.treeToValue(each.getValue(), Object.class));
        }
        list.put(
                "entries",
                all.entrySet().stream()
                        .map(each -> EvidencePackage.Entry.of(each.getKey(), each.getValue())
                                .json())
                        .toList());
        all.put("manifest.json", CanonicalForm.write(list).getBytes(StandardCharsets.UTF_8));
        StringBuilder sums = new StringBuilder();
        all.keySet().stream()
                .sorted()
                .forEach(path -> sums.append(PackFiles.sha256(all.get(path)))
                        .append("  ")
                        .append(path)
                        .append('\n'));
        all.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Verification verify() {
        return EvidencePackage.verify(zip);
    }

    private void fails(String where, String ko, String en) {
        Verification result = verify();
        assertThat(result.holds()).isFalse();
        assertThat(result.problems()).anySatisfy(problem -> {
            assertThat(problem.where()).isEqualTo(where);
            assertThat(problem.what().ko()).contains(ko);
            assertThat(problem.what().en()).contains(en);
        });
    }

    @Test
    void itHoldsAndSaysWhatIsInIt() throws IOException {
        Verification result = verify();
        assertThat(result.problems()).isEmpty();
        assertThat(result.holds()).isTrue();
        assertThat(result.manifestDigest()).isEqualTo(digest);
        assertThat(result.asOf()).isEqualTo(ASSESSMENT.asOf());
        assertThat(result.createdAt()).isEqualTo(MADE);
        assertThat(result.records())
                .isEqualTo(Map.of(
                        "a1", "sha256:" + PackFiles.sha256(ENDED.getBytes(StandardCharsets.UTF_8)),
                        "b2", "sha256:" + PackFiles.sha256(OTHER.getBytes(StandardCharsets.UTF_8))));
        Map<String, byte[]> entries = entries();
        assertThat(text(entries.get("profile.json")))
                .isEqualTo(ASSESSMENT.profile().toJson());
        assertThat(text(entries.get("assessment.json"))).isEqualTo(ASSESSMENT.toJson());
        assertThat(text(entries.get("report.html")))
                .isEqualTo(LawReport.of(ASSESSMENT).html());
        assertThat(text(entries.get("records/a1.json"))).isEqualTo(ENDED);
        assertThat(entries.get("pack/1/pack.json"))
                .isEqualTo(ASSESSMENT.pack().parts().get(0).manifest());
        assertThat(text(entries.get("READ-ME.txt"))).contains("sha256sum -c SHA256SUMS", "손으로 확인하기", "by hand");
        assertThat(text(entries.get("manifest.json")))
                .contains("\"createdAt\":\"2026-11-21T03:00:00Z\"", "\"tool\":\"dev.gaon:sdk-gov-adapters");
    }

    @Test
    void sha256sumAgrees() throws Exception {
        Path there = Files.createDirectory(folder.resolve("unpacked"));
        for (Map.Entry<String, byte[]> each : entries().entrySet()) {
            Files.createDirectories(there.resolve(each.getKey()).getParent());
            Files.write(there.resolve(each.getKey()), each.getValue());
        }
        assertThat(sha256sum(there)).isZero();
        Files.writeString(there.resolve("records/b2.json"), "{}");
        assertThat(sha256sum(there)).isNotZero();
    }

    private static int sha256sum(Path there) throws Exception {
        return new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
                .directory(there.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void onlyTheTimeOfMakingMakesADifference() throws IOException {
        Path again = folder.resolve("again.zip");
        assertThat(EvidencePackage.write(again, ASSESSMENT, List.of(OPEN, OTHER, ENDED), MADE))
                .isEqualTo(digest);
        assertThat(again).hasSameBinaryContentAs(zip);
        Path later = folder.resolve("later.zip");
        assertThat(EvidencePackage.write(later, ASSESSMENT, List.of(OPEN, OTHER, ENDED), MADE.plusSeconds(1)))
                .isNotEqualTo(digest);
    }

    @Test
    void aCallThatNeverEndedKeepsItsOpening() throws IOException {
        Path other = folder.resolve("open.zip");
        EvidencePackage.write(other, ASSESSMENT, List.of(OPEN), MADE);
        assertThat(EvidencePackage.verify(other).records())
                .containsEntry("a1", "sha256:" + PackFiles.sha256(OPEN.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theBundledRulesAndAMinistrysHoldToo() throws IOException {
        Path ours = Files.createDirectories(folder.resolve("ours"));
        Files.writeString(ours.resolve("pack.json"), """
                {"id": "ours", "version": "1", "title": {"ko": "우리", "en": "ours"}, "files": [], "digest": "sha256:0"}
                """);
        Files.writeString(
                ours.resolve("sign-offs.json"),
                "{\"signOffs\": [{\"rule\": \"KR-TR-01\", \"digest\": \""
                        + RulePack.bundled().rule("KR-TR-01").digest()
                        + "\", \"by\": \"홍길동\", \"on\": \"2026-10-01\"}]}");
        RulePack.seal(ours);
        ServiceProfile profile = ServiceProfile.of("s").with("isGenerative", true);
        Assessment assessment = Assessment.of(profile, RulePack.bundled().with(ours), ASSESSMENT.asOf());
        EvidencePackage.write(zip, assessment, List.of(), MADE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify().problems()).isEmpty();
    }

    @Test
    void aFileOfThatNameStays() throws IOException {
        byte[] before = Files.readAllBytes(zip);
        assertThatThrownBy(() -> EvidencePackage.write(zip, ASSESSMENT, List.of(), MADE))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(zip).hasBinaryContent(before);
        EvidencePackage.write(zip, ASSESSMENT, List.of(), MADE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify().records()).isEmpty();
    }

    @Test
    void nothingHalfWrittenIsLeft() throws IOException {
        byte[] before = Files.readAllBytes(zip);
        Iterable<String> broken = () -> Stream.of(ENDED, "x")
                .map(each -> {
                    if (each.equals("x")) {
                        throw new UncheckedIOException(new IOException("disk"));
                    }
                    return each;
                })
                .iterator();
        Path fresh = folder.resolve("fresh.zip");
        assertThatThrownBy(() -> EvidencePackage.write(fresh, ASSESSMENT, broken, MADE))
                .hasMessageContaining("disk");
        assertThatThrownBy(
                        () -> EvidencePackage.write(zip, ASSESSMENT, broken, MADE, StandardCopyOption.REPLACE_EXISTING))
                .hasMessageContaining("disk");
        assertThat(zip).hasBinaryContent(before);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(zip);
        }
    }

    @Test
    void recordsThatProveNothingAreRefused() {
        Path fresh = folder.resolve("fresh.zip");
        for (String record : List.of(
                "{\"id\": \"a\"}",
                "{\"state\":\"ok\"}",
                "{\"id\":\"../a\"}",
                "{\"id\":\".\"}",
                "{\"id\":\"a/b\"}",
                "{\"b\":1,\"id\":\"a\"}\n",
                "{\"id\":\"a\",\"a\":1}",
                "{\"id\":\"a\",\"id\":\"a\"}",
                "no json",
                "")) {
            assertThatThrownBy(() -> EvidencePackage.write(fresh, ASSESSMENT, List.of(ENDED, record), MADE))
                    .as(record)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)2번째 기록.* / Record 2 .*");
        }
        assertThatThrownBy(() -> EvidencePackage.write(fresh, ASSESSMENT, List.of(ENDED, ENDED), MADE))
                .hasMessageContaining("두 번 끝났습니다")
                .hasMessageContaining("ended twice");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void aChangeOfAnyEntryIsSeen() throws IOException {
        Map<String, byte[]> sound = entries();
        for (String path : sound.keySet()) {
            Map<String, byte[]> changed = new LinkedHashMap<>(sound);
            byte[] bytes = sound.get(path).clone();
            bytes[bytes.length / 2] ^= 1;
            changed.put(path, bytes);
            rewrite(changed);
            assertThat(verify().holds()).as("changed " + path).isFalse();
            changed.remove(path);
            rewrite(changed);
            assertThat(verify().holds()).as("without " + path).isFalse();
        }
        rewrite(sound);
        assertThat(verify().holds()).isTrue();
    }

    @Test
    void whatIsNotListedIsSeen() throws IOException {
        Map<String, byte[]> more = entries();
        more.put("note.txt", new byte[] {'a'});
        rewrite(more);
        fails("note.txt", "목록에 없습니다", "not listed");
        Map<String, byte[]> fewer = entries();
        fewer.remove("note.txt");
        fewer.remove("records/b2.json");
        rewrite(fewer);
        fails("records/b2.json", "꾸러미에 없거나", "not in the package");
    }

    @Test
    void aForgedAssessmentIsSeenThoughTheListFits() throws IOException {
        forge("assessment.json", text -> text.replace("\"verdict\":\"fail\"", "\"verdict\":\"pass\""));
        fails("assessment.json", "다시 점검한 결과와 다릅니다", "when assessed again");
    }

    @Test
    void aForgedReportProfilePackOrRecordIsSeenThoughTheListFits() throws IOException {
        Map<String, byte[]> sound = entries();
        forge("report.html", text -> text.replace("미충족", "충족"));
        fails("report.html", "다시 만든 보고서와 다릅니다", "differs from the report");
        rewrite(sound);
        forge("profile.json", text -> text.replace("\"told\":false", "\"told\":true"));
        fails("assessment.json", "다시 점검한 결과와 다릅니다", "when assessed again");
        rewrite(sound);
        forge("profile.json", text -> " " + text);
        fails("profile.json", "정규 JSON", "canonical JSON");
        rewrite(sound);
        forge("pack/1/rules/law/R-FINE.json", text -> text.replace("FINE_DIRECT", "NONE"));
        fails("evidence.zip", "digest가 맞지 않습니다", "the digest does not match");
        rewrite(sound);
        forge("pack/1/rules/law/MORE.json", text -> "{}");
        fails("pack", "pack.json에 없는 파일", "no pack.json lists");
        rewrite(sound);
        forge("records/b2.json", text -> text.replace("b2", "c3"));
        fails("records/b2.json", "id와 파일 이름", "its file's name");
        rewrite(sound);
        forge("records/b2.json", text -> text + "\n");
        fails("records/b2.json", "정규 JSON", "canonical JSON");
    }

    @Test
    void pathsOutOfThePackageAreRefused() throws IOException {
        for (String path : List.of(
                "../evil", "/etc/passwd", "a/../../b", "a\\..\\b", "C:/x", "a//b", "records/", "a/..", "\u0000")) {
            Map<String, byte[]> all = entries();
            all.put(path, new byte[] {'x'});
            rewrite(all);
            assertThat(verify().holds()).as(path).isFalse();
            writeAnew();
        }
    }

    private void writeAnew() throws IOException {
        EvidencePackage.write(zip, ASSESSMENT, List.of(OPEN, OTHER, ENDED), MADE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void theSameNameTwiceIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(zip);
        byte[] twice =
                latin(bytes).replace("records/b2.json", "records/a1.json").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(twice).isNotEqualTo(bytes);
        Files.write(zip, twice);
        fails("records/a1.json", "두 번", "twice");
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatStandsBesideTheDirectoryIsRefused() throws IOException {
        String bytes = latin(Files.readAllBytes(zip));
        int local = bytes.indexOf("records/b2.json");
        assertThat(bytes.indexOf("records/b2.json", local + 1)).isPositive();
        Files.write(
                zip,
                (bytes.substring(0, local) + "records/b3.json" + bytes.substring(local + 15))
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(verify().holds()).isFalse();
        Files.write(zip, (bytes + "more").getBytes(StandardCharsets.ISO_8859_1));
        fails("evidence.zip", "앞뒤에 다른 것이", "before or after");
        Files.write(zip, ("more" + bytes).getBytes(StandardCharsets.ISO_8859_1));
        fails("evidence.zip", "앞뒤에 다른 것이", "before or after");
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        Map<String, byte[]> all = entries();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> each : all.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
            out.putNextEntry(new ZipEntry("records/bomb.json"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
        }
        assertThat(Files.size(zip)).isLessThan(2 << 20);
        fails("records/bomb.json", "너무 큽니다", "too large");
    }

    @Test
    void tooManyEntriesAreRefused() throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
            for (int i = 0; i < EvidencePackage.MOST_ENTRIES + 3; i++) {
                ZipEntry empty = new ZipEntry("f" + i);
                empty.setMethod(ZipEntry.STORED);
                empty.setSize(0);
                empty.setCrc(0);
                out.putNextEntry(empty);
            }
        }
        fails("evidence.zip", "너무 많습니다", "too many");
    }

    @Test
    void deepAndTangledContentIsAFinding() throws IOException {
        String deep = "{\"id\":\"a1\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        forge("records/a1.json", text -> deep);
        fails("records/a1.json", "정규 JSON", "canonical JSON");
        writeAnew();
        forge("profile.json", text -> deep);
        fails("evidence.zip", "다시 점검할 수 없습니다", "cannot be assessed again");
        writeAnew();
        Map<String, byte[]> all = entries();
        all.put("manifest.json", deep.getBytes(StandardCharsets.UTF_8));
        rewrite(all);
        fails("manifest.json", "아는 목록이 아닙니다", "no list that this version knows");
    }

    /** Few bytes that would make many: a long title that stands in the list of days once for each version. */
    @Test
    void aPackThatWouldFillTheMemoryIsAFinding() throws IOException {
        Map<String, byte[]> files =
                new LinkedHashMap<>(ASSESSMENT.pack().parts().get(0).files());
        files.computeIfPresent("rules/law/R-MET.json", (path, bytes) -> {
            String rule = text(bytes).replace("제목 W", "가".repeat(100_000));
            String version = rule.substring(rule.indexOf("[{\"from\"") + 1, rule.lastIndexOf("]}"));
            StringBuilder versions = new StringBuilder();
            LocalDate day = LocalDate.of(2020, 1, 1);
            for (int i = 0; i < 800; i++, day = day.plusDays(1)) {
                versions.append(i == 0 ? "" : ",")
                        .append(version.replace(
                                "\"from\": \"2026-01-22\"", "\"from\": \"" + day + "\", \"to\": \"" + day + "\""));
            }
            return rule.replace(version, versions).getBytes(StandardCharsets.UTF_8);
        });
        Map<String, byte[]> all = entries();
        PackFiles part = Cases.sealed("test", files);
        all.put("pack/1/pack.json", part.manifest());
        part.files().forEach((path, bytes) -> all.put("pack/1/" + path, bytes));
        fit(all);
        rewrite(all);
        fails("evidence.zip", "보고서가 너무 큽니다", "report grows too large");
    }

    /** Each of these facts follows from two others, and those from two others: looking at every path would take for ever. */
    @Test
    void factsThatBranchAreLookedAtOnce() throws IOException {
        StringBuilder derived = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            for (String side : List.of("l", "r")) {
                String of = i == 0
                        ? "{\"is\": \"told\"}"
                        : "{\"all\": [{\"is\": \"l%1$d\"}, {\"is\": \"r%1$d\"}]}".formatted(i - 1);
                derived.append(i + side.length() > 1 || side.equals("r") ? ", " : "")
                        .append("\"%s%d\": {\"label\": {\"ko\": \"가\", \"en\": \"a\"}, \"when\": %s}"
                                .formatted(side, i, of));
            }
        }
        Map<String, byte[]> files =
                new LinkedHashMap<>(ASSESSMENT.pack().parts().get(0).files());
        files.computeIfPresent(
                "vocabulary.json",
                (path, bytes) -> text(bytes)
                        .replace("\"derived\": {}", "\"derived\": {" + derived + "}")
                        .getBytes(StandardCharsets.UTF_8));
        files.computeIfPresent(
                "rules/law/R-MET.json",
                (path, bytes) -> text(bytes)
                        .replace("\"applies\": {\"atLeast\": {\"users\": 1}}", "\"applies\": {\"is\": \"l29\"}")
                        .getBytes(StandardCharsets.UTF_8));
        RulePack tangled = RulePack.of(List.of(Cases.sealed("test", files)));
        Finding finding = Assessment.of(ServiceProfile.of("s"), tangled, ASSESSMENT.asOf())
                .finding("R-MET");
        assertThat(finding.missing()).extracting(Fact::name).containsExactly("told");
    }

    @Test
    void everyBeginningAndEveryFlippedByteIsAFindingAndNothingElse() throws IOException {
        byte[] sound = Files.readAllBytes(zip);
        Random random = new Random(5);
        int held = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes;
            if (i % 4 == 0) {
                bytes = Arrays.copyOf(sound, random.nextInt(sound.length));
            } else {
                bytes = sound.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            Files.write(zip, bytes);
            Verification result = verify();
            if (result.holds()) {
                held++;
                assertThat(result.manifestDigest()).isEqualTo(digest);
            }
        }
        // A flip in a date or attribute of the zip itself changes no content.
        assertThat(held).isLessThan(100);
        for (int length : List.of(0, 1, 21, 22)) {
            Files.write(zip, Arrays.copyOf(sound, length));
            assertThat(verify().holds()).isFalse();
        }
    }

    @Test
    void noFileIsAFinding() {
        assertThat(EvidencePackage.verify(folder.resolve("none.zip")).problems())
                .hasSize(1);
        assertThat(EvidencePackage.verify(folder).problems()).hasSize(1);
    }

    @Test
    void manyProblemsAreCutOff() throws IOException {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            records.add(record("r" + i, "ok"));
        }
        EvidencePackage.write(zip, ASSESSMENT, records, MADE, StandardCopyOption.REPLACE_EXISTING);
        Map<String, byte[]> all = entries();
        all.replaceAll((path, bytes) -> path.startsWith("records/") ? new byte[] {'x'} : bytes);
        rewrite(all);
        assertThat(verify().problems()).hasSize(100);
    }
}
