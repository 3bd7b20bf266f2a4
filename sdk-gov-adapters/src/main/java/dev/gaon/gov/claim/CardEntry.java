package dev.gaon.gov.claim;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.CanonicalForm;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One dataset, or one part of it, as a description tells of it. Filled by the reader of its kind. One thread. */
final class CardEntry {

    private static final int LONGEST = 4_000;
    private static final int OVERLAP = 200;
    private static final int MOST_LETTERS = 64_000;
    private static final int LONGEST_NAME = 1_000;
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** What was written, and in which field. */
    private record Said(String field, String value) {}

    private final String source;
    private final Set<Said> said = new LinkedHashSet<>();
    private final List<CardEntry> parts = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String title;
    private @Nullable String author;
    private @Nullable String publisher;
    private @Nullable String url;
    private @Nullable LocalDate published;

    CardEntry(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }

    CardEntry part() {
        CardEntry part = new CardEntry(source);
        parts.add(part);
        return part;
    }

    void part(CardEntry part) {
        parts.add(part);
    }

    List<CardEntry> parts() {
        return parts;
    }

    boolean silent() {
        return said.isEmpty();
    }

    /** A value as it stands; one that is too long has no meaning in any table, so its start is enough. */
    void say(String field, @Nullable String value) {
        if (value != null) {
            said.add(new Said(field, CardText.clip(value.strip(), LONGEST)));
        }
    }

    /** Running text, in pieces that overlap so that no mark is cut in two. */
    void tell(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return;
        }
        String rest = text.strip();
        if (rest.length() > MOST_LETTERS) {
            throw CardFailure.tooMuch(
                    "라이선스 글이 " + MOST_LETTERS + "자보다 깁니다.",
                    "Its text on licences is longer than " + MOST_LETTERS + " characters.");
        }
        while (rest.length() > LONGEST) {
            String piece = CardText.clip(rest, LONGEST);
            said.add(new Said(field, piece));
            rest = CardText.whole(rest.substring(piece.length() - OVERLAP));
        }
        said.add(new Said(field, rest));
    }

    /** A licence as linked data write it: a text, an address, or a thing with a name and an address. */
    void licence(CardGraph graph, String field, List<Object> values) {
        for (Object each : values) {
            if (each instanceof CardNode reference) {
                CardNode node = graph.resolve(reference);
                String name = node.name();
                String address = node.id() != null ? node.id() : node.text("url", "sameAs");
                if (name == null && address == null) {
                    say(field, CanonicalForm.write(node.plain(8)));
                } else {
                    say(field, name != null ? name : address);
                    say("href", name == null ? null : address);
                }
            } else {
                say(field, String.valueOf(each));
            }
        }
    }

    /** Without a value all of these leave what is there. */
    void named(@Nullable String text) {
        title = text == null ? title : CardText.clip(text, LONGEST_NAME);
    }

    void called(@Nullable String text) {
        id = text == null ? id : CardText.clip(text, LONGEST_NAME);
    }

    void by(@Nullable String text) {
        author = text == null ? author : CardText.clip(text, LONGEST_NAME);
    }

    void from(@Nullable String text) {
        publisher = text == null ? publisher : CardText.clip(text, LONGEST_NAME);
    }

    void at(@Nullable String text) {
        url = text == null || text.length() > LONGEST ? url : text;
    }

    /** A day, or a moment, which is taken to the day in Asia/Seoul; anything else is not known. */
    void on(@Nullable String text) {
        if (text == null || text.length() < 10) {
            return;
        }
        try {
            published = OffsetDateTime.parse(text).atZoneSameInstant(SEOUL).toLocalDate();
        } catch (DateTimeException moment) {
            try {
                published = LocalDate.parse(text.substring(0, 10));
            } catch (DateTimeException day) {
                published = null;
            }
        }
    }

    /** What one reading of one file shares. */
    record Sheet(@Nullable String url, LocalDate seen, String extractor, String sha256) {}

    /** How many claims {@link #works} will make, at most. */
    int claims() {
        return said.size()
                + parts.stream()
                        .mapToInt(each -> each.silent() ? 0 : said.size() + 2 * each.said.size())
                        .sum();
    }

    /**
     * A dataset and those of its parts that say something of their own. The whole is as strict as its strictest part, or a
     * part could hide in it; a part's own word comes before that of the whole.
     *
     * @param ids the ids that were given so far, and how often
     */
    List<Work> works(Sheet sheet, Map<String, Integer> ids) {
        String own = id != null ? id : url != null ? url : title != null ? title : source;
        List<Work> works = new ArrayList<>();
        Set<Said> whole = new LinkedHashSet<>(said);
        parts.forEach(each -> whole.addAll(each.said));
        String given = once(own, ids);
        works.add(claims(work(given, null), "dataset", whole, sheet));
        int number = 0;
        for (CardEntry part : parts) {
            number++;
            if (!part.silent()) {
                String name = once(given + "#" + (part.id != null ? part.id : String.valueOf(number)), ids);
                Work work = claims(part.work(name, this), "dataset", said, sheet);
                works.add(part.claims(work, "item", part.said, sheet));
            }
        }
        return works;
    }

    private static String once(String name, Map<String, Integer> ids) {
        String known = CardText.clip(name, LONGEST - 20);
        int times = ids.merge(known, 1, Integer::sum);
        return times == 1 ? known : known + "~" + times;
    }

    private Work claims(Work work, String level, Set<Said> all, Sheet sheet) {
        Work more = work;
        for (Said each : all) {
            more = more.withClaim(new Claim(
                    level,
                    source,
                    each.field(),
                    each.value(),
                    sheet.seen(),
                    sheet.url(),
                    sheet.extractor(),
                    sheet.sha256()));
        }
        return more;
    }

    private Work work(String name, @Nullable CardEntry whole) {
        String shown = title != null ? title : whole != null && whole.title != null ? whole.title : name;
        Work work = Work.of(name, shown);
        String from = first(publisher, whole == null ? null : whole.publisher);
        String by = first(author, whole == null ? null : whole.author);
        String at = first(url, whole == null ? null : whole.url);
        LocalDate on = published != null || whole == null ? published : whole.published;
        work = from == null ? work : work.withPublisher(from, null);
        work = by == null ? work : work.withAuthor(by);
        work = at == null ? work : work.withUrl(at);
        return on == null ? work : work.withPublished(on);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }

    /** The names of people and bodies, at most ten. */
    static @Nullable String names(CardGraph graph, List<Object> values) {
        String names = values.stream()
                .map(each -> each instanceof CardNode node ? graph.resolve(node).name() : String.valueOf(each))
                .filter(Objects::nonNull)
                .filter(each -> !each.isBlank())
                .limit(10)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : names;
    }
}
