package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that appears under its name whole or not at all. */
final class NewFile {

    interface Content {
        void write(OutputStream out) throws IOException;
    }

    interface Check<T> {
        T read(Path written) throws IOException;
    }

    private NewFile() {}

    /** Writes beside {@code target}, checks the bytes on the disk, and only then gives them the name. */
    static <T> T write(Path target, Content content, Check<T> check) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(target)) {
            throw LabelException.wrongUse(
                    new BilingualText("출력 경로에 파일을 만들 수 없습니다.", "No file can be made at the output path."),
                    new BilingualText("이미 있는 폴더 안의 파일 이름을 주세요.", "Give a file name inside a folder that exists."));
        }
        Path part = folder.resolve(".gaon-" + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.write(out);
                out.flush();
                channel.force(true);
            }
            T result = check.read(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            keep(folder);
            return result;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The name too survives a loss of power, where the system lets a folder be opened for that. */
    private static void keep(Path folder) {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; it keeps names by itself.
        }
    }

    static void refuseSame(Path in, Path out) throws IOException {
        boolean same =
                in.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())
                        || Files.exists(out) && Files.isSameFile(in, out);
        if (same) {
            throw new LabelException(
                    "same-file",
                    new BilingualText(
                            "입력과 출력이 같은 파일입니다. 원본은 고치지 않습니다.",
                            "Input and output are the same file. An original is never changed."),
                    new BilingualText("다른 출력 경로를 주세요.", "Give another output path."));
        }
    }
}
