package dev.gaon.gov.claim;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a page. What the page says of its encoding is believed only as far as its bytes bear it out: Korean pages
 * often declare one encoding and hold another, or both.
 *
 * @param charset the main one; single parts may be in another
 */
record PageText(String text, Charset charset) {

    /** Windows code page 949, which holds all of EUC-KR. */
    static final Charset KOREAN = Charset.forName("MS949");

    private static final Pattern DECLARED = Pattern.compile("charset\\s*=\\s*[\"']?\\s*([A-Za-z0-9_.:-]{1,40})");
    private static final Pattern OWN_WAY =
            Pattern.compile("(?i)utf-?8|.*(euc-?kr|949|ks_?c|korean|uhc).*|iso-?8859.*|latin.*"
                    + "|windows-125.*|us-ascii|ascii|unicode");
    private static final int PROLOGUE = 4_096;
    private static final char BROKEN = '\uFFFD';

    /** @param contentType as the server sent it; null if not known */
    static PageText of(byte[] bytes, int length, @Nullable String contentType) {
        if (starts(bytes, length, 0xEF, 0xBB, 0xBF)) {
            return own(bytes, 3, length);
        }
        Charset wide = wide(bytes, length);
        if (wide != null) {
            String text = new String(bytes, 0, length, wide);
            return new PageText(text.startsWith("\uFEFF") ? text.substring(1) : text, wide);
        }
        Charset declared = declared(contentType);
        if (declared == null) {
            int prologue = Math.min(length, PROLOGUE);
            declared = declared(new String(bytes, 0, prologue, StandardCharsets.ISO_8859_1));
            // a page that can be searched for an ASCII word is not in UTF-16, whatever the word says
            declared = declared != null && declared.name().startsWith("UTF-16") ? null : declared;
        }
        if (declared == null) {
            return own(bytes, 0, length);
        }
        String utf8 = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return utf8.indexOf(BROKEN) < 0 && wideLetters(utf8)
                ? new PageText(utf8, StandardCharsets.UTF_8)
                : new PageText(new String(bytes, 0, length, declared), declared);
    }

    private static boolean starts(byte[] bytes, int length, int... head) {
        for (int i = 0; i < head.length; i++) {
            if (i >= length || (bytes[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Charset wide(byte[] bytes, int length) {
        if (starts(bytes, length, 0xFF, 0xFE) || starts(bytes, length, '<', 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return starts(bytes, length, 0xFE, 0xFF) || starts(bytes, length, 0, '<') ? StandardCharsets.UTF_16BE : null;
    }

    /** Null where the bytes themselves tell more than the name: UTF-8, Korean, and names that Korean pages bear wrongly. */
    private static @Nullable Charset declared(@Nullable String text) {
        Matcher found = DECLARED.matcher(text == null ? "" : text.toLowerCase(Locale.ROOT));
        if (!found.find() || OWN_WAY.matcher(found.group(1)).matches()) {
            return null;
        }
        try {
            return Charset.forName(found.group(1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** UTF-8 or Korean, as the bytes are; where both are found, each part between two tags or lines by itself. */
    private static PageText own(byte[] bytes, int from, int length) {
        String utf8 = new String(bytes, from, length - from, StandardCharsets.UTF_8);
        if (utf8.indexOf(BROKEN) < 0 && (wideLetters(utf8) || utf8.length() == length - from)) {
            return new PageText(utf8, StandardCharsets.UTF_8);
        }
        int korean = 0;
        int others = 0;
        for (int start = from, end; start < length; start = end) {
            end = end(bytes, start, length);
            if (!plain(bytes, start, end)) {
                String part = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                if (mostlyBroken(part) || !wideLetters(part)) {
                    korean++;
                } else {
                    others++;
                }
            }
        }
        boolean mainlyKorean = korean > others;
        StringBuilder out = new StringBuilder(length);
        int plain = from;
        for (int start = from, end; start < length; start = end) {
            end = end(bytes, start, length);
            if (!plain(bytes, start, end)) {
                String part = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                boolean other = mostlyBroken(part) || (mainlyKorean && !wideLetters(part));
                out.append(new String(bytes, plain, start - plain, StandardCharsets.ISO_8859_1))
                        .append(other ? new String(bytes, start, end - start, KOREAN) : part);
                plain = end;
            }
        }
        out.append(new String(bytes, plain, length - plain, StandardCharsets.ISO_8859_1));
        return new PageText(out.toString(), mainlyKorean ? KOREAN : StandardCharsets.UTF_8);
    }

    /** In neither encoding is {@code <} or a line break part of a letter. */
    private static int end(byte[] bytes, int start, int length) {
        int end = start + 1;
        while (end < length && bytes[end] != '<' && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Whether all is ASCII, the same in both. */
    private static boolean plain(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Korean bytes hardly ever make a Hangul syllable in UTF-8. */
    private static boolean mostlyBroken(String part) {
        int broken = 0;
        int hangul = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            broken += c == BROKEN ? 1 : 0;
            hangul += c >= '가' && c <= '힣' ? 1 : 0;
        }
        return broken > hangul;
    }

    private static boolean wideLetters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x800 && text.charAt(i) != BROKEN) {
                return true;
            }
        }
        return false;
    }
}
