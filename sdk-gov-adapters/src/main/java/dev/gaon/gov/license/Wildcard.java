package dev.gaon.gov.license;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A key of a code table in which {@code *} stands for anything; the only pattern language of the data. Immutable. */
final class Wildcard {

    private final String[] parts;
    private final int letters;

    Wildcard(String key) {
        parts = MarkText.of(key).split("\\*", -1);
        letters = Arrays.stream(parts).mapToInt(String::length).sum();
    }

    static boolean is(String key) {
        return key.indexOf('*') >= 0;
    }

    /** How much of it is literal. */
    int letters() {
        return letters;
    }

    boolean matches(String value) {
        return !spans(value).isEmpty();
    }

    /** Where it matches, from its start up to its end. */
    record Span(int start, int end) {}

    /** The places where it matches; a pattern of more than one piece is placed once, leftmost. */
    List<Span> spans(String value) {
        if (parts.length == 3 && parts[0].isEmpty() && parts[2].isEmpty() && !parts[1].isEmpty()) {
            return every(parts[1], value);
        }
        if (parts.length == 1) {
            return value.equals(parts[0]) ? List.of(new Span(0, value.length())) : List.of();
        }
        if (letters == 0) {
            return List.of(new Span(0, 0));
        }
        String last = parts[parts.length - 1];
        int end = value.length() - last.length();
        if (!value.startsWith(parts[0]) || !value.endsWith(last) || end < parts[0].length()) {
            return List.of();
        }
        int from = parts[0].length();
        int start = parts[0].isEmpty() ? -1 : 0;
        for (int i = 1; i < parts.length - 1; i++) {
            int at = value.indexOf(parts[i], from);
            if (at < 0 || at + parts[i].length() > end) {
                return List.of();
            }
            start = start < 0 ? at : start;
            from = at + parts[i].length();
        }
        return List.of(new Span(start < 0 ? end : start, last.isEmpty() ? from : value.length()));
    }

    private static List<Span> every(String piece, String value) {
        List<Span> found = new ArrayList<>();
        for (int at = value.indexOf(piece); at >= 0; at = value.indexOf(piece, at + piece.length())) {
            found.add(new Span(at, at + piece.length()));
        }
        return found;
    }
}
