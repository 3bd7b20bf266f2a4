package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model in this process, over the path of every other one: what it takes and what it says. */
class LlamaTest extends TinyCase {

    @TempDir
    Path folder;

    @Test
    void answersWithEverythingThatIsToldOfACall() {
        ChatResponse response = tiny().chat(ask(p -> p));

        assertThat(response.aiMessage().text()).isNotBlank();
        assertThat(response.finishReason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
        assertThat(response.tokenUsage().inputTokenCount()).isBetween(5, 40);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
        assertThat(response.modelName()).isEqualTo("tiny");
        GaonResponseMetadata metadata = (GaonResponseMetadata) response.metadata();
        assertThat(metadata.provider()).isEqualTo("in-process");
        assertThat(metadata.endpoint()).isEqualTo("tiny-ko-en-q8_0.gguf");
        recorded("ok", null);
        assertThat(record().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("ok");
            assertThat(attempt.status()).isNull();
        });
        assertThat(record().toJson()).doesNotContain(TinyModel.FILE.getParent().toString());
    }

    @Test
    void aStreamSaysTheSamePieceByPiece() throws Exception {
        GaonChatModel tiny = tiny();
        String whole = tiny.chat(ask(p -> tokens(p, 60))).aiMessage().text();

        List<String> pieces = new ArrayList<>();
        for (ChatDelta delta : tiny.start(ask(p -> tokens(p, 60)))) {
            if (delta instanceof ChatDelta.Text text) {
                pieces.add(text.text());
            }
        }

        assertThat(String.join("", pieces)).isEqualTo(whole);
        assertThat(pieces).hasSizeGreaterThan(5);
    }

    /** At this heat it writes bytes at random, so that most characters come in pieces. */
    @Test
    void noPieceEndsInsideACharacter() {
        GaonChatModel tiny = tiny();
        int halves = 0;
        for (int seed = 1; seed <= 8; seed++) {
            int fixed = seed;
            ChatRequest request = ask("이모지 🦙🇰🇷 읽기 " + seed, p -> {
                p.temperature(10.0).topP(1.0).topK(0);
                return tokens(p, 150).extraBody(Map.of("seed", fixed, "min_p", 0.0, "ignore_eos", true));
            });
            for (ChatDelta delta : tiny.start(request)) {
                if (delta instanceof ChatDelta.Text text) {
                    assertThat(text.text()).isNotEmpty();
                    halves += (int) text.text()
                            .codePoints()
                            .filter(c -> Character.getType(c) == Character.SURROGATE)
                            .count();
                }
            }
        }
        assertThat(halves).isZero();
    }

    @Test
    void aSeedFixesWhatIsSaid() {
        GaonChatModel tiny = tiny();
        List<String> said = new ArrayList<>();
        for (int seed : new int[] {7, 7, 8}) {
            said.add(tiny.chat(ask(p -> {
                        p.temperature(10.0)
                                .topP(1.0)
                                .topK(0)
                                .frequencyPenalty(0.3)
                                .presencePenalty(0.2);
                        return tokens(p, 40).extraBody(Map.of("seed", seed, "min_p", 0.0));
                    }))
                    .aiMessage()
                    .text());
        }
        assertThat(said.get(0)).isEqualTo(said.get(1)).isNotEqualTo(said.get(2));
    }

    @Test
    void stopsBeforeAStopSequence() {
        GaonChatModel tiny = tiny();
        String whole = tiny.chat(ask(p -> tokens(p, 40))).aiMessage().text();
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 3);

        ChatResponse cut = tiny.chat(ask(p -> {
            p.stopSequences(stop);
            return tokens(p, 40);
        }));

        assertThat(cut.aiMessage().text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(cut.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void stopsAtTheMostTokens() {
        ChatResponse response = tiny().chat(ask(p -> tokens(p, 5)));

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
    }

    @Test
    void stopsAtTheEndOfItsContext() {
        ChatResponse response = tiny().chat(endless());

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().totalTokenCount()).isBetween(TinyModel.CONTEXT - 2, TinyModel.CONTEXT + 1);
    }

    /** Read in steps, between which it can be left, and read whole. */
    @Test
    void aLongPromptIsReadInSteps() throws Exception {
        GaonChatModel tiny = tiny();
        ChatRequest request = ask("사과와 배와 감. ".repeat(20), p -> tokens(p, 4));
        ChatResponse first = tiny.chat(request);
        assertThat(first.tokenUsage().inputTokenCount()).isBetween(130, 250);
        assertThat(tiny.chat(request).aiMessage().text())
                .isEqualTo(first.aiMessage().text());
    }

    @Test
    void aFileThatIsNoModelIsRefusedWhileConfiguring() throws Exception {
        Path text = Files.writeString(folder.resolve("page.gguf"), "<html>404</html>");
        assertThatThrownBy(() -> Gaon.builder().endpoint("m", Endpoint.of(text)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("page.gguf", "GGUF 파일이 아닙니다", "it is no GGUF file");
        assertThatThrownBy(() -> Gaon.builder()
                        .endpoint("m", Endpoint.of(folder.resolve("none.gguf")))
                        .build())
                .hasMessageContaining("there is no such file");
    }

    /** Cut in its last tensor, which only llama.cpp can tell, and changed behind our back. */
    @Test
    void aFileThatCannotBeLoadedIsAClearFailure() throws Exception {
        byte[] bytes = Files.readAllBytes(TinyModel.FILE);
        Path cut = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(bytes, bytes.length - 1));
        GaonChatModel model = gaon(b -> b, Endpoint.of(cut)).chat("m");
        CallFailure failure = blocking(model);
        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.getMessage()).contains("cut.gguf");

        Files.write(cut, Arrays.copyOf(bytes, 1000));
        assertThat(blocking(model).getMessage()).contains("cut.gguf", "잘렸습니다");

        Files.write(cut, bytes);
        assertThat(model.chat(ask(p -> tokens(p, 3))).aiMessage().text()).isNotEmpty();
    }

    @Test
    void aPromptThatDoesNotFitIsRefusedWithoutBeingRepeated() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from((PROMPT + " ").repeat(60)))
                .build();
        CallFailure failure = facts(catchThrowable(() -> tiny().chat(request)));
        assertThat(failure.kind()).isEqualTo("invalid-request");
        assertThat(failure.getMessage()).contains(String.valueOf(TinyModel.CONTEXT));
    }

    @Test
    void systemMessagesAndTurnsGoThroughTheTemplateOfTheFile() {
        GaonChatModel tiny = tiny();
        int bare = tiny.chat(ask(p -> tokens(p, 1))).tokenUsage().inputTokenCount();
        int both = tiny.chat(ChatRequest.builder()
                        .messages(SystemMessage.from("짧게 답하세요."), UserMessage.from(QUESTION))
                        .maxOutputTokens(1)
                        .build())
                .tokenUsage()
                .inputTokenCount();
        assertThat(both).isGreaterThan(bare);
    }

    @Test
    void anotherModelNameIsNotAnsweredByThisFile() {
        assertThatThrownBy(() -> tiny().chat(ask(p -> {
                    p.modelName("gpt-oss-120b-x");
                    return p;
                })))
                .isInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void toolsAreRefused() {
        ToolSpecification tool = ToolSpecification.builder().name("w").build();
        CallFailure failure = facts(catchThrowable(() -> tiny().chat(ask(p -> {
            p.toolSpecifications(tool);
            return p;
        }))));
        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.getMessage()).contains("도구를 부르지 않습니다", "it does not call tools");
        assertThat(record().attempts()).extracting(CallRecord.Attempt::outcome).containsExactly("unsupported");
    }

    @Test
    void aGuardSeesItAsAnyOtherEndpoint() {
        List<String> seen = new ArrayList<>();
        Guard guard = new Guard() {
            @Override
            public Decision mayServe(Endpoint endpoint, CallContext context) {
                seen.add(endpoint.uri().getScheme() + " " + endpoint.dialect());
                return Decision.deny("no-files", "안 됩니다.", "No.", "다른 것을 쓰세요.", "Use another.");
            }
        };
        GaonChatModel model = gaon(b -> b.guard(guard)).chat("tiny");
        assertThat(facts(catchThrowable(() -> model.chat(ask(p -> p)))).kind()).isEqualTo("denied");
        assertThat(seen).containsExactly("file llama-cpp-in-process");
    }

    /** As many characters as tokens would not fit an int. */
    @Test
    void aLongPromptIsCutWhereItsTokensAre() {
        assertThat(LlamaEngine.share("가".repeat(600_000), 8_000, 8_100)).hasSize(592_592);
    }
}
