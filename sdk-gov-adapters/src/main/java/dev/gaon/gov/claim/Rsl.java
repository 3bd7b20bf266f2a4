package dev.gaon.gov.claim;

import dev.gaon.gov.claim.PageClaims.Found;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Terms in RSL 1.0 (December 2025). No entity or schema of the document is followed. */
final class Rsl {

    private static final int MOST_LICENSES = 200;

    private Rsl() {}

    static void signals(String xml, String url, SitePath path, List<Found> found) {
        Document document = Parser.xmlParser().setMaxDepth(PageClaims.DEEPEST).parseInput(xml, "");
        if (document.getElementsByTag("rsl").isEmpty()) {
            found.add(new Found("site", "site-cut", "text", "rsl: no RSL document"));
            return;
        }
        int read = 0;
        for (Element license : document.getElementsByTag("license")) {
            if (++read > MOST_LICENSES) {
                found.add(new Found("site", "site-cut", "text", "rsl: more than " + MOST_LICENSES + " licences"));
                return;
            }
            Element content = license.closest("content");
            if (content == null || speaksOf(content.attr("url"), url, path)) {
                terms(license, found);
            }
        }
    }

    private static boolean speaksOf(String location, String url, SitePath path) {
        if (location.isEmpty()) {
            return true;
        }
        return location.startsWith("/") ? path.matches(location) >= 0 : new SitePath(url).matches(location) >= 0;
    }

    /** What bars training, or asks money for it, is of field {@code code}; what only names other uses is {@code text}. */
    private static void terms(Element license, List<Found> found) {
        Set<String> usages = Signals.bundled().usages();
        boolean listed = false;
        boolean permitted = false;
        for (Element each : license.children()) {
            String tag = each.normalName();
            String type = each.attr("type").toLowerCase(Locale.ROOT);
            boolean usage = type.isEmpty() || type.equals("usage");
            boolean training = Arrays.stream(
                            each.text().toLowerCase(Locale.ROOT).split("[\\s,]+"))
                    .anyMatch(usages::contains);
            boolean bars = tag.equals("prohibits") && usage && training;
            boolean costs = tag.equals("payment") && !Signals.bundled().free().contains(type);
            if (tag.equals("permits") && usage) {
                listed = true;
                permitted |= training;
            }
            if (tag.equals("prohibits") || tag.equals("permits") || tag.equals("payment")) {
                String value = tag + " " + type + ": " + each.text();
                found.add(new Found("site", "rsl", bars || costs ? "code" : "text", Signals.shortened(value)));
            }
        }
        if (listed && !permitted) {
            found.add(new Found("site", "rsl", "code", "permits usage: not training"));
        }
    }
}
