package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.EvidencePackage;
import dev.gaon.gov.law.LawReport;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gaon assess}: exit codes, the document, the view for people, and what is refused. */
class AssessCommandTest {

    static final Path CHATBOT = Path.of("profiles/ministry-chatbot.json");
    static final String DAY = "2026-11-21";

    private static final RulePack PACK = RulePack.bundled();

    @TempDir
    Path folder;

    private static ServiceProfile chatbot() throws IOException {
        return ServiceProfile.parse(Files.readString(CHATBOT));
    }

    /** All that the sample leaves open is answered well, and its one failing is mended. */
    private static ServiceProfile mended() throws IOException {
        return chatbot()
                .with("labelInUi", true)
                .with("pubIaDone", true)
                .with("pubIaPublished", true)
                .with("personalDataFileThreshold", false)
                .with("endpointZone", "O")
                .with("csapOrSuccessorVerified", true);
    }

    private String file(ServiceProfile profile) throws IOException {
        return file(profile.toJson());
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("프로필.json"), text).toString();
    }

    private static Cli.Result assess(String profile, String... more) {
        return Cli.run(Stream.concat(Stream.of("assess", profile, "--as-of", DAY), Arrays.stream(more))
                .toArray(String[]::new));
    }

    private static Cli.Result view(int columns, String language, String... words) {
        return Cli.run("", Map.of("COLUMNS", "" + columns, "LANG", language), words);
    }

    @Test
    void theDocumentIsTheAssessmentAndNothingElse() throws Exception {
        Cli.Result result = assess(CHATBOT.toString(), "--json");

        assertThat(result.out())
                .isEqualTo(Assessment.of(chatbot(), PACK, LocalDate.parse(DAY)).toJson() + "\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.json().path("asOf").asText()).isEqualTo(DAY);
        assertThat(result.json().path("packDigest").asText()).isEqualTo(PACK.digest());
        for (JsonNode finding : result.json().path("findings")) {
            assertThat(finding.has("rule") && finding.has("verdict") && finding.has("sanction") && finding.has("grace"))
                    .isTrue();
            assertThat(finding.path("missing").isArray()).isTrue();
        }
    }

    @Test
    void theExitCodeIsThatOfDuties() throws Exception {
        assertThat(assess(file(chatbot())).exit())
                .as("a duty under a fine fails")
                .isEqualTo(1);
        assertThat(assess(file(chatbot().with("labelInUi", true))).exit())
                .as("duties are undecided")
                .isEqualTo(3);
        assertThat(assess(file(mended())).exit()).isZero();
        Cli.Result without = assess(file(mended().with("ethicsMeasures", false)));
        assertThat(without.exit()).as("an effort is not on record").isZero();
        assertThat(without.out()).contains("Efforts and recommendations not met (1)");
        assertThat(assess(file(chatbot()), "--rule", "KR-TR-01").exit())
                .as("a view of a rule that passes")
                .isEqualTo(1);
        assertThat(assess(file(ServiceProfile.of("빈 서비스"))).exit()).isEqualTo(3);
    }

    @Test
    void whatMustBeDoneComesFirst() {
        String ko = view(80, "ko_KR.UTF-8", "assess", CHATBOT.toString(), "--as-of", DAY)
                .out();

        assertThat(ko.lines().findFirst()).hasValue("과태료가 걸린 의무 1개를 지키지 않고 있습니다. 4개는 아직 정해지지 않았습니다.");
        assertThat(ko)
                .containsSubsequence(
                        "민원 안내 챗봇 · 2026-11-21 기준\n",
                        "과태료가 걸린 미이행 (1)",
                        "KR-TR-02",
                        "의무 미이행 (시정명령을 어기면 과태료)",
                        "근거    인공지능기본법 제31조제2항",
                        "할 일",
                        "유예는 통과가 아닙니다",
                        "사실을 더 알아야 하는 의무 (4)",
                        "KR-PB-08",
                        "답하면 정해지는 질문",
                        "[pubIaDone]",
                        "모두 (" + PACK.rules().size() + ")",
                        "초안",
                        "법률 자문이 아닙니다",
                        PACK.digest())
                .doesNotContain("KR-TR-01", "해당 없음 (");
        String all = view(80, "ko", "assess", CHATBOT.toString(), "--as-of", DAY, "--all")
                .out();
        assertThat(all).contains("KR-TR-01  사전고지: 충족", "해당 없음 (", "시행 전 또는 종료 (");
    }

    @ParameterizedTest
    @CsvSource({"ko, 60", "ko, 80", "en, 80", "ko, 120", "en, 120", "en, 400"})
    void everyViewFitsTheTerminal(String language, int columns) {
        for (List<String> more : List.of(List.of("--all"), List.of("--rule", "KR-TR-01", "--rule", "KR-HI-02"))) {
            String[] words = Stream.concat(
                            Stream.of("assess", CHATBOT.toString(), "--as-of", DAY, "--lang", language), more.stream())
                    .toArray(String[]::new);
            String out = view(columns, "C", words).out();
            assertThat(out.lines()).hasSizeGreaterThan(40);
            assertThat(out.lines())
                    .allSatisfy(
                            line -> assertThat(Table.width(line)).as(line).isLessThanOrEqualTo(Math.min(columns, 120)));
        }
    }

    @Test
    void theDayIsSaidWhereNobodyGaveOne() {
        assertThat(Cli.run("assess", CHATBOT.toString()).out()).contains("(today in Seoul)");
        Cli.Result json = Cli.run("assess", CHATBOT.toString(), "--json");
        assertThat(json.err()).contains("As of " + json.json().path("asOf").asText(), "today in Seoul");
    }

    @Test
    void beforeTheActNothingIsInForce() {
        Cli.Result early = Cli.run("assess", CHATBOT.toString(), "--as-of", "2025-12-31");
        assertThat(early.out())
                .contains("No duty under a fine is found not met.")
                .doesNotContain("KR-TR-02");
    }

    @Test
    void aRuleIsShownInFull() {
        String rule = assess(CHATBOT.toString(), "--rule", "KR-TR-02").out();

        assertThat(rule)
                .containsSubsequence(
                        "KR-TR-02 ",
                        "article",
                        "duty",
                        "to do",
                        "evidence",
                        "sanction",
                        "A grace is no pass",
                        "verdict",
                        "fail (fail)",
                        "applies",
                        "✓ all of",
                        "is met",
                        "✗",
                        "[labelInUi = false]",
                        "sources",
                        "draft",
                        "in force",
                        PACK.rule("KR-TR-02").digest());
        String undecided = assess(CHATBOT.toString(), "--rule", "KR-SC-02").out();
        assertThat(undecided).contains("? ", "[endpointZone = unknown]", "questions");
        Cli.Result none = assess(CHATBOT.toString(), "--rule", "KR-TR-99");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("KR-TR-99", "KR-TR-01, ").doesNotContain("KR-PB-01");
        assertThat(assess(CHATBOT.toString(), "--rule", "nope").err()).contains("KR-AG-…, ", "KR-TR-…");
        assertThat(assess(CHATBOT.toString(), "--rule", "KR-TR-01", "--json")
                        .error()
                        .path("kind")
                        .asText())
                .isEqualTo("wrong-use");
    }

    @Test
    void aFileWithoutASizeIsReadNoFartherThanAProfileMayGo() {
        Path endless = Path.of("/dev/zero");
        assumeThat(endless).exists();
        Cli.Result result = assess(endless.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("The file is too large");
    }

    @Test
    void theReportIsAPageOfItsOwn() throws Exception {
        Path page = folder.resolve("점검.html");
        Cli.Result result = assess(CHATBOT.toString(), "--html", page.toString(), "--json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.json().path("failsUnderFine").asBoolean()).isTrue();
        assertThat(result.err()).contains("Report: ");
        Assessment assessment = Assessment.of(chatbot(), PACK, LocalDate.parse(DAY));
        assertThat(page).hasContent(LawReport.of(assessment).html());
        assertThat(assess(CHATBOT.toString(), "--html", page.toString()).exit())
                .as("a report is made again")
                .isEqualTo(1);
        String profile = file(chatbot());
        assertThat(assess(profile, "--html", profile).err()).contains("would replace the profile");
        String calls = Files.writeString(folder.resolve("calls.jsonl"), "{}").toString();
        String zip = folder.resolve("x.zip").toString();
        assertThat(assess(profile, "--html", calls, "--evidence", zip, "--records", calls)
                        .err())
                .contains("would replace another file");
        assertThat(assess(profile, "--html", zip, "--evidence", zip).err()).contains("would replace another file");
        assertThat(Cli.run("assess", "--interview", "--out", zip, "--html", zip).err())
                .contains("would replace another file");
        assertThat(Path.of(calls)).hasContent("{}");
        Files.delete(Path.of(calls));
        assertThat(assess(profile, "--html", folder.resolve("none/x.html").toString())
                        .exit())
                .isEqualTo(2);
        assertThat(ServiceProfile.parse(Files.readString(Path.of(profile)))).isEqualTo(chatbot());
        assertThat(Files.list(folder)).containsExactlyInAnyOrder(page, Path.of(profile));
    }

    @Test
    void theEvidenceHoldsAndNamesTheCalls() throws Exception {
        Path calls = folder.resolve("calls.jsonl");
        assertThat(Cli.run("chat", "--record", calls.toString(), "공공누리 제1유형의 조건은?")
                        .exit())
                .isZero();
        Path zip = folder.resolve("증거.zip");

        Cli.Result result =
                assess(CHATBOT.toString(), "--evidence", zip.toString(), "--records", calls.toString(), "--json");

        assertThat(result.exit()).isEqualTo(1);
        EvidencePackage.Verification verified = EvidencePackage.verify(zip);
        assertThat(verified.problems()).isEmpty();
        assertThat(verified.records()).hasSize(1);
        assertThat(result.err()).contains("Evidence: ", verified.manifestDigest());
        Cli.Result check = Cli.run("assess", "--verify", zip.toString(), "--json");
        assertThat(check.exit()).isZero();
        assertThat(check.json().path("manifestDigest").asText()).isEqualTo(verified.manifestDigest());
        assertThat(Cli.run("assess", "--verify", zip.toString(), "--lang", "ko").out())
                .contains("어긋난 것이 없습니다", "호출 기록 1", verified.manifestDigest());
        byte[] before = Files.readAllBytes(zip);
        assertThat(assess(CHATBOT.toString(), "--evidence", zip.toString()).err())
                .contains("The file is there already");
        assertThat(Files.readAllBytes(zip)).isEqualTo(before);

        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(before, before.length / 2));
        Cli.Result broken = Cli.run("assess", "--verify", cut.toString(), "--json");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.json().path("problems")).isNotEmpty();
        assertThat(Cli.run("assess", "--verify", cut.toString()).out())
                .startsWith("The evidence package does not hold");
        assertThat(Cli.run("assess", "--verify", folder + "/none.zip").exit()).isEqualTo(2);
    }

    @Test
    void recordsThatAreNoneMakeNoEvidence() throws Exception {
        String calls = Files.writeString(folder.resolve("calls.jsonl"), "{\"id\": 1}\n")
                .toString();
        String zip = folder.resolve("x.zip").toString();
        Cli.Result bad = assess(CHATBOT.toString(), "--evidence", zip, "--records", calls, "--json");
        assertThat(bad.exit()).isEqualTo(2);
        assertThat(bad.error().path("kind").asText()).isEqualTo("bad-record");
        assertThat(bad.error().path("message").asText()).contains("Record 1");
        assertThat(assess(CHATBOT.toString(), "--evidence", zip, "--records", folder + "/none")
                        .exit())
                .isEqualTo(2);
        assertThat(assess(CHATBOT.toString(), "--records", calls).err()).contains("--records goes with --evidence");
        assertThat(Files.list(folder)).containsExactly(Path.of(calls));
    }

    private void refused(String kind, String profile, String... said) {
        Cli.Result json = assess(profile, "--json");
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.error().path("kind").asText()).isEqualTo(kind);
        assertThat(json.err()).isEmpty();
        Cli.Result en = assess(profile);
        assertThat(en.out()).isEmpty();
        assertThat(en.err()).contains(said).doesNotContain("\tat ");
        assertThat(assess(profile, "--lang", "ko").err()).containsPattern("[가-힣]");
    }

    @Test
    void aProfileThatCannotBeReadIsNamedWithTheWayOut() throws Exception {
        refused("bad-profile", file(chatbot().with("isGenrative", true)), "isGenrative", "isGenerative");
        refused("bad-profile", file(chatbot().with("isOperator", true)), "isOperator follows from other facts");
        refused("bad-profile", file(chatbot().with("noticeMethod", "NONE")), "cannot hold together");
        refused("bad-profile", file(chatbot().with("outputType", "PICTURE")), "outputType", "TEXT, CODE");
        refused("bad-profile", file("{\"service\": \"x\",\n \"facts\": {\"a\" true}}"), "line 2, column");
        refused("bad-profile", file("{\"service\": \"x\"}"), "A profile looks like");
        refused("unreadable-input", folder.resolve("none.json").toString(), "No such file", "none.json");
        refused("unreadable-input", folder.toString(), "A folder, not a file");
        Path latin = Files.write(folder.resolve("cp949.json"), new byte[] {'{', (byte) 0xb0, (byte) 0xa1, '}'});
        refused("unreadable-input", latin.toString(), "Not UTF-8", "iconv");
        refused("unreadable-input", file(" ".repeat(2 << 20)), "too large");
    }

    @Test
    void wrongWordsAreRefused() {
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("x.json", "--as-of", "2026-02-30"),
                List.of("x.json", "--as-of", "tomorrow"),
                List.of("x.json", "--out", "y.json"),
                List.of("x.json", "--scope", "all"),
                List.of("x.json", "--seal", "y"),
                List.of("x.json", "y.json"))) {
            Cli.Result result =
                    Cli.run(Stream.concat(Stream.of("assess"), words.stream()).toArray(String[]::new));
            assertThat(result.exit()).as("%s", words).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).startsWith("gaon: ");
        }
        assertThat(Cli.run("assess").err()).contains("PROFILE.json", "--interview --out");
    }

    private static final String RULE = """
            {"id": "OUR-01", "title": {"ko": "접속 로그", "en": "logs"}, "versions": [
              {"from": "2026-01-01", "layer": "NOTICE", "article": {"ko": "훈령 2", "en": "order 2"},
               "who": {"ko": "부서", "en": "units"}, "duty": {"ko": "보관합니다.", "en": "Keep them."},
               "comply": {"ko": "로그를 켜세요.", "en": "Turn them on."}, "evidence": {"ko": "설정", "en": "settings"},
               "sanction": "ORDER_THEN_FINE", "confidence": "S", "review": {"state": "draft"},
               "applies": {"is": "stateOrgan"}, "satisfied": {"is": "ourLogsKept"}, "open": [], "sources": []}]}
            """;

    private Path pack() throws IOException {
        Path pack = Files.createDirectories(folder.resolve("우리 묶음"));
        Files.createDirectories(pack.resolve("rules/our"));
        Files.writeString(
                pack.resolve("pack.json"),
                "{\"id\": \"our-ministry\", \"version\": \"1\", \"title\": {\"ko\": \"우리\", \"en\": \"ours\"}}");
        Files.writeString(
                pack.resolve("vocabulary.json"),
                "{\"facts\": {\"ourLogsKept\": {\"type\": \"boolean\", \"group\": \"public\", \"label\": {\"ko\": \"로그\","
                        + " \"en\": \"logs\"}, \"question\": {\"ko\": \"로그를 남기나요?\", \"en\": \"Are logs kept?\"}}}}");
        Files.writeString(pack.resolve("rules/our/OUR-01.json"), RULE);
        return pack;
    }

    @Test
    void aMinistrySealsItsPackAndUsesIt() throws Exception {
        String pack = pack().toString();
        Cli.Result sealed = Cli.run("assess", "--seal", pack);
        assertThat(sealed.exit()).isZero();
        assertThat(sealed.out()).matches("sha256:[0-9a-f]{64}\n");
        assertThat(Cli.run("assess", "--seal", pack, "--json")
                        .json()
                        .path("digest")
                        .asText())
                .isEqualTo(sealed.out().strip());

        String profile = file(mended());
        Cli.Result open = assess(profile, "--pack", pack);
        assertThat(open.exit()).isEqualTo(3);
        assertThat(open.out()).contains("Are logs kept? [ourLogsKept]", "our-ministry 1");
        String silent = file(mended().with("ourLogsKept", false));
        assertThat(assess(silent, "--pack", pack).exit()).isEqualTo(1);
        assertThat(assess(silent).err()).contains("ourLogsKept");

        Files.writeString(
                Path.of(pack, "waivers.json"),
                "{\"waivers\": [{\"rule\": \"OUR-01\", \"service\": \"민원 안내 챗봇\", \"by\": \"김국장\", \"reason\":"
                        + " \"12월에 켭니다\", \"from\": \"2026-11-01\", \"until\": \"2026-12-31\"}]}");
        assertThat(Cli.run("assess", "--seal", pack).exit()).isZero();
        Cli.Result waived = assess(silent, "--pack", pack);
        assertThat(waived.exit()).isZero();
        assertThat(waived.out().replaceAll("\\s+", " "))
                .contains(
                        "Accepted by a waiver and not counted: 1.",
                        "Accepted by a waiver (1)",
                        "김국장, until 2026-12-31: 12월에 켭니다");
    }

    @Test
    void aPackThatCannotBeUsedIsNamed() throws Exception {
        String profile = file(mended());
        Path pack = pack();
        assertThat(Cli.run("assess", "--seal", pack.toString()).exit()).isZero();
        Files.writeString(pack.resolve("rules/our/OUR-01.json"), RULE.replace("훈령 2", "훈령 3"));
        Cli.Result changed = assess(profile, "--pack", pack.toString(), "--json");
        assertThat(changed.exit()).isEqualTo(2);
        assertThat(changed.error().path("kind").asText()).isEqualTo("bad-pack");
        assertThat(changed.error().path("message").asText()).contains("digest does not match", "seal");

        Files.writeString(pack.resolve("rules/our/OUR-01.json"), RULE.replace("\"sanction\"", "\"sanctoin\""));
        Cli.Result wrong = Cli.run("assess", "--seal", pack.toString());
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("sanctoin");

        Files.delete(pack.resolve("pack.json"));
        for (String option : List.of("--seal", "--pack")) {
            Cli.Result missing = option.equals("--seal")
                    ? Cli.run("assess", option, pack.toString())
                    : assess(profile, option, pack.toString());
            assertThat(missing.exit()).isEqualTo(2);
            assertThat(missing.err()).contains("holds no pack.json", "our-ministry");
        }
        assertThat(assess(profile, "--pack", folder.resolve("none").toString()).err())
                .contains("No such folder");
    }

    @Test
    void koreanNamesWorkInTheCLocaleToo() throws Exception {
        String profile = file(chatbot());
        Cli.Result result = Cli.fork(Map.of("LC_ALL", "C"), "assess", profile, "--as-of", DAY, "--json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.json().path("service").asText()).isEqualTo("민원 안내 챗봇");
    }
}
