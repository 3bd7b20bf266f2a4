package dev.gaon.gov.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SPDX 2.3 JSON and SPDX 3.0 JSON-LD. {@code dataLicense} speaks of the document itself and is not read. */
final class SpdxCard {

    private static final String SOURCE = "spdx";
    private static final Set<String> SILENT = Set.of("NOASSERTION", "NONE");

    private final CardGraph graph;
    private final Map<String, CardEntry> entries = new LinkedHashMap<>();
    private final Set<String> contained = new HashSet<>();
    private final Map<String, CardNode> extracted = new HashMap<>();

    private SpdxCard(CardGraph graph) {
        this.graph = graph;
    }

    static List<CardEntry> two(CardGraph graph) {
        SpdxCard card = new SpdxCard(graph);
        CardNode top = graph.top();
        for (CardNode each : graph.nodes(top, "hasExtractedLicensingInfos")) {
            String id = each.text("licenseId");
            if (id != null) {
                card.extracted.put(id, each);
            }
        }
        graph.nodes(top, "packages").forEach(each -> card.element(each, "name"));
        graph.nodes(top, "files").forEach(each -> card.element(each, "fileName"));
        for (CardNode each : graph.nodes(top, "packages")) {
            each.all("hasFiles").forEach(file -> card.contains(each.text("SPDXID"), String.valueOf(file)));
        }
        for (CardNode each : graph.nodes(top, "relationships")) {
            String from = each.text("spdxElementId");
            String to = each.text("relatedSpdxElement");
            String kind = each.text("relationshipType");
            if ("CONTAINS".equals(kind)) {
                card.contains(from, to);
            } else if ("CONTAINED_BY".equals(kind)) {
                card.contains(to, from);
            }
        }
        return card.whole();
    }

    private void element(CardNode node, String name) {
        CardEntry entry = new CardEntry(SOURCE);
        String id = node.text("SPDXID");
        entry.called(id);
        entry.named(node.text(name));
        entry.from(agent(node.text("supplier")));
        entry.by(agent(node.text("originator")));
        entry.on(node.text("releaseDate"));
        entry.at(address(node.text("downloadLocation")));
        node.all("licenseDeclared", "licenseConcluded", "licenseInfoFromFiles", "licenseInfoInFiles")
                .forEach(each -> expression(entry, String.valueOf(each)));
        entry.tell("text", spoken(node.text("copyrightText")));
        entries.putIfAbsent(id == null ? "#" + entries.size() : id, entry);
    }

    /** What the document says a reference of its own means counts too. */
    private void expression(CardEntry entry, String expression) {
        for (String term : SpdxTerms.of(expression)) {
            entry.say("license", term);
            CardNode info = extracted.get(term);
            if (info != null) {
                entry.tell("text", spoken(info.text("extractedText", "simplelicensing_licenseText", "licenseText")));
                info.all("seeAlsos").forEach(each -> entry.say("href", String.valueOf(each)));
            }
        }
    }

    private void contains(@Nullable String whole, @Nullable String part) {
        CardEntry inner = part == null ? null : entries.get(part);
        CardEntry outer = whole == null ? null : entries.get(whole);
        if (inner != null && outer != null && inner != outer && !contained.contains(whole) && contained.add(part)) {
            outer.part(inner);
        }
    }

    /** What is inside of something else is told as a part of it; parts of parts are told of their own. */
    private List<CardEntry> whole() {
        List<CardEntry> whole = new ArrayList<>();
        entries.forEach((id, entry) -> {
            if (!contained.contains(id) || !entry.parts().isEmpty()) {
                whole.add(entry);
            }
        });
        return whole;
    }

    private static @Nullable String spoken(@Nullable String text) {
        return text == null || SILENT.contains(text) ? null : text;
    }

    private static @Nullable String address(@Nullable String text) {
        return text != null && text.startsWith("http") ? text : null;
    }

    private static @Nullable String agent(@Nullable String text) {
        String name = spoken(text);
        return name == null ? null : name.replaceFirst("^(Organization|Person|Tool): *", "");
    }

    static List<CardEntry> three(CardGraph graph) {
        SpdxCard card = new SpdxCard(graph);
        for (CardNode each : graph.roots()) {
            if (each.is(
                    "dataset_DatasetPackage",
                    "DatasetPackage",
                    "software_Package",
                    "Package",
                    "software_File",
                    "File",
                    "ai_AIPackage",
                    "AIPackage")) {
                card.element(each);
            }
        }
        for (CardNode each : graph.roots()) {
            String kind = each.text("relationshipType");
            List<Object> from = each.all("from");
            if (kind == null || from.size() != 1) {
                continue;
            }
            String id = id(from.get(0));
            CardEntry entry = card.entries.get(id);
            switch (CardNode.local(kind)) {
                case "hasDeclaredLicense", "hasConcludedLicense" -> {
                    if (entry != null) {
                        each.all("to").forEach(to -> card.expression(entry, card.license(to, new HashSet<>())));
                    }
                }
                case "contains" -> each.all("to").forEach(to -> card.contains(id, id(to)));
                default -> {}
            }
        }
        return card.whole();
    }

    private static String id(Object reference) {
        return reference instanceof CardNode node ? String.valueOf(node.anyId()) : String.valueOf(reference);
    }

    private void element(CardNode node) {
        CardEntry entry = new CardEntry(SOURCE);
        String id = id(node);
        entry.called(node.id());
        entry.named(node.text("name"));
        entry.from(CardEntry.names(graph, things(node, "suppliedBy")));
        entry.by(CardEntry.names(graph, things(node, "originatedBy")));
        entry.on(node.text("releaseTime", "software_releaseTime"));
        entry.at(address(node.text("software_downloadLocation", "downloadLocation")));
        entry.tell("text", spoken(node.text("software_copyrightText", "copyrightText")));
        entry.say("source", node.text("dataset_dataCollectionProcess", "dataCollectionProcess"));
        entries.putIfAbsent(id, entry);
    }

    /** Agents by their entries, not by their ids. */
    private List<Object> things(CardNode node, String name) {
        return new ArrayList<>(graph.nodes(node, name));
    }

    /**
     * As an expression, whatever classes it is built of; a custom licence keeps its text. Each is
     * opened once, so that no circle or fan can grow.
     */
    private String license(Object reference, Set<CardNode> seen) {
        CardNode node =
                reference instanceof CardNode thing ? graph.resolve(thing) : graph.find(String.valueOf(reference));
        if (node == null || node.bare() || !seen.add(node)) {
            return id(reference);
        }
        String expression = node.text("simplelicensing_licenseExpression", "licenseExpression");
        if (expression != null) {
            return expression;
        }
        List<Object> members = node.all("expandedlicensing_member", "member");
        if (!members.isEmpty()) {
            String and = node.is("expandedlicensing_ConjunctiveLicenseSet", "ConjunctiveLicenseSet") ? " AND " : " OR ";
            return members.stream().map(each -> license(each, seen)).collect(Collectors.joining(and, "(", ")"));
        }
        extracted.put(id(node), node);
        return id(node);
    }
}
