package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** However a reply ends, the caller hears one end and the record closes once, in the right state. */
class TerminalTest extends HostileCase {

    @Test
    void aStreamWithItsFinishIsComplete() throws Exception {
        RawServer server = server(v -> v.stream().event(Wire.role()).text("안").text("녕").finish());
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
        assertThat(failure.message(java.util.Locale.KOREAN)).contains("끝맺음 없이");
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
        assertThat(streamed(model(server(v -> v.stream().text("절반").event("[DONE]")))).kind())
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
        RawServer server = server(v -> v.stream().text("절반").event(Wire.error("gpu_lost", "device fell off the bus"))
                .finish());
        CallFailure failure = streamed(model(server));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.providerCode()).isEqualTo("gpu_lost");
        assertThat(failure.message(java.util.Locale.ENGLISH)).contains("device fell off the bus");
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
        RawServer server = server(v -> v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
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
        RawServer server = server(v -> v.stream().text("참").event("{\"choices\":[{\"delta\":{\"content\":\"거짓\"}}]} x").finish());
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

    @Test
    void aPolicyThatSwallowsTheEndMakesTheCallIncomplete() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        Policy swallow = (chain, out) -> chain.proceed(chain.request(), delta -> {
            if (!(delta instanceof ChatDelta.Finish)) {
                out.accept(delta);
            }
        });
        CallFailure failure = blocking(model(b -> b.policy(swallow), server));
        assertThat(failure.kind()).isEqualTo("incomplete");
        assertThat(failure.message(java.util.Locale.ENGLISH)).contains("policy");
        recorded("incomplete", "incomplete");
    }

    static final class Twice implements Policy {
        @Override
        public void intercept(Chain chain, java.util.function.Consumer<ChatDelta> out) {
            chain.proceed(chain.request(), out);
            chain.proceed(chain.request(), out);
        }
    }

    @Test
    void aPolicyThatProceedsTwiceIsRefusedByName() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        CallFailure failure = blocking(model(b -> b.policy(new Twice()), server));
        assertThat(failure.kind()).isEqualTo("policy-error");
        assertThat(failure.getMessage()).contains(Twice.class.getName());
        assertThat(server.requests()).isOne();
        recorded("failed", "policy-error");
    }

    @Test
    void whatAPolicyThrowsEndsTheCall() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonChatModel model = model(b -> b.policy((chain, out) -> {
            throw new IllegalStateException("budget gone");
        }), server);
        assertThat(catchThrowable(() -> say(model))).isInstanceOf(IllegalStateException.class);
        assertThat(server.requests()).isZero();
        assertThat(record().state()).isEqualTo("failed");
    }

    @Test
    void policiesRunInOrderAndTheirNotesAreKept() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        List<String> order = new java.util.concurrent.CopyOnWriteArrayList<>();
        GaonChatModel model = model(
                b -> b.policy(named("outer", order)).policy(named("inner", order)), server);
        assertThat(say(model)).isEqualTo("답");
        assertThat(order).containsExactly("outer in", "inner in", "inner out", "outer out");
        assertThat(record().notes()).containsEntry("outer", "1").containsEntry("inner", "1");
    }

    private static Policy named(String name, List<String> order) {
        return (chain, out) -> {
            order.add(name + " in");
            chain.note(name, "1");
            chain.proceed(chain.request(), out);
            order.add(name + " out");
        };
    }

    @Test
    void aDeadPolicyMayAnswerByItself() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonChatModel model = model(b -> b.policy((chain, out) -> {
            out.accept(new ChatDelta.Text("모아 둔 답"));
            out.accept(new ChatDelta.Finish(dev.langchain4j.model.output.FinishReason.STOP, "cache"));
        }), server);
        assertThat(say(model)).isEqualTo("모아 둔 답");
        assertThat(server.requests()).isZero();
        assertThat(record().attempts()).isEmpty();
    }

    @Test
    void theTotalDeadlineHoldsBeforeAnythingIsSent() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonChatModel model = model(
                b -> b.limits(deadlines(1000, 1000, 1000, 40)).policy((chain, out) -> {
                    long until = System.nanoTime() + Duration.ofMillis(60).toNanos();
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    chain.proceed(chain.request(), out);
                }),
                server);
        CallFailure failure = blocking(model);
        assertThat(failure.kind()).isEqualTo("deadline-total");
        assertThat(failure.retryable()).isTrue();
        assertThat(server.accepted()).isZero();
        recorded("failed", "deadline-total");
    }

    @Test
    void nothingOfLangChain4jsExceptionsIsLost() throws Exception {
        CallFailure failure = streamed(model(server(v -> v.stream().text("절반"))));
        assertThat(failure.getCause()).isNull();
        assertThat(new NonRetriableException("x")).isInstanceOf(RuntimeException.class);
        ChatResponse ok = model(server(v -> v.json(200, Wire.whole("답")))).chat(request());
        assertThat(ok.tokenUsage().totalTokenCount()).isEqualTo(8);
    }
}
