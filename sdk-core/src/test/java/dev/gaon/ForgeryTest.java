package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of users and servers stays text: it makes no header, no path, no host and no line of a log. */
class ForgeryTest extends HostileCase {

    private static final String EVIL =
            "x\r\nX-Evil: 1\r\n\r\nPOST /evil HTTP/1.1\u001b[31m\u202e\u2028?a=b#c/../@evil.example";

    /** Loopback in disguise, with the port of a server that must not be asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.1:%d/v1",
                "http://127.0.1:%d/v1",
                "http://2130706433:%d/v1",
                "http://0x7f000001:%d/v1",
                "http://0x7f.1:%d/v1",
                "http://017700000001:%d/v1",
                "http://0177.0.0.1:%d/v1",
                "http://0:%d/v1",
                "http://[::ffff:127.0.0.1]:%d/v1",
                "http://[::ffff:7f00:1]:%d/v1",
                "http://[::127.0.0.1]:%d/v1",
                "http://１２７.０.０.１:%d/v1",
                "http://127。0。0。1:%d/v1",
                "http://①②⑦.0.0.1:%d/v1",
                "http://%%31%%32%%37.0.0.1:%d/v1",
                "http://user:hunter2@127.0.0.1:%d/v1",
                "http://model.example@127.0.0.1:%d/v1",
                "http://model.example\\@127.0.0.1:%d/v1",
                "http://127.0.0.1:%d/v1?to=model.example",
                "http://127.0.0.1:%d/v1#model.example",
                "http://127.0.0.1\t:%d/v1",
                "http://127.0.0.1\r\n:%d/v1",
                "file://127.0.0.1:%d/v1"
            })
    void anAddressInDisguiseIsRefusedWhereverItIsGiven(String disguise) {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        String address = disguise.formatted(server.port());
        for (Throwable error : new Throwable[] {
            catchThrowable(() -> Endpoint.of(address)),
            catchThrowable(() -> Gaon.builder().credential(address, Credential.of(KEY)))
        }) {
            assertThat(error)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("엔드포인트 주소를 쓸 수 없습니다")
                    .hasMessageContaining("The endpoint address cannot be used");
            assertThat(error.getMessage()).doesNotContain("hunter2", "model.example");
            oneLine(error.getMessage());
        }
        if (catchThrowable(() -> URI.create(address)) == null) {
            assertThatThrownBy(() -> GaonParameters.builder().endpoint(URI.create(address)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(server.accepted()).isZero();
    }

    private static final List<String> OUR_HEADERS = List.of(
            "user-agent",
            "accept",
            "accept-encoding",
            "authorization",
            "content-type",
            "content-length",
            "host",
            "connection");

    private static void asIntended(Received request) {
        assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        List<String> lines = request.head().strip().lines().skip(1).toList();
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT))
                                .isIn(OUR_HEADERS));
    }

    @Test
    void whateverUsersNameStaysInTheBody() throws Exception {
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        GaonParameters parameters = GaonParameters.builder()
                .modelName(EVIL)
                .sessionKey(EVIL)
                .stopSequences(EVIL)
                .context(CallContext.EMPTY
                        .withUser(EVIL)
                        .withProject(EVIL)
                        .withPurpose(EVIL)
                        .withTag(EVIL, EVIL))
                .extraBody(Map.of(EVIL, EVIL))
                .build();
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from(EVIL, PROMPT + EVIL))
                .parameters(parameters)
                .build();
        GaonChatModel model = model(server);
        assertThat(model.chat(request).aiMessage().text()).isEqualTo("답");
        Heard heard = new Heard();
        model.start(request).handle(heard);
        heard.ended();
        assertThat(heard.errors).isEmpty();
        assertThat(server.received()).hasSize(2).allSatisfy(ForgeryTest::asIntended);
        for (Received received : server.received()) {
            JsonNode body = new ObjectMapper().readTree(received.body());
            assertThat(body.path("model").asText()).isEqualTo(EVIL);
            assertThat(body.path("messages").path(0).path("content").asText()).isEqualTo(PROMPT + EVIL);
            assertThat(body.path("messages").path(0).path("name").asText()).isEqualTo(EVIL);
            assertThat(body.path(EVIL).asText()).isEqualTo(EVIL);
        }
        // Records keep what the user said of himself as it is, in JSON on one line.
        for (CallRecord record : ledger.closed) {
            assertThat(record.toJson()).doesNotContain("\n", "\r", "\u001b");
            assertThat(new ObjectMapper()
                            .readTree(record.toJson())
                            .path("context")
                            .path("user")
                            .asText())
                    .isEqualTo(EVIL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a b", "키", "a\u0000", "", "\u001b[31m"})
    void whatCannotBeAHeaderIsRefusedUnshown(String value) {
        assertThatThrownBy(() -> GaonParameters.builder().idempotencyKey(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idempotencyKey는")
                .hasMessageContaining("idempotencyKey must")
                .satisfies(error -> oneLine(error.getMessage()));
    }

    @Test
    void aModelNobodyKnowsForgesNoLine() {
        Gaon gaon = gaon(b -> b);
        CallFailure failure = facts(catchThrowable(() -> gaon.chat(EVIL)));
        assertThat(failure.kind()).isEqualTo("unknown-model");
        RawServer server = server(v -> v.json(404, Wire.error("no_model", "no model " + EVIL)));
        Gaon own = gaon(b -> b.endpoint(EVIL, server.endpoint()));
        assertThat(facts(catchThrowable(() -> own.chat(EVIL).chat(request()))).kind())
                .isEqualTo("not-found");
        assertThat(facts(catchThrowable(() -> own.chat(EVIL)
                                .with(GaonParameters.builder()
                                        .thinking(GaonParameters.Thinking.HIGH)
                                        .build())
                                .chat(request())))
                        .kind())
                .isEqualTo("unsupported");
        assertThat(server.received()).singleElement().satisfies(ForgeryTest::asIntended);
    }

    /** A dialect whose path is the model's name, as it is given. */
    private record Careless(String given) implements Dialect {
        @Override
        public String name() {
            return "careless";
        }

        @Override
        public String path(Endpoint endpoint, ModelCard model, boolean streaming) {
            return given;
        }

        @Override
        public void encode(ChatRequest request, ModelCard model, Endpoint endpoint, boolean streaming, OutputStream out)
                throws IOException {
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Decoder decoder(Endpoint endpoint, Limits limits, Consumer<ChatDelta> out) {
            return new Decoder() {
                @Override
                public boolean event(String name, byte[] data, int offset, int length) {
                    return false;
                }

                @Override
                public void whole(InputStream body) {}

                @Override
                public boolean finished() {
                    return false;
                }
            };
        }
    }

    @Test
    void aPathMakesNeitherAHeaderNorAnotherHost() {
        RawServer thief = server(v -> v.json(200, "{}"));
        RawServer server = server(v -> v.json(200, "{}"));
        Endpoint bare = Endpoint.of("http://127.0.0.1:" + server.port()).withDialect("careless");
        for (String path : List.of("@127.0.0.1:" + thief.port() + "/v1", ":pass@127.0.0.1:" + thief.port(), "")) {
            Gaon gaon = gaon(b -> b.dialect(new Careless(path)), bare);
            assertThat(catchThrowable(() -> say(gaon.chat("m"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("careless");
        }
        assertThat(server.accepted() + thief.accepted()).isZero();
        Gaon gaon = gaon(b -> b.dialect(new Careless("/models/" + EVIL)), bare);
        assertThat(blocking(gaon.chat("m")).kind()).isEqualTo("incomplete");
        Received request = server.received().get(0);
        assertThat(request.line()).startsWith("POST /").endsWith(" HTTP/1.1");
        assertThat(request.header("X-Evil")).isNull();
        assertThat(server.requests()).isOne();
        assertThat(thief.accepted()).isZero();
    }

    private static final String FORGED = "ok\n2026-01-01T00:00:00Z ERROR forged\r\u001b[2J\u001b]0;x\u0007\u009b31m"
            + "\u202edlrow\u2066\u200f\u2028\u2029\u0085\u0000 end";

    @Test
    void whatAServerSaysMakesNoLineOfALog() throws Exception {
        String header = FORGED.replaceAll("[\r\n\u0000]", "");
        RawServer.Script[] scripts = {
            v -> v.json(400, Wire.error(FORGED, FORGED)),
            v -> v.json(500, "{\"detail\":" + Wire.quoted(FORGED) + "}"),
            v -> v.reply(401, "text/plain", FORGED),
            v -> v.reply(200, "text/html", "<html>" + FORGED),
            v -> v.json(200, Wire.error(FORGED, FORGED)),
            v -> v.stream().text(FORGED).event(Wire.error(FORGED, FORGED)),
            v -> v.stream().text(FORGED),
            v -> v.stream().event(Wire.finish(FORGED)).event("{" + FORGED),
            v -> v.reply(200, header, FORGED),
            v -> v.json(429, "{}", "Retry-After: " + header, "X-Request-Id: " + header),
            v -> v.json(302, "{}", "Location: http://" + header + ".example/"),
            v -> v.json(200, "{}", "Content-Encoding: " + header),
            v -> v.send("HTTP/1.1 200 " + header + "\r\n\r\n" + FORGED),
            v -> v.send(header + "\r\n\r\n"),
        };
        for (RawServer.Script script : scripts) {
            GaonChatModel model = model(once(), server(script));
            for (Throwable error : new Throwable[] {catchThrowable(() -> say(model)), ended(model)}) {
                if (error != null) {
                    facts(error);
                    assertThat(CapturedLog.trace(error)).doesNotContain("\n2026", "\u001b", "\u202e", "\u009b");
                }
            }
        }
        assertThat(ledger.closed).hasSize(2 * scripts.length).allSatisfy(record -> oneLine(record.toJson()));
    }

    private Throwable ended(GaonChatModel model) throws InterruptedException {
        Heard heard = stream(model);
        heard.ended();
        return heard.errors.isEmpty() ? null : heard.errors.get(0);
    }

    @Test
    void anAnswerIsHandedOnAsItIsAndPrintedNowhere() throws Exception {
        RawServer server = server(v -> v.json(
                200,
                "{\"id\":" + Wire.quoted(FORGED) + ",\"model\":" + Wire.quoted(FORGED)
                        + ",\"choices\":[{\"message\":{\"content\":" + Wire.quoted(FORGED)
                        + "},\"finish_reason\":" + Wire.quoted(FORGED) + "}]}"));
        var response = model(server).chat(request());
        assertThat(response.aiMessage().text()).isEqualTo(FORGED);
        oneLine(response.metadata().toString());
        oneLine(record().toJson());
        assertThat(CapturedLog.text()).doesNotContain("forged");
    }

    @Test
    void aFileNameMakesNoLineOfALog(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("good.md"), "# 제목\n\n공공누리 제1유형은 출처를 표시하면 쓸 수 있다.\n");
        Files.write(folder.resolve("bad\n2026-01-01 ERROR forged\u001b[31m.md"), new byte[] {0, 1, 2, (byte) 0xff});
        try (Gaon gaon =
                Gaon.builder().documents(folder).environment(name -> null).build()) {
            assertThat(gaon).isNotNull();
        }
        assertThat(CapturedLog.messages()).anyMatch(line -> line.contains("not read") && line.contains("forged"));
        assertThat(CapturedLog.messages()).allSatisfy(HostileCase::oneLine);
    }
}
