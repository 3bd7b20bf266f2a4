package dev.gaon.examples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that a command writes: whole or not at all. One thread. */
final class FileOutput {

    private final String typed;
    private final Path file;
    private boolean mayReplace;

    private FileOutput(String typed, boolean mayReplace) {
        this.typed = typed;
        this.file = Arguments.path(typed).toAbsolutePath();
        this.mayReplace = mayReplace;
        if (Files.isDirectory(file)) {
            throw unwritable(
                    new Text("파일이 아니라 폴더입니다: " + typed, "A folder, not a file: " + typed),
                    new Text("파일 이름까지 적으세요.", "Add the name of the file."));
        } else if (file.getParent() == null || !Files.isDirectory(file.getParent())) {
            throw unwritable(
                    new Text("폴더가 없습니다: " + typed, "There is no such folder: " + typed),
                    new Text("폴더를 먼저 만드세요.", "Make the folder first."));
        } else if (Files.exists(file) && !mayReplace) {
            throw exists();
        }
    }

    /** A file that must not be there yet. */
    static FileOutput anew(String typed) {
        return new FileOutput(typed, false);
    }

    /** A file that may be there and is then replaced. */
    static FileOutput replacing(String typed) {
        return new FileOutput(typed, true);
    }

    /** Whether both are the same file, or will be once it is written. */
    static boolean same(String typed, String other) {
        Path one = Arguments.path(typed).toAbsolutePath().normalize();
        Path two = Arguments.path(other).toAbsolutePath().normalize();
        try {
            return one.equals(two) || Files.isSameFile(one, two);
        } catch (IOException e) {
            return false;
        }
    }

    Path path() {
        return file;
    }

    /** The path as it was typed. */
    String typed() {
        return typed;
    }

    /** Writes it, on disk before it gets its name. Later calls replace what this one wrote. */
    void write(String text) {
        Path fresh = file.resolveSibling(".gaon-" + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (mayReplace) {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(fresh, file);
            }
            mayReplace = true;
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (IOException e) {
            throw unwritable(
                    new Text("파일을 쓸 수 없습니다: " + typed, "The file cannot be written: " + typed),
                    new Text("쓰기 권한과 남은 공간을 확인하세요.", "Check the permissions and the space left."));
        } finally {
            discard(fresh);
        }
    }

    private static void discard(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException ignored) {
            // Nobody reads it; the file itself is as it was.
        }
    }

    private Failure exists() {
        return unwritable(
                new Text("이미 있는 파일입니다: " + typed, "The file is there already: " + typed),
                new Text("다른 이름을 적거나 그 파일을 먼저 옮기세요.", "Choose another name, or move that file away first."));
    }

    private static Failure unwritable(Text message, Text fix) {
        return Failure.wrongUse("cannot-write", message, fix);
    }
}
