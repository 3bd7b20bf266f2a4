package dev.gaon.gov.license;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which marks are compared: sites differ in spacing, quotes, width and case, not in words. */
final class MarkText {

    private static final String QUOTES = "\"'`“”‘’„‟‚‛「」『』«»‹›";
    /** Letters to Unicode, blanks to the eye: the fillers of Hangul and the empty cell of Braille. */
    private static final String BLANKS = "\u115F\u1160\u3164\uFFA0\u2800";

    private static final String DOTS = "ㆍ\u119E・‧•∙⋅";

    private MarkText() {}

    /** NFKC, lower case, without accents, white space, quotes or characters that nobody sees; one kind of middle dot. */
    static String of(String text) {
        // Normalizing most Korean text changes nothing and costs the most
        if (text.chars().allMatch(MarkText::plain)) {
            return spoken(text).toLowerCase(Locale.ROOT);
        }
        // the circled letter is the sign of copyright here, and NFKC would make any c of it
        String apart = Normalizer.normalize(text.replace('ⓒ', '©').replace('Ⓒ', '©'), Normalizer.Form.NFKD);
        return Normalizer.normalize(spoken(apart), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static String spoken(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().filter(MarkText::speaks).forEach(c -> out.appendCodePoint(DOTS.indexOf(c) < 0 ? c : '·'));
        return out.toString();
    }

    /** True for ASCII and the syllables of Hangul, which no normal form changes. */
    private static boolean plain(int c) {
        return c < 0x80 || (c >= 0xAC00 && c <= 0xD7A3);
    }

    private static boolean speaks(int c) {
        if (c > 0x20 && plain(c)) {
            return c != 0x7F && QUOTES.indexOf(c) < 0;
        }
        int type = Character.getType(c);
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && type != Character.FORMAT
                && type != Character.NON_SPACING_MARK
                && type != Character.ENCLOSING_MARK
                && QUOTES.indexOf(c) < 0
                && BLANKS.indexOf(c) < 0;
    }
}
