package dev.gaon.gov.claim;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The letters of a description, whatever it is encoded in: UTF-8, UTF-16 or the Korean code page. */
final class CardText {

    private static final String KOREAN = "x-windows-949";
    private static final char BOM = '\uFEFF';

    private CardText() {}

    /** Without a byte order mark. Refused if it is text in none of these encodings. */
    static String decode(byte[] bytes) {
        String text = null;
        if (bytes.length >= 2) {
            int start = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
            if (start == 0xFEFF || bytes[0] == 0) {
                text = strictly(bytes, StandardCharsets.UTF_16BE);
            } else if (start == 0xFFFE || bytes[1] == 0) {
                text = strictly(bytes, StandardCharsets.UTF_16LE);
            }
        }
        text = text == null ? strictly(bytes, StandardCharsets.UTF_8) : text;
        if (text == null && Charset.isSupported(KOREAN)) {
            text = strictly(bytes, Charset.forName(KOREAN));
        }
        if (text == null || text.indexOf('\0') >= 0) {
            throw CardFailure.of(
                    "글이 아니거나 인코딩을 알 수 없습니다. UTF-8로 저장하세요.",
                    "It is no text, or its encoding is unknown. Save it as UTF-8.",
                    null);
        }
        return !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
    }

    private static @Nullable String strictly(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Halves of a pair, which JSON can escape alone, stand for nothing and cannot be written again. */
    static String whole(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out == null ? text : out.toString();
    }

    /** At most so many characters, never half a pair. */
    static String clip(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
