package dev.gaon;

import dev.gaon.DocumentReader.Skipped;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a user's folder that may be read, by their path inside it, in a fixed order; and those left out.
 * Hidden files are passed over without a word; symbolic links are followed only inside the folder and a folder is
 * entered once. Immutable once listed.
 */
final class FolderFiles {

    /**
     * How much of a folder is read.
     *
     * @param files      most files
     * @param fileBytes  largest text file, in bytes
     * @param pdfBytes   largest PDF file, in bytes
     * @param totalBytes all files together
     * @param depth      folders within folders
     */
    record Limits(int files, long fileBytes, long pdfBytes, long totalBytes, int depth) {
        static final Limits DEFAULT = new Limits(2_000, 4L << 20, 16L << 20, 16L << 20, 12);
    }

    private static final List<String> KINDS = List.of(".txt", ".md", ".html", ".htm", ".pdf");
    /** Looked at, read or not: a folder such as {@code /} must come to an end. */
    private static final int MAX_ENTRIES = 50_000;

    private final Map<String, Path> files = new TreeMap<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Set<Path> entered = new HashSet<>();
    private final Path root;
    private final Limits limits;
    private long total;
    private int entries;

    private FolderFiles(Path root, Limits limits) {
        this.root = root;
        this.limits = limits;
    }

    static FolderFiles list(Path folder, Limits limits) {
        if (!Files.exists(folder)) {
            throw new Text("폴더가 없습니다: " + folder + ". 경로를 확인하십시오.", "no such folder: " + folder + ". Check the path.")
                    .refusal();
        }
        if (!Files.isDirectory(folder)) {
            throw new Text(
                            "폴더가 아니라 파일입니다: " + folder + ". 그 파일이 든 폴더를 주십시오.",
                            "a file, not a folder: " + folder + ". Name the folder that holds it.")
                    .refusal();
        }
        try {
            FolderFiles found = new FolderFiles(folder.toRealPath(), limits);
            found.walk(found.root, "", 0);
            return found;
        } catch (IOException e) {
            String why = folder + " (" + e.getClass().getSimpleName() + ")";
            throw new Text(
                            "폴더를 읽을 수 없습니다: " + why + ". 읽기 권한을 주십시오.",
                            "the folder cannot be read: " + why + ". Grant read permission.")
                    .refusal(e);
        }
    }

    Map<String, Path> files() {
        return files;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    private void walk(Path folder, String prefix, int depth) throws IOException {
        if (!entered.add(folder.toRealPath())) {
            return;
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                if (++entries > MAX_ENTRIES) {
                    skip(
                            prefix + "…",
                            "파일이 너무 많음(" + MAX_ENTRIES + "개까지)",
                            "too many files (up to " + MAX_ENTRIES + ")");
                    break;
                }
                children.add(child);
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(java.util.Comparator.comparing(p -> p.getFileName().toString()));
        for (Path child : children) {
            String last = lastName(child);
            String name = prefix + last;
            if (!last.startsWith(".")) {
                visit(child, name, depth);
            }
        }
    }

    /** In the C locale Java cannot decode Korean names, and all of one length look alike; their addresses keep the bytes. */
    private static String lastName(Path file) {
        String seen = file.getFileName().toString();
        if (seen.indexOf('\uFFFD') < 0) {
            return seen;
        }
        String address = file.toUri().getRawPath().replaceFirst("/$", "");
        String last = address.substring(address.lastIndexOf('/') + 1);
        return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void visit(Path child, String name, int depth) {
        try {
            Path real = child.toRealPath();
            if (!real.startsWith(root)) {
                skip(name, "폴더 밖을 가리키는 링크", "a link that leaves the folder");
                return;
            }
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                if (depth + 1 > limits.depth()) {
                    skip(
                            name,
                            "너무 깊은 폴더(" + limits.depth() + "단계까지)",
                            "nested too deep (up to " + limits.depth() + ")");
                } else {
                    walk(child, name + "/", depth + 1);
                }
            } else {
                file(child, name, attributes);
            }
        } catch (IOException e) {
            skipped.add(unreadable(name, e));
        }
    }

    static Skipped unreadable(String name, Throwable e) {
        String why = " (" + e.getClass().getSimpleName() + ")";
        return new Skipped(name, new Text("읽을 수 없음" + why, "cannot be read" + why));
    }

    private void skip(String name, String ko, String en) {
        skipped.add(new Skipped(name, new Text(ko, en)));
    }

    private void file(Path file, String name, BasicFileAttributes attributes) {
        String lower = name.toLowerCase(Locale.ROOT);
        long limit = lower.endsWith(".pdf") ? limits.pdfBytes() : limits.fileBytes();
        long size = attributes.size();
        if (!attributes.isRegularFile() || KINDS.stream().noneMatch(lower::endsWith)) {
            skip(name, ".txt, .md, .html, .pdf가 아님", "not .txt, .md, .html or .pdf");
        } else if (size > limit) {
            skip(name, "너무 큼(" + size + "바이트, " + limit + "까지)", "too large (" + size + " bytes, up to " + limit + ")");
        } else if (files.size() >= limits.files() || total + size > limits.totalBytes()) {
            skip(
                    name,
                    "폴더의 한도를 넘음(" + limits.files() + "개, " + limits.totalBytes() + "바이트)",
                    "over the limit of the folder (" + limits.files() + " files, " + limits.totalBytes() + " bytes)");
        } else if (!Files.isReadable(file)) {
            skip(name, "읽기 권한 없음", "no permission to read");
        } else {
            total += size;
            files.put(name, file);
        }
    }
}
