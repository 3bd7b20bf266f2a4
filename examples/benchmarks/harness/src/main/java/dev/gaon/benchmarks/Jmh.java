package dev.gaon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the benchmarks of a module that are written for JMH, which starts JVMs of its own. */
final class Jmh {

    private Jmh() {}

    /** JMH's score for the time, or what its profiler counted. */
    static double run(Jdk jdk, String classPath, Figure figure) throws IOException {
        Path csv = Files.createTempFile("jmh", ".csv");
        List<String> command = List.of(
                jdk.java(),
                "-cp",
                classPath,
                "org.openjdk.jmh.Main",
                "DecoderBenchmark.token$",
                "-prof",
                "gc",
                "-rf",
                "csv",
                "-rff",
                csv.toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            String row = figure == Figure.DECODE_TIME ? "DecoderBenchmark.token\"" : ":gc.alloc.rate.norm\"";
            return Files.readAllLines(csv).stream()
                    .filter(line -> line.contains(row))
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[4]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("JMH left no " + row));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(csv);
        }
    }
}
