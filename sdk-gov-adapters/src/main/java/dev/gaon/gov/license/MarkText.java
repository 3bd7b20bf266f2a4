package dev.gaon.gov.license;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which marks are compared: sites differ in spacing, quotes and case, not in words. */
final class MarkText {

    private static final String QUOTES = "\"'`“”‘’„‟‚‛「」『』«»‹›＂＇";

    private MarkText() {}

    /** NFC, lower case, without white space, quotes or characters that nobody sees. */
    static String of(String text) {
        String nfc = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(nfc.length());
        nfc.codePoints()
                .filter(c -> !Character.isWhitespace(c)
                        && !Character.isSpaceChar(c)
                        && !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && QUOTES.indexOf(c) < 0)
                .forEach(out::appendCodePoint);
        return out.toString().toLowerCase(Locale.ROOT);
    }
}
