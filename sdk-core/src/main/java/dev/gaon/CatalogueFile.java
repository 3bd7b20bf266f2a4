package dev.gaon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One object of a catalogue file, read strictly: a wrong type or an unknown key names the file, the place and the fix. */
final class CatalogueFile {

    private final String file;
    private final String at;
    private final JsonNode node;
    private final Set<String> read = new HashSet<>();

    CatalogueFile(String file, String at, JsonNode node) {
        this.file = file;
        this.at = at;
        this.node = node;
        if (!node.isObject()) {
            throw wrong("", "객체({ })여야 합니다", "must be an object");
        }
    }

    private IllegalArgumentException wrong(String key, String ko, String en) {
        String place = file + (at + (key.isEmpty() ? "" : "/" + key)).replaceAll("^$", "/");
        return new Text("카탈로그 파일을 읽을 수 없습니다: " + place + ": " + ko + ".", "Cannot read the catalogue file: " + place + ": " + en + ".")
                .refusal();
    }

    private JsonNode get(String key) {
        read.add(key);
        JsonNode value = node.path(key);
        return value.isNull() || value.isMissingNode() ? null : value;
    }

    String text(String key) {
        JsonNode value = get(key);
        if (value != null && !value.isTextual()) {
            throw wrong(key, "문자열이어야 합니다", "must be text");
        }
        return value == null ? null : value.textValue();
    }

    String required(String key) {
        String value = text(key);
        if (value == null || value.isBlank()) {
            throw wrong(key, "값이 있어야 합니다", "is missing");
        }
        return value;
    }

    String text(String key, String otherwise) {
        String value = text(key);
        return value == null ? otherwise : value;
    }

    Text bilingual(String key, String otherwise) {
        CatalogueFile both = object(key);
        if (both == null) {
            return new Text(otherwise, otherwise);
        }
        Text text = new Text(both.required("ko"), both.required("en"));
        both.done();
        return text;
    }

    Integer integer(String key) {
        JsonNode value = get(key);
        if (value != null && !value.canConvertToExactIntegral()) {
            throw wrong(key, "정수여야 합니다", "must be a whole number");
        }
        return value == null ? null : value.intValue();
    }

    Double number(String key) {
        JsonNode value = get(key);
        if (value != null && !value.isNumber()) {
            throw wrong(key, "숫자여야 합니다", "must be a number");
        }
        return value == null ? null : value.doubleValue();
    }

    Boolean bool(String key) {
        JsonNode value = get(key);
        if (value != null && !value.isBoolean()) {
            throw wrong(key, "true나 false여야 합니다", "must be true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    boolean bool(String key, boolean otherwise) {
        Boolean value = bool(key);
        return value == null ? otherwise : value;
    }

    List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isTextual()) {
                throw wrong(key, "문자열 목록이어야 합니다", "must be a list of texts");
            }
            out.add(element.textValue());
        }
        return out;
    }

    Set<Integer> integers(String key) {
        Set<Integer> out = new TreeSet<>();
        for (JsonNode element : array(key)) {
            if (!element.isInt()) {
                throw wrong(key, "정수 목록이어야 합니다", "must be a list of whole numbers");
            }
            out.add(element.intValue());
        }
        return out;
    }

    List<Set<String>> pairs(String key) {
        List<Set<String>> out = new ArrayList<>();
        for (JsonNode element : array(key)) {
            Set<String> pair = new TreeSet<>();
            element.forEach(word -> pair.add(word.asText()));
            out.add(pair);
        }
        return out;
    }

    private Iterable<JsonNode> array(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(key, "목록([ ])이어야 합니다", "must be a list");
        }
        return value;
    }

    CatalogueFile object(String key) {
        JsonNode value = get(key);
        return value == null ? null : new CatalogueFile(file, at + "/" + key, value);
    }

    List<CatalogueFile> objects(String key) {
        List<CatalogueFile> out = new ArrayList<>();
        for (JsonNode element : array(key)) {
            out.add(new CatalogueFile(file, at + "/" + key + "/" + out.size(), element));
        }
        return out;
    }

    Map<String, String> words(String key) {
        CatalogueFile object = object(key);
        Map<String, String> out = new LinkedHashMap<>();
        if (object != null) {
            object.node.fieldNames().forEachRemaining(name -> out.put(name, object.required(name)));
        }
        return out;
    }

    /** Values of any JSON shape, by name. */
    Map<String, Object> values(String key) {
        CatalogueFile object = object(key);
        Map<String, Object> out = new LinkedHashMap<>();
        if (object != null) {
            object.node.properties().forEach(field -> out.put(field.getKey(), plain(field.getValue())));
        }
        return out;
    }

    private static Object plain(JsonNode value) {
        if (value.isObject()) {
            Map<String, Object> out = new LinkedHashMap<>();
            value.properties().forEach(field -> out.put(field.getKey(), plain(field.getValue())));
            return out;
        } else if (value.isArray()) {
            List<Object> out = new ArrayList<>();
            value.forEach(element -> out.add(plain(element)));
            return out;
        }
        return value.isNull() ? null : value.isBoolean() ? value.booleanValue() : value.isNumber() ? value.numberValue() : value.textValue();
    }

    /** SHA-256 of the object as compact JSON. */
    String digest() {
        return Digests.sha256(node.toString());
    }

    /** Names keys that are read elsewhere or by people only. */
    CatalogueFile ignoring(String... keys) {
        read.addAll(List.of(keys));
        return this;
    }

    IllegalArgumentException refused(String key, String ko, String en) {
        return wrong(key, ko, en);
    }

    /** Refuses keys that nobody read: most are misspelt. */
    void done() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!read.contains(name)) {
                List<String> near = Nearest.to(name, read, 1);
                throw wrong(
                        name,
                        "모르는 항목입니다" + (near.isEmpty() ? "" : ". " + near.get(0) + "을(를) 뜻했나요?"),
                        "is not a known key" + (near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?"));
            }
        }
    }
}
