package dev.gaon.gov.law;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is declared of one service: facts that are true, false, a number or a choice. What is not declared is unknown, which
 * is neither. Immutable and safe to share; every {@code with} method returns a changed copy.
 *
 * <p>A profile knows no vocabulary: a misspelt fact is refused where the profile meets a {@link RulePack}.
 */
public final class ServiceProfile {

    private static final int MOST_FACTS = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String service;
    private final Map<String, Object> facts;

    private ServiceProfile(String service, Map<String, Object> facts) {
        this.service = service;
        this.facts = facts;
    }

    /** A service of which nothing is declared yet. */
    public static ServiceProfile of(String service) {
        if (service.isBlank()) {
            throw wrong("서비스의 이름이 비어 있습니다.", "The service has no name.", null);
        }
        return new ServiceProfile(service, Map.of());
    }

    /**
     * Reads {@code {"service": "...", "facts": {"isGenerative": true, "dauKr": 1000000, "hiArea": "SA", "hiSerious": null}}};
     * null is unknown.
     *
     * @throws IllegalArgumentException if it is no such document
     */
    public static ServiceProfile parse(String json) {
        JsonNode top;
        try {
            top = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw wrong(
                    "프로필이 JSON이 아닙니다" + (at == null ? "." : ": " + at.getLineNr() + "행 " + at.getColumnNr() + "열."),
                    "The profile is no JSON"
                            + (at == null ? "." : ": line " + at.getLineNr() + ", column " + at.getColumnNr() + "."),
                    e);
        }
        top.fieldNames().forEachRemaining(name -> {
            if (!name.equals("service") && !name.equals("facts")) {
                throw wrong("프로필에는 service와 facts만 있습니다.", "A profile holds service and facts only.", null);
            }
        });
        if (!top.path("service").isTextual()
                || !top.path("facts").isObject()
                || top.path("facts").size() > MOST_FACTS) {
            throw wrong(
                    "프로필은 {\"service\": \"이름\", \"facts\": {...}} 모양이어야 합니다.",
                    "A profile looks like {\"service\": \"name\", \"facts\": {...}}.",
                    null);
        }
        Map<String, Object> facts = new TreeMap<>();
        top.get("facts").properties().forEach(fact -> {
            Object value = value(fact.getKey(), fact.getValue());
            if (value != null) {
                facts.put(fact.getKey(), value);
            }
        });
        return new ServiceProfile(of(top.get("service").asText()).service, Collections.unmodifiableMap(facts));
    }

    private static @Nullable Object value(String name, JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.asBoolean();
        } else if (value.isNumber() && Double.isFinite(value.asDouble())) {
            return value.asDouble();
        } else if (value.isTextual()) {
            return value.asText();
        }
        String shown = name.length() > 60 ? name.substring(0, 60) : name;
        throw wrong(
                "사실의 값은 true, false, 숫자, 글, null 가운데 하나입니다: " + shown.replaceAll("[^\\p{L}\\p{N}_.-]", "?") + ".",
                "The value of a fact is true, false, a number, a text or null: "
                        + shown.replaceAll("[^\\p{L}\\p{N}_.-]", "?") + ".",
                null);
    }

    private static IllegalArgumentException wrong(String ko, String en, @Nullable Throwable cause) {
        return new IllegalArgumentException(new BilingualText(ko, en).both(), cause);
    }

    /** A yes-or-no fact. */
    public ServiceProfile with(String fact, boolean value) {
        return put(fact, value);
    }

    /** A number; it must be finite. */
    public ServiceProfile with(String fact, double value) {
        if (!Double.isFinite(value)) {
            throw wrong("유한한 숫자가 아닙니다: " + fact + ".", "No finite number: " + fact + ".", null);
        }
        return put(fact, value);
    }

    /** A choice. */
    public ServiceProfile with(String fact, String value) {
        return put(fact, value);
    }

    /** The same, this fact unknown again. */
    public ServiceProfile without(String fact) {
        Map<String, Object> fewer = new TreeMap<>(facts);
        fewer.remove(fact);
        return new ServiceProfile(service, Collections.unmodifiableMap(fewer));
    }

    private ServiceProfile put(String fact, Object value) {
        Map<String, Object> more = new TreeMap<>(facts);
        more.put(fact, value);
        return new ServiceProfile(service, Collections.unmodifiableMap(more));
    }

    public String service() {
        return service;
    }

    /** What is declared, by name: {@link Boolean}, {@link Double} or {@link String}. */
    public Map<String, Object> facts() {
        return facts;
    }

    /** In canonical JSON (RFC 8785). */
    public String toJson() {
        Map<String, Object> all = new TreeMap<>();
        all.put("service", service);
        all.put("facts", facts);
        return CanonicalForm.write(all);
    }

    /** Of {@link #toJson()}, {@code sha256:...}. */
    public String digest() {
        return "sha256:" + PackFiles.sha256(toJson().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof ServiceProfile that && service.equals(that.service) && facts.equals(that.facts);
    }

    @Override
    public int hashCode() {
        return service.hashCode() * 31 + facts.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
