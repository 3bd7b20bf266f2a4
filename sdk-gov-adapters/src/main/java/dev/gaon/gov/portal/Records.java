package dev.gaon.gov.portal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a work of each record of one reply. Immutable. */
final class Records {

    /** Stands for a title where a portal states no licence, so that its works still say which reply they come from. */
    private static final String TITLE = "#title";

    private static final int LONGEST = 4_000;
    private static final int OVERLAP = 100;
    private static final int MOST_PIECES = 100;
    private static final int LONGEST_ID = 500;
    private static final Pattern DAY = Pattern.compile("(\\d{4})[-./]?(\\d{2})[-./]?(\\d{2})(?:\\D.*|\\d{4,6})?");
    private static final Pattern KEY = Pattern.compile("([?&](?i:serviceKey|cert_key|apikey|key)=)[^&#]*");

    private final Portal portal;
    private final Portal.Operation operation;
    private final Map<String, String> parameters;
    private final LocalDate seen;
    private final String url;
    private final String extractor;
    private final String sha256;

    Records(
            Portal portal,
            Portal.Operation operation,
            Map<String, String> parameters,
            LocalDate seen,
            String url,
            String extractor,
            String sha256) {
        this.portal = portal;
        this.operation = operation;
        this.parameters = parameters;
        this.seen = seen;
        this.url = url.length() > LONGEST ? url.substring(0, LONGEST) : url;
        this.extractor = extractor;
        this.sha256 = sha256;
    }

    Work work(JsonNode row) {
        Portal.Mapping mapping = operation.work();
        String id = id(row, mapping.id());
        String title = first(row, mapping.title());
        Work work = Work.of(id, cut(title.isEmpty() ? id : title, LONGEST)).withCollected(seen);
        String author = first(row, mapping.author());
        work = author.isEmpty() ? work : work.withAuthor(cut(author, LONGEST));
        String place = KEY.matcher(first(row, mapping.url())).replaceAll("$1");
        work = place.isEmpty() ? work : work.withUrl(cut(place, LONGEST));
        LocalDate published = day(first(row, mapping.published()));
        work = published == null ? work : work.withPublished(published);
        return claimed(published(work, first(row, mapping.publisher())), row);
    }

    private Work published(Work work, String named) {
        if (!named.isEmpty()) {
            return work.withPublisher(cut(named, LONGEST));
        }
        String name = portal.publisherName();
        String kind = portal.publisherKind();
        return name == null || kind == null ? work : work.withPublisher(name, kind);
    }

    private Work claimed(Work work, JsonNode row) {
        Work claimed = work;
        for (Portal.Mark mark : operation.claims()) {
            String value = mark.value() != null
                    ? mark.value()
                    : TITLE.equals(mark.at()) ? work.title() : field(row, String.valueOf(mark.at()));
            if (!value.isEmpty() || mark.always()) {
                for (String piece : pieces(value)) {
                    claimed = claimed.withClaim(
                            new Claim(mark.level(), mark.source(), mark.field(), piece, seen, url, extractor, sha256));
                }
            }
        }
        return claimed;
    }

    private String id(JsonNode row, List<String> fields) {
        List<String> parts = new ArrayList<>();
        for (String each : fields) {
            String part = field(row, each);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        String own = parts.isEmpty()
                ? PackFiles.sha256(row.toString().getBytes(StandardCharsets.UTF_8))
                        .substring(0, 16)
                : String.join("-", parts);
        return portal.id() + ":" + operation.name() + ":" + cut(own, LONGEST_ID);
    }

    private String first(JsonNode row, List<String> fields) {
        for (String each : fields) {
            String found = field(row, each);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private String field(JsonNode row, String name) {
        return name.startsWith("?")
                ? parameters.getOrDefault(name.substring(1), "")
                : Envelope.text(name.startsWith("/") ? row.at(name) : row.path(name));
    }

    /** A text that is longer than a claim may be becomes several, overlapping: a mark must not fall between two. */
    private static List<String> pieces(String value) {
        if (value.length() <= LONGEST) {
            return List.of(value);
        }
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < value.length() && pieces.size() < MOST_PIECES; from += LONGEST - OVERLAP) {
            pieces.add(cut(value.substring(from), LONGEST));
        }
        return pieces;
    }

    private static String cut(String text, int most) {
        int end = Math.min(text.length(), most);
        return text.substring(
                0, end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /** The day that a date begins with, as portals write it; null if it is none. */
    private static @Nullable LocalDate day(String text) {
        Matcher found = DAY.matcher(text);
        if (!found.matches()) {
            return null;
        }
        try {
            return LocalDate.of(
                    Integer.parseInt(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(3)));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
