package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ends early goes on, and comes to the same, byte for byte. */
@Timeout(240)
class CorpusResumeTest {

    private static final int ROWS = 24_000;

    @TempDir
    Path temp;

    private CorpusSummary run(Path input, Path out) {
        return AuditFolder.audit().withPartRows(AuditProcess.PART_ROWS).run(List.of(input.toString()), out);
    }

    /** Blocks until the journal has so many whole lines. */
    private static void await(Process process, Path journal, long lines) throws IOException, InterruptedException {
        try (WatchService changes = FileSystems.getDefault().newWatchService()) {
            journal.getParent()
                    .register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Files.exists(journal)
                    || Files.readString(journal)
                                    .chars()
                                    .filter(each -> each == '\n')
                                    .count()
                            < lines) {
                WatchKey key = changes.poll(1, TimeUnit.SECONDS);
                assertThat(process.isAlive())
                        .as(Files.readString(
                                AuditProcess.log(journal.getParent().getParent())))
                        .isTrue();
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void aKilledRunGoesOnToTheSameResult(int lines) throws IOException, InterruptedException {
        Path input = AuditFolder.parquet(temp.resolve("c.parquet"), ROWS);
        AuditFolder whole = new AuditFolder(temp.resolve("whole"));
        CorpusSummary undisturbed = run(input, whole.folder());
        AuditFolder killed = new AuditFolder(temp.resolve("killed"));
        Path journal = Files.createDirectories(killed.folder().resolve(".gaon")).resolve("journal.jsonl");
        Process process = AuditProcess.start(input, killed.folder());
        try {
            await(process, journal, lines);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as("killed, not finished").isNotZero();
        assertThat(killed.folder().resolve("summary.json")).doesNotExist();
        // what a crash may leave of the last line
        Files.writeString(journal, "{\"done\":\"part-000", StandardOpenOption.APPEND);
        List<Long> told = new ArrayList<>();
        CorpusSummary resumed = AuditFolder.audit()
                .withPartRows(AuditProcess.PART_ROWS)
                .withProgress(each -> told.add(each.rows()))
                .run(List.of(input.toString()), killed.folder());
        assertThat(resumed.rowsDigest()).isEqualTo(undisturbed.rowsDigest()).isEqualTo(killed.recomputed());
        assertThat(resumed.toJson()).isEqualTo(undisturbed.toJson());
        assertThat(Files.readString(killed.folder().resolve("bases.jsonl")))
                .isEqualTo(Files.readString(whole.folder().resolve("bases.jsonl")));
        assertThat(told.get(told.size() - 1)).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "gone", "more"})
    void aCorpusThatChangesMeanwhileIsNoResult(String how) throws IOException {
        Path corpus = Files.createDirectories(temp.resolve("corpus"));
        Path rows = AuditFolder.parquet(corpus.resolve("c.parquet"), ROWS);
        Path out = temp.resolve("out");
        assertThatThrownBy(() -> AuditFolder.audit()
                        .withProgress(each -> meanwhile(how, rows))
                        .run(List.of(corpus.toString()), out))
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo("changed"))
                .hasMessageMatching("(?s).*[가-힣].* / .*");
        assertThat(out.resolve("summary.json")).doesNotExist();
    }

    private static void meanwhile(String how, Path rows) {
        try {
            switch (how) {
                case "changed" -> Files.setLastModifiedTime(rows, FileTime.from(Instant.EPOCH));
                case "gone" -> Files.delete(rows);
                default -> Files.writeString(rows.resolveSibling("more.jsonl"), "{\"id\": \"x\"}\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFinishedRunIsNotDoneAgain() throws IOException {
        Path input = AuditFolder.parquet(temp.resolve("c.parquet"), 5_000);
        CorpusSummary first = run(input, temp.resolve("out"));
        FileTime written = Files.getLastModifiedTime(temp.resolve("out/summary.json"));
        assertThat(run(input, temp.resolve("out")).toJson()).isEqualTo(first.toJson());
        assertThat(Files.getLastModifiedTime(temp.resolve("out/summary.json"))).isEqualTo(written);
    }

    @Test
    void anotherRunIsRefusedByWhatDiffers() throws IOException {
        Path input = AuditFolder.parquet(temp.resolve("c.parquet"), 100);
        Path out = temp.resolve("out");
        run(input, out);
        assertThatThrownBy(() -> AuditFolder.audit()
                        .withAllColumns()
                        .withPartRows(AuditProcess.PART_ROWS)
                        .run(List.of(input.toString()), out))
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo("other-run"))
                .hasMessageContaining("what differs: allColumns)")
                .hasMessageContaining("delete the folder to start anew");
        Files.setLastModifiedTime(input, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThatThrownBy(() -> run(input, out)).hasMessageContaining("what differs: inputs)");
        Files.createDirectories(temp.resolve("full"));
        Files.writeString(temp.resolve("full/mine.txt"), "kept");
        assertThatThrownBy(() -> run(input, temp.resolve("full"))).hasMessageContaining("The folder is not empty");
        assertThat(temp.resolve("full/mine.txt")).hasContent("kept");
    }

    @Test
    void aSecondWriterIsRefused() {
        Path input = AuditFolder.parquet(temp.resolve("c.parquet"), 5_000);
        Path out = temp.resolve("out");
        AtomicReference<Throwable> second = new AtomicReference<>();
        AuditFolder.audit()
                .withProgress(each -> {
                    try {
                        AuditFolder.audit().run(List.of(input.toString()), out);
                    } catch (CorpusException e) {
                        second.set(e);
                    }
                })
                .run(List.of(input.toString()), out);
        assertThat(second.get())
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo("in-use"));
    }

    @Test
    void anInterruptStopsItAndItGoesOnLater() {
        Path input = AuditFolder.parquet(temp.resolve("c.parquet"), ROWS);
        Path out = temp.resolve("out");
        CorpusAudit audit = AuditFolder.audit().withPartRows(AuditProcess.PART_ROWS);
        List<Long> rows = new ArrayList<>();
        assertThatThrownBy(() -> audit.withProgress(each -> {
                            rows.add(each.rows());
                            if (rows.size() == 3) {
                                Thread.currentThread().interrupt();
                            }
                        })
                        .run(List.of(input.toString()), out))
                .isInstanceOfSatisfying(
                        CorpusException.class, e -> assertThat(e.kind()).isEqualTo("cancelled"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(rows).hasSize(3);
        assertThat(run(input, out).rowsDigest())
                .isEqualTo(run(input, temp.resolve("whole")).rowsDigest());
    }

    @Test
    void aRunningStatementIsStoppedByAnInterrupt() throws InterruptedException {
        AtomicReference<Throwable> ended = new AtomicReference<>();
        try (Duck duck = new Duck(200, 1, temp, List.of(), false)) {
            Thread caller = new Thread(() -> {
                try {
                    duck.number("select sum(a.range * b.range) from range(1000000) a, range(1000000) b");
                } catch (CorpusException e) {
                    ended.set(e);
                }
            });
            caller.start();
            caller.interrupt();
            caller.join();
            assertThat(ended.get())
                    .isInstanceOfSatisfying(
                            CorpusException.class, e -> assertThat(e.kind()).isEqualTo("cancelled"));
            assertThat(duck.number("select 7")).isEqualTo(7);
        }
    }

    @Test
    void theEngineSeesNothingElseAndLoadsNothing() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret.csv"), "a\n1\n");
        Path folder = Files.createDirectories(temp.resolve("out"));
        try (Duck duck = new Duck(200, 1, folder, List.of(), false)) {
            for (String sql : List.of(
                    "select count(*) from read_csv(" + Duck.text(secret.toString()) + ")",
                    "select count(*) from read_csv(" + Duck.text(folder + "/../secret.csv") + ")",
                    "copy (select 1) to " + Duck.text(temp.resolve("outside").toString()),
                    "install httpfs",
                    "load httpfs",
                    "set enable_external_access = true",
                    "set threads = 8")) {
                assertThatThrownBy(() -> duck.run(sql)).as(sql).isInstanceOf(CorpusException.class);
            }
            duck.run("copy (select 1) to " + Duck.text(folder.resolve("inside").toString()));
        }
        assertThat(temp.resolve("outside")).doesNotExist();
    }
}
