package dev.gaon.gov.law;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words in which services and conditions may speak: facts that are declared, facts that follow from them, and facts
 * that cannot hold together. Immutable once it was read.
 */
final class Vocabulary {

    /** A fact that follows from others. */
    static final class Derived {
        private final String name;
        private final BilingualText label;
        private final int place;
        private final PackFiles.Place source;
        private @Nullable Condition when;

        private Derived(String name, BilingualText label, int place, PackFiles.Place source) {
            this.name = name;
            this.label = label;
            this.place = place;
            this.source = source;
        }

        String name() {
            return name;
        }

        BilingualText label() {
            return label;
        }

        int place() {
            return place;
        }

        Condition when() {
            return Objects.requireNonNull(when, name);
        }
    }

    /** Facts of which not all can be true of one service. */
    record Contradiction(Condition all, BilingualText reason) {}

    private static final int LONGEST_CHAIN = 32;

    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Fact> known = new HashMap<>();
    private final Map<String, Derived> derived = new LinkedHashMap<>();
    private final List<Contradiction> contradictions = new ArrayList<>();

    /** Reads what the parts of a pack say; a later part adds words and never gives another meaning to one. */
    Vocabulary(List<PackFiles> parts) {
        List<PackFiles.Place> sources = new ArrayList<>();
        for (PackFiles part : parts) {
            if (part.has("vocabulary.json")) {
                sources.add(part.read("vocabulary.json", Set.of("facts", "derived", "contradictions")));
            }
        }
        for (PackFiles.Place source : sources) {
            source.each("facts").forEach((name, at) -> add(fact(name, at), at));
            source.each("derived").forEach((name, at) -> {
                at.only(Set.of("label", "when"));
                declared(name, at);
                derived.put(name, new Derived(name, at.bilingual("label"), derived.size(), at.at("when")));
            });
        }
        derived.values().forEach(each -> each.when = condition(each.source));
        Map<String, Integer> depths = new HashMap<>();
        derived.values().forEach(each -> depth(each, new ArrayDeque<>(), depths));
        for (PackFiles.Place source : sources) {
            for (PackFiles.Place at : source.list("contradictions")) {
                at.only(Set.of("all", "reason"));
                contradictions.add(new Contradiction(
                        new Condition.All(
                                at.list("all").stream().map(this::condition).toList()),
                        at.bilingual("reason")));
            }
        }
    }

    private Fact fact(String name, PackFiles.Place at) {
        at.only(Set.of("type", "group", "label", "question", "values", "unit"));
        Fact.Type type = at.oneOf("type", Fact.Type.values());
        Map<String, BilingualText> values = new LinkedHashMap<>();
        at.each("values").forEach((value, place) -> values.put(value, place.bilingual()));
        if (values.isEmpty() == (type == Fact.Type.CHOICE) || values.size() > Long.SIZE) {
            throw at.wrong("값의 목록은 choice에만, 64개까지 있습니다", "values belong to a choice, at most 64 of them");
        }
        return new Fact(
                name,
                type,
                at.text("group"),
                at.bilingual("label"),
                at.bilingual("question"),
                values,
                at.optional("unit"),
                facts.size());
    }

    private void declared(String name, PackFiles.Place at) {
        if (known.containsKey(name) || derived.containsKey(name)) {
            throw at.wrong("이미 있는 사실입니다: " + name, "this fact is there already: " + name);
        }
    }

    private void add(Fact fact, PackFiles.Place at) {
        declared(fact.name(), at);
        known.put(fact.name(), fact);
        facts.add(fact);
    }

    /**
     * How many facts lie one behind another; refuses those that presuppose each other.
     *
     * @param depths of those that were looked at already: each is looked at once, however many presuppose it
     */
    private int depth(Derived fact, Deque<String> path, Map<String, Integer> depths) {
        Integer known = depths.get(fact.name);
        if (known != null) {
            return known;
        }
        if (path.contains(fact.name)) {
            throw fact.source.wrong("서로를 전제하는 사실입니다: " + path, "these facts presuppose each other: " + path);
        }
        path.push(fact.name);
        int depth = 1;
        for (String name : words(fact.source.node())) {
            Derived other = derived.get(name);
            if (other != null) {
                depth = Math.max(depth, 1 + depth(other, path, depths));
            }
            if (Math.max(depth, path.size()) > LONGEST_CHAIN) {
                throw fact.source.wrong(
                        "사실이 " + LONGEST_CHAIN + "개 넘게 이어집니다",
                        "more than " + LONGEST_CHAIN + " facts follow one from another");
            }
        }
        path.pop();
        depths.put(fact.name, depth);
        return depth;
    }

    /** The names of facts that a condition speaks of. */
    private static Set<String> words(JsonNode condition) {
        Set<String> words = new LinkedHashSet<>();
        condition.findValues("is").forEach(name -> words.add(name.asText()));
        return words;
    }

    /** Reads one condition of the closed language. */
    Condition condition(PackFiles.Place at) {
        JsonNode node = at.node();
        if (!node.isObject() || node.size() != 1) {
            throw at.wrong(
                    "조건은 all, any, not, is, in, atLeast 가운데 하나입니다",
                    "a condition is one of all, any, not, is, in, atLeast");
        }
        String word = node.fieldNames().next();
        return switch (word) {
            case "all" -> new Condition.All(conditions(at, word));
            case "any" -> new Condition.Any(conditions(at, word));
            case "not" -> new Condition.Not(condition(at.at(word)));
            case "is" -> is(at);
            case "in" -> in(at.at(word));
            case "atLeast" -> atLeast(at.at(word));
            default -> throw at.wrong("모르는 조건입니다: " + word, "unknown condition: " + word);
        };
    }

    private List<Condition> conditions(PackFiles.Place at, String word) {
        List<Condition> all = at.list(word).stream().map(this::condition).toList();
        if (all.isEmpty()) {
            throw at.wrong(word + "가 비어 있습니다", word + " is empty");
        }
        return all;
    }

    private Condition is(PackFiles.Place at) {
        String name = at.text("is");
        Derived follows = derived.get(name);
        return follows != null ? new Condition.Follows(follows) : new Condition.Is(known(at, name, Fact.Type.BOOLEAN));
    }

    private Condition in(PackFiles.Place at) {
        String name = only(at);
        Fact fact = known(at, name, Fact.Type.CHOICE);
        long values = 0;
        if (at.list(name).isEmpty()) {
            throw at.wrong("in이 비어 있습니다", "in is empty");
        }
        for (PackFiles.Place value : at.list(name)) {
            int place = fact.place(value.node().asText());
            if (place < 0) {
                throw at.wrong(
                        name + "의 값이 아닙니다: " + value.node().asText(),
                        "no value of " + name + ": " + value.node().asText());
            }
            values |= 1L << place;
        }
        return new Condition.In(fact, values);
    }

    private Condition atLeast(PackFiles.Place at) {
        String name = only(at);
        JsonNode threshold = at.node().get(name);
        if (!threshold.isNumber()) {
            throw at.wrong("atLeast에는 숫자가 와야 합니다", "atLeast takes a number");
        }
        return new Condition.AtLeast(known(at, name, Fact.Type.NUMBER), threshold.asDouble());
    }

    private static String only(PackFiles.Place at) {
        Iterator<String> names = at.node().fieldNames();
        if (at.node().size() != 1) {
            throw at.wrong("사실 하나를 물어야 합니다", "must ask of one fact");
        }
        return names.next();
    }

    private Fact known(PackFiles.Place at, String name, Fact.Type type) {
        Fact fact = known.get(name);
        if (fact == null || fact.type() != type) {
            throw at.wrong(
                    "사실 목록에 없거나 종류가 다릅니다: " + name + nearest(name),
                    "not in the vocabulary, or of another type: " + name + nearest(name));
        }
        return fact;
    }

    List<Fact> facts() {
        return facts;
    }

    Iterable<Derived> derived() {
        return derived.values();
    }

    @Nullable
    Fact fact(String name) {
        return known.get(name);
    }

    /**
     * Lays a profile out for conditions.
     *
     * @throws IllegalArgumentException if it uses a word that is not known, or contradicts itself
     */
    FactValues values(ServiceProfile profile) {
        FactValues values = new FactValues(facts.size(), derived.size());
        profile.facts().forEach((name, value) -> declare(values, name, value));
        for (Contradiction each : contradictions) {
            if (each.all().eval(values) == Condition.TRUE) {
                throw new IllegalArgumentException(new BilingualText(
                                "서로 맞지 않는 사실입니다: " + each.reason().ko() + " 프로필을 고치세요.",
                                "These facts cannot hold together: "
                                        + each.reason().en() + " Correct the profile.")
                        .both());
            }
        }
        return values;
    }

    private void declare(FactValues values, String name, Object value) {
        Fact fact = known.get(name);
        if (fact == null) {
            throw unknownFact(name);
        }
        if (fact.type() == Fact.Type.BOOLEAN && value instanceof Boolean truth) {
            values.declare(fact.index(), truth);
        } else if (fact.type() == Fact.Type.NUMBER && value instanceof Double number) {
            values.declare(fact.index(), number);
        } else if (fact.type() == Fact.Type.CHOICE && value instanceof String word && fact.place(word) >= 0) {
            values.declare(fact.index(), fact.place(word));
        } else {
            throw mistyped(fact);
        }
    }

    private static IllegalArgumentException mistyped(Fact fact) {
        String may = switch (fact.type()) {
            case BOOLEAN -> "true, false";
            case NUMBER -> fact.unit() == null ? "0, 1, 2 ..." : "0, 1, 2 ... (" + fact.unit() + ")";
            case CHOICE -> String.join(", ", fact.values().keySet());
        };
        return new IllegalArgumentException(new BilingualText(
                        fact.name() + "의 값이 될 수 없습니다. 될 수 있는 것: " + may,
                        "Not a value of " + fact.name() + ". It may be: " + may)
                .both());
    }

    private IllegalArgumentException unknownFact(String name) {
        String near = nearest(name);
        if (derived.containsKey(name)) {
            return new IllegalArgumentException(new BilingualText(
                            name + ": 다른 사실에서 나오므로 직접 적을 수 없습니다. 지우세요.",
                            name + " follows from other facts and cannot be declared. Remove it.")
                    .both());
        }
        return new IllegalArgumentException(new BilingualText(
                        "사실 목록에 없는 이름입니다: " + shown(name) + near,
                        "Not in the vocabulary of facts: " + shown(name) + near)
                .both());
    }

    private static String shown(String foreign) {
        String cut = foreign.length() > 60 ? foreign.substring(0, 60) + "…" : foreign;
        return cut.replaceAll("[^\\p{L}\\p{N}_.-]", "?");
    }

    /** The names that share most letter pairs with this one, as {@code " (a, b?)"}; empty if none is near. */
    private String nearest(String name) {
        Set<String> wanted = pairs(name);
        record Near(String name, double likeness) {}
        List<String> near = facts.stream()
                .map(fact -> {
                    Set<String> have = pairs(fact.name());
                    long shared = have.stream().filter(wanted::contains).count();
                    return new Near(fact.name(), 2.0 * shared / (have.size() + wanted.size()));
                })
                .filter(each -> each.likeness() >= 0.4)
                .sorted(Comparator.comparingDouble(Near::likeness).reversed().thenComparing(Near::name))
                .limit(3)
                .map(Near::name)
                .toList();
        return near.isEmpty() ? "" : " (" + String.join(", ", near) + "?)";
    }

    private static Set<String> pairs(String name) {
        String word = "_" + (name.length() > 64 ? name.substring(0, 64) : name).toLowerCase(Locale.ROOT) + "_";
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 2 <= word.length(); i++) {
            pairs.add(word.substring(i, i + 2));
        }
        return pairs;
    }
}
