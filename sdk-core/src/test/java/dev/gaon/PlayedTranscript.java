package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.Transcript.Call;
import dev.gaon.Transcript.Fails;
import dev.gaon.Transcript.Sees;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client as its user would make it, against a server that plays one transcript; and what both must have seen. */
final class PlayedTranscript implements AutoCloseable {

    private static final Pattern BLANK_LINE = Pattern.compile("\r?\n\r?\n");
    private static final String KEY = "key-Of.Contract_5f2e9c";

    private final Transcript transcript;
    private final Provider provider;
    private final HostileCase.Ledger ledger = new HostileCase.Ledger();
    private final ReplayServer server;
    private final Gaon gaon;
    private final List<Heard> heards = new ArrayList<>();
    private volatile List<byte[]> next;
    private int calls;

    PlayedTranscript(Transcript transcript, Provider named) {
        this.transcript = transcript;
        this.provider = transcript.told().endpoint() == null ? named : Provider.OWN;
        this.server = ReplayServer.playing(() -> next);
        String dialect = transcript.told().endpoint() == null
                ? named.id()
                : transcript.told().endpoint();
        Gaon.Builder builder = Gaon.builder()
                .environment(name -> null)
                .records(ledger)
                .limits(Limits.DEFAULT.withAttempts(1))
                .credential(base(), Credential.of(KEY))
                .endpoint(
                        transcript.told().model(),
                        Endpoint.of(base())
                                .withDialect(dialect)
                                .withWireModel(transcript.told().wireModel()));
        Path own = Transcript.catalogue(transcript.provider());
        if (own != null) {
            builder.catalogue(own);
        }
        this.gaon = builder.build();
    }

    /** The local server in place of the provider's own host, with the same path. */
    private String base() {
        URI known = provider.baseUrl();
        String path = transcript.told().path();
        return server.origin()
                + (known != null
                        ? known.getPath()
                        : path.substring(
                                0,
                                path.length()
                                        - provider.path("chat", "/chat/completions")
                                                .length()));
    }

    void whole(Chunking chunking) throws Exception {
        Outcome outcome = ask(transcript.onTheWire(chunking), chunking.toString());
        Sees sees = transcript.told().sees();
        if (sees != null) {
            assertThat(outcome.error).as(outcome.how).isNull();
            answered(outcome, sees);
            recorded(outcome, "ok", null);
        } else {
            failed(outcome, transcript.told().fails());
        }
    }

    /** A stream that is cut between two events is never taken for the whole one. */
    void brokenOffAfterEachEvent() throws Exception {
        String all = new String(transcript.reply(), StandardCharsets.ISO_8859_1);
        Matcher blank = BLANK_LINE.matcher(all);
        while (blank.find() && blank.end() < all.length()) {
            Outcome outcome = ask(transcript.brokenOff(blank.end()), "broken off at " + blank.end());
            Sees sees = transcript.told().sees();
            if (outcome.error != null) {
                CallFailure failure = CallFailure.of(outcome.error).orElseThrow();
                boolean reached = sees == null
                        && failure.kind().equals(transcript.told().fails().kind());
                assertThat(reached || failure.kind().equals("incomplete"))
                        .as(outcome.how + ": " + outcome.error)
                        .isTrue();
            } else {
                assertThat(sees).as(outcome.how).isNotNull();
                assertThat(String.valueOf(outcome.response.aiMessage().text()))
                        .as(outcome.how)
                        .isEqualTo(String.valueOf(text(sees)));
                assertThat(outcome.response.finishReason()).as(outcome.how).isEqualTo(sees.finish());
            }
        }
    }

    private Outcome ask(List<byte[]> reply, String how) throws Exception {
        next = reply;
        calls++;
        GaonChatModel model = gaon.chat(transcript.told().model());
        Outcome outcome = new Outcome();
        outcome.how = transcript + " " + how;
        if (transcript.scenario().streaming()) {
            Heard heard = new Heard();
            heards.add(heard);
            model.start(transcript.scenario().request()).handle(heard);
            assertThat(heard.ended.await(20, TimeUnit.SECONDS))
                    .as(outcome.how + " ends")
                    .isTrue();
            outcome.heard = heard;
            outcome.response = heard.completed.isEmpty() ? null : heard.completed.get(0);
            outcome.error = heard.errors.isEmpty() ? null : heard.errors.get(0);
        } else {
            try {
                outcome.response = model.chat(transcript.scenario().request());
            } catch (LangChain4jException e) {
                outcome.error = e;
            }
        }
        assertThat(server.requests()).as(outcome.how + ": requests").hasSize(calls);
        outcome.sent = server.requests().get(calls - 1);
        asked(outcome.sent, outcome.how);
        assertThat(ledger.opened).as(outcome.how).hasSize(calls);
        assertThat(ledger.closed).as(outcome.how).hasSize(calls);
        return outcome;
    }

    private void asked(ReplayServer.Request sent, String how) throws IOException {
        assertThat(sent.line()).as(how).isEqualTo("POST " + transcript.told().path() + " HTTP/1.1");
        assertThat(sent.headers()).as(how).containsEntry("content-type", "application/json");
        assertThat(sent.headers())
                .as(how)
                .containsEntry("accept", transcript.scenario().streaming() ? "text/event-stream" : "application/json");
        if (provider.authHeader() == null) {
            assertThat(sent.headers().values()).as(how).noneMatch(value -> value.contains(KEY));
        } else {
            assertThat(sent.headers())
                    .as(how)
                    .containsEntry(provider.authHeader().toLowerCase(Locale.ROOT), provider.authPrefix() + KEY);
        }
        assertThat(Transcript.JSON.readTree(sent.body()))
                .as(how + ": request")
                .isEqualTo(transcript.told().request());
    }

    private static String text(Sees sees) {
        boolean calls = sees.toolCalls() != null && !sees.toolCalls().isEmpty();
        return sees.text() == null && !calls ? "" : sees.text();
    }

    private static void answered(Outcome outcome, Sees sees) throws IOException {
        ChatResponse response = outcome.response;
        assertThat(response.aiMessage().text()).as(outcome.how).isEqualTo(text(sees));
        assertThat(response.aiMessage().thinking()).as(outcome.how).isEqualTo(sees.thinking());
        assertThat(response.finishReason()).as(outcome.how).isEqualTo(sees.finish());
        TokenUsage usage = sees.usage() == null
                ? null
                : new TokenUsage(
                        sees.usage().get(0), sees.usage().get(1), sees.usage().get(2));
        assertThat(response.tokenUsage()).as(outcome.how).isEqualTo(usage);
        if (sees.id() != null) {
            assertThat(response.id()).as(outcome.how).isEqualTo(sees.id());
        }
        if (sees.model() != null) {
            assertThat(response.modelName()).as(outcome.how).isEqualTo(sees.model());
        }
        toolCalls(outcome, response.aiMessage().toolExecutionRequests(), sees);
        if (outcome.heard != null) {
            assertThat(String.join("", outcome.heard.texts))
                    .as(outcome.how)
                    .isEqualTo(sees.text() == null ? "" : sees.text());
            assertThat(String.join("", outcome.heard.thoughts))
                    .as(outcome.how)
                    .isEqualTo(sees.thinking() == null ? "" : sees.thinking());
            toolCalls(outcome, outcome.heard.calls, sees);
        }
    }

    private static void toolCalls(Outcome outcome, List<ToolExecutionRequest> got, Sees sees) throws IOException {
        List<Call> wanted = sees.toolCalls() == null ? List.of() : sees.toolCalls();
        assertThat(got).as(outcome.how).hasSameSizeAs(wanted);
        assertThat(got.stream().map(ToolExecutionRequest::id)).as(outcome.how).doesNotHaveDuplicates();
        for (int i = 0; i < wanted.size(); i++) {
            ToolExecutionRequest call = got.get(i);
            assertThat(call.name()).as(outcome.how).isEqualTo(wanted.get(i).name());
            assertThat(Transcript.JSON.readTree(call.arguments()))
                    .as(outcome.how)
                    .isEqualTo(wanted.get(i).arguments());
            assertThat(call.id()).as(outcome.how).isNotBlank();
            if (wanted.get(i).id() != null) {
                assertThat(call.id()).as(outcome.how).isEqualTo(wanted.get(i).id());
            }
        }
    }

    private void failed(Outcome outcome, Fails fails) {
        assertThat(outcome.error).as(outcome.how).isNotNull();
        assertThat(outcome.error.getClass().getSimpleName())
                .as(outcome.how + ": " + outcome.error)
                .isEqualTo(fails.exception());
        CallFailure failure = CallFailure.of(outcome.error).orElseThrow();
        assertThat(failure.kind()).as(outcome.how).isEqualTo(fails.kind());
        assertThat(failure.providerCode()).as(outcome.how).isEqualTo(fails.code());
        assertThat(failure.partialText())
                .as(outcome.how)
                .isEqualTo(fails.partialText() == null ? "" : fails.partialText());
        assertThat(failure.retryAfter())
                .as(outcome.how)
                .isEqualTo(fails.retryAfter() == null ? null : Duration.ofSeconds(fails.retryAfter()));
        assertThat(outcome.error.getMessage())
                .as(outcome.how)
                .contains(fails.says() == null ? "" : fails.says())
                .doesNotContain(KEY, Scenario.QUESTION);
        recorded(outcome, failure.kind().equals("incomplete") ? "incomplete" : "failed", failure.kind());
    }

    private void recorded(Outcome outcome, String state, String failure) {
        CallRecord record = ledger.closed.get(calls - 1);
        assertThat(record.state()).as(outcome.how).isEqualTo(state);
        assertThat(record.failure()).as(outcome.how).isEqualTo(failure);
        assertThat(record.attempts()).as(outcome.how).singleElement().satisfies(attempt -> {
            assertThat(attempt.provider()).isEqualTo(provider.id());
            assertThat(attempt.outcome()).isEqualTo(failure == null ? "ok" : failure);
            assertThat(attempt.requestSha256()).isEqualTo(Digests.sha256(outcome.sent.body()));
        });
    }

    /** Each handler heard one end, each record closed once. */
    @Override
    public void close() {
        gaon.close();
        server.close();
        for (Heard heard : heards) {
            assertThat(heard.completed.size() + heard.errors.size())
                    .as(transcript + ": ends of one call")
                    .isEqualTo(1);
        }
        assertThat(ledger.closed.stream().map(CallRecord::id).distinct()).hasSize(calls);
        assertThat(ledger.closed).hasSize(calls);
    }

    /** How one call ended. */
    private static final class Outcome {
        private String how;
        private ReplayServer.Request sent;
        private Heard heard;
        private ChatResponse response;
        private Throwable error;
    }

    /** Everything a handler heard. */
    private static final class Heard implements StreamingChatResponseHandler {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final List<String> thoughts = new CopyOnWriteArrayList<>();
        private final List<ToolExecutionRequest> calls = new CopyOnWriteArrayList<>();
        private final List<ChatResponse> completed = new CopyOnWriteArrayList<>();
        private final List<Throwable> errors = new CopyOnWriteArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void onPartialResponse(String piece) {
            texts.add(piece);
        }

        @Override
        public void onPartialThinking(PartialThinking piece) {
            thoughts.add(piece.text());
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            calls.add(call.toolExecutionRequest());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            completed.add(response);
            ended.countDown();
        }

        @Override
        public void onError(Throwable error) {
            errors.add(error);
            ended.countDown();
        }
    }
}
