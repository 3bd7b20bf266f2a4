package dev.gaon.gov.portal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one home of a portal's key. Portals issue a key in an encoded and a decoded form; both are taken and the same key
 * comes of them. Goes into the one place of a request that needs it; nothing prints it. Immutable.
 *
 * <p>The core's credential goes into headers alone and opens for nobody, so a key of an address needs a home of its own.
 */
final class PortalKey {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 1_000;
    private static final int MOST_ENCODINGS = 3;
    private static final String REDACTED = "[redacted]";

    private final String decoded;
    private final Pattern anyForm;

    private PortalKey(String decoded) {
        this.decoded = decoded;
        this.anyForm = anyForm(decoded);
    }

    /** @param key in either form; a copy that was encoded again is taken too, for a key holds no percent sign */
    static PortalKey of(String key) {
        String plain = key;
        for (int i = 0; i < MOST_ENCODINGS && plain.indexOf('%') >= 0; i++) {
            plain = decode(plain);
        }
        boolean usable = plain.length() >= SHORTEST && plain.length() <= LONGEST && plain.indexOf('%') < 0;
        for (int i = 0; i < plain.length(); i++) {
            usable &= plain.charAt(i) > ' ' && plain.charAt(i) <= '~';
        }
        if (!usable) {
            throw PortalException.wrongUse(
                    "인증키로 쓸 수 없는 값입니다.",
                    "발급받은 키(Encoding 또는 Decoding)만 공백과 줄바꿈 없이 다시 복사해 넣으세요.",
                    "The value cannot be a key.",
                    "Copy the issued key alone (either form), without white space or line breaks.");
        }
        return new PortalKey(plain);
    }

    /** Percent signs that begin no escape stay, and are refused by the caller. */
    private static String decode(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%'
                    && i + 2 < text.length()
                    && text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
                out.append((char) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** For a header. */
    String plain() {
        return decoded;
    }

    /** For an address: encoded once. */
    String encoded() {
        return encode(decoded);
    }

    /** Percent-encoding of RFC 3986, nothing left but letters, digits and {@code -._~}. */
    static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    /** As it is, percent-encoded up to three times, and as XML, HTML and JSON write its signs. */
    private static Pattern anyForm(String key) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                regex.append(c);
                continue;
            }
            String hex = String.format(Locale.ROOT, "(?i:%02x)", (int) c);
            regex.append("(?:\\\\?").append(Pattern.quote(String.valueOf(c)));
            regex.append("|%(?:25){0,2}").append(hex);
            regex.append("|&#0*").append((int) c).append(';');
            regex.append("|&#[xX]0*").append(hex).append(';');
            regex.append("|\\\\u00").append(hex);
            if (c == '+') {
                regex.append("| |%20");
            } else if (c == '&') {
                regex.append("|&amp;");
            }
            regex.append(')');
        }
        return Pattern.compile(regex.toString());
    }

    boolean in(String text) {
        return anyForm.matcher(text).find();
    }

    /** True of a text that could tell a part of the key. */
    boolean hints(String text) {
        return in(text)
                || text.length() >= 4 && (decoded.contains(text) || encoded().contains(text));
    }

    /** The same bytes if the key is not in them. */
    byte[] redact(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return in(text) ? anyForm.matcher(text).replaceAll(REDACTED).getBytes(StandardCharsets.ISO_8859_1) : bytes;
    }

    @Override
    public String toString() {
        return "PortalKey" + REDACTED;
    }
}
