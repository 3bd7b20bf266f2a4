package dev.gaon.gov.portal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a reply. What is declared of its letters is often wrong, and UTF-8 is known by its bytes. */
final class ReplyText {

    /** The superset of EUC-KR that Korean servers mean by it. */
    private static final String KOREAN = "x-windows-949";

    private static final int HEAD = 200;
    private static final Pattern DECLARED =
            Pattern.compile("(?:encoding|charset)\\s*=\\s*[\"']?([A-Za-z0-9._-]{1,40})");

    private ReplyText() {}

    /** Null if it is no text. */
    static @Nullable String of(byte[] bytes, String contentType) {
        String text = read(bytes, StandardCharsets.UTF_8);
        for (String name : new String[] {declared(bytes, contentType), KOREAN}) {
            if (text == null && Charset.isSupported(name)) {
                text = read(bytes, Charset.forName(name));
            }
        }
        if (text == null || text.indexOf('\0') >= 0) {
            return null;
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String declared(byte[] bytes, String contentType) {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        Matcher found = DECLARED.matcher(head);
        Matcher header = DECLARED.matcher(contentType);
        String name = found.find() ? found.group(1) : header.find() ? header.group(1) : KOREAN;
        return name.toUpperCase(Locale.ROOT).equals("EUC-KR") || !name.matches("[A-Za-z0-9].*") ? KOREAN : name;
    }

    private static @Nullable String read(byte[] bytes, Charset charset) {
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

    /** True of a page for people, also where one begins after the head of an XML document. */
    static boolean isPage(String text) {
        String head =
                text.substring(0, Math.min(text.length(), 4_000)).stripLeading().toLowerCase(Locale.ROOT);
        return head.startsWith("<!doctype html") || head.startsWith("<html");
    }

    static boolean holdsPage(String text) {
        String head = text.substring(0, Math.min(text.length(), 4_000)).toLowerCase(Locale.ROOT);
        return head.contains("<!doctype html") || head.contains("<html");
    }
}
