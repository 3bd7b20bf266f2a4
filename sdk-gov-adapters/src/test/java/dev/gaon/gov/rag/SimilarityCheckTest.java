package dev.gaon.gov.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.license.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer repeats of works is found; what it does not repeat is not. */
class SimilarityCheckTest {

    private static final List<String> TEXTS = texts(60, 4_000);
    private static final SimilarityCheck CHECK = check(TEXTS);

    private static List<String> texts(int works, int characters) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < works; i++) {
            texts.add(new KoreanCorpus(1_000 + i).text(characters));
        }
        return texts;
    }

    private static SimilarityCheck check(List<String> texts) {
        return builder(texts).build();
    }

    private static SimilarityCheck.Builder builder(List<String> texts) {
        SimilarityCheck.Builder builder = SimilarityCheck.builder();
        for (int i = 0; i < texts.size(); i++) {
            builder.work(Work.of("w" + i, "저작물 " + i), texts.get(i));
        }
        return builder;
    }

    private static int letters(String text) {
        return PlainLetters.of(text).length();
    }

    /** The guarantee: wherever it stands, whatever is around it, cut as it may be. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyRunOfTheLengthIsFound(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            int work = random.nextInt(TEXTS.size());
            String text = TEXTS.get(work);
            int start = random.nextInt(text.length() - 400);
            int end = start;
            int wanted = 30 + random.nextInt(60);
            while (letters(text.substring(start, end)) < wanted) {
                end++;
            }
            String before = new KoreanCorpus(seed * 1_000 + round).text(random.nextInt(300));
            String after = new KoreanCorpus(seed * 9_000 + round).text(random.nextInt(300));
            String answer = before + text.substring(start, end) + after;
            Similarity found = CHECK.check(answer);
            assertThat(found.matches())
                    .as("%s letters of work %s at %s", wanted, work, start)
                    .anySatisfy(each -> {
                        assertThat(each.work().id()).isEqualTo("w" + work);
                        assertThat(each.longest()).isGreaterThanOrEqualTo(wanted);
                        assertThat(each.spans())
                                .anySatisfy(span -> assertThat(letters(answer.substring(span.start(), span.end())))
                                        .isGreaterThanOrEqualTo(wanted));
                    });
        }
    }

    @Test
    void theFigureIsExact() {
        String text = TEXTS.get(7);
        String piece = text.substring(100, 260);
        String answer = "그 보고서는 이렇게 말합니다! " + piece + "? 끝.";
        Similarity found = CHECK.check(answer);
        Similarity.Match match = found.matches().get(0);
        int longest = 0;
        String plainText = PlainLetters.of(text);
        String plainAnswer = PlainLetters.of(answer);
        for (int i = 0; i < plainAnswer.length(); i++) {
            for (int j = i + longest + 1;
                    j <= plainAnswer.length() && plainText.contains(plainAnswer.substring(i, j));
                    j++) {
                longest = j - i;
            }
        }
        assertThat(match.longest()).isEqualTo(longest);
        assertThat(found.letters()).isEqualTo(plainAnswer.length());
        assertThat(match.share()).isEqualTo((double) match.shared() / found.letters());
        assertThat(match.spans()).hasSize(1);
    }

    @Test
    void whatIsUnrelatedIsNeverFlagged() {
        for (int i = 0; i < 300; i++) {
            Similarity found = CHECK.check(new KoreanCorpus(500_000 + i).text(3_000));
            assertThat(found.matches()).as("answer %s", i).isEmpty();
        }
    }

    @Test
    void dressDoesNotHideARun() {
        String piece = TEXTS.get(3).substring(500, 600);
        assertThat(longest(Normalizer.normalize(piece, Normalizer.Form.NFD))).isEqualTo(longest(piece));
        assertThat(longest(piece.replace(" ", ""))).isEqualTo(longest(piece));
        assertThat(longest(piece.replace("", "\u200b"))).isEqualTo(longest(piece));
        assertThat(longest(piece.replace("", "."))).isEqualTo(longest(piece));
        SimilarityCheck english = SimilarityCheck.builder()
                .work(Work.of("e", "e"), "The quick brown fox jumps over the lazy dog by the river")
                .build();
        assertThat(english.check("ＴＨＥ ＱＵＩＣＫ ＢＲＯＷＮ ＦＯＸ ＪＵＭＰＳ ＯＶＥＲ ＴＨＥ ＬＡＺＹ").matches())
                .hasSize(1);
    }

    private static int longest(String answer) {
        return CHECK.check(answer).matches().get(0).longest();
    }

    @Test
    void piecesSayTheSameAsTheWhole() {
        Random random = new Random(5);
        String answer = Normalizer.normalize(
                "앞말 " + TEXTS.get(1).substring(0, 200) + " 사이 😀 "
                        + TEXTS.get(2).substring(50, 130),
                Normalizer.Form.NFD);
        Similarity whole = CHECK.check(answer);
        assertThat(whole.matches()).hasSize(2);
        for (int round = 0; round < 50; round++) {
            SimilarityScan scan = CHECK.scan();
            for (int at = 0; at < answer.length(); ) {
                int to = Math.min(answer.length(), at + 1 + random.nextInt(7));
                scan.append(answer.substring(at, to));
                at = to;
            }
            assertThat(scan.end()).usingRecursiveComparison().isEqualTo(whole);
        }
    }

    @Test
    void aStreamStopsAtTheLimit() {
        SimilarityScan scan = CHECK.scan();
        String text = TEXTS.get(9).substring(0, 1_000);
        int shown = 0;
        while (!scan.append(text.substring(shown, shown + 1)).tooClose()) {
            shown++;
        }
        assertThat(letters(text.substring(0, shown))).isBetween(119, 121);
    }

    /** Eight sentences of about a dozen words; how many of forty are found. */
    @ParameterizedTest
    @CsvSource({"0.1, 0, 40", "0.3, 0, 40", "0, 0.1, 38", "0.1, 0.1, 35", "0.2, 0.1, 32", "0, 0.2, 25"})
    void wordsThatMovedAreFoundToADegree(double particles, double swaps, int least) {
        int found = 0;
        for (int i = 0; i < 40; i++) {
            KoreanCorpus words = new KoreanCorpus(70_000 + i);
            List<String> original = new ArrayList<>();
            for (int s = 0; s < 8; s++) {
                original.addAll(words.sentence());
            }
            SimilarityCheck check = check(List.of(String.join(" ", original), TEXTS.get(i)));
            String answer = new KoreanCorpus(i).reworded(original, particles, swaps);
            found += check.check(answer).matches().stream()
                            .anyMatch(each -> each.work().id().equals("w0") && check.tooClose(each))
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(least);
    }

    /** Real prose on one subject by one author, the hardest that is not a copy. */
    @Test
    void guidesOnNeighbouringSubjectsAreNotTooClose() throws IOException {
        List<String> names = List.of(
                "ai-basic-act-overview",
                "ai-basic-act-transparency",
                "ai-basic-act-high-impact",
                "kogl-types",
                "kogl-use",
                "model-apis",
                "models",
                "programme",
                "ai-basic-act-safety-agent",
                "ai-basic-act-penalties-dates");
        for (String name : names) {
            List<String> others = new ArrayList<>();
            for (String other : names) {
                if (!other.equals(name)) {
                    others.add(guide(other));
                }
            }
            SimilarityCheck check = check(others);

            assertThat(check.check(guide(name)).matches()).as(name).noneMatch(check::tooClose);
        }
    }

    private static String guide(String name) throws IOException {
        try (InputStream in = SimilarityCheckTest.class.getResourceAsStream("/dev/gaon/docs/" + name + ".ko.md")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String body = text.substring(text.indexOf("\n## "));
            // without what all of them say of themselves
            return body.replaceAll("(?s)\n## 법률 자문이 아님.*", "");
        }
    }

    @Test
    void sentencesOfNoticesAndGivenStatutesCountForNobody() {
        String notice = "본 공공저작물은 공공누리 \"출처표시+상업적 이용금지+변경금지\" 조건에 따라 이용할 수 있습니다.";
        String statute = new KoreanCorpus(31).text(300);
        List<String> works = List.of("가나다라. " + notice + " 끝", "이 법은 " + statute + " 라고 정한다");
        assertThat(check(works).check("안내: " + notice).matches()).isEmpty();
        assertThat(check(works).check(statute).matches()).hasSize(1);
        assertThat(builder(works).unprotected(statute).build().check(statute).matches())
                .isEmpty();
    }

    @Test
    void aWorkInPartsIsOneWork() {
        SimilarityCheck check = SimilarityCheck.builder()
                .work(Work.of("w", "책"), TEXTS.get(0))
                .work(Work.of("w", "책"), TEXTS.get(1))
                .build();
        assertThat(check.works()).isEqualTo(1);
        assertThat(check.check(TEXTS.get(0).substring(0, 100) + " 그리고 다른 권에서는 "
                                + TEXTS.get(1).substring(0, 100))
                        .matches())
                .singleElement()
                .satisfies(each -> assertThat(each.spans()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"가", "가나", "\u0301", "\u11a8", "\ud83d", "a"})
    void hostileAnswersAndWorksEnd(String unit) {
        String work = unit.repeat(200_000);
        SimilarityCheck check = check(List.of(work, TEXTS.get(0)));
        Similarity found = check.check(unit.repeat(1_000_000));
        assertThat(found.complete()).isTrue();
        if (letters(unit) > 0 && letters(unit + unit + unit) == 3 * letters(unit)) {
            assertThat(found.matches()).isNotEmpty();
        }
    }

    @Test
    void anAnswerTooLongIsNotPassed() {
        SimilarityScan scan = CHECK.scan();
        String tenMegabytes = "x1".repeat(5_000_000);
        assertThat(scan.append(tenMegabytes).tooClose()).isTrue();
        assertThat(scan.end().complete()).isFalse();
    }
}
