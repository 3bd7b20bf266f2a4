package dev.gaon.gov.claim;

import dev.gaon.gov.claim.PageClaims.Found;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.jspecify.annotations.Nullable;

/** Goes once over the tree of one page and keeps what may be a mark. One thread, one page. */
final class PageWalk implements NodeFilter {

    private static final String LICENSE = "license";
    private static final String BREAK = String.valueOf(Pieces.BREAK);
    private static final Pattern NO_AI = Pattern.compile("(?i)no(image)?ai");

    private final PageRules rules;
    private final int most;
    private final List<String> cuts;
    private final Set<Found> found = new LinkedHashSet<>();
    private final List<String> block = new ArrayList<>();
    private @Nullable Element marked;
    private boolean deep;

    private PageWalk(PageRules rules, int most, List<String> cuts) {
        this.rules = rules;
        this.most = most;
        this.cuts = cuts;
    }

    static List<Found> of(String html, PageRules rules, int most, List<String> cuts) {
        Document page = Parser.htmlParser().setMaxDepth(PageClaims.DEEPEST).parseInput(html, "");
        PageWalk walk = new PageWalk(rules, most, cuts);
        NodeTraversor.filter(walk, page);
        walk.endBlock();
        if (walk.deep && !walk.found.isEmpty()) {
            // Text is never lost, but where it stands is; without any mark that changes nothing.
            walk.cut("depth");
        }
        return List.copyOf(walk.found);
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            String words = text.getWholeText();
            if (marked == null && rules.words.in(words)) {
                marked = text.parent();
            }
            block.add(words);
            return FilterResult.CONTINUE;
        }
        if (!(node instanceof Element element)) {
            return FilterResult.CONTINUE;
        }
        if (depth >= PageClaims.DEEPEST - 1) {
            deep = true;
        }
        String tag = element.normalName();
        if (rules.soft.contains(tag)) {
            block.add(BREAK);
        } else if (element.tag().isBlock()) {
            endBlock();
        }
        if (element.attributesSize() > 0) {
            attributes(element);
        }
        if (tag.equals("meta")) {
            meta(element);
        } else if (tag.equals("script")) {
            script(element);
            return FilterResult.SKIP_CHILDREN;
        }
        if (full()) {
            return FilterResult.STOP;
        }
        return rules.skipped.contains(tag) ? FilterResult.SKIP_CHILDREN : FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (!block.isEmpty()
                && node instanceof Element element
                && element.tag().isBlock()
                && !rules.soft.contains(element.normalName())) {
            endBlock();
        }
        return full() ? FilterResult.STOP : FilterResult.CONTINUE;
    }

    private boolean full() {
        if (found.size() < most) {
            return false;
        }
        cut("claims");
        return true;
    }

    private void cut(String bound) {
        if (!cuts.contains(bound)) {
            cuts.add(bound);
        }
    }

    private void endBlock() {
        Element where = marked;
        if (where != null) {
            PageRules.Standing at = rules.standing(where);
            String text = String.join("", block);
            for (String piece : Pieces.of(text)) {
                if (rules.words.in(piece)) {
                    keep(at.level(), at.source(), "text", piece);
                    reserve(at, piece);
                }
            }
            for (String pair : Pieces.joined(text, rules.words::in)) {
                keep(at.level(), at.source(), "text", pair);
            }
        }
        marked = null;
        block.clear();
    }

    private void reserve(PageRules.Standing at, String piece) {
        String reserved = rules.reservations.in(piece);
        if (reserved != null) {
            keep(at.level(), "reservation", "text", reserved);
        }
    }

    private void keep(String level, String source, String field, String value) {
        if (full() || value.isBlank()) {
            return;
        }
        found.add(new Found(level, source, field, value));
    }

    private void attributes(Element element) {
        for (Attribute each : element.attributes()) {
            String field = rules.attributes.get(each.getKey());
            if (field == null || each.getValue().isEmpty()) {
                continue;
            }
            if (!field.equals("rel")) {
                attribute(element, field, each.getValue());
            } else if (licensed(each.getValue())) {
                license(element);
            }
        }
    }

    private void license(Element element) {
        PageRules.Standing at = rules.standing(element);
        String address = address(element);
        if (element.attr("type").toLowerCase(Locale.ROOT).contains("rsl")) {
            keep(at.level(), "rsl", "href", shortened(address));
        } else {
            statement(at, address.isEmpty() ? element.attr("content") : address);
        }
    }

    private void attribute(Element element, String field, String value) {
        boolean plain = rules.words.in(value);
        String decoded = rules.addresses.contains(field) ? decoded(value) : value;
        boolean behind = !decoded.equals(value) && rules.words.in(decoded);
        if (!plain && !behind) {
            return;
        }
        PageRules.Standing at = rules.standing(element);
        for (String text : behind ? List.of(value, decoded) : List.of(value)) {
            for (String piece : Pieces.cut(text)) {
                keep(at.level(), at.source(), field, piece);
            }
        }
        if (field.equals("alt")) {
            reserve(at, shortened(value));
        }
    }

    private static String decoded(String address) {
        if (!escaped(address)) {
            return address;
        }
        try {
            return URLDecoder.decode(address, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that stands for itself: then the ASCII escapes are read one by one.
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < address.length(); i++) {
                int value = address.charAt(i) == '%' ? Candidates.hex(address, i + 1) : -1;
                boolean escape = value >= 0x20 && value < 0x7F;
                out.append(escape ? (char) value : address.charAt(i));
                i += escape ? 2 : 0;
            }
            return out.toString();
        }
    }

    /** Unlike {@code width: 100%;}. */
    private static boolean escaped(String address) {
        for (int at = address.indexOf('%'); at >= 0; at = address.indexOf('%', at + 1)) {
            if (Candidates.hex(address, at + 1) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value of rel, itemprop or property names a licence. */
    private static boolean licensed(String value) {
        if (value.length() < LICENSE.length() || value.length() > 400) {
            return false;
        }
        StringTokenizer tokens = new StringTokenizer(value.toLowerCase(Locale.ROOT));
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            if (token.equals(LICENSE) || token.endsWith(":" + LICENSE)) {
                return true;
            }
        }
        return false;
    }

    private static String address(Element element) {
        return element.hasAttr("href") ? element.attr("href") : element.attr("resource");
    }

    /** Terms as somebody states them for machines: an address, or words. */
    private void statement(PageRules.Standing at, String value) {
        keep(at.level(), at.source(), value.contains("/") ? "rel" : "text", shortened(value));
        if (value.indexOf('%') >= 0) {
            keep(at.level(), at.source(), "rel", shortened(decoded(value)));
        }
    }

    private static String shortened(String value) {
        return value.length() <= Pieces.LONGEST ? value : value.substring(0, Pieces.LONGEST);
    }

    private void meta(Element element) {
        String name = element.attr("name").isEmpty() ? element.attr("property") : element.attr("name");
        String content = element.attr("content").strip();
        String key = name.toLowerCase(Locale.ROOT).strip();
        String level = rules.rights.get(key);
        if (level != null && (rules.words.in(content) || rules.words.in(key))) {
            statement(new PageRules.Standing(level, "html"), content);
        } else if (key.equals("tdm-reservation") || key.equals("tdm-policy")) {
            keep("page", "html", "rel", shortened(key + "=" + content));
        } else if (NO_AI.matcher(content).find()) {
            keep("page", "html", "rel", shortened(content));
        }
    }

    private void script(Element element) {
        if (element.attr("type").toLowerCase(Locale.ROOT).contains("ld+json")) {
            StringBuilder json = new StringBuilder();
            for (DataNode each : element.dataNodes()) {
                json.append(each.getWholeData());
            }
            List<Found> stated = new ArrayList<>();
            new LinkedData(rules, stated).read(json.toString());
            stated.forEach(each -> statement(new PageRules.Standing(each.level(), each.source()), each.value()));
        }
    }
}
