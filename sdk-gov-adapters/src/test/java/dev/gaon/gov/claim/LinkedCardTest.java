package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.Work;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Croissant, schema.org and DCAT in JSON-LD. */
class LinkedCardTest {

    private static String croissant(String more) {
        return """
                {"@context": {"@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
                   "odrl": "http://www.w3.org/ns/odrl/2/", "rai": "http://mlcommons.org/croissant/RAI/"},
                 "@type": "sc:Dataset", "dct:conformsTo": "http://mlcommons.org/croissant/1.1", "name": "corpus",
                 "url": "https://example.org/corpus", "creator": {"@type": "sc:Person", "name": "Kim"}, %s}
                """.formatted(more);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'license': 'https://spdx.org/licenses/CC-BY-4.0' | ALLOW_WITH_DUTIES CC-BY-4.0",
                "'license': 'https://creativecommons.org/licenses/by-nc/4.0/' | DENY CC-BY-NC-4.0",
                "'license': 'https://choosealicense.com/licenses/mit/' | ALLOW_WITH_DUTIES MIT",
                "'license': ['CC-BY-4.0', 'MIT'] | REVIEW CC-BY-4.0 AND MIT",
                "'license': {'@id': 'https://creativecommons.org/publicdomain/zero/1.0/'} | ALLOW CC0-1.0",
                "'license': {'@type': 'sc:CreativeWork', 'name': 'CC BY 4.0', 'url': 'https://creativecommons.org/licenses/by-nc/4.0/'} | DENY CC-BY-4.0 AND CC-BY-NC-4.0",
                "'sc:license': {'@value': 'odc-by'} | ALLOW_WITH_DUTIES ODC-By-1.0",
                "'license': 'unknown' | REVIEW LicenseRef-Unstated",
                "'license': 'Public' | REVIEW LicenseRef-Unstated",
                "'license': 'other' | REVIEW LicenseRef-Unstated",
                "'license': null | REVIEW LicenseRef-Unstated",
                "'license': 'MIT OR CC-BY-4.0' | REVIEW LicenseRef-Unstated",
                "'license': '공공누리 제1유형' | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "'license': 'https://www.kogl.or.kr/info/licenseType4.do' | DENY LicenseRef-KOGL-4",
                "'license': 'CC-BY-4.0', 'sc:usageInfo': {'@type': 'odrl:Offer', 'odrl:prohibition': [{'odrl:action': {'@id': 'odrl:sell'}}]} | REVIEW CC-BY-4.0",
                "'license': 'CC-BY-4.0', 'usageInfo': 'https://creativecommons.org/licenses/by/4.0/' | ALLOW_WITH_DUTIES CC-BY-4.0",
                "'license': 'CC-BY-4.0', 'isAccessibleForFree': true | ALLOW_WITH_DUTIES CC-BY-4.0",
                "'isAccessibleForFree': true | REVIEW LicenseRef-Unstated",
                "'license': 'MIT', 'isBasedOn': {'@type': 'Dataset', 'name': 'KsponSpeech'} | REVIEW MIT",
                "'license': 'CC-BY-4.0', 'copyrightNotice': '무단 전재 및 재배포 금지' | DENY CC-BY-4.0 AND LicenseRef-All-Rights-Reserved"
            })
    void croissantDecides(String more, String decision) {
        DatasetCards cards = Cards.read(croissant(more.replace('\'', '"')));
        assertThat(cards.kind()).isEqualTo("croissant");
        assertThat(Cards.decide(cards.works().get(0))).isEqualTo(decision);
    }

    @Test
    void aFileWithALicenceOfItsOwnIsAWorkAndBindsTheWhole() {
        List<Work> works = Cards.read(croissant("""
                        "license": "CC-BY-4.0", "distribution": [
                          {"@type": "cr:FileObject", "@id": "a.csv", "contentUrl": "https://example.org/a.csv"},
                          {"@type": "cr:FileObject", "@id": "b.csv", "name": "b", "license": "CC-BY-NC-4.0"},
                          {"@type": "cr:FileSet", "@id": "c", "license": {"@id": "https://spdx.org/licenses/CC0-1.0"}}]
                        """)).works();
        assertThat(works)
                .extracting(Work::id)
                .containsExactly(
                        "https://example.org/corpus",
                        "https://example.org/corpus#b.csv",
                        "https://example.org/corpus#c");
        assertThat(works)
                .extracting(Cards::decide)
                .containsExactly("DENY CC-BY-4.0 AND CC-BY-NC-4.0 AND CC0-1.0", "DENY CC-BY-NC-4.0", "ALLOW CC0-1.0");
        assertThat(Cards.said(works.get(1))).contains("item license CC-BY-NC-4.0", "dataset license CC-BY-4.0");
    }

    @Test
    void schemaOrgTellsWhomToName() {
        DatasetCards cards = Cards.read("""
                {"@context": "https://schema.org", "@type": "Dataset", "name": "인구 통계", "license": "CC BY 4.0",
                 "url": "https://example.go.kr/d/1", "datePublished": "2025-12-31T20:00:00Z", "isAccessibleForFree": true,
                 "creditText": "통계청 인구동향과", "publisher": {"@type": "Organization", "name": "통계청"},
                 "creator": [{"name": "김 아무개"}, {"name": "이 아무개"}]}
                """);
        Work work = cards.works().get(0);
        assertThat(cards.kind()).isEqualTo("schema.org");
        assertThat(Cards.said(work)).contains("dataset text 통계청 인구동향과").noneMatch(each -> each.contains("true"));
        assertThat(work.toJson())
                .contains(
                        "\"publisher\":{\"name\":\"통계청\"}",
                        "\"author\":\"김 아무개, 이 아무개\"",
                        "\"published\":\"2026-01-01\"");
        assertThat(Attribution.of(Cards.decision(work)).longForm().ko()).contains("통계청", "인구 통계", "2026");
    }

    @Test
    void manyDatasetsOfOneCatalogueAreManyWorks() {
        DatasetCards cards = Cards.read("""
                {"@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "odrl": "http://www.w3.org/ns/odrl/2/"},
                 "@graph": [
                  {"@id": "https://example.org/cat", "@type": "dcat:Catalog", "dct:license": {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"},
                   "dcat:dataset": [{"@id": "https://example.org/1"}, {"@id": "https://example.org/2"}]},
                  {"@id": "https://example.org/1", "@type": "dcat:Dataset", "dct:title": "One", "dct:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
                   "dct:publisher": {"@id": "_:p"}, "dct:issued": "2024-03-02"},
                  {"@id": "_:p", "@type": "foaf:Agent", "foaf:name": "A city"},
                  {"@id": "https://example.org/2", "@type": "dcat:Dataset", "dct:title": "Two", "dct:rights": "Contact the owner",
                   "dcat:distribution": {"@id": "https://example.org/2/x", "@type": "dcat:Distribution", "dct:license": {"@id": "_:l"}}},
                  {"@id": "_:l", "@type": "dct:LicenseDocument", "rdfs:label": "CC BY-NC 4.0"}]}
                """);
        assertThat(cards.kind()).isEqualTo("dcat");
        assertThat(cards.works())
                .extracting(Work::id)
                .containsExactly(
                        "https://example.org/1",
                        "https://example.org/2",
                        "https://example.org/2#https://example.org/2/x");
        assertThat(cards.works())
                .extracting(Cards::decide)
                .containsExactly("ALLOW_WITH_DUTIES CC-BY-4.0", "DENY CC-BY-NC-4.0", "DENY CC-BY-NC-4.0");
        assertThat(cards.works().get(0).toJson()).contains("A city", "2024-03-02");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'dct:rights': {'@id': 'https://creativecommons.org/licenses/by/4.0/'} | ALLOW_WITH_DUTIES CC-BY-4.0",
                "'dct:accessRights': {'@id': 'http://publications.europa.eu/resource/authority/access-right/PUBLIC'} | REVIEW LicenseRef-Unstated",
                "'dct:license': 'CC-BY-4.0', 'odrl:hasPolicy': {'@type': 'odrl:Offer', 'odrl:uid': 'https://example.org/p'} | REVIEW CC-BY-4.0",
                "'dct:license': 'CC-BY-4.0', 'dct:source': {'@id': 'https://aihub.or.kr/data/1'} | REVIEW CC-BY-4.0",
                "'http://purl.org/dc/terms/license': [{'@id': 'https://creativecommons.org/licenses/by-nd/4.0/'}] | REVIEW CC-BY-ND-4.0"
            })
    void dcatDecides(String more, String decision) {
        Work work = Cards.only(
                "{\"@context\": {\"dcat\": \"http://www.w3.org/ns/dcat#\"}, \"@type\": \"dcat:Dataset\", \"dct:title\": \"x\", "
                        + more.replace('\'', '"') + "}");
        assertThat(Cards.decide(work)).isEqualTo(decision);
    }
}
