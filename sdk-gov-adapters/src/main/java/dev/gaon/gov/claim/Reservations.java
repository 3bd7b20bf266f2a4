package dev.gaon.gov.claim;

import dev.gaon.gov.pack.PackFiles;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words that bar AI training, by the phrases of {@code reservations.json}. Immutable and safe to share. */
final class Reservations {

    private record Rule(
            List<String> subjects,
            List<String> after,
            List<String> before,
            @Nullable List<String> tails,
            List<String> unless,
            int within) {}

    /** Behind a match, where a word may still turn it round. */
    private static final int AFTERMATH = 12;

    private final List<Rule> rules = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();

    Reservations(PackFiles pack) {
        PackFiles.Place top = pack.read("reservations.json", Set.of("about", "rules", "confidence", "sources"));
        for (PackFiles.Place each : top.list("rules")) {
            each.only(Set.of("id", "subjects", "after", "before", "tails", "unless", "within"));
            subjects.addAll(each.texts("subjects"));
            rules.add(new Rule(
                    levelled(each, "subjects"),
                    levelled(each, "after"),
                    levelled(each, "before"),
                    each.has("tails") ? levelled(each, "tails") : null,
                    levelled(each, "unless"),
                    each.at("within").node().asInt()));
        }
    }

    private static List<String> levelled(PackFiles.Place at, String key) {
        return at.texts(key).stream().map(Reservations::level).toList();
    }

    /** What every such sentence has. */
    List<String> subjects() {
        return subjects;
    }

    /** The sentence, if it bars AI training; else null. */
    @Nullable
    String in(String sentence) {
        String text = level(sentence);
        return rules.stream().anyMatch(rule -> bars(rule, text)) ? sentence : null;
    }

    private static boolean bars(Rule rule, String text) {
        for (String subject : rule.subjects()) {
            for (int at = word(text, subject, 0); at >= 0; at = word(text, subject, at + 1)) {
                int end = at + subject.length();
                int most = Math.min(text.length(), end + rule.within());
                for (String refusal : rule.after()) {
                    int found = word(text, refusal, end);
                    int behind = found + refusal.length();
                    if (found >= 0 && behind <= most && ends(rule, text, behind) && !turned(rule, text, end, behind)) {
                        return true;
                    }
                }
                int least = Math.max(0, at - rule.within());
                for (String refusal : rule.before()) {
                    int found = word(text, refusal, least);
                    if (found >= 0 && found + refusal.length() <= at && !turned(rule, text, found - AFTERMATH, end)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a clause ends here, so that the refusal is the sentence's own and not what it speaks about. */
    private static boolean ends(Rule rule, String text, int at) {
        return rule.tails() == null
                || at >= text.length()
                || !Character.isLetterOrDigit(text.charAt(at))
                || rule.tails().stream().anyMatch(tail -> text.startsWith(tail, at));
    }

    private static boolean turned(Rule rule, String text, int from, int to) {
        String around = text.substring(Math.max(0, from), Math.min(text.length(), to + AFTERMATH));
        return rule.unless().stream().anyMatch(around::contains);
    }

    /** A Latin word must stand by itself. */
    private static int word(String text, String word, int from) {
        for (int at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean joined = (at > 0 && latin(text.charAt(at - 1)) && latin(word.charAt(0)))
                    || (end < text.length() && latin(text.charAt(end)) && latin(word.charAt(word.length() - 1)));
            if (!joined) {
                return at;
            }
        }
        return -1;
    }

    private static boolean latin(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean hangul(char c) {
        return c >= '가' && c <= '힣';
    }

    /** NFC, lower case, single spaces between Latin words and none next to Hangul, no quotes. */
    private static String level(String text) {
        String nfc = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(nfc.length());
        boolean space = false;
        for (int i = 0; i < nfc.length(); i++) {
            char c = nfc.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
            } else if (Character.getType(c) != Character.FORMAT && "\"'“”‘’「」『』*_-–—".indexOf(c) < 0) {
                if (space && out.length() > 0 && !hangul(c) && !hangul(out.charAt(out.length() - 1))) {
                    out.append(' ');
                }
                out.append(c);
                space = false;
            } else {
                space = true;
            }
        }
        return out.toString();
    }
}
