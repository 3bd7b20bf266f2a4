package dev.gaon.gov.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.label.LabelReport.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketsTest {

    private static final JsonNode FILE = Wording.resource("markets.json");

    /** Facts as {@code name=value}, joined by blanks; a fact that is not named is unknown. */
    @ParameterizedTest
    @CsvSource({
        "kr-export-general, media=image human=true machine=false notice=false, YES",
        "kr-export-general, media=image human=false machine=true notice=true, YES",
        "kr-export-general, media=image human=false machine=true notice=false, NO",
        "kr-export-general, media=image human=false machine=false notice=true, NO",
        "kr-export-general, media=image human=false machine=true notice=true realism=REALISTIC artistic=false, NO",
        "kr-export-general, media=image human=true machine=true notice=false realism=REALISTIC artistic=false, YES",
        "kr-export-general, media=audio human=false machine=true notice=true realism=UNCONTROLLABLE artistic=false, NO",
        "kr-export-general, media=image human=false machine=true notice=true realism=NOT_REALISTIC artistic=false, YES",
        "kr-export-general, media=image human=false machine=true notice=true realism=REALISTIC artistic=true, YES",
        "kr-export-general, media=video human=false machine=true notice=true realism=REALISTIC artistic=false, NOT_CHECKED",
        "kr-export-general, media=text human=false machine=true notice=true realism=UNCONTROLLABLE artistic=false, YES",
        "kr-export-general, media=other human=true machine=true notice=true, NOT_CHECKED",
        "kr-export-deepfake, media=image human=false machine=true notice=true, NO",
        "kr-export-deepfake, media=image human=false machine=true notice=true artistic=false, NO",
        "kr-export-deepfake, media=image human=false machine=true notice=true artistic=true, YES",
        "kr-export-deepfake, media=image human=false machine=true notice=false artistic=true, NO",
        "kr-export-deepfake, media=image human=true artistic=false, YES",
        "kr-export-deepfake, media=audio human=true artistic=false, YES",
        "kr-export-deepfake, media=audio human=false artistic=false, NO",
        "kr-export-deepfake, media=video human=false machine=true notice=true artistic=false, NOT_CHECKED",
        "kr-export-deepfake, media=video human=true artistic=true, NOT_CHECKED",
        "kr-export-deepfake, media=image human=false realism=NOT_REALISTIC artistic=false, NOT_APPLICABLE",
        "kr-export-deepfake, media=image human=false realism=UNCONTROLLABLE artistic=false, NO",
        "kr-export-deepfake, media=text human=true, NOT_APPLICABLE",
        "kr-export-deepfake, media=document human=true, NOT_CHECKED",
        "eu-50-2, media=data machine=true, YES",
        "eu-50-2, media=text machine=false human=true notice=true, NO",
        "cn-gb-45438, media=image human=true aigc=true textHeightShare=0.05, YES",
        "cn-gb-45438, media=image human=true aigc=true textHeightShare=0.0499, NO",
        "cn-gb-45438, media=image human=true aigc=true, NOT_CHECKED",
        "cn-gb-45438, media=image human=false aigc=true, NO",
        "cn-gb-45438, media=image human=true aigc=false textHeightShare=0.1, NO",
        "cn-gb-45438, media=audio human=true aigc=true, YES",
        "cn-gb-45438, media=audio human=true aigc=false, NO",
        "cn-gb-45438, media=video aigc=true, NOT_CHECKED",
        "cn-gb-45438, media=video aigc=false, NO",
        "cn-gb-45438, media=video aigc=true startSeconds=2, YES",
        "cn-gb-45438, media=video aigc=true startSeconds=1.9, NO",
        "cn-gb-45438, media=text kind=text human=true aigc=false, NOT_CHECKED",
        "cn-gb-45438, media=text kind=html human=true aigc=true, YES"
    })
    void eachMarketAsksItsOwn(String rule, String stated, String verdict) {
        Map<String, Object> facts = new HashMap<>();
        for (String fact : stated.split(" ")) {
            String value = fact.substring(fact.indexOf('=') + 1);
            facts.put(
                    fact.substring(0, fact.indexOf('=')),
                    value.matches("true|false")
                            ? (Object) Boolean.valueOf(value)
                            : value.matches("[0-9.]+") ? (Object) Double.valueOf(value) : value);
        }

        Finding finding = Markets.judge(facts).stream()
                .filter(each -> each.rule().equals(rule))
                .findFirst()
                .orElseThrow();

        assertThat(finding.verdict().name()).isEqualTo(verdict);
        assertThat(finding.reason().ko()).isNotBlank();
        assertThat(finding.reason().en()).isNotBlank();
    }

    @Test
    void everyRuleHasASourceAndADate() {
        for (JsonNode rule : FILE.path("rules")) {
            assertThat(rule.path("from").asText()).matches("\\d{4}-\\d{2}-\\d{2}");
            assertThat(rule.path("sources")).isNotEmpty().allSatisfy(source -> {
                assertThat(source.path("seen").asText()).matches("\\d{4}-\\d{2}-\\d{2}");
                assertThat(source.path("kind").asText()).isNotBlank();
            });
        }
    }

    @Test
    void conditionsUseTheFactsThatTheFileNames() {
        List<String> used = new ArrayList<>();
        FILE.path("rules").findValues("is").forEach(node -> used.add(node.asText()));
        for (String operator : List.of("in", "atLeast")) {
            FILE.path("rules")
                    .findValues(operator)
                    .forEach(node -> node.fieldNames().forEachRemaining(used::add));
        }

        assertThat(used).isNotEmpty();
        assertThat(FILE.path("facts").properties())
                .extracting(Map.Entry::getKey)
                .containsAll(used);
    }
}
