package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text as characters that can be written back: UTF-8, or the Korean code page 949 that many offices still use; a byte
 * order mark and the kind of line breaks are kept.
 */
final class TextFile {

    static final int MAX_BYTES = 32 << 20;

    private static final String MARK = "\ufeff";

    private final Charset charset;
    private final String start;
    private final String text;

    private TextFile(Charset charset, String start, String text) {
        this.charset = charset;
        this.start = start;
        this.text = text;
    }

    static TextFile of(Source file) throws IOException {
        byte[] bytes = file.bytes(MAX_BYTES);
        for (String name : List.of("UTF-8", "x-windows-949")) {
            String text = Charset.isSupported(name) ? decode(bytes, Charset.forName(name)) : null;
            if (text != null) {
                boolean marked = text.startsWith(MARK);
                return new TextFile(Charset.forName(name), marked ? MARK : "", marked ? text.substring(1) : text);
            }
        }
        throw new LabelException(
                "damaged",
                new BilingualText("UTF-8이나 CP949로 된 글이 아닙니다.", "This is no text in UTF-8 or code page 949."),
                new BilingualText("UTF-8로 저장한 뒤 다시 시도하세요.", "Save it as UTF-8, then retry."));
    }

    /** Null if the bytes are no such text or would change when written back. */
    private static @Nullable String decode(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean whole = charset.equals(StandardCharsets.UTF_8) || Arrays.equals(text.getBytes(charset), bytes);
            return whole && text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    String text() {
        return text;
    }

    /** The line break the text itself uses first; a line feed if it has none. */
    String lineBreak() {
        int at = text.indexOf('\n');
        return at > 0 && text.charAt(at - 1) == '\r' ? "\r\n" : "\n";
    }

    /** Where the line after the one that begins at {@code from} begins. */
    int nextLine(int from) {
        int at = text.indexOf('\n', from);
        return at < 0 ? text.length() : at + 1;
    }

    /** The line that begins at {@code from}, without its break and the blanks at its end. */
    String line(int from) {
        return text.substring(from, nextLine(from)).stripTrailing();
    }

    /** Writes {@code changed} as this text was encoded. */
    void write(String changed, OutputStream out) throws IOException {
        if (!charset.newEncoder().canEncode(changed)) {
            throw new LabelException(
                    "unsupported",
                    new BilingualText(
                            "표시 문구에 이 파일의 문자 집합(CP949)으로 쓸 수 없는 글자가 있습니다.",
                            "The wording has characters that this file's code page 949 cannot hold."),
                    new BilingualText("파일을 UTF-8로 저장하거나 문구를 바꾸세요.", "Save the file as UTF-8 or change the wording."));
        }
        out.write((start + changed).getBytes(charset));
    }
}
