package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records prove what happened, and a sink that cannot keep them stops the calls. */
class RecordTest extends HostileCase {

    @TempDir
    Path folder;

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private final RawServer server = server(v -> v.json(200, Wire.whole("답 😀"), "X-Request-Id: r-1"));

    @Test
    void digestsAreThoseOfTheBytes() throws Exception {
        say(model(server));
        assertThat(record().attempts().get(0).requestSha256())
                .isEqualTo(sha256(server.received().get(0).body()));
        assertThat(record().replySha256()).isEqualTo(sha256("답 😀".getBytes(StandardCharsets.UTF_8)));
        assertThat(ledger.opened.get(0).state()).isEqualTo("open");
        assertThat(ledger.opened.get(0).closedAt()).isNull();
        assertThat(record().closedAt()).isAfterOrEqualTo(record().openedAt());
    }

    @Test
    void theLastRecordsAreKeptInMemory() {
        RecordSink.InMemory memory = RecordSink.inMemory(2);
        GaonChatModel model = model(b -> b.records(memory), server);
        for (int i = 0; i < 3; i++) {
            say(model);
        }
        assertThat(memory.records())
                .hasSize(2)
                .allMatch(record -> record.state().equals("ok"));
        assertThat(memory.records().get(0).id())
                .isNotEqualTo(memory.records().get(1).id());
    }

    @Test
    void twoCanonicalLinesACall() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        try (RecordSink sink = RecordSink.jsonLines(file)) {
            GaonChatModel model = model(b -> b.records(sink), server);
            say(model);
            blocking(model(b -> b.records(sink), server(v -> v.json(400, "{}"))));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        ObjectMapper json = new ObjectMapper();
        JsonNode open = json.readTree(lines.get(0));
        JsonNode closed = json.readTree(lines.get(1));
        assertThat(open.path("state").asText()).isEqualTo("open");
        assertThat(closed.path("state").asText()).isEqualTo("ok");
        assertThat(closed.path("id")).isEqualTo(open.path("id"));
        assertThat(closed.path("attempts").path(0).path("requestSha256").asText())
                .isEqualTo(sha256(server.received().get(0).body()));
        assertThat(json.readTree(lines.get(3)).path("failure").asText()).isEqualTo("invalid-request");
        for (String line : lines) {
            clean(line);
            JsonNode parsed = json.readTree(line);
            assertThat(json.writeValueAsString(json.treeToValue(parsed, java.util.TreeMap.class)))
                    .as("sorted and compact")
                    .hasSameSizeAs(line);
        }
    }

    @Test
    void manyCallsDoNotMixTheirLines() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        try (RecordSink sink = RecordSink.jsonLines(file)) {
            GaonChatModel model = model(b -> b.records(sink), server);
            List<java.util.concurrent.CompletableFuture<ChatResponse>> calls = new java.util.ArrayList<>();
            for (int i = 0; i < 40; i++) {
                calls.add(model.chatAsync(request()));
            }
            calls.forEach(java.util.concurrent.CompletableFuture::join);
        }
        ObjectMapper json = new ObjectMapper();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(80);
        for (String line : lines) {
            assertThat(json.readTree(line).path("id").asText()).hasSize(36);
        }
    }

    @Test
    void anInterruptedCallStillWritesItsRecord() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer silent = server(v -> {
            asked.countDown();
            v.untilClientCloses();
        });
        Path file = folder.resolve("calls.jsonl");
        try (RecordSink sink = RecordSink.jsonLines(file)) {
            GaonChatModel model = model(b -> b.records(sink), silent);
            Thread caller = new Thread(() -> blocking(model));
            caller.start();
            arrives(asked);
            caller.interrupt();
            caller.join(5000);
            assertThat(say(model(b -> b.records(sink), server))).isEqualTo("답 😀");
        }
        assertThat(Files.readAllLines(file)).hasSize(4).element(1).asString().contains("\"state\":\"cancelled\"");
    }

    /** Throws where it is told to. */
    private static final class Broken implements RecordSink {
        private final boolean onOpen;
        private final AtomicInteger closedCalls = new AtomicInteger();

        Broken(boolean onOpen) {
            this.onOpen = onOpen;
        }

        @Override
        public void opened(CallRecord record) throws IOException {
            if (onOpen) {
                throw new IOException("disk");
            }
        }

        @Override
        public void closed(CallRecord record) {
            closedCalls.incrementAndGet();
            throw new IllegalStateException("disk");
        }
    }

    @Test
    void aSinkThatRefusesToOpenLetsNothingLeave() throws Exception {
        Broken sink = new Broken(true);
        GaonChatModel model = model(b -> b.records(sink), server);
        CallFailure failure = blocking(model);
        assertThat(failure.kind()).isEqualTo("record-refused");
        assertThat(failure.phase()).isEqualTo("queue");
        assertThat(streamed(model).kind()).isEqualTo("record-refused");
        assertThat(server.accepted()).isZero();
        assertThat(sink.closedCalls).hasValue(0);
    }

    @Test
    void aSinkThatFailsToCloseIsNoticedAndTheReplyStays() {
        Broken sink = new Broken(false);
        ChatResponse response = model(b -> b.records(sink), server).chat(request());
        assertThat(response.aiMessage().text()).isEqualTo("답 😀");
        assertThat(((GaonResponseMetadata) response.metadata()).notices()).contains("record-not-written");
        assertThat(CapturedLog.text()).contains("ERROR", "could not be written");
        assertThat(sink.closedCalls).hasValue(1);
    }

    @Test
    void aFullDiskRefusesCalls() throws Exception {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        try (RecordSink sink = RecordSink.jsonLines(full)) {
            GaonChatModel model = model(b -> b.records(sink), server);
            assertThat(blocking(model).kind()).isEqualTo("record-refused");
            assertThat(CapturedLog.trace(blocking(model).getCause())).contains("an earlier write");
        }
        assertThat(server.accepted()).isZero();
    }

    @Test
    void aFileThatCannotBeOpenedIsRefusedAtOnce() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> RecordSink.jsonLines(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("기록 파일")
                .hasMessageContaining("record file");
    }
}
