package dev.gaon;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Provider and model files: those in this jar, read when they are asked for, and the user's, read at once.
 *
 * <p>A user's file of the same id replaces the bundled one. Safe for use by many threads.
 */
final class Catalogue {

    private static final int LARGEST = 1 << 20;
    private static final int MOST_FILES = 1_000;
    private static final String PLACE = "catalogue/";
    private static final String NOT_KNOWN = "NOASSERTION";

    private final Map<String, Provider> providers = new ConcurrentHashMap<>();
    private final Map<String, ModelCard> models = new ConcurrentSkipListMap<>();
    private final Map<String, ModelCard.Terms> terms = new ConcurrentHashMap<>();
    private volatile boolean complete;

    Catalogue(Collection<Path> userFiles) {
        List<CatalogueFile> userModels = new ArrayList<>();
        for (Path path : userFiles) {
            read(path, userModels);
        }
        for (CatalogueFile file : userModels) {
            ModelCard card = model(file);
            models.put(card.id(), card);
        }
    }

    /** Null if there is none of this id. */
    @Nullable
    Provider provider(String id) {
        Provider known = providers.get(id);
        if (known == null && id.matches("[a-z0-9][a-z0-9._-]*")) {
            CatalogueFile file = bundled("providers/" + id + ".json");
            if (file != null) {
                known = provider(file);
                providers.put(id, known);
            }
        }
        return known;
    }

    /** Of an id that no file explains, everything is unknown but the id. */
    private ModelCard.Terms terms(String id) {
        ModelCard.Terms known = terms.get(id);
        if (known == null) {
            CatalogueFile file = id.matches("[A-Za-z0-9][A-Za-z0-9.+-]*") ? bundled("licences/" + id + ".json") : null;
            known = file == null ? new ModelCard.Terms(id) : ModelCard.Terms.of(file);
            terms.put(id, known);
        }
        return known;
    }

    /** By id or alias; null if nobody knows it. */
    @Nullable
    ModelCard model(String id) {
        ModelCard known = models.get(id);
        if (known == null && id.matches("[a-z0-9][a-z0-9._-]*")) {
            CatalogueFile file = bundled("models/" + id + ".json");
            if (file != null) {
                known = model(file);
                models.put(id, known);
            }
        }
        if (known == null) {
            for (ModelCard card : models()) {
                if (card.id().equalsIgnoreCase(id) || card.aliases().stream().anyMatch(id::equalsIgnoreCase)) {
                    return card;
                }
            }
        }
        return known;
    }

    /** All of them, by id. */
    Collection<ModelCard> models() {
        if (!complete) {
            for (String name : required("index.json").texts("models")) {
                String id = name.substring(0, name.length() - ".json".length());
                if (!models.containsKey(id)) {
                    models.putIfAbsent(id, model(required("models/" + name)));
                }
            }
            complete = true;
        }
        return models.values();
    }

    /** Null if there is no such file in this jar. */
    private static @Nullable CatalogueFile bundled(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream(PLACE + name)) {
            return in == null ? null : file(name, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the bundled catalogue file " + name + " cannot be read", e);
        }
    }

    private static CatalogueFile required(String name) {
        return Objects.requireNonNull(bundled(name), name);
    }

    private static CatalogueFile file(String name, byte[] bytes) throws IOException {
        return new CatalogueFile(name, "", JsonTree.read(bytes), Digests.sha256(bytes));
    }

    private void read(Path path, List<CatalogueFile> userModels) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> below = Files.walk(path, 2)) {
                below.filter(file -> file.toString().endsWith(".json"))
                        .limit(MOST_FILES + 1L)
                        .sorted()
                        .forEach(files::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                throw unreadable(path, "폴더를 읽을 수 없습니다", "the folder cannot be read", e);
            }
            if (files.isEmpty() || files.size() > MOST_FILES) {
                throw unreadable(path, ".json 파일이 1~1000개 있어야 합니다", "it must hold 1 to 1000 .json files", null);
            }
        } else {
            files.add(path);
        }
        for (Path file : files) {
            CatalogueFile object = parse(file);
            if (object.has("providers") || ((object.has("models") || object.has("licences")) && !object.has("id"))) {
                object.objects("providers").forEach(this::addProvider);
                object.objects("licences").forEach(this::addTerms);
                userModels.addAll(object.objects("models"));
                object.done();
            } else if (object.has("endpoints")) {
                userModels.add(object);
            } else if (object.has("commercial")) {
                addTerms(object);
            } else {
                addProvider(object);
            }
        }
    }

    private void addProvider(CatalogueFile file) {
        Provider provider = provider(file);
        providers.put(provider.id(), provider);
    }

    private void addTerms(CatalogueFile file) {
        ModelCard.Terms one = ModelCard.Terms.of(file);
        terms.put(one.id(), one);
    }

    private static CatalogueFile parse(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw unreadable(file, "1 MiB를 넘습니다", "it is larger than 1 MiB", null);
            }
            return file(file.toString(), Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? "?"
                    : e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")) {
                throw unreadable(file, place + "에서 같은 항목이 되풀이됩니다", "a key is repeated at " + place, null);
            }
            throw unreadable(file, place + "에서 JSON이 잘못되었습니다", "its JSON is wrong at " + place, null);
        } catch (IOException e) {
            throw unreadable(
                    file,
                    "파일을 읽을 수 없습니다(" + e.getClass().getSimpleName() + ")",
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static IllegalArgumentException unreadable(Path path, String ko, String en, @Nullable Throwable cause) {
        return new Text(
                        "카탈로그를 읽을 수 없습니다: " + path + ": " + ko + ". 경로와 내용을 고친 뒤 다시 실행하세요.",
                        "Cannot read the catalogue " + path + ": " + en + ". Mend it and start again.")
                .refusal(cause);
    }

    private static Provider provider(CatalogueFile file) {
        String id = file.required("id");
        String dialect = file.text("dialect", "openai");
        String baseUrl = file.text("baseUrl");
        CatalogueFile auth = file.object("auth");
        CatalogueFile status = file.object("status");
        CatalogueFile resend = file.object("resend");
        String header = auth == null ? null : auth.text("header");
        if (header != null && !header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw file.refused("auth/header", "헤더 이름이 아닙니다", "is no header name");
        }
        String prefix = auth == null ? "" : auth.text("prefix", "");
        if (!prefix.matches("[ -~]*")) {
            throw file.refused("auth/prefix", "보이는 ASCII 문자만 쓸 수 있습니다", "must hold visible ASCII characters only");
        }
        if (auth != null && header == null && auth.bool("required", true)) {
            throw auth.refused(
                    "header",
                    "키를 실을 헤더 이름이 있어야 합니다. 예: Authorization",
                    "must name the header of the key, such as Authorization");
        }
        URI uri = null;
        if (baseUrl != null) {
            try {
                uri = baseUrl.startsWith("embedded:") ? URI.create(baseUrl) : Endpoint.checked(baseUrl);
            } catch (Endpoint.BadAddress e) {
                throw file.refused("baseUrl", e.why.ko(), e.why.en());
            } catch (IllegalArgumentException e) {
                throw file.refused("baseUrl", "주소를 쓸 수 없습니다", "the address cannot be used");
            }
        }
        Provider provider = new Provider(
                id,
                file.bilingual("name", id),
                dialect,
                uri,
                file.text("region"),
                header,
                prefix,
                auth == null ? null : auth.text("env"),
                auth != null && auth.bool("required", true),
                status == null ? null : lastDay(status, "until"),
                Quirks.of(file.object("quirks")),
                resend == null ? Set.of() : resend.integers("notStarted"),
                honoured(resend),
                paths(file),
                file.digest());
        closeAll(auth, status == null ? null : status.ignoring("state", "from", "note"), resend);
        file.ignoring("limits", "health", "notes", "facts").done();
        return provider;
    }

    private static Map<String, String> paths(CatalogueFile file) {
        Map<String, String> paths = file.words("paths");
        paths.forEach((purpose, path) -> {
            if (!path.startsWith("/") && !path.startsWith("../")) {
                throw file.refused("paths/" + purpose, "/로 시작해야 합니다", "must begin with /");
            }
        });
        return paths;
    }

    /** The header for resending, only where the provider is known to honour it. */
    private static @Nullable String honoured(@Nullable CatalogueFile resend) {
        if (resend == null) {
            return null;
        }
        String header = resend.text("idempotencyHeader");
        return resend.bool("honoured", false) ? header : null;
    }

    private static ModelCard.@Nullable Pair pair(CatalogueFile file) {
        CatalogueFile pair = file.object("pair");
        if (pair == null) {
            return null;
        }
        String kind = pair.required("kind");
        if (!kind.equals("query") && !kind.equals("document")) {
            throw pair.refused("kind", "query나 document여야 합니다", "must be query or document");
        }
        String family = pair.required("family");
        pair.done();
        return new ModelCard.Pair(family, kind.equals("query") ? EmbeddingKind.QUERY : EmbeddingKind.DOCUMENT);
    }

    private ModelCard model(CatalogueFile file) {
        String id = file.required("id");
        CatalogueFile context = file.object("context");
        CatalogueFile modalities = file.object("modalities");
        CatalogueFile thinking = file.object("thinking");
        CatalogueFile licence = file.object("licence");
        CatalogueFile status = file.object("status");
        CatalogueFile programme = file.object("programme");
        List<Endpoint> endpoints = new ArrayList<>();
        StringBuilder data = new StringBuilder(file.digest());
        for (CatalogueFile one : file.objects("endpoints")) {
            String named = one.required("provider");
            Provider provider = provider(named);
            if (provider == null) {
                String unknown = Text.printable(named, CatalogueFile.LONGEST);
                throw one.refused("provider", "모르는 제공자입니다: " + unknown, "no such provider: " + unknown);
            }
            data.append(provider.digest());
            endpoints.add(Endpoint.of(provider, one.text("dialect"), one.text("wireId"), lastDay(one, "until")));
            one.done();
        }
        ModelCard card = new ModelCard(
                id,
                file.bilingual("name", id),
                file.bilingual("owner", ""),
                file.text("kind", "chat"),
                context == null ? null : context.integer("tokens"),
                context == null ? null : context.integer("output"),
                modalities == null ? null : new LinkedHashSet<>(modalities.texts("input")),
                thinking == null ? null : thinking.values("levels"),
                thinking == null ? null : thinking.text("default"),
                file.bool("tools"),
                file.bool("structuredOutput"),
                file.integer("dimensions"),
                pair(file),
                file.pairs("exclusive"),
                terms(licence == null ? NOT_KNOWN : licence.text("id", NOT_KNOWN)),
                status == null
                        ? new ModelCard.Status("unverified", null, null)
                        : new ModelCard.Status(
                                status.text("state", "unverified"), date(status, "date"), status.text("successor")),
                programme == null
                        ? null
                        : new ModelCard.Programme(
                                programme.text("team", ""),
                                programme.integer("round") == null ? 0 : programme.integer("round"),
                                programme.text("standing", ""),
                                date(programme, "date")),
                endpoints,
                file.texts("aliases"),
                Digests.sha256(data.toString()),
                file.data());
        closeAll(
                context == null ? null : context.ignoring("note"),
                modalities == null ? null : modalities.ignoring("output"),
                thinking == null ? null : thinking.ignoring("note"),
                licence == null ? null : licence.ignoring("note"),
                status == null ? null : status.ignoring("note"),
                programme);
        file.ignoring("family", "size", "notes", "facts").done();
        return card;
    }

    private static void closeAll(@Nullable CatalogueFile... objects) {
        for (@Nullable CatalogueFile object : objects) {
            if (object != null) {
                object.done();
            }
        }
    }

    private static @Nullable LocalDate date(CatalogueFile file, String key) {
        String value = file.text(key);
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw file.refused(key, "날짜는 2026-01-22처럼 써야 합니다", "a date must look like 2026-01-22");
        }
    }

    private static @Nullable LastDay lastDay(CatalogueFile file, String key) {
        String value = file.text(key);
        try {
            return value == null ? null : LastDay.parse(value);
        } catch (DateTimeParseException e) {
            throw file.refused(
                    key,
                    "날짜는 2026-10-30(한국 시간)이나 2026-10-30Z(UTC)처럼 써야 합니다",
                    "a date must look like 2026-10-30 (Asia/Seoul) or 2026-10-30Z (UTC)");
        }
    }

    /** Ids and aliases, for finding the nearest. */
    Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        for (ModelCard card : models()) {
            names.put(card.id(), card.id());
            card.aliases().forEach(alias -> names.put(alias, card.id()));
        }
        return names;
    }
}
