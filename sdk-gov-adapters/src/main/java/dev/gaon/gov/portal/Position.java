package dev.gaon.gov.portal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a collection stands, as text that a caller keeps: what is asked, how far it got, and the calls of the day. Holds no
 * key. Immutable.
 *
 * @param pages fetched so far
 * @param rows seen so far
 * @param total as the portal told it last; null if it did not
 * @param recent hashes of the last pages, against a portal that goes round in circles
 * @param day in Asia/Seoul, on which the calls were made; null before the first
 */
record Position(
        String portal,
        String operation,
        Map<String, String> parameters,
        int pages,
        long rows,
        @Nullable Long total,
        List<String> recent,
        @Nullable LocalDate day,
        int calls) {

    private static final int LONGEST = 64 << 10;
    private static final int MOST_RECENT = 8;
    private static final Set<String> KEYS =
            Set.of("v", "portal", "operation", "parameters", "pages", "rows", "total", "recent", "day", "calls");

    static Position start(String portal, String operation, Map<String, String> parameters) {
        return new Position(portal, operation, new TreeMap<>(parameters), 0, 0, null, List.of(), null, 0);
    }

    Position called(LocalDate today, int count) {
        return new Position(portal, operation, parameters, pages, rows, total, recent, today, count);
    }

    Position after(int found, @Nullable Long now, String hash) {
        List<String> last = new ArrayList<>(recent);
        last.add(hash);
        return new Position(
                portal,
                operation,
                parameters,
                pages + 1,
                rows + found,
                now,
                List.copyOf(last.subList(Math.max(0, last.size() - MOST_RECENT), last.size())),
                day,
                calls);
    }

    String text() {
        Map<String, Object> out = new TreeMap<>();
        out.put("v", 1);
        out.put("portal", portal);
        out.put("operation", operation);
        out.put("parameters", parameters);
        out.put("pages", pages);
        out.put("rows", rows);
        if (total != null) {
            out.put("total", total);
        }
        out.put("recent", recent);
        if (day != null) {
            out.put("day", day.toString());
        }
        out.put("calls", calls);
        return CanonicalForm.write(out);
    }

    /** @throws IllegalArgumentException if it is no position; the message names the place */
    static Position parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("longer than any position");
        }
        PackFiles.Place top = PackFiles.document("position", text.getBytes(StandardCharsets.UTF_8));
        top.only(KEYS);
        if (number(top, "v") != 1) {
            throw top.at("v").wrong("다른 판의 자리 표시입니다", "a position of another version");
        }
        Map<String, String> parameters = new TreeMap<>();
        top.each("parameters")
                .forEach((name, at) -> parameters.put(name, at.node().asText()));
        List<String> recent = top.texts("recent");
        return new Position(
                top.text("portal"),
                top.text("operation"),
                parameters,
                (int) Math.min(number(top, "pages"), Integer.MAX_VALUE),
                number(top, "rows"),
                top.has("total") ? number(top, "total") : null,
                List.copyOf(recent.subList(Math.max(0, recent.size() - MOST_RECENT), recent.size())),
                top.optionalDate("day"),
                (int) Math.min(number(top, "calls"), Integer.MAX_VALUE));
    }

    private static long number(PackFiles.Place top, String key) {
        JsonNode node = top.at(key).node();
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            throw top.at(key).wrong("0 이상의 정수여야 합니다", "must be a whole number, not negative");
        }
        return node.asLong();
    }
}
