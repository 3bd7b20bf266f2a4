package dev.gaon.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A Java runtime to measure on. */
record Jdk(Path home, String version) {

    /** The one that runs this, and the newest beside it if that is newer. */
    static List<Jdk> found() throws IOException {
        Jdk own = at(Path.of(System.getProperty("java.home"))).orElseThrow();
        try (Stream<Path> homes = Files.list(own.home.getParent())) {
            Optional<Jdk> newest = homes.map(Jdk::at)
                    .flatMap(Optional::stream)
                    .filter(jdk -> jdk.feature() > own.feature())
                    .max(Comparator.comparingInt(Jdk::feature));
            return Stream.concat(Stream.of(own), newest.stream()).toList();
        }
    }

    static Optional<Jdk> at(Path home) {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            return Optional.empty();
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() || !Files.isExecutable(home.resolve("bin/java"))
                ? Optional.empty()
                : Optional.of(new Jdk(home, version));
    }

    int feature() {
        return Runtime.Version.parse(version).feature();
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature();
    }
}
