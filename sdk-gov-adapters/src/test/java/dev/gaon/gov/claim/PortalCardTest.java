package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.Work;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue of data.go.kr in JSON and RDF/XML, and what it sends instead. */
class PortalCardTest {

    private static final String ENTRY = "https://www.data.go.kr/catalog/15094808/openapi.json";

    private static String json(String license) {
        return """
                {"@context": "https://schema.org", "@type": "Dataset", "name": "산림청_도시숲 현황", "alternateName": "도시숲",
                 "description": "전국 도시숲", "url": "https://www.data.go.kr/data/15094808/openapi.do", "keywords": ["숲"],
                 "dateCreated": "2021-03-02", "dateModified": "2026-08-01", "datePublished": "2021-03-04",
                 "creator": {"name": "산림청", "contactPoint": {"contactType": "도시숲경관과", "telephone": "042-481-0000"}},
                 "additionalType": "openapi", "encodingFormat": "JSON+XML"%s}
                """.formatted(license == null ? "" : ", \"license\": \"" + license + "\"");
    }

    private static String rdf(String rights) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
                  xmlns:dct="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:vcard="http://www.w3.org/2006/vcard/ns#">
                 <dcat:Dataset rdf:about="https://www.data.go.kr/data/15094808/openapi.do">
                  <dct:title xml:lang="kr">산림청_도시숲 현황</dct:title>
                  <dct:issued>2021-03-04</dct:issued>
                  <dct:rights>%s</dct:rights>
                  <dct:publisher><foaf:Agent><foaf:name>산림청</foaf:name></foaf:Agent></dct:publisher>
                  <dcat:contactPoint><vcard:Organization><vcard:hasTelephone rdf:resource="042 481 0000"/></vcard:Organization></dcat:contactPoint>
                  <dcat:distribution rdf:resource="https://www.data.go.kr/x"/>
                 </dcat:Dataset>
                </rdf:RDF>
                """.formatted(rights);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "이용허락범위 제한 없음 | ALLOW LicenseRef-data.go.kr-unrestricted",
                "공공저작물 : 출처표시 (제 1유형) | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "공공저작물 : 자유이용 (제 0유형) | ALLOW LicenseRef-KOGL-0",
                "공공저작물_출처표시 + 상업적 이용금지 + 변경금지 | DENY LicenseRef-KOGL-4",
                "제3자 권리 포함 : 저작권 표시, 공공저작물 : 출처표시 (제 1유형) | REVIEW LicenseRef-KOGL-1",
                "https://data.go.kr/ugs/selectPortalPolicyView.do | REVIEW LicenseRef-Unstated",
                "- | REVIEW LicenseRef-Unstated",
                "'' | REVIEW LicenseRef-Unstated",
                "공공누리 | REVIEW LicenseRef-Unstated"
            })
    void theLabelIsReadByThePortalsOwnTable(String label, String decision) {
        for (DatasetCards cards : new DatasetCards[] {Cards.read(json(label)), Cards.read(rdf(label))}) {
            assertThat(cards.kind()).isEqualTo("data.go.kr");
            assertThat(Cards.decide(cards.works().get(0))).isEqualTo(decision);
        }
    }

    @Test
    void anEntryIsAWorkReadyToBeNamed() {
        for (String text : new String[] {json("공공저작물 : 출처표시 (제 1유형)"), rdf("공공저작물 : 출처표시 (제 1유형)")}) {
            Work work = Cards.read(text, ENTRY).works().get(0);
            assertThat(work.id()).isEqualTo("https://www.data.go.kr/data/15094808/openapi.do");
            assertThat(work.title()).isEqualTo("산림청_도시숲 현황");
            assertThat(work.toJson()).contains("\"publisher\":{\"name\":\"산림청\"}", "\"published\":\"2021-03-04\"");
            assertThat(Attribution.of(Cards.decision(work)).longForm().ko())
                    .contains("산림청", "2021", "제1유형", "산림청_도시숲 현황");
            assertThat(work.claims().get(0).url()).isEqualTo(ENTRY);
        }
    }

    @Test
    void aDescriptionThatNamesAnotherTypeIsAConflict() {
        String text = json("공공저작물 : 출처표시 (제 1유형)").replace("전국 도시숲", "저작권 표시-비영리-변경금지 (제 4유형)");
        assertThat(Cards.decide(Cards.only(text))).isEqualTo("DENY LicenseRef-KOGL-1 AND LicenseRef-KOGL-4");
    }

    @Test
    void withoutALicenceItIsNotFree() {
        assertThat(Cards.decide(Cards.only(json(null)))).isEqualTo("REVIEW LicenseRef-Unstated");
    }

    @Test
    void whatHasNoContextIsKnownByItsAddress() {
        String bare = "{\"name\": \"도시숲\", \"license\": \"제 4유형\"}";
        assertThat(Cards.decide(Cards.read(bare, ENTRY).works().get(0))).isEqualTo("DENY LicenseRef-KOGL-4");
        assertThatThrownBy(() -> Cards.read(bare, "https://data.go.kr.example.com/1"))
                .hasMessageContaining("no known kind");
    }

    @Test
    void theKoreanCodePageIsRead() {
        byte[] bytes = json("공공저작물 : 출처표시 (제 1유형)").getBytes(Charset.forName("EUC-KR"));
        Work work = DatasetCards.read(bytes, null, null, Cards.DAY).works().get(0);
        assertThat(work.title()).isEqualTo("산림청_도시숲 현황");
        assertThat(Cards.decide(work)).isEqualTo("ALLOW_WITH_DUTIES LicenseRef-KOGL-1");
    }

    @Test
    void aMissingEntryIsNoCard() {
        assertThatThrownBy(() -> Cards.read(
                        "{\"description\": \"해당 데이터는 존재하지 않습니다.\", \"@context\": \"https://schema.org\", \"@type\": \"Dataset\"}",
                        ENTRY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("그 데이터가 없습니다")
                .hasMessageContaining("has no such dataset");
    }

    @Test
    void theWaitingRoomIsNoCard() {
        assertThatThrownBy(() -> Cards.read(
                        "<!DOCTYPE html><html><script>location='/waitingroom/main.html'</script></html>", ENTRY))
                .hasMessageContaining("대기 화면")
                .hasMessageContaining("waiting room of data.go.kr");
        assertThatThrownBy(() -> Cards.read("<html><body>공공누리 제1유형</body></html>", ENTRY))
                .hasMessageContaining("HTML 화면")
                .hasMessageContaining("is an HTML page");
    }
}
