package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.CallFailure;
import dev.gaon.Decision;
import dev.gaon.Gaon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GaonCommandTest {

    @Test
    void helpIsInKoreanAndEnglish() {
        for (String[] args : List.of(
                new String[] {"--help"},
                new String[] {"models", "--help"},
                new String[] {"doctor", "-h"},
                new String[] {"chat", "--help"},
                new String[] {"assess", "--help"},
                new String[] {"license", "--help"},
                new String[] {"license", "check", "--help"},
                new String[] {"license", "audit", "--help"},
                new String[] {"label", "--help"},
                new String[] {"label", "verify", "--help"})) {
            Cli.Result result = Cli.run(args);
            assertThat(result.exit()).isZero();
            assertThat(result.out()).contains("옵션 / Options", "--help").doesNotContain("--debug");
            assertThat(result.out().lines())
                    .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(100));
        }
    }

    @Test
    void helpIsReadableInTheCLocaleToo() throws Exception {
        Cli.Result result = Cli.fork(Map.of("LC_ALL", "C"), "--help");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("가온", "명령 / Commands", "one question, one answer");
    }

    @Test
    void versionNamesWhatMatters() {
        assertThat(Cli.run("--version").out()).contains("gaon ", "LangChain4j 1.", "Java ");
    }

    @Test
    void wrongWordsAreExplainedInTheUsersLanguage() {
        Cli.Result unknown = Cli.run("", Map.of("LANG", "ko_KR.UTF-8"), "modles");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("모르는 명령이나 옵션입니다: modles");
        assertThat(unknown.out()).isEmpty();

        Cli.Result option = Cli.run("models", "--jsno");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("--jsno");

        Cli.Result json = Cli.run("models", "--json", "--nope");
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.error().path("kind").asText()).isEqualTo("wrong-use");
        assertThat(json.err()).isEmpty();

        assertThat(Cli.run().exit()).isEqualTo(2);
        assertThat(Cli.run("--lang", "fr", "models").exit()).isEqualTo(2);
        assertThat(Cli.run("--lang", "ko", "modles").err()).contains("모르는 명령");
    }

    @Test
    void theLanguageFollowsTheEnvironment() {
        assertThat(Cli.run("", Map.of("LC_ALL", "C", "LANG", "ko_KR.UTF-8"), "nope")
                        .err())
                .contains("Unknown");
        assertThat(Cli.run("", Map.of("LC_ALL", "", "LANG", "ko_KR.UTF-8"), "nope")
                        .err())
                .contains("모르는");
        assertThat(Cli.run("", Map.of("LANG", "ko_KR.UTF-8"), "--lang=en", "nope")
                        .err())
                .contains("Unknown");
    }

    @Test
    void aRefusalIsAFinding() {
        try (Gaon gaon = Gaon.builder()
                .guard((endpoint, context) -> Decision.deny("r", "안 됩니다.", "Not allowed.", "허락을 받으세요.", "Ask."))
                .build()) {
            Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                    () -> gaon.chat().chat("x"));

            Failure failure = Failure.of(thrown);

            assertThat(CallFailure.of(thrown)).isPresent();
            assertThat(failure.kind()).isEqualTo("denied");
            assertThat(failure.exit()).isEqualTo(1);
            assertThat(failure.message().en()).isEqualTo("Not allowed.");
        }
    }

    @Test
    void messagesAreParted() {
        assertThat(Text.halves("폴더: a / b. / folder: a / b.")).isEqualTo(new Text("폴더: a / b.", "folder: a / b."));
        assertThat(Text.halves("하나 / one")).isEqualTo(new Text("하나", "one"));
        assertThat(Text.halves("one")).isEqualTo(new Text("one", "one"));
        assertThat(Text.halves(null)).isEqualTo(Text.NONE);
    }

    @Test
    void argumentsAreRestoredOnlyIfTheyAreTheSame() {
        String[] seen = {"chat", "??????"};
        assertThat(Arguments.restored(seen, "java\0-jar\0gaon.jar\0chat\0한글\0")).containsExactly("chat", "한글");
        assertThat(Arguments.restored(seen, "java\0chit\0한글\0")).isSameAs(seen);
        assertThat(Arguments.restored(seen, "chat\0한글\0")).isSameAs(seen);
        assertThat(Arguments.restored(new String[] {"chat", ""}, "java\0x\0chat\0\0"))
                .containsExactly("chat", "");
    }

    @Test
    void versionsAreCompared() {
        int[] wanted = {1, 19, 0};
        assertThat(RuntimeChecks.atLeast("1.19.0", wanted)).isTrue();
        assertThat(RuntimeChecks.atLeast("1.20.0-beta30", wanted)).isTrue();
        assertThat(RuntimeChecks.atLeast("2.0", wanted)).isTrue();
        assertThat(RuntimeChecks.atLeast("1.8.0", wanted)).isFalse();
        assertThat(RuntimeChecks.atLeast("1.18.9", wanted)).isFalse();
        assertThat(RuntimeChecks.atLeast("?", wanted)).isTrue();
    }
}
