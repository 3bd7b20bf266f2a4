package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Content to read, never to change: a file, or bytes in memory, with a name, a size and its first bytes at hand. */
final class Source {

    static final long MAX_BYTES = 512L << 20;

    private static final int HEAD = 4096;

    private final String name;
    private final long size;
    private final byte[] head;
    private final @Nullable Path path;
    private final byte @Nullable [] memory;

    private Source(String name, long size, byte[] head, @Nullable Path path, byte @Nullable [] memory) {
        this.name = name;
        this.size = size;
        this.head = head;
        this.path = path;
        this.memory = memory;
        if (size == 0) {
            throw new LabelException(
                    "empty-file",
                    new BilingualText("내용이 없습니다(0바이트).", "There is no content (0 bytes)."),
                    new BilingualText("내용이 있는 파일을 주세요.", "Give a file with content."));
        }
        if (size > MAX_BYTES) {
            throw LabelException.tooLarge(new BilingualText("파일이", "The file"), "512 MiB");
        }
    }

    static Source of(Path path) throws IOException {
        return of(path, String.valueOf(path.getFileName()));
    }

    /** The bytes at {@code path} under another name, as a file that is not yet in its place has. */
    static Source of(Path path, String name) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new LabelException(
                    "no-file",
                    new BilingualText("파일이 없거나 일반 파일이 아닙니다: " + name, "No such file, or no regular one: " + name),
                    new BilingualText("경로를 확인하세요.", "Check the path."));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new Source(name, Files.size(path), in.readNBytes(HEAD), path, null);
        }
    }

    static Source of(String name, byte[] memory) {
        return new Source(
                name, memory.length, Arrays.copyOf(memory, Math.min(HEAD, memory.length)), null, memory.clone());
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** After the last dot, in lower case; empty if there is none. */
    String extension() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether these characters, each one byte, stand {@code offset} bytes from the start; the first 4 KiB can be asked. */
    boolean says(int offset, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        int end = offset + wanted.length;
        return end <= head.length && Arrays.equals(head, offset, end, wanted, 0, wanted.length);
    }

    /** Up to 4 KiB from the start. */
    byte[] head() {
        return head.clone();
    }

    InputStream open() throws IOException {
        return path == null ? new ByteArrayInputStream(inMemory()) : Files.newInputStream(path);
    }

    /** Whether it is a file, not bytes in memory. */
    boolean isFile() {
        return path != null;
    }

    /** For formats of large files, which are not held whole; only of files. */
    FileChannel channel() throws IOException {
        return FileChannel.open(path());
    }

    /** Only of files. */
    Path path() {
        if (path == null) {
            throw new IllegalStateException("this content is in memory");
        }
        return path;
    }

    /** All of it; refused above {@code limit}. */
    byte[] bytes(int limit) throws IOException {
        if (size > limit) {
            throw LabelException.tooLarge(
                    new BilingualText("이 형식의 파일이", "A file of this format"), (limit >> 20) + " MiB");
        }
        try (InputStream in = open()) {
            return in.readNBytes(limit);
        }
    }

    private byte[] inMemory() {
        if (memory == null) {
            throw new IllegalStateException("neither a file nor in memory");
        }
        return memory;
    }
}
