package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.BlankDocumentException;
import dev.langchain4j.data.document.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents parsed in one exchange: what is sent, what comes of the reply, and what of a reply that lies. */
class DocumentParseTest extends DocumentCase {

    private static final String MODEL = "document-parse";

    /** As Upstage documents it, shortened. */
    private static final String PARSED = """
            {"api":"2.0","content":{"html":"","markdown":"# 청구서\\n\\n|품목|금액|\\n|---|---|\\n|연필|1,200|","text":""},
            "elements":[{"id":0,"page":1,"category":"heading1","content":{"html":"","markdown":"# 청구서","text":""},
            "coordinates":[{"x":0.1,"y":0.1}]}],
            "merged_elements":[],"model":"document-parse-260930","usage":{"pages":2}}""";

    private static final String TEXT = "# 청구서\n\n|품목|금액|\n|---|---|\n|연필|1,200|";

    @Test
    void aDocumentBecomesText() {
        RawServer server = server(v -> v.json(200, PARSED, "X-Request-Id: dp-1"));
        Document document = documents(MODEL, server).parse(file());
        assertThat(document.text()).isEqualTo(TEXT);
        assertThat(document.metadata().toMap())
                .isEqualTo(Map.of(
                        "pages",
                        2,
                        "model",
                        "document-parse-260930",
                        "content_type",
                        "text/markdown",
                        "sha256",
                        Digests.sha256(FILE)));
        Received request = server.received().get(0);
        assertThat(request.line()).isEqualTo("POST /v1/document-digitization HTTP/1.1");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(fields(request))
                .containsExactly(
                        "model=document-parse", "output_formats=['markdown']", "ocr=auto", "coordinates=false");
        assertThat(sentFile(request)).isEqualTo(FILE);
        recorded("ok", null);
        CallRecord.Attempt attempt = record().attempts().get(0);
        assertThat(attempt.requestSha256()).isEqualTo(Digests.sha256(request.body()));
        assertThat(attempt.requestId()).isEqualTo("dp-1");
        assertThat(record().model()).isEqualTo(MODEL);
        assertThat(record().notes()).containsOnly(entry("document", Digests.sha256(FILE)));
        assertThat(record().replySha256()).isEqualTo(Digests.sha256(TEXT));
    }

    @Test
    void whatIsAskedForIsSent() {
        RawServer server = server(
                v -> v.json(200, "{\"apiVersion\":\"1.1\",\"content\":{\"html\":\"<h1>a</h1>\",\"text\":\"\"}}"));
        Document document = documents(MODEL, server)
                .withFormat(GaonDocuments.Format.HTML)
                .withMode(GaonDocuments.Mode.ENHANCED)
                .withOcr(true)
                .parse(file());
        assertThat(document.text()).isEqualTo("<h1>a</h1>");
        assertThat(document.metadata().getString("content_type")).isEqualTo("text/html");
        assertThat(document.metadata().containsKey("pages")).as("nobody told").isFalse();
        assertThat(document.metadata().getString("model")).isEqualTo(MODEL);
        assertThat(fields(server.received().get(0)))
                .containsExactly(
                        "model=document-parse",
                        "output_formats=['html']",
                        "ocr=force",
                        "coordinates=false",
                        "mode=enhanced");
    }

    @Test
    void aChangedCopyLeavesTheFirstAsItWas() {
        RawServer server = server(v -> v.json(200, PARSED));
        GaonDocuments parser = documents(MODEL, server);
        parser.withOcr(true).withMode(GaonDocuments.Mode.AUTO).withJob(true);
        parser.parse(file());
        assertThat(fields(server.received().get(0))).contains("ocr=auto").noneMatch(f -> f.startsWith("mode="));
    }

    @Test
    void aGuardSeesThatAFileGoesAndNotWhatIsInIt() {
        List<String> seen = new CopyOnWriteArrayList<>();
        RawServer server = server(v -> v.json(200, PARSED));
        Guard guard = watching((chain, out) -> {
            seen.add(chain.request().messages().toString());
            chain.proceed(chain.request(), out);
        });
        documents(MODEL, b -> b.guard(guard), server).parse(file());
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).contains(FILE.length + " bytes", Digests.sha256(FILE));
        clean(seen.get(0));
    }

    @Test
    void aGuardMasksWhatComesBack() {
        RawServer server = server(v -> v.json(200, PARSED));
        Guard guard = watching((chain, out) -> chain.proceed(
                chain.request(),
                delta -> out.accept(
                        delta instanceof ChatDelta.Text t
                                ? new ChatDelta.Text(t.text().replace("연필", "***"))
                                : delta)));
        assertThat(documents(MODEL, b -> b.guard(guard), server).parse(file()).text())
                .isEqualTo(TEXT.replace("연필", "***"));
    }

    @Test
    void aSensitiveDocumentDoesNotLeave() {
        RawServer server = server(v -> v.json(200, PARSED));
        CallContext.Level open = new CallContext.Level(0, "O");
        CallContext.Level secret = new CallContext.Level(2, "C");
        Gaon gaon = gaon(
                b -> b.endpoint(MODEL, server.endpoint().withDialect("upstage").withHighestLevel(open))
                        .credential(server.url(), Credential.of(KEY)));
        GaonDocuments parser = gaon.documents(MODEL).withContext(CallContext.EMPTY.withLevel(secret));
        assertThat(failing(() -> parser.parse(file())).kind()).isEqualTo("denied");
        assertThat(failing(() -> parser.withContext(CallContext.EMPTY.withLevel(open))
                                .parse(file()))
                        .kind())
                .as("a level is only raised")
                .isEqualTo("denied");
        assertThat(server.accepted()).isZero();
        assertThat(gaon.documents(MODEL).parse(file()).text()).isEqualTo(TEXT);
    }

    /** Never ends, and counts what was read of it. */
    private static final class Endless extends InputStream {
        private final AtomicLong given = new AtomicLong();

        @Override
        public int read() {
            given.incrementAndGet();
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            given.addAndGet(length);
            return length;
        }
    }

    @Test
    void aFileThatIsTooLargeIsNotReadToItsEndAndNotSent() {
        RawServer server = server(v -> v.json(200, PARSED));
        Endless endless = new Endless();
        CallFailure failure = failing(() -> documents(MODEL, server).parse(endless));
        assertThat(failure.kind()).isEqualTo("invalid-request");
        assertThat(failure.phase()).isEqualTo("configure");
        assertThat(failure.getMessage()).contains("50 MiB");
        assertThat(failure.fix(Locale.ENGLISH)).contains("withJob");
        assertThat(endless.given.get()).isBetween(50L << 20, (50L << 20) + (1 << 17));
        assertThat(server.accepted()).isZero();
        assertThat(ledger.opened).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNotSent() {
        RawServer server = server(v -> v.json(200, PARSED));
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(PROMPT);
            }
        };
        assertThat(failing(() -> documents(MODEL, server).parse(broken)).kind()).isEqualTo("invalid-request");
        assertThat(server.accepted()).isZero();
    }

    @Test
    void whatIsBlankIsBlankAsLangChain4jSays() {
        RawServer server = server(v -> v.json(200, "{\"content\":{\"markdown\":\" \\n\"},\"usage\":{\"pages\":1}}"));
        GaonDocuments parser = documents(MODEL, server);
        assertThatThrownBy(() -> parser.parse(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(BlankDocumentException.class);
        assertThat(server.accepted()).isZero();
        assertThatThrownBy(() -> parser.parse(file())).isInstanceOf(BlankDocumentException.class);
        recorded("ok", null);
    }

    @Test
    void aFileIsNamedByItsKindWhereThatIsPlain() {
        RawServer server = server(v -> v.json(200, PARSED));
        GaonDocuments parser = documents(MODEL, server);
        parser.parse(file());
        parser.parse(new ByteArrayInputStream(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0}));
        parser.parse(new ByteArrayInputStream(new byte[] {'P', 'K', 3, 4}));
        assertThat(server.received().stream().map(r -> r.text().replaceFirst("(?s).*filename=\"([^\"]*)\".*", "$1")))
                .containsExactly("document.pdf", "document.jpg", "document");
    }

    @Test
    void aStreamIsLeftOpen() throws IOException {
        RawServer server = server(v -> v.json(200, PARSED));
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(FILE) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        documents(MODEL, server).parse(in);
        assertThat(closed[0]).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"content\":null}",
                "{\"content\":\"text\"}",
                "{\"content\":{\"html\":\"<p>\"}}",
                "{\"content\":{\"markdown\":null}}",
                "{\"content\":{\"markdown\":[]}}",
                "{\"content\":{\"markdown\":\"a\",\"markdown\":\"b\"}}",
                "{\"content\":{\"markdown\":\"a\"}} {}",
                "{\"content\":{\"markdown\":\"a\"},\"model\":{}}",
                "<html>login</html>"
            })
    void aReplyThatIsNoneIsMalformed(String body) {
        RawServer server = server(v -> v.json(200, body));
        assertThat(failing(() -> documents(MODEL, server).parse(file())).kind()).isEqualTo("malformed-reply");
        recorded("failed", "malformed-reply");
    }

    @Test
    void aReplyThatBreaksOffIsIncomplete() {
        RawServer server = server(v -> v.json(200, "{\"content\":{\"markdown\":\"# 청"));
        assertThat(failing(() -> documents(MODEL, server).parse(file())).kind()).isEqualTo("incomplete");
    }

    @Test
    void aReplyCutAnywhereIsNone() {
        byte[] whole = PARSED.getBytes(StandardCharsets.UTF_8);
        RawServer server = server(v -> cut(v, whole));
        GaonDocuments parser = documents(MODEL, server);
        for (int i = 0; i < whole.length; i++) {
            assertThat(failing(() -> parser.parse(file())).kind()).isIn("malformed-reply", "incomplete");
        }
        assertThat(server.requests()).isEqualTo(whole.length);
    }

    @Test
    void aGiantReplyIsCutOff() {
        RawServer server = server(v -> {
            v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                    + "{\"content\":{\"markdown\":\"");
            v.flood("x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 1L << 30);
        });
        GaonDocuments parser = documents(MODEL, b -> b.limits(once().withReplyBytes(1 << 20)), server);
        assertThat(failing(() -> parser.parse(file())).kind()).isEqualTo("reply-too-large");
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftAtTheDeadline() {
        RawServer server = server(RawServer.Visit::untilClientCloses);
        GaonDocuments parser = documents(MODEL, server).withDeadline(Duration.ofMillis(300));
        CallFailure failure = failing(() -> parser.parse(file()));
        assertThat(failure.kind()).isEqualTo("deadline-total");
        assertThat(failure.phase()).isEqualTo("wait");
        assertThat(server.requests()).isOne();
    }

    @Test
    void aBusyServerGetsTheWholeFileAgain() {
        RawServer server = server(
                v -> v.json(429, "{\"error\":{\"message\":\"slow\"}}", "Retry-After: 0"), v -> v.json(200, PARSED));
        assertThat(documents(MODEL, server).parse(file()).text()).isEqualTo(TEXT);
        assertThat(server.received()).hasSize(2);
        assertThat(sentFile(server.received().get(1))).isEqualTo(FILE);
    }

    @Test
    void aStatusSaysWhatIsWrong() {
        RawServer server = server(
                v -> v.json(401, Wire.error("invalid_api_key", "The API key " + KEY + " is wrong")),
                v -> v.json(403, Wire.error("forbidden", "Insufficient credit")),
                v -> v.json(413, Wire.error("too_large", "The file is too large")),
                v -> v.json(504, "{}"),
                v -> v.reply(302, null, "", "Location: https://elsewhere.example/"));
        GaonDocuments parser = documents(MODEL, server);
        for (String kind :
                List.of("unauthorized", "forbidden", "invalid-request", "unknown-outcome", "redirect-refused")) {
            assertThat(failing(() -> parser.parse(file())).kind()).isEqualTo(kind);
        }
        assertThat(server.requests()).as("each once").isEqualTo(5);
    }

    @Test
    void eachModelDoesWhatItIsFor() {
        RawServer server = server(v -> v.json(200, PARSED));
        assertThat(failing(() -> documents(MODEL, server).fields(file())).kind())
                .isEqualTo("unsupported");
        assertThat(failing(() -> documents("receipt-extraction", server).parse(file()))
                        .getMessage())
                .contains("receipt-extraction", "fields", "parse");
        assertThat(failing(() -> documents("information-extract", server).fields(file()))
                        .kind())
                .isEqualTo("unsupported");
        assertThat(failing(() -> documents("receipt-extraction", server)
                                .withOcr(true)
                                .fields(file()))
                        .getMessage())
                .contains("withOcr");
        Gaon gaon = gaon(b -> b);
        assertThat(failing(() -> gaon.documents("solar-pro4")).kind()).isEqualTo("unsupported");
        assertThat(failing(() -> gaon.documents("document-parse")).kind()).isEqualTo("missing-key");
        assertThat(failing(() -> gaon.chat("document-parse")).kind()).isEqualTo("unsupported");
        assertThat(server.accepted()).isZero();
    }

    /** The fields of a form that are no file, in their order. */
    static List<String> fields(Received request) {
        return parts(request).stream()
                .filter(part -> !part.contains("filename="))
                .map(part -> part.replaceFirst("(?s).*name=\"([^\"]+)\".*?\r\n\r\n", "$1="))
                .toList();
    }

    static byte[] sentFile(Received request) {
        String part = parts(request).stream()
                .filter(p -> p.contains("name=\"document\"; filename="))
                .findFirst()
                .orElseThrow();
        return part.substring(part.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> parts(Received request) {
        String type = request.header("Content-Type");
        assertThat(type).startsWith("multipart/form-data; boundary=");
        String line = "--" + type.substring(type.indexOf('=') + 1);
        String body = new String(request.body(), StandardCharsets.ISO_8859_1);
        assertThat(body).startsWith(line + "\r\n").endsWith("\r\n" + line + "--\r\n");
        String inner = body.substring(line.length() + 2, body.length() - line.length() - 6);
        return List.of(inner.split("\r\n" + Pattern.quote(line) + "\r\n"));
    }

    private static <T> Map.Entry<String, T> entry(String name, T value) {
        return Map.entry(name, value);
    }
}
