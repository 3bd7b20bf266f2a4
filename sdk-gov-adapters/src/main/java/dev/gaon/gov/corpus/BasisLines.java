package dev.gaon.gov.corpus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lines of {@code bases.jsonl}, kept on disk as they come and written in another order, so that it does not matter in
 * how many runs, or by how many threads, their rows were found. One thread.
 */
final class BasisLines implements Consumer<String>, AutoCloseable {

    private static final int BASIS = "{\"basis\":\"".length();
    private static final int DIGITS = 32;

    private record Span(long from, int bytes) {}

    private final Path file;
    private final OutputStream to;
    private final Map<String, Span> lines = new HashMap<>();
    private long end;

    BasisLines(Path file) throws IOException {
        this.file = file;
        to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    @Override
    public void accept(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            to.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.put(line.substring(BASIS, BASIS + DIGITS), new Span(end, bytes.length));
        end += bytes.length;
    }

    /**
     * Ends with the lines of these bases; evidence that only rows had which cannot be read is left out.
     *
     * @param bases in their order
     */
    void write(Collection<String> bases, Path sorted) throws IOException {
        to.close();
        try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r");
                OutputStream all = new BufferedOutputStream(Files.newOutputStream(sorted), 1 << 16)) {
            for (String basis : bases) {
                Span each = lines.get(basis);
                if (each == null) {
                    throw new IllegalStateException("decided without a line: " + basis);
                }
                byte[] bytes = new byte[each.bytes()];
                from.seek(each.from());
                from.readFully(bytes);
                all.write(bytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
