package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guard refuses never leaves; what it lets through is what leaves and what comes back. */
class GuardTest extends HostileCase {

    private static final Decision NO = Decision.deny("law.9", "법이 막습니다", "the law says no", "다른 곳으로", "go elsewhere")
            .withDigest("sha256:aa");
    private static final Decision ASK = Decision.review("law.8", "사람이 봐야 합니다", "a person must look", "물으세요", "ask");

    private static Guard judge(Function<Endpoint, Decision> decision) {
        return (endpoint, context) -> decision.apply(endpoint);
    }

    private final RawServer server = server(v -> v.json(200, Wire.whole("답")));

    private DeniedException denied(GaonChatModel model) {
        DeniedException error = catchThrowableOfType(DeniedException.class, () -> say(model));
        CallFailure failure = facts(error);
        assertThat(failure.kind()).isEqualTo("denied");
        assertThat(failure.retryable()).isFalse();
        assertThat(error.decision().reason(Locale.KOREAN)).isEqualTo(failure.message(Locale.KOREAN));
        return error;
    }

    @Test
    void aRefusalSendsNothing() {
        DeniedException error = denied(model(b -> b.guard(judge(e -> NO)), server));
        assertThat(error.decision()).isSameAs(NO);
        assertThat(error.getMessage()).contains("법이 막습니다", "the law says no", "go elsewhere", "law.9");
        assertThat(server.accepted()).isZero();
        recorded("denied", "denied");
        assertThat(record().attempts()).isEmpty();
        assertThat(record().judgements())
                .containsExactly(new CallRecord.Judgement(server.url(), "DENY", "law.9", "sha256:aa"));
    }

    @Test
    void aStreamIsRefusedToo() throws Exception {
        assertThat(streamed(model(b -> b.guard(judge(e -> NO)), server)).kind()).isEqualTo("denied");
        assertThat(server.accepted()).isZero();
    }

    @Test
    void reviewRefusesAsWell() {
        assertThat(denied(model(b -> b.guard(judge(e -> ASK)), server)).decision())
                .isSameAs(ASK);
        assertThat(server.accepted()).isZero();
    }

    @Test
    void theStrictestGuardWins() {
        DeniedException error = denied(model(
                b -> b.guard(judge(e -> Decision.allow()))
                        .guard(judge(e -> ASK))
                        .guard(judge(e -> NO)),
                server));
        assertThat(error.decision()).isSameAs(NO);
    }

    @Test
    void aGuardThatBreaksStopsTheCall() {
        GaonChatModel model = model(
                b -> b.guard(judge(e -> {
                    throw new IllegalStateException("broken guard");
                })),
                server);
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> say(model)))
                .isNotNull();
        assertThat(server.accepted()).isZero();
        assertThat(record().state()).isEqualTo("failed");
    }

    @Test
    void aRefusedCandidateIsSkipped() {
        RawServer other = server(v -> v.json(200, Wire.whole("다른 곳")));
        GaonChatModel model = model(
                b -> b.guard(judge(e -> e.uri().getPort() == server.port() ? NO : Decision.allow())), server, other);
        assertThat(say(model)).isEqualTo("다른 곳");
        assertThat(server.accepted()).isZero();
        assertThat(record().judgements())
                .extracting(CallRecord.Judgement::verdict)
                .containsExactly("DENY", "ALLOW");
    }

    @Test
    void aFallbackNeverOverridesARefusal() {
        RawServer full = server(v -> v.json(503, "{}"));
        GaonChatModel model = model(
                b -> b.limits(once()).guard(judge(e -> e.uri().getPort() == server.port() ? NO : Decision.allow())),
                full,
                server);
        assertThat(blocking(model).kind()).isEqualTo("overloaded");
        assertThat(full.requests()).isOne();
        assertThat(server.accepted()).isZero();
    }

    @Test
    void theHighestLevelHolds() {
        CallContext.Level open = new CallContext.Level(0, "O");
        CallContext.Level secret = new CallContext.Level(2, "C");
        Gaon gaon = gaon(b -> b, server.endpoint().withHighestLevel(open));
        GaonChatModel model = gaon.chat("m");
        assertThat(say(model)).isEqualTo("답");
        GaonChatModel raised = model.with(GaonParameters.builder()
                .context(CallContext.EMPTY.withLevel(secret))
                .build());
        DeniedException error = catchThrowableOfType(DeniedException.class, () -> say(raised));
        assertThat(error.decision().rule()).isEqualTo("endpoint.highest-level");
        ChatRequest lowered = ChatRequest.builder()
                .messages(UserMessage.from(PROMPT))
                .parameters(GaonParameters.builder()
                        .context(CallContext.EMPTY.withLevel(open))
                        .build())
                .build();
        assertThat(catchThrowableOfType(DeniedException.class, () -> raised.chat(lowered)))
                .isNotNull();
        assertThat(server.requests()).isOne();
    }

    /** Reads what is about to leave, or what came back, and refuses by what it says. */
    record Reader(Predicate<Endpoint> refused, boolean replies) implements Guard {
        @Override
        public Decision mayServe(Endpoint endpoint, CallContext context) {
            return Decision.allow();
        }

        @Override
        public void intercept(Chain chain, Consumer<ChatDelta> out) {
            if (refused.test(chain.endpoint())
                    && !replies
                    && chain.request().toString().contains("PROMPT-MARK")) {
                throw NO.refusal();
            }
            chain.proceed(chain.request(), delta -> {
                if (refused.test(chain.endpoint()) && delta instanceof ChatDelta.Text) {
                    throw NO.refusal();
                }
                out.accept(delta);
            });
        }
    }

    @Test
    void whatARequestSaysIsRefusedBeforeItLeaves() {
        DeniedException error = denied(model(b -> b.guard(new Reader(e -> true, false)), server));
        assertThat(error.decision()).isSameAs(NO);
        assertThat(facts(error).endpoint()).isEqualTo(server.url());
        assertThat(server.accepted()).isZero();
        recorded("denied", "denied");
        assertThat(record().attempts()).isEmpty();
        assertThat(record().judgements())
                .extracting(CallRecord.Judgement::verdict)
                .containsExactly("ALLOW", "DENY");
    }

    @Test
    void aCandidateRefusedByContentIsSkipped() {
        RawServer other = server(v -> v.json(200, Wire.whole("다른 곳")));
        Guard guard = new Reader(e -> e.uri().getPort() == server.port(), false);
        assertThat(say(model(b -> b.guard(guard), server, other))).isEqualTo("다른 곳");
        assertThat(server.accepted()).isZero();
        recorded("ok", null);
    }

    @Test
    void aRefusedReplyIsAskedOfNobodyElse() throws Exception {
        RawServer talker = server(v -> v.stream().text("1").finish());
        RawServer other = server(v -> v.stream().text("2").finish());
        Guard guard = new Reader(e -> e.uri().getPort() == talker.port(), true);
        CallFailure failure = streamed(model(b -> b.guard(guard), talker, other));
        assertThat(failure.kind()).isEqualTo("denied");
        assertThat(failure.phase()).isEqualTo("reply");
        assertThat(talker.requests()).isOne();
        assertThat(other.accepted()).isZero();
        recorded("denied", "denied");
    }

    @Test
    void aPolicyRefusesTheWholeCall() {
        DeniedException error = denied(model(
                b -> b.policy((chain, out) -> {
                    throw ASK.refusal();
                }),
                server));
        assertThat(error.decision()).isSameAs(ASK);
        assertThat(server.accepted()).isZero();
        recorded("denied", "denied");
        assertThat(record().judgements()).containsExactly(new CallRecord.Judgement(null, "REVIEW", "law.8", null));
        assertThat(record().toJson()).contains("law.8");
    }

    @Test
    void aGuardCannotAnswerForAnEmbedding() {
        Guard guard = new Guard() {
            @Override
            public Decision mayServe(Endpoint endpoint, CallContext context) {
                return Decision.allow();
            }

            @Override
            public void intercept(Chain chain, Consumer<ChatDelta> out) {
                out.accept(new ChatDelta.Finish(FinishReason.STOP, "stop"));
            }
        };
        EmbeddingModel model = gaon(b -> b.guard(guard), server.endpoint()).embedding("m");
        assertThat(facts(catchThrowable(() -> model.embed(PROMPT))).kind()).isEqualTo("policy-error");
        recorded("failed", "policy-error");
    }

    @Test
    void whatIsAllowedRefusesNothing() {
        assertThatIllegalStateException().isThrownBy(Decision.allow()::refusal);
    }

    @Test
    void theContextOfTheClientHoldsForEveryCall() {
        CallContext.Level high = new CallContext.Level(2, "C");
        CallContext.Level low = new CallContext.Level(0, "O");
        CallContext base =
                CallContext.EMPTY.withProject("p").withPurpose("base").withLevel(high);
        List<CallContext> asked = new CopyOnWriteArrayList<>();
        Gaon gaon = gaon(
                b -> b.context(base).guard((endpoint, context) -> {
                    asked.add(context);
                    return NO;
                }),
                server.endpoint());
        GaonChatModel model = gaon.chat("m")
                .with(GaonParameters.builder()
                        .context(CallContext.EMPTY.withPurpose("model").withLevel(low))
                        .build());
        assertThat(catchThrowableOfType(DeniedException.class, () -> say(model)))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        DeniedException.class, () -> gaon.embedding("m").embed("글")))
                .isNotNull();
        assertThat(asked).containsExactly(base.withPurpose("model"), base);
        assertThat(ledger.closed).allMatch(record -> record.toJson().contains("\"project\":\"p\""));
        assertThat(server.accepted()).isZero();
    }

    /** Replaces the prompt on its way out and masks a name on its way back. */
    static final class Mask implements Guard {
        @Override
        public Decision mayServe(Endpoint endpoint, CallContext context) {
            return Decision.allow();
        }

        @Override
        public void intercept(Chain chain, Consumer<ChatDelta> out) {
            assertThat(chain.endpoint()).isNotNull();
            ChatRequest masked = chain.request().toBuilder()
                    .messages(UserMessage.from("[가림]"))
                    .build();
            chain.proceed(
                    masked,
                    delta -> out.accept(
                            delta instanceof ChatDelta.Text t
                                    ? new ChatDelta.Text(t.text().replace("홍길동", "***"))
                                    : delta));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheGuardMadeIsWhatLeavesAndComesBack(boolean streaming) throws Exception {
        RawServer talker = streaming
                ? server(v -> v.stream().text("홍길동 씨").text("는 홍길동").finish())
                : server(v -> v.json(200, Wire.whole("홍길동 씨는 홍길동")));
        List<String> seenByPolicy = new CopyOnWriteArrayList<>();
        GaonChatModel model = model(
                b -> b.guard(new Mask()).policy((chain, out) -> {
                    assertThat(chain.endpoint()).isNull();
                    assertThat(chain.streaming()).isEqualTo(streaming);
                    chain.proceed(chain.request(), delta -> {
                        seenByPolicy.add(delta.toString());
                        out.accept(delta);
                    });
                }),
                talker);
        String text;
        if (streaming) {
            Heard heard = stream(model);
            heard.ended();
            assertThat(heard.texts).containsExactly("*** 씨", "는 ***");
            text = heard.completed.get(0).aiMessage().text();
        } else {
            text = say(model);
        }
        assertThat(text).isEqualTo("*** 씨는 ***");
        assertThat(seenByPolicy).noneMatch(delta -> delta.contains("홍길동"));
        assertThat(talker.received().get(0).text()).contains("[가림]").doesNotContain("홍길동", "PROMPT-MARK");
        assertThat(record().replySha256()).isEqualTo(Digests.sha256("*** 씨는 ***"));
    }
}
