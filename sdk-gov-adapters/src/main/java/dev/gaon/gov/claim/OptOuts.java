package dev.gaon.gov.claim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.claim.PageClaims.Found;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a site and a response say against use for AI: robots.txt, TDMRep, IETF aipref ({@code Content-Usage}), RSL, ai.txt,
 * {@code X-Robots-Tag}, C2PA entries, and sentences. Immutable and safe to share; every {@code with} method returns a changed
 * copy. Nothing is fetched. That nothing was found is no permission.
 *
 * <p>At most 512 KiB of each file count; a file that goes on beyond, or that cannot be read, is itself a signal that a person
 * must look at. For TDMRep the page comes before the header and the header before the file; what is overruled stays as a
 * claim of field {@code text}, which decides nothing. Of several {@code Content-Usage} lines those of the longest path
 * count, all of them.
 */
public final class OptOuts {

    static final int MOST_BYTES = 512 << 10;
    private static final String TDM = "tdm-reservation";

    private final Map<String, byte[]> files;
    private final String agent;

    private OptOuts(Map<String, byte[]> files, String agent) {
        this.files = files;
        this.agent = agent;
    }

    /** With no file of the site; read as any crawler, {@code *}. */
    public static OptOuts none() {
        return new OptOuts(Map.of(), "*");
    }

    private OptOuts with(String name, byte[] bytes) {
        Map<String, byte[]> more = new TreeMap<>(files);
        more.put(name, bytes.clone());
        return new OptOuts(Map.copyOf(more), agent);
    }

    /** The name under which the pages were collected, for instance {@code MyBot}; groups for it come before {@code *}. */
    public OptOuts withAgent(String name) {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException(new BilingualText(
                            "수집기 이름은 1~100자입니다. 수집할 때 쓴 이름을 적으세요.",
                            "The agent has 1 to 100 characters. Give the name used while collecting.")
                    .both());
        }
        return new OptOuts(files, name);
    }

    /** The site's {@code /robots.txt}. */
    public OptOuts withRobots(byte[] bytes) {
        return with("robots", bytes);
    }

    /** The site's {@code /.well-known/tdmrep.json}. */
    public OptOuts withTdmRep(byte[] bytes) {
        return with("tdmrep", bytes);
    }

    /** The site's {@code /ai.txt}. */
    public OptOuts withAiTxt(byte[] bytes) {
        return with("ai.txt", bytes);
    }

    /** The document that a {@code License:} line of robots.txt or a link of type {@code application/rsl+xml} names. */
    public OptOuts withRsl(byte[] bytes) {
        return with("rsl", bytes);
    }

    /**
     * What holds for one page: the claims of the page itself, as {@link PageClaims} read them, and what the response and the
     * site say.
     *
     * @param url of the page, absolute
     * @param headers of the response, names in any case
     * @param page the claims of the page; empty if it is no HTML
     * @param seen the day the files and headers were received; null is the day the work was collected
     */
    public List<Claim> claims(
            String url, Map<String, List<String>> headers, List<Claim> page, @Nullable LocalDate seen) {
        List<Found> found = new ArrayList<>();
        SitePath path = SitePath.of(url);
        Signals.headers(lower(headers), found);
        files.forEach((name, bytes) -> {
            if (bytes.length > MOST_BYTES) {
                found.add(new Found("site", "site-cut", "text", name + ": " + bytes.length + " bytes"));
            }
            String text =
                    PageText.of(bytes, Math.min(bytes.length, MOST_BYTES), null).text();
            switch (name) {
                case "robots" -> new RobotsTxt(text, agent).signals(url, path, found);
                case "ai.txt" -> AiTxt.signals(text, path, found);
                case "tdmrep" -> TdmRep.signals(text, path, found);
                default -> Rsl.signals(text, url, path, found);
            }
        });
        List<Claim> all = new ArrayList<>(page);
        boolean stated = page.stream()
                .anyMatch(each -> each.field().equals("rel") && each.value().startsWith(TDM + "="));
        for (Found each : ranked(found, stated)) {
            all.add(new Claim(
                    each.level(),
                    each.source(),
                    each.field(),
                    each.value(),
                    seen,
                    PageClaims.kept(url),
                    PageRules.bundled().extractor,
                    files.containsKey(each.source()) ? hash(each.source()) : null));
        }
        return List.copyOf(all);
    }

    private @Nullable String hash(String file) {
        byte[] bytes = files.get(file);
        return bytes == null ? null : "sha256:" + PackFiles.sha256(bytes);
    }

    /** A finer statement overrules a coarser one; silence overrules nothing. */
    private static List<Found> ranked(List<Found> found, boolean onPage) {
        boolean inHeader = found.stream()
                .anyMatch(each -> each.source().equals("header") && each.value().startsWith(TDM + ":"));
        List<Found> ranked = new ArrayList<>();
        for (Found each : found) {
            boolean header = each.source().equals("header") && each.value().startsWith(TDM + ":");
            boolean overruled = (header && onPage) || (each.source().equals("tdmrep") && (onPage || inHeader));
            ranked.add(overruled ? new Found(each.level(), each.source(), "text", "overruled: " + each.value()) : each);
        }
        return ranked;
    }

    private static Map<String, List<String>> lower(Map<String, List<String>> headers) {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .addAll(values));
        return lower;
    }

    /**
     * Sentences of a plain text that bar AI training, in Korean or English, by the phrases that come with this library; at
     * most the first 8 Mi characters and 200 sentences are read.
     *
     * @param level where the text stands, as in {@link Claim#level}
     */
    public static List<Claim> inText(String text, String level, @Nullable String url, @Nullable LocalDate seen) {
        PageRules rules = PageRules.bundled();
        String read = text.length() > 8 << 20 ? text.substring(0, 8 << 20) : text;
        List<Claim> claims = new ArrayList<>();
        for (String line : read.split("\\R")) {
            for (String piece : rules.words.in(line) ? Pieces.of(line) : List.<String>of()) {
                if (claims.size() < 200 && rules.reservations.in(piece) != null) {
                    claims.add(new Claim(
                            level, "reservation", "text", piece, seen, PageClaims.kept(url), rules.extractor, null));
                }
            }
        }
        if (claims.size() == 200 || read.length() < text.length()) {
            claims.add(
                    new Claim(level, "html", "code", "cut: text", seen, PageClaims.kept(url), rules.extractor, null));
        }
        return List.copyOf(claims);
    }

    /**
     * The entries of a C2PA or CAWG assertion on training and mining, as JSON: {@code {"entries": {"cawg.ai_training":
     * {"use": "notAllowed"}}}}. Keys of both may be mixed.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    public static List<Claim> inAssertion(byte[] json, @Nullable String url, @Nullable LocalDate seen) {
        JsonNode entries = PackFiles.document("assertion", json).node().path("entries");
        Map<String, String> uses = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : entries.properties()) {
            JsonNode use = each.getValue().path("use");
            if (Set.of("notAllowed", "constrained", "allowed").contains(use.asText()) && uses.size() < 100) {
                uses.put(each.getKey(), use.asText());
            }
        }
        List<Claim> claims = new ArrayList<>();
        uses.forEach((key, use) -> {
            if (key.length() <= 200 && !key.endsWith("ai_inference")) {
                claims.add(new Claim(
                        "item",
                        "c2pa",
                        "code",
                        key + ": " + use,
                        seen,
                        PageClaims.kept(url),
                        PageRules.bundled().extractor,
                        null));
            }
        });
        return List.copyOf(claims);
    }
}
