package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real model in this process, over the path of every other one. */
@ExtendWith(TinyModel.class)
class LlamaTest extends HostileCase {

    private static final String QUESTION = "가온이 뭐예요?";

    @TempDir
    Path folder;

    private Gaon gaon(UnaryOperator<Gaon.Builder> settings) {
        return gaon(builder -> settings.apply(builder.endpoint("tiny", Endpoint.of(TinyModel.FILE))), new Endpoint[0]);
    }

    private GaonChatModel tiny() {
        return tiny(Limits.DEFAULT);
    }

    private GaonChatModel tiny(Limits limits) {
        return gaon(builder -> builder.limits(limits)).chat("tiny");
    }

    private static ChatRequest ask(UnaryOperator<GaonParameters.Builder> settings) {
        return ask(QUESTION, settings);
    }

    private static ChatRequest ask(String question, UnaryOperator<GaonParameters.Builder> settings) {
        GaonParameters.Builder parameters = GaonParameters.builder();
        parameters.temperature(0.0);
        return ChatRequest.builder()
                .messages(UserMessage.from(question))
                .parameters(settings.apply(parameters).build())
                .build();
    }

    private static GaonParameters.Builder tokens(GaonParameters.Builder parameters, int most) {
        parameters.maxOutputTokens(most);
        return parameters;
    }

    /** Generates to the end of its context: some 240 tokens. */
    private static ChatRequest endless() {
        return ask(p -> {
            p.extraBody(Map.of("ignore_eos", true));
            return p;
        });
    }

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

    @Test
    void aSchemaHoldsWhateverTheModelWouldSay() throws Exception {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .addProperty(
                        "도시", JsonEnumSchema.builder().enumValues("서울", "부산").build())
                .addBooleanProperty("수도")
                .addIntegerProperty("인구")
                .required("도시", "수도", "인구")
                .additionalProperties(false)
                .build();
        GaonChatModel tiny = tiny();
        for (int seed = 1; seed <= 5; seed++) {
            int fixed = seed;
            ChatResponse response = tiny.chat(ask("서울을 JSON으로", p -> {
                p.temperature(1.0)
                        .responseFormat(ResponseFormat.builder()
                                .type(ResponseFormatType.JSON)
                                .jsonSchema(JsonSchema.builder()
                                        .name("city")
                                        .rootElement(schema)
                                        .build())
                                .build());
                return tokens(p, 120).extraBody(Map.of("seed", fixed));
            }));
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            String written = """
                    {"type":"object","properties":{"도시":{"enum":["서울","부산"]},"수도":{"type":"boolean"},
                     "인구":{"type":"integer"}},"required":["도시","수도","인구"],"additionalProperties":false}
                    """;
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(written, InputFormat.JSON)
                            .validate(response.aiMessage().text(), InputFormat.JSON))
                    .as(response.aiMessage().text())
                    .isEmpty();
        }
    }

    @Test
    void cancellingEndsTheWorkToo() throws Exception {
        GaonChatModel tiny = tiny();
        ChatCall call = tiny.start(endless());
        List<ChatDelta> heard = new ArrayList<>();
        for (ChatDelta delta : (Iterable<ChatDelta>) () -> new Until(call, heard)) {
            heard.add(delta);
        }

        eventually("the record is closed", () -> ledger.closed.size() == 1);
        recorded("cancelled", "cancelled");
        // One call at a time: this one is served only when the other has left.
        assertThat(tiny.chat(ask(p -> tokens(p, 2))).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    /** Cancels after the third delta. */
    private record Until(ChatCall call, List<ChatDelta> heard, java.util.Iterator<ChatDelta> inner)
            implements java.util.Iterator<ChatDelta> {

        Until(ChatCall call, List<ChatDelta> heard) {
            this(call, heard, call.iterator());
        }

        @Override
        public boolean hasNext() {
            if (heard.size() == 3) {
                call.cancel();
                return false;
            }
            return inner.hasNext();
        }

        @Override
        public ChatDelta next() {
            return inner.next();
        }
    }

    /** What the engine still does after its listener has left. */
    @Test
    void nativeWorkEndsWithTheTokenAtHand() throws Exception {
        LlamaEngine engine = LlamaEngine.open(LlamaFile.of(TinyModel.FILE, false));
        LlamaRequest request =
                LlamaRequest.of(endless(), ModelCard.unknown("m", List.of()), Endpoint.of(TinyModel.FILE));
        List<ChatDelta> all = new ArrayList<>();
        long began = System.nanoTime();
        engine.chat(request, () -> false, all::add);
        long whole = System.nanoTime() - began;
        assertThat(all).hasSizeGreaterThan(100);

        List<ChatDelta> some = new ArrayList<>();
        began = System.nanoTime();
        engine.chat(request, () -> some.size() >= 5, some::add);
        // Served at once: the first request no longer holds the only place.
        engine.chat(request, () -> some.size() >= 10, some::add);
        long cut = System.nanoTime() - began;

        // Each ends with what it used and that it stopped.
        assertThat(some).hasSizeLessThan(14);
        assertThat(cut).isLessThan(whole / 2);
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
    void theDeadlinesHold() throws Exception {
        assertThat(facts(catchThrowable(() -> tiny(Limits.DEFAULT.withTotal(Duration.ofMillis(150)))
                                .chat(ask(p -> {
                                    p.extraBody(Map.of("ignore_eos", true));
                                    return p;
                                }))))
                        .kind())
                .isEqualTo("deadline-total");
    }

    @Test
    void theFirstTokenHasItsDeadline() throws Exception {
        CallFailure failure = streamed(tiny(Limits.DEFAULT.withFirstToken(Duration.ofNanos(1))));
        assertThat(failure.kind()).isEqualTo("deadline-first-token");
        recorded("failed", "deadline-first-token");
    }

    @Test
    void theNextTokenHasItsDeadline() throws Exception {
        CallFailure failure = streamed(tiny(Limits.DEFAULT.withBetweenTokens(Duration.ofNanos(1))));
        assertThat(failure.kind()).isEqualTo("deadline-between-tokens");
        assertThat(failure.partialText()).isNotEmpty();
        recorded("failed", "deadline-between-tokens");
    }

    @Test
    void callsTakeTurns() throws Exception {
        GaonChatModel tiny = tiny();
        String alone = tiny.chat(ask(p -> tokens(p, 40))).aiMessage().text();
        List<CompletableFuture<ChatResponse>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(tiny.chatAsync(ask(p -> tokens(p, 40))));
        }
        for (CompletableFuture<ChatResponse> one : all) {
            assertThat(one.get(20, TimeUnit.SECONDS).aiMessage().text()).isEqualTo(alone);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("gaon-llama"))
                .hasSize(1);
    }

    @Test
    void aCallThatWaitsForItsTurnCanLeave() throws Exception {
        GaonChatModel tiny = tiny();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ChatCall first = tiny.start(endless());
        first.handle(new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                writing.countDown();
                try {
                    go.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        arrives(writing);
        ChatCall second = tiny.start(request());
        Heard nothing = new Heard();
        second.handle(nothing);
        second.cancel();
        eventually(
                "the second is over",
                () -> ledger.closed.stream().anyMatch(r -> r.state().equals("cancelled")));
        assertThat(nothing.texts).isEmpty();
        go.countDown();
        eventually("the first is over", () -> ledger.closed.size() == 2);
        assertThat(ledger.closed).extracting(CallRecord::state).containsExactlyInAnyOrder("cancelled", "ok");
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        Gaon gaon = gaon(builder -> builder);
        Heard heard = new Heard();
        gaon.chat("tiny").start(endless()).handle(heard);
        arrives(heard.first);
        long began = System.nanoTime();
        gaon.close();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
        heard.ended();
        // Written faster than it was closed, or cancelled: one end in any case.
        assertThat(heard.completed.size() + heard.errors.size()).isOne();
        assertThat(facts(catchThrowable(() -> gaon.chat("tiny").chat(ask(p -> p))))
                        .kind())
                .isEqualTo("closed");
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

    /** Native code would end the process over these. */
    @Test
    void aSchemaThatCannotBecomeAGrammarIsRefused() {
        GaonChatModel tiny = tiny();
        for (JsonSchemaElement root : List.of(
                JsonRawSchema.from("{\"type\":\"nonsense\"}"),
                JsonReferenceSchema.builder().reference("nothing").build(),
                JsonObjectSchema.builder()
                        .addProperty(
                                "a",
                                JsonReferenceSchema.builder().reference("b/c").build())
                        .definitions(Map.of("b/c", JsonObjectSchema.builder().build()))
                        .build())) {
            CallFailure failure = facts(catchThrowable(() -> tiny.chat(ask(p -> {
                p.responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(
                                JsonSchema.builder().name("s").rootElement(root).build())
                        .build());
                return p;
            }))));
            assertThat(failure.kind()).isEqualTo("unsupported");
        }
    }

    @Test
    void everyKindOfSchemaBecomesAGrammar() throws Exception {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .addProperty(
                        "r", JsonReferenceSchema.builder().reference("node").build())
                .addProperty(
                        "l",
                        JsonArraySchema.builder().items(new JsonBooleanSchema()).build())
                .addProperty(
                        "n",
                        JsonAnyOfSchema.builder()
                                .anyOf(new JsonNullSchema(), new JsonBooleanSchema())
                                .build())
                .definitions(Map.of(
                        "node",
                        JsonObjectSchema.builder()
                                .addProperty("b", new JsonBooleanSchema())
                                .required("b")
                                .additionalProperties(false)
                                .build()))
                .required("r", "l", "n")
                .additionalProperties(false)
                .build();
        String said = tiny().chat(ask("JSON", p -> {
                    p.temperature(1.0)
                            .responseFormat(ResponseFormat.builder()
                                    .type(ResponseFormatType.JSON)
                                    .jsonSchema(JsonSchema.builder()
                                            .name("all")
                                            .rootElement(schema)
                                            .build())
                                    .build());
                    return tokens(p, 150).extraBody(Map.of("seed", 3));
                }))
                .aiMessage()
                .text();
        assertThat(JsonTree.read(said.getBytes(StandardCharsets.UTF_8)))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("r", "l", "n");
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
}
