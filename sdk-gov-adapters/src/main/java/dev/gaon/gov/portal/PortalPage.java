package dev.gaon.gov.portal;

import dev.gaon.gov.license.Work;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a collection. Immutable.
 *
 * @param works a work for each record, in the portal's order, with the claims that its fields make
 * @param total how many records the portal says there are; null if it does not
 * @param url what was asked, without the key
 * @param sha256 of the reply that was kept, {@code sha256:...}; the claims name it too
 * @param seen the day in Asia/Seoul
 * @param shifted true if the portal changed its count while it was read, or ended before or after it: records may be missing
 *     or twice there
 * @param next from where to go on, for {@link Portals#fetch}; null after the last page
 */
public record PortalPage(
        List<Work> works,
        @Nullable Long total,
        String url,
        String sha256,
        LocalDate seen,
        boolean shifted,
        @Nullable String next) {

    public PortalPage {
        works = List.copyOf(works);
    }
}
