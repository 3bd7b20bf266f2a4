package dev.gaon.gov.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.label.LabelReport.Finding;
import dev.gaon.gov.label.LabelReport.Verdict;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of markets, from {@code markets.json}: which marks they ask of which kind of content. */
final class Markets {

    private static final JsonNode RULES = Wording.resource("markets.json").path("rules");

    private Markets() {}

    static List<Finding> judge(Map<String, Object> facts) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode rule : RULES) {
            findings.add(judge(rule, facts));
        }
        return findings;
    }

    private static Finding judge(JsonNode rule, Map<String, Object> facts) {
        String id = rule.path("id").asText();
        BilingualText title = Wording.bilingual(rule.path("title"));
        for (JsonNode clause : rule.path("clauses")) {
            if (Boolean.TRUE.equals(holds(clause.path("for"), facts))) {
                Verdict verdict = verdict(clause, facts);
                String reason = verdict == Verdict.YES ? "yes" : verdict == Verdict.NO ? "no" : "open";
                return new Finding(id, title, verdict, Wording.bilingual(clause.path(reason)));
            }
        }
        return new Finding(id, title, Verdict.NOT_CHECKED, Wording.bilingual(rule.path("otherwise")));
    }

    private static Verdict verdict(JsonNode clause, Map<String, Object> facts) {
        if (clause.path("none").asBoolean()) {
            return Verdict.NOT_APPLICABLE;
        }
        Boolean met = clause.has("meets") ? holds(clause.path("meets"), facts) : null;
        return met == null ? Verdict.NOT_CHECKED : met ? Verdict.YES : Verdict.NO;
    }

    /** Null if a fact that decides is unknown. */
    static @Nullable Boolean holds(JsonNode condition, Map<String, Object> facts) {
        Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
        JsonNode of = only.getValue();
        return switch (only.getKey()) {
            case "all" -> each(of, facts, false);
            case "any" -> each(of, facts, true);
            case "not" -> {
                Boolean value = holds(of, facts);
                yield value == null ? null : !value;
            }
            case "is" -> (Boolean) facts.get(of.asText());
            case "in" -> {
                Map.Entry<String, JsonNode> choice = of.properties().iterator().next();
                Object value = facts.get(choice.getKey());
                yield value == null ? null : contains(choice.getValue(), value);
            }
            case "atLeast" -> {
                Map.Entry<String, JsonNode> least = of.properties().iterator().next();
                Object value = facts.get(least.getKey());
                yield value == null
                        ? null
                        : ((Number) value).doubleValue() >= least.getValue().asDouble();
            }
            default -> throw new IllegalStateException("markets.json: no condition is called " + only.getKey());
        };
    }

    /** Kleene's "or" where {@code settles} is true, his "and" where it is false. */
    private static @Nullable Boolean each(JsonNode conditions, Map<String, Object> facts, boolean settles) {
        Boolean result = !settles;
        for (JsonNode condition : conditions) {
            Boolean value = holds(condition, facts);
            if (value != null && value == settles) {
                return settles;
            }
            result = value == null ? null : result;
        }
        return result;
    }

    private static boolean contains(JsonNode values, Object value) {
        for (JsonNode each : values) {
            if (each.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
