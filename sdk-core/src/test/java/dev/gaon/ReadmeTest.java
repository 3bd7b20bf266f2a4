package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Java example that the READMEs print compiles; the first one is run. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String AROUND = """
            import dev.gaon.*;
            import java.nio.file.Path;
            class Snippet%d {
                static final class Budget implements Policy {
                    @Override
                    public void intercept(Chain chain, java.util.function.Consumer<ChatDelta> out) {
                        chain.proceed(chain.request(), out);
                    }
                }
                static void run() throws Exception {
            %s
                }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.en.md"})
    void everyExampleCompilesAndTheFirstAnswers(String readme) throws Exception {
        String text = Files.readString(Path.of("..").resolve(readme));
        List<String> files = new ArrayList<>();
        Matcher blocks = JAVA.matcher(text);
        while (blocks.find()) {
            String name = files.isEmpty() ? "Hello" : "Snippet" + files.size();
            String code = files.isEmpty() ? blocks.group(1) : AROUND.formatted(files.size(), blocks.group(1));
            Path file = folder.resolve(name + ".java");
            Files.writeString(file, code);
            files.add(file.toString());
        }
        assertThat(files).hasSize(3);
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(
                List.of("-encoding", "UTF-8", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
        arguments.addAll(files);
        int status =
                ToolProvider.getSystemJavaCompiler().run(null, problems, problems, arguments.toArray(String[]::new));
        assertThat(status).as(problems.toString(StandardCharsets.UTF_8)).isZero();

        PrintStream before = System.out;
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, Gaon.class.getClassLoader())) {
            loader.loadClass("Hello").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("[1]", "UPSTAGE_API_KEY", "gaon-start");
    }
}
