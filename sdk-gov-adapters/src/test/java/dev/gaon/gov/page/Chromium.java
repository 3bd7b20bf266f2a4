package dev.gaon.gov.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's Chromium as a process without a window. */
public final class Chromium {

    private final Path folder;

    public Chromium(Path folder) {
        assumeTrue(found() != null, "chromium is not installed: apt-get install chromium fonts-nanum");
        this.folder = folder;
    }

    private static String found() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(each -> Files.isExecutable(Path.of(each)))
                .findFirst()
                .orElse(null);
    }

    /** The document as it stands once its scripts have run. */
    public String dom(Path page, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--dump-dom", "--virtual-time-budget=60000"));
        options.addAll(List.of(more));
        return run(page, options);
    }

    /** Draws the top of a page. */
    public Path picture(Path page, String name, int width, int height, String... more) throws Exception {
        Path png = folder.resolve(name);
        List<String> options = new ArrayList<>(
                List.of("--screenshot=" + png, "--hide-scrollbars", "--window-size=" + width + "," + height));
        options.addAll(List.of(more));
        run(page, options);
        return png;
    }

    public Path print(Path page) throws Exception {
        Path pdf = folder.resolve("printed.pdf");
        run(page, List.of("--print-to-pdf=" + pdf, "--no-pdf-header-footer"));
        return pdf;
    }

    private String run(Path page, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                found(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(options);
        command.add(page.toUri().toString());
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("chromium did not end within two minutes: " + options);
        }
        assertThat(process.exitValue()).as("%s", options).isZero();
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
