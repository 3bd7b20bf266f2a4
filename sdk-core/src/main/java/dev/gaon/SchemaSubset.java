package dev.gaon;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSON Schema that a provider takes for structured output, as its data file says, and the way there.
 *
 * <p>A schema is only ever made narrower: what fits the narrowed one fits the caller's. What cannot be narrowed is
 * refused by name.
 *
 * @param keywords the only ones taken; empty if unknown
 * @param refused keywords that are never taken
 * @param types the only ones taken; empty if unknown
 * @param formats the only formats of texts taken; empty if unknown
 * @param references whether local {@code $ref} may be sent; else they are written out where they stand
 * @param objectRoot whether the root must be an object
 * @param closed whether every object must say {@code additionalProperties: false}
 * @param allRequired whether every property must be required
 * @param depth the most levels of objects and arrays; 0 if unknown
 */
record SchemaSubset(
        Set<String> keywords,
        Set<String> refused,
        Set<String> types,
        Set<String> formats,
        boolean references,
        boolean objectRoot,
        boolean closed,
        boolean allRequired,
        int depth) {

    /** Definitions that name others twice each double with every level. */
    private static final int MOST_WRITTEN_OUT = 1_000;

    /** The references that are being written out, and how many were. */
    private static final class Written {
        private final Set<String> open = new HashSet<>();
        private int count;
    }

    /** Says why a schema cannot be sent. */
    static final class Misfit extends Exception {

        final transient Text why;

        private Misfit(String ko, String en) {
            super(en, null, false, false);
            this.why = new Text(ko, en);
        }
    }

    /** @param schema as maps, lists and scalars */
    Map<String, Object> narrowed(Map<?, ?> schema) throws Misfit {
        if (objectRoot && !"object".equals(schema.get("type"))) {
            throw new Misfit("스키마의 뿌리는 object여야 합니다", "the root of a schema must be an object");
        }
        return narrowed(schema, schema, "#", 1, new Written());
    }

    /** @param written what references became so far */
    private Map<String, Object> narrowed(Map<?, ?> node, Map<?, ?> root, String at, int level, Written written)
            throws Misfit {
        if (depth > 0 && level > depth) {
            throw new Misfit("스키마는 " + depth + "단계까지만 겹칠 수 있습니다", "a schema may nest at most " + depth + " levels");
        }
        if (node.get("$ref") instanceof String reference && !references) {
            return writtenOut(reference, root, at, level, written);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : node.entrySet()) {
            String keyword = (String) entry.getKey();
            boolean replaced = closed && keyword.equals("additionalProperties");
            boolean writtenOut = !references && keyword.equals("$defs");
            if (replaced || writtenOut || keyword.equals("$schema")) {
                continue;
            }
            boolean known = keywords.isEmpty() || keywords.contains(keyword);
            if (!known && keyword.equals("additionalProperties") && Boolean.FALSE.equals(entry.getValue())) {
                continue;
            }
            if (refused.contains(keyword) || !known) {
                throw new Misfit(
                        "스키마에 " + keyword + "을(를) 쓸 수 없습니다 (" + at + ")",
                        "a schema must not use " + keyword + " (" + at + ")");
            }
            out.put(keyword, value(keyword, entry.getValue(), root, at, level, written));
        }
        if (out.get("properties") instanceof Map<?, ?> properties) {
            if (closed) {
                out.put("additionalProperties", false);
            }
            if (allRequired) {
                out.put("required", new ArrayList<>(properties.keySet()));
            }
        }
        return out;
    }

    private Map<String, Object> writtenOut(String reference, Map<?, ?> root, String at, int level, Written written)
            throws Misfit {
        String name = reference.replaceFirst("^#/\\$defs/", "");
        Object target = root.get("$defs") instanceof Map<?, ?> definitions ? definitions.get(name) : null;
        if (!(target instanceof Map<?, ?> definition) || !written.open.add(name)) {
            throw new Misfit(
                    "스키마가 자기 자신을 되부르거나 없는 정의를 가리킵니다 (" + at + ")",
                    "a schema refers to itself, or to a definition that it lacks (" + at + ")");
        }
        if (++written.count > MOST_WRITTEN_OUT) {
            throw new Misfit(
                    "스키마의 정의를 풀어 쓰면 " + MOST_WRITTEN_OUT + "개를 넘습니다 (" + at + ")",
                    "written out, a schema's definitions are more than " + MOST_WRITTEN_OUT + " (" + at + ")");
        }
        Map<String, Object> out = narrowed(definition, root, at, level, written);
        written.open.remove(name);
        return out;
    }

    private @Nullable Object value(
            String keyword, @Nullable Object value, Map<?, ?> root, String at, int level, Written written)
            throws Misfit {
        switch (keyword) {
            case "type" -> {
                for (Object one : value instanceof List<?> several ? several : List.of(String.valueOf(value))) {
                    if (!types.isEmpty() && !types.contains(String.valueOf(one))) {
                        throw new Misfit(
                                "스키마에 type " + one + "을(를) 쓸 수 없습니다 (" + at + ")",
                                "a schema must not use the type " + one + " (" + at + ")");
                    }
                }
            }
            case "format" -> {
                if (!formats.isEmpty() && !formats.contains(String.valueOf(value))) {
                    throw new Misfit(
                            "스키마에 format " + value + "을(를) 쓸 수 없습니다 (" + at + ")",
                            "a schema must not use the format " + value + " (" + at + ")");
                }
            }
            case "$ref" -> {
                if (!String.valueOf(value).startsWith("#/")) {
                    throw new Misfit(
                            "스키마는 자기 안의 $ref만 쓸 수 있습니다 (" + at + ")",
                            "a schema may refer only to itself by $ref (" + at + ")");
                }
            }
            default -> {
                // Deeper levels follow.
            }
        }
        if (value instanceof Map<?, ?> map) {
            boolean named = keyword.equals("properties") || keyword.equals("$defs");
            if (!named) {
                return narrowed(map, root, at + "/" + keyword, level + 1, written);
            }
            Map<String, Object> out = new LinkedHashMap<>();
            for (Map.Entry<?, ?> one : map.entrySet()) {
                String place = at + "/" + keyword + "/" + one.getKey();
                out.put(
                        (String) one.getKey(),
                        one.getValue() instanceof Map<?, ?> inner
                                ? narrowed(inner, root, place, keyword.equals("$defs") ? level : level + 1, written)
                                : one.getValue());
            }
            return out;
        }
        if (keyword.equals("anyOf") && value instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            for (Object one : list) {
                String place = at + "/" + keyword + "/" + out.size();
                out.add(one instanceof Map<?, ?> inner ? narrowed(inner, root, place, level, written) : one);
            }
            return out;
        }
        return value;
    }
}
