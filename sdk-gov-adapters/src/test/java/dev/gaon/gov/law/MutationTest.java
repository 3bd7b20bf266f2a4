package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Negates every single node of every condition in the pack, derived facts included, and asks whether some case beside the
 * rules notices. Every case cites an article, a guideline's page or a number of the casebook.
 */
class MutationTest {

    /** Nodes whose negation no case can notice, with the reason. */
    private static final Map<String, String> CANNOT_BE_SEEN = Map.of();

    private static final PackFiles BUNDLED = PackFiles.bundled(RulePack.ROOT);
    private static final RulePack PACK = RulePack.bundled();

    @Test
    void nearlyEveryNegationIsNoticed() throws IOException {
        Map<String, List<Cases.Case>> cases = new TreeMap<>();
        PACK.rules().forEach(rule -> cases.put(rule.id(), Cases.of(rule)));
        List<String> survivors = new ArrayList<>();
        int mutants = 0;
        for (Rule rule : PACK.rules()) {
            String path = "rules/" + rule.law() + "/" + rule.id() + ".json";
            for (Map.Entry<String, byte[]> mutant : mutants(path, node -> conditions(node.get("versions"), "/versions"))
                    .entrySet()) {
                mutants++;
                Rule changed = Rule.read(part(path, mutant.getValue()), path, PACK.vocabulary());
                if (!noticed(changed, cases.get(rule.id()), PACK.vocabulary())) {
                    survivors.add(rule.id() + mutant.getKey());
                }
            }
        }
        for (Map.Entry<String, byte[]> mutant :
                mutants("vocabulary.json", MutationTest::derived).entrySet()) {
            mutants++;
            RulePack changed = RulePack.of(List.of(part("vocabulary.json", mutant.getValue())));
            if (changed.rules().stream().noneMatch(rule -> noticed(rule, cases.get(rule.id()), changed.vocabulary()))) {
                survivors.add("vocabulary" + mutant.getKey());
            }
        }
        System.out.printf("mutants %d, survivors %d %s%n", mutants, survivors.size(), survivors);
        assertThat(mutants).isGreaterThan(600);
        assertThat(survivors.size() * 20)
                .as("at most 5 %% of %d: %s", mutants, survivors)
                .isLessThanOrEqualTo(mutants);
        assertThat(Set.copyOf(survivors)).isEqualTo(CANNOT_BE_SEEN.keySet());
    }

    private interface Nodes {
        Map<String, JsonNode> in(JsonNode file);
    }

    /** By the place of the node that is negated: the whole file with it. */
    private static Map<String, byte[]> mutants(String path, Nodes nodes) throws IOException {
        JsonNode original = Cases.JSON.readTree(BUNDLED.files().get(path));
        Map<String, byte[]> mutants = new TreeMap<>();
        for (String pointer : nodes.in(original).keySet()) {
            JsonNode file = original.deepCopy();
            JsonNode node = file.at(pointer);
            JsonNode negated = node.has("not")
                    ? node.get("not")
                    : Cases.JSON.createObjectNode().set("not", node);
            replace(file, pointer, negated);
            mutants.put(pointer, file.toString().getBytes(StandardCharsets.UTF_8));
        }
        return mutants;
    }

    private static void replace(JsonNode file, String pointer, JsonNode by) {
        int last = pointer.lastIndexOf('/');
        String key = pointer.substring(last + 1);
        JsonNode parent = file.at(pointer.substring(0, last));
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(key), by);
        } else {
            ((ObjectNode) parent).set(key, by);
        }
    }

    private static Map<String, JsonNode> conditions(JsonNode versions, String pointer) {
        Map<String, JsonNode> found = new HashMap<>();
        for (int i = 0; i < versions.size(); i++) {
            JsonNode version = versions.get(i);
            String at = pointer + "/" + i;
            collect(version.get("applies"), at + "/applies", found);
            collect(version.get("satisfied"), at + "/satisfied", found);
            for (int j = 0; j < version.path("open").size(); j++) {
                JsonNode open = version.get("open").get(j);
                if (open.has("when") && open.get("about").asText().equals("duty")) {
                    collect(open.get("when"), at + "/open/" + j + "/when", found);
                }
            }
        }
        return found;
    }

    private static Map<String, JsonNode> derived(JsonNode vocabulary) {
        Map<String, JsonNode> found = new HashMap<>();
        vocabulary
                .get("derived")
                .properties()
                .forEach(each -> collect(each.getValue().get("when"), "/derived/" + each.getKey() + "/when", found));
        return found;
    }

    private static void collect(JsonNode condition, String pointer, Map<String, JsonNode> found) {
        found.put(pointer, condition);
        for (String word : List.of("all", "any")) {
            for (int i = 0; i < condition.path(word).size(); i++) {
                collect(condition.get(word).get(i), pointer + "/" + word + "/" + i, found);
            }
        }
        if (condition.has("not")) {
            collect(condition.get("not"), pointer + "/not", found);
        }
    }

    private static PackFiles part(String path, byte[] changed) {
        Map<String, byte[]> files = new HashMap<>(BUNDLED.files());
        files.put(path, changed);
        return Cases.sealed("mutant", files);
    }

    private static boolean noticed(Rule rule, List<Cases.Case> cases, Vocabulary vocabulary) {
        for (Cases.Case one : cases) {
            Rule.Version version = rule.on(one.asOf());
            Verdict verdict = version == null
                    ? Verdict.NOT_IN_FORCE
                    : Assessment.verdict(version, vocabulary.values(one.profile()));
            if (!verdict.word().equals(one.expect())) {
                return true;
            }
        }
        return false;
    }
}
