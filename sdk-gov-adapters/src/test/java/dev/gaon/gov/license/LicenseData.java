package dev.gaon.gov.license;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The bundled terms and the cases that lie beside them. */
final class LicenseData {

    static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    static final LicenseTerms TERMS = LicenseTerms.bundled();
    static final LicenseAudit AUDIT = LicenseAudit.by(TERMS);
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private LicenseData() {}

    static JsonNode read(String file) {
        try (InputStream in = LicenseData.class.getResourceAsStream("/dev/gaon/gov/licenses/" + file)) {
            if (in == null) {
                throw new IllegalStateException("missing: " + file);
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** A work of a state organ, collected in 2026. */
    static Work work() {
        return Work.of("w1", "도시숲 현황").withPublisher("산림청", "state").withCollected(LocalDate.of(2026, 5, 1));
    }

    static Work marked(String license) {
        return work().withClaim(Claim.of("item", "spdx", "license", license));
    }

    static LicenseDecision decide(Work work, Purpose purpose) {
        return AUDIT.decide(work, purpose, DAY);
    }
}
