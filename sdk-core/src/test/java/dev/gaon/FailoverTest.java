package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that several endpoints serve: they are asked in their order, one that keeps failing last. */
class FailoverTest extends HostileCase {

    private static final RawServer.Script ANSWER = v -> v.json(200, Wire.whole("답"));
    private static final RawServer.Script FULL = v -> v.json(503, "{}", "Retry-After: 0");

    @Test
    void theFirstEndpointServesWhileItIsWell() {
        RawServer own = server(ANSWER);
        RawServer hosted = server(ANSWER);
        GaonChatModel model = model(own, hosted);
        for (int i = 0; i < 5; i++) {
            assertThat(say(model)).isEqualTo("답");
        }
        assertThat(own.requests()).isEqualTo(5);
        assertThat(hosted.requests()).isZero();
    }

    @Test
    void oneThatKeepsFailingIsAskedLastForAWhile() {
        RawServer own = server(FULL);
        RawServer hosted = server(ANSWER);
        GaonChatModel model = model(once(), own, hosted);
        for (int i = 0; i < 10; i++) {
            assertThat(say(model)).isEqualTo("답");
        }
        assertThat(own.requests()).as("asked until it was known to fail").isEqualTo(3);
        assertThat(hosted.requests()).isEqualTo(10);
    }

    @Test
    void askedLastIsNotNever() {
        RawServer own = server(FULL, FULL, FULL, ANSWER);
        RawServer hosted = server(ANSWER, ANSWER, ANSWER, FULL);
        GaonChatModel model = model(once(), own, hosted);
        for (int i = 0; i < 4; i++) {
            assertThat(say(model)).isEqualTo("답");
        }
        assertThat(own.requests()).isEqualTo(4);
        assertThat(hosted.requests()).isEqualTo(4);
    }

    @Test
    void aSingleEndpointIsAlwaysAsked() {
        RawServer own = server(FULL);
        GaonChatModel model = model(once(), own);
        for (int i = 0; i < 6; i++) {
            assertThat(blocking(model).kind()).isEqualTo("overloaded");
        }
        assertThat(own.requests()).isEqualTo(6);
    }

    @Test
    void aCallersMistakeSaysNothingOfTheEndpoint() {
        RawServer own = server(v -> v.json(400, "{}"));
        RawServer hosted = server(ANSWER);
        GaonChatModel model = model(once(), own, hosted);
        for (int i = 0; i < 6; i++) {
            assertThat(blocking(model).kind()).isEqualTo("invalid-request");
        }
        assertThat(own.requests()).isEqualTo(6);
        assertThat(hosted.requests()).isZero();
    }

    private static ChatRequest withTool() {
        return ChatRequest.builder()
                .messages(UserMessage.from(PROMPT))
                .toolSpecifications(ToolSpecification.builder().name("naked").build())
                .build();
    }

    @Test
    void anEndpointThatLacksACapabilityIsSkipped() {
        RawServer picky = server(ANSWER);
        RawServer any = server(ANSWER);
        GaonChatModel model = gaon(
                        b -> b, picky.endpoint().withDialect("clova-compat").withWireModel("m"), any.endpoint())
                .chat("m");
        assertThat(model.chat(withTool()).aiMessage().text()).isEqualTo("답");
        assertThat(picky.accepted()).as("nothing was sent").isZero();
        assertThat(any.requests()).isOne();
    }

    @Test
    void whereNoneTakesTheRequestTheRefusalSaysWhy() {
        RawServer picky = server(ANSWER);
        GaonChatModel model = gaon(
                        b -> b, picky.endpoint().withDialect("clova-compat").withWireModel("m"))
                .chat("m");
        CallFailure failure = facts(catchThrowable(() -> model.chat(withTool())));
        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.getMessage()).contains("naked");
        assertThat(picky.accepted()).isZero();
    }

    @Test
    void anOutageIsToldRatherThanALack() {
        RawServer full = server(FULL);
        RawServer picky = server(ANSWER);
        GaonChatModel model = gaon(
                        b -> b.limits(once()),
                        full.endpoint(),
                        picky.endpoint().withDialect("clova-compat").withWireModel("m"))
                .chat("m");
        assertThat(facts(catchThrowable(() -> model.chat(withTool()))).kind()).isEqualTo("overloaded");
    }

    @Test
    void aLevelThatOneMustNotSeeGoesToTheOther() {
        RawServer open = server(ANSWER);
        RawServer closed = server(ANSWER);
        CallContext.Level secret = new CallContext.Level(3, "C");
        GaonChatModel model = gaon(
                        b -> b.context(CallContext.EMPTY.withLevel(secret)),
                        open.endpoint().withHighestLevel(new CallContext.Level(1, "O")),
                        closed.endpoint().withHighestLevel(secret))
                .chat("m");
        assertThat(say(model)).isEqualTo("답");
        assertThat(open.accepted()).isZero();
        assertThat(closed.requests()).isOne();
    }

    // errors whose meaning is data

    @Test
    void aProvidersOwnTimeToCallAgainIsReadAsEpochSeconds() {
        long then = Instant.now().plusSeconds(3000).getEpochSecond();
        RawServer server = server(v -> v.json(
                429,
                "{\"error\":{\"message\":\"slow down\"}}",
                "X-Upstage-RateLimit-Retry-After-Requests: " + (then - 900),
                "X-Upstage-RateLimit-Retry-After-Tokens: " + then));
        GaonChatModel model = gaon(
                        b -> b, server.endpoint().withDialect("upstage").withWireModel("m"))
                .chat("m");
        CallFailure failure = blocking(model);
        assertThat(failure.kind()).isEqualTo("rate-limited");
        assertThat(failure.retryAfter()).isBetween(Duration.ofSeconds(2900), Duration.ofSeconds(3000));
        assertThat(server.requests()).as("longer than anybody waits").isOne();
    }

    @Test
    void theStandardHeaderCountsFirst() {
        RawServer server = server(
                v -> v.json(429, "{}", "Retry-After: 0", "X-Upstage-RateLimit-Retry-After-Tokens: 9999999999"), ANSWER);
        assertThat(say(gaon(b -> b, server.endpoint().withDialect("upstage").withWireModel("m"))
                        .chat("m")))
                .isEqualTo("답");
    }

    @Test
    void aServerErrorThatMayBeTheCallersFaultInvitesNobodyToRepeatIt() {
        RawServer server = server(
                v -> v.json(500, "{\"error\":{\"code\":500,\"message\":\"bad grammar\",\"type\":\"server_error\"}}"));
        CallFailure failure = blocking(
                gaon(b -> b, server.endpoint().withDialect("llama-cpp")).chat("m"));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isOne();
    }

    @Test
    void codesMeanWhatTheProviderFileSays(@TempDir Path folder) throws Exception {
        Path provider = Files.writeString(folder.resolve("provider.json"), """
                {"id": "coded", "quirks": {"errorKinds": {"E-17": "content-filtered", "E-18": "overloaded"}}}""");
        RawServer server = server(
                v -> v.json(400, "{\"error\":{\"message\":\"no\",\"code\":\"E-17\"}}"),
                v -> v.json(400, "{\"error\":{\"message\":\"no\",\"code\":\"E-18\"}}"));
        GaonChatModel model = gaon(
                        b -> b.catalogue(provider).limits(once()),
                        server.endpoint().withDialect("coded"))
                .chat("m");
        assertThat(blocking(model).kind()).isEqualTo("content-filtered");
        CallFailure busy = blocking(model);
        assertThat(busy.kind()).isEqualTo("overloaded");
        assertThat(busy.retryable()).isTrue();
    }

    @Test
    void theHintNamesTheOnlyEndpoint() {
        RawServer first = server(FULL);
        RawServer second = server(ANSWER);
        GaonChatModel model = model(once(), first, second)
                .with(GaonParameters.builder().endpoint(URI.create(first.url())).build());
        assertThat(blocking(model).kind()).isEqualTo("overloaded");
        assertThat(second.accepted()).isZero();
    }

    /** An endpoint on trial gets one call; one that ended before it was sent must not use that up for good. */
    @Test
    void aGuardThatBreaksTakesNoTrialFromAnEndpoint() {
        Endpoint own = Endpoint.of("http://own.example/v1");
        Endpoint hosted = Endpoint.of("http://hosted.example/v1");
        List<Endpoint> asked = new ArrayList<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        Guard guard = new Guard() {
            @Override
            public Decision mayServe(Endpoint endpoint, CallContext context) {
                if (broken.getAndSet(false)) {
                    throw new IllegalStateException("broken");
                }
                return Decision.allow();
            }
        };
        Router router =
                new Router(List.of(guard), Limits.DEFAULT, endpoint -> (call, at, request, out) -> asked.add(at));
        router.breaker(own).transitionToOpenState();
        router.breaker(own).transitionToHalfOpenState();
        Runnable call = () -> {
            ModelCard model = ModelCard.unknown("m", List.of(own, hosted));
            RunningCall running = new RunningCall(model, request(), CallContext.EMPTY, false, Limits.DEFAULT);
            router.route(running, request(), delta -> {});
        };
        assertThat(catchThrowable(call::run)).hasMessage("broken");
        call.run();
        assertThat(asked).containsExactly(own);
    }
}
