package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last step of an audit: people decide what waits for them, one person signs, and only the rows that may be used go into
 * the manifest. Immutable and safe to share; every {@code with} method returns a changed copy. Works on the thread that called
 * it and stops soon after that is interrupted. Nothing of the audit is changed, and nothing is sent anywhere.
 *
 * <p>The signature is a statement, with digests by which a change is found, and not cryptographic: whoever can write all of
 * the folder can write another. Needs {@code org.duckdb:duckdb_jdbc}, with 600 MB for it and a thread for each processor.
 */
public final class SignedManifest {

    /**
     * Something that does not hold.
     *
     * @param kind {@code no-sign-off}, {@code sign-off}, {@code audit}, {@code decisions}, {@code reviews} or {@code manifest};
     *     more may be added
     */
    public record Finding(String kind, BilingualText text) {}

    static final String FOLDER = "signed";
    static final String SIGN_OFF = "sign-off.json";
    static final String PARTS = "manifest";

    private static final int MEMORY_MB = 600;
    private static final int MOST_FINDINGS = 1_000;

    private final Path folder;
    private @Nullable Path reviews;
    private boolean leavingOut;

    private SignedManifest(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * What there is to sign. Nothing is read yet.
     *
     * @param audit the folder of a finished audit, with id, license, decision and basis of each row
     */
    public static SignedManifest of(Path audit) {
        return new SignedManifest(audit);
    }

    private SignedManifest with(Consumer<SignedManifest> change) {
        SignedManifest copy = new SignedManifest(folder);
        copy.reviews = reviews;
        copy.leavingOut = leavingOut;
        change.accept(copy);
        return copy;
    }

    /**
     * What people decided, as JSON lines of at most 1 MiB, 64 MiB in all: {@code {"basis": ..., "decision": ..., "by": ...,
     * "on": ..., "reason": ...}}, or the lines of {@link #todo} filled in. Unless said otherwise nobody decided anything.
     */
    public SignedManifest withReviews(Path file) {
        return with(each -> each.reviews = file);
    }

    /** Leaves rows out that still wait for a person, and says so in the sign-off; unless said otherwise they are refused. */
    public SignedManifest withLeavingOut() {
        return with(each -> each.leavingOut = true);
    }

    /**
     * Lists what waits, to be filled in: one line of JSON for each basis that a person must decide on, that with the most rows
     * first. {@code about} holds what is known: rows, license, reason, questions, duties and at most 5 ids.
     *
     * @param file that is not there yet; it appears whole or not at all
     * @return how many lines
     * @throws CorpusException if there is no finished audit, or the file is there already
     */
    public long todo(Path file) {
        AuditResult audit = AuditResult.open(folder);
        Path to = file.toAbsolutePath().normalize();
        try (Scratch scratch = Scratch.beside(to)) {
            Map<String, List<String>> samples;
            try (Duck duck = duck(scratch.folder(), audit.parts)) {
                refuse(audit.count(duck));
                samples = audit.samples(duck);
            }
            record Line(String basis, long rows, String json) {}
            List<Line> lines = new ArrayList<>();
            audit.bases((basis, decision) -> {
                if (basis.decision() == Outcome.REVIEW) {
                    long rows = audit.rows(basis.id());
                    lines.add(new Line(
                            basis.id(),
                            rows,
                            line(basis, rows, decision, samples.getOrDefault(basis.id(), List.of()))));
                }
            });
            lines.sort(Comparator.comparingLong(Line::rows).reversed().thenComparing(Line::basis));
            Path fresh = scratch.folder().resolve("todo");
            Files.write(fresh, lines.stream().map(Line::json).toList());
            Files.move(fresh, to);
            return lines.size();
        } catch (FileAlreadyExistsException e) {
            throw CorpusException.wrongUse(
                    "파일이 이미 있습니다: " + to + ".",
                    "The file is there already: " + to + ".",
                    "적어 넣은 것이 있을 수 있으니 옮기거나 지운 뒤 다시 하세요.",
                    "Somebody may have begun to fill it in: move or delete it, then try again.");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static String line(Basis basis, long rows, PackFiles.Place decision, List<String> samples) {
        Map<String, Object> about = new TreeMap<>();
        about.put("rows", rows);
        about.put("license", basis.license());
        about.put("questions", decision.at("questions").node());
        about.put("duties", decision.at("duties").node());
        about.put("samples", samples);
        List<PackFiles.Place> reasons = decision.list("reasons");
        if (!reasons.isEmpty()) {
            BilingualText reason =
                    new BilingualText(reasons.get(0).text("ko"), reasons.get(0).text("en"));
            about.put("reason", new TreeMap<>(Map.of("ko", reason.ko(), "en", reason.en())));
        }
        Map<String, Object> line = new TreeMap<>();
        line.put("about", about);
        line.put("basis", basis.id());
        for (String open : List.of("decision", "by", "on", "reason")) {
            line.put(open, null);
        }
        return CanonicalForm.write(line);
    }

    /**
     * Signs: writes {@code signed/} into the folder of the audit, whole or not at all. {@code signed/manifest/part-*}, Parquet
     * or JSON lines as the audit wrote, holds id, license, decision, basis and reviewed (by whom, or null) of each row that may
     * be used; {@code signed/sign-off.json} says who signed what.
     *
     * @param by the person who signs, one line of at most 200 characters
     * @param on the day, in Asia/Seoul, not before that of the audit
     * @return {@code sign-off.json}, canonical JSON (RFC 8785)
     * @throws IllegalArgumentException if a review, the name or the day cannot be used; the message names line and place
     * @throws CorpusException if rows still wait ({@code waiting}), it is signed already or there is no finished audit ({@code
     *     wrong-use}), or the audit was changed since ({@code damaged})
     */
    public String sign(String by, LocalDate on) {
        AuditResult audit = AuditResult.open(folder);
        String name = Review.oneLine("by", by);
        if (on.isBefore(audit.summary.asOf())) {
            throw CorpusException.wrongUse(
                    "서명일(" + on + ")이 감사의 기준일(" + audit.summary.asOf() + ")보다 앞섭니다.",
                    "The day of the signature (" + on + ") is before that of the audit (" + audit.summary.asOf() + ").",
                    "서명하는 날을 적으세요.",
                    "Give the day of the signature.");
        }
        Path signed = folder.resolve(FOLDER);
        if (Files.exists(signed)) {
            throw signedAlready(signed);
        }
        try (Scratch scratch = Scratch.beside(signed)) {
            SortedMap<String, Review> decided = reviews == null ? new TreeMap<>() : Review.read(reviews, audit, on);
            SignOff signOff = new SignOff(audit, decided, name, on, leavingOut);
            Path fresh = scratch.folder().resolve(FOLDER);
            Files.createDirectories(fresh.resolve(PARTS));
            String document;
            try (Duck duck = duck(scratch.folder(), audit.parts)) {
                refuse(audit.count(duck));
                if (signOff.waiting() > 0 && !leavingOut) {
                    throw waiting(signOff.waiting());
                }
                refuse(audit.digest(duck, scratch.folder().resolve("sorted")));
                document = signOff.json(write(duck, signOff, fresh));
            }
            Files.writeString(fresh.resolve(SIGN_OFF), document + "\n");
            force(fresh.resolve(SIGN_OFF));
            Files.move(fresh, signed, StandardCopyOption.ATOMIC_MOVE);
            return document;
        } catch (IOException e) {
            throw Files.exists(signed) ? signedAlready(signed) : failed(e);
        }
    }

    private static List<SignOff.File> write(Duck duck, SignOff signOff, Path to) throws IOException {
        signOff.select(duck);
        List<SignOff.File> files = new ArrayList<>();
        for (Path part : signOff.audit().parts) {
            String used = signOff.used(duck, part);
            long rows = duck.number("select count(*) from (" + used + ")");
            if (rows > 0) {
                String name = PARTS + "/" + part.getFileName();
                Path file = to.resolve(name);
                duck.copy(used, file, signOff.audit().jsonl());
                force(file);
                files.add(new SignOff.File(name, Files.size(file), rows, PackFiles.sha256(file)));
            }
        }
        return files;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.force(true);
        }
    }

    /**
     * Looks whether what was signed still holds: the documents and digests of audit and manifest, and each row against the
     * decisions of the audit and the reviews. Writes nothing but to the temporary folder of Java, where large corpora are sorted.
     *
     * @return what does not hold, at most 1,000 findings; empty if all holds
     * @throws CorpusException if it cannot be looked at for want of DuckDB, memory or disk, or was interrupted
     */
    public List<Finding> verify() {
        try (Scratch scratch = Scratch.temporary()) {
            return new SignatureCheck(folder, scratch.folder())
                    .findings().stream().distinct().limit(MOST_FINDINGS).toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static Duck duck(Path scratch, List<Path> files) {
        return new Duck(MEMORY_MB, Runtime.getRuntime().availableProcessors(), scratch, files, false);
    }

    private static void refuse(List<Finding> findings) {
        if (!findings.isEmpty()) {
            BilingualText first = findings.get(0).text();
            throw new CorpusException(
                    "damaged",
                    first,
                    new BilingualText(
                            "감사 결과를 고치지 말고 새 폴더에 감사를 다시 하세요.",
                            "Leave results as they are: run the audit anew, into a new folder."),
                    null);
        }
    }

    private static CorpusException waiting(long rows) {
        return new CorpusException(
                "waiting",
                new BilingualText(
                        "검토를 기다리는 행이 " + rows + "개 있습니다.", "Rows that still wait for a review: " + rows + "."),
                new BilingualText(
                        "기다리는 것을 목록으로 뽑아 검토하거나, 빼고 서명한다고 밝히세요.",
                        "List what waits and review it, or say that it shall be left out."),
                null);
    }

    private static CorpusException signedAlready(Path signed) {
        return CorpusException.wrongUse(
                "이미 서명한 감사입니다: " + signed + ".",
                "The audit is signed already: " + signed + ".",
                "다시 서명하려면 그 폴더를 먼저 옮기세요.",
                "To sign anew, move that folder away first.");
    }

    private static RuntimeException failed(IOException e) {
        return e instanceof AccessDeniedException || e instanceof NoSuchFileException
                ? CorpusException.wrongUse(
                        "읽거나 쓸 수 없습니다: " + e.getMessage() + ".",
                        "It cannot be read or written: " + e.getMessage() + ".",
                        "경로와 권한을 확인하세요.",
                        "Check path and permissions.")
                : RunFolder.failed(e);
    }

    /** A folder for what is in the making; removed in the end. */
    record Scratch(Path folder) implements AutoCloseable {

        static Scratch beside(Path result) throws IOException {
            return new Scratch(Files.createDirectory(
                    result.resolveSibling("." + result.getFileName() + "-" + UUID.randomUUID() + ".tmp")));
        }

        static Scratch temporary() throws IOException {
            return new Scratch(Files.createTempDirectory("gaon-verify-"));
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
