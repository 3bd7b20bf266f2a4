package dev.gaon.gov.claim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Croissant, schema.org and DCAT: datasets in linked data, from JSON-LD or RDF/XML, and the catalogue of data.go.kr. */
final class LinkedCard {

    static final String PORTAL = "data.go.kr";
    private static final int DEEPEST = 16;

    private final CardGraph graph;
    private final String source;
    private final boolean portal;
    private final List<CardEntry> entries = new ArrayList<>();
    private final Set<CardNode> seen = new HashSet<>();

    /** @param portal true if the file itself came from data.go.kr */
    LinkedCard(CardGraph graph, String source, boolean portal) {
        this.graph = graph;
        this.source = source;
        this.portal = portal;
    }

    List<CardEntry> read() {
        graph.roots().forEach(each -> walk(each, 0));
        return entries;
    }

    /** The licence of a catalogue is not that of its datasets. */
    private void walk(CardNode node, int depth) {
        if (!seen.add(node)) {
            return;
        }
        if (node.is("Dataset", "DatasetSeries") || (source.equals(PORTAL) && node.has("name"))) {
            entries.add(dataset(node));
        } else if (depth < DEEPEST) {
            graph.nodes(node, "dataset", "record", "primaryTopic", "mainEntity").forEach(each -> walk(each, depth + 1));
        }
    }

    private CardEntry dataset(CardNode node) {
        CardEntry entry = new CardEntry(portal || portal(node) ? PORTAL : source);
        entry.called(node.id() != null ? node.id() : node.text("url", "identifier"));
        entry.named(node.name());
        entry.at(node.id() != null && node.id().startsWith("http") ? node.id() : null);
        entry.at(node.text("url", "landingPage"));
        entry.on(node.text("datePublished", "issued", "dateCreated", "created"));
        String creator = CardEntry.names(graph, node.all("creator", "author"));
        String publisher = CardEntry.names(graph, node.all("publisher", "provider", "sourceOrganization"));
        boolean alone = publisher == null && entry.source().equals(PORTAL);
        entry.from(alone ? creator : publisher);
        entry.by(alone ? null : creator);
        stated(entry, node);
        for (Object each : node.all("isBasedOn", "source", "wasDerivedFrom", "citation", "citeAs", "alternateName")) {
            entry.say("source", each instanceof CardNode from ? named(graph.resolve(from)) : String.valueOf(each));
        }
        entry.say("source", node.name());
        String told = node.text("description");
        entry.say("source", told);
        if (entry.source().equals(PORTAL)) {
            entry.say("text", told);
        }
        for (CardNode each : graph.nodes(node, "distribution", "hasPart", "recordSet")) {
            CardEntry part = new CardEntry(entry.source());
            part.called(each.id() != null ? each.id() : each.text("name", "title", "contentUrl"));
            part.named(each.name());
            part.at(each.text("contentUrl", "downloadURL", "accessURL"));
            stated(part, each);
            entry.part(part);
        }
        return entry;
    }

    /** data.go.kr writes the licence of a DCAT dataset as its rights. */
    private void stated(CardEntry entry, CardNode node) {
        entry.licence(graph, "license", node.all("license", "dataLicense"));
        String rights = entry.source().equals(PORTAL) ? "license" : "rights";
        entry.licence(graph, rights, node.all("rights"));
        entry.licence(graph, "rights", node.all("usageInfo", "hasPolicy"));
        node.all("copyrightNotice", "conditionsOfAccess", "creditText").stream()
                .filter(String.class::isInstance)
                .forEach(each -> entry.tell("text", String.valueOf(each)));
    }

    private static @Nullable String named(CardNode node) {
        return node.name() != null ? node.name() : node.id() != null ? node.id() : node.text("url");
    }

    private static boolean portal(CardNode node) {
        return from(node.id()) || from(node.text("url", "landingPage"));
    }

    /** True for an address of data.go.kr itself. */
    static boolean from(@Nullable String url) {
        return url != null
                && url.toLowerCase(Locale.ROOT).matches("https?://([a-z0-9-]+\\.)*data\\.go\\.kr([:/?#].*)?");
    }
}
