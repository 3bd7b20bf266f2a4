package dev.gaon.gov.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.gov.license.Work;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills of materials: SPDX 2.3, SPDX 3.0 and CycloneDX. */
class BillCardTest {

    private static String spdx2(String declared, String concluded, String more) {
        return """
                {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "bill",
                 "packages": [{"SPDXID": "SPDXRef-p", "name": "corpus", "supplier": "Organization: 산림청 (a@b.example)", "releaseDate": "2025-01-02T00:00:00Z",
                   "downloadLocation": "https://example.org/corpus.tgz", "licenseDeclared": "%s", "licenseConcluded": "%s", "copyrightText": "NOASSERTION"}]%s}
                """.formatted(declared, concluded, more);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LicenseRef-KOGL-1 | NOASSERTION | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "CC-BY-4.0 AND LicenseRef-KOGL-1 | NOASSERTION | REVIEW CC-BY-4.0 AND LicenseRef-KOGL-1",
                "(CC-BY-4.0 AND LicenseRef-KOGL-2) | NOASSERTION | DENY CC-BY-4.0 AND LicenseRef-KOGL-2",
                "MIT OR Apache-2.0 | NOASSERTION | REVIEW LicenseRef-Unstated",
                "MIT AND (CC-BY-NC-4.0 OR CC0-1.0) | NOASSERTION | REVIEW LicenseRef-Unstated",
                "MIT OR Apache-2.0 | MIT | REVIEW MIT",
                "MIT | CC-BY-NC-4.0 | DENY CC-BY-NC-4.0 AND MIT",
                "GPL-2.0-only WITH Classpath-exception-2.0 | NOASSERTION | REVIEW LicenseRef-Unstated",
                "LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI | NOASSERTION | DENY LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI",
                "LicenseRef-KOGL-4-AI | NONE | DENY LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI",
                "GPL-3.0+ | NOASSERTION | REVIEW GPL-3.0-or-later",
                "MIT AND | NOASSERTION | REVIEW LicenseRef-Unstated",
                "NOASSERTION | NONE | REVIEW LicenseRef-Unstated"
            })
    void spdx2Decides(String declared, String concluded, String decision) {
        assertThat(Cards.decide(Cards.only(spdx2(declared, concluded, "")))).isEqualTo(decision);
    }

    @Test
    void filesOfAPackageAreItsParts() {
        List<Work> works = Cards.read(spdx2("CC-BY-4.0", "NOASSERTION", """
                        , "files": [{"SPDXID": "SPDXRef-f", "fileName": "./a.csv", "licenseConcluded": "LicenseRef-KOGL-4", "licenseInfoInFiles": ["NOASSERTION"]}],
                        "relationships": [{"spdxElementId": "SPDXRef-p", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-f"}]
                        """)).works();
        assertThat(works).extracting(Work::id).containsExactly("SPDXRef-p", "SPDXRef-p#SPDXRef-f");
        assertThat(works)
                .extracting(Cards::decide)
                .containsExactly("DENY CC-BY-4.0 AND LicenseRef-KOGL-4", "DENY LicenseRef-KOGL-4");
        assertThat(works.get(0).toJson()).contains("산림청", "2025-01-02", "https://example.org/corpus.tgz");
    }

    @Test
    void whatADocumentSaysOfItsOwnReferenceCounts() {
        Work work = Cards.only(spdx2("LicenseRef-KOGL-1", "NOASSERTION", """
                , "hasExtractedLicensingInfos": [{"licenseId": "LicenseRef-KOGL-1", "extractedText": "공공누리 제4유형"}]
                """));
        assertThat(Cards.decide(work)).isEqualTo("DENY LicenseRef-KOGL-1 AND LicenseRef-KOGL-4");
    }

    private static String spdx3(String license) {
        return """
                {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
                  {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2026-01-01T00:00:00Z"},
                  {"type": "SpdxDocument", "spdxId": "urn:d", "dataLicense": "https://spdx.org/licenses/CC0-1.0"},
                  {"type": "Organization", "spdxId": "urn:o", "name": "국립중앙도서관"},
                  {"type": "dataset_DatasetPackage", "spdxId": "urn:p", "name": "고문헌", "suppliedBy": "urn:o", "releaseTime": "2025-06-30T15:00:00Z",
                   "dataset_datasetType": ["text"], "software_downloadLocation": "https://example.org/d"},
                  {"type": "Relationship", "spdxId": "urn:r", "from": "urn:p", "relationshipType": "hasDeclaredLicense", "to": ["urn:l"]},
                  %s]}
                """.formatted(license);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'simplelicensing_LicenseExpression', 'spdxId': 'urn:l', 'simplelicensing_licenseExpression': 'LicenseRef-KOGL-1'} | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "{'type': 'simplelicensing_LicenseExpression', 'spdxId': 'urn:l', 'simplelicensing_licenseExpression': 'LicenseRef-KOGL-2 WITH AdditionRef-KOGL-AI'} | DENY LicenseRef-KOGL-2 WITH AdditionRef-KOGL-AI",
                "{'type': 'Relationship', 'from': 'urn:p', 'relationshipType': 'hasConcludedLicense', 'to': ['https://spdx.org/licenses/CC-BY-NC-4.0']}, {'type': 'simplelicensing_LicenseExpression', 'spdxId': 'urn:l', 'simplelicensing_licenseExpression': 'MIT'} | DENY CC-BY-NC-4.0 AND MIT",
                "{'type': 'expandedlicensing_ConjunctiveLicenseSet', 'spdxId': 'urn:l', 'expandedlicensing_member': ['https://spdx.org/licenses/MIT', 'https://spdx.org/licenses/CC-BY-4.0']} | REVIEW CC-BY-4.0 AND MIT",
                "{'type': 'expandedlicensing_DisjunctiveLicenseSet', 'spdxId': 'urn:l', 'expandedlicensing_member': ['https://spdx.org/licenses/MIT', 'https://spdx.org/licenses/CC0-1.0']} | REVIEW LicenseRef-Unstated",
                "{'type': 'Relationship', 'from': 'urn:p', 'relationshipType': 'hasConcludedLicense', 'to': ['expandedlicensing_NoAssertionLicense']} | REVIEW LicenseRef-Unstated",
                "{'type': 'expandedlicensing_CustomLicense', 'spdxId': 'urn:l', 'simplelicensing_licenseText': 'Ours'} | REVIEW LicenseRef-Unstated"
            })
    void spdx3Decides(String license, String decision) {
        Work work = Cards.only(spdx3(license.replace('\'', '"')));
        assertThat(Cards.decide(work)).isEqualTo(decision);
        assertThat(work.toJson()).contains("국립중앙도서관", "고문헌", "\"published\":\"2025-07-01\"");
    }

    private static String cyclone(String component) {
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"licenses": [{"license": {"id": "CC0-1.0"}}]},
                 "components": [{"type": "data", "bom-ref": "d1", "name": "corpus", "publisher": "산림청", %s}]}
                """.formatted(component);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'licenses': [{'license': {'id': 'CC-BY-4.0'}}] | ALLOW_WITH_DUTIES CC-BY-4.0",
                "'licenses': [{'license': {'name': '공공누리 제1유형'}}] | ALLOW_WITH_DUTIES LicenseRef-KOGL-1",
                "'licenses': [{'license': {'name': 'CC BY 4.0', 'url': 'https://creativecommons.org/licenses/by-nc/4.0/'}}] | DENY CC-BY-4.0 AND CC-BY-NC-4.0",
                "'licenses': [{'license': {'name': 'Ours', 'text': {'content': '무단 전재 및 재배포 금지'}}}] | DENY LicenseRef-All-Rights-Reserved",
                "'licenses': [{'expression': 'LicenseRef-KOGL-1 AND CC-BY-NC-4.0'}] | DENY CC-BY-NC-4.0 AND LicenseRef-KOGL-1",
                "'licenses': [{'expression': 'MIT OR CC0-1.0'}] | REVIEW LicenseRef-Unstated",
                "'licenses': [{'license': {'id': 'MIT'}}, {'expression': 'LicenseRef-x', 'expressionDetails': [{'licenseIdentifier': 'LicenseRef-x', 'text': {'content': '공공누리 제4유형'}}]}] | DENY LicenseRef-KOGL-4 AND MIT",
                "'licenses': [{'license': {'id': 'MIT'}}], 'data': [{'type': 'dataset', 'name': 'KsponSpeech'}] | REVIEW MIT",
                "'licenses': [] | REVIEW LicenseRef-Unstated"
            })
    void cycloneDxDecides(String component, String decision) {
        assertThat(Cards.decide(Cards.only(cyclone(component.replace('\'', '"')))))
                .isEqualTo(decision);
    }

    @Test
    void datasetsOfAModelCardAreWorksToo() {
        List<Work> works = Cards.read("""
                        {"bomFormat": "CycloneDX", "specVersion": "1.7", "components": [
                         {"type": "machine-learning-model", "bom-ref": "m", "name": "model", "licenses": [{"license": {"id": "Apache-2.0"}}],
                          "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}, {"type": "dataset", "name": "민원", "contents": {"url": "https://example.org/m"},
                            "governance": {"owners": [{"organization": {"name": "행정안전부"}}]}}]}}},
                         {"type": "data", "bom-ref": "d", "name": "숲", "licenses": [{"license": {"id": "LicenseRef-KOGL-1"}}]}]}
                        """).works();
        assertThat(works).extracting(Work::title).containsExactlyInAnyOrder("model", "민원", "숲");
        Work inline = works.stream()
                .filter(each -> each.title().equals("민원"))
                .findFirst()
                .orElseThrow();
        assertThat(inline.toJson()).contains("행정안전부", "https://example.org/m");
        assertThat(Cards.decide(inline)).isEqualTo("REVIEW LicenseRef-Unstated");
    }
}
