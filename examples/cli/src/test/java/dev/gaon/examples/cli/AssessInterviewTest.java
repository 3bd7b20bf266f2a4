package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.law.Fact;
import dev.gaon.gov.law.Interview;
import dev.gaon.gov.law.Rule;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaon assess --interview}: through a pipe, as a person would type. */
class AssessInterviewTest {

    private static final RulePack PACK = RulePack.bundled();
    private static final LocalDate DAY = LocalDate.parse(AssessCommandTest.DAY);
    private static final Predicate<Rule> ACT = rule -> rule.law().equals("ai-basic-act");

    @TempDir
    Path folder;

    private Cli.Result interview(String input, String... more) {
        String[] words = Stream.concat(
                        Stream.of("assess", "--interview", "--as-of", AssessCommandTest.DAY), Stream.of(more))
                .toArray(String[]::new);
        return Cli.run(input, Map.of("LANG", "ko_KR.UTF-8"), words);
    }

    private String out() {
        return folder.resolve("답.json").toString();
    }

    private static ServiceProfile read(String file) throws IOException {
        return ServiceProfile.parse(Files.readString(Path.of(file)));
    }

    private static Interview begin() {
        return Interview.of(ServiceProfile.of("챗봇"), PACK, DAY, ACT);
    }

    /** What a person would type who knows the facts of {@code truth} and no others. */
    private static List<String> typed(ServiceProfile truth, Predicate<Rule> scope) {
        List<String> lines = new ArrayList<>(List.of(truth.service()));
        Interview interview = Interview.of(ServiceProfile.of(truth.service()), PACK, DAY, scope);
        for (Fact fact = interview.next(); fact != null; fact = interview.next()) {
            Object answer = truth.facts().get(fact.name());
            if (answer == null) {
                lines.add("모름");
                interview = interview.skip(fact);
            } else {
                lines.add(
                        answer instanceof Boolean truthful
                                ? truthful ? "예" : "n"
                                : answer instanceof String word
                                        ? ""
                                                + (List.copyOf(fact.values().keySet())
                                                                .indexOf(word)
                                                        + 1)
                                        : answer.toString());
                interview = interview.answer(fact, answer);
            }
        }
        return lines;
    }

    @Test
    void theAnswersBecomeTheProfileAndItsAssessment() throws Exception {
        ServiceProfile truth = ServiceProfile.parse(Files.readString(AssessCommandTest.CHATBOT));
        List<String> lines = typed(truth, rule -> true);

        Cli.Result result =
                interview(String.join("\n", lines) + "\n", "--scope", "all", "--out", out(), "--lang", "ko");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("더 물을 것이 없습니다.");
        ServiceProfile told = read(out());
        assertThat(truth.facts()).containsAllEntriesOf(told.facts());
        assertThat(told.facts().size())
                .isGreaterThan(30)
                .isLessThan(truth.facts().size());
        assertThat(result.out()).startsWith("과태료가 걸린 의무 1개를 지키지 않고 있습니다. 4개는");
        assertThat(Files.list(folder)).containsExactly(Path.of(out()));
        Cli.Result json = interview(String.join("\n", lines).toUpperCase(Locale.ROOT), "--scope", "all", "--json");
        assertThat(json.json().path("failsUnderFine").asBoolean()).isTrue();
    }

    @Test
    void eachQuestionSaysWhyAndWhatItTakes() {
        Fact first = begin().next();
        Cli.Result result = interview("챗봇\n어쩌면\n\n예\n끝\n", "--out", out());

        assertThat(result.err())
                .containsSubsequence(
                        "서비스의 이름",
                        "1. " + first.question().ko().substring(0, 10),
                        "[" + first.name() + "]",
                        "왜: KR-",
                        "예(y) 아니요(n)",
                        "답으로 읽을 수 없습니다. 될 수 있는 것: 예(y) 아니요(n)",
                        "답으로 읽을 수 없습니다.",
                        "→ 예",
                        "2. ",
                        "여기서 멈춥니다.",
                        "(답 1개)");
        assertThat(result.exit()).isEqualTo(3);
    }

    @Test
    void theEndOfInputStopsAndSaves() throws Exception {
        Interview begun = begin();
        assertThat(interview("챗봇\ny", "--out", out()).exit()).isEqualTo(3);
        assertThat(read(out())).isEqualTo(begun.answer(begun.next(), true).profile());
    }

    @Test
    void backUndoesAndSkipLeavesUnknown() throws Exception {
        Interview begun = begin();
        Fact first = begun.next();
        Fact second = begun.answer(first, true).next();

        Cli.Result result = interview("챗봇\n뒤로\ny\n뒤로\nn\n?\n끝\n", "--out", out());

        assertThat(result.err()).contains("처음 질문입니다.", "앞 질문으로", "→ 모름");
        assertThat(read(out()).facts()).containsExactly(Map.entry(first.name(), false));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void anInterviewGoesOnWhereItStopped() throws Exception {
        interview("챗봇\ny\n끝\n", "--out", out());
        ServiceProfile before = read(out());

        Cli.Result more = interview("n\n", out(), "--out", out());

        assertThat(more.err()).doesNotContain("서비스의 이름");
        assertThat(read(out()).facts()).hasSize(before.facts().size() + 1).containsAllEntriesOf(before.facts());
    }

    @Test
    void noOtherFileIsReplaced() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "mine");
        for (String profile : List.of("", AssessCommandTest.CHATBOT.toString())) {
            Cli.Result refused = profile.isEmpty()
                    ? interview("챗봇\ny\n", "--out", other.toString())
                    : interview("y\n", profile, "--out", other.toString());
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("이미 있는 파일입니다").doesNotContain("1. ");
            assertThat(other).hasContent("mine");
        }
        assertThat(interview("챗봇\n", "--out", folder.resolve("none/x.json").toString())
                        .err())
                .contains("폴더가 없습니다");
        assertThat(interview("챗봇\n", "--out", folder.toString()).err()).contains("파일이 아니라 폴더입니다");
        assertThat(Files.list(folder)).containsExactly(other);
    }

    @Test
    void withoutAFileTheProfileIsShown() {
        Cli.Result result = interview("챗봇\ny\n");
        assertThat(result.err()).contains("--out이 없어", "\"service\" : \"챗봇\"");
        assertThat(result.out()).contains("챗봇 · 2026-11-21 기준");
    }

    @Test
    void whoNeverAnswersIsNotAskedForEver() throws Exception {
        Cli.Result result = interview("챗봇\ny\n" + "글쎄\n".repeat(500), "--out", out());
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err().split("답으로 읽을 수 없습니다", -1)).hasSize(21);
        assertThat(read(out()).facts()).hasSize(1);
    }

    @Test
    void noNameNoProfile() {
        for (String input : List.of("", "\n  \n", "\n".repeat(500) + "챗봇\n")) {
            Cli.Result result = interview(input, "--out", out());
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("이름을 읽기 전에", "저장하지 않았습니다");
            assertThat(Path.of(out())).doesNotExist();
        }
    }

    @Test
    void anAnswerThatContradictsIsAskedAgain() throws Exception {
        ServiceProfile nearly = ServiceProfile.parse(Files.readString(AssessCommandTest.CHATBOT))
                .without("noticeMethod");
        Fact method = PACK.fact("noticeMethod");
        assertThat(Interview.of(nearly, PACK, DAY, ACT).next()).isEqualTo(method);
        String profile = Files.writeString(folder.resolve("nearly.json"), nearly.toJson())
                .toString();

        Cli.Result result = interview("none\nscreen_or_device\n", profile, "--out", out());

        assertThat(result.err()).contains("서로 맞지 않는 사실입니다");
        assertThat(read(out()).facts()).containsEntry("noticeMethod", "SCREEN_OR_DEVICE");
    }

    @Test
    void answersAreReadAsPeopleWriteThem() {
        Fact money = PACK.fact("revenueKrw");
        assertThat(Answers.read(money, "1,200,000")).isEqualTo(1_200_000.0);
        assertThat(Answers.read(money, "120만")).isEqualTo(1_200_000.0);
        assertThat(Answers.read(money, "1.5억 원")).isEqualTo(150_000_000.0);
        assertThat(Answers.read(money, "1조")).isEqualTo(1e12);
        assertThat(Answers.read(money, "1e26")).isEqualTo(1e26);
        assertThat(Answers.shown(money, 1_200_000.0)).isEqualTo("1,200,000 KRW");
        assertThat(Answers.shown(PACK.fact("trainFlop"), 1e26)).isEqualTo("1E+26 FLOP");
        for (String none : List.of("-1", "많음", "1,2,3개월", "", "NaN", "Infinity", "1e999", ",")) {
            assertThat(Answers.read(money, none)).as(none).isNull();
        }
        Fact choice = PACK.fact("outputType");
        assertThat(Answers.read(choice, "1")).isEqualTo("TEXT");
        assertThat(Answers.read(choice, "image")).isEqualTo("IMAGE");
        assertThat(Answers.read(choice, choice.values().get("VIDEO").ko())).isEqualTo("VIDEO");
        for (String none : List.of("0", "8", "99", "예", "")) {
            assertThat(Answers.read(choice, none)).as(none).isNull();
        }
        Fact truth = PACK.fact("isGenerative");
        assertThat(List.of("예", "네", "Y", "YES", "true"))
                .allMatch(word -> Boolean.TRUE.equals(Answers.read(truth, word)));
        assertThat(List.of("아니요", "아니오", "N", "no", "false"))
                .allMatch(word -> Boolean.FALSE.equals(Answers.read(truth, word)));
        assertThat(Answers.read(truth, "1")).isNull();
    }

    @Test
    void aScopeThatIsNoLawIsRefused() {
        Cli.Result result = interview("챗봇\n", "--scope", "ai-basic");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("ai-basic-act, ", "public-ai");
    }
}
