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
        Path target = Files.createDirectories(Path.of("target"));
        Path csv = target.resolve("results.csv");
        Results results = options.keep() ? Results.read(csv) : new Results();
        if (!options.jdks().isEmpty()) {
            results.addMachine();
        }
        for (Jdk jdk : options.jdks()) {
            try (Jvm server = Jvm.start(jdk, List.of(), Contender.DRAIN.classPath(), "LoopbackServer")) {
                Benchmarks all = new Benchmarks(jdk, options.contenders(), results, (int) server.answer());
                for (Figure figure : options.figures()) {
                    all.measure(figure);
                    results.write(csv);
                }
            }
        }
        String tables = new Report(results).markdown();
        String plot = new Plot(results).svg();
        Files.writeString(target.resolve("results.md"), tables);
        Files.writeString(target.resolve("results.svg"), plot);
        System.out.println(tables);
        if (options.publish()) {
            Page.publish(tables, plot);
        }
    }

    private void measure(Figure figure) throws IOException {
        List<Contender> measured = contenders.stream().filter(figure::of).toList();
        switch (figure) {
            case STREAM_BYTES, CALL_BYTES, LARGE_BYTES, KEPT_BYTES -> {
                for (Contender contender : measured) {
                    together(figure, List.of(contender));
                }
            }
            case FIRST_TOKEN -> firstTokens(figure, measured);
            case DECODE_TIME, DECODE_BYTES -> {
                for (Contender contender : measured) {
                    results.add(jdk, figure, contender, Jmh.run(jdk, contender.classPath(), figure));
                }
            }
            default -> together(figure, measured);
        }
    }

    private void together(Figure figure, List<Contender> measured) throws IOException {
        Map<Contender, Jvm> jvms = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : measured) {
                Jvm jvm = start(figure, contender, "Worker");
                jvms.put(contender, jvm);
                jvm.ask("warm " + figure.warmUp);
            }
            for (int round = 0; round < figure.rounds; round++) {
                for (Contender contender : measured) {
                    double each = jvms.get(contender).ask(figure.command);
                    results.add(jdk, figure, contender, figure.of(each));
                }
            }
        } finally {
            for (Jvm jvm : jvms.values()) {
                jvm.close();
            }
        }
    }

    /** The first start of all only brings the files into the machine's memory. */
    private void firstTokens(Figure figure, List<Contender> measured) throws IOException {
        for (int round = -figure.warmUp; round < figure.rounds; round++) {
            for (Contender contender : measured) {
                try (Jvm jvm = start(figure, contender, "FirstToken")) {
                    double millis = jvm.answer();
                    if (round >= 0) {
                        results.add(jdk, figure, contender, millis);
                    }
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
