package dev.gaon.gov.claim;

import dev.gaon.gov.claim.PageClaims.Found;
import java.util.List;
import java.util.Locale;

/** The informal ai.txt: like robots.txt, but by kinds of files; the longest rule that matches speaks. */
final class AiTxt {

    private AiTxt() {}

    static void signals(String text, SitePath path, List<Found> found) {
        int longest = -1;
        String speaks = "";
        for (String raw : (Iterable<String>) text.lines().limit(20_000)::iterator) {
            String line = raw.replaceFirst("#.*", "").strip();
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("allow:") || lower.startsWith("disallow:")) {
                String rule = line.substring(line.indexOf(':') + 1).strip();
                int length = rule.isEmpty() ? -1 : length(rule, path);
                boolean stricter = length == longest && lower.startsWith("disallow");
                if (length > longest || (length >= 0 && stricter)) {
                    longest = length;
                    speaks = line;
                }
            }
        }
        if (longest >= 0) {
            found.add(new Found("site", "ai.txt", "code", Signals.shortened(speaks)));
        }
    }

    private static int length(String rule, SitePath path) {
        if (rule.startsWith("*.")) {
            String kind = rule.substring(2).replace("$", "").toLowerCase(Locale.ROOT);
            String own = path.extension();
            boolean page = own == null || !own.matches("[a-z]{2,4}") || own.matches("do|php|jsp|asp|aspx");
            return kind.equals(own) || (page && Signals.bundled().extensions().contains(kind)) ? rule.length() : -1;
        }
        return path.matches(rule);
    }
}
