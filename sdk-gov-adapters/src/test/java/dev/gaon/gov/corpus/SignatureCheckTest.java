package dev.gaon.gov.corpus;

import static dev.gaon.gov.corpus.ReviewedCorpus.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.corpus.SignedManifest.Finding;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes something after the signature is found out, even where the digests were mended to fit. */
class SignatureCheckTest {

    @TempDir
    Path temp;

    private ReviewedCorpus corpus;
    private Path part;
    private Path signOff;

    @BeforeEach
    void sign() {
        corpus = ReviewedCorpus.in(temp);
        corpus.desk().withReviews(corpus.reviews()).sign("박서명", SIGNED);
        part = corpus.folder().resolve("signed/manifest/part-00000.parquet");
        signOff = corpus.folder().resolve("signed/sign-off.json");
        assertThat(corpus.desk().verify()).isEmpty();
    }

    private List<String> found() {
        return corpus.desk().verify().stream()
                .peek(each -> assertThat(each.text().ko()).isNotBlank())
                .map(each -> each.kind() + ": " + each.text().en())
                .toList();
    }

    private static void rewrite(Path file, String select) {
        AuditFolder.sql(
                "create table t as " + select.replace("FILE", "'" + file + "'"),
                "copy t to '" + file + "' (format parquet, compression zstd)");
    }

    private void change(Consumer<ObjectNode> change) throws IOException {
        ObjectNode said = (ObjectNode) corpus.signOff();
        change.accept(said);
        TreeMap<String, Object> all = new TreeMap<>();
        said.properties().forEach(each -> all.put(each.getKey(), each.getValue()));
        Files.writeString(signOff, CanonicalForm.write(all) + "\n");
    }

    /** Makes size, rows and digest of the part fit again, as a forger would. */
    private void mend(long rows) throws IOException {
        String sha256 = PackFiles.sha256(part);
        long bytes = Files.size(part);
        change(said -> ((ObjectNode) said.path("parts").get(0))
                .put("sha256", sha256)
                .put("bytes", bytes)
                .put("rows", rows));
    }

    @Test
    void aPartThatWasWrittenAnewIsFoundByItsDigest() {
        rewrite(part, "select * from FILE order by id desc");
        assertThat(found()).containsExactly("sign-off: sign-off.json: parts is not what the folder gives now.");
    }

    @Test
    void rowsThatMayNotBeUsedAreFoundThoughDigestsFit() throws IOException {
        rewrite(
                part,
                "select * from FILE union all select id, license, 'ALLOW', basis, null from '" + corpus.folder()
                        + "/decisions/part-00000.parquet' where id = 'nc'");
        mend(7);
        assertThat(found())
                .containsExactly("manifest: manifest/part-00000.parquet: rows that audit and reviews do not allow: 1.");
    }

    @Test
    void aSwappedIdAndALostRowAreFoundThoughDigestsFit() throws IOException {
        rewrite(part, "select * replace (if(id = 'by', 'nc', id) as id) from FILE where id <> 'free'");
        mend(5);
        assertThat(found())
                .containsExactly(
                        "manifest: manifest/part-00000.parquet: rows that are missing or changed: 2.",
                        "manifest: manifest/part-00000.parquet: rows that audit and reviews do not allow: 1.");
    }

    @Test
    void anotherReviewerOrDecisionIsFound() throws IOException {
        rewrite(part, "select * replace (if(reviewed is null, null, '딴사람') as reviewed) from FILE");
        mend(6);
        assertThat(found()).hasSize(2).allMatch(each -> each.startsWith("manifest: "));
    }

    @Test
    void aReviewThatWasForgedIsFound() throws IOException {
        change(said -> {
            for (var each : said.path("reviews")) {
                if (each.path("decision").asText().equals("DENY")) {
                    ((ObjectNode) each).put("decision", "ALLOW");
                }
            }
        });
        assertThat(found())
                .contains("manifest: manifest/part-00000.parquet: rows that are missing or changed: 1.")
                .anyMatch(each -> each.startsWith("sign-off: sign-off.json: leftOut"));
        change(said -> ((ObjectNode) said.path("reviews").get(0)).put("basis", corpus.basis("nc")));
        assertThat(found()).singleElement().asString().startsWith("reviews: ").contains("no review lifts");
    }

    @Test
    void whatIsSaidIsComparedWithWhatIsThere() throws IOException {
        change(said -> said.put("purpose", "quote").put("extra", 1).without(List.of("bases")));
        assertThat(found())
                .containsExactlyInAnyOrder(
                        "sign-off: sign-off.json: bases is not what the folder gives now.",
                        "sign-off: sign-off.json: extra is not what the folder gives now.",
                        "sign-off: sign-off.json: purpose is not what the folder gives now.");
    }

    @Test
    void anAuditThatWasChangedSinceIsFound() throws IOException {
        Path decisions = corpus.folder().resolve("decisions/part-00000.parquet");
        byte[] before = Files.readAllBytes(decisions);
        rewrite(
                decisions,
                "select * replace (case id when 'nc' then 'by' when 'by' then 'nc' else id end as id) from FILE");
        assertThat(found()).anyMatch(each -> each.contains("not the rowsDigest"));
        Files.delete(decisions);
        assertThat(found()).anyMatch(each -> each.contains("but summary.json says"));
        Files.write(decisions, new byte[] {'P', 'A', 'R', '1'});
        assertThat(found()).singleElement().asString().startsWith("audit: ");
        Files.write(decisions, before);
        assertThat(found()).isEmpty();

        Path bases = corpus.folder().resolve("bases.jsonl");
        String lines = Files.readString(bases);
        Files.writeString(bases, lines.replaceFirst("\"reasons\":\\[\\{", "\"reasons\":[{\"x\":1,"));
        assertThat(found()).containsExactly("sign-off: sign-off.json: bases is not what the folder gives now.");
        Files.writeString(bases, lines.replaceFirst("\"evidence\":\\{", "\"evidence\":{\"x\":1,"));
        assertThat(found()).singleElement().asString().contains("not the digest of its evidence");
        Files.writeString(bases, lines);

        Path summary = corpus.folder().resolve("summary.json");
        Files.writeString(summary, Files.readString(summary).replace("\"title\":\"corpus\"", "\"title\":\"다른 말뭉치\""));
        assertThat(found())
                .containsExactlyInAnyOrder(
                        "sign-off: sign-off.json: summary is not what the folder gives now.",
                        "sign-off: sign-off.json: title is not what the folder gives now.");
        Files.delete(summary);
        assertThat(found()).singleElement().asString().contains("no finished audit");
    }

    @Test
    void filesThatAreMissingStrangeOrBrokenAreFindings() throws IOException {
        Files.writeString(corpus.folder().resolve("signed/manifest/part-00001.parquet"), "x");
        Files.writeString(corpus.folder().resolve("signed/notes.txt"), "x");
        assertThat(found())
                .containsExactly(
                        "manifest: manifest/part-00001.parquet: a file that was not signed.",
                        "manifest: notes.txt: a file that was not signed.");
        Files.delete(corpus.folder().resolve("signed/manifest/part-00001.parquet"));
        Files.delete(corpus.folder().resolve("signed/notes.txt"));

        byte[] before = Files.readAllBytes(part);
        Files.write(part, java.util.Arrays.copyOf(before, before.length / 2));
        assertThat(found()).contains("manifest: manifest/part-00000.parquet: cannot be read.");
        Files.delete(part);
        assertThat(found()).contains("manifest: manifest/part-00000.parquet: rows that are missing or changed: 6.");
        Files.createSymbolicLink(part, corpus.folder().resolve("decisions/part-00000.parquet"));
        assertThat(found()).contains("manifest: manifest/part-00000.parquet: a file that was not signed.");
        Files.delete(part);
        Files.write(part, before);
        assertThat(found()).isEmpty();

        String document = Files.readString(signOff);
        for (String hostile : List.of(
                "", "{}", "{} \n", document.replace(",\"by\"", ", \"by\""), "[1]\n", "[".repeat(5_000) + "\n")) {
            Files.writeString(signOff, hostile);
            assertThat(found()).singleElement().asString().startsWith("sign-off: ");
        }
        Files.writeString(signOff, "{}\n");
        assertThat(found()).singleElement().asString().startsWith("reviews: ");
        Files.delete(signOff);
        assertThat(corpus.desk().verify()).extracting(Finding::kind).containsExactly("no-sign-off");
        assertThat(SignedManifest.of(temp.resolve("nowhere")).verify()).hasSize(1);
    }

    @Test
    void nothingIsWrittenBesideWhatIsVerified() {
        TreeMap<String, String> before = corpus.files();
        corpus.desk().verify();
        assertThat(corpus.files()).isEqualTo(before);
    }
}
