package dev.gaon;

/**
 * What can hang on a Korean noun: particles (조사) and endings (어미), by rule. Stateless.
 *
 * <p>Not a morphological analyser: it only says where a noun may end. The final consonant decides between the
 * two forms of a particle, so that 평가 and 효과 keep their last syllable.
 */
final class KoreanWord {

    private static final String LIGHT_VERB = "받하해한할함합했되돼된될됨됩됐";
    private static final String VERB_TAIL = "나요는지가니까다려면고며여야서도기로세주줘줄던었았겠습을를은이에의게라하수데만죠거어아";

    private KoreanWord() {}

    /** Length of the noun (or verb stem) at the start of the word, after the longest thing that can hang on it. */
    static int particleStem(String word) {
        int best = word.length();
        for (int cut = Math.max(1, word.length() - 4); cut < word.length(); cut++) {
            String tail = word.substring(cut);
            if (isParticle(tail) && fits(word.charAt(cut - 1), tail) && longEnough(cut, tail)) {
                best = cut;
                break;
            }
        }
        return best;
    }

    /** Length of the noun before 하다 or 되다 (시행되나요: 2), or the whole length if the word is none of these. */
    static int lightVerbStem(String word) {
        for (int cut = 2; cut + 1 < word.length(); cut++) {
            if (word.charAt(cut) == '시' && "키켜킬킨킵킴".indexOf(word.charAt(cut + 1)) >= 0) {
                return cut;
            }
        }
        for (int cut = word.length() - 1; cut >= 2; cut--) {
            if (LIGHT_VERB.indexOf(word.charAt(cut)) >= 0 && allIn(word, cut + 1, VERB_TAIL)) {
                int before = cut;
                // 공개했다면, 적용되었는지: the first of several verb syllables counts
                while (before > 2 && LIGHT_VERB.indexOf(word.charAt(before - 1)) >= 0) {
                    before--;
                }
                return before;
            }
        }
        return word.length();
    }

    /** Length of a verb's stem (만들면: 2), or the whole length if the word does not end like a verb. */
    static int verbStem(String word) {
        for (int cut = Math.max(1, word.length() - 5); cut < word.length(); cut++) {
            if (WordLists.ENDINGS.contains(word.substring(cut))) {
                return cut;
            }
        }
        return word.length();
    }

    /** Whether what follows a noun inside a word leaves it that noun: nothing, a particle, a copula, or 하다/되다. */
    static boolean closes(char[] chars, int from, int to) {
        if (from >= to) {
            return true;
        }
        if (LIGHT_VERB.indexOf(chars[from]) >= 0 || chars[from] == '시' && to - from > 1 && chars[from + 1] == '키') {
            return true;
        }
        if (to - from > 5) {
            return false;
        }
        String tail = new String(chars, from, to - from);
        return isParticle(tail) && (from == 0 || fits(chars[from - 1], tail));
    }

    /** Length of the unit of a number (일에: 1), which may have one syllable only. */
    static int unitStem(String unit) {
        for (int cut = 1; cut < unit.length(); cut++) {
            if (isParticle(unit.substring(cut))) {
                return cut;
            }
        }
        return unit.length();
    }

    static boolean isParticle(String word) {
        return WordLists.PARTICLES.contains(word);
    }

    private static boolean longEnough(int stem, String tail) {
        if (stem >= 2) {
            return true;
        }
        return switch (tail) {
            case "이에요", "예요", "인가요", "입니까", "이죠", "이야", "은", "는", "을", "를", "란", "이란", "에서", "으로", "까지", "부터", "에는" ->
                true;
            default -> false;
        };
    }

    private static boolean fits(char before, String tail) {
        if (!Words.isHangul(before)) {
            return true;
        }
        int last = (before - '가') % 28;
        return switch (tail.charAt(0)) {
            case '은', '을', '과' -> last != 0;
            case '이' -> last != 0 || tail.length() > 1;
            case '으' -> last != 0 && last != 8;
            case '는', '가', '를', '와' -> last == 0;
            case '로' -> last == 0 || last == 8;
            case '란', '라', '나', '예', '든' -> last == 0;
            default -> true;
        };
    }

    private static boolean allIn(String word, int from, String set) {
        for (int i = from; i < word.length(); i++) {
            if (set.indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return word.length() - from <= 6;
    }
}
