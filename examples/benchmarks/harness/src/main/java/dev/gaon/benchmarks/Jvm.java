package dev.gaon.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A process of ours that takes commands a line and answers with numbers; used by one thread, ends when closed. */
final class Jvm implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedReader answers;

    private Jvm(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Jvm start(Jdk jdk, List<String> flags, String classPath, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jdk.java());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, "dev.gaon.benchmarks." + main));
        command.addAll(List.of(arguments));
        return new Jvm(main + " " + String.join(" ", arguments), command);
    }

    double ask(String line) throws IOException {
        OutputStream commands = process.getOutputStream();
        commands.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
        return answer();
    }

    /** The next number; what else a library prints is passed by. */
    double answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Worker.ANSWER)) {
                return Double.parseDouble(line.substring(Worker.ANSWER.length()));
            }
        }
        throw new IOException(name + " ended without an answer");
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
