package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One run of an audit: stages texts, decides part by part, and sums up from what the finished parts left. One thread. */
final class CorpusRun {

    private static final String ALL_ROWS = "rows";
    private static final String FINISHED = "all";

    private final CorpusAudit audit;
    private final Collection<String> inputs;
    private final Path out;
    private final List<CorpusFile> files;

    CorpusRun(CorpusAudit audit, Collection<String> inputs, Path out) {
        this.audit = audit;
        this.inputs = inputs;
        this.out = out.toAbsolutePath().normalize();
        this.files = CorpusFile.find(inputs, this.out);
    }

    CorpusSummary run() {
        Map<String, Object> settings = audit.settings();
        List<Map<String, Object>> began = CorpusFile.json(files);
        settings.put("inputs", began);
        try (RunFolder folder = new RunFolder(out, settings)) {
            Path result = folder.result("summary.json");
            if (folder.done(FINISHED) != null && Files.exists(result)) {
                return CorpusSummary.parse(Files.readString(result).strip());
            }
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                paths.add(plain(files.get(i), folder, i));
            }
            stage(folder, paths);
            try (Duck duck = duck(folder);
                    BasisLines bases = new BasisLines(folder.fresh("bases"))) {
                List<Part> parts = parts(duck, folder, paths);
                RowDecisions decisions =
                        new RowDecisions(audit.terms, audit.purpose, audit.asOf, audit.mostEvidences, bases);
                decide(duck, folder, parts, decisions);
                CorpusSummary summary = sum(duck, folder, parts, decisions, bases);
                if (audit.credits) {
                    new CorpusCredits(audit, out).write(duck, folder, parts);
                }
                unchanged(began);
                folder.publish(summary.toJson() + "\n", result);
                folder.done(FINISHED, Map.of("summary", summary.digest()));
                folder.clear(folder.kept("tmp"));
                folder.clear(folder.kept("staged"));
                folder.clear(folder.kept("credits"));
                return summary;
            }
        } catch (IOException e) {
            throw RunFolder.failed(e);
        } catch (UncheckedIOException e) {
            throw RunFolder.failed(Objects.requireNonNull(e.getCause()));
        }
    }

    /** Rows are read more than once, and their file is hashed; all of it must have been the same. */
    private void unchanged(List<Map<String, Object>> began) {
        List<Map<String, Object>> now;
        try {
            now = CorpusFile.json(CorpusFile.find(inputs, out));
        } catch (CorpusException | UncheckedIOException e) {
            throw CorpusException.changed(e);
        }
        if (!now.equals(began)) {
            throw CorpusException.changed(null);
        }
    }

    private Duck duck(RunFolder folder) {
        return new Duck(
                audit.memoryMb,
                audit.threads,
                folder.result(""),
                files.stream().map(CorpusFile::path).toList(),
                false);
    }

    /** The engine takes some letters in a path for wildcards; such a file is read by another name. */
    private static String plain(CorpusFile file, RunFolder folder, int number) {
        String path = file.path().toString();
        if (path.chars().noneMatch(each -> "*?[]{}".indexOf(each) >= 0)) {
            return path;
        }
        Path link = folder.fresh("input-" + number);
        try {
            return Files.createSymbolicLink(link, file.path()).toString();
        } catch (IOException | UnsupportedOperationException e) {
            throw CorpusException.wrongUse(
                    "이름에 *?[]{}가 든 파일을 읽을 수 없습니다: " + path + ".",
                    "A file with *?[]{} in its name cannot be read here: " + path + ".",
                    "파일 이름을 바꾸세요.",
                    "Rename the file.");
        }
    }

    private TextStage text(RunFolder folder, int number) {
        return new TextStage(
                folder,
                files.get(number),
                number,
                audit.manifest,
                audit.allColumns && files.get(number).format().equals(CorpusFile.JSONL));
    }

    private void stage(RunFolder folder, List<String> paths) {
        for (int i = 0; i < files.size(); i++) {
            TextStage text = text(folder, i);
            if (!files.get(i).format().equals(CorpusFile.PARQUET) && !text.isDone()) {
                // a connection of its own: rows keep their order, and what it could not split is told by file
                try (Duck duck = new Duck(
                        audit.memoryMb,
                        audit.threads,
                        folder.result(""),
                        List.of(files.get(i).path()),
                        true)) {
                    text.run(duck, paths.get(i));
                }
            }
        }
    }

    private List<Part> parts(Duck duck, RunFolder folder, List<String> paths) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            CorpusFile file = files.get(i);
            TextStage text = text(folder, i);
            Table table = file.format().equals(CorpusFile.PARQUET)
                    ? Table.of(duck, paths.get(i), audit.manifest)
                    : Table.staged(duck, text.staged().toString(), audit.manifest, text.seen());
            table.id();
            long from = 0;
            long to = 0;
            for (long rows : table.groups()) {
                to += rows;
                if (to - from >= audit.partRows) {
                    parts.add(new Part(parts.size(), file, table, from, to));
                    from = to;
                }
            }
            if (to > from) {
                parts.add(new Part(parts.size(), file, table, from, to));
            }
        }
        return parts;
    }

    private void decide(Duck duck, RunFolder folder, List<Part> parts, RowDecisions decisions) {
        long total = parts.stream().mapToLong(each -> each.to() - each.from()).sum();
        long rows = 0;
        long now = 0;
        long began = System.nanoTime();
        for (Part part : parts) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw CorpusException.cancelled();
            }
            if (folder.done(part.name()) == null) {
                part.run(duck, folder, decisions, audit);
                now += part.to() - part.from();
            }
            rows += part.to() - part.from();
            double seconds = (System.nanoTime() - began) / 1e9;
            audit.progress.accept(new CorpusAudit.Progress(rows, total, seconds > 0 ? now / seconds : 0));
        }
    }

    /** Adds up what the parts left, in their order, so that it does not matter in how many runs they were made. */
    private CorpusSummary sum(Duck duck, RunFolder folder, List<Part> parts, RowDecisions decisions, BasisLines lines)
            throws IOException {
        CorpusSummary.Builder summary =
                CorpusSummary.builder(audit.terms, audit.purpose, audit.asOf).title(audit.title);
        Map<String, RowDecision.Decided> bases = new TreeMap<>();
        Map<CorpusGroup, Long> rows = new LinkedHashMap<>();
        Map<CorpusGroup, TreeSet<String>> samples = new LinkedHashMap<>();
        for (Part part : parts) {
            int keys = part.table().evidence().size();
            duck.read(
                    "select 0, gaon__bad, n, " + Part.columns(keys, "gaon__e%d, ") + "sample from read_parquet("
                            + Duck.text(Part.tuples(folder, part.name()).toString()) + ") order by all",
                    row -> {
                        RowDecision made = Part.decision(row, decisions, part.table().columns, keys);
                        long count = row.getLong(3);
                        if (made instanceof RowDecision.Decided decided) {
                            bases.putIfAbsent(decided.basis(), decided);
                            rows.merge(decided.group(), count, Long::sum);
                            TreeSet<String> works = samples.computeIfAbsent(decided.group(), key -> new TreeSet<>());
                            works.add(row.getString(4 + keys));
                            if (works.size() > CorpusGroup.MOST_SAMPLES) {
                                works.pollLast();
                            }
                        } else if (made instanceof RowDecision.Unreadable failed) {
                            summary.unreadable(failed.cause().text(), count);
                        }
                    });
        }
        rows.forEach((group, count) ->
                summary.group(group.of(count, List.copyOf(samples.getOrDefault(group, new TreeSet<>())))));
        Path written = folder.fresh("bases.jsonl");
        lines.write(bases.keySet(), written);
        folder.publish(written, folder.result("bases.jsonl"));
        unreadable(folder, parts);
        inputs(folder, parts, summary);
        String digest = digest(duck, folder, parts, bases);
        if (digest != null) {
            summary.rowsDigest(digest);
        }
        return summary.build();
    }

    private static void unreadable(RunFolder folder, List<Part> parts) {
        Path all = folder.fresh("unreadable.jsonl");
        boolean any = false;
        try (OutputStream to = Files.newOutputStream(all)) {
            for (Part part : parts) {
                Path one = Part.unreadable(folder, part.name());
                if (Files.exists(one)) {
                    Files.copy(one, to);
                    any = true;
                }
            }
        } catch (IOException e) {
            throw RunFolder.failed(e);
        }
        if (any) {
            folder.publish(all, folder.result("unreadable.jsonl"));
        }
    }

    private void inputs(RunFolder folder, List<Part> parts, CorpusSummary.Builder summary) {
        for (int i = 0; i < files.size(); i++) {
            CorpusFile file = files.get(i);
            long rows = parts.stream()
                    .filter(each -> each.file().equals(file))
                    .mapToLong(each -> each.to() - each.from())
                    .sum();
            String sha256 = audit.inputDigests ? known(folder, "input-" + i, file) : null;
            summary.input(new CorpusSummary.Input(file.name(), file.bytes(), sha256, rows));
        }
    }

    private static String known(RunFolder folder, String name, CorpusFile file) {
        JsonNode done = folder.done(name);
        if (done != null) {
            return done.path("sha256").asText();
        }
        try {
            String sha256 = file.sha256();
            folder.done(name, Map.of("sha256", sha256));
            return sha256;
        } catch (NoSuchFileException e) {
            throw CorpusException.changed(e);
        } catch (IOException e) {
            throw RunFolder.failed(e);
        }
    }

    private @Nullable String digest(
            Duck duck, RunFolder folder, List<Part> parts, Map<String, RowDecision.Decided> bases) {
        if (!audit.rowsDigest) {
            return null;
        }
        JsonNode done = folder.done(ALL_ROWS);
        if (done != null) {
            return done.path("digest").asText();
        }
        String digest = SortedRows.digest(duck, folder, parts, audit, bases).sha256();
        folder.done(ALL_ROWS, Map.of("digest", digest));
        return digest;
    }
}
