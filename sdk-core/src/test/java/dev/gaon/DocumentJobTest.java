package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.document.Document;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents parsed as a job: asked after until its end, fetched from where the server says, and no further. */
class DocumentJobTest extends DocumentCase {

    private static final String ID = "e7b1b3b0-5f0e-4f1d-9c2e-000000000001";
    private static final String SUBMITTED = "{\"id\":\"" + ID + "\",\"status\":\"submitted\",\"batches\":[]}";

    /** As Upstage documents it; the batches in the order in which they got ready. */
    private static final String COMPLETED = """
            {"id":"ID","status":"completed","model":"document-parse","failure_message":"","total_pages":12,
            "completed_pages":12,"batches":[
            {"id":1,"model":"document-parse-260930","status":"completed","failure_message":"",
            "download_url":"BASE/results/b1.json?X-Signature=s%2Fb%3D1&expires=900","start_page":11,"end_page":12},
            {"id":0,"model":"document-parse-260930","status":"completed","failure_message":"",
            "download_url":"BASE/results/b0.json?X-Signature=s%2Fb%3D0&expires=900","start_page":1,"end_page":10}],
            "requested_at":"2026-11-22T05:00:00Z","completed_at":"2026-11-22T05:00:09Z"}""".replace("ID", ID);

    @TempDir
    Path folder;

    /** One server that starts a job, tells of it in turn, and has its batches. */
    private static final class Jobs implements RawServer.Script {
        private final Deque<String> states;
        private RawServer.Script download = v -> v.json(200, batch(v.request.line()));
        private RawServer.Script start = v -> v.json(200, "{\"request_id\":\"" + ID + "\"}");
        private final CountDownLatch asked = new CountDownLatch(1);

        Jobs(String... states) {
            this.states = new ArrayDeque<>(List.of(states));
        }

        static String batch(String line) {
            String place = line.replaceFirst(".*/b(\\d)\\.json.*", "$1");
            return "{\"api\":\"2.0\",\"content\":{\"html\":\"\",\"markdown\":\"쪽 묶음 " + place
                    + "\",\"text\":\"\"},\"elements\":[],\"model\":\"document-parse-260930\",\"usage\":{\"pages\":"
                    + (place.equals("0") ? 10 : 2) + "}}";
        }

        @Override
        public void play(RawServer.Visit v) throws Exception {
            String base = "http://" + v.request.header("Host");
            if (v.request.line().startsWith("POST ")) {
                start.play(v);
            } else if (v.request.line().contains("/results/")) {
                download.play(v);
            } else {
                String state = states.size() > 1 ? states.remove() : states.element();
                if (state.startsWith("!")) {
                    v.json(Integer.parseInt(state.substring(1)), "{}");
                } else {
                    v.json(200, state.replace("BASE", base));
                }
                asked.countDown();
            }
        }
    }

    private GaonDocuments jobs(UnaryOperator<Gaon.Builder> settings, RawServer server) {
        return documents("document-parse", settings, server).withJob(true);
    }

    private GaonDocuments jobs(RawServer server) {
        return jobs(b -> b, server);
    }

    private static long posts(RawServer server) {
        return server.received().stream()
                .filter(r -> r.line().startsWith("POST "))
                .count();
    }

    @Test
    void aJobIsAskedAfterAndItsPagesAreJoinedInTheirOrder() {
        RawServer server = server(new Jobs(SUBMITTED, SUBMITTED.replace("submitted", "started"), COMPLETED));
        Document document = jobs(server).parse(file());
        assertThat(document.text()).isEqualTo("쪽 묶음 0\n\n쪽 묶음 1");
        assertThat(document.metadata().getInteger("pages")).isEqualTo(12);
        assertThat(document.metadata().getString("model")).isEqualTo("document-parse-260930");
        assertThat(server.received().stream().map(Received::line))
                .containsExactly(
                        "POST /v1/document-digitization/async HTTP/1.1",
                        "GET /v1/document-digitization/requests/" + ID + " HTTP/1.1",
                        "GET /v1/document-digitization/requests/" + ID + " HTTP/1.1",
                        "GET /v1/document-digitization/requests/" + ID + " HTTP/1.1",
                        "GET /results/b0.json?X-Signature=s%2Fb%3D0&expires=900 HTTP/1.1",
                        "GET /results/b1.json?X-Signature=s%2Fb%3D1&expires=900 HTTP/1.1");
        assertThat(server.received().stream().map(r -> r.header("Authorization")))
                .containsExactly("Bearer " + KEY, "Bearer " + KEY, "Bearer " + KEY, "Bearer " + KEY, null, null);
        assertThat(DocumentParseTest.sentFile(server.received().get(0))).isEqualTo(FILE);
        recorded("ok", null);
        assertThat(record().attempts()).hasSize(6);
        assertThat(record().notes()).containsOnly(Map.entry("job", ID), Map.entry("document", Digests.sha256(FILE)));
        assertThat(record().toJson()).doesNotContain("Signature");
    }

    @Test
    void aJobThatFailsSaysWhy() {
        RawServer server = server(new Jobs(
                SUBMITTED,
                "{\"status\":\"failed\",\"failure_message\":\"The file is encrypted; key " + KEY
                        + "\",\"batches\":[]}"));
        CallFailure failure = failing(() -> jobs(server).parse(file()));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.getMessage()).contains("The file is encrypted");
        recorded("failed", "provider-error");
        assertThat(posts(server)).isOne();
    }

    @Test
    void aJobWhoseBatchFailedSaysWhy() {
        RawServer server = server(
                new Jobs(
                        "{\"status\":\"completed\",\"batches\":[{\"id\":0,\"status\":\"failed\",\"failure_message\":\"page 3\"}]}"));
        CallFailure failure = failing(() -> jobs(server).parse(file()));
        assertThat(failure.kind()).isEqualTo("provider-error");
        assertThat(failure.getMessage()).contains("page 3");
    }

    @Test
    void aJobWithoutEndIsLeftAtTheDeadlineAndNotAskedAfterAllTheTime() {
        RawServer server = server(new Jobs(SUBMITTED));
        long before = System.nanoTime();
        CallFailure failure =
                failing(() -> jobs(server).withDeadline(Duration.ofSeconds(1)).parse(file()));
        assertThat(failure.kind()).isEqualTo("deadline-total");
        assertThat(failure.phase()).isEqualTo("wait");
        assertThat(System.nanoTime() - before).isBetween(1_000_000_000L, 5_000_000_000L);
        // After 0, 250 and 750 ms.
        assertThat(server.requests() - posts(server)).isBetween(1L, 3L);
        assertThat(posts(server)).isOne();
        recorded("failed", "deadline-total");
    }

    @Test
    void aBusyServerIsAskedAgainAndNoSecondJobStarts() {
        RawServer server = server(new Jobs("!503", SUBMITTED, "!500", COMPLETED));
        assertThat(jobs(server).parse(file()).text()).startsWith("쪽 묶음 0");
        assertThat(posts(server)).isOne();
    }

    @Test
    void aServerThatIsGoneLeavesTheJobAndStartsNoOther() {
        RawServer server = server(new Jobs("!503"));
        CallFailure failure = failing(() ->
                jobs(b -> b.limits(Limits.DEFAULT.withAttempts(2)), server).parse(file()));
        assertThat(failure.kind()).isEqualTo("unknown-outcome");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getMessage()).contains("overloaded");
        assertThat(posts(server)).isOne();
        assertThat(server.requests()).isEqualTo(3);
        assertThat(record().notes()).containsEntry("job", ID);
    }

    @Test
    void aServerThatIsBusyAtTheStartIsAskedToStartAgain() {
        Jobs jobs = new Jobs(COMPLETED);
        RawServer.Script start = jobs.start;
        jobs.start = v -> {
            if (v.number == 0) {
                v.json(503, "{}");
            } else {
                start.play(v);
            }
        };
        RawServer server = server(jobs);
        assertThat(jobs(server).parse(file()).text()).startsWith("쪽 묶음 0");
        assertThat(posts(server)).isEqualTo(2);
    }

    @Test
    void aKeyThatIsRefusedLaterEndsTheCall() {
        RawServer server = server(new Jobs("!401"));
        assertThat(failing(() -> jobs(server).parse(file())).kind()).isEqualTo("unauthorized");
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://OTHER/results/b0.json",
                "http://127.0.0.1.example/results/b0.json",
                "http://user@HOST/results/b0.json",
                "https://user:password@HOST/results/b0.json",
                "https://2130706433/results/b0.json",
                "https:/results/b0.json",
                "https:results",
                "ftp://HOST/results/b0.json",
                "file:///etc/passwd",
                "//HOST/results/b0.json",
                "/results/b0.json",
                "not an address"
            })
    void aResultElsewhereIsNotFetched(String url) {
        RawServer other = server(v -> v.json(200, Jobs.batch("/b0.json ")));
        RawServer[] own = new RawServer[1];
        own[0] = server(v -> {
            if (v.request.line().startsWith("POST ")) {
                v.json(200, "{\"request_id\":\"" + ID + "\"}");
            } else {
                String where =
                        url.replace("OTHER", "127.0.0.1:" + other.port()).replace("HOST", "127.0.0.1:" + own[0].port());
                v.json(200, "{\"status\":\"completed\",\"batches\":[{\"id\":0,\"download_url\":\"" + where + "\"}]}");
            }
        });
        CallFailure failure = failing(() -> jobs(own[0]).parse(file()));
        assertThat(failure.kind()).isEqualTo("redirect-refused");
        assertThat(failure.getMessage()).doesNotContain("b0.json");
        assertThat(other.accepted()).isZero();
        assertThat(own[0].requests()).isEqualTo(2);
        recorded("failed", "redirect-refused");
    }

    @Test
    void anotherServerIsAskedOverHttpsAndNeverSeesTheKey() throws Exception {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HandshakeCertificates keys = new HandshakeCertificates.Builder()
                .heldCertificate(new HeldCertificate.Builder()
                        .signedBy(authority)
                        .addSubjectAlternativeName("127.0.0.1")
                        .build())
                .build();
        Path pem = folder.resolve("ca.pem");
        Files.writeString(pem, authority.certificatePem());
        RawServer storage = watched(new RawServer(
                keys.sslContext().getSocketFactory(), false, v -> v.json(200, Jobs.batch(v.request.line()))));
        String origin = "https://127.0.0.1:" + storage.port();
        RawServer server = server(new Jobs(COMPLETED.replace("BASE", origin)));
        Document document = jobs(
                        b -> b.network(Network.DEFAULT.trustPem(pem)).credential("upstage", Credential.of(KEY)), server)
                .parse(file());
        assertThat(document.text()).isEqualTo("쪽 묶음 0\n\n쪽 묶음 1");
        assertThat(storage.received()).hasSize(2).allSatisfy(request -> {
            clean(request.head());
            assertThat(request.header("Authorization")).isNull();
        });
        List<CallRecord.Attempt> attempts = record().attempts();
        assertThat(attempts.get(3).endpoint()).isEqualTo(origin);
        assertThat(attempts.get(3).provider()).isEqualTo("upstage");
    }

    @Test
    void aResultThatMovedIsNotFollowed() {
        RawServer other = server(v -> v.json(200, Jobs.batch("/b0.json ")));
        Jobs jobs = new Jobs(COMPLETED);
        jobs.download = v -> v.reply(302, null, "", "Location: http://127.0.0.1:" + other.port() + "/b0.json");
        RawServer server = server(jobs);
        assertThat(failing(() -> jobs(server).parse(file())).kind()).isEqualTo("redirect-refused");
        assertThat(other.accepted()).isZero();
    }

    @Test
    void anAddressThatExpiredIsRenewed() {
        Jobs jobs = new Jobs(COMPLETED.replace("b1.json", "b1.json?old"), COMPLETED);
        RawServer.Script download = jobs.download;
        jobs.download = v -> {
            if (v.request.line().contains("old")) {
                v.reply(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
            } else {
                download.play(v);
            }
        };
        RawServer server = server(jobs);
        assertThat(jobs(server).parse(file()).text()).isEqualTo("쪽 묶음 0\n\n쪽 묶음 1");
        assertThat(posts(server)).isOne();
    }

    @Test
    void aResultThatIsRefusedTwiceIsLost() {
        Jobs jobs = new Jobs(COMPLETED);
        jobs.download = v -> v.reply(403, "application/xml", "<Error><Code>AccessDenied</Code></Error>");
        RawServer server = server(jobs);
        CallFailure failure = failing(() -> jobs(server).parse(file()));
        assertThat(failure.kind()).isEqualTo("unknown-outcome");
        assertThat(failure.getMessage()).contains("forbidden");
        assertThat(server.requests()).as("start, state, batch, state, batch").isEqualTo(5);
    }

    @Test
    void manyLargeBatchesAreTooLargeTogether() {
        Jobs jobs = new Jobs(COMPLETED);
        String half = "{\"content\":{\"markdown\":\"" + "x".repeat(600_000) + "\"}}";
        jobs.download = v -> v.json(200, half);
        GaonDocuments parser = jobs(b -> b.limits(once().withReplyBytes(1_000_000)), server(jobs));
        assertThat(failing(() -> parser.parse(file())).kind()).isEqualTo("reply-too-large");
    }

    @Test
    void aGiantBatchIsCutOff() {
        Jobs jobs = new Jobs(COMPLETED);
        jobs.download = v -> {
            v.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                    + "{\"content\":{\"markdown\":\"");
            v.flood("x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8), 1L << 30);
        };
        GaonDocuments parser = jobs(b -> b.limits(once().withReplyBytes(1 << 20)), server(jobs));
        assertThat(failing(() -> parser.parse(file())).kind()).isEqualTo("reply-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"request_id\":null}",
                "{\"request_id\":\"../../keys\"}",
                "{\"request_id\":\"..\"}",
                "{\"request_id\":\"a b\"}",
                "{\"request_id\":\"a?b\"}",
                "{\"request_id\":{}}",
                "[]"
            })
    void aStartWithoutAJobIsMalformed(String body) {
        Jobs jobs = new Jobs(COMPLETED);
        jobs.start = v -> v.json(200, body);
        RawServer server = server(jobs);
        assertThat(failing(() -> jobs(server).parse(file())).kind()).isEqualTo("malformed-reply");
        assertThat(server.requests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":1}",
                "{\"status\":\"completed\"}",
                "{\"status\":\"completed\",\"batches\":[]}",
                "{\"status\":\"completed\",\"batches\":{}}",
                "{\"status\":\"completed\",\"batches\":[1]}",
                "{\"status\":\"completed\",\"batches\":[{\"id\":0}]}",
                "{\"status\":\"completed\",\"status\":\"failed\"}",
                "<html>"
            })
    void aStateThatIsNoneIsMalformed(String state) {
        RawServer server = server(new Jobs(state));
        assertThat(failing(() -> jobs(server).parse(file())).kind()).isEqualTo("malformed-reply");
        assertThat(posts(server)).isOne();
    }

    @Test
    void anInterruptedCallerIsLetGoWhileTheJobRuns() throws Exception {
        Jobs jobs = new Jobs(SUBMITTED);
        GaonDocuments parser = jobs(server(jobs));
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> end.complete(catchThrowable(() -> parser.parse(file()))));
        caller.start();
        arrives(jobs.asked);
        caller.interrupt();
        assertThat(facts(end.get(5, TimeUnit.SECONDS)).kind()).isEqualTo("cancelled");
        caller.join();
        recorded("cancelled", "cancelled");
    }

    @Test
    void closingTheClientEndsTheCallWhileTheJobRuns() throws Exception {
        Jobs jobs = new Jobs(SUBMITTED);
        RawServer server = server(jobs);
        Gaon gaon = gaon(b -> b.endpoint("document-parse", server.endpoint().withDialect("upstage"))
                .credential(server.url(), Credential.of(KEY)));
        GaonDocuments parser = gaon.documents("document-parse").withJob(true);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread caller = new Thread(() -> end.complete(catchThrowable(() -> parser.parse(file()))));
        caller.start();
        arrives(jobs.asked);
        gaon.close();
        assertThat(facts(end.get(5, TimeUnit.SECONDS)).kind()).isEqualTo("cancelled");
        caller.join();
    }
}
