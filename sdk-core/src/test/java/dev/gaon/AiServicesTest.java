package dev.gaon;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's services over Gaon: they work, and who asks reaches guards and records in each of them. */
class AiServicesTest {

    private static final CallContext.Level OPEN = new CallContext.Level(1, "O");
    private static final CallContext.Level SENSITIVE = new CallContext.Level(2, "S");
    private static final CallContext.Level CONFIDENTIAL = new CallContext.Level(3, "C");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The context that the model itself has. */
    private static final CallContext MODEL =
            CallContext.EMPTY.withProject("archive").withUser("service").withLevel(SENSITIVE);

    private final ScriptedServer server = new ScriptedServer();
    private final RecordSink.InMemory records = RecordSink.inMemory(100);
    private final Witness guard = new Witness();
    private final Gaon gaon = server.gaon().guard(guard).records(records).build();

    @AfterEach
    void close() {
        gaon.close();
        server.close();
    }

    /** Admits everything and remembers for whom. */
    private static final class Witness implements Guard {
        private final List<CallContext> seen = new CopyOnWriteArrayList<>();

        @Override
        public Decision mayServe(Endpoint endpoint, CallContext context) {
            seen.add(context);
            return Decision.allow();
        }
    }

    record Capital(String city, String country) {}

    interface Assistant {
        String chat(String text);

        String chatWith(@UserMessage String text, ChatRequestParameters parameters);

        Capital capital(String text);

        Capital capitalWith(@UserMessage String text, ChatRequestParameters parameters);

        TokenStream stream(String text);

        TokenStream streamWith(@UserMessage String text, ChatRequestParameters parameters);
    }

    static final class Calculator {
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Tool
        int add(@P("the first number") int a, @P("the second number") int b) {
            asked.add(a + "+" + b);
            return a + b;
        }
    }

    /** What a service can do, with per-call parameters or, where they are null, without; and how many calls it takes. */
    enum Way {
        PLAIN(1) {
            @Override
            void run(GaonChatModel model, ChatRequestParameters parameters) {
                Assistant assistant = AiServices.create(Assistant.class, model);
                assertThat(parameters == null ? assistant.chat("hi") : assistant.chatWith("hi", parameters))
                        .isEqualTo("You said: hi");
            }
        },
        TOOLS(2) {
            @Override
            void run(GaonChatModel model, ChatRequestParameters parameters) {
                Calculator calculator = new Calculator();
                Assistant assistant = AiServices.builder(Assistant.class)
                        .chatModel(model)
                        .tools(calculator)
                        .build();
                assertThat(parameters == null ? assistant.chat(SUM) : assistant.chatWith(SUM, parameters))
                        .isEqualTo("The tools say: 5.");
                assertThat(calculator.asked).containsExactly("2+3");
            }
        },
        STRUCTURED(1) {
            @Override
            void run(GaonChatModel model, ChatRequestParameters parameters) {
                Assistant assistant = AiServices.create(Assistant.class, model);
                String question = "Which capital?";
                assertThat(
                                parameters == null
                                        ? assistant.capital(question)
                                        : assistant.capitalWith(question, parameters))
                        .isEqualTo(new Capital("Berlin", "Germany"));
            }
        },
        STREAMING(1) {
            @Override
            void run(GaonChatModel model, ChatRequestParameters parameters) throws Exception {
                Assistant assistant = AiServices.builder(Assistant.class)
                        .streamingChatModel(model.streaming())
                        .build();
                Streamed streamed = new Streamed(
                        parameters == null
                                ? assistant.stream("hi there")
                                : assistant.streamWith("hi there", parameters));
                assertThat(streamed.response().aiMessage().text()).isEqualTo("You said: hi there");
                assertThat(streamed.pieces).containsExactly("You", " said:", " hi", " there");
                assertThat(streamed.response().metadata()).isInstanceOf(GaonResponseMetadata.class);
            }
        },
        STREAMING_TOOLS(2) {
            @Override
            void run(GaonChatModel model, ChatRequestParameters parameters) throws Exception {
                Calculator calculator = new Calculator();
                Assistant assistant = AiServices.builder(Assistant.class)
                        .streamingChatModel(model.streaming())
                        .tools(calculator)
                        .build();
                Streamed streamed = new Streamed(
                        parameters == null ? assistant.stream(SUM) : assistant.streamWith(SUM, parameters));
                assertThat(streamed.response().aiMessage().text()).isEqualTo("The tools say: 5.");
                assertThat(calculator.asked).containsExactly("2+3");
                assertThat(streamed.response().metadata()).isInstanceOf(GaonResponseMetadata.class);
            }
        },
        MEMORY(2) {
            @Override
            void run(GaonChatModel model, ChatRequestParameters parameters) {
                Assistant assistant = AiServices.builder(Assistant.class)
                        .chatModel(model)
                        .chatMemory(MessageWindowChatMemory.withMaxMessages(10))
                        .build();
                String told = "my name is Dasom";
                String asked = "What is my name?";
                assertThat(parameters == null ? assistant.chat(told) : assistant.chatWith(told, parameters))
                        .isEqualTo("You said: my name is Dasom");
                assertThat(parameters == null ? assistant.chat(asked) : assistant.chatWith(asked, parameters))
                        .isEqualTo("Your name is Dasom.");
            }
        };

        private static final String SUM = "Please call add {\"a\": 2, \"b\": 3}";

        private final int calls;

        Way(int calls) {
            this.calls = calls;
        }

        abstract void run(GaonChatModel model, ChatRequestParameters parameters) throws Exception;
    }

    /** A token stream that was read to its end. */
    private static final class Streamed {
        private final List<String> pieces = new CopyOnWriteArrayList<>();
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        Streamed(TokenStream stream) {
            stream.onPartialResponse(pieces::add)
                    .onCompleteResponse(end::complete)
                    .onError(end::completeExceptionally)
                    .start();
        }

        ChatResponse response() throws Exception {
            return end.get(10, SECONDS);
        }
    }

    private GaonChatModel model() {
        return gaon.chat(ScriptedServer.MODEL)
                .with(GaonParameters.builder().context(MODEL).build());
    }

    private static GaonParameters asking(CallContext context) {
        return GaonParameters.builder().context(context).sessionKey("s").build();
    }

    /** Every request of the way was judged and recorded for this context. */
    private void assertReached(Way way, CallContext expected) throws Exception {
        assertThat(guard.seen).hasSize(way.calls).containsOnly(expected);
        assertThat(records.records()).hasSize(way.calls);
        for (CallRecord record : records.records()) {
            JsonNode context = JSON.readTree(record.toJson()).path("context");
            assertThat(record.state()).isEqualTo("ok");
            assertThat(context.path("project").textValue()).isEqualTo(expected.project());
            assertThat(context.path("user").textValue()).isEqualTo(expected.user());
            assertThat(context.path("purpose").textValue()).isEqualTo(expected.purpose());
            assertThat(context.path("level").textValue())
                    .isEqualTo(
                            expected.level() == null ? null : expected.level().name());
        }
        assertThat(server.requests()).hasSize(way.calls);
    }

    @ParameterizedTest
    @EnumSource
    void theModelsContextReachesGuardAndRecordWithoutParameters(Way way) throws Exception {
        way.run(model(), null);
        assertReached(way, MODEL);
    }

    @ParameterizedTest
    @EnumSource
    void theModelsContextReachesThemWithCommonParameters(Way way) throws Exception {
        way.run(model(), ChatRequestParameters.builder().temperature(0.5).build());
        assertReached(way, MODEL);
        assertThat(server.requests())
                .allMatch(request -> request.path("temperature").asDouble() == 0.5);
    }

    @ParameterizedTest
    @EnumSource
    void aCallsContextRefinesTheModelsAndCannotLowerItsLevel(Way way) throws Exception {
        way.run(
                model(),
                asking(CallContext.EMPTY.withUser("caller").withPurpose("audit").withLevel(OPEN)));
        assertReached(way, MODEL.withUser("caller").withPurpose("audit"));
    }

    @ParameterizedTest
    @EnumSource
    void aCallsContextMayRaiseTheLevel(Way way) throws Exception {
        way.run(model(), asking(CallContext.EMPTY.withLevel(CONFIDENTIAL)));
        assertReached(way, MODEL.withLevel(CONFIDENTIAL));
    }

    @ParameterizedTest
    @EnumSource
    void aCallsContextReachesThemWhereTheModelHasNone(Way way) throws Exception {
        CallContext caller = CallContext.EMPTY.withUser("caller").withLevel(OPEN);
        way.run(gaon.chat(ScriptedServer.MODEL), asking(caller));
        assertReached(way, caller);
    }

    @Test
    void noCallGoesWhereItsModelsLevelMayNotGo() {
        Endpoint open = Endpoint.of(server.url()).withHighestLevel(OPEN);
        try (Gaon narrow = Gaon.builder()
                .environment(name -> null)
                .endpoint("open-only", open)
                .build()) {
            GaonChatModel sensitive = narrow.chat("open-only")
                    .with(GaonParameters.builder().context(MODEL).build());
            Assistant assistant = AiServices.create(Assistant.class, sensitive);
            GaonParameters lower = asking(CallContext.EMPTY.withLevel(OPEN));
            assertThatThrownBy(() -> assistant.chat("hi")).isInstanceOf(DeniedException.class);
            assertThatThrownBy(() -> assistant.chatWith("hi", lower)).isInstanceOf(DeniedException.class);
            assertThatThrownBy(() -> AiServices.create(Assistant.class, sensitive.with(lower))
                            .chat("hi"))
                    .isInstanceOf(DeniedException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aModelThatIsKnownToKeepToASchemaIsGivenIt() {
        try (Gaon known = Gaon.builder()
                .environment(name -> null)
                .endpoint("solar-pro2", Endpoint.of(server.url()))
                .build()) {
            Assistant assistant = AiServices.create(Assistant.class, known.chat("solar-pro2"));
            assertThat(assistant.capital("Which capital?")).isEqualTo(new Capital("Berlin", "Germany"));
            JsonNode format = server.requests().get(0).path("response_format");
            assertThat(format.path("type").asText()).isEqualTo("json_schema");
            assertThat(format.at("/json_schema/schema/properties").has("country"))
                    .isTrue();
        }
    }
}
