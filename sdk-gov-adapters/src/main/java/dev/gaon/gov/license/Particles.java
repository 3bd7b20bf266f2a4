package dev.gaon.gov.license;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The particle that follows a Korean word, by the sound in which the word ends. What stands in brackets at the end is not
 * read aloud. Where the sound cannot be told, as with Chinese characters or many foreign words, both forms are written.
 */
final class Particles {

    private static final String SILENT = "aiouywrsdfjqvxz";
    private static final String SOUNDED = "lmn";
    private static final String OPENING = "([{<〔【《〈「『（［";
    private static final String CLOSING = ")]}>〕】》〉」』）］";

    private Particles() {}

    /** 을 or 를. */
    static String object(String word) {
        return choose(word, "을", "를", "을(를)");
    }

    /** 이 or 가. */
    static String subject(String word) {
        return choose(word, "이", "가", "이(가)");
    }

    private static String choose(String word, String closed, String open, String both) {
        Boolean ends = endsInConsonant(word);
        return ends == null ? both : ends ? closed : open;
    }

    static @Nullable Boolean endsInConsonant(String word) {
        String read = spoken(Normalizer.normalize(word, Normalizer.Form.NFC));
        if (read.isEmpty()) {
            return null;
        }
        char last = read.charAt(read.length() - 1);
        if (last >= '가' && last <= '힣') {
            return (last - '가') % 28 != 0;
        }
        if (last >= '0' && last <= '9') {
            return digit(read);
        }
        if (last == '%' || last == '℃' || last == '+') {
            return false;
        }
        return last < 128 && Character.isLetter(last) ? latin(read) : null;
    }

    /** Without what is not read at the end: quotes, marks, and brackets with what they hold. */
    private static String spoken(String word) {
        int end = word.length();
        while (end > 0) {
            char last = word.charAt(end - 1);
            int pair = CLOSING.indexOf(last);
            int from = pair < 0 ? -1 : word.lastIndexOf(OPENING.charAt(pair), end - 1);
            if (from > 0
                    && !word.substring(0, from).isBlank()
                    && last != '」'
                    && last != '』'
                    && last != '》'
                    && last != '〉') {
                end = from;
            } else if (Character.isLetterOrDigit(last) || last == '%' || last == '℃' || last == '+') {
                break;
            } else {
                end--;
            }
        }
        return word.substring(0, end);
    }

    /** As Sino-Korean reads it: 영 일 이 삼 사 오 육 칠 팔 구, and 십 백 천 만 억 for noughts, but 조 for twelve. */
    private static boolean digit(String read) {
        int noughts = 0;
        while (noughts < read.length() && read.charAt(read.length() - 1 - noughts) == '0') {
            noughts++;
        }
        return noughts > 0 ? noughts < 12 || noughts > 15 : "13678".indexOf(read.charAt(read.length() - 1)) >= 0;
    }

    /** Capitals are spelt out; of a word in small letters only some endings have one usual sound. */
    private static @Nullable Boolean latin(String read) {
        int start = read.length();
        while (start > 0 && read.charAt(start - 1) < 128 && Character.isLetter(read.charAt(start - 1))) {
            start--;
        }
        String word = read.substring(start);
        char last = word.charAt(word.length() - 1);
        if (Character.isUpperCase(last)) {
            return "LMNR".indexOf(last) >= 0;
        }
        if (word.length() < 2) {
            return "lmnr".indexOf(last) >= 0;
        }
        if (SOUNDED.indexOf(last) >= 0 || word.endsWith("ng")) {
            return true;
        }
        boolean hissed = word.endsWith("sh") || word.endsWith("ch") || word.endsWith("th");
        return SILENT.indexOf(last) >= 0 || hissed ? Boolean.FALSE : null;
    }
}
