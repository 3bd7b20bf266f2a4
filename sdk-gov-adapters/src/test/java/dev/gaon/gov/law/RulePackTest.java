package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ministry's own pack, and packs that must not be used. */
class RulePackTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final RulePack BUNDLED = RulePack.bundled();
    private static final String MANIFEST = """
            {"id": "our-ministry", "version": "1", "title": {"ko": "우리 부처", "en": "our ministry"}, "files": [], "digest": "sha256:0"}
            """;
    private static final String VOCABULARY = """
            {"facts": {"ourLogsKept": {"type": "boolean", "group": "public", "label": {"ko": "로그 보관", "en": "logs kept"},
              "question": {"ko": "접속 로그를 보관하나요?", "en": "Are access logs kept?"}}}, "derived": {}, "contradictions": []}
            """;
    private static final String RULE = """
            {"id": "OUR-01", "title": {"ko": "로그", "en": "logs"}, "versions": [
              {"from": "2026-01-01", "to": "2026-06-30", "layer": "NOTICE", "article": {"ko": "훈령 1", "en": "order 1"},
               "who": {"ko": "부서", "en": "units"}, "duty": {"ko": "보관한다", "en": "keep"}, "comply": {"ko": "켠다", "en": "turn on"},
               "evidence": {"ko": "설정", "en": "settings"}, "sanction": "NONE", "confidence": "S", "review": {"state": "draft"},
               "applies": {"is": "stateOrgan"}, "satisfied": {"is": "ourLogsKept"}, "open": [], "sources": []},
              {"from": "2026-07-01", "layer": "NOTICE", "article": {"ko": "훈령 2", "en": "order 2"},
               "who": {"ko": "부서", "en": "units"}, "duty": {"ko": "보관한다", "en": "keep"}, "comply": {"ko": "켠다", "en": "turn on"},
               "evidence": {"ko": "설정", "en": "settings"}, "sanction": "ORDER_THEN_FINE", "confidence": "S", "review": {"state": "draft"},
               "applies": {"is": "stateOrgan"}, "satisfied": {"is": "ourLogsKept"}, "open": [], "sources": []}]}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        write("pack.json", MANIFEST);
        write("vocabulary.json", VOCABULARY);
        write("rules/our/OUR-01.json", RULE);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private RulePack sealed() {
        RulePack.seal(folder);
        return BUNDLED.with(folder);
    }

    private void refused(String ko, String en) {
        RulePack.seal(folder);
        assertThatThrownBy(() -> BUNDLED.with(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ko)
                .hasMessageContaining(en)
                .hasMessageMatching("(?s).*[가-힣].* / The data cannot.*");
    }

    @Test
    void theBundledPackIsSealed() {
        assertThat(BUNDLED.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(BUNDLED.names()).hasSize(1);
    }

    @Test
    void aMinistryAddsRulesAndFacts() {
        RulePack joined = sealed();
        assertThat(joined.rules()).hasSize(BUNDLED.rules().size() + 1);
        assertThat(joined.digest()).isNotEqualTo(BUNDLED.digest());
        ServiceProfile profile =
                ServiceProfile.of("챗봇").with("stateOrgan", true).with("ourLogsKept", false);
        Finding early =
                Assessment.of(profile, joined, LocalDate.of(2026, 6, 30)).finding("OUR-01");
        Finding late = Assessment.of(profile, joined, LocalDate.of(2026, 7, 1)).finding("OUR-01");
        assertThat(early.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(early.failsUnderFine()).isFalse();
        assertThat(late.failsUnderFine()).isTrue();
        assertThat(Assessment.of(profile, joined, LocalDate.of(2025, 12, 31))
                        .finding("OUR-01")
                        .verdict())
                .isEqualTo(Verdict.NOT_IN_FORCE);
    }

    @Test
    void aSignOffHoldsForTheTextThatWasRead() throws IOException {
        String digest = BUNDLED.rule("KR-TR-01").digest();
        write(
                "sign-offs.json",
                "{\"signOffs\": [{\"rule\": \"KR-TR-01\", \"digest\": \"" + digest
                        + "\", \"by\": \"홍길동\", \"on\": \"2026-10-01\"},"
                        + " {\"rule\": \"KR-TR-02\", \"digest\": \"sha256:older\", \"by\": \"홍길동\", \"on\": \"2026-10-01\"}]}");
        RulePack joined = sealed();
        assertThat(joined.rule("KR-TR-01").versions()).allMatch(Rule.Version::reviewed);
        assertThat(joined.rule("KR-TR-02").versions()).noneMatch(Rule.Version::reviewed);
        assertThat(BUNDLED.rule("KR-TR-01").versions()).noneMatch(Rule.Version::reviewed);
    }

    @Test
    void anOldSignOffDoesNotEndOneThatHolds(@TempDir Path other) throws IOException {
        String sign =
                "{\"signOffs\": [{\"rule\": \"KR-TR-01\", \"digest\": \"%s\", \"by\": \"홍길동\", \"on\": \"2026-10-01\"}]}";
        write("sign-offs.json", sign.formatted(BUNDLED.rule("KR-TR-01").digest()));
        Files.writeString(other.resolve("pack.json"), MANIFEST.replace("our-ministry", "another"));
        Files.writeString(other.resolve("sign-offs.json"), sign.formatted("sha256:older"));
        RulePack.seal(other);
        assertThat(sealed().with(other).rule("KR-TR-01").versions()).allMatch(Rule.Version::reviewed);
    }

    @Test
    void aGraceThatIsThereAlreadyIsRefused() throws IOException {
        write("policies/ours.json", """
                {"G1": {"kind": "policy", "title": {"ko": "가", "en": "a"}, "text": {"ko": "나", "en": "b"}, "from": "2020-01-01",
                  "sources": [], "review": {"state": "draft"}}}
                """);
        refused("이미 있는 유예입니다: G1", "this grace is there already: G1");
    }

    @Test
    void aWaiverAcceptsOneFindingUntilADay() throws IOException {
        write("waivers.json", """
                {"waivers": [{"rule": "OUR-01", "service": "챗봇", "by": "김국장", "reason": "11월에 켭니다",
                  "from": "2026-11-01", "until": "2026-11-21"}]}
                """);
        RulePack joined = sealed();
        ServiceProfile profile =
                ServiceProfile.of("챗봇").with("stateOrgan", true).with("ourLogsKept", false);
        Finding waived = Assessment.of(profile, joined, DAY).finding("OUR-01");
        assertThat(waived.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(waived.waiver().by()).isEqualTo("김국장");
        assertThat(waived.failsUnderFine()).isFalse();
        assertThat(Assessment.of(profile, joined, DAY.plusDays(1))
                        .finding("OUR-01")
                        .failsUnderFine())
                .isTrue();
        ServiceProfile other =
                ServiceProfile.of("다른 것").with("stateOrgan", true).with("ourLogsKept", false);
        assertThat(Assessment.of(other, joined, DAY).finding("OUR-01").waiver()).isNull();
    }

    @Test
    void aChangeAfterSealingIsSeen() throws IOException {
        RulePack.seal(folder);
        write("rules/our/OUR-01.json", RULE.replace("훈령 2", "훈령 3"));
        assertThatThrownBy(() -> BUNDLED.with(folder))
                .hasMessageContaining("pack.json")
                .hasMessageContaining("digest가 맞지 않습니다")
                .hasMessageContaining("does not match");
    }

    @Test
    void overlappingVersionsAreRefused() throws IOException {
        write("rules/our/OUR-01.json", RULE.replace("\"to\": \"2026-06-30\"", "\"to\": \"2026-07-01\""));
        refused("판이 겹칩니다", "versions overlap");
        write("rules/our/OUR-01.json", RULE.replace("\"to\": \"2026-06-30\", ", ""));
        refused("판이 겹칩니다", "versions overlap");
    }

    @Test
    void aRuleOrFactThatIsThereAlreadyIsRefused() throws IOException {
        write("rules/our/KR-TR-01.json", RULE.replace("OUR-01", "KR-TR-01"));
        refused("이미 있는 규칙", "is there already");
        Files.delete(folder.resolve("rules/our/KR-TR-01.json"));
        write("vocabulary.json", VOCABULARY.replace("ourLogsKept", "isGenerative"));
        refused("이미 있는 사실", "is there already");
        write("vocabulary.json", "{\"facts\": [], \"derived\": {}}");
        refused("객체({ })여야 합니다", "must be an object");
    }

    @Test
    void aConditionOutsideTheLanguageIsRefused() throws IOException {
        write("rules/our/OUR-01.json", RULE.replace("{\"is\": \"ourLogsKept\"}", "{\"matches\": \".*\"}"));
        refused("모르는 조건", "unknown condition");
        write("rules/our/OUR-01.json", RULE.replace("{\"is\": \"ourLogsKept\"}", "{\"is\": \"ourLogKept\"}"));
        refused("ourLogKept (ourLogsKept", "not in the vocabulary");
        write("rules/our/OUR-01.json", RULE.replace("{\"is\": \"ourLogsKept\"}", "{\"all\": []}"));
        refused("비어 있습니다", "is empty");
        write("rules/our/OUR-01.json", RULE.replace("{\"is\": \"ourLogsKept\"}", "{\"in\": {\"outputType\": []}}"));
        refused("in이 비어 있습니다", "in is empty");
        write("rules/our/OUR-01.json", RULE.replace("\"sanction\"", "\"sanctoin\""));
        refused("모르는 이름입니다: sanctoin", "unknown key: sanctoin");
        write("rules/our/OUR-01.json", RULE.replace("\"layer\"", "\"call\": \"yes\", \"layer\""));
        refused("true나 false여야", "must be true or false");
        String open = "\"open\": [{\"about\": \"Duty\", \"reason\": {\"ko\": \"가\", \"en\": \"a\"}}]";
        write("rules/our/OUR-01.json", RULE.replace("\"open\": []", open));
        refused("duty, sanction, date", "duty, sanction or date");
    }

    @Test
    void factsThatPresupposeEachOtherAreRefused() throws IOException {
        write(
                "vocabulary.json",
                VOCABULARY.replace(
                        "\"derived\": {}",
                        "\"derived\": {\"a\": {\"label\": {\"ko\": \"가\", \"en\": \"a\"}, \"when\": {\"is\": \"b\"}},"
                                + " \"b\": {\"label\": {\"ko\": \"나\", \"en\": \"b\"}, \"when\": {\"not\": {\"is\": \"a\"}}}}"));
        refused("서로를 전제하는", "presuppose each other");
    }

    @Test
    void aPathOutOfTheFolderIsRefused() throws IOException {
        write("pack.json", MANIFEST.replace("[]", "[\"../secret.json\"]"));
        assertThatThrownBy(() -> BUNDLED.with(folder)).hasMessageContaining("no path inside the folder");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        RulePack.seal(folder);
        Files.delete(folder.resolve("vocabulary.json"));
        assertThatThrownBy(() -> BUNDLED.with(folder))
                .hasMessageContaining("vocabulary.json")
                .hasMessageContaining("cannot be read");
    }
}
