package dev.gaon.gov.license;

import static dev.gaon.gov.license.LicenseData.decide;
import static dev.gaon.gov.license.LicenseData.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Works as nobody should write them. */
class LicenseHostileTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"id\": 3, \"title\": \"t\"}",
                "{\"id\": \"\", \"title\": \"t\"}",
                "{\"id\": \"w\", \"title\": \"t\", \"id\": \"x\"}",
                "{\"id\": \"w\", \"title\": \"t\"} {}",
                "{\"id\": \"w\", \"title\": \"t\", \"licence\": \"CC0\"}",
                "{\"id\": \"w\", \"title\": \"t\", \"flags\": {\"thirdParty\": \"no\"}}",
                "{\"id\": \"w\", \"title\": \"t\", \"flags\": []}",
                "{\"id\": \"w\", \"title\": \"t\", \"use\": \"commercial\"}",
                "{\"id\": \"w\", \"title\": \"t\", \"claims\": {}}",
                "{\"id\": \"w\", \"title\": \"t\", \"claims\": [{\"level\": \"ITEM\", \"source\": \"a\", \"field\": \"b\", \"value\": \"\"}]}",
                "{\"id\": \"w\", \"title\": \"t\", \"claims\": [{\"level\": \"item\", \"source\": \"a\", \"field\": \"b\", \"value\": 5}]}",
                "{\"id\": \"w\", \"title\": \"t\", \"collected\": \"2026-02-30\"}",
                "{\"id\": \"w\", \"title\": \"t\", \"user\": {\"country\": \"korea\"}}",
                "{\"id\": \"w\", \"title\": \"t\", \"publisher\": {\"kind\": \"king\"}}"
            })
    void whatIsNoWorkIsRefusedInBothLanguages(String json) {
        assertThatThrownBy(() -> Work.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*[가-힣].* / [^가-힣]*");
    }

    @Test
    void aHundredThousandClaimsAreRefused() {
        String claim = "{\"level\":\"item\",\"source\":\"html\",\"field\":\"text\",\"value\":\"공공누리 제1유형\"}";
        String json = "{\"id\":\"w\",\"title\":\"t\",\"claims\":[" + (claim + ",").repeat(99_999) + claim + "]}";
        Assertions.assertTimeoutPreemptively(
                LONG, () -> assertThatThrownBy(() -> Work.parse(json)).hasMessageContaining("more than 1000 claims"));
    }

    @Test
    void hugeTextsAreRefused() {
        assertThatThrownBy(() -> Work.parse("{\"id\":\"w\",\"title\":\"" + "가".repeat(9_000_000) + "\"}"))
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> Work.of("w", "가".repeat(4_001))).hasMessageContaining("longer than 4000");
        assertThatThrownBy(() -> Claim.of("item", "html", "text", "가".repeat(4_001)))
                .hasMessageContaining("longer than 4000");
        assertThatThrownBy(() -> Claim.of("item", "x".repeat(101), "text", "")).hasMessageContaining("1 to 100");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> Work.parse("{\"id\":" + "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theWorstThatIsAllowedIsDecidedInTime() {
        Work[] work = {work()};
        String text = "공공누리제1유형".repeat(400);
        for (int i = 0; i < 1_000; i++) {
            work[0] = work[0].withClaim(Claim.of("item", "html", "text", text + i));
        }
        Assertions.assertTimeoutPreemptively(LONG, () -> {
            LicenseDecision decision = decide(work[0], Purpose.TRAIN_COMMERCIAL);
            assertThat(decision.decision()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
            assertThat(decision.toJson()).hasSizeLessThan(10_000_000);
        });
    }

    @Test
    void unknownSourcesDecideNothing() {
        for (String value : new String[] {"1", "0", "5", "Type1", "A", "", "\u0000", "\uD800", "‮1"}) {
            Work work = work().withClaim(Claim.of("item", "nobody knows", "code", value));
            LicenseDecision decision = decide(work, Purpose.TRAIN_COMMERCIAL);
            assertThat(decision.decision()).as(value).isEqualTo(Outcome.REVIEW);
            assertThat(decision.notes()).contains("code-unknown");
        }
    }

    @Test
    void hiddenCharactersHideNoMark() {
        Work work = work().withClaim(Claim.of("item", "html", "text", "AI\u200B 학\u00AD습\u00A0금\uFEFF지"));
        assertThat(decide(work, Purpose.TRAIN_COMMERCIAL).decision()).isEqualTo(Outcome.DENY);
    }
}
