package dev.gaon;

import dev.gaon.Question.Kind;
import dev.gaon.Question.Term;

/**
 * How well a term of a question stands in a text, from 0 (not at all) to 1 (as a word of its own). Stateless.
 *
 * <p>A Korean noun counts fully when only a particle or 하다/되다 follows it; inside a longer compound it counts
 * less, because 대통령 is not 대통령령.
 */
final class TermMatch {

    static final double WORD = 1.0;
    /** The end of a compound: 기본법 in 인공지능기본법. */
    static final double COMPOUND_HEAD = 0.85;
    /** The same with two syllables, which often mean something else: 대표 in 국가대표. */
    static final double SHORT_HEAD = 0.7;
    /** The start of a compound: 과태료 in 과태료부과. */
    static final double COMPOUND_START = 0.7;
    /** One syllable more, which usually makes another word: 대통령령, 시행일. */
    static final double DERIVED = 0.5;

    static final double COMPOUND_INSIDE = 0.4;
    static final double VERB = 0.9;
    /** A compound of the question written as two words that do not stand together. */
    static final double PARTS = 0.85;

    static final double ALIAS = 0.85;

    private TermMatch() {}

    static double grade(Term term, Words text) {
        double best = 0;
        for (String form : term.forms()) {
            best = Math.max(best, form(form, term.kind(), text));
            if (best == WORD) {
                return best;
            }
        }
        for (String alias : term.aliases()) {
            best = Math.max(best, ALIAS * form(alias, Kind.NOUN, text));
        }
        String form = term.text();
        if (best < PARTS
                && form.length() >= 4
                && Words.isHangul(form.charAt(0))
                && Words.isHangul(form.charAt(form.length() - 1))) {
            best = Math.max(best, PARTS * parts(form, text));
        }
        return best;
    }

    /** Both halves of a compound, at the best cut; a missing half counts as nothing. */
    private static double parts(String form, Words text) {
        double best = 0;
        for (int cut = 2; cut <= form.length() - 2; cut++) {
            double head = form(form.substring(0, cut), Kind.NOUN, text);
            double tail = form(form.substring(cut), Kind.NOUN, text);
            best = Math.max(best, (head * cut + tail * (form.length() - cut)) / form.length());
        }
        return best;
    }

    /** Whether two neighbouring terms of the question stand side by side in the text. */
    static boolean together(Term first, Term second, Words text) {
        return form(first.text() + second.text(), second.kind() == Kind.PREDICATE ? Kind.PREDICATE : Kind.NOUN, text)
                >= COMPOUND_START;
    }

    private static double form(String form, Kind kind, Words text) {
        double best = 0;
        char[] chars = text.chars;
        int size = form.length();
        char first = form.charAt(0);
        for (int at = 0; at + size <= text.length && best < WORD; at++) {
            if (chars[at] == first && matches(form, chars, at)) {
                best = Math.max(best, place(form, kind, text, at));
            }
        }
        return best;
    }

    private static double place(String form, Kind kind, Words text, int at) {
        int word = text.wordAt(at);
        int end = at + form.length();
        int wordEnd = text.end(text.wordAt(end - 1));
        boolean starts = text.start(word) == at;
        char last = form.charAt(form.length() - 1);
        if (!Words.isHangul(last)) {
            boolean ends = end == wordEnd || Words.isDigit(last) && Words.isHangul(text.chars[end]);
            return starts && ends ? WORD : 0;
        }
        if (text.kind(word) != Words.HANGUL && !starts) {
            return 0;
        }
        if (kind == Kind.PREDICATE) {
            return starts ? VERB : form.length() > 1 ? COMPOUND_INSIDE : 0;
        }
        boolean closes = KoreanWord.closes(text.chars, end, wordEnd);
        if (starts) {
            return closes
                    ? isMisread(text, at, form, wordEnd) ? 0 : WORD
                    : form.length() == 1 ? 0 : wordEnd - end == 1 ? DERIVED : COMPOUND_START;
        }
        boolean within = text.end(word) >= end;
        return form.length() == 1
                ? 0
                : !within || !closes ? COMPOUND_INSIDE : form.length() == 2 ? SHORT_HEAD : COMPOUND_HEAD;
    }

    /** "할 수도 있다" has no capital in it. */
    private static boolean isMisread(Words text, int at, String form, int wordEnd) {
        return form.equals("수도") && wordEnd == at + 2 && at > 0 && "할될을볼쓸낼둘살팔줄".indexOf(text.chars[at - 1]) >= 0;
    }

    private static boolean matches(String form, char[] chars, int at) {
        for (int i = 1; i < form.length(); i++) {
            if (chars[at + i] != form.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
