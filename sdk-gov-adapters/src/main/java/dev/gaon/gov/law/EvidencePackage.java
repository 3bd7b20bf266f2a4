package dev.gaon.gov.law;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One zip file with an assessment, all it takes to make it again, and records of calls: for an auditor who has nothing else.
 *
 * <p>It holds {@code profile.json}, {@code assessment.json}, {@code report.html}, the files of each rule pack as they were,
 * {@code records/ID.json}, documents that the caller adds as {@code documents/NAME}, {@code manifest.json} with the SHA-256 of each, {@code SHA256SUMS}, and a {@code READ-ME.txt} that
 * tells how to verify it by hand. It proves that its parts belong together and say what they said; it cannot prove that
 * it was not made anew as a whole. Note the digest that {@link #write} returns where others can see it.
 *
 * <p>At most 60,000 entries, 32 MiB each, 1 GiB in all. No thread and no file stays open.
 */
public final class EvidencePackage {

    static final String FORMAT = "gaon-evidence-1";
    static final String PROFILE = "profile.json";
    static final String ASSESSMENT = "assessment.json";
    static final String REPORT = "report.html";
    static final String READ_ME = "READ-ME.txt";
    static final String DOCUMENTS = "documents/";
    static final String MANIFEST = "manifest.json";
    static final String SUMS = "SHA256SUMS";

    private static final int MOST_DOCUMENTS = 1_000;

    static final int MOST_ENTRIES = 60_000;
    static final int MOST_BYTES = 32 << 20;
    static final long MOST_BYTES_IN_ALL = 1L << 30;

    /**
     * Something wrong with a package.
     *
     * @param where the entry, or the package itself by its file name
     * @param what cause and what it means
     */
    public record Problem(String where, BilingualText what) {

        @Override
        public String toString() {
            return where + ": " + what.both();
        }
    }

    /**
     * What {@link #verify} found.
     *
     * @param problems empty if the package holds
     * @param manifestDigest to be compared with what {@link #write} returned; null if there is no readable manifest
     * @param asOf the day of the law; null if there is no readable manifest
     * @param createdAt as the manifest claims; null if there is no readable manifest
     * @param records the digests of the records by their ids, {@code sha256:...}, each that of the record's line
     */
    public record Verification(
            List<Problem> problems,
            @Nullable String manifestDigest,
            @Nullable LocalDate asOf,
            @Nullable Instant createdAt,
            Map<String, String> records) {

        /** True if nothing is wrong. */
        public boolean holds() {
            return problems.isEmpty();
        }
    }

    /** One file of a package. */
    record Entry(String path, String sha256, int size) {

        static Entry of(String path, byte[] content) {
            return new Entry(path, PackFiles.sha256(content), content.length);
        }

        Map<String, Object> json() {
            return new TreeMap<>(Map.of("path", path, "sha256", sha256, "size", size));
        }

        /** As sha256sum reads it. */
        String sum() {
            return sha256 + "  " + path + "\n";
        }
    }

    private final Assessment assessment;
    private final Instant createdAt;
    private final ZipOutputStream zip;
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private long bytes;

    private EvidencePackage(Assessment assessment, Instant createdAt, OutputStream out) {
        this.assessment = assessment;
        this.createdAt = createdAt;
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /**
     * Writes a package. It appears under its name whole or not at all; but for {@code createdAt} the same assessment and
     * records always give the same content.
     *
     * @param records lines of {@code CallRecord.toJson()}, for instance of a file of a {@code RecordSink}; of a call that
     *     has two lines the one of its end counts
     * @param createdAt the time of making, for the manifest
     * @param options {@link StandardCopyOption#REPLACE_EXISTING} to replace a file of this name; otherwise it is refused
     * @return the digest of the manifest, {@code sha256:...}
     * @throws FileAlreadyExistsException if there is such a file
     * @throws IllegalArgumentException if a record is no canonical JSON, has no usable id or ended twice, or if the package
     *     grows beyond its bounds
     */
    public static String write(
            Path zip, Assessment assessment, Iterable<String> records, Instant createdAt, CopyOption... options)
            throws IOException {
        return write(zip, assessment, records, Map.of(), createdAt, options);
    }

    /**
     * Writes a package as {@link #write(Path, Assessment, Iterable, Instant, CopyOption...)} does, with documents that show
     * what was done, for instance an overview of training data. They are sealed with the rest and judged by nobody.
     *
     * @param documents by file name, of 1 to 100 letters, digits, {@code .}, {@code _} and {@code -}; at most 1,000
     */
    public static String write(
            Path zip,
            Assessment assessment,
            Iterable<String> records,
            Map<String, byte[]> documents,
            Instant createdAt,
            CopyOption... options)
            throws IOException {
        boolean replace = Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING);
        if (!replace && Files.exists(zip)) {
            throw new FileAlreadyExistsException(zip.toString());
        }
        Path target = zip.toAbsolutePath();
        Path half = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            String digest;
            try (FileChannel file = FileChannel.open(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
                digest = new EvidencePackage(assessment, createdAt, out).write(records, documents);
                out.flush();
                file.force(true);
            }
            if (replace) {
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(half, target);
            }
            return digest;
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /**
     * Looks whether a package holds: every digest and size, nothing missing and nothing more, records that are canonical,
     * and an assessment that comes out the same when it is made again. Needs no network, and writes nothing.
     *
     * <p>A package may be hostile: reading is bounded, and whatever is wrong is a problem in the result, never an exception.
     */
    public static Verification verify(Path zip) {
        return new EvidenceCheck(zip).run();
    }

    private String write(Iterable<String> records, Map<String, byte[]> documents) throws IOException {
        add(PROFILE, utf8(assessment.profile().toJson()));
        add(ASSESSMENT, utf8(assessment.toJson()));
        add(REPORT, utf8(LawReport.of(assessment).html()));
        add(READ_ME, readMe());
        int number = 0;
        for (PackFiles part : assessment.pack().parts()) {
            String folder = "pack/" + ++number + "/";
            add(folder + PackFiles.MANIFEST, part.manifest());
            for (Map.Entry<String, byte[]> file : part.files().entrySet()) {
                add(folder + file.getKey(), file.getValue());
            }
        }
        int line = 0;
        for (String record : records) {
            add(record, ++line);
        }
        for (Map.Entry<String, String> each : open.entrySet()) {
            add("records/" + each.getKey() + ".json", utf8(each.getValue()));
        }
        for (Map.Entry<String, byte[]> each : new TreeMap<>(documents).entrySet()) {
            if (documents.size() > MOST_DOCUMENTS || !each.getKey().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
                throw new IllegalArgumentException(new BilingualText(
                                "덧붙인 문서는 " + MOST_DOCUMENTS + "개까지이고, 이름은 영문자나 숫자로 시작해 영문자, 숫자, '.', '_', '-'만 씁니다.",
                                "At most " + MOST_DOCUMENTS
                                        + " documents, whose names begin with a letter or digit and have letters, digits, '.', '_' and '-' only.")
                        .both());
            }
            add(DOCUMENTS + each.getKey(), each.getValue());
        }
        byte[] manifest = utf8(manifest());
        StringBuilder sums = new StringBuilder();
        add(MANIFEST, manifest);
        entries.values().forEach(entry -> sums.append(entry.sum()));
        add(SUMS, utf8(sums.toString()));
        zip.finish();
        return "sha256:" + PackFiles.sha256(manifest);
    }

    private void add(String record, int line) throws IOException {
        JsonNode read = CanonicalForm.read(utf8(record));
        String id = EvidenceCheck.recordId(read);
        if (read == null || id == null) {
            throw new IllegalArgumentException(new BilingualText(
                            line + "번째 기록이 정규 JSON(RFC 8785)이 아니거나 쓸 수 있는 id가 없습니다. CallRecord.toJson()이 준 줄을 그대로 주세요.",
                            "Record " + line
                                    + " is no canonical JSON (RFC 8785) or has no usable id. Give the line as CallRecord.toJson() made it.")
                    .both());
        }
        if (read.path("state").asText().equals("open")) {
            if (!closed.contains(id)) {
                open.put(id, record);
            }
            return;
        }
        if (!closed.add(id)) {
            throw new IllegalArgumentException(new BilingualText(
                            line + "번째 기록: 같은 호출이 두 번 끝났습니다: " + id + ". 하나만 주세요.",
                            "Record " + line + ": this call ended twice: " + id + ". Give one of them.")
                    .both());
        }
        open.remove(id);
        add("records/" + id + ".json", utf8(record));
    }

    private void add(String path, byte[] content) throws IOException {
        bytes += content.length;
        if (entries.size() >= MOST_ENTRIES || content.length > MOST_BYTES || bytes > MOST_BYTES_IN_ALL) {
            throw new IllegalArgumentException(new BilingualText(
                            "증거 꾸러미가 너무 큽니다: " + path + ". 기록을 기간별로 나누어 여러 꾸러미로 만드세요.",
                            "The evidence package grows too large: " + path
                                    + ". Make several, each with the records of some weeks.")
                    .both());
        }
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
        entries.put(path, Entry.of(path, content));
    }

    private String manifest() {
        Map<String, Object> all = new TreeMap<>();
        all.put("format", FORMAT);
        all.put("tool", tool());
        all.put("createdAt", createdAt.toString());
        all.put("asOf", assessment.asOf().toString());
        all.put("service", assessment.profile().service());
        all.put("profileDigest", assessment.profile().digest());
        all.put("packDigest", assessment.pack().digest());
        all.put("packs", assessment.pack().names());
        all.put("assessmentDigest", assessment.digest());
        all.put("entries", entries.values().stream().map(Entry::json).toList());
        return CanonicalForm.write(all);
    }

    /** What made a package. */
    static String tool() {
        String version = EvidencePackage.class.getPackage().getImplementationVersion();
        return "dev.gaon:sdk-gov-adapters " + (version == null ? "(not released)" : version);
    }

    private static byte[] readMe() {
        try (InputStream in = EvidencePackage.class.getResourceAsStream("evidence-readme.txt")) {
            if (in == null) {
                throw new IllegalStateException("evidence-readme.txt is not beside " + EvidencePackage.class);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
