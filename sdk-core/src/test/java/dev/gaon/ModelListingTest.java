package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gaon.Models.Listed;
import dev.langchain4j.model.output.FinishReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What live servers say they serve, and what becomes of servers that say something else. */
class ModelListingTest extends HostileCase {

    /** As vLLM 0.24 answers, shortened. */
    private static final String VLLM = """
            {"object":"list","data":[{"id":"K-intelligence/Midm-2.0-Base-Instruct","object":"model","created":1763000000,
            "owned_by":"vllm","root":"/models/midm","parent":null,"max_model_len":32768,
            "permission":[{"id":"modelperm-1","allow_sampling":true,"organization":"*"}]},
            {"id":"lora-ko","object":"model","parent":"K-intelligence/Midm-2.0-Base-Instruct","max_model_len":null}]}""";

    private static final String FRIENDLI = """
            {"data":[{"id":"LGAI-EXAONE/K-EXAONE-236B-A23B","name":"K-EXAONE","context_length":262144,
            "max_completion_tokens":262144,"functionality":{"tool_call":true},"pricing":{"input":0.2}}]}""";

    private static final String UPSTAGE =
            "{\"object\":\"list\",\"data\":[{\"id\":\"solar-pro4\",\"object\":\"model\",\"owned_by\":\"upstage\"}]}";

    private List<Listed> listed(String body) {
        RawServer server = server(v -> v.json(200, body));
        return gaon(b -> b, server.endpoint()).models().listed(server.endpoint());
    }

    private CallFailure failing(Limits limits, RawServer.Script script) {
        RawServer server = server(script);
        Gaon gaon = gaon(b -> b.limits(limits), server.endpoint());
        return facts(catchThrowable(() -> gaon.models().listed(server.endpoint())));
    }

    @Test
    void eachServerTellsWhatItTells() {
        assertThat(listed(VLLM))
                .containsExactly(
                        new Listed("K-intelligence/Midm-2.0-Base-Instruct", 32_768), new Listed("lora-ko", null));
        assertThat(listed(FRIENDLI)).containsExactly(new Listed("LGAI-EXAONE/K-EXAONE-236B-A23B", 262_144));
        assertThat(listed(UPSTAGE)).containsExactly(new Listed("solar-pro4", null));
        assertThat(listed("[{\"id\":\"a\"}]")).containsExactly(new Listed("a", null));
        assertThat(listed("{\"data\":[]}")).isEmpty();
    }

    @Test
    void itIsAskedLikeEveryOtherCall() {
        RawServer server = server(v -> v.json(200, UPSTAGE, "X-Request-Id: list-1"));
        Gaon gaon = gaon(b -> b.guard((endpoint, context) -> Decision.allow()), server.endpoint());
        assertThat(gaon.models().listed(server.endpoint())).hasSize(1);
        Received request = server.received().get(0);
        assertThat(request.line()).isEqualTo("GET /v1/models HTTP/1.1");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.header("Content-Type")).isNull();
        recorded("ok", null);
        assertThat(record().judgements()).hasSize(1);
        CallRecord.Attempt attempt = record().attempts().get(0);
        assertThat(attempt.requestId()).isEqualTo("list-1");
        assertThat(attempt.requestSha256()).as("nothing was posted").isNull();
    }

    @Test
    void aProviderIsAskedAtItsOwnAddressWithItsKey() {
        CallFailure failure = facts(catchThrowable(() -> gaon(b -> b).models().listed("upstage")));
        assertThat(failure.kind()).isEqualTo("missing-key");
        assertThat(failure.getMessage()).contains("UPSTAGE_API_KEY");
        assertThat(ledger.opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-provider", "vllm", "embedded", "../x"})
    void aProviderWithoutAnAddressIsNotAsked(String provider) {
        CallFailure failure = facts(catchThrowable(() -> gaon(b -> b).models().listed(provider)));
        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.getMessage()).contains(provider);
        assertThat(ledger.opened).isEmpty();
    }

    @Test
    void aGuardCannotAnswerInTheServersPlace() {
        RawServer server = server(v -> v.json(200, UPSTAGE));
        Guard guard =
                DocumentCase.watching((chain, out) -> out.accept(new ChatDelta.Finish(FinishReason.STOP, "stop")));
        Gaon gaon = gaon(b -> b.guard(guard), server.endpoint());
        assertThat(facts(catchThrowable(() -> gaon.models().listed(server.endpoint())))
                        .kind())
                .isEqualTo("policy-error");
        recorded("failed", "policy-error");
        assertThat(server.accepted()).isZero();
    }

    @Test
    void aServerMayBeNamedByItsKind() {
        RawServer server = server(v -> v.json(200, VLLM));
        Models models = gaon(b -> b, server.endpoint()).models();
        assertThat(models.listed(server.endpoint().withDialect("vllm"))).hasSize(2);
        assertThat(record().attempts().get(0).provider()).isEqualTo("vllm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> models.listed(server.endpoint().withDialect("vlmm")))
                .withMessageContaining("vlmm");
    }

    @Test
    void aRefusalSendsNothing() {
        RawServer server = server(v -> v.json(200, UPSTAGE));
        Decision no = Decision.deny("rule.1", "안 됩니다", "no", "다른 곳", "elsewhere");
        Gaon gaon = gaon(b -> b.guard((endpoint, context) -> no), server.endpoint());
        assertThat(facts(catchThrowable(() -> gaon.models().listed(server.endpoint())))
                        .kind())
                .isEqualTo("denied");
        assertThat(server.accepted()).isZero();
        recorded("denied", "denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"models\":[]}",
                "{\"data\":{}}",
                "{\"data\":[1]}",
                "{\"data\":[{\"object\":\"model\"}]}",
                "{\"data\":[{\"id\":\" \"}]}",
                "{\"data\":[{\"id\":[]}]}",
                "{\"data\":[{\"id\":\"a\",\"id\":\"b\"}]}",
                "{\"data\":[]} x",
                "\"models\"",
                "<html>login</html>"
            })
    void whatIsNoListIsMalformed(String body) {
        CallFailure failure = failing(once(), v -> v.json(200, body));
        assertThat(failure.kind()).isEqualTo("malformed-reply");
        recorded("failed", "malformed-reply");
    }

    @Test
    void aListThatBreaksOffIsIncomplete() {
        assertThat(failing(once(), v -> v.json(200, "{\"data\":[{\"id\":\"a\"}"))
                        .kind())
                .isEqualTo("incomplete");
    }

    @Test
    void aListCutAnywhereIsNone() {
        byte[] whole = VLLM.getBytes(StandardCharsets.UTF_8);
        RawServer server = server(v -> DocumentCase.cut(v, whole));
        Models models = gaon(b -> b, server.endpoint()).models();
        for (int i = 0; i < whole.length; i++) {
            assertThat(facts(catchThrowable(() -> models.listed(server.endpoint())))
                            .kind())
                    .isIn("malformed-reply", "incomplete");
        }
    }

    @Test
    void aListWithoutEndIsCutOff() {
        CallFailure failure = failing(once().withReplyBytes(1 << 20), v -> {
            v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"data\":[");
            v.flood(" ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 1L << 30);
        });
        assertThat(failure.kind()).isEqualTo("reply-too-large");
        CallFailure many = failing(once(), v -> {
            v.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"data\":[{\"id\":\"x\"}");
            v.flood(",{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8), 1L << 20);
        });
        assertThat(many.kind()).isEqualTo("malformed-reply");
    }

    @Test
    void aServerThatNeverAnswersIsLeftAtTheDeadline() {
        CallFailure failure = failing(once().withTotal(Duration.ofMillis(300)), RawServer.Visit::untilClientCloses);
        assertThat(failure.kind()).isEqualTo("deadline-total");
        assertThat(failure.phase()).isEqualTo("wait");
    }

    @Test
    void statusesMeanWhatTheyMeanForEveryCall() {
        assertThat(failing(once(), v -> v.json(401, Wire.error("invalid_api_key", "no")))
                        .kind())
                .isEqualTo("unauthorized");
        assertThat(failing(once(), v -> v.json(404, "{}")).kind()).isEqualTo("not-found");
        assertThat(failing(once(), v -> v.reply(302, null, "", "Location: https://elsewhere.example/"))
                        .kind())
                .isEqualTo("redirect-refused");
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() {
        RawServer server = server(v -> v.json(503, "{}"), v -> v.json(200, UPSTAGE));
        Gaon gaon = gaon(b -> b, server.endpoint());
        assertThat(gaon.models().listed(server.endpoint())).hasSize(1);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void anIdCannotMoveACursor() {
        assertThat(listed("{\"data\":[{\"id\":\"a\\u001b[2J\\u202eb\"}]}")
                        .get(0)
                        .id())
                .isEqualTo("a\\u001b[2J\\u202eb");
    }
}
