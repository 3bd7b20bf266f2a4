package dev.gaon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures all clients and writes the tables.
 *
 * <p>For times, the JVMs of all clients live at once and are asked in turn, a round each, so that what disturbs the
 * machine meets all of them. Bytes do not depend on neighbours; they are counted in one JVM after the other.
 */
final class Benchmarks {

    private final Jdk jdk;
    private final List<Contender> contenders;
    private final Results results;
    private final String server;

    private Benchmarks(Jdk jdk, List<Contender> contenders, Results results, int port) {
        this.jdk = jdk;
        this.contenders = contenders;
        this.results = results;
        this.server = "http://127.0.0.1:" + port + "/";
    }

    public static void main(String[] args) throws IOException {
        Options options = Options.of(args);
        Results results = new Results();
        for (Jdk jdk : options.jdks()) {
            try (Jvm server = Jvm.start(jdk, List.of(), Contender.DRAIN.classPath(), "LoopbackServer")) {
                Benchmarks all = new Benchmarks(jdk, options.contenders(), results, (int) server.answer());
                for (Figure figure : options.figures()) {
                    all.measure(figure);
                }
            }
        }
        Files.createDirectories(Path.of("target"));
        results.write(Path.of("target", "results.csv"));
        System.out.println(new Report(results).markdown());
    }

    private void measure(Figure figure) throws IOException {
        List<Contender> measured = contenders.stream().filter(figure::of).toList();
        if (figure == Figure.FIRST_TOKEN) {
            firstTokens(figure, measured);
        } else if (figure.countsBytes()) {
            for (Contender contender : measured) {
                together(figure, List.of(contender));
            }
        } else {
            together(figure, measured);
        }
    }

    private void together(Figure figure, List<Contender> measured) throws IOException {
        Map<Contender, Jvm> jvms = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : measured) {
                jvms.put(contender, start(figure, contender, "Worker"));
            }
            for (int round = -figure.warmUps; round < figure.rounds; round++) {
                for (Contender contender : measured) {
                    double value = figure.of(jvms.get(contender).ask(figure.command));
                    results.add(jdk, figure, contender, round, value);
                }
            }
        } finally {
            for (Jvm jvm : jvms.values()) {
                jvm.close();
            }
        }
    }

    private void firstTokens(Figure figure, List<Contender> measured) throws IOException {
        for (int round = -figure.warmUps; round < figure.rounds; round++) {
            for (Contender contender : measured) {
                try (Jvm jvm = start(figure, contender, "FirstToken")) {
                    results.add(jdk, figure, contender, round, jvm.answer());
                }
            }
        }
    }

    private Jvm start(Figure figure, Contender contender, String main) throws IOException {
        String address = server + figure.path + "/v1";
        return Jvm.start(
                jdk, figure.flags(), contender.classPath(), main, contender.className(), address, figure.scenario);
    }
}
