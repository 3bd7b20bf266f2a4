package dev.gaon.gov.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.claim.PageClaims.Found;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Licences in the JSON-LD of a page: of the page itself, of its site, or of a part that speaks for itself alone. */
final class LinkedData {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();
    private static final Set<String> SITES = Set.of("website", "organization", "governmentorganization");
    private static final Set<String> SAME = Set.of("@graph", "mainentity", "mainentityofpage");
    private static final Pattern LOOSE = Pattern.compile("(?i)\"(?:[a-z]+:)?license\"\\s*:\\s*\"([^\"]{1,1000})\"");
    private static final int DEEPEST = 32;

    private final PageRules rules;
    private final List<Found> found;

    LinkedData(PageRules rules, List<Found> found) {
        this.rules = rules;
        this.found = found;
    }

    void read(String json) {
        try {
            object(JSON.readTree(json), "page", "html", 0);
        } catch (JsonProcessingException e) {
            // Nobody can say whose licence it is; so it speaks for a part, and a person is asked.
            Matcher loose = LOOSE.matcher(json);
            while (loose.find()) {
                found.add(new Found("page", "part", "license", loose.group(1)));
            }
        }
    }

    private void object(JsonNode node, String level, String source, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node.isArray()) {
            node.forEach(each -> object(each, level, source, depth + 1));
            return;
        }
        String ownLevel = level;
        String ownSource = source;
        for (JsonNode type : node.path("@type").isArray() ? node.path("@type") : List.of(node.path("@type"))) {
            if (rules.figure(type.asText())) {
                ownSource = "part";
            } else if (SITES.contains(type.asText().toLowerCase(Locale.ROOT))) {
                ownLevel = "site";
            }
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            String key = each.getKey().toLowerCase(Locale.ROOT);
            if (rules.structured.contains(key)) {
                values(each.getValue(), ownLevel, ownSource, depth);
            } else if (each.getValue().isContainerNode()) {
                object(each.getValue(), ownLevel, SAME.contains(key) ? ownSource : "part", depth + 1);
            }
        }
    }

    private void values(JsonNode node, String level, String source, int depth) {
        if (node.isArray() && depth < DEEPEST) {
            node.forEach(each -> values(each, level, source, depth + 1));
        } else if (node.isTextual()) {
            found.add(new Found(level, source, "license", node.asText()));
        } else {
            for (String name : new String[] {"@id", "url", "name", "@value"}) {
                if (node.path(name).isTextual()) {
                    found.add(
                            new Found(level, source, "license", node.path(name).asText()));
                }
            }
        }
    }
}
