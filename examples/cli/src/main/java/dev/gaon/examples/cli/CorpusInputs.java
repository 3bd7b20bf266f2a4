package dev.gaon.examples.cli;

import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.license.Work;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What somebody named for an audit: tables go to it as they are; saved pages, web archives and cards become one table of
 * works first, which lies in the folder of the results under a name made of its content, so that the same pages go on with
 * the same audit. One thread.
 */
final class CorpusInputs {

    private static final int DEEPEST = 32;
    private static final String TABLE = ".*\\.((jsonl|ndjson|json|csv|tsv)(\\.(gz|zst))?|parquet)";

    private final Path out;
    private final LocalDate day;
    private final List<String> paths = new ArrayList<>();
    private final List<Unreadable> problems = new ArrayList<>();

    /** @param day for what does not say when it was seen */
    CorpusInputs(Path out, LocalDate day, List<String> typed) {
        this.out = out;
        this.day = day;
        List<Path> documents = new ArrayList<>();
        for (String each : typed) {
            Path path = Arguments.path(each);
            if (Files.isDirectory(path)) {
                folder(path, documents);
            } else if (Files.isRegularFile(path) && new WorkInput(path, each, day).isDocument()) {
                documents.add(path);
            } else {
                paths.add(path.toString());
            }
        }
        if (!documents.isEmpty()) {
            refuseOthersFolder();
            stage(documents);
        }
    }

    /** What begins with a dot or an underscore is no input, as for tables. */
    private void folder(Path folder, List<Path> documents) {
        int before = paths.size() + documents.size();
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
                if (name.startsWith(".")
                        || name.startsWith("_")
                        || path.toAbsolutePath().startsWith(out.toAbsolutePath())) {
                    continue;
                }
                if (new WorkInput(path, path.toString(), day).isDocumentOfAFolder()) {
                    documents.add(path);
                } else if (name.matches(TABLE)) {
                    paths.add(path.toString());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
        if (before == paths.size() + documents.size()) {
            // the audit says what it reads
            paths.add(folder.toString());
        }
    }

    private static Failure unreadable(Path path, Exception e) {
        return Failure.wrongUse(
                "unreadable-input",
                new Text("읽을 수 없습니다: " + path, "It cannot be read: " + path),
                new Text("권한을 확인하세요.", "Check the permissions."),
                e);
    }

    /** Before anything is written there. */
    private void refuseOthersFolder() {
        if (!Files.isDirectory(out) || Files.exists(out.resolve(".gaon"))) {
            return;
        }
        try (Stream<Path> there = Files.list(out)) {
            if (there.findAny().isPresent()) {
                throw Failure.wrongUse(
                        "wrong-use",
                        new Text("폴더가 비어 있지 않습니다: " + out, "The folder is not empty: " + out),
                        new Text("비어 있거나 없는 폴더를 쓰세요.", "Use a folder that is empty or does not exist."));
            }
        } catch (IOException e) {
            throw AuditResults.unwritable(out, e);
        }
    }

    private void stage(List<Path> documents) {
        Path work = out.resolve(".gaon");
        try {
            Files.createDirectories(work);
            Path fresh = Files.createTempFile(work, "pages", ".tmp");
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (BufferedWriter to = Files.newBufferedWriter(fresh)) {
                    for (Path path : documents) {
                        new WorkInput(path, path.toString(), day).read(each -> add(each, to, digest), problems::add);
                    }
                }
                if (Files.size(fresh) > 0) {
                    Path staged = work.resolve("pages-" + HexFormat.of().formatHex(digest.digest(), 0, 8) + ".jsonl");
                    if (!Files.exists(staged)) {
                        Files.move(fresh, staged, StandardCopyOption.ATOMIC_MOVE);
                    }
                    paths.add(staged.toString());
                }
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw AuditResults.unwritable(out, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        if (paths.isEmpty()) {
            Unreadable first = problems.get(0);
            Text cause = first.cause();
            throw Failure.wrongUse(
                    first.kind(),
                    new Text(first.place() + ": " + cause.ko(), first.place() + ": " + cause.en()),
                    first.fix());
        }
    }

    private void add(Work work, BufferedWriter to, MessageDigest digest) {
        String line = work.toJson() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        try {
            to.write(line);
        } catch (IOException e) {
            throw AuditResults.unwritable(out, e);
        }
    }

    /** For {@link CorpusAudit#run}. */
    List<String> paths() {
        return paths;
    }

    /** Pages and cards that could not be read. */
    List<Unreadable> problems() {
        return problems;
    }
}
