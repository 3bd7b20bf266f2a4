package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each deadline holds, by its own name, with generous bounds on this machine's slowness. */
class DeadlineTest extends HostileCase {

    private static final long SHORT = 300;
    private static final long LONG = 30_000;
    private long began;

    @BeforeEach
    void start() {
        began = System.nanoTime();
    }

    @AfterEach
    void soon() {
        assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(6).toNanos());
    }

    /** A port whose queue is full: connecting to it neither succeeds nor fails. */
    static final class Unanswered implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final List<Socket> queue = new ArrayList<>();

        Unanswered() throws Exception {
            for (int i = 0; i < 8; i++) {
                Socket one = new Socket();
                queue.add(one);
                try {
                    one.connect(new InetSocketAddress("127.0.0.1", socket.getLocalPort()), 100);
                } catch (java.net.SocketTimeoutException full) {
                    return;
                }
            }
        }

        Endpoint endpoint() {
            return Endpoint.of("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
        }

        @Override
        public void close() throws Exception {
            for (Socket one : queue) {
                one.close();
            }
            socket.close();
        }
    }

    private void named(CallFailure failure, String kind, String phase, boolean retryable) {
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.phase()).isEqualTo(phase);
        assertThat(failure.retryable()).isEqualTo(retryable);
        recorded("failed", kind);
    }

    @Test
    void connecting() throws Exception {
        Unanswered port = closing(new Unanswered());
        Limits limits = deadlines(SHORT, LONG, LONG, LONG);
        named(blocking(gaon(b -> b.limits(limits), port.endpoint()).chat("m")), "deadline-connect", "connect", true);
    }

    @Test
    void connectingForAStream() throws Exception {
        Unanswered port = closing(new Unanswered());
        Limits limits = deadlines(SHORT, LONG, LONG, LONG);
        named(streamed(gaon(b -> b.limits(limits), port.endpoint()).chat("m")), "deadline-connect", "connect", true);
    }

    @Test
    void connectingIsTriedAgainAsNothingWasSent() throws Exception {
        Unanswered port = closing(new Unanswered());
        Limits limits = deadlines(SHORT, LONG, LONG, LONG).withAttempts(2).withRetryAfterCap(Duration.ofSeconds(1));
        blocking(gaon(b -> b.limits(limits), port.endpoint()).chat("m"));
        assertThat(record().attempts())
                .extracting(CallRecord.Attempt::outcome)
                .containsExactly("deadline-connect", "deadline-connect");
    }

    @Test
    void theTlsHandshake() {
        RawServer server = server(v -> {});
        Endpoint endpoint = Endpoint.of(server.url().replace("http:", "https:"));
        Limits limits = deadlines(SHORT, LONG, LONG, LONG);
        named(blocking(gaon(b -> b.limits(limits), endpoint).chat("m")), "deadline-connect", "connect", true);
    }

    @Test
    void theTlsHandshakeOfAStream() throws Exception {
        RawServer server = server(v -> {});
        Endpoint endpoint = Endpoint.of(server.url().replace("http:", "https:"));
        Limits limits = deadlines(SHORT, LONG, LONG, LONG);
        named(streamed(gaon(b -> b.limits(limits), endpoint).chat("m")), "deadline-connect", "connect", true);
    }

    @Test
    void firstTokenWhenHeadersNeverCome() throws Exception {
        RawServer server = server(RawServer.Visit::untilClientCloses);
        CallFailure failure = streamed(model(deadlines(LONG, SHORT, LONG, LONG), server));
        named(failure, "deadline-first-token", "wait", false);
        assertThat(failure.message(Locale.KOREAN)).startsWith("첫 토큰이 300밀리초 안에");
        assertThat(failure.message(Locale.ENGLISH)).endsWith("within 300 ms.");
        assertThat(server.requests()).isOne();
    }

    @Test
    void firstTokenWhenHeadersDrip() throws Exception {
        RawServer server = server(v -> {
            v.send("HTTP/1.1 200 OK\r\n");
            drip(v, "X-A: b\r\n");
        });
        named(streamed(model(deadlines(LONG, SHORT, LONG, LONG), server)), "deadline-first-token", "wait", false);
    }

    @Test
    void firstTokenWhenOnlyCommentsCome() throws Exception {
        RawServer server = server(v -> {
            v.stream();
            drip(v, ": keep-alive\n\n");
        });
        named(streamed(model(deadlines(LONG, SHORT, LONG, LONG), server)), "deadline-first-token", "reply", false);
    }

    @Test
    void firstTokenWhenCommentsFlood() throws Exception {
        byte[] comments = ": keep-alive\n\n".repeat(2000).getBytes();
        Limits limits = deadlines(LONG, SHORT, LONG, LONG).withReplyBytes(Long.MAX_VALUE);
        RawServer server = server(v -> v.stream().flood(comments, Long.MAX_VALUE));
        named(streamed(model(limits, server)), "deadline-first-token", "reply", false);
    }

    @Test
    void firstTokenWhenOnlyTheRoleComes() throws Exception {
        RawServer server = server(v -> v.stream().event(Wire.role()).untilClientCloses());
        named(streamed(model(deadlines(LONG, SHORT, LONG, LONG), server)), "deadline-first-token", "reply", false);
    }

    @Test
    void firstTokenWhenOnlyUsageComes() throws Exception {
        RawServer server = server(v -> v.stream()
                .event("{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":0,\"total_tokens\":1}}")
                .untilClientCloses());
        named(streamed(model(deadlines(LONG, SHORT, LONG, LONG), server)), "deadline-first-token", "reply", false);
    }

    @Test
    void betweenTokens() throws Exception {
        RawServer server = server(v -> v.stream().text("절반").untilClientCloses());
        CallFailure failure = streamed(model(deadlines(LONG, LONG, SHORT, LONG), server));
        named(failure, "deadline-between-tokens", "reply", false);
        assertThat(failure.partialText()).isEqualTo("절반");
    }

    @Test
    void betweenTokensMayBeLongerThanFirstToken() throws Exception {
        CountDownLatch wait = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.stream().text("하나");
            wait.await(3 * SHORT, java.util.concurrent.TimeUnit.MILLISECONDS);
            v.text("둘").finish();
        });
        Heard heard = stream(model(deadlines(LONG, SHORT, LONG, LONG), server));
        heard.ended();
        assertThat(heard.errors).isEmpty();
        assertThat(heard.texts).containsExactly("하나", "둘");
    }

    @Test
    void commentsKeepAStreamAlive() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.stream().text("하나");
            for (int i = 0; i < 8; i++) {
                never.await(SHORT / 3, java.util.concurrent.TimeUnit.MILLISECONDS);
                v.send(": alive\n\n");
            }
            v.text("둘").finish();
        });
        Heard heard = stream(model(deadlines(LONG, LONG, SHORT, LONG), server));
        heard.ended();
        assertThat(heard.errors).isEmpty();
    }

    @Test
    void totalOfAStreamThatDrips() throws Exception {
        RawServer server = server(v -> {
            v.stream().text("절반");
            drip(v, ".");
        });
        CallFailure failure = streamed(model(deadlines(LONG, LONG, LONG, 2 * SHORT), server));
        named(failure, "deadline-total", "reply", false);
        assertThat(failure.partialText()).isEqualTo("절반");
    }

    @Test
    void totalOfAWholeReplyThatDrips() {
        RawServer server = server(v -> {
            v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{");
            drip(v, " ");
        });
        named(blocking(model(deadlines(LONG, LONG, LONG, 2 * SHORT), server)), "deadline-total", "reply", false);
    }

    @Test
    void totalWhenNoReplyComes() {
        RawServer server = server(RawServer.Visit::untilClientCloses);
        named(blocking(model(deadlines(LONG, LONG, LONG, SHORT), server)), "deadline-total", "wait", false);
        assertThat(server.requests()).isOne();
    }

    @Test
    void totalWhenAnErrorBodyStalls() {
        RawServer server = server(
                v -> v.send("HTTP/1.1 401 X\r\nContent-Length: 9\r\n\r\n{").untilClientCloses());
        named(blocking(model(deadlines(LONG, LONG, SHORT, LONG), server)), "unauthorized", "wait", false);
    }

    @Test
    void totalBeforeAConnectionStood() throws Exception {
        Unanswered port = closing(new Unanswered());
        Limits limits = deadlines(LONG, LONG, LONG, SHORT);
        named(blocking(gaon(b -> b.limits(limits), port.endpoint()).chat("m")), "deadline-total", "connect", true);
    }

    @Test
    void theDeadlineOfOneCall() {
        RawServer server = server(RawServer.Visit::untilClientCloses);
        GaonChatModel model = model(server);
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(PROMPT))
                .parameters(GaonParameters.builder()
                        .deadline(Duration.ofMillis(SHORT))
                        .build())
                .build();
        named(facts(Assertions.catchThrowable(() -> model.chat(request))), "deadline-total", "wait", false);
    }

    @Test
    void aDeadlineThatHasPassedSendsNothing() throws Exception {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonChatModel hurried = model(server)
                .with(GaonParameters.builder().deadline(Duration.ofNanos(1)).build());
        for (CallFailure failure : List.of(blocking(hurried), streamed(hurried))) {
            assertThat(failure.kind()).isEqualTo("deadline-total");
            assertThat(failure.phase()).isEqualTo("queue");
            assertThat(failure.retryable()).isTrue();
        }
        assertThat(server.accepted()).isZero();
        assertThat(ledger.closed).hasSize(2).allMatch(record -> record.state().equals("failed"));
    }

    @Test
    void totalIncludesTheQueue() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.stream().text("하나");
            busy.countDown();
            v.await(release);
            v.finish();
        });
        GaonChatModel model =
                model(b -> b.limits(Limits.DEFAULT.withConcurrentCalls(1).withQueuedCalls(4)), server);
        Heard first = stream(model);
        arrives(busy);
        GaonChatModel hurried = model.with(
                GaonParameters.builder().deadline(Duration.ofMillis(SHORT)).build());
        CallFailure failure = blocking(hurried);
        assertThat(failure.kind()).isEqualTo("deadline-queue");
        assertThat(failure.phase()).isEqualTo("queue");
        assertThat(failure.retryable()).isTrue();
        release.countDown();
        first.ended();
        assertThat(server.requests()).isOne();
    }

    @Test
    void totalIncludesRetries() {
        RawServer server = server(v -> v.json(503, "{}", "Retry-After: 1"));
        Limits limits = deadlines(LONG, LONG, LONG, 1500).withAttempts(50);
        named(blocking(model(limits, server)), "overloaded", "wait", true);
        assertThat(server.requests()).isEqualTo(2);
    }

    private static void drip(RawServer.Visit visit, String bytes) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            visit.send(bytes);
            never.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }
}
