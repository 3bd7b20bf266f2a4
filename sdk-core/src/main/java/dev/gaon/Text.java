package dev.gaon;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One sentence in Korean and in English. */
record Text(String ko, String en) {

    String in(Locale locale) {
        return "ko".equals(locale.getLanguage()) ? ko : en;
    }

    /** Korean first, as most readers of these messages read Korean first. */
    String both() {
        return ko + " / " + en;
    }

    /** The exception for a mistake in configuration: nothing was sent. */
    IllegalArgumentException refusal() {
        return new IllegalArgumentException(both());
    }

    IllegalArgumentException refusal(@Nullable Throwable cause) {
        return new IllegalArgumentException(both(), cause);
    }

    /** The same with nothing in it that could forge a line of a log. */
    Text onOneLine() {
        return new Text(printable(ko, Integer.MAX_VALUE), printable(en, Integer.MAX_VALUE));
    }

    /** Makes foreign text safe to print on one line: control, bidirectional and line-breaking characters are escaped. */
    static String printable(String foreign, int limit) {
        if (foreign.length() <= limit && harmless(foreign)) {
            return foreign;
        }
        StringBuilder out = new StringBuilder(Math.min(foreign.length(), limit) + 16);
        for (int i = 0; i < foreign.length(); ) {
            int c = foreign.codePointAt(i);
            i += Character.charCount(c);
            if (out.length() >= limit) {
                return out.append('…').toString();
            }
            if (escaped(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static boolean harmless(String foreign) {
        for (int i = 0; i < foreign.length(); i += Character.charCount(foreign.codePointAt(i))) {
            if (escaped(foreign.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean escaped(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
