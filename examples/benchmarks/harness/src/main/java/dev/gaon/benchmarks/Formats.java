package dev.gaon.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gaon's streams of 20,000 pieces in each format and kind, measured as {@link Benchmarks} does; prints a table. The command
 * line may name figures of streams; else speed and bytes.
 */
final class Formats {

    private static final Map<String, String> PATHS = new LinkedHashMap<>();

    static {
        PATHS.put("OpenAI text", "stream");
        PATHS.put("OpenAI tool call", "tools");
        PATHS.put("CLOVA text", "clova");
        PATHS.put("CLOVA tool call", "clova-tools");
    }

    private Formats() {}

    public static void main(String[] args) throws IOException {
        List<Figure> figures = args.length == 0
                ? List.of(Figure.STREAM_SPEED, Figure.STREAM_BYTES)
                : Arrays.stream(args)
                        .map(name -> Figure.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
        Jdk jdk = Jdk.found().get(0);
        try (Jvm server = Jvm.start(jdk, List.of(), Contender.DRAIN.classPath(), "LoopbackServer")) {
            int port = (int) server.answer();
            row(jdk.toString(), figures.stream().map(figure -> figure.label).toList());
            row("---", figures.stream().map(figure -> "---:").toList());
            for (Map.Entry<String, String> path : PATHS.entrySet()) {
                String address = "http://127.0.0.1:" + port + "/" + path.getValue() + "/v1";
                List<String> cells = new ArrayList<>();
                for (Figure figure : figures) {
                    cells.add(measured(jdk, figure, address).toString());
                }
                row(path.getKey(), cells);
            }
        }
    }

    private static void row(String head, List<String> cells) {
        System.out.println("| " + head + " | " + String.join(" | ", cells) + " |");
    }

    private static Spread measured(Jdk jdk, Figure figure, String address) throws IOException {
        Contender gaon = Contender.GAON;
        List<Double> rounds = new ArrayList<>();
        try (Jvm jvm = Jvm.start(
                jdk, figure.flags(), gaon.classPath(), "Worker", gaon.className(), address, figure.scenario)) {
            jvm.ask("warm " + figure.warmUp);
            for (int round = 0; round < figure.rounds; round++) {
                rounds.add(figure.of(jvm.ask(figure.command)));
            }
        }
        return Spread.of(rounds);
    }
}
