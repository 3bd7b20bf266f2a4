package dev.gaon.gov.corpus;

import java.util.regex.Pattern;

/** Text of others in a line of Markdown: nothing in it is markup, and an address stays one. */
final class Markdown {

    /** Underscores inside words and lone ampersands mean nothing; tildes strike only in pairs. */
    private static final Pattern MARKUP = Pattern.compile(
            "[\\\\`*<>\\[\\]|$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~(?=~)|(?<=~)~|&(?=#?[A-Za-z0-9]{1,40};)");

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\\s]+");

    private Markdown() {}

    static String line(String text) {
        return MARKUP.matcher(BREAKS.matcher(text).replaceAll(" ").strip()).replaceAll("\\\\$0");
    }
}
