package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies may do around a call, and what becomes of the call when they do more. */
class PolicyTest extends HostileCase {

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
        assertThat(failure.message(Locale.ENGLISH)).contains("policy");
        recorded("incomplete", "incomplete");
    }

    static final class Twice implements Policy {
        @Override
        public void intercept(Chain chain, Consumer<ChatDelta> out) {
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
        GaonChatModel model = model(
                b -> b.policy((chain, out) -> {
                    throw new IllegalStateException("budget gone");
                }),
                server);
        assertThat(catchThrowable(() -> say(model))).isInstanceOf(IllegalStateException.class);
        assertThat(server.requests()).isZero();
        assertThat(record().state()).isEqualTo("failed");
    }

    @Test
    void policiesRunInOrderAndTheirNotesAreKept() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        List<String> order = new CopyOnWriteArrayList<>();
        GaonChatModel model = model(b -> b.policy(named("outer", order)).policy(named("inner", order)), server);
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

    /** A guard that tells the caller who answered, once before the request leaves and once after the reply came. */
    static final class Teller implements Guard {
        @Override
        public Decision mayServe(Endpoint endpoint, CallContext context) {
            return Decision.allow();
        }

        @Override
        public void intercept(Chain chain, Consumer<ChatDelta> out) {
            chain.notice("asked");
            chain.proceed(chain.request(), out);
            chain.notice("answered-by=" + chain.endpoint());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatPoliciesAndGuardsTellReachesTheCallerOnce(boolean streaming) throws Exception {
        RawServer full = server(v -> v.json(503, "{}"));
        RawServer server =
                streaming ? server(v -> v.stream().text("답").finish()) : server(v -> v.json(200, Wire.whole("답")));
        Policy outer = (chain, out) -> {
            chain.notice("budget-left=3");
            chain.proceed(chain.request(), out);
            chain.notice("budget-left=3");
        };
        GaonChatModel model = model(b -> b.limits(once()).policy(outer).guard(new Teller()), full, server);
        GaonResponseMetadata metadata;
        if (streaming) {
            Heard heard = stream(model);
            heard.ended();
            metadata = (GaonResponseMetadata) heard.completed.get(0).metadata();
        } else {
            metadata = (GaonResponseMetadata) model.chat(request()).metadata();
        }
        assertThat(metadata.notices()).containsExactly("budget-left=3", "asked", "answered-by=" + server.url());
        assertThat(record().notes()).isEmpty();
    }

    @Test
    void aNullNoticeIsRefusedWhereItIsGiven() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonChatModel model = model(b -> b.policy((chain, out) -> chain.notice(null)), server);
        assertThat(catchThrowable(() -> say(model)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("notice");
        assertThat(server.requests()).isZero();
    }

    @Test
    void aPolicyMayAnswerByItself() {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonChatModel model = model(
                b -> b.policy((chain, out) -> {
                    out.accept(new ChatDelta.Text("모아 둔 답"));
                    out.accept(new ChatDelta.Finish(FinishReason.STOP, "cache"));
                }),
                server);
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
}
