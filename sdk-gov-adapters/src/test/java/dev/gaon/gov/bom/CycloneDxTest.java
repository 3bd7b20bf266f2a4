package dev.gaon.gov.bom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.corpus.Corpora;
import dev.gaon.gov.corpus.CorpusSummary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

/** CycloneDX, by the schema of its makers. */
class CycloneDxTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode valid(CorpusSummary corpus, String license) throws Exception {
        String json = Described.bom(corpus, license).cycloneDx();
        assertThat(new JsonParser().validate(json.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isEmpty();
        return JSON.readTree(json);
    }

    @Test
    void everyKindOfLicenceIsValid() throws Exception {
        JsonNode bom = valid(Corpora.allKinds(), null);
        assertThat(bom.get("components"))
                .hasSizeGreaterThan(Corpora.allKinds().byLicense().size());
        Set<String> refs = new HashSet<>();
        bom.findValuesAsText("bom-ref")
                .forEach(each -> assertThat(refs.add(each)).isTrue());
    }

    @Test
    void itsOwnReaderFindsWhatWasWritten() throws Exception {
        String json = Described.bom(Corpora.mixed(), null).cycloneDx();
        Bom bom = new JsonParser().parse(json.getBytes(StandardCharsets.UTF_8));
        assertThat(bom.getMetadata().getComponent().getName()).isEqualTo("도시와 숲 말뭉치");
        assertThat(bom.getComponents())
                .anySatisfy(
                        each -> assertThat(each.getLicenses().getExpression().getValue())
                                .isEqualTo("LicenseRef-KOGL-4"));
    }

    @Test
    void partsHaveLicenceOwnersAndCounts() throws Exception {
        JsonNode part = null;
        for (JsonNode each : valid(Corpora.allKinds(), null).get("components")) {
            if (each.at("/licenses/0/expression").asText().equals("LicenseRef-KOGL-4-AI")) {
                part = each;
            }
        }
        assertThat(part).isNotNull();
        assertThat(part.at("/licenses/0/acknowledgement").asText()).isEqualTo("concluded");
        assertThat(part.at("/data/0/governance/owners/0/organization/name").asText())
                .isEqualTo("문체부");
        assertThat(part.get("properties").toString())
                .contains("LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI", "gaon:rows:ALLOW_WITH_DUTIES", "ai-no-resale");
    }

    @Test
    void personalDataIsSensitive() throws Exception {
        JsonNode bom = valid(Corpora.mixed(), "CC-BY-4.0");
        assertThat(bom.at("/metadata/component/data/0/sensitiveData/0").asText())
                .contains("1200");
        assertThat(bom.at("/metadata/component/licenses/0/expression").asText()).isEqualTo("CC-BY-4.0");
        assertThat(bom.get("components").toString()).contains("Rows to be checked for personal data: 1200");
    }

    @Test
    void theCheckFindsWhatIsWrong() throws Exception {
        ObjectNode broken = (ObjectNode) valid(Corpora.mixed(), null);
        broken.put("unheardOf", true);
        assertThat(new JsonParser().validate(broken.toString().getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isNotEmpty();
    }
}
