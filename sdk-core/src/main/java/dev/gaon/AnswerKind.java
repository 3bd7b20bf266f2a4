package dev.gaon;

import dev.gaon.Question.Asks;
import dev.gaon.Question.Term;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a sentence holds the kind of thing a question asks for: a date, an amount, a name, a definition.
 * Stateless.
 */
final class AnswerKind {

    /** A sentence with so many commas is a list. */
    private static final int MIN_COMMAS = 3;

    private static final Pattern DATE = Pattern.compile("\\d{4}년( \\d+월)?( \\d+일)?|\\d+월 \\d+일|"
            + "\\d{1,2} (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \\d{4}");

    private AnswerKind() {}

    static boolean fits(String sentence, Asks asks, List<Term> terms) {
        if (asks == Asks.OTHER) {
            return false;
        }
        String text = sentence.toLowerCase(Locale.ROOT);
        boolean marked = WordLists.any("fits." + asks.name().toLowerCase(Locale.ROOT), text);
        return switch (asks) {
            case WHEN ->
                hasDate(text)
                        || marked && text.chars().anyMatch(c -> Words.isDigit((char) c))
                        || WordLists.any("fits.when.word", text);
            case HOW_MUCH -> marked || hasAmount(text, terms);
            case LIST -> text.chars().filter(c -> c == ',' || c == '·').count() >= MIN_COMMAS;
            case WHAT_IS -> marked && opensWithTerm(sentence, terms);
            default -> marked;
        };
    }

    /** 2026년, 3월, or a year. */
    private static boolean hasDate(String text) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("년월일시".indexOf(c) >= 0 && Words.isDigit(text.charAt(i - 1))) {
                return true;
            }
            boolean year = i + 3 < text.length() && (text.startsWith("20", i) || text.startsWith("19", i));
            if (year
                    && !Words.isDigit(text.charAt(i - 1))
                    && Words.isDigit(text.charAt(i + 2))
                    && Words.isDigit(text.charAt(i + 3))) {
                return true;
            }
        }
        return false;
    }

    /** A number that the question did not bring along, and that is not the number of an article or of a type. */
    private static boolean hasAmount(String text, List<Term> terms) {
        Words words = Words.of(DATE.matcher(text).replaceAll(" "));
        for (int w = 0; w < words.count(); w++) {
            String word = words.text(w);
            if (Words.isDigit(word.charAt(0))
                    && !isOrdinal(word)
                    && terms.stream().noneMatch(term -> term.text().contains(word))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrdinal(String word) {
        int unit = 1;
        while (unit < word.length() && Words.isDigit(word.charAt(unit))) {
            unit++;
        }
        return unit < word.length() && "조항호".indexOf(word.charAt(unit)) >= 0 || word.startsWith("유형", unit);
    }

    /** The first words of the sentence are about a term of the question. */
    private static boolean opensWithTerm(String sentence, List<Term> terms) {
        Words opening = Words.of(sentence.substring(0, Math.min(sentence.length(), 30)));
        return terms.stream().anyMatch(term -> term.isTopic() && TermMatch.grade(term, opening) >= TermMatch.ALIAS);
    }
}
