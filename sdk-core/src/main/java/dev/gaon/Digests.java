package dev.gaon;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import okio.Buffer;

/** SHA-256 in lower-case hexadecimal; an instance serves one call, one thread at a time. */
final class Digests {

    /** Long texts are encoded this many bytes at a time. */
    private static final int PIECE = 8192;

    private final MessageDigest digest = digest();

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Of the text in UTF-8. */
    String of(CharSequence text) {
        if (text instanceof String whole && whole.length() < PIECE) {
            return HexFormat.of().formatHex(digest.digest(whole.getBytes(StandardCharsets.UTF_8)));
        }
        CharsetEncoder utf8 = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, 3L * text.length() + 1));
        CharBuffer rest = CharBuffer.wrap(text);
        CoderResult result;
        do {
            result = utf8.encode(rest, piece, true);
            digest.update(piece.flip());
            piece.clear();
        } while (result.isOverflow());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of what the buffer holds, which stays in it. */
    String of(Buffer bytes) {
        try (Buffer.UnsafeCursor segment = bytes.readUnsafe()) {
            while (segment.next() > 0) {
                digest.update(segment.data, segment.start, segment.end - segment.start);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
