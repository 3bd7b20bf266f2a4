package dev.gaon.gov.claim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CycloneDX 1.4 to 1.7 JSON. {@code metadata.licenses} speaks of the document itself and is not read. */
final class CycloneDxCard {

    private static final String SOURCE = "cyclonedx";

    private final CardGraph graph;
    private final List<CardEntry> entries = new ArrayList<>();

    private CycloneDxCard(CardGraph graph) {
        this.graph = graph;
    }

    static List<CardEntry> read(CardGraph graph) {
        CycloneDxCard card = new CycloneDxCard(graph);
        CardNode top = graph.top();
        graph.nodes(top, "metadata").forEach(each -> card.components(each, "component"));
        card.components(top, "components");
        return card.entries;
    }

    private void components(CardNode node, String name) {
        for (CardNode each : graph.nodes(node, name)) {
            component(each);
            components(each, "components");
        }
    }

    private void component(CardNode node) {
        CardEntry entry = new CardEntry(SOURCE);
        String ref = node.text("bom-ref");
        entry.called(ref != null ? ref : node.text("purl", "name"));
        entry.named(node.text("name"));
        entry.from(CardEntry.names(graph, node.all("supplier", "publisher", "manufacturer")));
        entry.by(CardEntry.names(graph, node.all("authors", "author")));
        graph.nodes(node, "licenses").forEach(each -> license(entry, each));
        entry.tell("text", node.text("copyright"));
        for (CardNode each : graph.nodes(node, "externalReferences")) {
            if ("license".equals(each.text("type"))) {
                entry.say("href", each.text("url"));
            } else if ("distribution".equals(each.text("type"))) {
                entry.at(each.text("url"));
            }
        }
        graph.nodes(node, "data").forEach(each -> data(entry, each));
        graph.nodes(node, "modelCard").stream()
                .flatMap(each -> graph.nodes(each, "modelParameters").stream())
                .flatMap(each -> graph.nodes(each, "datasets").stream())
                .forEach(each -> inline(entry, each));
        entries.add(entry);
    }

    private void license(CardEntry entry, CardNode choice) {
        String expression = choice.text("expression");
        if (expression != null) {
            SpdxTerms.of(expression).forEach(each -> entry.say("license", each));
        }
        List<CardNode> named = new ArrayList<>(graph.nodes(choice, "license"));
        named.addAll(graph.nodes(choice, "expressionDetails"));
        for (CardNode each : named) {
            entry.say("license", each.text("id", "name"));
            entry.say("href", each.text("url"));
            for (CardNode text : graph.nodes(each, "text")) {
                if (text.text("encoding") == null) {
                    entry.tell("text", text.text("content"));
                }
            }
        }
    }

    private void data(CardEntry entry, CardNode data) {
        entry.from(owner(data));
        graph.nodes(data, "contents").forEach(each -> entry.at(each.text("url")));
        entry.say("source", data.name());
    }

    /** A dataset that a model card tells of without a component of its own has no licence there. */
    private void inline(CardEntry model, CardNode data) {
        String name = data.name();
        if (name == null) {
            return;
        }
        model.say("source", name);
        if (data.text("ref") == null) {
            CardEntry entry = new CardEntry(SOURCE);
            entry.called(data.text("bom-ref"));
            entry.named(name);
            data(entry, data);
            entries.add(entry);
        }
    }

    private @Nullable String owner(CardNode data) {
        for (CardNode each : graph.nodes(data, "governance")) {
            for (CardNode owner : graph.nodes(each, "owners", "stewards", "custodians")) {
                String name = CardEntry.names(graph, owner.all("organization", "contact"));
                if (name != null) {
                    return name;
                }
            }
        }
        return null;
    }
}
