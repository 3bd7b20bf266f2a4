package dev.gaon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rounds of a run, in the order of measuring. */
final class Results {

    /** Who was measured, of what and where. */
    record Key(Jdk jdk, Figure figure, Contender contender) {}

    private final Map<Key, List<Double>> rounds = new LinkedHashMap<>();

    /** Rounds below zero warm up and do not count. */
    void add(Jdk jdk, Figure figure, Contender contender, int round, double value) {
        System.err.printf("%s  %-24s %-17s %3d  %,16.2f%n", jdk, figure.label, contender.label, round, value);
        if (round >= 0) {
            rounds.computeIfAbsent(new Key(jdk, figure, contender), key -> new ArrayList<>())
                    .add(value);
        }
    }

    boolean has(Jdk jdk, Figure figure, Contender contender) {
        return rounds.containsKey(new Key(jdk, figure, contender));
    }

    Spread of(Jdk jdk, Figure figure, Contender contender) {
        return Spread.of(rounds.get(new Key(jdk, figure, contender)));
    }

    List<Jdk> jdks() {
        return rounds.keySet().stream().map(Key::jdk).distinct().toList();
    }

    /** One client beside another, round by round: what disturbs one round meets both. */
    Spread ratio(Jdk jdk, Figure figure, Contender over, Contender under) {
        List<Double> a = rounds.get(new Key(jdk, figure, over));
        List<Double> b = rounds.get(new Key(jdk, figure, under));
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            ratios.add(a.get(i) / b.get(i));
        }
        return Spread.of(ratios);
    }

    void write(Path csv) throws IOException {
        StringBuilder lines = new StringBuilder("jdk,figure,client,round,value\n");
        rounds.forEach((key, values) -> {
            for (int i = 0; i < values.size(); i++) {
                lines.append(key.jdk.version())
                        .append(',')
                        .append(key.figure)
                        .append(',')
                        .append(key.contender);
                lines.append(',').append(i).append(',').append(values.get(i)).append('\n');
            }
        });
        Files.writeString(csv, lines);
    }
}
