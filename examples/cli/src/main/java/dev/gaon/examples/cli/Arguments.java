package dev.gaon.examples.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The words of the command line as they were typed. In the C locale Java turns every byte beyond ASCII into a question
 * mark before {@code main} sees it; Linux still has them.
 */
final class Arguments {

    private static final Path TYPED = Path.of("/proc/self/cmdline");

    private Arguments() {}

    static String[] typed(String[] seen) {
        if ("UTF-8".equals(System.getProperty("sun.jnu.encoding")) || !damaged(seen) || !Files.isReadable(TYPED)) {
            return seen;
        }
        try {
            return restored(seen, new String(Files.readAllBytes(TYPED), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return seen;
        }
    }

    private static boolean damaged(String[] seen) {
        return Arrays.stream(seen)
                .anyMatch(word -> word.indexOf('?') >= 0 || word.chars().anyMatch(c -> c > '~'));
    }

    /** The last words of {@code commandLine}, if they are the same as those seen wherever those are plain. */
    static String[] restored(String[] seen, String commandLine) {
        String[] all = commandLine.split("\0", -1);
        int from = all.length - 1 - seen.length;
        if (from < 1) {
            return seen;
        }
        String[] typed = Arrays.copyOfRange(all, from, all.length - 1);
        for (int i = 0; i < seen.length; i++) {
            boolean plain = typed[i].chars().allMatch(c -> c < 128);
            if (plain && !typed[i].equals(seen[i])) {
                return seen;
            }
        }
        return typed;
    }

    /** In the C locale Java refuses Hangul in a path, but not in the address of a file. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            try {
                String absolute = text.startsWith("/")
                        ? text
                        : Path.of("").toAbsolutePath().toUri().getPath() + text;
                return Path.of(URI.create(new URI("file", "", absolute, null).toASCIIString()));
            } catch (URISyntaxException | RuntimeException again) {
                throw Failure.wrongUse(
                        "bad-path",
                        new Text("쓸 수 없는 경로입니다: " + text, "The path cannot be used: " + text),
                        new Text("LC_ALL=C.UTF-8을 설정하고 다시 실행하세요.", "Set LC_ALL=C.UTF-8 and run it again."),
                        again);
            }
        }
    }
}
