package dev.gaon.gov.law;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.law.EvidencePackage.Entry;
import dev.gaon.gov.law.EvidencePackage.Problem;
import dev.gaon.gov.law.EvidencePackage.Verification;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One look at an {@link EvidencePackage}, which may be hostile. */
final class EvidenceCheck {

    private static final int MOST_PROBLEMS = 100;
    private static final int MOST_RULE_BYTES = 1 << 20;
    private static final long MOST_PACK_BYTES = 8L << 20;
    private static final long MOST_WORK = 1L << 27;
    private static final long MOST_BYTES_KEPT = 128L << 20;
    private static final String RECORD = "records/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\.json";

    private final Path file;
    private final List<Problem> problems = new ArrayList<>();
    private final SortedMap<String, Entry> seen = new TreeMap<>();
    private final Map<String, byte[]> kept = new LinkedHashMap<>();
    private final Map<String, String> records = new TreeMap<>();
    private long bytesKept;
    private @Nullable String manifestDigest;
    private @Nullable LocalDate asOf;
    private @Nullable Instant createdAt;

    EvidenceCheck(Path file) {
        this.file = file;
    }

    Verification run() {
        try {
            new EvidenceZip(file, this::entry, this::wrong).read();
            if (problems.isEmpty()) {
                JsonNode manifest = manifest();
                sums();
                if (manifest != null) {
                    assessAgain(manifest);
                }
            }
        } catch (IOException e) {
            wrong(
                    whole(),
                    "읽을 수 없습니다 (" + e.getClass().getSimpleName() + ")",
                    "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return new Verification(List.copyOf(problems), manifestDigest, asOf, createdAt, Map.copyOf(records));
    }

    private String whole() {
        return String.valueOf(file.getFileName());
    }

    private void wrong(String where, String ko, String en) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(where, new BilingualText(ko, en)));
        }
    }

    /** Takes note of one entry; keeps what is needed to assess again. */
    private void entry(String path, byte[] content) {
        seen.put(path, Entry.of(path, content));
        if (path.startsWith("records/")) {
            record(path, content);
            return;
        }
        if (path.startsWith(EvidencePackage.DOCUMENTS)) {
            return;
        }
        bytesKept += content.length;
        if (bytesKept > MOST_BYTES_KEPT || (path.startsWith("pack/") && content.length > MOST_RULE_BYTES)) {
            wrong(path, "너무 큽니다", "too large");
        } else {
            kept.put(path, content);
        }
    }

    private void record(String path, byte[] content) {
        String id = recordId(CanonicalForm.read(content));
        if (!path.matches(RECORD) || id == null) {
            wrong(path, "정규 JSON(RFC 8785)인 호출 기록이 아닙니다", "is no record of a call in canonical JSON (RFC 8785)");
        } else if (!path.equals("records/" + id + ".json")) {
            wrong(path, "기록의 id와 파일 이름이 다릅니다", "the record's id is not its file's name");
        } else {
            records.put(id, "sha256:" + PackFiles.sha256(content));
        }
    }

    /** The id of a record of a call; null if it is none, or its id cannot be a file's name. */
    static @Nullable String recordId(@Nullable JsonNode record) {
        if (record == null || !record.path("id").isTextual()) {
            return null;
        }
        String id = record.get("id").asText();
        return ("records/" + id + ".json").matches(RECORD) ? id : null;
    }

    private byte @Nullable [] required(String path) {
        byte[] content = kept.get(path);
        if (content == null) {
            wrong(path, "없습니다", "is missing");
        }
        return content;
    }

    /** Null if there is none that can be used. */
    private @Nullable JsonNode manifest() {
        byte[] content = required(EvidencePackage.MANIFEST);
        if (content == null) {
            return null;
        }
        manifestDigest = "sha256:" + PackFiles.sha256(content);
        JsonNode manifest = CanonicalForm.read(content);
        if (manifest == null || !manifest.path("format").asText().equals(EvidencePackage.FORMAT)) {
            wrong(
                    EvidencePackage.MANIFEST,
                    "이 판이 아는 목록이 아닙니다: format은 " + EvidencePackage.FORMAT + "이어야 합니다",
                    "is no list that this version knows: format must be " + EvidencePackage.FORMAT);
            return null;
        }
        try {
            asOf = LocalDate.parse(manifest.path("asOf").asText());
            createdAt = Instant.parse(manifest.path("createdAt").asText());
        } catch (DateTimeException e) {
            wrong(EvidencePackage.MANIFEST, "asOf나 createdAt이 날짜가 아닙니다", "asOf or createdAt is no date");
            return null;
        }
        compare(manifest);
        return manifest;
    }

    private void compare(JsonNode manifest) {
        Map<String, Entry> missing = new TreeMap<>(seen);
        missing.remove(EvidencePackage.MANIFEST);
        missing.remove(EvidencePackage.SUMS);
        for (JsonNode listed : manifest.path("entries")) {
            String path = listed.path("path").asText();
            Entry is = missing.remove(path);
            if (is == null) {
                wrong(
                        shown(path),
                        "목록에 있으나 꾸러미에 없거나, 목록에 두 번 있습니다",
                        "is listed but not in the package, or listed twice");
            } else if (!is.sha256().equals(listed.path("sha256").asText())
                    || is.size() != listed.path("size").asInt(-1)) {
                wrong(
                        path,
                        "목록의 SHA-256이나 크기와 다릅니다: 바뀌었습니다",
                        "differs from the SHA-256 or size in the list: it was changed");
            }
        }
        missing.keySet().forEach(path -> wrong(path, "꾸러미에 있으나 목록에 없습니다", "is in the package but not listed"));
    }

    private static String shown(String foreign) {
        return cut(foreign).replaceAll("[^\\p{L}\\p{N}_./-]", "?");
    }

    private static String cut(String foreign) {
        return (foreign.length() > 500 ? foreign.substring(0, 500) + "…" : foreign).replaceAll("\\p{Cntrl}", "?");
    }

    private void sums() {
        byte[] content = required(EvidencePackage.SUMS);
        StringBuilder expected = new StringBuilder();
        seen.values().stream()
                .filter(each -> !each.path().equals(EvidencePackage.SUMS))
                .forEach(each -> expected.append(each.sum()));
        if (content != null && !expected.toString().equals(new String(content, StandardCharsets.UTF_8))) {
            wrong(EvidencePackage.SUMS, "파일들과 맞지 않습니다", "does not match the files");
        }
    }

    private void assessAgain(JsonNode manifest) {
        byte[] profile = required(EvidencePackage.PROFILE);
        byte[] assessment = required(EvidencePackage.ASSESSMENT);
        byte[] report = required(EvidencePackage.REPORT);
        required(EvidencePackage.READ_ME);
        LocalDate day = asOf;
        if (profile == null || assessment == null || report == null || day == null) {
            return;
        }
        Assessment again;
        String html;
        try {
            ServiceProfile declared = ServiceProfile.parse(new String(profile, StandardCharsets.UTF_8));
            if (!same(profile, declared.toJson())) {
                wrong(EvidencePackage.PROFILE, "정규 JSON(RFC 8785)이 아닙니다", "is no canonical JSON (RFC 8785)");
            }
            again = Assessment.of(declared, pack(), day);
            html = LawReport.of(again).html();
        } catch (RuntimeException | StackOverflowError e) {
            // What comes out of a zip may be anything; a profile or pack that nobody can assess is a finding like
            // others.
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : cut(e.getMessage());
            wrong(whole(), "다시 점검할 수 없습니다: " + why, "cannot be assessed again: " + why);
            return;
        }
        if (!same(assessment, again.toJson())) {
            wrong(
                    EvidencePackage.ASSESSMENT,
                    "같은 프로필, 규칙 묶음, 기준일로 다시 점검한 결과와 다릅니다",
                    "differs from what the same profile, packs and day give when assessed again");
        }
        // Another version of the tool may word the page differently; its digest still holds.
        if (manifest.path("tool").asText().equals(EvidencePackage.tool()) && !same(report, html)) {
            wrong(
                    EvidencePackage.REPORT,
                    "점검 결과로 다시 만든 보고서와 다릅니다",
                    "differs from the report that the assessment gives");
        }
        claim(manifest, "service", again.profile().service());
        claim(manifest, "profileDigest", again.profile().digest());
        claim(manifest, "packDigest", again.pack().digest());
        claim(manifest, "assessmentDigest", again.digest());
    }

    private void claim(JsonNode manifest, String name, String is) {
        if (!manifest.path(name).asText().equals(is)) {
            wrong(EvidencePackage.MANIFEST, name + "이(가) 내용과 다릅니다", name + " is not what the files say");
        }
    }

    private static boolean same(byte[] content, String text) {
        return Arrays.equals(content, text.getBytes(StandardCharsets.UTF_8));
    }

    private RulePack pack() {
        List<PackFiles> parts = new ArrayList<>();
        int files = 0;
        rejectEndless();
        while (kept.containsKey("pack/" + (parts.size() + 1) + "/" + PackFiles.MANIFEST)) {
            String folder = "pack/" + (parts.size() + 1) + "/";
            Map<String, byte[]> contents = new TreeMap<>();
            kept.forEach((path, content) -> {
                if (path.startsWith(folder)) {
                    contents.put(path.substring(folder.length()), content);
                }
            });
            parts.add(PackFiles.of(folder.substring(0, folder.length() - 1), contents));
            files += 1 + parts.get(parts.size() - 1).files().size();
        }
        long there =
                kept.keySet().stream().filter(path -> path.startsWith("pack/")).count();
        if (parts.isEmpty() || files != there) {
            wrong(
                    "pack",
                    "규칙 묶음이 없거나, pack.json에 없는 파일이 있습니다",
                    "there is no rule pack, or a file that no pack.json lists");
        }
        return RulePack.of(List.copyOf(parts));
    }

    /** Every rule may ask for every fact: few bytes of a pack could keep a machine busy, or fill its memory. */
    private void rejectEndless() {
        long rules = 0;
        long words = 0;
        long all = 0;
        for (Map.Entry<String, byte[]> each : kept.entrySet()) {
            if (each.getKey().startsWith("pack/")) {
                all += each.getValue().length;
                rules += each.getKey().contains("/rules/") ? 1 : 0;
                words += each.getKey().endsWith("/vocabulary.json") ? each.getValue().length : 0;
            }
        }
        if (all > MOST_PACK_BYTES || rules * words > MOST_WORK) {
            throw new IllegalArgumentException("규칙 묶음이 너무 큽니다 / the rule packs are too large");
        }
    }
}
