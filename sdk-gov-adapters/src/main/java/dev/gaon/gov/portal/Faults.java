package dev.gaon.gov.portal;

import dev.gaon.gov.pack.PackFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What failures mean and when to ask again, from {@code codes.json}: codes of each family, pages, statuses, our own. */
final class Faults {

    private record Page(List<String> words, Fault fault) {}

    private record Status(int from, int to, Fault fault) {}

    private static final Set<String> TEXTS =
            Set.of("kind", "retry", "what", "fix", "confidence", "edition", "codes", "names", "words", "from", "to");

    private final Map<String, Map<String, Fault>> families = new HashMap<>();
    private final List<Page> pages = new ArrayList<>();
    private final List<Status> statuses = new ArrayList<>();
    private final Map<String, Fault> own = new HashMap<>();

    Faults(PackFiles.Place top) {
        top.each("families").forEach((family, at) -> {
            at.only(Set.of("codes", "sources", "notes"));
            Map<String, Fault> codes = families.computeIfAbsent(family, key -> new HashMap<>());
            for (PackFiles.Place each : at.list("codes")) {
                Fault fault = fault(each);
                List<String> words = new ArrayList<>(each.texts("codes"));
                words.addAll(each.texts("names"));
                for (String word : words) {
                    if (codes.putIfAbsent(word.toUpperCase(Locale.ROOT), fault) != null) {
                        throw each.wrong("같은 코드가 이미 있습니다: " + word, "the same code is there already: " + word);
                    }
                }
            }
        });
        top.list("pages").forEach(each -> pages.add(new Page(each.texts("words"), fault(each))));
        top.list("statuses")
                .forEach(each -> statuses.add(new Status(
                        each.at("from").node().asInt(), each.at("to").node().asInt(), fault(each))));
        top.list("own").forEach(each -> own.put(each.text("kind"), fault(each)));
    }

    private static Fault fault(PackFiles.Place at) {
        at.only(TEXTS);
        return new Fault(
                at.text("kind"), at.oneOf("retry", Fault.Retry.values()), at.bilingual("what"), at.bilingual("fix"));
    }

    boolean knows(String family) {
        return families.containsKey(family);
    }

    /** Null for a code that the family's table does not have. */
    @Nullable
    Fault code(String family, String code) {
        return families.getOrDefault(family, Map.of()).get(code.toUpperCase(Locale.ROOT));
    }

    /** What a page in HTML says; null if it is none of those known. */
    @Nullable
    Fault page(String html) {
        for (Page each : pages) {
            if (each.words().stream().anyMatch(html::contains)) {
                return each.fault();
            }
        }
        return null;
    }

    /** Null for a status that says nothing of itself. */
    @Nullable
    Fault status(int code) {
        for (Status each : statuses) {
            if (code >= each.from() && code <= each.to()) {
                return each.fault();
            }
        }
        return null;
    }

    /** Of this side, by its kind. */
    Fault own(String kind) {
        Fault fault = own.get(kind);
        if (fault == null) {
            throw new IllegalStateException("codes.json says nothing of " + kind);
        }
        return fault;
    }
}
