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
    private static final int MAX_PHRASE = 6;
    /** One syllable that makes a noun of another: 시행일, 탈락팀. */
    private static final String SUFFIXES = "팀법일표형용별권측시상";

    /** The kind of thing a sentence should hold to answer; {@code words.txt} says by which words. */
    enum Asks {
        CONSEQUENCE,
        WHEN,
        HOW_MUCH,
        LIST,
        WHO,
        WHY,
        HOW,
        WHAT_IS,
        OTHER
    }

    /** How much a term matters when it is missing. */
    enum Kind {
        NAME,
        NOUN,
        NUMBER,
        PREDICATE,
        WEAK
    }

    /**
     * A content term.
     *
     * @param forms   ways to write it without spaces, the shortest stem first
     * @param aliases other words for it, written without spaces
     */
    record Term(List<String> forms, Set<String> aliases, Kind kind) {
        String text() {
            return forms.get(0);
        }

        /** Whether a question without it would be about something else. */
        boolean isTopic() {
            return kind != Kind.WEAK && kind != Kind.PREDICATE;
        }
    }

    private final String text;
    private final Words words;
    private final Synonyms synonyms;
    private final Map<String, Term> terms = new LinkedHashMap<>();

    private Question(String text, Synonyms synonyms) {
        this.text = text;
        this.words = Words.of(text);
        this.synonyms = synonyms;
        int next = 0;
        if (asks() == Asks.CONSEQUENCE && WordLists.any("negation", text)) {
            add(List.of("위반"), Kind.NOUN, 0);
        }
        while (next < words.count() && terms.size() < MAX_TERMS) {
            int after = phrase(next);
            next = after > next ? after : words.kind(next) == Words.HANGUL ? korean(next) : latin(next);
        }
    }

    static Question of(String text, Synonyms synonyms) {
        String asked = text.length() > MAX_LENGTH ? "" : text;
        return new Question(isComposed(asked) ? asked : Normalizer.normalize(asked, Normalizer.Form.NFKC), synonyms);
    }

    /** Whether it is ordinary Korean and English, which saves loading the normaliser at the first question. */
    private static boolean isComposed(String text) {
        return text.chars().allMatch(c -> c < 0x80 || Words.isHangul((char) c));
    }

    /** Not if it only names something in Korean: "What does 공공누리 allow?" has more English that binds it. */
    boolean isKorean() {
        long english = words.texts().stream()
                .filter(word -> word.charAt(0) < 128 && WordLists.isStop(word))
                .count();
        return words.texts().stream().filter(Words::hasHangul).count() >= Math.max(1, english);
    }

    Asks asks() {
        String lower = text.toLowerCase(Locale.ROOT);
        Asks first = Asks.OTHER;
        int at = lower.length();
        for (Asks asks : Asks.values()) {
            int found = asks == Asks.OTHER
                    ? at
                    : WordLists.find("asks." + asks.name().toLowerCase(Locale.ROOT), lower);
            first = found < at ? asks : first;
            at = Math.min(at, found);
        }
        return first;
    }

    List<Term> terms() {
        return new ArrayList<>(terms.values());
    }

    /** Adds several words that have synonyms together (사전 고지, "grace period"); the next place or this one. */
    private int phrase(int at) {
        for (int last = Math.min(words.count(), at + MAX_PHRASE) - 1; last > at; last--) {
            String end = words.text(last);
            int stem = words.kind(last) == Words.HANGUL ? KoreanWord.particleStem(end) : end.length();
            String form = new String(words.chars, words.start(at), words.end(last) - words.start(at));
            for (String each : new String[] {form, form.substring(0, form.length() - end.length() + stem)}) {
                if (!synonyms.of(each).isEmpty()) {
                    return add(List.of(each), Kind.NOUN, last + 1);
                }
            }
        }
        return at;
    }

    /** Adds the term of the Korean word at this place and returns the next place. */
    private int korean(int at) {
        String word = words.text(at);
        String before = at > 0 ? words.text(at - 1) : "";
        boolean glued = at > 0 && words.kind(at - 1) != Words.HANGUL && !isSpaced(words.origin(at));
        boolean counted = before.equals("몇") && word.length() <= 4;
        if (counted || glued && KoreanWord.isParticle(word) || WordLists.isStop(word)) {
            return at + 1;
        }
        String verb = WordLists.verb(word);
        if (verb != null) {
            return add(List.of(verb, word), Kind.PREDICATE, at + 1);
        }
        boolean generic = before.equals("무슨") || before.equals("어느");
        int light = KoreanWord.lightVerbStem(word);
        int particle = KoreanWord.particleStem(word);
        int stem = KoreanWord.verbStem(word);
        if (!synonyms.of(word).isEmpty()) {
            return noun(List.of(word), generic, at + 1);
        }
        if (light < word.length()) {
            return noun(List.of(word.substring(0, light)), generic, at + 1);
        }
        if (particle < word.length()) {
            // one syllable that may be a particle or the end of the noun
            List<String> forms = List.of(word.substring(0, particle), word);
            return noun(word.length() - particle == 1 ? forms : forms.subList(0, 1), generic, at + 1);
        }
        boolean certain = word.length() - stem > 1
                || stem >= 1 && "면까요죠".indexOf(word.charAt(word.length() - 1)) >= 0
                || stem >= 2 && "고며던게다".indexOf(word.charAt(word.length() - 1)) >= 0;
        if (stem < word.length() && certain) {
            String root = word.substring(0, stem);
            return WordLists.isStop(root) ? at + 1 : add(List.of(root), Kind.PREDICATE, at + 1);
        }
        return noun(List.of(word), generic, at + 1);
    }

    private int noun(List<String> forms, boolean generic, int next) {
        if (WordLists.isStop(forms.get(0))) {
            return next;
        }
        boolean weak = generic || forms.stream().anyMatch(WordLists::isWeak);
        return add(forms, weak ? Kind.WEAK : Kind.NOUN, next);
    }

    /** Adds an English word, a number, or a name of several (HCX-007, Solar Open 2); the next place. */
    private int latin(int at) {
        int last = at;
        while (last + 1 < words.count() && words.kind(last + 1) != Words.HANGUL && isJoined(words.origin(last + 1))) {
            last++;
        }
        last = last > at && isPlain(at, last) ? at : last;
        String form = join(at, last);
        boolean version = last + 1 < words.count() && isVersion(last) && !isMonth(form);
        if (version) {
            form = join(at, ++last);
        }
        boolean single = last == at;
        if (single && words.kind(at) == Words.NUMBER) {
            String number = withoutParticle(form);
            boolean count = "곳개명팀장".indexOf(number.charAt(number.length() - 1)) >= 0 || number.endsWith("가지");
            return add(List.of(number), count ? Kind.WEAK : Kind.NUMBER, at + 1);
        }
        if (single && (WordLists.isStop(form) || form.length() == 1)) {
            return at + 1;
        }
        boolean digits = form.chars().anyMatch(c -> Words.isDigit((char) c));
        boolean capital = at > 0 && Character.isUpperCase(text.charAt(words.origin(at)));
        boolean name = digits || !single || capital || isKorean();
        Kind kind = single && WordLists.isWeak(form) ? Kind.WEAK : name ? Kind.NAME : Kind.NOUN;
        return add(List.of(form), kind, last + 1);
    }

    /** Words with hyphens between (customer-support), not the parts of a name (K-EXAONE, HCX-007). */
    private boolean isPlain(int first, int last) {
        for (int i = first; i <= last; i++) {
            if (words.kind(i) != Words.LATIN
                    || words.end(i) - words.start(i) == 1
                    || words.text(i).chars().anyMatch(c -> c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private String join(int first, int last) {
        StringBuilder form = new StringBuilder();
        for (int i = first; i <= last; i++) {
            form.append(words.kind(i) == Words.NUMBER ? withoutParticle(words.text(i)) : words.text(i));
        }
        return form.toString();
    }

    /** Whether the word at this offset follows the one before it with only a hyphen, a point or a low line between. */
    private boolean isJoined(int origin) {
        return origin > 1
                && "-._".indexOf(text.charAt(origin - 1)) >= 0
                && Character.isLetterOrDigit(text.charAt(origin - 2));
    }

    private boolean isSpaced(int origin) {
        return origin == 0 || Character.isWhitespace(text.charAt(origin - 1));
    }

    /** Whether the next word is a bare number after one space: the 2 of Solar Open 2. */
    private boolean isVersion(int at) {
        if (words.kind(at) != Words.LATIN
                || words.kind(at + 1) != Words.NUMBER
                || WordLists.isStop(words.text(at))
                || words.origin(at + 1) != words.origin(at) + spelled(words.origin(at)) + 1) {
            return false;
        }
        String number = withoutParticle(words.text(at + 1));
        return !Words.isHangul(number.charAt(number.length() - 1));
    }

    /** Length of the word at this offset as it was written, before stemming. */
    private int spelled(int origin) {
        int end = origin;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end - origin;
    }

    private static boolean isMonth(String stem) {
        return stem.length() > 2
                && "january february march april may jun july august september october november december"
                        .contains(stem);
    }

    /** 31조에 is 31조, 2는 is 2. */
    private static String withoutParticle(String number) {
        int digits = 0;
        while (digits < number.length() && !Words.isHangul(number.charAt(digits))) {
            digits++;
        }
        String unit = number.substring(digits);
        boolean bare = KoreanWord.isParticle(unit) && !unit.equals("만");
        return number.substring(0, digits + (bare ? 0 : KoreanWord.unitStem(unit)));
    }

    private int add(List<String> forms, Kind kind, int next) {
        Set<String> aliases = new LinkedHashSet<>();
        for (String form : forms) {
            aliases.addAll(synonyms.of(form));
        }
        String form = forms.get(0);
        int size = form.length() - 1;
        if (size == 2
                && SUFFIXES.indexOf(form.charAt(size)) >= 0
                && kind == Kind.NOUN
                && !WordLists.isWeak(form.substring(0, size))) {
            aliases.add(form.substring(0, size));
            aliases.addAll(synonyms.of(form.substring(0, size)));
        }
        aliases.removeAll(forms);
        terms.putIfAbsent(forms.get(0), new Term(List.copyOf(forms), aliases, kind));
        return next;
    }
}
