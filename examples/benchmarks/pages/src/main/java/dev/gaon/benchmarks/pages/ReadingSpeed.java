package dev.gaon.benchmarks.pages;

import dev.gaon.benchmarks.pages.SamplePages.Mark;
import dev.gaon.gov.claim.PageClaims;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures how many megabytes (10^6 bytes) of HTML a second two threads read for licences. Each mixture has 600 made-up
 * pages with a median of 50 kB, every tenth in CP949. Median of 9 rounds after 3 that do not count; the lowest and highest
 * in brackets. The last column divides by the processor time of the threads: on a busy machine it says what one free core
 * would read.
 */
final class ReadingSpeed {

    private static final int PAGES = 600;
    private static final int THREADS = 2;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;
    private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

    private final PageClaims reader = PageClaims.standard();
    private final LongAdder claims = new LongAdder();
    private final LongAdder cpu = new LongAdder();

    private ReadingSpeed() {}

    public static void main(String[] args) throws InterruptedException {
        ReadingSpeed all = new ReadingSpeed();
        System.out.println("| Java | pages | with a claim | bytes, median | MB/s, two threads | MB a second of one core |");
        System.out.println("|---|---|---|---|---|---|");
        all.measure("usual: 20 % embed, 10 % news, 60 % footer only, 10 % no word", 20, 10, 60);
        all.measure("none: no word that could be a mark", 0, 0, 0);
        all.measure("worst: every page with the embed", 100, 0, 0);
    }

    private void measure(String name, int embed, int news, int footer) throws InterruptedException {
        SamplePages samples = new SamplePages(7);
        List<byte[]> pages = new ArrayList<>(PAGES);
        for (int i = 0; i < PAGES; i++) {
            int share = i * 100 / PAGES;
            Mark mark = share < embed
                    ? Mark.EMBED
                    : share < embed + news ? Mark.NEWS : share < embed + news + footer ? Mark.FOOTER : Mark.NONE;
            pages.add(samples.page(samples.size(), mark, i % 10 == 0));
        }
        Collections.shuffle(pages, samples.random());
        long bytes = pages.stream().mapToLong(page -> page.length).sum();
        int median = pages.stream().map(page -> page.length).sorted().toList().get(PAGES / 2);
        long marked = pages.stream().filter(page -> claims(page) > 0).count();
        double[] rounds = new double[ROUNDS];
        double[] cores = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            cpu.reset();
            double seconds = round(pages);
            if (round >= 0) {
                rounds[round] = bytes / 1e6 / seconds;
                cores[round] = bytes / 1e6 / (cpu.sum() / 1e9);
            }
        }
        Arrays.sort(rounds);
        Arrays.sort(cores);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f %% | %d | %.0f (%.0f–%.0f) | %.0f (%.0f–%.0f) |%n",
                Runtime.version().feature(),
                name,
                100.0 * marked / PAGES,
                median,
                rounds[ROUNDS / 2],
                rounds[0],
                rounds[ROUNDS - 1],
                cores[ROUNDS / 2],
                cores[0],
                cores[ROUNDS - 1]);
    }

    private int claims(byte[] page) {
        return reader.read(page, "text/html", "https://example.go.kr/a", DAY).claims().size();
    }

    private double round(List<byte[]> pages) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(THREADS);
        long began = System.nanoTime();
        for (int worker = 0; worker < THREADS; worker++) {
            new Thread(() -> {
                        for (int i = next.getAndIncrement(); i < pages.size(); i = next.getAndIncrement()) {
                            claims.add(claims(pages.get(i)));
                        }
                        cpu.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        return (System.nanoTime() - began) / 1e9;
    }
}
