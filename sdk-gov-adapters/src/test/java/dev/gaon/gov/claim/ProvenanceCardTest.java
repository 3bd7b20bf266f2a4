package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data Provenance Standards. */
class ProvenanceCardTest {

    private static String card(String use) {
        return """
                {"source": {"version": "1.0.0", "title": "관광 통계", "id": "8e0c", "location": "https://example.org/m.json",
                   "issuer": [{"name": "한국관광공사", "address": ["원주시"]}], "description": "월별 통계"},
                 "provenance": {"origin-geography": [{"country": "KR"}], "date": "2025-04-01", "generation-method": [{"code": "sensor"}]},
                 "use": {"intended-purpose": [{"code": "ai", "description": "x"}], %s}}
                """.formatted(use.replace('\'', '"')).strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'license': ['https://www.kogl.or.kr/info/licenseType1.do'] | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "'license': ['CC-BY-4.0', 'CC-BY-NC-4.0'] | DENY CC-BY-4.0 AND CC-BY-NC-4.0",
                "'license': ['https://example.org/eula'] | REVIEW LicenseRef-Unstated",
                "'license': [] | REVIEW LicenseRef-Unstated",
                "'license': ['CC0-1.0'], 'trademark': ['어떤 상표'] | REVIEW CC0-1.0",
                "'license': ['CC0-1.0'], 'copyright': ['All rights reserved'] | DENY CC0-1.0 AND LicenseRef-All-Rights-Reserved"
            })
    void decides(String use, String decision) {
        Work work = Cards.only(card(use));
        assertThat(Cards.decide(work)).isEqualTo(decision);
        assertThat(work.toJson()).contains("한국관광공사", "관광 통계", "\"published\":\"2025-04-01\"");
    }

    @Test
    void theLastBraceMayBeMissingAndNothingElse() {
        String whole = card("'license': ['CC0-1.0']");
        String oneLess = whole.substring(0, whole.length() - 1);
        assertThat(Cards.read(oneLess).kind()).isEqualTo("data-provenance");
        assertThat(Cards.decide(Cards.only(oneLess))).isEqualTo("ALLOW CC0-1.0");
        assertThatThrownBy(() -> Cards.read(oneLess.substring(0, oneLess.length() - 1)))
                .hasMessageContaining("is no JSON");
        assertThatThrownBy(() -> Cards.read("{\"bomFormat\": \"CycloneDX\", \"components\": []"))
                .hasMessageContaining("is no JSON");
    }

    @Test
    void theSchemaOfTheStandardIsNoCard() {
        assertThatThrownBy(
                        () -> Cards.read(
                                "{\"$id\": \"https://dataandtrustalliance.org/x\", \"properties\": {\"source\": {}, \"provenance\": {}, \"use\": {}}}"))
                .hasMessageContaining("아는 형식이 아닙니다")
                .hasMessageContaining("Croissant");
    }
}
