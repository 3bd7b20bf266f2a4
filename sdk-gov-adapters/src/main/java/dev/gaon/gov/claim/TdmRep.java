package dev.gaon.gov.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.claim.PageClaims.Found;
import java.util.List;

/** The file of TDMRep (final report of 2024-02-02): the rule with the longest matching location speaks. */
final class TdmRep {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TdmRep() {}

    static void signals(String text, SitePath path, List<Found> found) {
        JsonNode rules;
        try {
            rules = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            rules = JSON.missingNode();
        }
        if (!rules.isArray()) {
            found.add(new Found("site", "site-cut", "text", "tdmrep: no JSON list"));
            return;
        }
        JsonNode best = null;
        int longest = -1;
        for (JsonNode each : rules) {
            int length = each.path("tdm-reservation").isMissingNode()
                    ? -1
                    : path.matches(each.path("location").asText());
            if (length > longest) {
                longest = length;
                best = each;
            }
        }
        if (best != null) {
            found.add(new Found(
                    "site",
                    "tdmrep",
                    "code",
                    Signals.shortened(best.path("tdm-reservation").asText())));
            String policy = best.path("tdm-policy").asText();
            if (!policy.isEmpty()) {
                found.add(new Found("site", "tdmrep", "href", Signals.shortened(policy)));
            }
        }
    }
}
