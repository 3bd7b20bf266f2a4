package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever bytes a server sends for an HTTP reply, a call ends once, with an answer or a failure that says why. */
class WireFuzzTest extends HostileCase {

    private static final Set<String> KINDS = Set.of(
            "unauthorized",
            "forbidden",
            "not-found",
            "invalid-request",
            "unsupported",
            "content-filtered",
            "rate-limited",
            "server-error",
            "overloaded",
            "unknown-outcome",
            "incomplete",
            "provider-error",
            "malformed-reply",
            "unexpected-reply",
            "reply-too-large",
            "redirect-refused",
            "proxy-failed");
    private static final int MOST = 8_000;

    private volatile byte[] reply;
    private RawServer server;
    private GaonChatModel model;

    @BeforeEach
    void serve() {
        server = server(v -> v.send(reply));
        model = model(bounds(), server);
    }

    private static Limits bounds() {
        return deadlines(60_000, 60_000, 60_000, 60_000)
                .withEventBytes(2_000)
                .withReplyBytes(MOST)
                .withInflationRatio(100)
                .withJsonDepth(16);
    }

    @FuzzTest
    void http(byte[] bytes) throws Exception {
        reply = bytes;
        ended(() -> model.chat(request()));
        ended(() -> model.start(request()).future().get(90, TimeUnit.SECONDS));
        server.received().clear();
    }

    @Test
    void mutatedHttp() throws IOException {
        Mutations.of(getClass(), "http", 300, this::http);
    }

    private interface Asking {
        ChatResponse ask() throws Exception;
    }

    private void ended(Asking call) throws Exception {
        ledger.opened.clear();
        ledger.closed.clear();
        try {
            ChatResponse response = call.ask();
            assertThat(response.finishReason()).isNotNull();
            assertThat(response.aiMessage()).isNotNull();
            assertThat(String.valueOf(response.aiMessage().text())).hasSizeLessThanOrEqualTo(MOST);
        } catch (RuntimeException | ExecutionException e) {
            Throwable error = e instanceof ExecutionException ? e.getCause() : e;
            CallFailure failure = facts(error);
            assertThat(failure.kind()).isIn(KINDS);
            assertThat(failure.getMessage()).hasSizeLessThan(2_000).matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*");
        }
        assertThat(ledger.opened).hasSize(1);
        assertThat(ledger.closed).hasSize(1);
    }
}
