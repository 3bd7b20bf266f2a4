package dev.gaon.gov.claim;

import dev.gaon.gov.pack.PackFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** What on a page is looked at, and where it stands: the data of {@code page.json}. Immutable and safe to share. */
final class PageRules {

    static final String ROOT = "dev/gaon/gov/claims";
    private static final Set<String> KEYS = Set.of(
            "about",
            "words",
            "attributes",
            "addresses",
            "rights",
            "structured",
            "own",
            "site",
            "parts",
            "skipped",
            "soft",
            "confidence",
            "sources");

    /** @param source who speaks: {@code html}, or a part of the page that does not speak for all of it */
    record Standing(String level, String source) {}

    private static final class Bundled {
        static final PageRules RULES = new PageRules(PackFiles.bundled(ROOT));
    }

    final Candidates words;
    final Reservations reservations;
    final Map<String, String> attributes = new HashMap<>();
    final Set<String> addresses;
    final Map<String, String> rights = new HashMap<>();
    final Set<String> structured;
    final Set<String> skipped;
    final Set<String> soft;
    final String extractor;
    private final Set<String> ownTags;
    private final Set<String> ownRoles;
    private final Set<String> siteTags;
    private final Set<String> siteTagsOfOwn;
    private final Set<String> siteRoles;
    private final Set<String> siteNames;
    private final List<String> siteBeginnings;
    private final Set<String> figureTags;
    private final Set<String> figureTypes;
    private final Set<String> hiddenTags;
    private final List<String> hiddenStyles;

    private PageRules(PackFiles pack) {
        PackFiles.Place top = pack.read("page.json", KEYS);
        reservations = new Reservations(pack);
        List<String> all = new ArrayList<>(top.texts("words"));
        all.addAll(reservations.subjects());
        words = new Candidates(all);
        top.each("attributes")
                .forEach((name, field) -> attributes.put(name, field.node().asText()));
        addresses = Set.copyOf(top.texts("addresses"));
        for (String level : List.of("page", "site")) {
            top.at("rights").texts(level).forEach(name -> rights.put(name, level));
        }
        structured = Set.copyOf(top.texts("structured"));
        // asked of every tag: a set that divides to find its place is slower
        skipped = new HashSet<>(top.texts("skipped"));
        soft = new HashSet<>(top.texts("soft"));
        ownTags = Set.copyOf(top.at("own").texts("tags"));
        ownRoles = Set.copyOf(top.at("own").texts("roles"));
        PackFiles.Place site = top.at("site");
        siteTags = Set.copyOf(site.texts("tags"));
        siteTagsOfOwn = Set.copyOf(site.texts("ownTags"));
        siteRoles = Set.copyOf(site.texts("roles"));
        siteNames = Set.copyOf(site.texts("names"));
        siteBeginnings = List.copyOf(site.texts("beginnings"));
        PackFiles.Place parts = top.at("parts");
        figureTags = Set.copyOf(parts.at("figure").texts("tags"));
        figureTypes = Set.copyOf(parts.at("figure").texts("types"));
        hiddenTags = Set.copyOf(parts.at("hidden").texts("tags"));
        hiddenStyles = List.copyOf(parts.at("hidden").texts("styles"));
        extractor = "gaon-pages " + pack.version() + " " + pack.digest().substring(0, 19);
    }

    static PageRules bundled() {
        return Bundled.RULES;
    }

    static String seal(java.nio.file.Path folder) {
        return PackFiles.seal(folder, path -> path.matches("(page|reservations|signals)\\.json"));
    }

    /** Where a mark stands: in the page's own part, or in what every page of the site bears. */
    Standing standing(Element mark) {
        boolean figure = false;
        boolean hidden = false;
        boolean own = false;
        boolean site = false;
        boolean siteUnlessOwn = false;
        for (Element at = mark; at != null; at = at.parent()) {
            String tag = at.normalName();
            figure |= figureTags.contains(tag);
            hidden |= hiddenTags.contains(tag);
            own |= ownTags.contains(tag);
            if (!own) {
                site |= siteTags.contains(tag) && !siteTagsOfOwn.contains(tag);
                siteUnlessOwn |= siteTagsOfOwn.contains(tag);
            }
            if (at.attributesSize() > 0 && !tag.equals("body") && !tag.equals("html")) {
                String role = at.attr("role").toLowerCase(Locale.ROOT);
                own |= ownRoles.contains(role);
                site |= !own && siteRoles.contains(role);
                siteUnlessOwn |= !own && (chrome(at.id()) || chrome(at.className()));
                figure |= figure(at.attr("itemtype"));
                hidden |= hidden(at);
            }
        }
        String level = site || (siteUnlessOwn && !own) ? "site" : "page";
        return new Standing(level, hidden ? "hidden" : figure ? "part" : "html");
    }

    boolean figure(String type) {
        return figureTypes.contains(type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
    }

    private boolean hidden(Element at) {
        if (at.hasAttr("hidden")) {
            return true;
        }
        String style = at.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
        return hiddenStyles.stream().anyMatch(style::contains);
    }

    private boolean chrome(String names) {
        if (names.isEmpty() || names.length() > 400) {
            return false;
        }
        for (String name : names.toLowerCase(Locale.ROOT).split("\\s+", 50)) {
            if (siteNames.contains(name) || siteBeginnings.stream().anyMatch(name::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
