package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractiveEngineTest {

    private final ExtractiveEngine engine = ExtractiveFixtures.engine();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "책은 몇 권까지 빌릴 수 있나요?|대출 권수와 기간|7권까지",
                "대출 기간은 얼마나 되나요?|대출 권수와 기간|14일",
                "연체료는 하루에 얼마예요?|연체료|100원",
                "연체료 상한은?|연체료|5,000원을 넘지",
                "한빛도서관은 언제 다시 문을 여나요?|휴관일|2026년 3월 2일",
                "한빛도서관이 뭐야?|한빛도서관이란|공공도서관입니다",
                "한빛 도서관이란 무엇인가요|한빛도서관이란|공공도서관입니다",
                "seat-007은 어떻게 써요?|좌석 예약 프로그램|seat-007",
                "복사 요금 알려줘|요금표|복사 | 50원",
                "How many books may members borrow?|Borrowing|up to 7 books",
                "What is the late fee?|Late fees|100 won",
                "When does Hanbit Library reopen?|Reopening|2 March 2026",
            })
    void quotesTheSentenceThatAnswers(String question, String section, String part) {
        Extract extract = engine.answer(question);

        assertThat(extract.found()).isTrue();
        assertThat(extract.citations().get(0).section()).isEqualTo(section);
        assertThat(extract.text()).contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "오늘 서울 날씨 어때?", "프랑스의 수도는 어디인가요?", "김치찌개 끓이는 법 알려줘", "달빛박물관의 연체료는 얼마인가요?", "seat-009는 어떻게 써요?",
                "대통령은 누구인가요?", "What is the capital of France?", "Who won the 2022 World Cup?",
                        "How do I reset my phone?", "What does GPT-4 cost?",
                "안녕하세요", "hello", "이건 뭐예요?", "what is this?",
            })
    void refusesWhatTheDocumentsDoNotSay(String question) {
        Extract extract = engine.answer(question);

        assertThat(extract.citations()).isEmpty();
        assertThat(extract.found()).isFalse();
    }

    @Test
    void refusalSaysWhatItIsAndNamesThreeWaysOn() {
        assertThat(engine.answer("오늘 날씨 어때?").text())
                .contains(
                        "언어 모델이 아닙니다",
                        "문서 2건",
                        "UPSTAGE_API_KEY",
                        "GAON_MODEL=solar-pro4",
                        "--endpoint URL",
                        "--docs FOLDER",
                        ".endpoint(",
                        "Endpoint.of(\"http://127.0.0.1:8080/v1\")",
                        "Gaon.builder().documents(Path)");
        assertThat(engine.answer("What about the weather?").text())
                .contains(
                        "not a language model",
                        "2 documents",
                        "UPSTAGE_API_KEY",
                        "GAON_MODEL=solar-pro4",
                        "--endpoint URL",
                        "--docs FOLDER",
                        ".endpoint(",
                        "Endpoint.of(\"http://127.0.0.1:8080/v1\")",
                        "Gaon.builder().documents(Path)");
        assertThat(ExtractiveFixtures.engine(List.of()).answer("who?").text()).contains("0 documents");
    }

    @Test
    void answerEndsWithItsSources() {
        assertThat(engine.answer("연체료는 하루에 얼마예요?").text())
                .contains(" [1]\n\n")
                .endsWith("출처\n[1] library.ko › 연체료 — https://library.example/guide (CC-BY-4.0, 한빛도서관)");
        assertThat(engine.answer("What is the late fee?").text())
                .contains("Sources\n[1] library.en › Late fees — https://library.example/guide-en");
    }

    @Test
    void answersFromTheOtherLanguageWhenItsOwnHasNothing() {
        assertThat(engine.answer("telescope는 누구에게 빌려주나요?").citations())
                .first()
                .satisfies(citation -> assertThat(citation.document()).isEqualTo("library.en"));
    }

    @Test
    void takesInWhatAColonAnnounces() {
        assertThat(engine.answer("좌석 예약은 어떻게 하나요?").citations().get(0).quote())
                .isEqualTo("좌석 예약은 `seat-007` 명령으로 합니다: seat-007 --room A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"연체료는 하루에 얼마예요?", "대출 기간은?", "How many books may members borrow?", "아무 말", "", "오늘  날씨\t어때"})
    void piecesJoinToTheText(String question) {
        Extract extract = engine.answer(question);

        assertThat(String.join("", extract.pieces())).isEqualTo(extract.text());
        assertThat(extract.pieces()).hasSizeGreaterThan(5).allMatch(piece -> !piece.isEmpty());
    }

    @Test
    void everyQuoteStandsInItsSection() {
        List<SourceDocument> documents = ExtractiveFixtures.documents();
        for (SourceDocument document : documents) {
            for (SourceDocument.Section section : document.sections()) {
                Sentences sentences = Sentences.of(section.text());
                for (int s = 0; s < sentences.count(); s++) {
                    String sentence = section.text().substring(sentences.start(s), sentences.end(s));
                    for (Citation citation :
                            engine.answer(section.heading() + " " + sentence).citations()) {
                        assertThat(normal(text(documents, citation))).contains(citation.quote());
                    }
                }
            }
        }
    }

    private static String text(List<SourceDocument> documents, Citation citation) {
        return documents.stream()
                .filter(d -> d.id().equals(citation.document()))
                .flatMap(d -> d.sections().stream())
                .filter(s -> s.heading().equals(citation.section()))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static String normal(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @Test
    void hostileQuestionsAreRefusedQuickly() {
        List<String> questions = new ArrayList<>(List.of(
                "",
                " \t\n",
                "\u0000\u0001\u001b[2J",
                "😀😀😀🎉",
                "그리고 또는 무엇",
                "the of and what",
                "\uD800",
                "((((((",
                "?",
                "\u202e개꿈"));
        questions.add("연체료 ".repeat(10_000));
        questions.add("가".repeat(30_000));
        questions.add("a".repeat(30_000));
        questions.add("a-".repeat(900));
        questions.add("1.".repeat(900));
        questions.add("가나다라마바사아자차카타파하".repeat(140));
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (String question : questions) {
                assertThat(engine.answer(question).found())
                        .as(question.substring(0, Math.min(20, question.length())))
                        .isFalse();
            }
        });
        assertThatNullPointerException().isThrownBy(() -> engine.answer(null));
    }

    @Test
    void decomposedHangulAndFullWidthLettersAreUnderstood() {
        String mac = java.text.Normalizer.normalize("연체료는 하루에 얼마예요?", java.text.Normalizer.Form.NFD);

        assertThat(engine.answer(mac).text()).contains("100원");
        assertThat(engine.answer("ｓｅａｔ－００７은 어떻게 써요?").found()).isTrue();
    }

    @Test
    void manyThreadsGetTheSameAnswer() throws Exception {
        String expected = ExtractiveFixtures.engine().answer("연체료는 하루에 얼마예요?").text();
        ExtractiveEngine shared = ExtractiveFixtures.engine();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(() -> shared.answer("연체료는 하루에 얼마예요?").text());
            }
            for (Future<String> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
