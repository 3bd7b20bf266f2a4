package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.law.EvidencePackage.Verification;
import dev.gaon.gov.pack.PackFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Files that only look like evidence, and such as would cost too much to look at. */
class HostileEvidenceTest extends EvidenceCase {

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
