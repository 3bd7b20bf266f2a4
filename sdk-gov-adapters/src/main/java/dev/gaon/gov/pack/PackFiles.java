package dev.gaon.gov.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one pack as bytes, with the digest that its {@code pack.json} declares. Reads strictly: what is missing,
 * misspelt, too large or changed since it was sealed is refused by file and place.
 */
public final class PackFiles {

    /** The file that lists and seals the others. */
    public static final String MANIFEST = "pack.json";

    private static final int MOST_FILES = 2_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 64;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String id;
    private final String version;
    private final BilingualText title;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final byte[] manifest;

    private interface Source {
        byte[] bytes(String path) throws IOException;
    }

    private PackFiles(Source source, String name) {
        manifest = bytes(source, MANIFEST, name);
        Place top = new Place(name + "/" + MANIFEST, "", parse(name + "/" + MANIFEST, manifest));
        top.only(Set.of("id", "version", "title", "files", "digest"));
        id = top.text("id");
        version = top.text("version");
        title = top.bilingual("title");
        List<Place> listed = top.list("files");
        if (listed.size() > MOST_FILES) {
            throw top.wrong("파일은 " + MOST_FILES + "개까지입니다", "at most " + MOST_FILES + " files");
        }
        for (Place each : listed) {
            String path = each.node().asText();
            if (!path.matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,4}") || path.contains("..")) {
                throw each.wrong("폴더 안의 경로가 아닙니다", "no path inside the folder");
            }
            files.put(path, bytes(source, path, name));
        }
        if (!top.text("digest").equals(digest())) {
            throw top.wrong(
                    "digest가 맞지 않습니다: 파일을 읽으면 " + digest() + "입니다. 파일이 바뀌었으면 살펴본 뒤 다시 봉인하세요",
                    "the digest does not match: the files give " + digest()
                            + ". If they were changed, look at them and seal the pack again");
        }
    }

    /** What is bundled with this library in a folder of the class path, for instance {@code dev/gaon/gov}. */
    public static PackFiles bundled(String root) {
        return new PackFiles(
                path -> {
                    try (InputStream in = PackFiles.class.getResourceAsStream("/" + root + "/" + path)) {
                        if (in == null) {
                            throw new IOException("missing");
                        }
                        return in.readAllBytes();
                    }
                },
                root);
    }

    public static PackFiles in(Path folder) {
        return new PackFiles(path -> read(folder.resolve(path)), String.valueOf(folder.getFileName()));
    }

    /** From files in memory, for instance those of an evidence package. */
    public static PackFiles of(String name, Map<String, byte[]> contents) {
        return new PackFiles(
                path -> {
                    byte[] bytes = contents.get(path);
                    if (bytes == null) {
                        throw new IOException("missing");
                    }
                    return bytes;
                },
                name);
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("larger than " + MOST_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] bytes(Source source, String path, String name) {
        try {
            return source.bytes(path);
        } catch (IOException e) {
            throw refusal(
                    name + "/" + path,
                    "읽을 수 없습니다 (" + e.getClass().getSimpleName() + ")",
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    /**
     * Writes {@code pack.json} anew for the files that lie in the folder now; id, version and title stay.
     *
     * @param data true for the path of a file that decides; cases, schemas and whatever else lies in the folder do not
     * @return the digest
     */
    public static String seal(Path folder, Predicate<String> data) {
        Path manifest = folder.resolve(MANIFEST);
        String name = String.valueOf(folder.getFileName());
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, Object> top = new LinkedHashMap<>();
            Place old = new Place(name + "/" + MANIFEST, "", parse(name + "/" + MANIFEST, read(manifest)));
            top.put("id", old.text("id"));
            top.put("version", old.text("version"));
            BilingualText title = old.bilingual("title");
            top.put("title", new TreeMap<>(Map.of("ko", title.ko(), "en", title.en())));
            SortedMap<String, byte[]> files = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (data.test(path)) {
                    files.put(path, read(file));
                }
            }
            top.put("files", List.copyOf(files.keySet()));
            String digest = digest(old.text("id"), old.text("version"), files);
            top.put("digest", digest);
            replace(manifest, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(top) + "\n");
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or not at all: a manifest that was cut off would lose id and title too. */
    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(".gaon-" + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    public String id() {
        return id;
    }

    public String version() {
        return version;
    }

    public BilingualText title() {
        return title;
    }

    public byte[] manifest() {
        return manifest;
    }

    public SortedMap<String, byte[]> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    public boolean has(String path) {
        return files.containsKey(path);
    }

    public String digest() {
        return digest(id, version, files);
    }

    public static String digest(String id, String version, SortedMap<String, byte[]> files) {
        StringBuilder list = new StringBuilder(id).append('\n').append(version).append('\n');
        files.forEach((path, bytes) ->
                list.append(path).append(' ').append(sha256(bytes)).append('\n'));
        return "sha256:" + sha256(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Of all bytes of a file, however large; an interrupt stops it. */
    public static String sha256(Path file) throws IOException {
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer part = ByteBuffer.allocate(1 << 20);
            while (in.read(part) >= 0) {
                digest.update(part.flip());
                part.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public byte[] bytes(String path) {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw refusal(id + "/" + path, "없습니다", "is missing", null);
        }
        return bytes;
    }

    public Place read(String path, Set<String> keys) {
        String file = id + "/" + path;
        Place top = new Place(file, "", parse(file, bytes(path)));
        top.only(keys);
        return top;
    }

    /** The top of one document that lies in no pack, read as strictly; {@code name} stands for it in messages. */
    public static Place document(String name, byte[] json) {
        return new Place(name, "", parse(name, json));
    }

    private static JsonNode parse(String file, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " " + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            throw refusal(file, "JSON이 아닙니다" + where, "is no JSON" + where, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names at the top of a file. */
    public Set<String> names(String path) {
        Set<String> names = new LinkedHashSet<>();
        parse(id + "/" + path, bytes(path)).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static IllegalArgumentException refusal(String place, String ko, String en, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                new BilingualText(
                                "자료를 쓸 수 없습니다: " + place + ": " + ko + ".",
                                "The data cannot be used: " + place + ": " + en + ".")
                        .both(),
                cause);
    }

    /** One value in a file, and where it stands. */
    public record Place(String file, String pointer, JsonNode node) {

        public IllegalArgumentException wrong(String ko, String en) {
            return refusal(file + (pointer.isEmpty() ? "" : "#" + pointer), ko, en, null);
        }

        /** Refuses keys that nobody reads: they are misspelt. */
        public void only(Set<String> keys) {
            if (!node.isObject()) {
                throw wrong("객체({ })여야 합니다", "must be an object");
            }
            node.fieldNames().forEachRemaining(key -> {
                if (!keys.contains(key)) {
                    throw wrong("모르는 이름입니다: " + key, "unknown key: " + key);
                }
            });
        }

        public Place at(String key) {
            JsonNode value = node.get(key);
            return new Place(file, pointer + "/" + key, value == null ? MissingNode.getInstance() : value);
        }

        public boolean has(String key) {
            return node.hasNonNull(key);
        }

        public String text(String key) {
            Place at = at(key);
            if (!at.node.isTextual() || at.node.asText().isBlank()) {
                throw at.wrong("글이 있어야 합니다", "must be text");
            }
            return at.node.asText();
        }

        public @Nullable String optional(String key) {
            return has(key) ? text(key) : null;
        }

        public BilingualText bilingual(String key) {
            return at(key).bilingual();
        }

        public @Nullable BilingualText optionalBilingual(String key) {
            return has(key) ? bilingual(key) : null;
        }

        public BilingualText bilingual() {
            only(Set.of("ko", "en"));
            return new BilingualText(text("ko"), text("en"));
        }

        public boolean truth(String key) {
            Place at = at(key);
            if (!at.node.isBoolean()) {
                throw at.wrong("true나 false여야 합니다", "must be true or false");
            }
            return at.node.asBoolean();
        }

        /** Null if it is absent or null. */
        public @Nullable Boolean optionalBoolean(String key) {
            if (!has(key)) {
                return null;
            }
            if (!at(key).node.isBoolean()) {
                throw at(key).wrong("true, false, null 가운데 하나입니다", "must be true, false or null");
            }
            return at(key).node.booleanValue();
        }

        public List<String> texts(String key) {
            List<String> texts = new ArrayList<>();
            for (Place each : list(key)) {
                if (!each.node.isTextual()) {
                    throw each.wrong("글이 있어야 합니다", "must be text");
                }
                texts.add(each.node.asText());
            }
            return texts;
        }

        /** A list of texts, or one text that stands for itself. */
        public List<String> oneOrMore(String key) {
            return at(key).node.isTextual() ? List.of(text(key)) : texts(key);
        }

        public LocalDate date(String key) {
            String text = text(key);
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw at(key).wrong("날짜는 2026-01-22처럼 적습니다", "a date looks like 2026-01-22");
            }
        }

        public @Nullable LocalDate optionalDate(String key) {
            return has(key) ? date(key) : null;
        }

        public <E extends Enum<E>> E oneOf(String key, E[] values) {
            String word = text(key).toUpperCase(Locale.ROOT).replace('-', '_');
            for (E value : values) {
                if (value.name().equals(word)) {
                    return value;
                }
            }
            throw at(key).wrong("모르는 값입니다: " + word, "unknown value: " + word);
        }

        public List<Place> list(String key) {
            JsonNode list = at(key).node;
            if (!list.isArray() && !list.isMissingNode()) {
                throw at(key).wrong("목록([ ])이어야 합니다", "must be a list");
            }
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                places.add(new Place(file, pointer + "/" + key + "/" + i, list.get(i)));
            }
            return places;
        }

        public Map<String, Place> each(String key) {
            Place at = at(key);
            if (!at.node.isObject() && !at.node.isMissingNode()) {
                throw at.wrong("객체({ })여야 합니다", "must be an object");
            }
            Map<String, Place> places = new LinkedHashMap<>();
            at.node.fieldNames().forEachRemaining(name -> places.put(name, at.at(name)));
            return places;
        }
    }
}
