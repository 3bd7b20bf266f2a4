package dev.gaon.gov.spark;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files of paths, folders and globs on any file system that Spark reads, each once and in the order of their paths. */
final class CorpusFiles {

    static final String PARQUET = "parquet";
    static final String CSV = "csv";
    static final String TSV = "tsv";
    static final String JSONL = "jsonl";

    private static final int MOST = 10_000;
    private static final Map<String, String> FORMATS =
            Map.of("parquet", PARQUET, "csv", CSV, "tsv", TSV, "jsonl", JSONL, "ndjson", JSONL, "json", JSONL);

    private CorpusFiles() {}

    static List<FileStatus> find(Collection<String> inputs, Configuration hadoop) throws IOException {
        Map<String, FileStatus> found = new TreeMap<>();
        for (String each : inputs) {
            int before = found.size();
            Path path = new Path(each);
            FileSystem files = path.getFileSystem(hadoop);
            FileStatus[] matched =
                    files.exists(path) ? new FileStatus[] {files.getFileStatus(path)} : files.globStatus(path);
            for (FileStatus match : matched == null ? new FileStatus[0] : matched) {
                if (match.isFile() && readable(match.getPath())) {
                    found.put(match.getPath().toString(), match);
                } else if (match.isDirectory()) {
                    below(files, match.getPath(), found);
                }
            }
            if (found.size() == before) {
                throw noFile(each, "JSONL, CSV, Parquet 파일이 없습니다", "there is no JSONL, CSV or Parquet file");
            }
            if (found.size() > MOST) {
                throw noFile(each, "파일은 " + MOST + "개까지입니다", "at most " + MOST + " files");
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Hidden files and those that begin with an underscore, as engines write them beside data, are no input. */
    private static void below(FileSystem files, Path folder, Map<String, FileStatus> found) throws IOException {
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
        while (all.hasNext() && found.size() <= MOST) {
            LocatedFileStatus each = all.next();
            String name = each.getPath().getName();
            if (!name.startsWith("_") && !name.startsWith(".") && readable(each.getPath())) {
                found.put(each.getPath().toString(), each);
            }
        }
    }

    /** @throws IllegalArgumentException for what the audit on one machine reads, which is not passed over in silence here */
    private static boolean readable(Path path) {
        String name = path.getName();
        if (name.toLowerCase(Locale.ROOT).endsWith(".zst")
                && !format(new Path(path.getParent(), name.substring(0, name.length() - 4)))
                        .isEmpty()) {
            throw new IllegalArgumentException(new BilingualText(
                            "'" + path + "': Spark에서는 .zst를 읽지 않습니다. 풀거나 .gz로 바꾸세요.",
                            "'" + path + "': on Spark no .zst is read. Unpack it, or make it a .gz.")
                    .both());
        }
        return !format(path).isEmpty();
    }

    private static IllegalArgumentException noFile(String input, String ko, String en) {
        return new IllegalArgumentException(new BilingualText(
                        "'" + input + "': " + ko + ". 경로와 확장자를 확인하세요.",
                        "'" + input + "': " + en + ". Check the path and the file names' endings.")
                .both());
    }

    /** Empty if it is of no kind that can be read. */
    static String format(Path path) {
        String name = path.getName().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String format = FORMATS.getOrDefault(plain.substring(plain.lastIndexOf('.') + 1), "");
        return format.equals(PARQUET) && !plain.equals(name) ? "" : format;
    }

    /** As Spark's readers take it, which read some letters as wildcards. */
    static String literal(FileStatus file) {
        return file.getPath().toString().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
    }
}
