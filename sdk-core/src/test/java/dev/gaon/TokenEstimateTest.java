package dev.gaon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimate against real tokenizers, on texts that took no part in fitting it. */
class TokenEstimateTest {

    private static String text(String name) throws IOException {
        try (InputStream in = TokenEstimateTest.class.getResourceAsStream("tokens/" + name + ".txt")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static int estimate(String text) {
        return TokenEstimate.OF_ANY.estimateTokenCountInText(text);
    }

    /** Counted by each tokenizer, without what it puts before and after a text. EXAONE's splits words as GPT-2's does. */
    @ParameterizedTest
    @CsvSource({
        "notice,    212, 229, 250, 264, 300, 299",
        "talk,      168, 187, 213, 210, 249, 246",
        "technical, 244, 258, 250, 253, 280, 291",
        "figures,   279, 291, 230, 235, 239, 297",
        "english,   152, 150, 148, 148, 149, 148"
    })
    void itIsWithinThreeTenthsOfEveryTokenizer(
            String name, int exaone, int gemma3, int gpt4o, int llama3, int deepseekV3, int qwen3) throws IOException {
        String text = text(name);
        for (int real : List.of(exaone, gemma3, gpt4o, llama3, deepseekV3, qwen3)) {
            assertThat(estimate(text) / (double) real).as("of %s", real).isCloseTo(1, within(0.3));
            assertThat(real).isBetween(TokenEstimate.least(text), TokenEstimate.most(text));
        }
    }

    @Test
    void itGrowsWithTheTextAndRulersCostOneToken() throws IOException {
        String text = text("notice");
        assertThat(estimate(text + text)).isCloseTo(2 * estimate(text), within(2));
        assertThat(estimate("-".repeat(80))).isEqualTo(1);
        assertThat(estimate("")).isZero();
        assertThat(estimate("가")).isEqualTo(1);
        assertThat(TokenEstimate.least("가")).isZero();
        assertThat(estimate("😀")).isEqualTo(1);
    }

    @Test
    void messagesCostMoreThanTheirWordsAndImagesAreNotCounted() {
        int words = estimate("오늘 날씨는 어떤가요?");
        int message = TokenEstimate.OF_ANY.estimateTokenCountInMessage(UserMessage.from("오늘 날씨는 어떤가요?"));
        assertThat(message).isEqualTo(words + 5);
        assertThat(TokenEstimate.OF_ANY.estimateTokenCountInMessage(
                        UserMessage.from(TextContent.from("오늘 날씨는 어떤가요?"), ImageContent.from("http://x/y.png"))))
                .isEqualTo(message);
        assertThat(TokenEstimate.OF_ANY.estimateTokenCountInMessages(
                        List.of(SystemMessage.from("오늘 날씨는 어떤가요?"), AiMessage.from("오늘 날씨는 어떤가요?"))))
                .isEqualTo(2 * message + 3);
    }
}
