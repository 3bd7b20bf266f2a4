package dev.gaon;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A caller's own fields of a request's body: copied and checked when they are given. */
final class ExtraFields {

    /** Fields that Gaon writes itself, in any format. */
    private static final Set<String> RESERVED = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "frequency_penalty",
            "presence_penalty",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "stopBefore",
            "tools",
            "tool_choice",
            "response_format",
            "n",
            "topP",
            "topK",
            "maxTokens",
            "maxCompletionTokens",
            "thinking",
            "toolChoice",
            "responseFormat");

    private static final int MOST = 64;
    private static final int DEEPEST = 16;

    private ExtraFields() {}

    /** A copy, of JSON's types only, not deep and not many. */
    static Map<String, Object> checked(Map<String, ?> fields) {
        for (String name : fields.keySet()) {
            if (RESERVED.contains(name)) {
                throw new Text(
                                "extraBody에 " + name + "을(를) 넣을 수 없습니다. ChatRequest의 해당 항목을 쓰세요.",
                                "extraBody must not hold " + name + "; use the field of the ChatRequest instead.")
                        .refusal();
            }
        }
        if (fields.size() > MOST) {
            throw new Text("extraBody의 항목은 " + MOST + "개까지입니다.", "extraBody takes at most " + MOST + " fields.")
                    .refusal();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(name, copyOf(value, 1)));
        return copy;
    }

    private static Object copyOf(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new Text(
                            "extraBody는 " + DEEPEST + "단계까지만 겹칠 수 있습니다.",
                            "extraBody may nest at most " + DEEPEST + " levels.")
                    .refusal();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(String.valueOf(name), copyOf(inner, depth + 1)));
            return Collections.unmodifiableMap(copy);
        } else if (value instanceof Iterable<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(copyOf(inner, depth + 1)));
            return Collections.unmodifiableList(copy);
        } else if ((value instanceof Double || value instanceof Float)
                && !Double.isFinite(((Number) value).doubleValue())) {
            throw new Text("extraBody의 수는 유한해야 합니다.", "Numbers of extraBody must be finite.").refusal();
        } else if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new Text(
                        "extraBody의 값은 문자열, 숫자, 참/거짓, 목록, 맵이어야 합니다.",
                        "Values of extraBody must be text, numbers, booleans, lists or maps.")
                .refusal();
    }

    /** Puts a value under a name; objects of both meet in one. */
    static void merge(Map<String, Object> fields, String name, @Nullable Object value) {
        if (fields.get(name) instanceof Map<?, ?> have && value instanceof Map<?, ?> more) {
            Map<Object, Object> both = new LinkedHashMap<>(have);
            both.putAll(more);
            fields.put(name, both);
        } else {
            fields.put(name, value);
        }
    }
}
