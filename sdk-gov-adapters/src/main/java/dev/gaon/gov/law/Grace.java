package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a duty holds but is not, or not fully, enforced. It never turns a fail into a pass.
 *
 * @param id as rules name it, for instance {@code G1}
 * @param kind {@code policy} of an authority, or {@code statute} where the law itself gives time
 * @param from its first day
 * @param until its last day; null if none was announced
 * @param liftedFor when it does not hold
 */
public record Grace(
        String id,
        String kind,
        BilingualText title,
        BilingualText text,
        LocalDate from,
        @Nullable LocalDate until,
        @Nullable BilingualText liftedFor) {

    static Grace read(String id, PackFiles.Place at) {
        at.only(Set.of("kind", "title", "text", "from", "until", "notBefore", "liftedFor", "sources", "review"));
        at.optionalDate("notBefore");
        return new Grace(
                id,
                at.text("kind"),
                at.bilingual("title"),
                at.bilingual("text"),
                at.date("from"),
                at.optionalDate("until"),
                at.optionalBilingual("liftedFor"));
    }

    /** True if it runs on that day, as far as is known. */
    public boolean runs(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }
}
