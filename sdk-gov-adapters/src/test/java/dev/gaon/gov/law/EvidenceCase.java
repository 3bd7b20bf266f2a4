package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.law.EvidencePackage.Verification;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A package of evidence of its own for each test, and the tools of a forger. */
abstract class EvidenceCase {

    static final Instant MADE = Instant.parse("2026-11-21T03:00:00Z");
    static final String OPEN = record("a1", "open");
    static final String ENDED = record("a1", "ok");
    static final String OTHER = record("b2", "denied");
    static final Assessment ASSESSMENT = LawReportTest.assessment("W");

    @TempDir
    Path folder;

    Path zip;
    String digest;

    static String record(String id, String state) {
        return "{\"id\":\"" + id + "\",\"notes\":{},\"state\":\"" + state + "\",\"version\":1}";
    }

    @BeforeEach
    void write() throws IOException {
        zip = folder.resolve("evidence.zip");
        digest = EvidencePackage.write(zip, ASSESSMENT, List.of(OPEN, OTHER, ENDED), MADE);
    }

    Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry each : file.stream().toList()) {
                all.put(each.getName(), file.getInputStream(each).readAllBytes());
            }
        }
        return all;
    }

    void rewrite(Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
    }

    /** As a forger who knows the format would: list and sums are made to fit what was changed. */
    void forge(String path, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> all = entries();
        all.put(path, change.apply(text(all.getOrDefault(path, new byte[0]))).getBytes(StandardCharsets.UTF_8));
        fit(all);
        rewrite(all);
    }

    static void fit(Map<String, byte[]> all) throws IOException {
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

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Verification verify() {
        return EvidencePackage.verify(zip);
    }

    void fails(String where, String ko, String en) {
        Verification result = verify();
        assertThat(result.holds()).isFalse();
        assertThat(result.problems()).anySatisfy(problem -> {
            assertThat(problem.where()).isEqualTo(where);
            assertThat(problem.what().ko()).contains(ko);
            assertThat(problem.what().en()).contains(en);
        });
    }

    void writeAnew() throws IOException {
        EvidencePackage.write(zip, ASSESSMENT, List.of(OPEN, OTHER, ENDED), MADE, StandardCopyOption.REPLACE_EXISTING);
    }
}
