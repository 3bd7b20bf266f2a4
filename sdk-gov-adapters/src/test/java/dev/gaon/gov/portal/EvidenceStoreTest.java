package dev.gaon.gov.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What claims were read from lies in the folder, under its hash, once, whole. */
class EvidenceStoreTest {

    private static final Map<String, String> HERITAGE = Map.of("ccbaKdcd", "11", "ccbaAsno", "1", "ccbaCtcd", "11");

    @TempDir
    private Path folder;

    private static EvidenceStore.Reply reply(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new EvidenceStore.Reply(
                "khs",
                "images",
                "https://www.khs.go.kr/cha/x?a=1",
                Samples.NOON,
                200,
                "text/xml",
                "sha256:" + PackFiles.sha256(bytes),
                bytes);
    }

    private Path file(String sha256) {
        String hex = sha256.substring("sha256:".length());
        return folder.resolve("replies").resolve(hex.substring(0, 2)).resolve(hex);
    }

    private List<JsonNode> index() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("index.jsonl"))) {
            lines.add(Samples.JSON.readTree(line));
        }
        return lines;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("replies"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theBytesOfEveryClaimAreThere() throws IOException {
        String body = "<result><item><sn>1</sn><imageNuri>A</imageNuri><ccimDesc>문</ccimDesc></item></result>";
        try (PortalServer server = new PortalServer(PortalServer.xml(body));
                Portals portals = Samples.builder("khs", server, Samples.kept())
                        .evidence(EvidenceStore.in(folder))
                        .build()) {
            PortalPage page = portals.fetch(portals.start("khs", "images", HERITAGE));
            List<Claim> claims = page.works().get(0).claims();
            assertThat(claims).hasSize(2);
            for (Claim claim : claims) {
                byte[] kept = Files.readAllBytes(file(String.valueOf(claim.sha256())));
                assertThat("sha256:" + PackFiles.sha256(kept)).isEqualTo(claim.sha256());
                assertThat(new String(kept, UTF_8)).isEqualTo(body).contains(claim.value());
            }
            assertThat(index()).singleElement().satisfies(line -> {
                assertThat(line.path("sha256").asText()).isEqualTo(page.sha256());
                assertThat(line.path("url").asText())
                        .isEqualTo(page.url())
                        .endsWith("?ccbaAsno=1&ccbaCtcd=11&ccbaKdcd=11");
                assertThat(line.path("fetched").asText()).isEqualTo("2026-11-22T12:00+09:00");
                assertThat(line.path("status").asInt()).isEqualTo(200);
                assertThat(line.path("bytes").asInt()).isEqualTo(body.getBytes(UTF_8).length);
                assertThat(line.path("portal").asText() + line.path("operation").asText())
                        .isEqualTo("khsimages");
            });
        }
    }

    @Test
    void theSameBytesLieThereOnceAndEverySightIsListed() throws IOException {
        EvidenceStore store = EvidenceStore.in(folder);
        store.keep(reply("one"));
        store.keep(reply("one"));
        EvidenceStore.in(folder).keep(reply("two"));
        assertThat(files())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.getFileName().toString())
                        .isEqualTo(PackFiles.sha256(Files.readAllBytes(each))));
        assertThat(index()).hasSize(3);
    }

    @Test
    void whatWasDamagedIsWrittenAnew() throws IOException {
        EvidenceStore store = EvidenceStore.in(folder);
        EvidenceStore.Reply reply = reply("whole");
        for (String damage : List.of("", "who", "thole")) {
            store.keep(reply);
            Files.writeString(file(reply.sha256()), damage);
            store.keep(reply);
            assertThat(file(reply.sha256())).hasContent("whole");
        }
        assertThat(files()).hasSize(1);
    }

    @Test
    void aLineThatACrashCutOffSpoilsNoOther() throws IOException {
        EvidenceStore store = EvidenceStore.in(folder);
        store.keep(reply("one"));
        Files.writeString(folder.resolve("index.jsonl"), "{\"portal\":\"kh", StandardOpenOption.APPEND);
        store.keep(reply("two"));
        List<String> lines = Files.readAllLines(folder.resolve("index.jsonl"));
        assertThat(lines).hasSize(3);
        assertThat(Samples.JSON.readTree(lines.get(2)).path("sha256").asText())
                .isEqualTo(reply("two").sha256());
    }

    @Test
    void bytesUnderAHashNotTheirsAreRefused() {
        EvidenceStore.Reply wrong = new EvidenceStore.Reply(
                "khs", "images", "u", Samples.NOON, 200, "", reply("one").sha256(), "two".getBytes(UTF_8));
        assertThatThrownBy(() -> EvidenceStore.in(folder).keep(wrong)).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void manyThreadsMayKeepAtOnce() throws Exception {
        List<EvidenceStore> stores = List.of(EvidenceStore.in(folder), EvidenceStore.in(folder));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                EvidenceStore.Reply reply = reply("reply " + i % 10);
                EvidenceStore store = stores.get(i % 2);
                all.add(threads.submit(() -> {
                    start.await();
                    store.keep(reply);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(files()).hasSize(10);
        assertThat(index()).hasSize(80);
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheFetch() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        try (PortalServer server = new PortalServer(PortalServer.xml("<result><totalCnt>0</totalCnt></result>"));
                Portals portals = Samples.builder("khs", server, Samples.kept())
                        .evidence(EvidenceStore.in(file))
                        .build()) {
            String start = portals.start("khs", "images", HERITAGE);
            assertThatThrownBy(() -> portals.fetch(start)).isInstanceOfSatisfying(PortalException.class, e -> {
                assertThat(e.kind()).isEqualTo("evidence-failed");
                assertThat(e.position()).contains("\"pages\":0").contains("\"calls\":1");
            });
        }
    }

    /** Nothing is collected without evidence. */
    @Test
    void aStoreIsRequired() {
        assertThatThrownBy(() -> Portals.builder().build())
                .isInstanceOf(PortalException.class)
                .hasMessageContaining("evidence(EvidenceStore.in(folder))");
    }
}
