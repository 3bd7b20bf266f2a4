package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reasoning that a server without a reasoning parser leaves in the answer's text. */
class InlineThinkingTest {

    private static List<String> parted(Iterable<String> pieces) {
        StringBuilder thinking = new StringBuilder();
        StringBuilder answer = new StringBuilder();
        InlineThinking inline = new InlineThinking(thinking::append, answer::append);
        pieces.forEach(inline::accept);
        inline.end();
        return List.of(thinking.toString(), answer.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "<think>곰곰</think>답|곰곰|답",
                "\"\n <think>\n곰곰\n</think>\n\n답\"|\"\n곰곰\n\"|답",
                "<think></think>답|\"\"|답",
                "<think>곰곰|곰곰|\"\"",
                "<think>a</thin>b</think>c|a</thin>b|c",
                "답 <think>은 태그</think>|\"\"|답 <think>은 태그</think>",
                "<thin|\"\"|<thin",
                "<thinking>x|\"\"|<thinking>x",
                "\"\n\n안녕\"|\"\"|\"\n\n안녕\"",
                "<think>a</think>b<think>c</think>|a|b<think>c</think>",
                "곰곰</think>답|\"\"|곰곰</think>답"
            })
    void whateverTheCuts(String text, String thinking, String answer) {
        assertThat(parted(List.of(text))).containsExactly(thinking, answer);
        List<String> each = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            each.add(text.substring(i, i + 1));
        }
        assertThat(parted(each)).containsExactly(thinking, answer);
        Random random = new Random(text.hashCode());
        for (int round = 0; round < 50; round++) {
            List<String> pieces = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(6));
                pieces.add(text.substring(at, next));
                at = next;
            }
            assertThat(parted(pieces)).containsExactly(thinking, answer);
        }
    }

    /** A model that writes nothing but blank lines is heard, and its lines are not held back to be copied at each one. */
    @Test
    void muchWhiteSpaceIsAnAnswerHoweverItIsCut() {
        String blank = "\n".repeat(256);
        assertThat(parted(List.of(blank + "<think>a</think>b"))).containsExactly("a", "b");
        assertThat(parted(List.of(blank + "\n<think>a</think>b"))).containsExactly("", blank + "\n<think>a</think>b");
        List<String> each = new ArrayList<>(Collections.nCopies(257, "\n"));
        each.add("<think>a</think>b");
        assertThat(parted(each)).containsExactly("", blank + "\n<think>a</think>b");
        List<String> heard = new ArrayList<>();
        InlineThinking inline = new InlineThinking(heard::add, heard::add);
        for (int i = 0; i < 300; i++) {
            inline.accept("\n");
        }
        assertThat(heard).hasSize(44);
    }

    @Test
    void halfACharacterAtTheEndOfReasoningIsNoAnswer() {
        OpenAiReplies.Outcome got =
                OpenAiReplies.read(OpenAiReplies.text("<think>음\\ud83d"), OpenAiReplies.delta("{}", "\"length\""));
        assertThat(got.thinking()).isEqualTo("음\uFFFD");
        assertThat(got.text()).isEmpty();
    }

    @Test
    void aServerThatPartsReasoningItselfMayAnswerWithTheTag() {
        StringBuilder answer = new StringBuilder();
        InlineThinking inline = new InlineThinking(piece -> {}, answer::append);
        inline.partedByServer();
        inline.accept("<think>는 태그");
        assertThat(answer).hasToString("<think>는 태그");
    }

    @Test
    void streamsAndWholeRepliesMeanTheSame() {
        String content = "<think>먼저 \\\"생각\\\"</think>\\n\\n답입니다";
        OpenAiReplies.Outcome stream = OpenAiReplies.read(
                OpenAiReplies.text("<thi"),
                OpenAiReplies.text("nk>먼저 "),
                OpenAiReplies.text("\\\"생각\\\"</"),
                OpenAiReplies.text("think>"),
                OpenAiReplies.text("\\n"),
                OpenAiReplies.text("\\n답"),
                OpenAiReplies.text("입니다"),
                OpenAiReplies.delta("{}", "\"stop\""),
                OpenAiReplies.event("[DONE]"));
        OpenAiReplies.Outcome whole =
                OpenAiReplies.whole("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                        + content + "\"},\"finish_reason\":\"stop\"}]}");
        for (OpenAiReplies.Outcome one : List.of(stream, whole)) {
            assertThat(one.thinking()).isEqualTo("먼저 \"생각\"");
            assertThat(one.text()).isEqualTo("답입니다");
        }
    }
}
