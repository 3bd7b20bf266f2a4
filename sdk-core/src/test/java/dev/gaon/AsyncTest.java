package dev.gaon;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The asynchronous forms, which core 1.20 asks for and core 1.19 does not know. */
class AsyncTest {

    private final ScriptedServer server = new ScriptedServer();
    private final Heard heard = new Heard();
    private final Ended ended = new Ended();
    private Gaon gaon = server.gaon().listener(heard).records(ended).build();
    private final GaonChatModel model = gaon.chat(ScriptedServer.MODEL);

    @AfterEach
    void close() {
        gaon.close();
        server.close();
    }

    /** What a listener heard, in order. */
    private static final class Heard implements ChatModelListener {
        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void onRequest(ChatModelRequestContext context) {
            events.add("request " + context.attributes().getOrDefault("from", "-"));
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            events.add("response " + context.chatResponse().aiMessage().text());
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            events.add("error " + context.error().getClass().getSimpleName());
        }
    }

    /** Hands over each record when it closes. */
    private static final class Ended implements RecordSink {
        private final BlockingQueue<CallRecord> records = new LinkedBlockingQueue<>();

        @Override
        public void opened(CallRecord record) {}

        @Override
        public void closed(CallRecord record) {
            records.add(record);
        }
    }

    private static ChatRequest asking(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    @Test
    void hasExactlyTheSignaturesOfCore120() {
        List<String> own = signatures(GaonChatModel.class);
        String future = "java.util.concurrent.CompletableFuture";
        String response = "<dev.langchain4j.model.chat.response.ChatResponse> ";
        String request = "dev.langchain4j.model.chat.request.ChatRequest";
        assertThat(own)
                .containsExactlyInAnyOrder(
                        future + response + "chatAsync(" + request + ")",
                        future + response + "chatAsync(" + request + ",dev.langchain4j.model.chat.ChatRequestOptions)",
                        future + response + "doChatAsync(" + request + ")",
                        future + "<java.lang.String> chatAsync(java.lang.String)",
                        future + response + "chatAsync(dev.langchain4j.data.message.ChatMessage[])",
                        future + response + "chatAsync(java.util.List<dev.langchain4j.data.message.ChatMessage>)");
        assertThat(own).as("what the core at hand asks for").containsAll(signatures(ChatModel.class));
    }

    private static List<String> signatures(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().endsWith("Async") && !method.isSynthetic())
                .map(method -> method.getGenericReturnType() + " " + method.getName() + "("
                        + String.join(
                                ",",
                                Stream.of(method.getGenericParameterTypes())
                                        .map(java.lang.reflect.Type::getTypeName)
                                        .toList())
                        + ")")
                .toList();
    }

    @Test
    void leavesNoDefaultOfTheCoreThatSaysAsynchronousIsNotSupported() {
        assertThat(hooksNotOverridden(ChatModel.class, GaonChatModel.class)).isEmpty();
        assertThat(hooksNotOverridden(StreamingChatModel.class, StreamingView.class))
                .isEmpty();
        assertThat(hooksNotOverridden(EmbeddingModel.class, GaonEmbeddingModel.class))
                .isEmpty();
    }

    /** The core's own naming: a model implements what begins with "do". */
    private static List<Method> hooksNotOverridden(Class<?> contract, Class<?> ours) {
        return Stream.of(contract.getMethods())
                .filter(method -> method.getName().startsWith("do"))
                .filter(method -> Stream.of(ours.getDeclaredMethods())
                        .noneMatch(own -> own.getName().equals(method.getName())
                                && List.of(own.getParameterTypes()).equals(List.of(method.getParameterTypes()))))
                .toList();
    }

    @Test
    void answersInEveryForm() throws Exception {
        UserMessage hi = UserMessage.from("hi");
        List<CompletableFuture<ChatResponse>> futures = List.of(
                model.chatAsync(asking("hi")),
                model.chatAsync(asking("hi"), ChatRequestOptions.EMPTY),
                model.chatAsync(hi),
                model.chatAsync(List.of(hi)),
                model.doChatAsync(asking("hi")));
        for (CompletableFuture<ChatResponse> future : futures) {
            ChatResponse response = future.get(10, SECONDS);
            assertThat(response.aiMessage().text()).isEqualTo("You said: hi");
            assertThat(response.metadata()).isInstanceOf(GaonResponseMetadata.class);
        }
        assertThat(model.chatAsync("hi").get(10, SECONDS)).isEqualTo("You said: hi");
    }

    @Test
    void tellsListenersOnceAndAppliesDefaults() throws Exception {
        GaonChatModel brief =
                model.with(GaonParameters.builder().maxOutputTokens(2).build());
        ChatRequestOptions options = ChatRequestOptions.builder()
                .listenerAttributes(Map.of("from", "here"))
                .build();
        assertThat(brief.chatAsync(asking("hi"), options)
                        .get(10, SECONDS)
                        .aiMessage()
                        .text())
                .isEqualTo("You said:");
        assertThat(heard.events).containsExactly("request here", "response You said:");
    }

    @Test
    void failsThroughTheFuture() throws Exception {
        try (Gaon refused = server.gaon()
                .listener(heard)
                .credential(server.url(), Credential.of("wrong"))
                .build()) {
            CompletableFuture<ChatResponse> future =
                    refused.chat(ScriptedServer.MODEL).chatAsync(asking("hi"));
            assertThatThrownBy(() -> future.get(10, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthenticationException.class);
            assertThat(heard.events).containsExactly("request -", "error AuthenticationException");
        }
    }

    @Test
    void neverThrowsInsteadOfFailingTheFuture() {
        GaonChatModel catalogued = gaon.chat("embedded-extractive");
        ChatRequest unknown = ChatRequest.builder()
                .messages(UserMessage.from("hi"))
                .modelName("no-such-model")
                .build();
        assertThat(catalogued.doChatAsync(unknown))
                .failsWithin(java.time.Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ModelNotFoundException.class);
        assertThat(catalogued.chatAsync(unknown))
                .failsWithin(java.time.Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ModelNotFoundException.class);
        gaon.close();
        assertThat(model.chatAsync(asking("hi")))
                .failsWithin(java.time.Duration.ofSeconds(10))
                .withThrowableThat()
                .havingCause()
                .satisfies(e -> assertThat(CallFailure.of(e))
                        .get()
                        .extracting(CallFailure::kind)
                        .isEqualTo("closed"));
    }

    @Test
    void cancellingTheFutureEndsTheExchangeAndIsNoErrorToListeners() throws Exception {
        CompletableFuture<ChatResponse> future = model.chatAsync(asking(ScriptedServer.STAY_OPEN));
        server.held().get(10, SECONDS);
        assertThat(future.cancel(true)).isTrue();
        server.hungUp().get(10, SECONDS);
        assertThat(ended.records.poll(10, SECONDS).state()).isEqualTo("cancelled");
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        gaon.close(); // waits for the call's thread
        assertThat(heard.events).containsExactly("request -");
    }

    @Test
    void cancellingTheFutureOfDoChatAsyncEndsTheExchange() throws Exception {
        CompletableFuture<ChatResponse> future = model.doChatAsync(asking(ScriptedServer.STAY_OPEN));
        server.held().get(10, SECONDS);
        future.cancel(true);
        server.hungUp().get(10, SECONDS);
        assertThat(ended.records.poll(10, SECONDS).state()).isEqualTo("cancelled");
    }

    @Test
    void cancellingTheSubscriptionOfStreamingEventsEndsTheExchange() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        model.open(asking(ScriptedServer.STAY_OPEN), true).langChainEvents().subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                this.subscription = subscription;
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Object event) {
                events.add(((PartialResponse) event).text());
                subscription.cancel();
            }

            @Override
            public void onError(Throwable error) {
                events.add("error");
            }

            @Override
            public void onComplete() {
                events.add("complete");
            }
        });
        server.hungUp().get(10, SECONDS);
        assertThat(ended.records.poll(10, SECONDS).state()).isEqualTo("cancelled");
        gaon.close(); // waits for the call's thread
        assertThat(events).containsExactly("Once");
    }

    @Test
    void cancellingACallThatWaitsForItsTurnSendsNothing() throws Exception {
        gaon.close();
        gaon = server.gaon()
                .records(ended)
                .limits(Limits.DEFAULT.withConcurrentCalls(1).withQueuedCalls(10))
                .build();
        GaonChatModel narrow = gaon.chat(ScriptedServer.MODEL);
        CompletableFuture<ChatResponse> first = narrow.chatAsync(asking(ScriptedServer.STAY_OPEN));
        server.held().get(10, SECONDS);
        CompletableFuture<ChatResponse> second = narrow.chatAsync(asking("hi"));
        second.cancel(true);
        CallRecord record = ended.records.poll(10, SECONDS);
        assertThat(record.state()).isEqualTo("cancelled");
        assertThat(record.attempts()).isEmpty();
        first.cancel(true);
        server.hungUp().get(10, SECONDS);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void embedsAsynchronouslyWithTheLengthAskedFor() throws Exception {
        GaonEmbeddingModel embedding = (GaonEmbeddingModel) gaon.embedding(ScriptedServer.MODEL);
        EmbeddingRequest request =
                EmbeddingRequest.builder().inputs("one", "two").dimensions(3).build();
        assertThat(embedding.doEmbedAsync(request).get(10, SECONDS).embeddings())
                .hasSize(2)
                .allMatch(vector -> vector.dimension() == 3);
        assertThat(server.requests().get(0).path("dimensions").asInt()).isEqualTo(3);
    }
}
