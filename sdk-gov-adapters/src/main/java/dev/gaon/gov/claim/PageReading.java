package dev.gaon.gov.claim;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.Work;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one page says of its licence. Immutable. No claim is no permission: it means that nothing was found.
 *
 * @param claims in the order of the page, each once; a page of which not all was read has one that begins with
 *     {@code cut:}, whose meaning nobody knows, so that a person must decide
 * @param cuts what was not read, by the bound that ended it: {@code bytes}, {@code tags}, {@code depth}, {@code claims}, or
 *     {@code record} for one that was archived only in part
 * @param charset the main encoding that the bytes bore out
 */
public record PageReading(List<Claim> claims, List<String> cuts, Charset charset) {

    public PageReading {
        claims = List.copyOf(claims);
        cuts = List.copyOf(cuts);
    }

    /** This reading of a page that was cut before it came here. */
    PageReading cutBy(String bound, @Nullable String url, @Nullable LocalDate seen) {
        List<String> more = new ArrayList<>(cuts);
        more.add(bound);
        List<Claim> all = new ArrayList<>(claims);
        String at = PageClaims.kept(url);
        all.add(new Claim("page", "html", "code", "cut: " + bound, seen, at, PageRules.bundled().extractor, null));
        return new PageReading(all, more, charset);
    }

    /** The work with these claims added. */
    public Work addTo(Work work) {
        Work more = work;
        for (Claim claim : claims) {
            more = more.withClaim(claim);
        }
        return more;
    }
}
