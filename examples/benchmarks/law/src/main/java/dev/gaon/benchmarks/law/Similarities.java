package dev.gaon.benchmarks.law;

import dev.gaon.gov.license.Work;
import dev.gaon.gov.rag.Similarity;
import dev.gaon.gov.rag.SimilarityCheck;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures the check of answers against works: memory and time for each megabyte of text (UTF-8) that is indexed, and the
 * time of one answer, as time of the processor. The text is made of 20,000 words as often as words are in prose. Medians of 15 rounds; the lowest and
 * highest in brackets.
 */
final class Similarities {

    private static final int MEGABYTE = 1_000_000;
    private static final int WORK = 100_000;
    private static final int ANSWERS = 50;
    private static final int ROUNDS = 15;

    private final Random random = new Random(1);
    private final List<String> words = new ArrayList<>();
    private long found;

    private Similarities() {
        for (int i = 0; i < 20_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 2 + random.nextInt(3); length > 0; length--) {
                word.append((char) ('가' + 28 * random.nextInt(399) + (random.nextInt(3) == 0 ? 4 : 0)));
            }
            words.add(word.toString());
        }
    }

    public static void main(String[] args) {
        Similarities all = new Similarities();
        for (int megabytes : args.length == 0 ? new int[] {1, 10, 100} : new int[] {Integer.parseInt(args[0])}) {
            all.measure(megabytes);
        }
        if (all.found == 0) {
            throw new IllegalStateException("nothing was found");
        }
    }

    private String text(int bytes) {
        StringBuilder text = new StringBuilder();
        for (int length = 0; length < bytes; ) {
            double rank = random.nextDouble();
            String word = words.get((int) (Math.pow(words.size(), rank) - 1));
            text.append(word).append(random.nextInt(12) == 0 ? ". " : " ");
            length += word.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return text.toString();
    }

    private void measure(int megabytes) {
        long before = used();
        SimilarityCheck.Builder builder = SimilarityCheck.builder();
        String last = "";
        long began = processor();
        long making = 0;
        for (int i = 0; i < megabytes * (MEGABYTE / WORK); i++) {
            long start = processor();
            last = text(WORK);
            making += processor() - start;
            builder.work(Work.of("w" + i, "work " + i), last);
        }
        SimilarityCheck check = builder.build();
        double seconds = (processor() - began - making) / 1e9;
        builder = SimilarityCheck.builder();
        double held = (double) (used() - before) / MEGABYTE;
        print(megabytes, "index, s", seconds);
        print(megabytes, "memory held for each MB of text, MB", held / megabytes);
        List<String> others = new ArrayList<>();
        List<String> quoting = new ArrayList<>();
        for (int i = 0; i < ANSWERS; i++) {
            String answer = text(5_300);
            others.add(answer);
            quoting.add(answer.substring(0, 900) + last.substring(i * 500, i * 500 + 200) + answer.substring(900));
        }
        print(megabytes, "answer of 2,000 characters, ms", rounds(check, others));
        print(megabytes, "the same with a quotation, ms", rounds(check, quoting));
        long hostile = processor();
        found += check.check(last.substring(0, 30) + "가".repeat(1_000_000)).letters();
        print(megabytes, "answer of a million equal letters, s", (processor() - hostile) / 1e9);
    }

    private double[] rounds(SimilarityCheck check, List<String> answers) {
        double[] times = new double[ROUNDS];
        for (int round = -5; round < ROUNDS; round++) {
            long began = processor();
            for (String each : answers) {
                Similarity similarity = check.check(each);
                found += similarity.matches().size();
            }
            times[Math.max(0, round)] = (processor() - began) / 1e6 / answers.size();
        }
        return times;
    }

    /** Nanoseconds that this thread has used: other work on the machine does not count. */
    private static long processor() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(int megabytes, String what, double... rounds) {
        Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d MB | %s | %.2f (%.2f–%.2f) |%n",
                Runtime.version().feature(),
                megabytes,
                what,
                rounds[rounds.length / 2],
                rounds[0],
                rounds[rounds.length - 1]);
    }
}
