package dev.gaon.gov.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing in a description: its types and values by local name, texts and further things. Filled once, by its graph. */
final class CardNode {

    private static final String NAMES = "name title label prefLabel legalName legal-name fn";

    private final Map<String, List<Object>> values = new LinkedHashMap<>();
    private final Set<String> types = new LinkedHashSet<>();
    private @Nullable String id;

    static String local(String name) {
        int cut = Math.max(name.lastIndexOf('/'), Math.max(name.lastIndexOf('#'), name.lastIndexOf(':')));
        return cut + 1 == name.length() ? name : name.substring(cut + 1);
    }

    void put(String name, Object value) {
        values.computeIfAbsent(local(name), key -> new ArrayList<>()).add(value);
    }

    void type(String type) {
        types.add(local(type));
    }

    void id(String text) {
        id = text;
    }

    /** Null if it has none that others could know. */
    @Nullable
    String id() {
        return id == null || id.startsWith("_:") ? null : id;
    }

    @Nullable
    String anyId() {
        return id;
    }

    boolean is(String... anyType) {
        for (String each : anyType) {
            if (types.contains(each)) {
                return true;
            }
        }
        return false;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean bare() {
        return values.isEmpty() && types.isEmpty();
    }

    /** Texts and things under these names, in the order of the names. */
    List<Object> all(String... names) {
        List<Object> found = new ArrayList<>();
        for (String each : names) {
            found.addAll(values.getOrDefault(each, List.of()));
        }
        return found;
    }

    /** The first text that is not blank. */
    @Nullable
    String text(String... names) {
        for (Object each : all(names)) {
            if (each instanceof String text && !text.isBlank()) {
                return text.strip();
            }
        }
        return null;
    }

    /** What it is called. */
    @Nullable
    String name() {
        return text(NAMES.split(" "));
    }

    /** Everything it says, for a thing whose meaning is left to people. */
    Map<String, Object> plain(int deepest) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (id != null) {
            out.put("@id", id);
        }
        if (!types.isEmpty()) {
            out.put("@type", List.copyOf(types));
        }
        values.forEach((name, all) -> out.put(
                name,
                all.stream()
                        .map(each -> each instanceof CardNode node
                                ? deepest > 0 ? node.plain(deepest - 1) : String.valueOf(node.id)
                                : each)
                        .toList()));
        return out;
    }
}
