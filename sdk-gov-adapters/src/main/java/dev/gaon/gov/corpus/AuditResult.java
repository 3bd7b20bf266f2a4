package dev.gaon.gov.corpus;

import dev.gaon.gov.corpus.SignedManifest.Finding;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a finished audit left, read back and held against itself. Changes nothing of it. One thread. */
final class AuditResult {

    /** Spark adds the name of its job and the compression. */
    private static final String PART = "part-[0-9]{5,9}(-[0-9A-Za-z.-]{1,100})?\\.(parquet|jsonl)";

    private static final List<String> COLUMNS = List.of("id", "license", "decision", "basis");
    private static final long MOST_BYTES = 64 << 20;
    private static final int LONGEST_BASIS = 16 << 20;

    final Path folder;
    final CorpusSummary summary;
    /** SHA-256 of {@code bases.jsonl}, {@code sha256:...}. */
    final String basesDigest;

    final SortedMap<String, Basis> bases = new TreeMap<>();
    /** In their order, all of one kind. */
    final List<Path> parts;

    /** Rows by basis; known after {@link #count}. */
    final Map<String, Long> rows = new HashMap<>();

    private AuditResult(Path folder) throws IOException {
        this.folder = folder;
        Path text = folder.resolve("summary.json");
        if (!Files.isRegularFile(text) || Files.size(text) > MOST_BYTES) {
            throw CorpusException.wrongUse(
                    "끝난 감사가 없는 폴더입니다: " + folder + ".",
                    "The folder holds no finished audit: " + folder + ".",
                    "감사를 끝까지 한 뒤 그 결과 폴더를 주세요.",
                    "Let the audit end and name the folder of its results.");
        }
        summary = CorpusSummary.parse(Files.readString(text).strip());
        Path lines = folder.resolve("bases.jsonl");
        basesDigest = "sha256:" + PackFiles.sha256(lines);
        bases((basis, decision) -> bases.put(basis.id(), basis));
        try (Stream<Path> all = Files.list(folder.resolve("decisions"))) {
            parts = all.filter(each -> String.valueOf(each.getFileName()).matches(PART))
                    .sorted()
                    .toList();
        }
        if (parts.stream().map(AuditResult::kind).distinct().count() > 1) {
            throw damaged("decisions", "Parquet과 JSON 줄이 섞여 있습니다", "Parquet and JSON lines are mixed", null);
        }
    }

    /** @throws CorpusException if there is no finished audit, or it cannot be read */
    static AuditResult open(Path folder) {
        try {
            return new AuditResult(folder.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw damaged(folder.toString(), "읽을 수 없습니다", "cannot be read", e);
        } catch (IllegalArgumentException e) {
            String both = String.valueOf(e.getMessage());
            int joint = both.lastIndexOf(". / ");
            throw damaged(
                    folder.toString(),
                    both.substring(0, Math.max(0, joint)),
                    both.substring(joint < 0 ? 0 : joint + 4, Math.max(0, both.length() - 1)),
                    e);
        }
    }

    static CorpusException damaged(String place, String ko, String en, @Nullable Throwable cause) {
        return new CorpusException(
                "damaged",
                new BilingualText(
                        "감사 결과가 온전하지 않습니다: " + place + ": " + ko + ".",
                        "The audit is not whole: " + place + ": " + en + "."),
                new BilingualText("새 폴더에 감사를 다시 하세요.", "Run the audit anew, into a new folder."),
                cause);
    }

    /** Each basis with the decision as the audit wrote it. */
    void bases(BiConsumer<Basis, PackFiles.Place> to) throws IOException {
        JsonLines.read(folder.resolve("bases.jsonl"), LONGEST_BASIS, at -> {
            String id = at.text("basis");
            if (!EvidenceTuple.basis(CanonicalForm.write(at.each("evidence").entrySet().stream()
                            .collect(
                                    TreeMap<String, Object>::new,
                                    (map, e) -> map.put(e.getKey(), e.getValue().node()),
                                    Map::putAll)))
                    .equals(id)) {
                throw at.at("basis").wrong("근거의 지문과 맞지 않습니다", "is not the digest of its evidence");
            }
            PackFiles.Place decision = at.at("decision");
            boolean bound = false;
            for (PackFiles.Place each : decision.list("reasons")) {
                bound |= each.text("decision").equals(Outcome.ALLOW_WITH_DUTIES.name());
            }
            to.accept(
                    new Basis(
                            id,
                            decision.oneOf("decision", Outcome.values()),
                            CorpusGroup.known(decision.at("license").node().asText()),
                            bound),
                    decision);
        });
    }

    private static String kind(Path part) {
        String name = part.toString();
        return name.substring(name.lastIndexOf('.'));
    }

    boolean jsonl() {
        return !parts.isEmpty() && kind(parts.get(0)).equals(".jsonl");
    }

    /** The table in some parts, as SQL; its columns are texts. */
    static String table(List<Path> parts, String... columns) {
        String paths = "(["
                + String.join(
                        ", ",
                        parts.stream().map(each -> Duck.text(each.toString())).toList()) + "]";
        if (!kind(parts.get(0)).equals(".jsonl")) {
            return "read_parquet" + paths + ")";
        }
        List<String> types =
                Stream.of(columns).map(each -> each + ": 'VARCHAR'").toList();
        return "read_json" + paths + ", format = 'newline_delimited'"
                + (types.isEmpty() ? "" : ", columns = {" + String.join(", ", types) + "}") + ")";
    }

    /** A query for id, license, decision and basis of the rows of some parts. */
    String rows(Duck duck, List<Path> some) {
        Map<String, List<Path>> alike = new TreeMap<>();
        for (Path part : some) {
            List<@Nullable String> names =
                    duck.texts("select column_name from (describe select * from " + table(List.of(part)) + ")");
            String before = names.contains("gaon_id") ? "gaon_" : "";
            if (!COLUMNS.stream().allMatch(each -> names.contains(before + each))) {
                throw CorpusException.wrongUse(
                        "id, license, decision, basis 열이 없는 결과입니다: " + part.getFileName() + ".",
                        "The results lack the columns id, license, decision and basis: " + part.getFileName() + ".",
                        "원래 열을 모두 적는 설정 없이 감사를 다시 하세요.",
                        "Run the audit again without writing all columns.");
            }
            alike.computeIfAbsent(before, key -> new ArrayList<>()).add(part);
        }
        List<String> reads = new ArrayList<>();
        alike.forEach((before, each) -> reads.add("select "
                + String.join(
                        ", ",
                        COLUMNS.stream()
                                .map(name -> "cast(" + before + name + " as varchar) as " + name)
                                .toList())
                + " from "
                + table(each, COLUMNS.stream().map(name -> before + name).toArray(String[]::new))));
        return reads.isEmpty()
                ? "select '' as id, '' as license, '' as decision, '' as basis limit 0"
                : String.join(" union all ", reads);
    }

    /** Counts rows, and tells where they differ from bases and summary. */
    List<Finding> count(Duck duck) {
        List<Finding> found = new ArrayList<>();
        Map<Outcome, Long> decided = new EnumMap<>(Outcome.class);
        duck.read(
                "select basis, decision, license, count(*) from (" + rows(duck, parts) + ") group by all order by all",
                row -> {
                    String id = String.valueOf(row.getString(1));
                    Basis basis = bases.get(id);
                    long count = row.getLong(4);
                    if (basis == null
                            || !basis.decision().name().equals(row.getString(2))
                            || !basis.license().equals(row.getString(3))) {
                        found.add(new Finding(
                                "decisions",
                                new BilingualText(
                                        "decisions: bases.jsonl과 다른 행 " + count + "개 (근거 " + shown(id) + ").",
                                        "decisions: rows that differ from bases.jsonl: " + count + " (basis "
                                                + shown(id) + ").")));
                    } else {
                        rows.merge(id, count, Long::sum);
                        decided.merge(basis.decision(), count, Long::sum);
                    }
                });
        summary.byDecision().forEach((outcome, count) -> {
            long there = decided.getOrDefault(outcome, 0L);
            if (there != count) {
                found.add(new Finding(
                        "decisions",
                        new BilingualText(
                                "decisions: " + outcome + " 행이 " + there + "개인데 summary.json에는 " + count + "개입니다.",
                                "decisions: " + outcome + " has rows: " + there + ", but summary.json says " + count
                                        + ".")));
            }
        });
        return found;
    }

    private static String shown(String basis) {
        return basis.matches("[0-9a-f]{32}") ? basis : "?";
    }

    /** Whether the rows are those that were digested; the audit may have been told not to. */
    List<Finding> digest(Duck duck, Path scratch) {
        String wanted = summary.rowsDigest();
        if (wanted == null) {
            return List.of();
        }
        String there = SortedRows.digest(duck, scratch, rows(duck, parts), bases.values())
                .sha256();
        return there.equals(wanted)
                ? List.of()
                : List.of(new Finding(
                        "decisions",
                        new BilingualText(
                                "decisions: 행이 바뀌었습니다. 지문이 summary.json의 rowsDigest와 다릅니다.",
                                "decisions: rows were changed. Their digest is not the rowsDigest of summary.json.")));
    }

    long rows(String basis) {
        return rows.getOrDefault(basis, 0L);
    }

    /** The smallest ids of each basis that waits for a person. */
    Map<String, List<String>> samples(Duck duck) {
        Map<String, List<String>> found = new HashMap<>();
        duck.read(
                "select basis, unnest(min(id, " + CorpusGroup.MOST_SAMPLES + ")) from (" + rows(duck, parts)
                        + ") where decision = 'REVIEW' group by basis",
                row -> found.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                        .add(row.getString(2)));
        found.replaceAll((basis, ids) -> CorpusGroup.few(ids));
        return found;
    }
}
