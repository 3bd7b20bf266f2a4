package dev.gaon;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Bytes of a text file to characters: a byte order mark decides, else strict UTF-8, else strict MS949 (Korean
 * Windows files). The result is in NFC, so that file names and texts written on a Mac compare equal. Stateless.
 */
final class TextDecoder {

    private static final double MAX_CONTROL_SHARE = 0.02;

    private TextDecoder() {}

    /** @throws CharacterCodingException if the bytes are text in none of these, or look like a binary file */
    static String decode(byte[] bytes) throws CharacterCodingException {
        String text = decodeAny(bytes);
        int control = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') {
                control++;
            }
        }
        if (control > text.length() * MAX_CONTROL_SHARE) {
            throw new CharacterCodingException();
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String decodeAny(byte[] bytes) throws CharacterCodingException {
        int b0 = bytes.length > 0 ? bytes[0] & 0xFF : -1;
        int b1 = bytes.length > 1 ? bytes[1] & 0xFF : -1;
        if (b0 == 0xEF && b1 == 0xBB && bytes.length > 2 && (bytes[2] & 0xFF) == 0xBF) {
            return strict(bytes, 3, StandardCharsets.UTF_8);
        }
        if (b0 == 0xFF && b1 == 0xFE) {
            return strict(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (b0 == 0xFE && b1 == 0xFF) {
            return strict(bytes, 2, StandardCharsets.UTF_16BE);
        }
        try {
            return strict(bytes, 0, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            if (!Charset.isSupported("MS949")) {
                throw e; // a trimmed Java runtime without the module jdk.charsets
            }
            return strict(bytes, 0, Charset.forName("MS949"));
        }
    }

    private static String strict(byte[] bytes, int from, Charset charset) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                .toString();
    }
}
