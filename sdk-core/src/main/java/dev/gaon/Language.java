package dev.gaon;

/** The two languages the embedded default answers in, told apart by script. Stateless. */
final class Language {

    static final String KOREAN = "ko";
    static final String ENGLISH = "en";

    private static final int SAMPLE = 20_000;
    /** Korean technical text is full of Latin names: this share of Hangul among the letters makes it Korean. */
    private static final double HANGUL_SHARE = 0.25;

    private Language() {}

    /** Language of a document. */
    static String of(String text) {
        int hangul = 0;
        int latin = 0;
        for (int i = 0; i < Math.min(SAMPLE, text.length()); i++) {
            char c = text.charAt(i);
            if (Words.isHangul(c)) {
                hangul++;
            } else if (Character.isLetter(c)) {
                latin++;
            }
        }
        return hangul > 0 && hangul >= HANGUL_SHARE * (hangul + latin) ? KOREAN : ENGLISH;
    }

    /** Language of a question: Korean as soon as it has a Hangul syllable. */
    static String ofQuestion(String question) {
        for (int i = 0; i < question.length(); i++) {
            if (Words.isHangul(question.charAt(i))) {
                return KOREAN;
            }
        }
        return ENGLISH;
    }
}
