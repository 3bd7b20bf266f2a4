package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An audit of nine rows: two may be used, one is denied, one cannot be read, five wait for a person on three bases. */
record ReviewedCorpus(Path temp, AuditFolder out) {

    static final LocalDate SIGNED = AuditFolder.DAY.plusDays(3);

    static ReviewedCorpus in(Path temp) {
        return in(temp, audit -> audit);
    }

    static ReviewedCorpus in(Path temp, UnaryOperator<CorpusAudit> with) {
        ReviewedCorpus corpus = new ReviewedCorpus(temp, new AuditFolder(temp.resolve("감사")));
        Path input = corpus.write("말뭉치.jsonl", """
                {"id":"by","license":"CC-BY-4.0"}
                {"id":"문서 1","third_party":false}
                {"id":"문서 2","third_party":false}
                {"id":"문서 3","third_party":false}
                {"id":"free","license":"CC0-1.0"}
                {"id":"others","license":"mit","third_party":true}
                {"id":"odd","license":"공공누리 AI유형"}
                {"id":"nc","license":"CC-BY-NC-4.0"}
                {"license":"mit"}
                """);
        with.apply(AuditFolder.audit()).run(List.of(input.toString()), corpus.folder());
        return corpus;
    }

    Path folder() {
        return out.folder();
    }

    SignedManifest desk() {
        return SignedManifest.of(folder());
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(temp.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The basis of a row. */
    String basis(String id) {
        String kind = Files.exists(folder().resolve("decisions/part-00000.jsonl"))
                ? "read_json('" + folder() + "/decisions/*.jsonl'"
                : "read_parquet('" + folder() + "/decisions/*.parquet'";
        return AuditFolder.sql("select basis from " + kind + ") where id = '" + id + "'")
                .get(0);
    }

    String review(String id, String decision) {
        return "{\"basis\":\"" + basis(id) + "\",\"decision\":\"" + decision
                + "\",\"by\":\"김검토\",\"on\":\"2026-11-22\",\"reason\":\"기관의 회신 문서 번호 2026-17\"}\n";
    }

    /** Three reviews: of three rows to be used, of one with duties, of one not to be used. */
    Path reviews() {
        return write(
                "reviews.jsonl",
                review("문서 1", "ALLOW") + review("others", "ALLOW_WITH_DUTIES") + review("odd", "DENY"));
    }

    JsonNode signOff() {
        return out.lines("signed/sign-off.json").get(0);
    }

    /** The manifest as id, license, decision and by whom it was reviewed. */
    List<String> manifest() {
        return AuditFolder.sql("select id, license, decision, reviewed from read_parquet('" + folder()
                + "/signed/manifest/*.parquet') order by id");
    }

    /** Every file below the folder with its digest, what was signed left out. */
    TreeMap<String, String> files() {
        try (Stream<Path> all = Files.walk(folder())) {
            TreeMap<String, String> files = new TreeMap<>();
            for (Path each : new ArrayList<>(all.toList())) {
                if (!each.startsWith(folder().resolve("signed"))) {
                    files.put(each.toString(), Files.isRegularFile(each) ? PackFiles.sha256(each) : "");
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
