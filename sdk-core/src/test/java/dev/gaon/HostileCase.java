package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every test against a hostile server shares: a secret and a prompt that must appear nowhere, records that must
 * close exactly once, and nothing left open afterwards.
 */
abstract class HostileCase {

    static final String KEY = "sk-hostile-8f3a1c77e2d94b05";
    static final String PROMPT = "홍길동의 건강보험 체납 내역을 요약해 줘 PROMPT-MARK-31";

    final Ledger ledger = new Ledger();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<RawServer> servers = new CopyOnWriteArrayList<>();
    private final List<Gaon> gaons = new CopyOnWriteArrayList<>();
    private final List<Heard> heards = new CopyOnWriteArrayList<>();

    /** A sink that checks that each record opens and closes once. */
    static final class Ledger implements RecordSink {
        final List<CallRecord> opened = new CopyOnWriteArrayList<>();
        final List<CallRecord> closed = new CopyOnWriteArrayList<>();

        @Override
        public void opened(CallRecord record) {
            opened.add(record);
        }

        @Override
        public void closed(CallRecord record) {
            closed.add(record);
        }
    }

    @BeforeEach
    void emptyLog() {
        CapturedLog.clear();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (Gaon gaon : gaons) {
            gaon.close();
            assertThat(gaon.threads().isTerminated())
                    .as("threads of calls have ended")
                    .isTrue();
        }
        for (RawServer server : servers) {
            eventually("connections are closed", () -> server.openConnections() == 0);
        }
        eventually("no thread of a call is left", () -> callThreads() == 0);
        for (RawServer server : servers) {
            assertThat(server.faults()).as("what its scripts did wrong").noneMatch(RawServer::isOfScript);
        }
        for (Heard heard : heards) {
            assertThat(heard.completed.size() + heard.errors.size())
                    .as("ends of one call")
                    .isLessThanOrEqualTo(1);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            clean(thread.getName());
        }
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        for (CallRecord record : ledger.closed) {
            clean(record.toJson());
        }
        assertThat(ledger.closed.stream().map(CallRecord::id))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        ledger.opened.stream().map(CallRecord::id).toList());
        clean(CapturedLog.text());
        assertThat(CapturedLog.text()).doesNotContain("was leaked");
        assertThat(CapturedLog.messages()).allSatisfy(HostileCase::oneLine);
    }

    static long callThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gaon-"))
                .count();
    }

    static void clean(String text) {
        assertThat(text).doesNotContain(KEY, PROMPT, KEY.substring(3, 18), "홍길동의 건강보험", "PROMPT-MARK");
    }

    /** Nothing in it can begin a line, move a cursor or turn the direction of reading. */
    static void oneLine(String text) {
        assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    /** Waits for something that another thread brings about. */
    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Thread.sleep(5);
        }
    }

    static void arrives(CountDownLatch signal) throws InterruptedException {
        assertThat(signal.await(RawServer.PATIENCE_S, TimeUnit.SECONDS))
                .as("a signal came")
                .isTrue();
    }

    RawServer server(RawServer.Script... scripts) {
        return watched(new RawServer(scripts));
    }

    RawServer watched(RawServer server) {
        servers.add(server);
        return closing(server);
    }

    <T extends AutoCloseable> T closing(T thing) {
        opened.push(thing);
        return thing;
    }

    /** A client whose model {@code m} is served by these servers in turn. */
    Gaon gaon(UnaryOperator<Gaon.Builder> settings, Endpoint... endpoints) {
        Gaon.Builder builder = Gaon.builder().records(ledger).environment(name -> null);
        for (Endpoint endpoint : endpoints) {
            builder.endpoint("m", endpoint).credential(endpoint.toString(), Credential.of(KEY));
        }
        Gaon gaon = settings.apply(builder).build();
        gaons.add(gaon);
        return gaon;
    }

    GaonChatModel model(UnaryOperator<Gaon.Builder> settings, RawServer... servers) {
        Endpoint[] endpoints = new Endpoint[servers.length];
        for (int i = 0; i < servers.length; i++) {
            endpoints[i] = servers[i].endpoint();
        }
        return gaon(settings, endpoints).chat("m");
    }

    GaonChatModel model(Limits limits, RawServer... servers) {
        return model(builder -> builder.limits(limits), servers);
    }

    GaonChatModel model(RawServer... servers) {
        return model(builder -> builder, servers);
    }

    static Limits once() {
        return Limits.DEFAULT.withAttempts(1);
    }

    static Limits deadlines(long connect, long firstToken, long betweenTokens, long total) {
        return once().withConnect(Duration.ofMillis(connect))
                .withFirstToken(Duration.ofMillis(firstToken))
                .withBetweenTokens(Duration.ofMillis(betweenTokens))
                .withTotal(Duration.ofMillis(total));
    }

    static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from(PROMPT)).build();
    }

    static String say(GaonChatModel model) {
        return model.chat(request()).aiMessage().text();
    }

    /** The failure of a blocking call. */
    static CallFailure blocking(GaonChatModel model) {
        return facts(catchThrowable(() -> model.chat(request())));
    }

    /** The failure of a streamed call, and that it was the only end. */
    CallFailure streamed(GaonChatModel model) throws InterruptedException {
        return facts(streamedError(model));
    }

    Throwable streamedError(GaonChatModel model) throws InterruptedException {
        Heard heard = stream(model);
        heard.ended();
        assertThat(heard.completed).isEmpty();
        assertThat(heard.errors).hasSize(1);
        return heard.errors.get(0);
    }

    Heard stream(GaonChatModel model) {
        Heard heard = new Heard();
        heards.add(heard);
        model.start(request()).handle(heard);
        return heard;
    }

    /**
     * The facts behind an exception, after checking what holds for each: its type is that of its kind, it names cause and
     * fix in both languages and the phase, on one line, and tells no secret.
     */
    static CallFailure facts(Throwable error) {
        assertThat(error).isInstanceOf(LangChain4jException.class);
        CallFailure failure = CallFailure.of(error).orElseThrow();
        clean(CapturedLog.trace(error));
        clean(failure.toString() + failure.fix(Locale.KOREAN) + failure.fix(Locale.ENGLISH));
        assertThat(failure.message(Locale.KOREAN)).matches("(?s).*[가-힣].*");
        assertThat(failure.message(Locale.ENGLISH)).isNotBlank().isNotEqualTo(failure.message(Locale.KOREAN));
        assertThat(error.getMessage())
                .contains(failure.message(Locale.KOREAN), failure.message(Locale.ENGLISH), failure.kind());
        assertThat(failure.retryable()).isEqualTo(error instanceof RetriableException);
        assertThat(error).isExactlyInstanceOf(type(failure));
        assertThat(failure.phase()).isIn("configure", "queue", "connect", "send", "wait", "reply");
        // A refusal's fix is whatever its guard or policy gives.
        if (!failure.kind().equals("denied")) {
            assertThat(failure.fix(Locale.KOREAN)).matches("(?s).*[가-힣].*");
            assertThat(failure.fix(Locale.ENGLISH)).isNotBlank().isNotEqualTo(failure.fix(Locale.KOREAN));
        }
        oneLine(error.getMessage());
        oneLine(failure.toString());
        return failure;
    }

    private static Class<?> type(CallFailure failure) {
        return switch (failure.kind()) {
            case "missing-key", "unauthorized", "forbidden" -> AuthenticationException.class;
            case "unknown-model", "not-found" -> ModelNotFoundException.class;
            case "invalid-request" -> InvalidRequestException.class;
            case "content-filtered" -> ContentFilteredException.class;
            case "unsupported" -> UnsupportedFeatureException.class;
            case "rate-limited", "queue-full" -> RateLimitException.class;
            case "server-error" -> InternalServerException.class;
            case "overloaded", "connect-failed", "dns-failed" -> RetriableException.class;
            case "deadline-queue", "deadline-connect" -> TimeoutException.class;
            case "deadline-total" ->
                List.of("queue", "connect").contains(failure.phase())
                        ? TimeoutException.class
                        : NonRetriableException.class;
            case "denied" -> DeniedException.class;
            default -> NonRetriableException.class;
        };
    }

    /** The one record of the test, closed. */
    CallRecord record() {
        assertThat(ledger.closed).hasSize(1);
        return ledger.closed.get(0);
    }

    void recorded(String state, String failure) {
        assertThat(record().state()).isEqualTo(state);
        assertThat(record().failure()).isEqualTo(failure);
    }

    /** Everything a handler heard. */
    static class Heard implements StreamingChatResponseHandler {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final List<ChatResponse> completed = new CopyOnWriteArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void onPartialResponse(String piece) {
            texts.add(piece);
            first.countDown();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            completed.add(response);
            end.countDown();
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
            end.countDown();
        }

        void ended() throws InterruptedException {
            arrives(end);
        }
    }
}
