package dev.gaon.gov.corpus;

import dev.gaon.gov.text.BilingualText;
import java.util.List;

/** How large the parts of a summary may be. */
final class Bounds {

    /** Characters of one text. */
    static final int LONGEST = 1_000;

    /** As far as numbers in JSON are exact. */
    private static final long MOST = (1L << 53) - 1;

    private static final int MOST_TEXTS = 200;

    private Bounds() {}

    static IllegalArgumentException wrong(String place, String ko, String en) {
        return new IllegalArgumentException(new BilingualText(
                        "말뭉치 요약을 쓸 수 없습니다: " + place + ": " + ko + ".",
                        "The corpus summary cannot be used: " + place + ": " + en + ".")
                .both());
    }

    static String text(String place, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw wrong(place, "1~" + LONGEST + "자여야 합니다", "has 1 to " + LONGEST + " characters");
        }
        return text;
    }

    static List<String> texts(String place, List<String> texts) {
        size(place, texts.size(), MOST_TEXTS);
        texts.forEach(each -> text(place, each));
        return List.copyOf(texts);
    }

    static void size(String place, int size, int most) {
        if (size > most) {
            throw wrong(place, most + "개까지입니다. 여러 말뭉치로 나누세요", "at most " + most + ". Split the corpus");
        }
    }

    static long count(String place, long count) {
        if (count < 0 || count > MOST) {
            throw wrong(place, "0 이상 " + MOST + " 이하여야 합니다", "is between 0 and " + MOST);
        }
        return count;
    }

    static String digest(String place, String digest) {
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw wrong(place, "sha256:과 16진수 64자여야 합니다", "is sha256: and 64 hexadecimal digits");
        }
        return digest;
    }
}
