package dev.gaon.gov.claim;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.gaon.gov.claim.PageClaims.Found;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One robots.txt: who may not fetch a page (RFC 9309, by crawler-commons), how it may be used (aipref) and where the terms
 * are (RSL). Lines before any group are taken as said to everybody.
 */
final class RobotsTxt {

    private static final int MOST_LINES = 20_000;
    private static final int MOST_USAGES = 100;

    private record Usage(Set<String> agents, String path, String preference, String line) {}

    private final String text;
    private final String agent;
    private final List<Usage> usages = new ArrayList<>();
    private final Set<String> licenses = new LinkedHashSet<>();
    private boolean cut;

    RobotsTxt(String text, String agent) {
        this.text = text;
        this.agent = agent;
        read();
    }

    private void read() {
        Set<String> agents = new HashSet<>(Set.of("*"));
        boolean open = false;
        int lines = 0;
        for (String raw : (Iterable<String>) text.lines()::iterator) {
            if (++lines > MOST_LINES || usages.size() > MOST_USAGES || licenses.size() > MOST_USAGES) {
                cut = true;
                return;
            }
            String line = raw.replaceFirst("(^|\\s)#.*", "").strip();
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String key = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (key.equals("user-agent")) {
                if (!open) {
                    agents = new HashSet<>();
                }
                agents.add(value.toLowerCase(Locale.ROOT));
                open = true;
                continue;
            }
            open = false;
            if (key.equals("content-usage")) {
                int space = value.startsWith("/") || value.startsWith("*") ? value.indexOf(' ') : -1;
                String path = space < 0 ? "/" : value.substring(0, space);
                usages.add(new Usage(agents, path, value.substring(space + 1).strip(), Signals.shortened(line)));
            } else if (key.equals("license")) {
                licenses.add(Signals.shortened(value));
            }
        }
    }

    void signals(String url, SitePath path, List<Found> found) {
        fetching(url, path, found);
        boolean named = usages.stream().anyMatch(each -> each.agents().contains(agent.toLowerCase(Locale.ROOT)));
        String group = named ? agent.toLowerCase(Locale.ROOT) : "*";
        int longest = -1;
        List<Usage> live = new ArrayList<>();
        for (Usage each : usages) {
            int length = each.agents().contains(group) ? path.matches(each.path()) : -1;
            if (length > longest) {
                longest = length;
                live.clear();
            }
            if (length >= 0 && length == longest) {
                live.add(each);
            }
        }
        for (Usage each : live) {
            found.add(new Found("site", "robots", "code", Signals.usage(each.preference(), each.line())));
        }
        licenses.forEach(each -> found.add(new Found("site", "rsl", "href", each)));
        if (cut) {
            found.add(new Found("site", "site-cut", "text", "robots: more than " + MOST_LINES + " lines"));
        }
    }

    /** A crawler for training that is named and kept out says that training is not wanted; so does a site closed to all. */
    private void fetching(String url, SitePath path, List<Found> found) {
        Set<String> names = new LinkedHashSet<>(Signals.bundled().agents());
        names.add(agent);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (String name : names) {
            boolean mine = name.equals(agent);
            if (!mine && !text.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            SimpleRobotRules rules = rules(url, bytes, name.toLowerCase(Locale.ROOT));
            if ((mine || !rules.isMatchedWildcard()) && !rules.isAllowed(url)) {
                found.add(new Found("site", "robots", "code", name + ": disallow " + Signals.shortened(path.path())));
            }
        }
    }

    private static SimpleRobotRules rules(String url, byte[] bytes, String name) {
        try {
            return new SimpleRobotRulesParser()
                    .parseContent(url, bytes, "text/plain", name.equals("*") ? List.of() : List.of(name));
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    new BilingualText(
                                    "robots.txt를 읽으려면 라이브러리가 필요합니다. com.github.crawler-commons:crawler-commons"
                                            + " 의존성을 프로젝트에 더하세요.",
                                    "Reading robots.txt needs a library. Add the dependency"
                                            + " com.github.crawler-commons:crawler-commons to your project.")
                            .both(),
                    e);
        }
    }
}
