package dev.gaon.gov.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a row can change a decision, in one form: a work document without id and title of its own, its claims without
 * hashes and, but for which of several sites it was, without addresses, each with the day it was seen, in order and without repeats. One thread.
 */
final class EvidenceTuple {

    /** In place of the id and title that do not decide. */
    static final String NAME = "evidence";

    private static final int LONGEST = 100_000;
    private static final int MOST_CLAIMS = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The row cannot be decided. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        final UnreadableCause cause;

        Refused(UnreadableCause cause) {
            super(cause.word(), null, false, false);
            this.cause = cause;
        }
    }

    private final Map<String, String> values;

    private EvidenceTuple(Map<String, String> values) {
        this.values = values;
    }

    /** @param values by field; blank ones are left out */
    static String canonical(Map<String, String> values) throws Refused {
        for (String each : values.values()) {
            if (each.length() > LONGEST) {
                throw new Refused(UnreadableCause.TOO_LONG);
            }
        }
        return CanonicalForm.write(new EvidenceTuple(values).document());
    }

    static String basis(String canonical) {
        return PackFiles.sha256(canonical.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    private Map<String, Object> document() throws Refused {
        Map<String, Object> out = new TreeMap<>();
        out.put("id", NAME);
        out.put("title", NAME);
        out.put("claims", claims().values());
        for (Map.Entry<String, String> each : values.entrySet()) {
            int dot = each.getKey().indexOf('.');
            if (dot > 0) {
                Object value = switch (Manifest.field(each.getKey()).kind()) {
                    case FACT -> fact(each.getValue());
                    case DAY -> day(each.getValue()).toString();
                    default -> each.getValue().strip();
                };
                part(out, each.getKey().substring(0, dot)).put(each.getKey().substring(dot + 1), value);
            }
        }
        return out;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> out, String name) {
        return (Map<String, Object>) out.computeIfAbsent(name, key -> new TreeMap<String, Object>());
    }

    private static boolean fact(String text) throws Refused {
        Boolean fact = Manifest.fact(text.strip().toLowerCase(Locale.ROOT));
        if (fact == null) {
            throw new Refused(UnreadableCause.WRONG_TYPE);
        }
        return fact;
    }

    private static LocalDate day(String text) throws Refused {
        LocalDate day = Manifest.days().read(text);
        if (day == null) {
            throw new Refused(UnreadableCause.UNKNOWN_DATE);
        }
        return day;
    }

    private @Nullable LocalDate dayOf(String field) throws Refused {
        String text = values.get(field);
        return text == null ? null : day(text);
    }

    /** By what they say, so that neither order nor repeats make another basis. */
    private Map<String, Map<String, Object>> claims() throws Refused {
        LocalDate collected = dayOf("collected");
        LocalDate seen = dayOf("seen");
        List<Map<String, Object>> claims = new ArrayList<>();
        String listed = values.get("claims");
        if (listed != null) {
            JsonNode list = json(listed);
            if (!list.isArray()) {
                throw new Refused(UnreadableCause.WRONG_TYPE);
            }
            for (JsonNode each : list) {
                claims.add(claim(each, collected));
            }
        }
        String license = values.get("license");
        if (license != null) {
            JsonNode list = license.strip().startsWith("[") ? several(license) : null;
            if (list == null) {
                claims.add(claim(license, seen == null ? collected : seen));
            } else {
                for (JsonNode each : list) {
                    claims.add(claim(each.asText(), seen == null ? collected : seen));
                }
            }
        }
        if (claims.size() > MOST_CLAIMS) {
            throw new Refused(UnreadableCause.TOO_LONG);
        }
        sites(claims);
        Map<String, Map<String, Object>> each = new TreeMap<>();
        claims.forEach(claim -> each.put(key(claim), claim));
        return each;
    }

    /** Addresses go, save that what other sites say in the same place stays apart: a later word of one takes back none of another. */
    private static void sites(List<Map<String, Object>> claims) {
        Map<List<Object>, TreeSet<String>> places = new HashMap<>();
        for (Map<String, Object> claim : claims) {
            places.computeIfAbsent(place(claim), key -> new TreeSet<>()).add(Claim.site((String) claim.get("url")));
        }
        for (Map<String, Object> claim : claims) {
            TreeSet<String> sites = places.get(place(claim));
            String url = (String) claim.remove("url");
            if (url != null && sites != null && sites.size() > 1) {
                claim.put("url", "site:" + sites.headSet(Claim.site(url)).size());
            }
        }
    }

    private static List<Object> place(Map<String, Object> claim) {
        return List.of(claim.get("level"), claim.get("source"), claim.get("field"));
    }

    private static String key(Map<String, Object> claim) {
        StringBuilder key = new StringBuilder();
        for (String each : new String[] {"level", "source", "field", "value", "seen", "url"}) {
            key.append(claim.getOrDefault(each, "")).append('\0');
        }
        return key.toString();
    }

    private static Map<String, Object> claim(JsonNode from, @Nullable LocalDate collected) throws Refused {
        Map<String, Object> claim = new TreeMap<>();
        for (String key : new String[] {"level", "source", "field", "value"}) {
            JsonNode value = from.path(key);
            if (!value.isTextual()) {
                throw new Refused(UnreadableCause.BAD_EVIDENCE);
            }
            claim.put(key, value.asText());
        }
        if (from.path("url").isTextual()) {
            claim.put("url", from.path("url").asText());
        }
        JsonNode said = from.path("seen");
        if (!said.isMissingNode() && !said.isNull() && !said.isTextual()) {
            throw new Refused(UnreadableCause.UNKNOWN_DATE);
        }
        seen(claim, said.isTextual() ? day(said.asText()) : collected);
        return claim;
    }

    private Map<String, Object> claim(String license, @Nullable LocalDate seen) {
        Map<String, Object> claim = new TreeMap<>();
        claim.put("level", values.getOrDefault("license_level", "item").strip());
        claim.put("source", values.getOrDefault("license_source", "hf-card").strip());
        claim.put("field", values.getOrDefault("license_field", "license").strip());
        claim.put("value", license);
        seen(claim, seen);
        return claim;
    }

    private static void seen(Map<String, Object> claim, @Nullable LocalDate seen) {
        if (seen != null) {
            claim.put("seen", seen.toString());
        }
    }

    /** A list of licences stands for a claim each; other text that begins like one is a licence as written. */
    private static @Nullable JsonNode several(String text) {
        try {
            JsonNode list = json(text);
            for (JsonNode each : list) {
                if (!each.isTextual()) {
                    return null;
                }
            }
            return list.isArray() ? list : null;
        } catch (Refused e) {
            return null;
        }
    }

    private static JsonNode json(String text) throws Refused {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Refused(UnreadableCause.MALFORMED);
        }
    }
}
