package dev.gaon.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a text file that somebody named; what cannot be read is wrong use, with the way out. */
final class FileInput {

    private FileInput() {}

    /** The file of this name; refused if it is none. */
    static Path existing(String typed) {
        Path file = Arguments.path(typed);
        if (Files.isDirectory(file)) {
            throw unreadable(
                    new Text("파일이 아니라 폴더입니다: " + typed, "A folder, not a file: " + typed),
                    new Text("폴더 안의 파일을 적으세요.", "Name a file in it."));
        } else if (!Files.exists(file)) {
            throw unreadable(
                    new Text("파일이 없습니다: " + typed, "No such file: " + typed),
                    new Text("경로를 확인하세요.", "Check the path."));
        }
        return file;
    }

    /**
     * @param typed the path as it was typed
     * @param most bytes; more is refused, not cut
     */
    static String text(String typed, int most) {
        Path file = existing(typed);
        try {
            byte[] bytes = bounded(file, most);
            if (bytes.length > most) {
                throw unreadable(
                        new Text("파일이 너무 큽니다: " + typed, "The file is too large: " + typed),
                        new Text((most >> 10) + " KiB까지 읽습니다.", "At most " + (most >> 10) + " KiB are read."));
            }
            return decoded(bytes);
        } catch (CharacterCodingException e) {
            throw unreadable(
                    new Text("UTF-8이 아닙니다: " + typed, "Not UTF-8: " + typed),
                    new Text("예: iconv -f CP949 -t UTF-8 FILE > NEW", "Example: iconv -f CP949 -t UTF-8 FILE > NEW"));
        } catch (IOException e) {
            throw unreadable(
                    new Text("파일을 읽을 수 없습니다: " + typed, "The file cannot be read: " + typed),
                    new Text("읽기 권한을 확인하세요.", "Check the permissions."));
        }
    }

    /** One byte more than {@code most} where there is more: a pipe or a device has no size to ask for. */
    private static byte[] bounded(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + 1);
        }
    }

    /** UTF-8 without the mark that some editors put in front. */
    static String decoded(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Failure unreadable(Text message, Text fix) {
        return Failure.wrongUse("unreadable-input", message, fix);
    }
}
