package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.corpus.CorpusException;
import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of works: the audit reads its columns, in a folder that is gone afterwards, and each row becomes a work. One thread. */
final class TableInput {

    private static final ObjectMapper JSON = new ObjectMapper();

    private interface Line {
        void read(JsonNode line) throws IOException;
    }

    private final Path file;
    private final String typed;
    private final Manifest manifest;

    TableInput(Path file, String typed, Manifest manifest) {
        this.file = file;
        this.typed = typed;
        this.manifest = manifest;
    }

    void read(
            LicenseTerms terms, Purpose purpose, LocalDate day, Consumer<Work> works, Consumer<Unreadable> unreadable) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("gaon-check");
            Path audit = folder.resolve("audit");
            CorpusAudit.by(terms, purpose, day)
                    .withManifest(manifest)
                    .withJsonLines()
                    .withAllColumns()
                    .withoutRowsDigest()
                    .withoutInputDigests()
                    .run(List.of(file.toString()), audit);
            rows(audit, works, unreadable);
        } catch (CorpusException e) {
            unreadable.accept(Unreadable.of(typed, Failure.corpus(e)));
        } catch (IOException | UncheckedIOException e) {
            throw Failure.wrongUse(
                    "unreadable-input",
                    new Text("읽을 수 없습니다: " + typed, "It cannot be read: " + typed),
                    new Text("권한과 임시 폴더의 남은 공간을 확인하세요.", "Check the permissions and the space for temporary files."),
                    e);
        } finally {
            clear(folder);
        }
    }

    private void rows(Path audit, Consumer<Work> works, Consumer<Unreadable> unreadable) throws IOException {
        Map<String, ObjectNode> evidence = new HashMap<>();
        lines(
                audit.resolve("bases.jsonl"),
                line -> evidence.put(line.path("basis").asText(), (ObjectNode) line.path("evidence")));
        List<Path> parts;
        try (Stream<Path> all = Files.list(audit.resolve("decisions"))) {
            parts = all.sorted().toList();
        }
        for (Path part : parts) {
            lines(part, line -> works.accept(work(line, evidence)));
        }
        Path side = audit.resolve("unreadable.jsonl");
        if (Files.exists(side)) {
            lines(
                    side,
                    line -> unreadable.accept(new Unreadable(
                            typed + ":" + line.path("row").asText(),
                            new Text(line.path("ko").asText(), line.path("en").asText()))));
        }
    }

    private Work work(JsonNode line, Map<String, ObjectNode> evidence) throws IOException {
        JsonNode whole = line.path("row");
        RowText row = new RowText(
                whole.isTextual() ? JSON.readTree(whole.asText()) : whole.isObject() ? whole : line, manifest);
        String id = line.hasNonNull("gaon_id") ? line.path("gaon_id").asText() : row.text("id");
        ObjectNode basis = evidence.get(line.path("gaon_basis").asText());
        if (basis == null || id == null) {
            throw new IOException("a row without its basis");
        }
        ObjectNode work =
                basis.deepCopy().put("id", id).put("title", row.text("title") == null ? id : row.text("title"));
        for (String each : List.of("author", "url")) {
            if (row.text(each) != null) {
                work.put(each, row.text(each));
            }
        }
        if (row.text("publisher.name") != null) {
            work.withObjectProperty("publisher").put("name", row.text("publisher.name"));
        }
        return Work.parse(JSON.writeValueAsString(work));
    }

    private static void lines(Path file, Line each) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                each.read(JSON.readTree(line));
            }
        }
    }

    private static void clear(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path :
                    new ArrayList<>(all.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException ignored) {
            // what is left lies among temporary files
        }
    }
}
