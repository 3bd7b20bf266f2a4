package dev.gaon.gov.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No key leaves but to the portal: whatever fails, and whatever of it the portal repeats. */
class PortalKeyTest {

    /** Parts of the key that no encoding changes: where one shows, more of it does. */
    private static final List<String> PARTS = List.of("Zm9vYmFy", "x9AbC", "d8e7F6g5h4", "JkLm", "nOpQrSt");

    private static final List<String> FORMS = List.of(
            Samples.KEY,
            Samples.ENCODED,
            Samples.ENCODED.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d"),
            Samples.ENCODED.replace("%", "%25"),
            Samples.ENCODED.replace("%", "%2525"),
            Samples.KEY.replace("+", " "),
            Samples.KEY.replace("/", "\\/"),
            Samples.KEY.replace("+", "&#43;").replace("=", "&#x3D;"),
            Samples.KEY.replace("+", "\\u002B").replace("=", "\\u003d"));

    private static final Map<String, String> IMAGES = Map.of("contentId", "126508");

    @TempDir
    private Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(new SimpleFormatter().format(record) + Arrays.toString(record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger root = Logger.getLogger("");
    private final Logger okhttp = Logger.getLogger("okhttp3");
    private Level before = Level.INFO;

    @BeforeEach
    void listen() {
        before = root.getLevel();
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        okhttp.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        root.setLevel(before);
        okhttp.setLevel(null);
    }

    private static PortalServer.Answer raw(String text) {
        return out -> out.write(text.getBytes(UTF_8));
    }

    static Stream<PortalServer.Answer> answers() {
        List<PortalServer.Answer> all = new ArrayList<>();
        for (String form : FORMS) {
            for (int status : new int[] {200, 400, 401, 403, 404, 429, 500, 503}) {
                all.add(PortalServer.reply(status, "text/plain", "bad key: " + form));
                all.add(PortalServer.reply(status, "text/html", "<html><body>" + form + "</body></html>"));
                all.add(PortalServer.reply(
                        status,
                        "application/json",
                        "{\"resultCode\": \"" + form + "\", \"resultMsg\": \"" + form + "\"}"));
                all.add(
                        PortalServer.xml(
                                "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>" + form + "</errMsg><returnAuthMsg>"
                                        + form
                                        + "</returnAuthMsg><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"));
            }
            all.add(PortalServer.xml("<response><serviceKey>" + form + "</serviceKey><broken"));
            all.add(PortalServer.json("{\"serviceKey\": \"" + form + "\", "));
            all.add(PortalServer.reply(
                    302, "text/plain", form, "Location: https://elsewhere.invalid/?serviceKey=" + form));
            all.add(PortalServer.reply(200, "text/" + form, "?", "Retry-After: " + form));
            all.add(PortalServer.reply(200, "text/plain", form, "Content-Encoding: " + form));
            all.add(raw("HTTP/9.9 " + form + "\r\n\r\n"));
            all.add(raw(form + "\r\n\r\n"));
            all.add(raw("HTTP/1.1 200 OK\r\n" + form + "\r\n\r\n"));
            all.add(raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + form));
            all.add(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + form + "\r\n"));
            all.add(raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n"
                    + form.substring(0, 20)));
        }
        for (String part : PARTS) {
            all.add(PortalServer.json("{\"resultCode\": \"" + part + "\"}"));
        }
        return all.stream();
    }

    @Test
    void nothingThatAPortalRepeatsIsTold() {
        List<PortalServer.Answer> answers = answers().toList();
        assertThat(answers).hasSizeGreaterThan(300);
        try (PortalServer server = new PortalServer(answers.toArray(new PortalServer.Answer[0]));
                Portals portals = Samples.builder("tourapi", server, Samples.kept())
                        .evidence(EvidenceStore.in(folder))
                        .quota("tourapi", 100_000)
                        .attempts(1)
                        .build()) {
            String start = portals.start("tourapi", "images", IMAGES);
            for (int i = 0; i < answers.size(); i++) {
                quiet(() -> portals.fetch(start));
            }
            assertThat(server.requests().size()).isEqualTo(answers.size());
            assertThat(server.requests())
                    .allSatisfy(asked -> assertThat(asked).contains("&serviceKey=" + Samples.ENCODED + " HTTP/1.1"));
            unspoken(portals.toString());
        }
        assertThat(log).isNotEmpty();
        log.forEach(PortalKeyTest::unspoken);
        assertThat(folder).isEmptyDirectory();
    }

    /** Where the way itself is broken; the words of libraries hold addresses. */
    @Test
    void nothingOfAnAddressThatCannotBeReachedIsTold() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        CountDownLatch never = new CountDownLatch(1);
        try (PortalServer plain = new PortalServer(raw("HTTP/1.1 407 no\r\nContent-Length: 0\r\n\r\n"));
                PortalServer silent = new PortalServer(out -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })) {
            Map<URI, String> ways = Map.of(
                    URI.create("http://127.0.0.1:" + closed + "/p"), "connect-failed",
                    URI.create("https://127.0.0.1:" + plain.uri().getPort() + "/p"), "tls-failed",
                    URI.create("http://name.invalid/p"), "dns-failed",
                    silent.uri(), "deadline",
                    plain.uri(), "proxy-failed");
            ways.forEach((way, kind) -> {
                try (Portals portals = Samples.builder("tourapi", plain, Samples.kept())
                        .address("tourapi", way)
                        .connect(Duration.ofMillis(500))
                        .total(Duration.ofMillis(1_500))
                        .attempts(2)
                        .build()) {
                    String start = portals.start("tourapi", "images", IMAGES);
                    assertThat(quiet(() -> portals.fetch(start)).kind())
                            .as(way.toString())
                            .isEqualTo(kind);
                }
            });
            try (Portals portals = Samples.builder("tourapi", plain, Samples.kept())
                    .address("tourapi", URI.create("https://portal.invalid/p"))
                    .proxy("127.0.0.1", plain.uri().getPort())
                    .build()) {
                String start = portals.start("tourapi", "images", IMAGES);
                assertThat(quiet(() -> portals.fetch(start)).kind()).isEqualTo("proxy-failed");
            }
            never.countDown();
        }
        log.forEach(PortalKeyTest::unspoken);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aKeyInAGoodReplyIsBlottedOutBeforeItIsKeptOrRead(String form) throws IOException {
        String body = "{\"params\": {\"serviceKey\": \"" + form
                + "\"}, \"response\": {\"header\": {\"resultCode\": \"00\"}, \"body\":"
                + " {\"totalCount\": 1, \"items\": {\"item\": {\"serialnum\": \"1\", \"imgname\": \"" + form
                + "\", \"originimgurl\": \"http://t.kr/?serviceKey=" + form + "&a=1\", \"cpyrhtDivCd\": \"" + form
                + "\"}}}}}";
        try (PortalServer server = new PortalServer(PortalServer.json(body));
                Portals portals = Samples.builder("tourapi", server, Samples.kept())
                        .evidence(EvidenceStore.in(folder))
                        .build()) {
            PortalPage page = portals.fetch(portals.start("tourapi", "images", IMAGES));
            assertThat(page.works())
                    .singleElement()
                    .satisfies(work -> assertThat(work.title()).isEqualTo("[redacted]"));
            unspoken(page.toString());
            unspoken(page.works().get(0).toJson());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                unspoken(Files.readString(file));
            }
        }
        log.forEach(PortalKeyTest::unspoken);
    }

    static Stream<String> forms() {
        return FORMS.stream();
    }

    /** The address holds no key where a portal takes it in a header; it arrives decoded, once. */
    @Test
    void aHeaderCarriesTheDecodedKey() {
        for (String form : List.of(Samples.KEY, Samples.ENCODED, Samples.ENCODED.replace("%", "%25"))) {
            try (PortalServer server = new PortalServer(PortalServer.json("{\"data\": [], \"matchCount\": 0}"));
                    Portals portals = Samples.builder("odcloud", server, Samples.kept())
                            .key("data.go.kr", form)
                            .build()) {
                portals.fetch(portals.start("odcloud", "dataset", Map.of()));
                assertThat(server.requests())
                        .singleElement()
                        .satisfies(asked -> assertThat(asked)
                                .contains("Authorization: Infuser " + Samples.KEY + "\n")
                                .doesNotContain("serviceKey"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.KEY, Samples.ENCODED})
    void bothFormsGiveTheSameAddress(String form) {
        assertThat(PortalKey.of(form).encoded()).isEqualTo(Samples.ENCODED);
        assertThat(PortalKey.of(form).plain()).isEqualTo(Samples.KEY);
        unspoken(PortalKey.of(form).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "Zm9vYmFy with space",
                "Zm9vYmFy\n",
                "\uFEFFZm9vYmFyx9AbC",
                "Zm9vYmFy%zz",
                "Zm9vYmFy%"
            })
    void whatCannotBeAKeyIsRefusedWithoutRepeatingIt(String key) {
        PortalException e = quiet(() -> Portals.builder().key("data.go.kr", key));
        assertThat(e.kind()).isEqualTo("wrong-use");
    }

    @Test
    void aKeyAmongTheParametersIsRefused() {
        try (PortalServer server = new PortalServer(PortalServer.json("{}"));
                Portals portals =
                        Samples.builder("tourapi", server, Samples.kept()).build()) {
            quiet(() -> portals.start("tourapi", "images", Map.of("contentId", Samples.KEY)));
            quiet(() -> portals.start("tourapi", "images", Map.of("contentId", Samples.ENCODED)));
            quiet(() -> portals.start("tourapi", "images", Map.of("contentId", "1", "serviceKey", Samples.KEY)));
            quiet(() -> portals.start("tourapi", "images", Map.of("contentId", "1", Samples.KEY, "1")));
            quiet(() -> portals.start(Samples.KEY, "images", IMAGES));
            quiet(() -> portals.start("tourapi", Samples.KEY, IMAGES));
            quiet(() -> portals.start(
                    "data.go.kr",
                    "rows",
                    Map.of("orgCode", "1", "service", "s", "operation", "o", "servicekey", Samples.KEY)));
            quiet(() -> portals.fetch(Samples.KEY));
            quiet(() -> portals.fetch("{\"v\": 1, \"" + Samples.KEY + "\": 1}"));
            quiet(() -> Portals.builder()
                    .evidence(reply -> {})
                    .key(Samples.KEY, "data.go.kr")
                    .build());
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aStoreThatFailsTellsItsTypeAlone() {
        String body =
                "{\"response\": {\"header\": {\"resultCode\": \"00\"}, \"body\": {\"items\": \"\", \"totalCount\": 0}}}";
        try (PortalServer server = new PortalServer(PortalServer.json(body));
                Portals portals = Samples.builder("tourapi", server, Samples.kept())
                        .evidence(reply -> {
                            throw new UncheckedIOException(new IOException(Samples.KEY));
                        })
                        .build()) {
            String start = portals.start("tourapi", "images", IMAGES);
            PortalException e = quiet(() -> portals.fetch(start));
            assertThat(e.kind()).isEqualTo("evidence-failed");
            assertThat(e.code()).isEqualTo("IOException");
        }
    }

    @Test
    void aKeyIsNotSentInTheClearUnlessTheAddressIsNamed() {
        try (Portals portals = Portals.builder()
                .key("data.go.kr", Samples.KEY)
                .evidence(reply -> {})
                .build()) {
            String start = portals.start("emuseum", "relics", Map.of());
            assertThat(quiet(() -> portals.fetch(start)).kind()).isEqualTo("cleartext-key");
            String library = portals.start("nl", "search", Map.of("kwd", "숲"));
            assertThat(quiet(() -> portals.fetch(library)).kind()).isEqualTo("missing-key");
        }
        assertThatThrownBy(
                        () -> Portals.builder().address("emuseum", URI.create("http://user:" + PARTS.get(0) + "@h/")))
                .isInstanceOf(PortalException.class)
                .hasMessageNotContaining(PARTS.get(0));
    }

    /** What it threw, looked through in every way that it can be shown. */
    private static PortalException quiet(Runnable call) {
        PortalException failure = catchThrowableOfType(PortalException.class, call::run);
        assertThat(failure).isNotNull();
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        all.append(failure.getMessage()).append(failure.message(Locale.KOREAN)).append(failure.fix(Locale.ENGLISH));
        all.append(String.valueOf(failure.code())).append(String.valueOf(failure.position()));
        unspoken(all.toString());
        assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
        return failure;
    }

    private static void unspoken(String text) {
        assertThat(text).doesNotContain(PARTS);
    }
}
