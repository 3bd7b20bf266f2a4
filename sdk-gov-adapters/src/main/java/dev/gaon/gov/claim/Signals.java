package dev.gaon.gov.claim;

import dev.gaon.gov.claim.PageClaims.Found;
import dev.gaon.gov.pack.PackFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of {@code signals.json}, and the signals in the headers of a response. Immutable and safe to share. */
record Signals(List<String> agents, Set<String> usages, Set<String> free, Set<String> extensions) {

    private static final class Bundled {
        static final Signals SIGNALS = read(PackFiles.bundled(PageRules.ROOT));
    }

    private static final int MOST_VALUES = 50;
    private static final int LONGEST = 1_000;
    private static final Pattern TRAIN =
            Pattern.compile("\\s*train-ai\\s*(?:=\\s*(\\?0|\\?1|[A-Za-z\"][^;,\\s]*))?\\s*(?:;.*)?");
    private static final Pattern LINK = Pattern.compile("<([^<>]{1,1000})>([^<>]{0,1000})");

    static Signals bundled() {
        return Bundled.SIGNALS;
    }

    private static Signals read(PackFiles pack) {
        PackFiles.Place top = pack.read(
                "signals.json", Set.of("about", "agents", "usages", "free", "extensions", "confidence", "sources"));
        return new Signals(
                List.copyOf(top.texts("agents")),
                Set.copyOf(top.texts("usages")),
                Set.copyOf(top.texts("free")),
                Set.copyOf(top.texts("extensions")));
    }

    static String shortened(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }

    /**
     * A preference as its source wrote it, or, where the dictionary says something of training that is not written plainly,
     * with what it comes to. Of one key the last member counts, as in any dictionary; a malformed one is kept as it is.
     */
    static String usage(String dictionary, String raw) {
        String last = "";
        for (String member : dictionary.split(",", MOST_VALUES)) {
            Matcher train = TRAIN.matcher(member);
            if (train.matches()) {
                last = train.group(1) == null
                        ? "y"
                        : train.group(1).replace("\"", "").toLowerCase(Locale.ROOT);
            }
        }
        boolean plain = raw.replace(" ", "").contains("train-ai=n");
        boolean no = last.equals("n") || last.equals("?0");
        if (last.isEmpty() || plain == no) {
            return raw;
        }
        return no ? raw + " (train-ai=n)" : "train-ai: " + last;
    }

    /** @param headers names in lower case */
    static void headers(Map<String, List<String>> headers, List<Found> found) {
        List<String> usages = headers.getOrDefault("content-usage", List.of());
        if (!usages.isEmpty()) {
            String all = String.join(", ", usages.subList(0, Math.min(MOST_VALUES, usages.size())));
            found.add(new Found("page", "header", "code", usage(all, "Content-Usage: " + shortened(all))));
        }
        for (String name : List.of("tdm-reservation", "tdm-policy", "x-robots-tag")) {
            for (String value : some(headers.getOrDefault(name, List.of()))) {
                found.add(new Found("page", "header", "code", name + ": " + shortened(value.strip())));
            }
        }
        for (String value : some(headers.getOrDefault("link", List.of()))) {
            Matcher link = LINK.matcher(value);
            while (link.find()) {
                String rest = link.group(2).toLowerCase(Locale.ROOT).replaceAll("[\"\\s]", "");
                if (rest.contains("rel=license")) {
                    boolean rsl = rest.contains("rsl");
                    found.add(new Found("page", rsl ? "rsl" : "header", rsl ? "href" : "rel", link.group(1)));
                }
            }
        }
    }

    private static List<String> some(List<String> values) {
        return new ArrayList<>(values.subList(0, Math.min(MOST_VALUES, values.size())));
    }
}
