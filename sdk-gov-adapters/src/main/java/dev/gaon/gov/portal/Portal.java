package dev.gaon.gov.portal;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One portal, as its data file describes it: where it is, how it pages, where its key goes, which of its fields say
 * something of a licence. Immutable. Another portal of a known envelope is another file.
 */
public final class Portal {

    /** Where a key goes: into a parameter of the address, or into a header, never both. */
    record KeyPlace(
            String id, @Nullable String parameter, @Nullable String header, String prefix) {}

    record Paging(String page, String size, int rows, int first) {}

    /** @param at the field it is read from; null if {@code value} is what it always says */
    record Mark(
            String level,
            String source,
            String field,
            @Nullable String at,
            @Nullable String value,
            boolean always) {}

    /** Fields in order of preference; {@code ?name} is a parameter of the request. */
    record Mapping(
            List<String> id,
            List<String> title,
            List<String> author,
            List<String> url,
            List<String> publisher,
            List<String> published) {}

    record Operation(
            String name,
            String path,
            Set<String> parameters,
            Set<String> required,
            Map<String, String> fixed,
            @Nullable Paging paging,
            Envelope envelope,
            Mapping work,
            List<Mark> claims) {}

    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "dataset",
            "base",
            "envelope",
            "key",
            "fixed",
            "quota",
            "publisher",
            "paging",
            "operations",
            "facts",
            "notes",
            "sources");
    private static final Set<String> OPERATION = Set.of(
            "path", "parameters", "required", "fixed", "paging", "envelope", "work", "claims", "confidence", "notes");
    private static final Set<String> FACT = Set.of("of", "confidence", "source", "seen");

    private final String id;
    private final BilingualText title;
    private final @Nullable String dataset;
    private final URI base;
    private final @Nullable KeyPlace key;
    private final int quota;
    private final @Nullable String publisherName;
    private final @Nullable String publisherKind;
    private final Map<String, Operation> operations = new TreeMap<>();

    Portal(PackFiles.Place top, Map<String, Envelope> envelopes) {
        top.only(KEYS);
        id = top.text("id");
        title = top.bilingual("title");
        dataset = top.optional("dataset");
        base = base(top);
        key = top.has("key") ? key(top.at("key")) : null;
        quota = top.has("quota") ? top.at("quota").node().asInt() : 0;
        PackFiles.Place publisher = top.at("publisher");
        publisherName = top.has("publisher") ? publisher.text("name") : null;
        publisherKind = top.has("publisher") ? publisher.text("kind") : null;
        if (top.has("publisher")) {
            valid(publisher, () -> Work.of("w", "w").withPublisher(publisher.text("name"), publisher.text("kind")));
        }
        Map<String, String> fixed = texts(top, "fixed");
        top.each("operations").forEach((name, at) -> operations.put(name, operation(name, at, top, fixed, envelopes)));
        facts(top);
    }

    /** Every place, page size, quota and operation says how sure it is and since when. */
    private void facts(PackFiles.Place top) {
        Set<String> told = new TreeSet<>();
        for (PackFiles.Place each : top.list("facts")) {
            each.only(FACT);
            told.addAll(each.texts("of"));
            each.date("seen");
            each.text("source");
            if (!Set.of("H", "M", "L").contains(each.text("confidence"))) {
                throw each.wrong("confidence는 H, M, L 가운데 하나입니다", "confidence is H, M or L");
            }
        }
        Set<String> owed = new TreeSet<>(operations.keySet());
        for (String part : List.of("base", "key", "quota", "paging", "envelope")) {
            if (top.has(part)) {
                owed.add(part);
            }
        }
        if (!told.equals(owed)) {
            throw top.at("facts").wrong("of가 적혀야 할 것: " + owed, "of has to name " + owed);
        }
    }

    private static URI base(PackFiles.Place top) {
        String text = top.text("base");
        if (!text.matches("https?://[A-Za-z0-9.-]+(:\\d+)?(/[A-Za-z0-9._~/-]*)?")) {
            throw top.at("base").wrong("https://호스트/경로 꼴이어야 합니다", "must look like https://host/path");
        }
        return URI.create(text);
    }

    /** What works and claims would refuse while collecting is refused here, by its place. */
    private static void valid(PackFiles.Place at, Supplier<?> made) {
        try {
            Objects.requireNonNull(made.get());
        } catch (IllegalArgumentException e) {
            throw at.wrong("쓸 수 없는 값입니다: " + e.getMessage(), "no value to use: " + e.getMessage());
        }
    }

    private static KeyPlace key(PackFiles.Place at) {
        at.only(Set.of("id", "parameter", "header", "prefix"));
        if (at.has("parameter") == at.has("header")) {
            throw at.wrong("parameter나 header 하나만 적습니다", "either a parameter or a header");
        }
        String prefix = at.has("prefix") ? at.at("prefix").node().asText() : "";
        return new KeyPlace(at.text("id"), at.optional("parameter"), at.optional("header"), prefix);
    }

    private static Operation operation(
            String name,
            PackFiles.Place at,
            PackFiles.Place top,
            Map<String, String> fixed,
            Map<String, Envelope> envelopes) {
        at.only(OPERATION);
        String shape = at.has("envelope") ? at.text("envelope") : top.text("envelope");
        Envelope envelope = envelopes.get(shape);
        if (envelope == null) {
            throw at.wrong("그런 envelope가 없습니다: " + shape, "there is no such envelope: " + shape);
        }
        Map<String, String> always = new TreeMap<>(fixed);
        always.putAll(texts(at, "fixed"));
        Set<String> parameters = new TreeSet<>(at.texts("parameters"));
        Set<String> required = new TreeSet<>(at.texts("required"));
        parameters.addAll(required);
        boolean single = at.at("paging").node().isBoolean();
        PackFiles.Place paging = at.has("paging") ? at.at("paging") : top.at("paging");
        PackFiles.Place work = at.at("work");
        work.only(Set.of("id", "title", "author", "url", "publisher", "published"));
        String path = at.text("path");
        if (!path.startsWith("/")) {
            // Without its slash a path could change the host: https://portal + @elsewhere.
            throw at.at("path").wrong("/로 시작해야 합니다", "must begin with /");
        }
        return new Operation(
                name,
                path,
                Collections.unmodifiableSet(parameters),
                Collections.unmodifiableSet(required),
                Collections.unmodifiableMap(always),
                single || paging.node().isMissingNode() ? null : paging(paging),
                envelope,
                new Mapping(
                        work.texts("id"),
                        work.texts("title"),
                        work.texts("author"),
                        work.texts("url"),
                        work.texts("publisher"),
                        work.texts("published")),
                at.list("claims").stream().map(Portal::mark).toList());
    }

    private static Paging paging(PackFiles.Place at) {
        at.only(Set.of("page", "size", "rows", "first"));
        return new Paging(
                at.text("page"),
                at.text("size"),
                at.at("rows").node().asInt(100),
                at.at("first").node().asInt(1));
    }

    private static Mark mark(PackFiles.Place at) {
        at.only(Set.of("level", "source", "field", "at", "value", "always"));
        if (at.has("at") == at.has("value")) {
            throw at.wrong("at이나 value 하나만 적습니다", "either at or value");
        }
        valid(at, () -> Claim.of(at.text("level"), at.text("source"), at.text("field"), ""));
        return new Mark(
                at.text("level"),
                at.text("source"),
                at.text("field"),
                at.optional("at"),
                at.optional("value"),
                Boolean.TRUE.equals(at.optionalBoolean("always")));
    }

    private static Map<String, String> texts(PackFiles.Place at, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        at.each(key).forEach((name, each) -> texts.put(name, each.node().asText()));
        return texts;
    }

    /** For instance {@code khs}. */
    public String id() {
        return id;
    }

    public BilingualText title() {
        return title;
    }

    /** What can be asked of it, sorted. */
    public SortedSet<String> operations() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(operations.keySet()));
    }

    /** What an operation can be told, sorted; those it must be told end with {@code *}. */
    public List<String> parameters(String operation) {
        Operation found = operation(operation);
        List<String> names = new ArrayList<>();
        if (found != null) {
            found.parameters().forEach(name -> names.add(found.required().contains(name) ? name + "*" : name));
        }
        return names;
    }

    /** Its number in the catalogue of data.go.kr, where the licence of the whole is stated; null if it has none. */
    public @Nullable String dataset() {
        return dataset;
    }

    @Nullable
    Operation operation(String name) {
        return operations.get(name);
    }

    URI base() {
        return base;
    }

    @Nullable
    KeyPlace key() {
        return key;
    }

    /** Calls a day for each operation; 0 if none is known. */
    int quota() {
        return quota;
    }

    @Nullable
    String publisherName() {
        return publisherName;
    }

    @Nullable
    String publisherKind() {
        return publisherKind;
    }

    @Override
    public String toString() {
        return id;
    }
}
