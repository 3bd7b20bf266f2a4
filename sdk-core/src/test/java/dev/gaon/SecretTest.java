package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No way of printing a thing of this library shows the key, the proxy's password or the prompt. */
class SecretTest extends HostileCase {

    private static final String PASSWORD = "proxy-pass-2468135790";

    /** Public types that are never made: nothing of them can be printed. */
    private static final Set<String> NOT_MADE = Set.of("Dialect", "Guard", "Policy", "ChatDelta");

    /** Notes how what it is handed prints. */
    private static final class Nosy implements Policy, Guard {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void intercept(Policy.Chain chain, Consumer<ChatDelta> out) {
            seen.add(chain.toString());
            seen.add(chain.context().toString());
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                seen.add(thread.toString());
            }
            chain.proceed(chain.request(), out);
        }

        @Override
        public Decision mayServe(Endpoint endpoint, CallContext context) {
            seen.add(endpoint + " " + context);
            return Decision.allow();
        }
    }

    private static final class Parts {
        final List<Object> things = new ArrayList<>();

        void add(Object... more) {
            things.addAll(List.of(more));
        }
    }

    @Test
    void nothingPublicPrintsASecret() throws Exception {
        RawServer server = server(
                v -> {
                    v.json(200, Wire.whole("답"));
                    for (Thread thread : Thread.getAllStackTraces().keySet()) {
                        clean(thread.toString());
                    }
                },
                v -> v.json(400, Wire.error("bad", "no")));
        Nosy nosy = new Nosy();
        Network network = Network.DEFAULT.proxyUser("gaon", Credential.of(PASSWORD));
        CallContext context = CallContext.EMPTY.withUser("u-1");
        RecordSink sink = RecordSink.inMemory(4);
        Gaon gaon = gaon(
                b -> b.network(network)
                        .policy(nosy)
                        .guard(nosy)
                        .records(sink)
                        .credential("upstage", Credential.of(KEY)),
                server.endpoint());
        GaonParameters parameters = GaonParameters.builder()
                .idempotencyKey(KEY)
                .sessionKey(KEY)
                .extraBody(java.util.Map.of("note", PROMPT))
                .context(context)
                .build();
        GaonChatModel model = gaon.chat("m").with(parameters);
        ChatResponse response = model.chat(request());
        ChatCall call = model.start(request());
        Throwable error = catchThrowable(() -> model.chat(request()));
        CallFailure failure = facts(error);
        Decision denied = Decision.deny("rule", "안 됨", "no", "고침", "fix");

        Parts parts = new Parts();
        parts.add(gaon, Gaon.builder().credential("upstage", Credential.of(KEY)).network(network));
        parts.add(
                model,
                model.streaming(),
                model.card(),
                gaon.models(),
                gaon.models().catalog());
        parts.add(call, call.events(), call.future(), Limits.DEFAULT, network, Credential.of(KEY));
        parts.add(server.endpoint(), context, parameters, model.defaultRequestParameters(), GaonParameters.builder());
        parts.add(
                response.metadata(),
                sink,
                gaon.recentRecords(),
                gaon.recentRecords().get(0));
        parts.add(error, failure, denied, new DeniedException("no", failure, denied));
        parts.add(new Citation("d", "s", "q", "s", "l", "a"), EmbeddingKind.QUERY);
        parts.add(gaon.documents("document-parse"), model.card().terms());
        call.cancel();

        Set<String> printed = new TreeSet<>(NOT_MADE);
        for (Object thing : parts.things) {
            String text = String.valueOf(thing);
            clean(text);
            assertThat(text).doesNotContain(PASSWORD);
            printed.add(thing.getClass().getSimpleName());
        }
        printed.add("RecordSink");
        assertThat(printed).as("a public type that is not printed above").containsAll(publicTypes());
        assertThat(nosy.seen).isNotEmpty().allSatisfy(HostileCase::clean);
        assertThat(server.received().get(0).header("Authorization")).isEqualTo("Bearer " + KEY);
    }

    private static Set<String> publicTypes() throws Exception {
        Path classes = Path.of(
                Gaon.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes.resolve("dev/gaon"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (file.toString().endsWith(".class") && !name.contains("$") && !name.equals("package-info")) {
                    Class<?> type = Class.forName("dev.gaon." + name);
                    if (Modifier.isPublic(type.getModifiers())) {
                        names.add(name);
                    }
                }
            }
        }
        assertThat(names).contains("Gaon", "Credential").hasSizeGreaterThan(15);
        return names;
    }

    @Test
    void aFailureThatIsSerialisedHoldsNeitherKeyNorPrompt() throws Exception {
        String echo = KEY + " " + PROMPT;
        RawServer.Script[] scripts = {
            v -> v.json(400, Wire.error("bad", echo)),
            v -> v.send("HTTP/1.1 " + echo + "\r\n\r\n"),
            v -> v.stream().text(echo).event(Wire.error("bad", echo)),
            v -> v.stream().text(echo),
        };
        for (RawServer.Script script : scripts) {
            GaonChatModel model = model(server(script));
            for (Throwable error : new Throwable[] {catchThrowable(() -> say(model)), streamedError(model)}) {
                clean(serialised(error));
            }
        }
    }

    private static String serialised(Object thing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thing);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void partialTextIsNeitherPrintedNorLogged() throws Exception {
        RawServer server = server(v -> v.stream().text("비밀스러운 답 PROMPT-MARK-31"));
        Throwable error = streamedError(model(server));
        assertThat(CallFailure.of(error).orElseThrow().partialText()).contains("PROMPT-MARK-31");
        clean(CapturedLog.trace(error));
        assertThat(error.toString() + record() + CapturedLog.text()).doesNotContain("비밀스러운");
    }

    @Test
    void aHandlerThatThrowsInVainIsLoggedWithoutItsWords() throws Exception {
        RawServer server = server(v -> v.stream().text("하나").finish());
        Heard heard = new Heard() {
            @Override
            public void onPartialResponse(String piece) {
                throw new IllegalStateException(PROMPT);
            }

            @Override
            public void onError(Throwable error) {
                throw new IllegalStateException(PROMPT + "\n2026-01-01 ERROR forged");
            }
        };
        ChatRequest request = request();
        model(server).start(request).handle(heard);
        heard.ended();
        assertThat(CapturedLog.messages()).anyMatch(line -> line.contains("IllegalStateException"));
        assertThat(record().total()).isLessThan(Duration.ofMinutes(1));
    }
}
