package dev.gaon.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The command line.
 *
 * @param jdks {@code --jdk HOME}, as often as wished; else this one, and the newest beside it
 * @param contenders {@code --client NAME}, as often as wished; else all
 * @param figures {@code --figure NAME}, as often as wished; else all
 * @param keep {@code --keep} keeps what {@code target/results.csv} holds of other figures, {@code --report} does that and
 *     measures nothing
 * @param publish {@code --publish} writes tables and picture into the page of results
 */
record Options(List<Jdk> jdks, List<Contender> contenders, List<Figure> figures, boolean keep, boolean publish) {

    static Options of(String[] args) throws IOException {
        List<Jdk> jdks = new ArrayList<>();
        List<Contender> contenders = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        Set<String> flags = new HashSet<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--jdk" -> jdks.add(jdk(Path.of(args[++i])));
                case "--client" -> contenders.add(Contender.valueOf(args[++i].toUpperCase(Locale.ROOT)));
                case "--figure" -> figures.add(Figure.valueOf(args[++i].toUpperCase(Locale.ROOT)));
                case "--keep", "--report", "--publish" -> flags.add(args[i]);
                default -> throw usage(args[i]);
            }
        }
        boolean measure = !flags.contains("--report");
        return new Options(
                measure && jdks.isEmpty() ? Jdk.found() : measure ? jdks : List.of(),
                contenders.isEmpty() ? List.of(Contender.values()) : contenders,
                figures.isEmpty() ? List.of(Figure.values()) : figures,
                !measure || flags.contains("--keep"),
                flags.contains("--publish"));
    }

    private static Jdk jdk(Path home) {
        return Jdk.at(home).orElseThrow(() -> new IllegalArgumentException(home + " holds no JDK"));
    }

    private static IllegalArgumentException usage(String unknown) {
        return new IllegalArgumentException(unknown + " is not known; --jdk HOME, --client "
                + Arrays.toString(Contender.values()) + ", --figure " + Arrays.toString(Figure.values())
                + ", --keep, --report, --publish are");
    }
}
