package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was seen about the licence of a work, as it was written. Immutable. What it means is decided later, by the
 * table of its own source and the day it was seen.
 *
 * @param level where it stands: {@code item}, {@code page}, {@code dataset}, {@code collection} or {@code site}
 * @param source who writes this way, for instance {@code data.go.kr}, {@code khs} or {@code html}
 * @param field what of the source: {@code license}, {@code text}, {@code href}, {@code img}, {@code alt}, {@code rel} or
 *     {@code code}
 * @param value as it was written, at most 4,000 characters
 * @param seen the day it was seen; null is the day the work was collected
 * @param url where it was seen; null if not kept
 * @param extractor what read it, with its version; null if not kept
 * @param sha256 of the bytes it was read from, {@code sha256:...}; null if not kept
 */
public record Claim(
        String level,
        String source,
        String field,
        String value,
        @Nullable LocalDate seen,
        @Nullable String url,
        @Nullable String extractor,
        @Nullable String sha256) {

    private static final int LONGEST = 4_000;
    private static final Set<String> KEYS =
            Set.of("level", "source", "field", "value", "seen", "url", "extractor", "sha256");

    /** @throws IllegalArgumentException if the level is unknown, a text is too long or the hash is none */
    public Claim {
        BilingualText problem =
                problem(level, new String[] {source, field}, new @Nullable String[] {value, url, extractor}, sha256);
        if (problem != null) {
            throw new IllegalArgumentException(new BilingualText(
                            "라이선스 표시를 쓸 수 없습니다. " + problem.ko() + ".",
                            "The claim cannot be used: " + problem.en() + ".")
                    .both());
        }
    }

    private static @Nullable BilingualText problem(
            String level, String[] names, @Nullable String[] texts, @Nullable String sha256) {
        for (String each : names) {
            if (each.isBlank() || each.length() > 100) {
                return new BilingualText("source와 field는 1~100자입니다", "source and field have 1 to 100 characters");
            }
        }
        if (Arrays.stream(Level.values()).noneMatch(each -> word(each).equals(level))) {
            return new BilingualText(
                    "level은 item, page, dataset, collection, site 가운데 하나입니다",
                    "level is one of item, page, dataset, collection, site");
        }
        for (String each : texts) {
            if (each != null && each.length() > LONGEST) {
                return new BilingualText(
                        LONGEST + "자보다 긴 값입니다. 표시가 있는 부분만 남기세요",
                        "a value is longer than " + LONGEST + " characters; keep the part with the mark");
            }
        }
        return sha256 == null || sha256.matches("sha256:[0-9a-f]{64}")
                ? null
                : new BilingualText("sha256은 sha256:과 16진수 64자입니다", "sha256 is sha256: and 64 hexadecimal digits");
    }

    /** A claim of which no more is known. */
    public static Claim of(String level, String source, String field, String value) {
        return new Claim(level, source, field, value, null, null, null, null);
    }

    /** Of an address: what one site says does not speak for another. What has no host stands for itself. */
    public static String site(@Nullable String url) {
        String[] parts = url == null ? new String[0] : url.split("[/?#]", 4);
        return parts.length > 2 && parts[1].isEmpty() ? parts[2].toLowerCase(Locale.ROOT) : String.valueOf(url);
    }

    /** This claim, seen on a day. */
    public Claim seenOn(LocalDate day) {
        return new Claim(level, source, field, value, day, url, extractor, sha256);
    }

    static Claim read(PackFiles.Place at) {
        at.only(KEYS);
        PackFiles.Place value = at.at("value");
        if (!value.node().isTextual()) {
            throw value.wrong("글이 있어야 합니다", "must be text");
        }
        String level = at.text("level");
        String source = at.text("source");
        String field = at.text("field");
        String written = value.node().asText();
        String url = at.optional("url");
        String extractor = at.optional("extractor");
        String sha256 = at.optional("sha256");
        BilingualText problem =
                problem(level, new String[] {source, field}, new @Nullable String[] {written, url, extractor}, sha256);
        if (problem != null) {
            throw at.wrong(problem.ko(), problem.en());
        }
        return new Claim(level, source, field, written, at.optionalDate("seen"), url, extractor, sha256);
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    Level at() {
        return Level.valueOf(level.toUpperCase(Locale.ROOT));
    }

    Map<String, Object> json() {
        Map<String, Object> out = new TreeMap<>();
        out.put("level", level);
        out.put("source", source);
        out.put("field", field);
        out.put("value", value);
        put(out, "seen", seen == null ? null : seen.toString());
        put(out, "url", url);
        put(out, "extractor", extractor);
        put(out, "sha256", sha256);
        return out;
    }

    static void put(Map<String, Object> out, String key, @Nullable Object value) {
        if (value != null) {
            out.put(key, value);
        }
    }
}
