package dev.gaon.gov.corpus;

import static dev.gaon.gov.corpus.ReviewedCorpus.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews are read strictly: what cannot be meant is refused by line, in both languages, and nothing is signed. */
class ReviewTest {

    @TempDir
    Path temp;

    private void refused(ReviewedCorpus corpus, String lines, String... words) {
        refused(corpus, corpus.write("reviews.jsonl", lines), words);
    }

    private void refused(ReviewedCorpus corpus, Path file, String... words) {
        assertThatThrownBy(
                        () -> corpus.desk().withReviews(file).withLeavingOut().sign("박서명", SIGNED))
                .as("%s", file)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reviews.jsonl:")
                .hasMessageContaining("자료를 쓸 수 없습니다")
                .hasMessageContainingAll(words);
        assertThat(corpus.folder().resolve("signed")).doesNotExist();
    }

    @Test
    void whatCannotBeMeantIsRefusedByLine() {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        String good = corpus.review("문서 1", "ALLOW");
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put(good.replace("reason", "resaon"), "resaon");
        wrong.put(good.replace(corpus.basis("문서 1"), "0".repeat(32)), "bases.jsonl");
        wrong.put(corpus.review("free", "DENY"), "does not wait for a review (ALLOW)");
        wrong.put(corpus.review("by", "ALLOW"), "does not wait for a review (ALLOW_WITH_DUTIES)");
        wrong.put(good.replace("기관의 회신 문서 번호 2026-17", "  "), "#/reason");
        wrong.put(good.replace("기관의", "가".repeat(2_000)), "2000");
        wrong.put(good.replace("김검토", ""), "#/by");
        wrong.put(good.replace("김검토", "김\\n검토"), "#/by");
        wrong.put(good.replace("2026-11-22", "2026-11-20"), "2026-11-21");
        wrong.put(good.replace("2026-11-22", "2026-11-25"), "2026-11-24");
        wrong.put(good.replace("2026-11-22", "어제"), "#/on");
        wrong.put(good.replace("ALLOW", "MAYBE"), "#/decision");
        wrong.put(good.replace("ALLOW", "REVIEW"), "ALLOW_WITH_DUTIES");
        wrong.put(corpus.review("others", "ALLOW"), "the terms themselves ask duties");
        wrong.put(good.replace("\"by\"", "\"by\":\"둘\",\"by\""), "JSON");
        wrong.put("{\"basis\":\"" + corpus.basis("odd") + "\"}", "#/decision");
        wrong.put("{\"about\":{},\"by\":\"김검토\",\"basis\":\"" + corpus.basis("odd") + "\"}", "#/decision");
        wrong.put("[" + "[".repeat(100), "JSON");
        wrong.put("\"" + "x".repeat(1 << 20) + "\"", "1048576");
        wrong.forEach((line, word) -> refused(corpus, corpus.review("odd", "DENY") + line, "reviews.jsonl:2", word));
        refused(corpus, good + "\n" + corpus.review("odd", "DENY") + good, "reviews.jsonl:4", "두 번", "twice");
    }

    @Test
    void noReviewLiftsADenial() {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        refused(corpus, corpus.review("nc", "ALLOW"), "reviews.jsonl:1", "허락", "claims", "no review lifts");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        ReviewedCorpus corpus = ReviewedCorpus.in(temp);
        Path file = temp.resolve("reviews.jsonl");
        Files.write(file, corpus.review("odd", "DENY").getBytes(Charset.forName("x-windows-949")));
        refused(corpus, file, "reviews.jsonl:1", "UTF-8로 저장하세요", "Save it as UTF-8");
    }
}
