package dev.gaon.gov.license;

import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One work and what is known of it: who published it, what was seen of its licence, what was declared of it and of its use.
 * Immutable and safe to share; every {@code with} method returns a changed copy. What is not declared is unknown, which is
 * neither yes nor no.
 *
 * <p>At most 1,000 claims and 100 facts; texts of at most 4,000 characters.
 */
public final class Work {

    private static final int LONGEST = 4_000;
    private static final int MOST_CLAIMS = 1_000;
    private static final int MOST_FACTS = 100;
    private static final int MOST_LETTERS = 8 << 20;
    private static final Set<String> KINDS = Set.of("state", "local", "public-institution", "private");
    private static final Set<String> KEYS = Set.of(
            "id", "title", "author", "url", "publisher", "collected", "published", "claims", "flags", "use", "user");

    private final Map<String, String> texts;
    private final Map<String, LocalDate> dates;
    private final Map<String, Boolean> facts;
    private final List<Claim> claims;

    private Work(
            Map<String, String> texts, Map<String, LocalDate> dates, Map<String, Boolean> facts, List<Claim> claims) {
        this.texts = texts;
        this.dates = dates;
        this.facts = facts;
        this.claims = claims;
        texts.values()
                .forEach(text -> require(
                        text.length() <= LONGEST,
                        LONGEST + "자보다 긴 글이 있습니다.",
                        "A text is longer than " + LONGEST + " characters."));
        require(!id().isBlank(), "id가 없습니다.", "It has no id.");
        require(
                claims.size() <= MOST_CLAIMS,
                "표시(claims)는 " + MOST_CLAIMS + "개까지입니다.",
                "It has more than " + MOST_CLAIMS + " claims.");
        require(
                facts.size() <= MOST_FACTS,
                "사실은 " + MOST_FACTS + "개까지입니다.",
                "It has more than " + MOST_FACTS + " facts.");
        String kind = publisherKind();
        require(
                kind == null || KINDS.contains(kind),
                "publisher.kind는 state, local, public-institution, private 가운데 하나입니다.",
                "publisher.kind is one of state, local, public-institution, private.");
        String country = country();
        require(
                country == null || country.matches("[A-Z]{2}"),
                "user.country는 KR처럼 대문자 두 자입니다.",
                "user.country is two capitals, as in KR.");
    }

    private static void require(boolean holds, String ko, String en) {
        if (!holds) {
            throw new IllegalArgumentException(
                    new BilingualText("저작물 자료를 쓸 수 없습니다. " + ko, "The work cannot be used. " + en).both());
        }
    }

    /** A work of which no more is known. */
    public static Work of(String id, String title) {
        return new Work(new TreeMap<>(Map.of("id", id, "title", title)), Map.of(), Map.of(), List.of());
    }

    /**
     * Reads one JSON document:
     *
     * <pre>{@code
     * {"id": "w1", "title": "...", "author": "...", "url": "https://...",
     *  "publisher": {"name": "...", "kind": "state|local|public-institution|private"},
     *  "collected": "2026-05-01", "published": "2025-11-03",
     *  "claims": [{"level": "item", "source": "html", "field": "text", "value": "...", "seen": "2026-05-01"}],
     *  "flags": {"thirdParty": false}, "use": {"commercial": true, "usedSince": null}, "user": {"country": "KR"}}
     * }</pre>
     *
     * Only {@code id} and {@code title} are required; null is unknown.
     *
     * @throws IllegalArgumentException if it is no such document, or past the limits; the message names the place
     */
    public static Work parse(String json) {
        require(json.length() <= MOST_LETTERS, "문서가 너무 큽니다.", "The document is too large.");
        PackFiles.Place top = PackFiles.document("work", json.getBytes(StandardCharsets.UTF_8));
        top.only(KEYS);
        Map<String, String> texts = new TreeMap<>();
        Map<String, LocalDate> dates = new TreeMap<>();
        Map<String, Boolean> facts = new TreeMap<>();
        texts.put("id", top.text("id"));
        texts.put("title", top.text("title"));
        texts(top, "", texts, "author", "url");
        dates(top, "", dates, "collected", "published");
        PackFiles.Place publisher = part(top, "publisher", "name", "kind");
        texts(publisher, "publisher.", texts, "name", "kind");
        texts(part(top, "user", "country"), "user.", texts, "country");
        PackFiles.Place use = top.at("use");
        texts(use, "use.", texts, "route");
        dates(use, "use.", dates, "usedSince");
        facts(use, "use.", facts, Set.of("route", "usedSince"));
        facts(top.at("flags"), "flags.", facts, Set.of());
        List<PackFiles.Place> listed = top.list("claims");
        require(
                listed.size() <= MOST_CLAIMS,
                "표시(claims)는 " + MOST_CLAIMS + "개까지입니다.",
                "It has more than " + MOST_CLAIMS + " claims.");
        List<Claim> claims = new ArrayList<>();
        listed.forEach(each -> claims.add(Claim.read(each)));
        return new Work(texts, dates, facts, claims);
    }

    private static PackFiles.Place part(PackFiles.Place top, String key, String... keys) {
        PackFiles.Place part = top.at(key);
        if (top.has(key)) {
            part.only(Set.of(keys));
        }
        return part;
    }

    private static void texts(PackFiles.Place at, String prefix, Map<String, String> out, String... keys) {
        for (String key : keys) {
            String text = at.optional(key);
            if (text != null) {
                out.put(prefix + key, text);
            }
        }
    }

    private static void dates(PackFiles.Place at, String prefix, Map<String, LocalDate> out, String... keys) {
        for (String key : keys) {
            LocalDate date = at.optionalDate(key);
            if (date != null) {
                out.put(prefix + key, date);
            }
        }
    }

    private static void facts(PackFiles.Place at, String prefix, Map<String, Boolean> out, Set<String> others) {
        if (!at.node().isMissingNode() && !at.node().isNull() && !at.node().isObject()) {
            throw at.wrong("객체({ })여야 합니다", "must be an object");
        }
        at.node().fieldNames().forEachRemaining(key -> {
            Boolean value = others.contains(key) ? null : at.optionalBoolean(key);
            if (value != null) {
                out.put(prefix + key, value);
            }
        });
    }

    private Work withText(String path, String text) {
        Map<String, String> more = new TreeMap<>(texts);
        more.put(path, text);
        return new Work(more, dates, facts, claims);
    }

    private Work withDate(String path, LocalDate date) {
        Map<String, LocalDate> more = new TreeMap<>(dates);
        more.put(path, date);
        return new Work(texts, more, facts, claims);
    }

    private Work withFact(String path, boolean value) {
        Map<String, Boolean> more = new TreeMap<>(facts);
        more.put(path, value);
        return new Work(texts, dates, more, claims);
    }

    /**
     * Names who published it.
     *
     * @param kind {@code state}, {@code local}, {@code public-institution} or {@code private}; null if not known
     */
    public Work withPublisher(String name, @Nullable String kind) {
        Work named = withText("publisher.name", name);
        return kind == null ? named : named.withText("publisher.kind", kind);
    }

    /** Names who published it; of what kind they are is not known. */
    public Work withPublisher(String name) {
        Map<String, String> more = new TreeMap<>(texts);
        more.put("publisher.name", name);
        more.remove("publisher.kind");
        return new Work(more, dates, facts, claims);
    }

    public Work withAuthor(String author) {
        return withText("author", author);
    }

    /** Where it can be had. */
    public Work withUrl(String url) {
        return withText("url", url);
    }

    public Work withPublished(LocalDate day) {
        return withDate("published", day);
    }

    /** When the copy in use was collected; also the day on which claims without a day of their own were seen. */
    public Work withCollected(LocalDate day) {
        return withDate("collected", day);
    }

    public Work withClaim(Claim claim) {
        List<Claim> more = new ArrayList<>(claims);
        more.add(claim);
        return new Work(texts, dates, facts, more);
    }

    /** Declares something of the work, for instance {@code thirdParty} or {@code personalData}. */
    public Work withFlag(String name, boolean value) {
        return withFact("flags." + name, value);
    }

    /** Declares something of the use: {@code commercial}, {@code verbatim} or {@code trainingData}. */
    public Work withUse(String name, boolean value) {
        return withFact("use." + name, value);
    }

    /**
     * The day since when this work has been used for the purpose that is asked about. A copy collected after that day is a
     * new collection, to which the terms of before a change no longer apply.
     */
    public Work withUsedSince(LocalDate day) {
        return withDate("use.usedSince", day);
    }

    /** The licence relied on where marks leave a choice, for instance type 1 beside the AI type; else the AI type is. */
    public Work withRoute(String license) {
        return withText("use.route", license);
    }

    /** Where the user belongs: two capitals, as in {@code KR}. */
    public Work withUserCountry(String country) {
        return withText("user.country", country);
    }

    public String id() {
        return texts.getOrDefault("id", "");
    }

    public String title() {
        return texts.getOrDefault("title", "");
    }

    public List<Claim> claims() {
        return Collections.unmodifiableList(claims);
    }

    @Nullable
    String author() {
        return texts.get("author");
    }

    @Nullable
    String url() {
        return texts.get("url");
    }

    @Nullable
    String publisher() {
        return texts.get("publisher.name");
    }

    @Nullable
    String publisherKind() {
        return texts.get("publisher.kind");
    }

    @Nullable
    String country() {
        return texts.get("user.country");
    }

    @Nullable
    String route() {
        return texts.get("use.route");
    }

    @Nullable
    LocalDate published() {
        return dates.get("published");
    }

    @Nullable
    LocalDate collected() {
        return dates.get("collected");
    }

    @Nullable
    LocalDate usedSince() {
        return dates.get("use.usedSince");
    }

    /** By path, for instance {@code flags.thirdParty}. */
    Map<String, Boolean> facts() {
        return facts;
    }

    /** The document that {@link #parse} reads, in canonical JSON (RFC 8785). */
    public String toJson() {
        Map<String, Object> out = new TreeMap<>();
        texts.forEach((path, text) -> put(out, path, text));
        dates.forEach((path, date) -> put(out, path, date.toString()));
        facts.forEach((path, value) -> put(out, path, value));
        out.put("claims", claims.stream().map(Claim::json).toList());
        return CanonicalForm.write(out);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> out, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            out.put(path, value);
        } else {
            Object part = out.computeIfAbsent(path.substring(0, dot), key -> new TreeMap<String, Object>());
            ((Map<String, Object>) part).put(path.substring(dot + 1), value);
        }
    }

    @Override
    public String toString() {
        return id() + " " + title();
    }
}
