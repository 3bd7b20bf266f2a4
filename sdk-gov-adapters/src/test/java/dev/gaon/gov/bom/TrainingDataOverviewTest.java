package dev.gaon.gov.bom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gaon.gov.corpus.Corpora;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.EvidencePackage;
import dev.gaon.gov.law.HighImpactPosting;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.page.PageInBrowser;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipFile;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview of training data, and where it goes. */
class TrainingDataOverviewTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private static TrainingDataOverview overview(CorpusSummary corpus) {
        return TrainingDataOverview.of(
                corpus,
                new TrainingDataOverview.Statement(
                        new BilingualText("서류 심사 도우미", "Screening aid"),
                        new BilingualText("이름과 전화번호를 지웠습니다", "names and numbers were removed"),
                        true));
    }

    @Test
    void itNamesSourcesLicencesAmountsAndPersonalData() throws Exception {
        CorpusSummary corpus = Corpora.mixed();
        JsonNode json = new ObjectMapper().readTree(overview(corpus).toJson());
        assertThat(json.get("sources")).hasSize(5);
        assertThat(json.at("/sources/0/name").asText()).isEqualTo("민원 게시판");
        assertThat(json.at("/sources/0/decisions/DENY").asLong()).isEqualTo(1_200);
        assertThat(json.get("licenses")).hasSize(7);
        assertThat(json.at("/rows/all").asLong()).isEqualTo(10_100);
        assertThat(json.at("/rows/usable").asLong()).isEqualTo(6_500);
        assertThat(json.at("/rows/unread").asLong()).isEqualTo(100);
        assertThat(json.at("/personalData/noted").asLong()).isEqualTo(1_200);
        assertThat(json.at("/personalData/unstated").asLong()).isEqualTo(8_800);
        assertThat(json.get("restLeftOut").asBoolean()).isTrue();
        assertThat(json.get("asOf").asText()).isEqualTo("2026-11-22");
        assertThat(json.get("summaryDigest").asText()).isEqualTo(corpus.digest());
        assertThat(json.get("inputBytes").asLong()).isEqualTo(11_000_000);
    }

    @Test
    void whatNobodyStatesIsShownAsThat() throws Exception {
        TrainingDataOverview silent = TrainingDataOverview.of(
                Corpora.mixed(), new TrainingDataOverview.Statement(new BilingualText("가", "a"), null, null));
        assertThat(silent.toJson()).contains("\"restLeftOut\":\"not-stated\"", "밝히지 않음");
        assertThat(silent.summary().en()).contains("personal data: not stated");
        assertThatThrownBy(() -> new TrainingDataOverview.Statement(new BilingualText("가", " "), null, null))
                .hasMessageContaining("두 언어");
    }

    @Test
    void aPageForPeople(@TempDir Path folder) throws Exception {
        TrainingDataOverview overview = overview(Corpora.mixed());
        Document page = Jsoup.parse(overview.html());
        assertThat(page.select("section[aria-labelledby=sources-title] tbody th")
                        .eachText())
                .contains("산림청", "data.go.kr");
        assertThat(page.text()).contains("제34조제1항제2호", overview.digest(), "이름과 전화번호를 지웠습니다");
        new PageInBrowser(folder, overview.html()).isAccessible(PageInBrowser.LIGHT);
    }

    @Test
    void textOfOthersNeverBecomesMarkup() {
        Document page = Jsoup.parse(TrainingDataOverview.of(
                        Corpora.allKinds(),
                        new TrainingDataOverview.Statement(
                                new BilingualText("<script>1</script>", "<img src=x>"), null, null))
                .html());
        assertThat(page.select("script, img")).isEmpty();
        assertThat(page.select("h1").text()).contains("<&>");
    }

    @Test
    void itStandsInThePostingWithTheExplanationPlan() {
        TrainingDataOverview overview = overview(Corpora.mixed());
        BilingualText some = new BilingualText("내용", "content");
        HighImpactPosting posting = HighImpactPosting.of(some, some, DAY)
                .risk(some)
                .explanation(some)
                .trainingData(overview.summary())
                .protection(some)
                .overseer(new BilingualText("이감독", "Lee"), "02-123-4567")
                .build();
        Document page = Jsoup.parse(posting.html(Locale.KOREAN));
        assertThat(page.select("section[aria-labelledby=explanation] h3").text())
                .isEqualTo("학습용데이터의 개요");
        assertThat(page.select("section[aria-labelledby=explanation] p").text())
                .contains("출처 5곳", "6,500행", overview.digest());
        assertThat(page.select("h3")).hasSize(1);
        assertThat(posting.html(Locale.ENGLISH)).contains("Overview of the training data", "5 sources");
    }

    @Test
    void itIsSealedInThePackageOfEvidence(@TempDir Path folder) throws Exception {
        TrainingDataOverview overview = overview(Corpora.mixed());
        Path zip = folder.resolve("evidence.zip");
        Assessment assessment = Assessment.of(ServiceProfile.of("서류 심사 도우미"), RulePack.bundled(), DAY);
        byte[] json = overview.toJson().getBytes(StandardCharsets.UTF_8);
        EvidencePackage.write(
                zip,
                assessment,
                List.of(),
                Map.of("training-data-overview.json", json),
                Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(EvidencePackage.verify(zip).problems()).isEmpty();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.getInputStream(file.getEntry("documents/training-data-overview.json"))
                            .readAllBytes())
                    .isEqualTo(json);
        }
        assertThatThrownBy(() -> EvidencePackage.write(
                        folder.resolve("other.zip"), assessment, List.of(), Map.of("../up", json), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("문서");
    }
}
