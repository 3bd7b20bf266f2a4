package dev.gaon.gov.corpus;

import java.util.Locale;

/** Counts and shares as a page shows them. */
final class Amount {

    private Amount() {}

    static String of(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** One decimal; what is neither nothing nor all is never shown as either. */
    static String share(long part, long whole) {
        if (whole == 0 || part == 0) {
            return "0%";
        }
        if (part == whole) {
            return "100%";
        }
        double percent = 100.0 * part / whole;
        return percent < 0.1 ? "<0.1%" : percent > 99.9 ? ">99.9%" : String.format(Locale.ROOT, "%.1f%%", percent);
    }
}
