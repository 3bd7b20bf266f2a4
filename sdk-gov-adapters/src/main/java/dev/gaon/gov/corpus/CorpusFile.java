package dev.gaon.gov.corpus;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file of a corpus, and what it was when the audit began. Immutable. */
record CorpusFile(Path path, String format, long bytes, String fingerprint) {

    static final String PARQUET = "parquet";
    static final String CSV = "csv";
    static final String JSONL = "jsonl";

    private static final int MOST = 10_000;
    private static final int DEEPEST = 32;
    private static final int ENDS = 1 << 16;
    private static final Map<String, String> FORMATS =
            Map.of("parquet", PARQUET, "csv", CSV, "tsv", CSV, "jsonl", JSONL, "ndjson", JSONL, "json", JSONL);

    /**
     * The files of paths, folders and globs, each once and in the order of their paths.
     *
     * @param out a folder that holds no input
     */
    static List<CorpusFile> find(Collection<String> inputs, Path out) {
        Set<Path> found = new TreeSet<>();
        try {
            Path written = real(out);
            for (String each : inputs) {
                List<Path> files = each(each, written);
                if (files.isEmpty()) {
                    throw noFile(each, "JSONL, CSV, Parquet 파일이 없습니다", "there is no JSONL, CSV or Parquet file");
                }
                found.addAll(files);
                if (found.size() > MOST) {
                    throw noFile(each, "파일은 " + MOST + "개까지입니다", "at most " + MOST + " files");
                }
            }
            List<CorpusFile> files = new ArrayList<>();
            for (Path path : found) {
                files.add(new CorpusFile(path, format(path), Files.size(path), fingerprint(path)));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As paths below a folder are found, whatever links lead there; what does not exist yet has none. */
    private static Path real(Path path) throws IOException {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null
                ? path.toRealPath()
                : real(parent).resolve(String.valueOf(path.getFileName()));
    }

    private static CorpusException noFile(String input, String ko, String en) {
        return new CorpusException(
                "no-file",
                new BilingualText("'" + input + "': " + ko + ".", "'" + input + "': " + en + "."),
                new BilingualText("경로와 확장자를 확인하세요.", "Check the path and the file names' endings."),
                null);
    }

    private static List<Path> each(String input, Path out) throws IOException {
        Path path = literal(input);
        if (path != null && Files.isRegularFile(path)) {
            if (format(path).isEmpty()) {
                throw noFile(input, "읽을 수 없는 종류입니다", "it is of no kind that can be read");
            }
            return List.of(path.toRealPath());
        }
        if (path != null && Files.isDirectory(path)) {
            return below(path, out, null);
        }
        int wild = first(input);
        if (wild < 0) {
            throw noFile(input, "그런 파일이나 폴더가 없습니다", "there is no such file or folder");
        }
        int slash = input.lastIndexOf('/', wild);
        Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : input.substring(0, slash));
        String pattern = input.substring(slash + 1);
        return Files.isDirectory(root)
                ? below(root, out, FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                : List.of();
    }

    private static @Nullable Path literal(String input) {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static int first(String input) {
        for (int i = 0; i < input.length(); i++) {
            if ("*?[{".indexOf(input.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Hidden files and those that begin with an underscore, as engines write them beside data, are no input. */
    private static List<Path> below(Path folder, Path out, @Nullable PathMatcher wanted) throws IOException {
        Path root = folder.toRealPath();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root, DEEPEST)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Path inside = root.relativize(each);
                String name = String.valueOf(each.getFileName());
                if (Files.isRegularFile(each)
                        && !name.startsWith("_")
                        && !name.startsWith(".")
                        && !each.startsWith(out)
                        && !format(each).isEmpty()
                        && (wanted == null || wanted.matches(inside))) {
                    files.add(each.toRealPath());
                }
            }
        }
        return files;
    }

    private static String format(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.replaceFirst("\\.(gz|zst)$", "");
        String format = FORMATS.getOrDefault(plain.substring(plain.lastIndexOf('.') + 1), "");
        return format.equals(PARQUET) && !plain.equals(name) ? "" : format;
    }

    /** {@code gzip}, {@code zstd} or {@code none}. */
    String compression() {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".gz") ? "gzip" : name.endsWith(".zst") ? "zstd" : "none";
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Of the first and the last 64 KiB: enough to see that a file was changed, cheap enough to ask every time. */
    private static String fingerprint(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            ByteBuffer ends = ByteBuffer.allocate(2 * ENDS);
            long size = file.size();
            ends.limit((int) Math.min(ENDS, size));
            fill(file, ends);
            ends.limit(ends.position() + (int) Math.min(ENDS, Math.max(0, size - ENDS)));
            file.position(Math.max(Math.min(ENDS, size), size - ENDS));
            fill(file, ends);
            byte[] read = new byte[ends.position()];
            ends.flip().get(read);
            return PackFiles.sha256(read);
        }
    }

    private static void fill(SeekableByteChannel file, ByteBuffer to) throws IOException {
        int read = 0;
        while (to.hasRemaining() && read >= 0) {
            read = file.read(to);
        }
    }

    /** Of all its bytes, in hexadecimal; an interrupt stops it. */
    String sha256() throws IOException {
        return PackFiles.sha256(path);
    }

    static List<Map<String, Object>> json(List<CorpusFile> files) {
        return files.stream().map(CorpusFile::json).toList();
    }

    private Map<String, Object> json() {
        Map<String, Object> out = new TreeMap<>();
        out.put("path", path.toString());
        out.put("bytes", bytes);
        out.put("ends", fingerprint);
        try {
            out.put("changed", Files.getLastModifiedTime(path).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }
}
