package dev.gaon.gov.portal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gaon.gov.pack.PackFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** How a family of portals wraps what it answers, from {@code envelopes.json}. Reads leniently, decides strictly. Immutable. */
final class Envelope {

    /** What a reply turned out to be. */
    sealed interface Reading {}

    /**
     * Records.
     *
     * @param vouched true if the reply itself says that all went well, whatever its status
     */
    record Rows(List<JsonNode> rows, @Nullable Long total, boolean vouched, boolean repaired) implements Reading {}

    /** A fault that the body tells; {@code fault} is null for a code that no table has. */
    record Told(@Nullable Fault fault, String code) implements Reading {}

    /** A page for people. */
    record Page(@Nullable Fault fault) implements Reading {}

    /** Nothing that the portal is known to answer; {@code malformed} if it cannot even be read. */
    record Strange(boolean malformed) implements Reading {}

    private static final Set<String> KEYS = Set.of(
            "form", "family", "ok", "codes", "items", "total", "starts", "pairs", "escape", "dates", "missing", "needs",
            "vouches", "notes");
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private record Tree(JsonNode top, boolean repaired) {}

    private final Faults faults;
    private final String form;
    private final String family;
    private final Set<String> ok;
    private final List<String> codes;
    private final List<String> items;
    private final List<String> total;
    private final @Nullable String starts;
    private final @Nullable String pairs;
    private final @Nullable String escape;
    private final boolean dates;
    private final @Nullable String missingAt;
    private final @Nullable String missing;
    private final List<String> needs;
    private final boolean vouches;

    Envelope(PackFiles.Place at, Faults faults) {
        at.only(KEYS);
        this.faults = faults;
        form = at.text("form");
        if (!Set.of("tree", "list", "branches").contains(form)) {
            throw at.wrong("form은 tree, list, branches 가운데 하나입니다", "form is tree, list or branches");
        }
        family = at.text("family");
        if (!faults.knows(family)) {
            throw at.wrong("그런 코드표가 없습니다: " + family, "there is no such table of codes: " + family);
        }
        ok = Set.copyOf(at.texts("ok"));
        codes = at.texts("codes");
        items = at.texts("items");
        total = at.texts("total");
        starts = at.optional("starts");
        pairs = at.optional("pairs");
        escape = at.optional("escape");
        dates = Boolean.TRUE.equals(at.optionalBoolean("dates"));
        missingAt = at.has("missing") ? at.at("missing").text("at") : null;
        missing = at.has("missing") ? at.at("missing").text("text") : null;
        needs = at.texts("needs");
        vouches = Boolean.TRUE.equals(at.optionalBoolean("vouches"));
    }

    Reading read(String text) {
        if (ReplyText.isPage(text)) {
            return new Page(faults.page(text));
        }
        if (!form.equals("tree")) {
            JsonNode rows = form.equals("list") ? AiHubText.list(text) : AiHubText.tree(text);
            List<JsonNode> listed = new ArrayList<>();
            rows.forEach(listed::add);
            return listed.isEmpty() ? new Strange(false) : new Rows(listed, null, vouches, false);
        }
        Tree tree = tree(text);
        if (tree == null) {
            return ReplyText.holdsPage(text) ? new Page(faults.page(text)) : new Strange(true);
        }
        return decide(tree);
    }

    private @Nullable Tree tree(String text) {
        try {
            String start = text.stripLeading();
            if (start.isEmpty()) {
                return null;
            }
            if (!start.startsWith("<")) {
                return json(start);
            }
            try {
                return new Tree(XmlTree.read(start, starts), false);
            } catch (XMLStreamException e) {
                if (escape == null) {
                    return null;
                }
                return new Tree(XmlTree.read(XmlTree.escaped(start, escape), starts), true);
            }
        } catch (XMLStreamException | JacksonException e) {
            return null;
        }
    }

    private @Nullable Tree json(String text) throws JacksonException {
        try {
            return new Tree(JSON.readTree(text), false);
        } catch (JacksonException e) {
            if (!dates) {
                throw e;
            }
            return new Tree(JSON.readTree(AiHubText.quotedDates(text)), true);
        }
    }

    private Reading decide(Tree tree) {
        JsonNode top = tree.top();
        boolean vouched = false;
        String unknown = null;
        for (String pointer : codes) {
            String code = text(top.at(pointer));
            Fault fault = code.isEmpty() ? null : faults.code(family, code);
            if (fault != null) {
                return fault.retry() == Fault.Retry.EMPTY
                        ? new Rows(List.of(), 0L, true, tree.repaired())
                        : new Told(fault, code);
            }
            if (ok.contains(code)) {
                vouched = true;
                break;
            }
            unknown = unknown == null && !code.isEmpty() ? code : unknown;
        }
        if (!vouched && unknown != null) {
            return new Told(null, unknown);
        }
        if (missingAt != null && text(top.at(missingAt)).equals(missing)) {
            return new Told(faults.own("not-found"), "");
        }
        return rows(top, vouched || vouches, tree.repaired());
    }

    private Reading rows(JsonNode top, boolean vouched, boolean repaired) {
        for (String pointer : needs) {
            if (top.at(pointer).isMissingNode()) {
                return new Strange(false);
            }
        }
        Long count = null;
        for (String pointer : total) {
            String digits = text(top.at(pointer));
            if (count == null && digits.matches("\\d{1,15}")) {
                count = Long.valueOf(digits);
            }
        }
        for (String pointer : items) {
            JsonNode found = top.at(pointer);
            if (count != null && count == 0 && !found.isArray() && !found.isMissingNode()) {
                return new Rows(List.of(), 0L, vouched, repaired);
            }
            if (!found.isMissingNode()) {
                List<JsonNode> records = records(found);
                return records == null ? new Strange(false) : new Rows(records, count, vouched, repaired);
            }
        }
        return count != null && count == 0 ? new Rows(List.of(), 0L, vouched, repaired) : new Strange(false);
    }

    /** One, many or none; null if they are no records. */
    private @Nullable List<JsonNode> records(JsonNode found) {
        if (found.isNull() || found.isTextual() && found.asText().isBlank() || found.isEmpty() && found.isObject()) {
            return List.of();
        }
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode each : found.isArray() ? found : List.of(found)) {
            JsonNode record = pairs != null && each.has(pairs) ? paired(each.get(pairs)) : each;
            if (!record.isObject()) {
                return null;
            }
            records.add(record);
        }
        return records;
    }

    /** Elements that name a field and its value in attributes. */
    private static JsonNode paired(JsonNode fields) {
        TreeMap<String, JsonNode> found = new TreeMap<>();
        for (JsonNode each : fields.isArray() ? fields : List.of(fields)) {
            found.put(text(each.path("@key")), each.path("@value"));
        }
        return JsonNodeFactory.instance.objectNode().setAll(found);
    }

    /** What a field says, in whichever way it was written; empty if it says nothing. */
    static String text(JsonNode node) {
        JsonNode value = node.isArray() && node.size() == 1 ? node.get(0) : node;
        return value.isObject()
                ? value.path("#text").asText("").strip()
                : value.asText("").strip();
    }
}
