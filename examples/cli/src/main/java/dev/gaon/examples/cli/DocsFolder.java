package dev.gaon.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses a folder without a readable document, and tells which kinds of files the embedded default leaves out. */
final class DocsFolder {

    private static final int LOOKED_AT = 50_000;

    private DocsFolder() {}

    static Path checked(Path folder, String shown, Terminal terminal) {
        if (!Files.isDirectory(folder)) {
            throw Failure.wrongUse(
                    "bad-folder",
                    Files.exists(folder)
                            ? new Text("폴더가 아니라 파일입니다: " + shown, "A file, not a folder: " + shown)
                            : new Text("폴더가 없습니다: " + shown, "No such folder: " + shown),
                    new Text("문서가 든 폴더의 경로를 주세요.", "Name the folder that holds your documents."));
        }
        int readable = 0;
        Map<String, Integer> others = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder, 12, new FileVisitOption[0])) {
            for (Path file : (Iterable<Path>) files.limit(LOOKED_AT)::iterator) {
                String name = file.getFileName() == null
                        ? ""
                        : file.getFileName().toString().toLowerCase(Locale.ROOT);
                if (name.startsWith(".") || Files.isDirectory(file)) {
                    continue;
                }
                if (name.matches(".*\\.(txt|md|html?|pdf)")) {
                    readable++;
                } else {
                    others.merge(name.contains(".") ? name.substring(name.lastIndexOf('.')) : "?", 1, Integer::sum);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw Failure.wrongUse(
                    "bad-folder",
                    new Text("폴더를 읽을 수 없습니다: " + shown, "The folder cannot be read: " + shown),
                    new Text("읽기 권한을 확인하세요.", "Check the permissions."));
        }
        String left = others.entrySet().stream()
                .limit(8)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        if (readable == 0) {
            throw Failure.wrongUse(
                    "bad-folder",
                    new Text("읽을 문서가 없는 폴더입니다: " + shown, "The folder holds no document to read: " + shown),
                    new Text(
                            ".txt, .md, .html, .pdf 파일을 넣으세요." + (left.isEmpty() ? "" : " 지금 있는 것: " + left),
                            "Put .txt, .md, .html or .pdf files into it."
                                    + (left.isEmpty() ? "" : " It holds: " + left)));
        }
        if (!others.isEmpty()) {
            terminal.note("읽지 않는 형식의 파일: " + left, "Files of other formats, not read: " + left);
        }
        return folder;
    }
}
