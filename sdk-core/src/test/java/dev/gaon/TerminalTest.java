package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** However a reply ends, the caller hears one end and the record closes once, in the right state. */
class TerminalTest extends HostileCase {

    @Test
    void aStreamWithItsFinishIsComplete() throws Exception {
        RawServer server =
                server(v -> v.stream().event(Wire.role()).text("안").text("녕").finish());
        Heard heard = stream(model(server));
        heard.ended();
        assertThat(heard.errors).isEmpty();
        assertThat(heard.texts).containsExactly("안", "녕");
        assertThat(heard.completed).singleElement().satisfies(r -> {
            assertThat(r.aiMessage().text()).isEqualTo("안녕");
            assertThat(((GaonResponseMetadata) r.metadata()).recordId()).isEqualTo(record().id());
        });
        recorded("ok", null);
        assertThat(record().replySha256()).isEqualTo(Digests.sha256("안녕"));
        assertThat(server.requests()).isOne();
    }

    @Test
    void aStreamThatEndsCleanlyWithoutFinishIsIncomplete() throws Exception {
        RawServer server = server(v -> v.stream().text("절반"));
        CallFailure failure = streamed(model(server));
        assertThat(failure.kind()).isEqualTo("incomplete");
        assertThat(failure.phase()).isEqualTo("reply");
        assertThat(failure.partialText()).isEqualTo("절반");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.message(Locale.KOREAN)).contains("끝맺음 없이");
        recorded("incomplete", "incomplete");
        assertThat(server.requests()).isOne();
    }

    @Test
    void halfAnEventAtTheEndIsNotDelivered() throws Exception {
        String event = Wire.text("거짓");
        RawServer server = server(v -> v.stream().text("참").send("data: " + event.substring(0, event.length() - 4)));
        Heard heard = stream(model(server));
        heard.ended();
        assertThat(facts(heard.errors.get(0)).kind()).isEqualTo("incomplete");
        assertThat(facts(heard.errors.get(0)).partialText()).isEqualTo("참");
        assertThat(heard.texts).containsExactly("참");
        recorded("incomplete", "incomplete");
    }

    @Test
    void aWholeEventWithoutItsBlankLineCounts() throws Exception {
        RawServer server = server(v -> v.stream().text("끝").send("data: " + Wire.finish("stop")));
        Heard heard = stream(model(server));
        heard.ended();
        assertThat(heard.completed).hasSize(1);
    }

    @Test
    void doneWithoutFinishIsIncomplete() throws Exception {
        assertThat(streamed(model(server(v -> v.stream().text("절반").event("[DONE]"))))
                        .kind())
                .isEqualTo("incomplete");
        recorded("incomplete", "incomplete");
    }

    @Test
    void finishWithoutDoneIsComplete() throws Exception {
        Heard heard = stream(model(server(v -> v.stream().text("끝").event(Wire.finish("length")))));
        heard.ended();
        assertThat(heard.completed.get(0).finishReason()).hasToString("LENGTH");
    }

    @Test
    void aResetAfterTheFinishTakesNothingBack() throws Exception {
        CountDownLatch heardIt = new CountDownLatch(1);
        RawServer server = server(v -> {
            v.stream().text("끝").event(Wire.finish("stop"));
            v.await(heardIt);
            v.reset();
        });
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                heardIt.countDown();
            }
        };
        model(server).start(request()).handle(heard);
        heard.ended();
        assertThat(heard.errors).isEmpty();
        assertThat(heard.completed).hasSize(1);
        recorded("ok", null);
    }

    @Test
    void aResetInTheMiddleIsIncompleteWithWhatCame() throws Exception {
        RawServer server = server(v -> {
            v.stream().text("절반");
            v.await(firstHeard);
            v.reset();
        });
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                firstHeard.countDown();
            }
        };
        model(server).start(request()).handle(heard);
        heard.ended();
        CallFailure failure = facts(heard.errors.get(0));
        assertThat(failure.kind()).isEqualTo("incomplete");
        assertThat(failure.partialText()).isEqualTo("절반");
        assertThat(server.requests()).isOne();
    }

    private final CountDownLatch firstHeard = new CountDownLatch(1);

    @Test
    void anErrorInsideAStreamIsTheProvidersError() throws Exception {
        RawServer server = server(v -> v.stream()
                .text("절반")
                .event(Wire.error("gpu_lost", "device fell off the bus"))
                .finish());
        CallFailure failure = streamed(model(server));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.providerCode()).isEqualTo("gpu_lost");
        assertThat(failure.message(Locale.ENGLISH)).contains("device fell off the bus");
        assertThat(failure.partialText()).isEqualTo("절반");
        recorded("failed", "provider-error");
        assertThat(server.requests()).isOne();
    }

    @Test
    void anErrorInsideAWholeReplyIsTheProvidersError() {
        RawServer server = server(v -> v.json(200, Wire.error("quota", "no credit left")));
        assertThat(blocking(model(server)).kind()).isEqualTo("provider-error");
        recorded("failed", "provider-error");
    }

    @Test
    void aWholeReplyCutShortIsIncomplete() {
        String body = Wire.whole("온전한 답");
        RawServer server =
                server(v -> v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                        + body.substring(0, body.length() - 30)));
        CallFailure failure = blocking(model(server));
        assertThat(failure.kind()).isEqualTo("incomplete");
        recorded("incomplete", "incomplete");
    }

    @Test
    void aWholeReplyShorterThanItsLengthIsIncomplete() {
        RawServer server = server(v -> v.send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"id\":\"x\","));
        assertThat(blocking(model(server)).kind()).isEqualTo("incomplete");
        recorded("incomplete", "incomplete");
    }

    @Test
    void malformedJsonInAStreamIsNoText() throws Exception {
        RawServer server = server(v -> v.stream()
                .text("참")
                .event("{\"choices\":[{\"delta\":{\"content\":\"거짓\"}}]} x")
                .finish());
        Heard heard = stream(model(server));
        heard.ended();
        assertThat(facts(heard.errors.get(0)).kind()).isEqualTo("malformed-reply");
        assertThat(heard.texts).containsExactly("참");
        recorded("failed", "malformed-reply");
    }

    @Test
    void aHandlerThatThrowsHearsItAndTheStreamGoesOn() throws Exception {
        RawServer server = server(v -> v.stream().text("하나").text("둘").finish());
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                super.onPartialResponse(piece);
                throw new IllegalStateException("mine " + piece);
            }

            @Override
            public void onError(Throwable error) {
                errors.add(error);
                throw new IllegalStateException("again");
            }
        };
        model(server).start(request()).handle(heard);
        heard.ended();
        assertThat(heard.errors).extracting(Throwable::getMessage).containsExactly("mine 하나", "mine 둘");
        assertThat(heard.completed).hasSize(1);
        recorded("ok", null);
    }

    @Test
    void aHandlerThatBreaksWithAnErrorEndsTheCallOnce() throws Exception {
        RawServer server = server(v -> {
            v.stream().text("하나");
            v.untilClientCloses();
        });
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                throw new AssertionError("mine");
            }
        };
        model(server).start(request()).handle(heard);
        heard.ended();
        assertThat(heard.errors).hasSize(1).first().isInstanceOf(AssertionError.class);
        recorded("failed", "caller-error");
    }
}
