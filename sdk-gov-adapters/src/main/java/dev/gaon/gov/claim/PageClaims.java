package dev.gaon.gov.claim;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an HTML page says of its licence: links, pictures and their texts, sentences, {@code rel=license}, metadata,
 * JSON-LD, and what it reserves from AI training. Values are kept as written. Immutable and safe to share; one page is read
 * on the caller's thread, in time and memory that grow with its bounded size. Needs {@code org.jsoup:jsoup}.
 *
 * <p>A mark in the page's own part is of level {@code page}; one in a footer, a menu or another part that every page of the
 * site bears is of level {@code site}. A mark inside a figure or in a hidden part is of source {@code part} or
 * {@code hidden}: it does not speak for the page, and what looks like terms there asks for a person.
 *
 * <p>By default at most 8 MiB, 120,000 tags, a depth of 256 and 200 claims are read. Of a page that goes beyond, the rest
 * is not read, {@link PageReading#cuts} names the bound, and a claim {@code cut: ...} keeps any use of it from being
 * allowed without a person.
 */
public final class PageClaims {

    static final int MOST_TAGS = 120_000;
    static final int DEEPEST = 256;
    private static final int MOST_BYTES = 8 << 20;
    private static final int MOST_CLAIMS = 200;
    private static final int LONGEST_URL = 4_000;

    private final int mostBytes;
    private final int mostClaims;
    private final boolean ahead;

    private PageClaims(int mostBytes, int mostClaims, boolean ahead) {
        this.mostBytes = mostBytes;
        this.mostClaims = mostClaims;
        this.ahead = ahead;
        if (mostBytes < 1 || mostClaims < 1 || mostClaims > 900) {
            throw new IllegalArgumentException(new BilingualText(
                            "화면의 한도가 잘못되었습니다. 바이트는 1 이상, 표시는 1~900으로 정하세요.",
                            "The bounds of a page are wrong. Set bytes to 1 or more and claims to 1 to 900.")
                    .both());
        }
    }

    /** With the default bounds. */
    public static PageClaims standard() {
        return new PageClaims(MOST_BYTES, MOST_CLAIMS, true);
    }

    /** Reads no more than this many bytes of a page. */
    public PageClaims withMostBytes(int bytes) {
        return new PageClaims(bytes, mostClaims, ahead);
    }

    /** Keeps no more than this many claims of a page, at most 900. */
    public PageClaims withMostClaims(int claims) {
        return new PageClaims(mostBytes, claims, ahead);
    }

    /** Parses every page, even one in which no word of a mark can stand: for tests that both ways agree. */
    PageClaims withoutLookingAhead() {
        return new PageClaims(mostBytes, mostClaims, false);
    }

    int mostBytes() {
        return mostBytes;
    }

    /**
     * Reads one page.
     *
     * @param html the bytes as they were received, unpacked
     * @param contentType of the HTTP response, for instance {@code text/html; charset=euc-kr}; null if not known
     * @param url where it was seen; null if not kept
     * @param seen the day it was received, in Asia/Seoul; null is the day the work was collected
     */
    public PageReading read(byte[] html, @Nullable String contentType, @Nullable String url, @Nullable LocalDate seen) {
        List<String> cuts = new ArrayList<>();
        int length = Math.min(html.length, mostBytes);
        if (length < html.length) {
            cuts.add("bytes");
        }
        PageText page = PageText.of(html, length, contentType);
        String text = page.text();
        int end = lastTag(text);
        if (end < text.length()) {
            cuts.add("tags");
            text = text.substring(0, end);
        }
        PageRules rules = PageRules.bundled();
        List<Found> found = List.of();
        if (!ahead || rules.words.maybeIn(text)) {
            found = walk(text, rules, cuts);
        }
        if (found.isEmpty() && cuts.isEmpty()) {
            return new PageReading(List.of(), cuts, page.charset());
        }
        String hash = "sha256:" + PackFiles.sha256(html);
        String at = kept(url);
        List<Claim> claims = new ArrayList<>();
        for (Found each : found) {
            claims.add(new Claim(
                    each.level(), each.source(), each.field(), each.value(), seen, at, rules.extractor, hash));
        }
        if (!cuts.isEmpty()) {
            String value = "cut: " + String.join(", ", cuts);
            claims.add(new Claim("page", "html", "code", value, seen, at, rules.extractor, hash));
        }
        return new PageReading(claims, cuts, page.charset());
    }

    /** An address too long to keep is left out. */
    static @Nullable String kept(@Nullable String url) {
        return url == null || url.length() > LONGEST_URL ? null : url;
    }

    /** One thing that stands on the page. */
    record Found(String level, String source, String field, String value) {}

    private List<Found> walk(String text, PageRules rules, List<String> cuts) {
        try {
            return PageWalk.of(text, rules, mostClaims, cuts);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    new BilingualText(
                                    "HTML을 읽으려면 라이브러리가 필요합니다. org.jsoup:jsoup 의존성을 프로젝트에 더하세요.",
                                    "Reading HTML needs a library. Add the dependency org.jsoup:jsoup to your project.")
                            .both(),
                    e);
        }
    }

    private static int lastTag(String text) {
        if (text.length() <= MOST_TAGS) {
            return text.length();
        }
        int tags = 0;
        for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
            if (++tags > MOST_TAGS) {
                return at;
            }
        }
        return text.length();
    }
}
