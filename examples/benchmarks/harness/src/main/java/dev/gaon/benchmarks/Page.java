package dev.gaon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts tables and picture into the page of results, between its two markers. */
final class Page {

    private static final Path PAGE = Path.of("../../docs/results/benchmarks.md");
    private static final String BEGIN = "<!-- written by examples/benchmarks/run: begin -->\n";
    private static final String END = "<!-- written by examples/benchmarks/run: end -->\n";

    private Page() {}

    static void publish(String tables, String plot) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IOException(PAGE + " lacks its markers");
        }
        Files.writeString(PAGE, page.substring(0, begin) + "\n" + tables + "\n" + page.substring(end));
        Files.writeString(PAGE.resolveSibling("benchmarks.svg"), plot);
    }
}
