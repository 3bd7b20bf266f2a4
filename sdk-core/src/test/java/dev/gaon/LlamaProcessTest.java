package dev.gaon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a process sees of it from outside, in JVMs of their own. */
@ExtendWith(TinyModel.class)
class LlamaProcessTest {

    @TempDir
    Path folder;

    private record Ran(int status, String out, String err) {}

    private Ran run(Class<?> main, Map<String, String> environment, String... arguments) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dstdout.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temporary,
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path")));
        if (Runtime.version().feature() >= 22) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        process.environment().putAll(environment);
        Process started = process.start();
        assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                started.exitValue(),
                Files.readString(folder.resolve("out"), UTF_8),
                Files.readString(folder.resolve("err"), UTF_8));
    }

    /** Answers once and says how much memory the process holds. */
    static final class Answer {

        private Answer() {}

        public static void main(String[] arguments) throws IOException {
            long before = resident();
            long began = System.nanoTime();
            try (Gaon gaon = Gaon.builder()
                    .endpoint("tiny", Endpoint.of(Path.of(arguments[0])))
                    .build()) {
                String text = gaon.chat("tiny")
                        .chat(ChatRequest.builder()
                                .messages(UserMessage.from("안녕"))
                                .maxOutputTokens(20)
                                .build())
                        .aiMessage()
                        .text();
                System.out.print("said " + !text.isEmpty() + ", ms " + (System.nanoTime() - began) / 1_000_000
                        + ", KiB before " + before + ", with the model " + resident());
            }
            System.out.print(", closed " + resident());
            // A thread of the library keeps a program that only returns from ending.
            System.exit(0);
        }

        private static long resident() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return -1;
        }
    }

    @Test
    void nothingIsPrintedAndNothingIsLeftBehindOrDeleted() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path mine = Files.createDirectories(temporary.resolve("llama-models"));
        Files.writeString(mine.resolve("keep.txt"), "mine");
        Files.writeString(temporary.resolve("jllama-notes.txt"), "mine");

        Ran ran = run(Answer.class, Map.of(), TinyModel.FILE.toString());

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("said true, ms ").doesNotContain("\n");
        assertThat(ran.err().lines().filter(line -> !line.startsWith("SLF4J"))).isEmpty();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith("hsperfdata")))
                    .containsExactlyInAnyOrder("llama-models", "jllama-notes.txt");
        }
        assertThat(mine.resolve("keep.txt")).hasContent("mine");
    }
}
