package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.law.EvidencePackage.Verification;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Evidence that holds, and what a forger may do to it. */
class EvidencePackageTest extends EvidenceCase {

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
    void documentsAreSealedWithTheRest() throws IOException {
        Map<String, byte[]> documents = Map.of("overview.json", "{}".getBytes(StandardCharsets.UTF_8));
        EvidencePackage.write(zip, ASSESSMENT, List.of(), documents, MADE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(verify().problems()).isEmpty();
        Map<String, byte[]> entries = new LinkedHashMap<>(entries());
        entries.put("documents/overview.json", "[]".getBytes(StandardCharsets.UTF_8));
        rewrite(entries);
        assertThat(verify().problems())
                .anySatisfy(each -> assertThat(each.where()).isEqualTo("documents/overview.json"));
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
    void aNoteOfThatWordOpensNoCall() {
        String ended = "{\"id\":\"c3\",\"notes\":{\"state\":\"open\"},\"state\":\"ok\",\"version\":1}";
        Path other = folder.resolve("noted.zip");
        assertThatThrownBy(() -> EvidencePackage.write(other, ASSESSMENT, List.of(ended, ended), MADE))
                .hasMessageContaining("this call ended twice: c3");
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
}
