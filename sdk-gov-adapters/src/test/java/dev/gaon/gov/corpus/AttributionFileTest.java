package dev.gaon.gov.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.page.PageInBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that credits the works of a corpus. */
class AttributionFileTest {

    @TempDir
    Path folder;

    private static Work work(String id) {
        return Corpora.marked(id, "LicenseRef-KOGL-1").withAuthor("홍길동").withPublished(LocalDate.of(2025, 3, 2));
    }

    private AttributionFile.Written write(Stream<Work> works) throws IOException {
        try (AttributionFile file = new AttributionFile(folder, "도시와 숲", Corpora.DAY)) {
            for (Work each : (Iterable<Work>) works::iterator) {
                file.add(Corpora.decide(each));
            }
            return file.finish();
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void everyWorkHasItsLineInAllThree() throws Exception {
        Work full = work("w1").withUrl("https://www.forest.go.kr/a_b?x=1&y=2");
        AttributionFile.Written written = write(Stream.of(full, work("w2")));
        assertThat(written.works()).isEqualTo(2);
        assertThat(written.sha256())
                .isEqualTo(PackFiles.sha256(Files.readAllBytes(folder.resolve("attribution.jsonl"))));
        assertThat(written.bytes()).isEqualTo(Files.size(folder.resolve("attribution.jsonl")));
        List<String> rows = read("attribution.jsonl").lines().toList();
        assertThat(rows).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(rows.get(0));
        assertThat(first.get("id").asText()).isEqualTo("w1");
        String sentence = first.at("/text/ko").asText();
        assertThat(sentence).contains("공공누리 제1유형으로 개방한 '도시숲 현황 w1(작성자:홍길동)'");
        assertThat(read("attribution.md")).contains("1. " + sentence);
        assertThat(Jsoup.parse(read("attribution.html"))
                        .select("ol li span[lang=ko]")
                        .eachText())
                .contains(sentence);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        AttributionFile.Written written = write(
                Stream.of(Work.of("w", "지도").withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-1"))));
        assertThat(written.incomplete())
                .containsOnly(Map.entry("publisher", 1L), Map.entry("year", 1L), Map.entry("url", 1L));
        assertThat(read("attribution.md")).contains("(밝혀지지 않음: 기관, 발행 연도, 주소 / not stated: publisher, year, address)");
        assertThat(Jsoup.parse(read("attribution.html")).select("li .article").text())
                .contains("not stated: publisher");
    }

    @Test
    void theSameWorkIsCreditedOnceAndWhatMayNotBeUsedNever() throws Exception {
        AttributionFile.Written written = write(Stream.of(
                work("w1"),
                work("w1"),
                Corpora.marked("w2", "LicenseRef-KOGL-4"),
                Corpora.marked("w3", "LicenseRef-KOGL-3")));
        assertThat(written)
                .returns(1L, AttributionFile.Written::works)
                .returns(1L, AttributionFile.Written::repeats)
                .returns(2L, AttributionFile.Written::leftOut)
                .returns(true, AttributionFile.Written::repeatsKnown);
    }

    @Test
    void whatAPersonClearedIsCredited() throws Exception {
        try (AttributionFile file = new AttributionFile(folder, "도시와 숲", Corpora.DAY)) {
            file.add(Attribution.of(Corpora.decide(Corpora.marked("w3", "LicenseRef-KOGL-3"))));
            assertThat(file.finish().works()).isOne();
        }
        assertThat(read("attribution.md")).contains("제3유형");
    }

    @Test
    void itNeverSaysOnlyThePortal() throws Exception {
        write(Stream.of(work("w1"), work("w2"), work("w3")));
        assertThat(read("attribution.md")).doesNotContain("출처: 공공누리").contains("w1", "w2", "w3");
    }

    @Test
    void pagesHoldTheFirstWorksAndPointToTheRest() throws Exception {
        int all = AttributionFile.MOST_LISTED + 3;
        AttributionFile.Written written =
                write(Stream.iterate(1, i -> i + 1).limit(all).map(i -> work("w" + i)));
        assertThat(written.works()).isEqualTo(all);
        assertThat(read("attribution.jsonl").lines().count()).isEqualTo(all);
        assertThat(read("attribution.md"))
                .contains("5000. ", "5,000건만 보입니다. 모두 attribution.jsonl에")
                .doesNotContain("5001. ");
        assertThat(Jsoup.parse(read("attribution.html")).select("ol li")).hasSize(AttributionFile.MOST_LISTED);
    }

    @Test
    void longTextsDoNotFillTheMemory() throws Exception {
        Work wordy =
                Work.of("w", "가".repeat(4_000)).withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-1"));
        AttributionFile.Written written =
                write(Stream.iterate(1, i -> i + 1).limit(700).map(i -> wordy.withAuthor("나".repeat(3_900) + i)));
        assertThat(written.works()).isEqualTo(700);
        assertThat(read("attribution.html").length()).isBetween(1_000_000, 5_000_000);
        assertThat(read("attribution.md")).contains("모두 attribution.jsonl에");
    }

    @Test
    void textOfOthersIsNoMarkup() throws Exception {
        Work hostile = Work.of(
                        "w", "# x\n<script>alert(1)</script> [a](javascript:x) **b** _c_ `d` ![i](http://e) &lt;")
                .withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-1"));
        write(Stream.of(hostile));
        assertThat(read("attribution.md"))
                .contains("\\<script\\>", "\\[a\\]", "\\*\\*b\\*\\*", "\\_c\\_", "\\`d\\`", "\\&lt;")
                .doesNotContain("\n# x");
        Document page = Jsoup.parse(read("attribution.html"));
        assertThat(page.select("script, img, main a")).isEmpty();
    }

    @Test
    void nothingIsLeftOfWhatWasNotFinished() throws Exception {
        try (AttributionFile file = new AttributionFile(folder, "도시와 숲", Corpora.DAY)) {
            file.add(Corpora.decide(work("w1")));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void repeatsAreFoundWhileTheyAreRemembered() {
        SeenWorks seen = new SeenWorks(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.full()).isFalse();
            assertThat(seen.add("w" + i)).isTrue();
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add("w" + i)).isFalse();
        }
        assertThat(seen.add("new")).isTrue();
        assertThat(seen.add("new"))
                .as("no longer remembered, and so written again")
                .isTrue();
        assertThat(seen.full()).isTrue();
    }

    @Test
    void nobodyIsShutOut(@TempDir Path other) throws Exception {
        write(Stream.of(work("w1"), work("w2").withUrl("https://www.forest.go.kr/1")));
        new PageInBrowser(other, read("attribution.html")).isAccessible(PageInBrowser.LIGHT);
    }
}
