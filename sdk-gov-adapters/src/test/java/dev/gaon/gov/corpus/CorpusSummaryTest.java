package dev.gaon.gov.corpus;

import static dev.gaon.gov.corpus.Corpora.empty;
import static dev.gaon.gov.corpus.Corpora.group;
import static dev.gaon.gov.corpus.Corpora.marked;
import static dev.gaon.gov.corpus.Corpora.mixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the decisions of a corpus add up to. */
class CorpusSummaryTest {

    @Test
    void everyRowIsCountedOnce() {
        CorpusSummary corpus = mixed();
        assertThat(corpus.rows()).isEqualTo(10_100);
        assertThat(corpus.decided()).isEqualTo(10_000);
        assertThat(corpus.unread()).isEqualTo(100);
        assertThat(corpus.byDecision())
                .containsEntry(Outcome.ALLOW, 2_500L)
                .containsEntry(Outcome.ALLOW_WITH_DUTIES, 4_000L)
                .containsEntry(Outcome.REVIEW, 800L)
                .containsEntry(Outcome.DENY, 2_700L);
        assertThat(Stream.of(corpus.byLicense(), corpus.bySource())
                        .map(shares -> shares.stream()
                                .mapToLong(CorpusSummary.Share::rows)
                                .sum()))
                .containsExactly(10_000L, 10_000L);
    }

    @Test
    void theRiskiestSourceComesFirst() {
        assertThat(mixed().bySource())
                .extracting(CorpusSummary.Share::name)
                .containsExactly("민원 게시판", "어느 신문", "산림청", "국가유산청", "data.go.kr");
        CorpusSummary tied = empty().group(group("a", 100, "LicenseRef-KOGL-2"))
                .group(group("a", 900, "LicenseRef-KOGL-0"))
                .group(group("b", 100, "LicenseRef-KOGL-2"))
                .group(group("c", 5, "LicenseRef-KOGL-3"))
                .group(group("d", 6, "LicenseRef-KOGL-3"))
                .build();
        assertThat(tied.bySource())
                .as("the larger share of as many denied rows; then the rows to review")
                .extracting(CorpusSummary.Share::name)
                .containsExactly("b", "a", "d", "c");
    }

    @Test
    void onePermissionFreesWhatNothingElseHolds() {
        CorpusSummary corpus = empty().group(group("a", 10, "LicenseRef-KOGL-2"))
                .group(group("a", 7, marked("w", "LicenseRef-KOGL-2").withFlag("thirdParty", true)))
                .group(group("b", 3, marked("v", "LicenseRef-KOGL-1").withFlag("thirdParty", true)))
                .group(group("b", 90, "LicenseRef-KOGL-1"))
                .build();
        assertThat(corpus.permissions())
                .containsExactly(
                        new CorpusSummary.Permission("LicenseRef-KOGL-2", 10, 17),
                        new CorpusSummary.Permission("third-party", 3, 10));
        assertThat(corpus.obstacle("LicenseRef-KOGL-2").ko()).startsWith("공공누리 제2유형");
        assertThat(corpus.obstacle("third-party").en()).contains("rights of others");
    }

    @Test
    void aConflictIsFreedByNoPermissionOfOneSide() {
        Work both =
                marked("w", "LicenseRef-KOGL-1").withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-4"));
        CorpusSummary corpus = empty().group(group("a", 5, both)).build();
        assertThat(corpus.groups().get(0).obstacles()).contains("LicenseRef-KOGL-4", "conflict");
        assertThat(corpus.permissions())
                .allSatisfy(each -> assertThat(each.frees()).isZero());
    }

    @Test
    void dutiesAreThoseOfWhatMayBeUsedAndQuestionsThoseOfWhatWaits() {
        CorpusSummary corpus = empty().group(group("a", 10, "LicenseRef-KOGL-1"))
                .group(group("a", 7, marked("w", "LicenseRef-KOGL-1").withFlag("personalData", true)))
                .group(group("시청", 20, Work.of("u", "보고서").withPublisher("시청", "local")))
                .build();
        assertThat(corpus.duties()).containsEntry("attribution-manifest", 10L).doesNotContainKey("deidentify");
        assertThat(corpus.duty("attribution-manifest").ko()).contains("한 줄씩");
        assertThat(corpus.questions()).containsEntry("registeredStateProperty", 20L);
        assertThat(corpus.question("registeredStateProperty").ko()).endsWith("?");
    }

    @Test
    void theJsonIsReadBackAsItWasWritten() throws Exception {
        CorpusSummary corpus = mixed();
        CorpusSummary read = CorpusSummary.parse(corpus.toJson());
        assertThat(read.toJson()).isEqualTo(corpus.toJson());
        assertThat(read.digest()).isEqualTo(corpus.digest());
        assertThat(read.groups()).isEqualTo(corpus.groups());
        assertThat(read.use().ko()).isEqualTo("영리 목적 학습");
        assertThat(read.license("LicenseRef-KOGL-4").en()).startsWith("KOGL type 4");
    }

    @Test
    void theOrderOfGroupsIsNoMatter() {
        List<CorpusGroup> groups = new ArrayList<>(mixed().groups());
        groups.addAll(mixed().groups());
        CorpusSummary.Builder one = empty();
        groups.forEach(one::group);
        Collections.shuffle(groups, new Random(7));
        CorpusSummary.Builder other = empty();
        groups.forEach(other::group);
        assertThat(one.build().toJson()).isEqualTo(other.build().toJson());
        assertThat(one.build().groups()).hasSameSizeAs(mixed().groups());
        assertThat(one.build().decided()).isEqualTo(20_000);
    }

    @Test
    void sourcesPastTheLimitAreCountedTogether() {
        CorpusSummary.Builder builder = empty();
        CorpusGroup allowed = group("s", 1, "LicenseRef-KOGL-0");
        CorpusGroup denied = group("s", 1, "LicenseRef-KOGL-2");
        for (int i = 0; i < CorpusSummary.Builder.MOST_GROUPS + 500; i++) {
            CorpusGroup each = i % 2 == 0 ? allowed : denied;
            builder.group(new CorpusGroup(
                    "s" + i,
                    "state",
                    each.license(),
                    each.licenseFallback(),
                    each.decision(),
                    each.duties(),
                    each.reason(),
                    each.missing(),
                    each.obstacles(),
                    each.notes(),
                    each.unstated(),
                    1,
                    List.of("w" + i),
                    "item"));
        }
        CorpusSummary corpus = builder.build();
        assertThat(corpus.groups()).hasSize(CorpusSummary.Builder.MOST_GROUPS + 2);
        assertThat(corpus.decided()).isEqualTo(CorpusSummary.Builder.MOST_GROUPS + 500);
        assertThat(corpus.groups())
                .filteredOn(each -> each.source().equals(CorpusSummary.OTHER_SOURCES))
                .extracting(CorpusGroup::rows)
                .containsExactlyInAnyOrder(250L, 250L);
        assertThat(CorpusSummary.parse(corpus.toJson()).digest()).isEqualTo(corpus.digest());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            rows, 10101, 더하면 10100
            rows, 1.5, 정수여야
            asOf, "어제", 2026-01-22
            purpose, "steal", unknown value
            termsDigest, "sha256:1", 64
            title, "", 글이 있어야
            extra, 1, unknown key: extra
            inputs, [{"rows":-1}], 글이 있어야
            """, delimiter = ',', quoteCharacter = '`')
    void whatIsWrongIsRefusedByPlace(String key, String value, String message) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(mixed().toJson());
        json.set(key, mapper.readTree(value));
        assertThatThrownBy(() -> CorpusSummary.parse(json.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(key)
                .hasMessageContaining(" / ");
    }

    @Test
    void moreRowsThanJsonCountsAreRefused() {
        CorpusSummary.Builder builder = empty().group(group("a", 1L << 52, "LicenseRef-KOGL-0"))
                .group(group("b", 1L << 52, "LicenseRef-KOGL-0"));
        assertThatThrownBy(builder::build).hasMessageContaining("9007199254740991");
    }

    @Test
    void longIdsOfWorksAreLeftOutRatherThanCut() {
        CorpusGroup group = CorpusGroup.of(
                Corpora.decide(marked("w", "LicenseRef-KOGL-0")),
                "a",
                null,
                "",
                9,
                List.of("x".repeat(3_000), "1", "2", "3", "4", "5", "6"));
        assertThat(group.samples()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void anUsableGroupHasNoObstacle() {
        CorpusGroup good = group("a", 1, "LicenseRef-KOGL-0");
        assertThatThrownBy(() -> new CorpusGroup(
                        "a",
                        null,
                        good.license(),
                        good.license(),
                        Outcome.DENY,
                        List.of(),
                        new BilingualText("가", "a"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        1,
                        List.of(),
                        ""))
                .hasMessageContaining("groups.obstacles");
    }
}
