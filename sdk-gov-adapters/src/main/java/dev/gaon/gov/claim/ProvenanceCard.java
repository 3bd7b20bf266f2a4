package dev.gaon.gov.claim;

import java.util.List;

/** Data Provenance Standards 1.0: what the groups source, provenance and use say. */
final class ProvenanceCard {

    private static final String SOURCE = "data-provenance";

    private ProvenanceCard() {}

    static boolean is(CardNode top) {
        return top.has("source") && top.has("provenance") && top.has("use");
    }

    static List<CardEntry> read(CardGraph graph) {
        CardEntry entry = new CardEntry(SOURCE);
        for (CardNode each : graph.nodes(graph.top(), "source")) {
            entry.called(each.text("id"));
            entry.named(each.name());
            entry.at(each.text("location"));
            entry.from(CardEntry.names(graph, each.all("issuer")));
            entry.say("source", each.text("description"));
        }
        for (CardNode each : graph.nodes(graph.top(), "provenance")) {
            entry.by(CardEntry.names(graph, each.all("origin")));
            entry.on(each.text("date"));
            each.all("source", "origin")
                    .forEach(from ->
                            entry.say("source", from instanceof CardNode node ? node.name() : String.valueOf(from)));
        }
        for (CardNode each : graph.nodes(graph.top(), "use")) {
            entry.licence(graph, "license", each.all("license"));
            each.all("copyright").stream()
                    .filter(String.class::isInstance)
                    .forEach(text -> entry.tell("text", String.valueOf(text)));
            each.all("trademark").forEach(text -> entry.say("trademark", String.valueOf(text)));
        }
        return List.of(entry);
    }
}
