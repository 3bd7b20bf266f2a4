package dev.gaon.gov.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The things of one document, whether it was JSON, YAML or RDF/XML, and what points to what. One thread. */
final class CardGraph {

    private static final int MOST_VALUES = 500_000;
    private static final int DEEPEST = 64;
    private static final Set<String> IDS = Set.of("@id", "spdxId");
    private static final Set<String> TYPES = Set.of("@type", "type");

    private final List<CardNode> roots = new ArrayList<>();
    private final Map<String, CardNode> byId = new HashMap<>();
    private final Set<String> namespaces = new TreeSet<>();
    private int count;

    static CardGraph of(JsonNode top) {
        CardGraph graph = new CardGraph();
        for (JsonNode each : top.isArray() ? top : List.of(top)) {
            if (each.isObject()) {
                graph.context(each.path("@context"));
                for (JsonNode inner : each.path("@graph")) {
                    graph.root(inner);
                }
                graph.root(each);
            }
        }
        return graph;
    }

    /** From what a YAML reader made of it. */
    static CardGraph of(Map<?, ?> top) {
        CardGraph graph = new CardGraph();
        graph.roots.add((CardNode) graph.plain(top, 0));
        return graph;
    }

    private void root(JsonNode json) {
        if (value(json) instanceof CardNode node) {
            roots.add(node);
        }
    }

    private void context(JsonNode context) {
        if (context.isTextual()) {
            namespaces.add(context.asText());
        }
        context.forEach(this::context);
    }

    private void counted() {
        if (++count > MOST_VALUES) {
            throw CardFailure.tooMuch(
                    "값이 " + MOST_VALUES + "개보다 많습니다.", "It has more than " + MOST_VALUES + " values.");
        }
    }

    private @Nullable Object value(JsonNode json) {
        counted();
        if (json.isValueNode()) {
            return json.isNull() ? null : CardText.whole(json.asText());
        }
        if (json.has("@value")) {
            return value(json.get("@value"));
        }
        CardNode node = new CardNode();
        json.properties().forEach(each -> {
            String key = CardText.whole(each.getKey());
            if (!key.equals("@context") && !key.equals("@graph")) {
                fill(node, key, each.getValue());
            }
        });
        known(node);
        return node;
    }

    private void fill(CardNode node, String key, JsonNode json) {
        if (json.isArray()) {
            json.forEach(each -> fill(node, key, each));
        } else if (json.has("@list") || json.has("@set")) {
            fill(node, key, json.has("@list") ? json.get("@list") : json.get("@set"));
        } else {
            Object value = value(json);
            if (value != null) {
                add(node, key, value);
            }
        }
    }

    void add(CardNode node, String key, Object value) {
        if (value instanceof String text) {
            if (IDS.contains(key)) {
                node.id(text);
                return;
            }
            if (TYPES.contains(key)) {
                node.type(text);
                namespace(text);
            }
        }
        namespace(key);
        node.put(key, value);
    }

    /** What stands before the local name, for instance {@code dcat} or an address. */
    void namespace(String name) {
        String local = CardNode.local(name);
        if (local.length() < name.length()) {
            namespaces.add(name.substring(0, name.length() - local.length()));
        }
    }

    void known(CardNode node) {
        String id = node.anyId();
        if (id != null && !node.bare()) {
            byId.putIfAbsent(id, node);
        }
    }

    void root(CardNode node) {
        roots.add(node);
    }

    /** YAML may point into itself, so depth and count are bounded here too. */
    private @Nullable Object plain(@Nullable Object yaml, int depth) {
        counted();
        if (depth > DEEPEST) {
            throw CardFailure.tooMuch(DEEPEST + "겹보다 깊습니다.", "It is nested more than " + DEEPEST + " deep.");
        }
        if (yaml instanceof Map<?, ?> map) {
            CardNode node = new CardNode();
            map.forEach((key, value) -> plain(node, String.valueOf(key), value, depth + 1));
            return node;
        }
        return yaml == null ? null : CardText.whole(String.valueOf(yaml));
    }

    private void plain(CardNode node, String key, @Nullable Object yaml, int depth) {
        if (yaml instanceof Iterable<?> list) {
            counted();
            if (depth > DEEPEST) {
                throw CardFailure.tooMuch(DEEPEST + "겹보다 깊습니다.", "It is nested more than " + DEEPEST + " deep.");
            }
            list.forEach(each -> plain(node, key, each, depth + 1));
            return;
        }
        Object value = plain(yaml, depth);
        if (value != null) {
            node.put(key, value);
        }
    }

    List<CardNode> roots() {
        return roots;
    }

    CardNode top() {
        return roots.isEmpty() ? new CardNode() : roots.get(roots.size() - 1);
    }

    /** True if a context, a key or a type belongs to such a vocabulary. */
    boolean speaks(String part) {
        return namespaces.stream().anyMatch(each -> each.contains(part));
    }

    /** The thing itself where only its id is given. */
    CardNode resolve(CardNode node) {
        String id = node.anyId();
        return id == null || !node.bare() ? node : byId.getOrDefault(id, node);
    }

    /** The things under these names; a text that is the id of one stands for it. */
    List<CardNode> nodes(CardNode node, String... names) {
        List<CardNode> found = new ArrayList<>();
        for (Object each : node.all(names)) {
            if (each instanceof CardNode inner) {
                found.add(resolve(inner));
            } else if (byId.containsKey(String.valueOf(each))) {
                found.add(byId.get(String.valueOf(each)));
            }
        }
        return found;
    }

    @Nullable
    CardNode find(String id) {
        return byId.get(id);
    }
}
