package dev.gaon.benchmarks.law;

import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.Fact;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures assessments by the bundled rules: the time of one, over profiles of which half of the facts are declared, and of
 * 100,000 different profiles on two threads. Medians of 15 and 7 rounds; the lowest and highest in brackets.
 */
final class Assessments {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final int ONE_ROUND = 20_000;
    private static final int MANY = 100_000;

    private final RulePack pack = RulePack.bundled();
    private final LongAdder findings = new LongAdder();

    private Assessments() {}

    public static void main(String[] args) throws InterruptedException {
        Assessments all = new Assessments();
        List<ServiceProfile> few = all.profiles(200, 1);
        for (int round = 0; round < 5; round++) {
            all.one(few);
        }
        double[] one = new double[15];
        for (int round = 0; round < one.length; round++) {
            one[round] = all.one(few);
        }
        print("all " + all.pack.rules().size() + " rules on one profile, µs", one);
        List<ServiceProfile> many = all.profiles(MANY, 2);
        double[] batch = new double[7];
        for (int round = 0; round < batch.length; round++) {
            batch[round] = all.batch(many);
        }
        print(MANY + " profiles on two threads, s", batch);
        if (all.findings.sum() == 0) {
            throw new IllegalStateException("nothing was found");
        }
    }

    private static void print(String what, double[] rounds) {
        Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f (%.2f–%.2f) |%n",
                Runtime.version().feature(),
                what,
                rounds[rounds.length / 2],
                rounds[0],
                rounds[rounds.length - 1]);
    }

    private double one(List<ServiceProfile> profiles) {
        long began = System.nanoTime();
        for (int i = 0; i < ONE_ROUND; i++) {
            findings.add(Assessment.of(profiles.get(i % profiles.size()), pack, DAY).failsUnderFine() ? 1 : 2);
        }
        return (System.nanoTime() - began) / 1e3 / ONE_ROUND;
    }

    private double batch(List<ServiceProfile> profiles) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2);
        long began = System.nanoTime();
        for (int worker = 0; worker < 2; worker++) {
            Thread thread = new Thread(() -> {
                for (int i = next.getAndIncrement(); i < profiles.size(); i = next.getAndIncrement()) {
                    findings.add(Assessment.of(profiles.get(i), pack, DAY).findings().size());
                }
                done.countDown();
            });
            thread.start();
        }
        done.await();
        return (System.nanoTime() - began) / 1e9;
    }

    /** Different profiles with half of the facts declared; those that contradict themselves are left out. */
    private List<ServiceProfile> profiles(int count, long seed) {
        Random random = new Random(seed);
        List<ServiceProfile> profiles = new ArrayList<>(count);
        while (profiles.size() < count) {
            ServiceProfile profile = ServiceProfile.of("service " + profiles.size());
            StringBuilder facts = new StringBuilder();
            for (Fact fact : pack.facts()) {
                if (random.nextBoolean()) {
                    facts.append(facts.length() == 0 ? "" : ",")
                            .append('"')
                            .append(fact.name())
                            .append("\":")
                            .append(value(fact, random));
                }
            }
            profile = ServiceProfile.parse("{\"service\":\"" + profile.service() + "\",\"facts\":{" + facts + "}}");
            try {
                Assessment.of(profile, pack, DAY);
                profiles.add(profile);
            } catch (IllegalArgumentException e) {
                // It contradicts itself.
            }
        }
        return profiles;
    }

    private static String value(Fact fact, Random random) {
        return switch (fact.type()) {
            case BOOLEAN -> String.valueOf(random.nextBoolean());
            case NUMBER -> String.valueOf(random.nextInt(2_000_000));
            case CHOICE -> '"' + List.copyOf(fact.values().keySet()).get(random.nextInt(fact.values().size())) + '"';
        };
    }
}
