package dev.gaon.gov.corpus;

import static dev.gaon.gov.corpus.ReviewedCorpus.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.pack.CanonicalForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an audit that waits for people to a manifest that one of them signed. */
class SignedManifestTest {

    @TempDir
    Path temp;

    private static void refused(String kind, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void onlyWhatMayBeUsedIsSigned() throws IOException {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp, audit -> audit.withTitle("도시숲"));
        TreeMap<String, String> before = corpus.files();

        String document = corpus.desk().withReviews(corpus.reviews()).sign(" 박서명 ", SIGNED);

        assertThat(corpus.files())
                .as("the audit is as it was, and nothing is left over")
                .isEqualTo(before);
        assertThat(corpus.manifest())
                .containsExactly(
                        "by|CC-BY-4.0|ALLOW_WITH_DUTIES|null",
                        "free|CC0-1.0|ALLOW|null",
                        "others|MIT|ALLOW_WITH_DUTIES|김검토",
                        "문서 1|LicenseRef-Unstated|ALLOW|김검토",
                        "문서 2|LicenseRef-Unstated|ALLOW|김검토",
                        "문서 3|LicenseRef-Unstated|ALLOW|김검토");
        JsonNode signOff = corpus.signOff();
        assertThat(Files.readString(corpus.folder().resolve("signed/sign-off.json")))
                .isEqualTo(document + "\n");
        assertThat(CanonicalForm.read(document.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(signOff);
        JsonNode summary = corpus.out().lines("summary.json").get(0);
        assertThat(signOff.path("by").asText()).isEqualTo("박서명");
        assertThat(signOff.path("on").asText()).isEqualTo("2026-11-24");
        assertThat(signOff.path("title").asText()).isEqualTo("도시숲");
        assertThat(signOff.path("purpose")).isEqualTo(summary.path("purpose"));
        assertThat(signOff.path("asOf")).isEqualTo(summary.path("asOf"));
        assertThat(signOff.path("terms")).isEqualTo(summary.path("termsDigest"));
        assertThat(signOff.path("rowsDigest")).isEqualTo(summary.path("rowsDigest"));
        assertThat(signOff.path("summary").asText())
                .isEqualTo(CorpusSummary.parse(summary.toString()).digest());
        assertThat(signOff.path("bases").asText())
                .isEqualTo("sha256:"
                        + before.get(corpus.folder().resolve("bases.jsonl").toString()));
    }

    @Test
    void everyRowIsCountedOnce() {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        corpus.desk().withReviews(corpus.reviews()).sign("박서명", SIGNED);
        JsonNode signOff = corpus.signOff();
        assertThat(signOff.path("rows").asLong()).isEqualTo(9);
        assertThat(signOff.path("used").toString()).isEqualTo("{\"ALLOW\":4,\"ALLOW_WITH_DUTIES\":2,\"reviewed\":4}");
        assertThat(signOff.path("leftOut").toString())
                .isEqualTo("{\"DENY\":1,\"reviewedDeny\":1,\"unreadable\":1,\"unreviewed\":0}");
        assertThat(signOff.path("leavingOut").asBoolean()).isFalse();
        assertThat(signOff.path("reviews").findValuesAsText("rows")).containsExactlyInAnyOrder("3", "1", "1");
        JsonNode part = signOff.path("parts").get(0);
        assertThat(part.path("rows").asLong()).isEqualTo(6);
        assertThat(part.path("name").asText()).isEqualTo("manifest/part-00000.parquet");
        assertThat(corpus.desk().verify()).isEmpty();
    }

    @Test
    void whatWaitsIsRefusedUnlessItIsLeftOut() {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        TreeMap<String, String> before = corpus.files();
        refused("waiting", "5", () -> corpus.desk().sign("박서명", SIGNED));
        assertThat(corpus.files()).isEqualTo(before);
        assertThat(corpus.folder().resolve("signed")).doesNotExist();

        corpus.desk().withLeavingOut().sign("박서명", SIGNED);
        assertThat(corpus.manifest()).containsExactly("by|CC-BY-4.0|ALLOW_WITH_DUTIES|null", "free|CC0-1.0|ALLOW|null");
        assertThat(corpus.signOff().path("leavingOut").asBoolean()).isTrue();
        assertThat(corpus.signOff().path("leftOut").path("unreviewed").asLong()).isEqualTo(5);
        assertThat(corpus.desk().verify()).isEmpty();
    }

    @Test
    void nothingIsSignedTwiceNorBeforeTheAuditNorWithoutAName() {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        SignedManifest desk = corpus.desk().withLeavingOut();
        refused("wrong-use", "2026-11-20", () -> desk.sign("박서명", AuditFolder.DAY.minusDays(1)));
        for (String name : List.of(" ", "두\n줄", "가".repeat(201))) {
            assertThatThrownBy(() -> desk.sign(name, SIGNED)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(corpus.folder().resolve("signed")).doesNotExist();
        desk.sign("박서명", AuditFolder.DAY);
        TreeMap<String, String> signed = corpus.files();
        refused("wrong-use", "signed already", () -> desk.sign("다른이", SIGNED));
        assertThat(corpus.files()).isEqualTo(signed);
        assertThat(corpus.signOff().path("by").asText()).isEqualTo("박서명");
    }

    @Test
    void linesOfJsonStayLinesOfJson() throws IOException {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp, CorpusAudit::withJsonLines);
        corpus.desk().withReviews(corpus.reviews()).sign("박서명", SIGNED);
        assertThat(corpus.out().lines("signed/manifest/part-00000.jsonl"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.fieldNames())
                        .toIterable()
                        .containsExactly("id", "license", "decision", "basis", "reviewed"));
        assertThat(corpus.desk().verify()).isEmpty();
    }

    @Test
    void manyPartsAreSignedEachAndAllColumnsStayBehind() throws IOException {
        Path input = AuditFolder.parquet(temp.resolve("표.parquet"), 10_000);
        AuditFolder out = new AuditFolder(temp.resolve("out"));
        AuditFolder.audit().withPartRows(4_000).run(List.of(input.toString()), out.folder());
        SignedManifest desk = SignedManifest.of(out.folder());
        JsonNode signOff = AuditFolder.json(desk.withLeavingOut().sign("박서명", SIGNED));
        long used = signOff.at("/used/ALLOW").asLong()
                + signOff.at("/used/ALLOW_WITH_DUTIES").asLong();
        assertThat(signOff.path("parts")).hasSize(3);
        assertThat(signOff.path("parts").findValues("rows").stream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isEqualTo(used)
                .isEqualTo(7_500);
        assertThat(AuditFolder.sql("select decision, count(*) from read_parquet('" + out.folder()
                        + "/signed/manifest/*') group by 1 order by 1"))
                .containsExactly("ALLOW|2500", "ALLOW_WITH_DUTIES|5000");
        assertThat(desk.verify()).isEmpty();

        ReviewedCorpus all = ReviewedCorpus.in(temp, CorpusAudit::withAllColumns);
        all.desk().withLeavingOut().sign("박서명", SIGNED);
        assertThat(all.manifest()).containsExactly("by|CC-BY-4.0|ALLOW_WITH_DUTIES|null", "free|CC0-1.0|ALLOW|null");
        assertThat(all.desk().verify()).isEmpty();
        AuditFolder without = new AuditFolder(temp.resolve("without"));
        AuditFolder.audit().withAllColumns().run(List.of(input.toString()), without.folder());
        refused(
                "wrong-use",
                "without writing all columns",
                () -> SignedManifest.of(without.folder()).withLeavingOut().sign("박서명", SIGNED));
    }

    @Test
    void whatWaitsIsListedAndFilledIn() throws IOException {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        Path list = temp.resolve("reviews-todo.jsonl");
        assertThat(corpus.desk().todo(list)).isEqualTo(3);
        List<String> lines = Files.readAllLines(list);
        ObjectNode first = (ObjectNode) AuditFolder.json(lines.get(0));
        assertThat(first.path("basis").asText()).isEqualTo(corpus.basis("문서 1"));
        JsonNode about = first.path("about");
        assertThat(about.path("rows").asLong()).isEqualTo(3);
        assertThat(about.path("license").asText()).isEqualTo("LicenseRef-Unstated");
        assertThat(about.path("samples").toString()).isEqualTo("[\"문서 1\",\"문서 2\",\"문서 3\"]");
        assertThat(about.at("/reason/ko").asText()).isNotBlank();
        assertThat(about.at("/reason/en").asText()).isNotBlank();
        JsonNode asked = lines.stream()
                .map(AuditFolder::json)
                .filter(each -> each.path("basis").asText().equals(corpus.basis("odd")))
                .findFirst()
                .orElseThrow()
                .at("/about/questions/0");
        assertThat(asked.path("fact").asText()).isEqualTo("base");
        assertThat(asked.path("ko").asText()).endsWith("?");
        assertThat(lines.stream()
                        .map(AuditFolder::json)
                        .map(each -> each.at("/about/rows").asLong()))
                .containsExactly(3L, 1L, 1L);

        refused("waiting", "5", () -> corpus.desk().withReviews(list).sign("박서명", SIGNED));
        first.put("decision", "ALLOW").put("by", "김검토").put("on", "2026-11-21").put("reason", "회신 2026-17");
        Files.writeString(list, "\uFEFF" + first + "\r\n\n" + lines.get(1) + "\n" + lines.get(2));
        refused("waiting", "2", () -> corpus.desk().withReviews(list).sign("박서명", SIGNED));
        refused("wrong-use", "there already", () -> corpus.desk().todo(list));
        assertThat(Files.readString(list)).contains("회신 2026-17");
        corpus.desk().withReviews(list).withLeavingOut().sign("박서명", SIGNED);
        assertThat(corpus.manifest()).hasSize(5);
        assertThat(temp).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void noAuditIsNoAudit() throws IOException {
        for (SignedManifest none : Stream.of("nowhere", "")
                .map(each -> SignedManifest.of(temp.resolve(each)))
                .toList()) {
            refused("wrong-use", "no finished audit", () -> none.sign("박서명", SIGNED));
            refused("wrong-use", "no finished audit", () -> none.todo(temp.resolve("todo")));
        }
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        SignedManifest desk = corpus.desk().withReviews(temp.resolve("none.jsonl"));
        refused("wrong-use", "none.jsonl", () -> desk.sign("박서명", SIGNED));
        Files.writeString(corpus.folder().resolve("summary.json"), "{}");
        refused("damaged", "not whole", () -> desk.sign("박서명", SIGNED));
    }

    @Test
    void anAuditThatWasChangedIsNotSigned() {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        String part = corpus.folder() + "/decisions/part-00000.parquet";
        AuditFolder.sql(
                "create table t as select * replace (case id when 'nc' then 'by' when 'by' then 'nc' else id end as id) from '"
                        + part + "'",
                "copy t to '" + part + "' (format parquet)");
        refused(
                "damaged",
                "rows were changed",
                () -> corpus.desk().withLeavingOut().sign("박서명", SIGNED));
        AuditFolder.sql(
                "create table t as select * replace ('ALLOW' as decision) from '" + part + "'",
                "copy t to '" + part + "' (format parquet)");
        refused(
                "damaged",
                "differ from bases.jsonl",
                () -> corpus.desk().withLeavingOut().sign("박서명", SIGNED));
        assertThat(corpus.folder().resolve("signed")).doesNotExist();
    }
}
