package dev.gaon.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command line: {@code --jdk HOME}, {@code --client NAME} and {@code --figure NAME}, each as often as wished. */
record Options(List<Jdk> jdks, List<Contender> contenders, List<Figure> figures, boolean publish) {

    static Options of(String[] args) throws IOException {
        List<Jdk> jdks = new ArrayList<>();
        List<Contender> contenders = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        boolean publish = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--jdk" -> jdks.add(jdk(Path.of(args[++i])));
                case "--client" -> contenders.add(Contender.valueOf(args[++i].toUpperCase(Locale.ROOT)));
                case "--figure" -> figures.add(Figure.valueOf(args[++i].toUpperCase(Locale.ROOT)));
                case "--publish" -> publish = true;
                default -> throw usage(args[i]);
            }
        }
        return new Options(
                jdks.isEmpty() ? Jdk.found() : jdks,
                contenders.isEmpty() ? List.of(Contender.values()) : contenders,
                figures.isEmpty() ? List.of(Figure.values()) : figures,
                publish);
    }

    private static Jdk jdk(Path home) {
        return Jdk.at(home).orElseThrow(() -> new IllegalArgumentException(home + " holds no JDK"));
    }

    private static IllegalArgumentException usage(String unknown) {
        return new IllegalArgumentException(unknown + " is not known; --jdk HOME, --client "
                + Arrays.toString(Contender.values()) + ", --figure " + Arrays.toString(Figure.values())
                + ", --publish are");
    }
}
