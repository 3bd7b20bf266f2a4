package dev.gaon.gov.claim;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of an address that rules of a site speak of, and how they match it: a prefix in which {@code *} is anything and a
 * last {@code $} is the end.
 */
record SitePath(String path) {

    private static final int LONGEST = 4_000;

    static SitePath of(String url) {
        String raw;
        try {
            URI uri = URI.create(url);
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            raw = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        } catch (IllegalArgumentException e) {
            int host = url.indexOf("://");
            int slash = url.indexOf('/', host < 0 ? 0 : host + 3);
            raw = slash < 0 ? "/" : url.substring(slash);
        }
        return new SitePath(raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw);
    }

    /** What comes after the last dot of the last step, in lower case; null if there is none. */
    @Nullable
    String extension() {
        String file = path.replaceFirst("\\?.*", "");
        file = file.substring(file.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot < 0 ? null : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** How long the rule is if it matches; -1 if it does not. Time is at most the two lengths multiplied. */
    int matches(String rule) {
        if (rule.length() > LONGEST) {
            return -1;
        }
        boolean whole = rule.endsWith("$");
        String pattern = whole ? rule.substring(0, rule.length() - 1) : rule + "*";
        int at = 0;
        int in = 0;
        int star = -1;
        int tried = 0;
        while (at < path.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                tried = at;
            } else if (in < pattern.length() && pattern.charAt(in) == path.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++tried;
            } else {
                return -1;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length() ? rule.length() : -1;
    }
}
