package dev.gaon;

import dev.gaon.Question.Kind;
import dev.gaon.Question.Term;

/** Whether a sentence holds the kind of thing a question asks for: a date, an amount, a name, a definition. Stateless. */
final class AnswerKind {

    private static final String[] MONTHS = {"january", "february", "march", "april", "may ", "june", "july", "august", "september", "october", "november", "december"};
    private static final String[] WHO = {"장관", "위원회", "부처", "정부", "과학기술정보통신부", "사업자", "기관", "회사", "개발", "만든", "만들", "주식회사", "ministry", "minister", "operator", "company", "made by", "developed by", "released", "commission", "institute"};
    private static final String[] CONSEQUENCE = {"과태료", "과징금", "벌금", "제재", "명령", "취소", "오류", "거부", "fine", "penalt", "sanction", "order", "error", "refuse", "liable"};
    private static final String[] WHY = {"때문", "위하", "위해", "이유", "목적", "므로", "because", "so that", "in order", "purpose", "since", "reason"};
    private static final String[] HOW = {"려면", "방법", "설정", "실행", "추가", "써서", "으로 ", "`", "하면 ", "해야", "합니다", "must", "set ", "add ", "run ", "use ", "with ", " by ", "to "};
    private static final String[] HOW_HEADING = {"방법", "절차", "예시", "문구", "쓰기", "설정", "how to", "wording", "procedure", "example", "setting"};
    private static final String[] MEANS = {"말합니다", "말한다", "뜻합니다", "뜻한다", "의미합니다", "의미한다", "입니다", "이다.", "이다", "이란", " means", " is a ", " is an ", " is the ", " are ", "refers to", "stands for"};

    private AnswerKind() {}

    static boolean fits(String sentence, String heading, Question question) {
        String text = sentence.toLowerCase(java.util.Locale.ROOT);
        return switch (question.asks()) {
            case WHEN -> hasDate(text);
            case HOW_MUCH -> hasAmount(text, question);
            case WHO -> any(text, WHO);
            case CONSEQUENCE -> any(text, CONSEQUENCE);
            case WHY -> any(text, WHY);
            case HOW -> any(text, HOW) || any(heading.toLowerCase(java.util.Locale.ROOT), HOW_HEADING);
            case WHAT_IS -> any(text, MEANS) && opensWithTerm(sentence, question);
            case OTHER -> false;
        };
    }

    private static boolean hasDate(String text) {
        for (int i = 1; i < text.length(); i++) {
            if ((text.charAt(i) == '년' || text.charAt(i) == '월') && Words.isDigit(text.charAt(i - 1))) {
                return true;
            }
            if (i + 3 < text.length() && (text.startsWith("20", i) || text.startsWith("19", i)) && !Words.isDigit(text.charAt(i - 1))
                    && Words.isDigit(text.charAt(i + 2)) && Words.isDigit(text.charAt(i + 3))) {
                return true;
            }
        }
        return any(text, MONTHS) && hasDigit(text);
    }

    /** A number that the question did not bring along, and that is not the number of an article of law. */
    private static boolean hasAmount(String text, Question question) {
        Words words = Words.of(text);
        for (int w = 0; w < words.count(); w++) {
            String word = words.text(w);
            boolean number = words.kind(w) == Words.NUMBER || Words.isDigit(word.charAt(0));
            boolean article = word.matches("\\d{1,4}(조|항|호|유형).*");
            if (number && !article && question.terms().stream().noneMatch(term -> term.text().contains(word))) {
                return true;
            }
        }
        return any(text, "절반", "두 배", "한 달", "half", "twice", " two ", " three ", " four ", " five ", " six ");
    }

    /** The first words of the sentence are about a term of the question. */
    private static boolean opensWithTerm(String sentence, Question question) {
        Words opening = Words.of(sentence.substring(0, Math.min(sentence.length(), 30)));
        for (Term term : question.terms()) {
            if (term.kind() != Kind.WEAK && term.kind() != Kind.PREDICATE && TermMatch.grade(term, opening) >= TermMatch.ALIAS) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
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
