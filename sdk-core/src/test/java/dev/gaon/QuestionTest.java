package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.Question.Asks;
import dev.gaon.Question.Term;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "인공지능기본법은 언제 시행되나요?|인공지능기본법 시행",
                "평가와 효과를 알려줘|평가 효과",
                "법이란 무엇인가요|법",
                "제31조를 설명해줘|31조",
                "31조에는 무엇이 있나요|31조",
                "3,000만원 이하의 과태료|3000만 원 이하 과태료",
                "HCX-007의 컨텍스트|hcx007 컨텍스트",
                "A.X K1은 뭐예요|ax k1",
                "K-EXAONE 라이선스는?|kexaon 라이선스",
                "SDK를 설치하려면|sdk 설치",
                "2026년 1월 22일에|2026년 1월 22일",
                "What are the licences of the models?|licens model",
                "How do I cite policies?|cit policy",
                "Solar Open 2|solar open2",
                "the ministry's notice|ministry notic",
            })
    void keepsTheContentTerms(String question, String terms) {
        String found = String.join(
                " ",
                Question.of(question, Synonyms.NONE).terms().stream()
                        .map(Term::text)
                        .toList());

        assertThat(found.replace("3000만원", "3000만 원")).isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource({
        "언제 시작하나요,WHEN",
        "벌금이 얼마죠,HOW_MUCH",
        "누가 만들었나요,WHO",
        "왜 그런가요,WHY",
        "어떻게 설정해요,HOW",
        "토큰이란?,WHAT_IS",
        "어기면 처벌받나요,CONSEQUENCE",
        "When was it?,WHEN",
        "How much is it?,HOW_MUCH",
        "What is a token?,WHAT_IS",
        "Is it so?,OTHER"
    })
    void knowsWhatIsAsked(String question, Asks asks) {
        assertThat(Question.of(question, Synonyms.NONE).asks()).isEqualTo(asks);
    }

    @Test
    void aCompoundStandsForItselfWithAndWithoutSpaces() {
        Term term = Question.of("인공지능기본법은?", Synonyms.NONE).terms().get(0);

        assertThat(TermMatch.grade(term, Words.of("인공지능 기본법에서는"))).isEqualTo(TermMatch.WORD);
        assertThat(TermMatch.grade(term, Words.of("인공지능기본법입니다"))).isEqualTo(TermMatch.WORD);
        assertThat(TermMatch.grade(term, Words.of("지방자치법"))).isZero();
    }

    @Test
    void aLongerWordIsNotTheSameWord() {
        Term president = Question.of("대통령은?", Synonyms.NONE).terms().get(0);
        Term article = Question.of("제3조는?", Synonyms.NONE).terms().get(0);
        Term name = Question.of("K1은?", Synonyms.NONE).terms().get(0);

        assertThat(TermMatch.grade(president, Words.of("대통령령 제1호"))).isLessThan(AnswerScoring.MIN_KEY_TERM);
        assertThat(TermMatch.grade(article, Words.of("제13조"))).isZero();
        assertThat(TermMatch.grade(article, Words.of("제3조의 규정"))).isEqualTo(TermMatch.WORD);
        assertThat(TermMatch.grade(name, Words.of("K10"))).isZero();
    }

    @Test
    void sentencesEndWhereTheyEnd() {
        assertThat(split("2026. 1. 22. 시행되었습니다. 다음 문장입니다.")).containsExactly("2026. 1. 22. 시행되었습니다.", "다음 문장입니다.");
        assertThat(split("Version 3.0 is out. See Art. 5, e.g. the list. It ended in 2026. Then more."))
                .containsExactly(
                        "Version 3.0 is out.", "See Art. 5, e.g. the list.", "It ended in 2026.", "Then more.");
        assertThat(split("- 첫째 항목\n\n2. 둘째 항목")).containsExactly("첫째 항목", "둘째 항목");
        assertThat(split("\"정말입니까?\" 그렇습니다.")).containsExactly("\"정말입니까?\"", "그렇습니다.");
        assertThat(split("x".repeat(2_000))).hasSize(4);
        assertThat(split(" \n\n ")).isEmpty();
    }

    private static java.util.List<String> split(String text) {
        Sentences sentences = Sentences.of(text);
        String[] all = new String[sentences.count()];
        Arrays.setAll(all, i -> text.substring(sentences.start(i), sentences.end(i)));
        return Arrays.asList(all);
    }
}
