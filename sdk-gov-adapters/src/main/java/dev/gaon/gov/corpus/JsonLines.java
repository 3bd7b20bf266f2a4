package dev.gaon.gov.corpus;

import dev.gaon.gov.pack.PackFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads lines of JSON from wherever, one at a time and strictly; a refusal names file and line. Blank lines do not count. */
final class JsonLines {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private JsonLines() {}

    /**
     * @param longest bytes of a line
     * @throws IllegalArgumentException at the first line that is too long, not UTF-8 or no JSON
     */
    static void read(Path file, int longest, Consumer<PackFiles.Place> to) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            String name = String.valueOf(file.getFileName());
            int number = 1;
            for (int each = in.read(); each >= 0; each = in.read()) {
                if (each == '\n') {
                    line(name + ":" + number, line.toByteArray(), number == 1, to);
                    line.reset();
                    number++;
                } else if (line.size() == longest) {
                    throw wrong(
                            name + ":" + number,
                            "한 줄은 " + longest + "바이트까지입니다",
                            "a line has at most " + longest + " bytes");
                } else {
                    line.write(each);
                }
            }
            line(name + ":" + number, line.toByteArray(), number == 1, to);
        }
    }

    private static void line(String place, byte[] bytes, boolean first, Consumer<PackFiles.Place> to) {
        // some editors put a mark in front
        boolean marked = first && bytes.length >= 3 && Arrays.equals(bytes, 0, 3, MARK, 0, 3);
        byte[] json = marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
        try {
            if (!StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString()
                    .isBlank()) {
                to.accept(PackFiles.document(place, json));
            }
        } catch (CharacterCodingException e) {
            throw wrong(place, "UTF-8이 아닙니다. UTF-8로 저장하세요", "not UTF-8. Save it as UTF-8");
        }
    }

    private static IllegalArgumentException wrong(String place, String ko, String en) {
        return PackFiles.document(place, new byte[] {'{', '}'}).wrong(ko, en);
    }
}
