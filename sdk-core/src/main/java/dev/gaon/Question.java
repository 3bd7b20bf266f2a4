package dev.gaon;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A question as the engine sees it: its language, the kind of answer it asks for, and its content terms.
 * Immutable once made, safe on any thread. A question longer than {@value #MAX_LENGTH} characters has no terms,
 * because quoting one sentence cannot answer it.
 */
final class Question {

    static final int MAX_LENGTH = 2_000;
    private static final int MAX_TERMS = 48;

    /** The kind of thing a sentence should hold to answer. */
    enum Asks { WHEN, HOW_MUCH, WHO, WHAT_IS, HOW, WHY, CONSEQUENCE, OTHER }

    /** How much a term matters when it is missing. */
    enum Kind { NAME, NOUN, NUMBER, PREDICATE, WEAK }

    /**
     * A content term.
     *
     * @param forms   ways to write it without spaces, the shortest stem first
     * @param keys    what to look up in the index for it
     * @param aliases other words for it, written without spaces
     * @param aliasKeys what to look up for those
     */
    record Term(List<String> forms, long[] keys, List<String> aliases, long[] aliasKeys, Kind kind) {
        String text() {
            return forms.get(0);
        }
    }

    private final String language;
    private final Asks asks;
    private final List<Term> terms;

    private Question(String language, Asks asks, List<Term> terms) {
        this.language = language;
        this.asks = asks;
        this.terms = List.copyOf(terms);
    }

    static Question of(String text) {
        String language = Language.ofQuestion(text);
        if (text.length() > MAX_LENGTH) {
            return new Question(language, Asks.OTHER, List.of());
        }
        boolean composed = true;
        for (int i = 0; i < text.length(); i++) {
            composed &= TextDecoder.isComposed(text.charAt(i));
        }
        String normal = composed ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        language = composed ? language : Language.ofQuestion(normal);
        return new Question(language, asks(normal.toLowerCase(Locale.ROOT)), terms(normal, language));
    }

    String language() {
        return language;
    }

    Asks asks() {
        return asks;
    }

    List<Term> terms() {
        return terms;
    }

    private static List<Term> terms(String text, String language) {
        Words words = Words.of(text);
        Map<String, Term> terms = new LinkedHashMap<>();
        for (int i = 0; i < words.count() && terms.size() < MAX_TERMS; i++) {
            Term term;
            if (words.kind(i) == Words.HANGUL) {
                boolean glued = i > 0 && words.origin(i) > 0 && !Character.isWhitespace(text.charAt(words.origin(i) - 1)) && words.kind(i - 1) != Words.HANGUL;
                boolean counted = i > 0 && words.text(i - 1).equals("몇") && words.end(i) - words.start(i) <= 4;
                term = counted || glued && KoreanWord.isParticle(words.text(i)) ? null : korean(words.text(i));
            } else {
                int last = i;
                while (last + 1 < words.count() && words.kind(last + 1) != Words.HANGUL && joined(text, words.origin(last + 1))) {
                    last++;
                }
                term = latin(words, i, last, language);
                boolean version = last + 1 < words.count() && words.kind(last) == Words.LATIN && words.kind(last + 1) == Words.NUMBER
                        && words.origin(last + 1) == words.origin(last) + spelled(text, words.origin(last)) + 1;
                if (term != null && version && !isMonth(term.text())) {
                    Term numbered = latin(words, i, last + 1, language);
                    term = Words.isHangul(numbered.text().charAt(numbered.text().length() - 1)) ? term : numbered;
                    last += term == numbered ? 1 : 0;
                }
                i = last;
            }
            boolean generic = term != null && i > 0 && term.kind() == Kind.NOUN && (words.text(i - 1).equals("무슨") || words.text(i - 1).equals("어느"));
            if (generic) {
                term = new Term(term.forms(), term.keys(), term.aliases(), term.aliasKeys(), Kind.WEAK);
            }
            if (term != null) {
                terms.putIfAbsent(term.text(), term);
            }
        }
        return new ArrayList<>(terms.values());
    }

    /** Whether the word at this offset follows the one before it with only a hyphen, a point or a low line between. */
    private static boolean joined(String text, int origin) {
        return origin > 1 && "-._".indexOf(text.charAt(origin - 1)) >= 0 && Character.isLetterOrDigit(text.charAt(origin - 2));
    }

    /** Length of the word at this offset as it was written, before stemming. */
    private static int spelled(String text, int origin) {
        int end = origin;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end - origin;
    }

    private static boolean isMonth(String stem) {
        return stem.length() > 2 && "january february march april may jun july august september october november december".contains(stem);
    }

    private static Term korean(String word) {
        if (QuestionWords.isStop(word)) {
            return null;
        }
        String verb = QuestionWords.verb(word);
        if (verb != null) {
            return term(List.of(verb), Kind.PREDICATE);
        }
        int light = KoreanWord.lightVerbStem(word);
        if (light < word.length()) {
            return noun(word.substring(0, light), word, false);
        }
        int particle = KoreanWord.particleStem(word);
        if (particle < word.length()) {
            // 인증제도: one syllable that may be a particle or the end of the noun
            return noun(word.substring(0, particle), word, word.length() - particle == 1);
        }
        int stem = KoreanWord.verbStem(word);
        boolean certain = word.length() - stem > 1 || stem >= 1 && "면까요죠".indexOf(word.charAt(word.length() - 1)) >= 0;
        if (stem < word.length() && certain) {
            String root = word.substring(0, stem);
            return QuestionWords.isStop(root) ? null : term(List.of(root), Kind.PREDICATE);
        }
        return noun(word, word, false);
    }

    private static Term noun(String stem, String word, boolean ambiguous) {
        if (QuestionWords.isStop(stem)) {
            return null;
        }
        boolean bare = QuestionWords.isWeak(stem) || QuestionWords.isWeak(word);
        return term(ambiguous ? List.of(stem, word) : List.of(stem), bare ? Kind.WEAK : Kind.NOUN);
    }

    private static Term latin(Words words, int first, int last, String language) {
        StringBuilder form = new StringBuilder();
        boolean digits = false;
        boolean letters = false;
        for (int i = first; i <= last; i++) {
            String word = words.text(i);
            form.append(words.kind(i) == Words.NUMBER ? bare(word) : word);
            letters |= words.kind(i) == Words.LATIN;
            digits |= Words.isDigit(word.charAt(0)) || Words.isDigit(word.charAt(word.length() - 1));
        }
        String text = form.toString();
        if (first == last && words.kind(first) == Words.NUMBER) {
            return number(text);
        }
        if (first == last && (QuestionWords.isEnglishStop(text) || text.length() == 1)) {
            return null;
        }
        if (first == last && QuestionWords.isWeak(text)) {
            return term(List.of(text), Kind.WEAK);
        }
        boolean name = letters && (digits || last > first || language.equals(Language.KOREAN));
        long[] keys = IndexKeys.of(words, first, last + 1);
        return term(List.of(text), keys, name ? Kind.NAME : Kind.NOUN);
    }

    /** A number in a name (Solar Open 2는): without a particle. */
    private static String bare(String number) {
        int digits = 0;
        while (digits < number.length() && !Words.isHangul(number.charAt(digits))) {
            digits++;
        }
        return KoreanWord.isParticle(number.substring(digits)) ? number.substring(0, digits) : number;
    }

    /** 31조에 is 31조; a unit alone (3개는) is kept with its number. */
    private static Term number(String word) {
        int digits = 0;
        while (digits < word.length() && !Words.isHangul(word.charAt(digits))) {
            digits++;
        }
        String unit = word.substring(digits);
        int end = KoreanWord.unitStem(unit);
        if (KoreanWord.isParticle(unit) && !unit.equals("만")) {
            end = 0;
        }
        return term(List.of(word.substring(0, digits + end)), Kind.NUMBER);
    }

    private static Term term(List<String> forms, Kind kind) {
        return term(forms, IndexKeys.of(Words.of(forms.get(0))), kind);
    }

    private static Term term(List<String> forms, long[] keys, Kind kind) {
        Set<String> aliases = new LinkedHashSet<>();
        for (String form : forms) {
            aliases.addAll(QuestionWords.aliases(form));
        }
        aliases.removeAll(forms);
        Words words = new Words();
        for (String alias : aliases) {
            words.scan(alias, 0, alias.length());
        }
        return new Term(forms, keys, List.copyOf(aliases), IndexKeys.of(words), kind);
    }

    private static Asks asks(String text) {
        if (any(text, "면 어떻게 되", "면 어떤 제재", "면 어떤 처벌", "면 처벌", "면 무슨 일", "면 벌", "what happens if", "what happens when", "consequence", "sanction")) {
            return Asks.CONSEQUENCE;
        }
        if (any(text, "언제", "며칠", "몇 월", "몇 년도", "날짜", "시점", "기한", "when ", "what date", "which date", "what day", "deadline", "since when")) {
            return Asks.WHEN;
        }
        if (any(text, "얼마", "몇", "금액", "최대", "how much", "how many", "how long", "how large", "how big", "what percent", "maximum", "amount", "how often")) {
            return Asks.HOW_MUCH;
        }
        if (any(text, "누구", "누가", "어느 회사", "어느 기관", "어디서 만", "어디에서 만", "어떤 회사", "어떤 기관", "who ", "who's", "whom", "which company", "which ministry", "which team", "which agency")) {
            return Asks.WHO;
        }
        if (any(text, "왜", "이유", "why ")) {
            return Asks.WHY;
        }
        if (any(text, "어떻게", "방법", "하려면", "how do", "how can", "how to", "how should", "how is", "how are")) {
            return Asks.HOW;
        }
        if (any(text, "이란", "란 ", "란?", "무엇", "뭐", "뭔", "뜻", "의미", "정의", "what is", "what are", "what's", "what does", "define", "meaning")) {
            return Asks.WHAT_IS;
        }
        return Asks.OTHER;
    }

    private static boolean any(String text, String... marks) {
        for (String mark : marks) {
            if (text.contains(mark)) {
                return true;
            }
        }
        return false;
    }
}
