package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one work and its use, by name: true, false, or absent, which is unknown. One thread. */
final class Facts {

    private final Map<String, Object> values = new HashMap<>();

    Facts() {}

    private Facts(Facts other) {
        values.putAll(other.values);
    }

    Facts with(String name, Object value) {
        Facts copy = new Facts(this);
        copy.put(name, value);
        return copy;
    }

    void put(String name, Object value) {
        values.put(name, value);
    }

    boolean is(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    boolean unknown(String name) {
        return !values.containsKey(name);
    }

    /** True, false, or null while a fact that decides is unknown. */
    @Nullable
    Boolean hold(Map<String, Object> when) {
        Boolean all = Boolean.TRUE;
        for (Map.Entry<String, Object> each : when.entrySet()) {
            Object value = values.get(each.getKey());
            if (value == null) {
                all = null;
            } else if (each.getValue() instanceof List<?> allowed
                    ? !allowed.contains(value)
                    : !each.getValue().equals(value)) {
                return Boolean.FALSE;
            }
        }
        return all;
    }

    static Map<String, Object> conditions(PackFiles.Place at) {
        Map<String, Object> when = new LinkedHashMap<>();
        if (!at.node().isObject()) {
            throw at.wrong("객체({ })여야 합니다", "must be an object");
        }
        at.node().fieldNames().forEachRemaining(name -> {
            PackFiles.Place value = at.at(name);
            if (value.node().isBoolean()) {
                when.put(name, value.node().booleanValue());
            } else if (value.node().isArray() && !value.node().isEmpty()) {
                when.put(name, List.copyOf(at.texts(name)));
            } else {
                throw value.wrong("true, false 또는 목록입니다", "must be true, false or a list");
            }
        });
        return Map.copyOf(when);
    }
}
