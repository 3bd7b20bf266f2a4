package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaon license sign}: what waits, a signature, and what was changed after it. */
class LicenseSignCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private Path audit;
    private Path todo;

    @BeforeEach
    void audit() throws IOException {
        Path input = Files.writeString(temp.resolve("말뭉치.jsonl"), """
                {"id":"a","license":"CC-BY-4.0"}
                {"id":"b","third_party":false}
                {"id":"c","third_party":false}
                {"id":"d","license":"mit","third_party":true}
                """);
        audit = temp.resolve("감사");
        todo = audit.resolve("reviews-todo.jsonl");
        Cli.Result made = Cli.run(
                "license",
                "audit",
                "--purpose",
                "train-commercial",
                "--as-of",
                "2026-11-21",
                "--jsonl",
                "--threads",
                "2",
                "--out",
                audit.toString(),
                input.toString());
        assertThat(made.exit()).isEqualTo(3);
    }

    private Cli.Result sign(String... words) {
        List<String> all = new ArrayList<>(List.of("license", "sign"));
        all.addAll(Arrays.asList(words));
        all.add(audit.toString());
        return Cli.run(all.toArray(new String[0]));
    }

    private void fillIn() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String each : Files.readAllLines(todo)) {
            ObjectNode line = (ObjectNode) JSON.readTree(each);
            lines.add(line.put("decision", "ALLOW_WITH_DUTIES")
                    .put("by", "김검토")
                    .put("on", "2026-11-22")
                    .put("reason", "회신 2026-17")
                    .toString());
        }
        Files.write(todo, lines);
    }

    private List<String> manifest() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String each : Files.readAllLines(audit.resolve("signed/manifest/part-00000.jsonl"))) {
            JsonNode row = JSON.readTree(each);
            rows.add(row.path("id").asText() + " " + row.path("reviewed").asText());
        }
        rows.sort(null);
        return rows;
    }

    @Test
    void fromTheListToTheSignature() throws IOException {
        Cli.Result waits = sign("--by", "박서명", "--on", "2026-11-22");
        assertThat(waits.exit()).isEqualTo(3);
        assertThat(waits.err()).contains("still wait for a review: 3", "--todo", "--leave-out");
        Cli.Result listed = sign("--todo");
        assertThat(listed.exit()).isEqualTo(3);
        assertThat(listed.out()).contains("Bases to review: 2", todo.toString());
        fillIn();

        Cli.Result signed = sign("--by", "박서명", "--on", "2026-11-22", "--reviews", todo.toString());

        assertThat(signed.exit()).as(signed.err()).isZero();
        assertThat(signed.out())
                .contains("signed by 박서명 on 2026-11-22", audit.resolve("signed").toString());
        assertThat(signed.err()).isEmpty();
        assertThat(manifest()).containsExactly("a null", "b 김검토", "c 김검토", "d 김검토");
        Cli.Result holds = sign("--verify");
        assertThat(holds.exit()).isZero();
        assertThat(holds.out()).isEqualTo("All is as it was signed.\n");
        assertThat(sign("--by", "박서명").exit()).as("signed already").isEqualTo(2);
    }

    @Test
    void whatIsLeftOutIsSaid() throws IOException {
        Cli.Result signed = sign("--by", "박서명", "--on", "2026-11-22", "--leave-out", "--json");
        assertThat(signed.exit()).isZero();
        assertThat(signed.json().path("leavingOut").asBoolean()).isTrue();
        assertThat(signed.json().at("/leftOut/unreviewed").asLong()).isEqualTo(3);
        assertThat(Files.readString(audit.resolve("signed/sign-off.json"))).isEqualTo(signed.out());
        assertThat(manifest()).containsExactly("a null");
    }

    @Test
    void whatWasChangedIsFound() throws IOException {
        assertThat(sign("--verify").exit()).as("nothing signed yet").isEqualTo(1);
        sign("--by", "박서명", "--on", "2026-11-22", "--leave-out");
        Path part = audit.resolve("signed/manifest/part-00000.jsonl");
        Files.writeString(part, Files.readString(part).replace("\"a\"", "\"d\""));

        Cli.Result found = sign("--verify");
        assertThat(found.exit()).isEqualTo(1);
        assertThat(found.out())
                .contains(
                        "Does not match the signature",
                        "missing or changed: 1",
                        "do not allow: 1",
                        "parts is not what");
        Cli.Result korean = sign("--verify", "--lang", "ko");
        assertThat(korean.out()).contains("서명과 맞지 않습니다", "들어갈 수 없는 행이");
        Cli.Result json = sign("--verify", "--json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.json().path("holds").asBoolean(true)).isFalse();
        assertThat(json.json().path("findings").findValuesAsText("kind"))
                .containsExactly("manifest", "manifest", "sign-off");
    }

    @Test
    void wrongUseIsRefusedAndNothingIsWritten() throws IOException {
        Path bad = Files.writeString(temp.resolve("bad.jsonl"), "{\"basis\":\"x\"}");
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("--todo", "--verify"),
                List.of("--verify", "--by", "박서명"),
                List.of("--leave-out"),
                List.of("--by", " ", "--leave-out"),
                List.of("--by", "박서명", "--on", "내일"),
                List.of("--by", "박서명", "--on", "2026-11-20"),
                List.of("--by", "박서명", "--reviews", temp.resolve("none").toString()),
                List.of("--by", "박서명", "--reviews", bad.toString()))) {
            Cli.Result result =
                    sign(Stream.concat(words.stream(), Stream.of("--json")).toArray(String[]::new));
            assertThat(result.exit()).as("%s", words).isEqualTo(2);
            assertThat(result.error().path("message").asText()).as("%s", words).isNotBlank();
        }
        assertThat(sign("--by", "박서명", "--reviews", bad.toString()).err()).contains("bad.jsonl:1");
        assertThat(audit.resolve("signed")).doesNotExist();
        assertThat(Cli.run("license", "sign", "--todo", temp.toString()).exit()).isEqualTo(2);
        assertThat(sign("--todo").exit()).isEqualTo(3);
        assertThat(sign("--todo").exit()).as("a list may be filled in already").isEqualTo(2);
    }

    @Test
    void helpAndResultsFit() {
        assertThat(Cli.run("license", "sign", "--help").out().lines())
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(100));
        for (String language : List.of("ko", "en")) {
            Cli.Result view = Cli.run(
                    "", Map.of("COLUMNS", "80"), "license", "sign", "--verify", "--lang", language, audit.toString());
            assertThat(view.out().lines())
                    .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(80));
        }
    }
}
