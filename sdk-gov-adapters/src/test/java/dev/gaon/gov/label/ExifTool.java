package dev.gaon.gov.label;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reader that nobody here wrote. */
final class ExifTool {

    private ExifTool() {}

    /** What it finds, keyed by group and name, such as {@code XMP:DigitalSourceType}; numbers and lists as it prints them. */
    static JsonNode read(Path file) throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "exiftool is not installed: apt-get install libimage-exiftool-perl");
        Process process = new ProcessBuilder(
                        List.of("exiftool", "-json", "-G", "-api", "structformat=json", file.toString()))
                .redirectErrorStream(false)
                .start();
        byte[] out = process.getInputStream().readAllBytes();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("exiftool hangs");
        }
        return Statement.JSON.readTree(out).path(0);
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("exiftool", "-ver").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
