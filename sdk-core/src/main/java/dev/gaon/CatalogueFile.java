package dev.gaon;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One object of a catalogue file, read strictly: a wrong type or an unknown key names the file, the place and the fix. */
final class CatalogueFile {

    /** How much of a foreign word a message repeats. */
    static final int LONGEST = 80;

    private final String file;
    private final String at;
    private final Map<?, ?> node;
    private final String fileDigest;
    private final Set<String> read = new HashSet<>();

    /**
     * @param at a JSON pointer into the file
     * @param fileDigest SHA-256 of the file's bytes
     */
    CatalogueFile(String file, String at, @Nullable Object node, String fileDigest) {
        this.file = file;
        this.at = at;
        this.fileDigest = fileDigest;
        this.node = node instanceof Map<?, ?> object ? object : Map.of();
        if (!(node instanceof Map<?, ?>)) {
            throw wrong("", "객체({ })여야 합니다", "must be an object");
        }
    }

    private IllegalArgumentException wrong(String key, String ko, String en) {
        String place = file + (at + (key.isEmpty() ? "" : "/" + Text.printable(key, LONGEST))).replaceAll("^$", "/");
        return new Text(
                        "카탈로그 파일을 읽을 수 없습니다: " + place + ": " + ko + ".",
                        "Cannot read the catalogue file: " + place + ": " + en + ".")
                .refusal();
    }

    private @Nullable Object get(String key) {
        read.add(key);
        return node.get(key);
    }

    boolean has(String key) {
        return node.containsKey(key);
    }

    @Nullable
    String text(String key) {
        Object value = get(key);
        if (value != null && !(value instanceof String)) {
            throw wrong(key, "문자열이어야 합니다", "must be text");
        }
        return (String) value;
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

    @Nullable
    Integer integer(String key) {
        Object value = get(key);
        if (value != null && !(value instanceof Integer)) {
            throw wrong(key, "정수여야 합니다", "must be a whole number");
        }
        return (Integer) value;
    }

    int integer(String key, int otherwise) {
        Integer value = integer(key);
        return value == null ? otherwise : value;
    }

    /** A word, or true or false as a word. */
    @Nullable
    String scalar(String key) {
        return get(key) instanceof Boolean value ? value.toString() : text(key);
    }

    /** A regular expression, checked. */
    @Nullable
    String pattern(String key) {
        String value = text(key);
        try {
            return value == null ? null : Pattern.compile(value).pattern();
        } catch (PatternSyntaxException e) {
            throw wrong(key, "정규식이 아닙니다", "is no regular expression");
        }
    }

    @Nullable
    Double number(String key) {
        Object value = get(key);
        if (value != null && !(value instanceof Number)) {
            throw wrong(key, "숫자여야 합니다", "must be a number");
        }
        return value == null ? null : (Double) ((Number) value).doubleValue();
    }

    @Nullable
    Boolean bool(String key) {
        Object value = get(key);
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(key, "true나 false여야 합니다", "must be true or false");
        }
        return (Boolean) value;
    }

    boolean bool(String key, boolean otherwise) {
        Boolean value = bool(key);
        return value == null ? otherwise : value;
    }

    List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        for (Object element : array(key)) {
            if (!(element instanceof String word)) {
                throw wrong(key, "문자열 목록이어야 합니다", "must be a list of texts");
            }
            out.add(word);
        }
        return out;
    }

    Set<Integer> integers(String key) {
        Set<Integer> out = new TreeSet<>();
        for (Object element : array(key)) {
            if (!(element instanceof Integer number)) {
                throw wrong(key, "정수 목록이어야 합니다", "must be a list of whole numbers");
            }
            out.add(number);
        }
        return out;
    }

    List<Set<String>> pairs(String key) {
        List<Set<String>> out = new ArrayList<>();
        for (Object element : array(key)) {
            Set<String> pair = new TreeSet<>();
            if (element instanceof List<?> words) {
                words.forEach(word -> pair.add(String.valueOf(word)));
            }
            out.add(pair);
        }
        return out;
    }

    private List<?> array(String key) {
        Object value = get(key);
        if (value != null && !(value instanceof List<?>)) {
            throw wrong(key, "목록([ ])이어야 합니다", "must be a list");
        }
        return value == null ? List.of() : (List<?>) value;
    }

    @Nullable
    CatalogueFile object(String key) {
        Object value = get(key);
        return value == null ? null : new CatalogueFile(file, at + "/" + key, value, fileDigest);
    }

    List<CatalogueFile> objects(String key) {
        List<CatalogueFile> out = new ArrayList<>();
        for (Object element : array(key)) {
            out.add(new CatalogueFile(file, at + "/" + key + "/" + out.size(), element, fileDigest));
        }
        return out;
    }

    Map<String, String> words(String key) {
        CatalogueFile object = object(key);
        Map<String, String> out = new LinkedHashMap<>();
        if (object != null) {
            object.node.keySet().forEach(name -> out.put((String) name, object.required((String) name)));
        }
        return out;
    }

    /** What the objects in an object say, by name. */
    <T> Map<String, T> children(String key, Function<CatalogueFile, T> reader) {
        CatalogueFile object = object(key);
        Map<String, T> out = new LinkedHashMap<>();
        if (object != null) {
            for (Object name : object.node.keySet()) {
                CatalogueFile child = object.object((String) name);
                if (child != null) {
                    out.put((String) name, reader.apply(child));
                }
            }
        }
        return out;
    }

    /** Values of any JSON shape, by name. */
    Map<String, Object> values(String key) {
        CatalogueFile object = object(key);
        Map<String, Object> out = new LinkedHashMap<>();
        if (object != null) {
            object.node.forEach((name, value) -> out.put((String) name, value));
        }
        return out;
    }

    /** The object as it stands in the file. */
    Map<String, Object> data() {
        Map<String, Object> out = new LinkedHashMap<>();
        node.forEach((name, value) -> out.put((String) name, value));
        return out;
    }

    /** SHA-256 of the file, and of the place in it where it holds more than one object. */
    String digest() {
        return at.isEmpty() ? fileDigest : Digests.sha256(fileDigest + "#" + at);
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
        for (Object key : node.keySet()) {
            String name = (String) key;
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
