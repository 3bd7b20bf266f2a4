package dev.gaon.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command line, in this JVM or in one of its own, and keeps what it said. */
final class Cli {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    record Result(int exit, String out, String err) {

        /** The one JSON document on standard output. */
        JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (IOException e) {
                throw new AssertionError("no single JSON document:\n" + out + "\n" + err, e);
            }
        }

        JsonNode error() {
            return json().path("error");
        }
    }

    private Cli() {}

    /** In this JVM, in English unless said otherwise. */
    static Result run(String... args) {
        return run("", Map.of("LANG", "en_US.UTF-8"), args);
    }

    static Result run(String input, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = GaonCommand.run(args, new ByteArrayInputStream(input.getBytes(UTF_8)), out, err, environment);
        return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** In a JVM of its own, with these variables and few others. */
    static Result fork(Map<String, String> environment, String... args) throws Exception {
        return fork(environment, List.of(), args);
    }

    /** The same with more at the end of the class path. */
    static Result fork(Map<String, String> environment, List<Path> more, String... args) throws Exception {
        Path out = Files.createTempFile("gaon-out", null);
        Path err = Files.createTempFile("gaon-err", null);
        try {
            Process process = start(environment, more, out, err, args);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("not ended after 60 s: " + Arrays.toString(args));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    static Process start(Map<String, String> environment, Path out, Path err, String... args) throws IOException {
        return start(environment, List.of(), out, err, args);
    }

    private static Process start(Map<String, String> environment, List<Path> more, Path out, Path err, String... args)
            throws IOException {
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        more.forEach(path -> classPath.append(File.pathSeparator).append(path));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath.toString(),
                GaonCommand.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }
}
