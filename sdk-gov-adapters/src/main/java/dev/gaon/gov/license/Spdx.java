package dev.gaon.gov.license;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Licences as SPDX writes them. KOGL is on no SPDX list, so its types are references of their own. */
final class Spdx {

    private Spdx() {}

    /** As SPDX 3 writes it, with an addition after {@code WITH}; licences in conflict all apply. */
    static String expression(List<String> licenses, @Nullable String addition) {
        return join(
                licenses, addition, (base, added) -> base + " WITH " + added.replace("LicenseRef-", "AdditionRef-"));
    }

    /** For readers of SPDX 2.3, whose grammar has no additions of one's own. */
    static String fallback(List<String> licenses, @Nullable String addition) {
        return join(
                licenses,
                addition,
                (base, added) -> base.matches("LicenseRef-KOGL-[0-4]")
                        ? base + added.substring(added.lastIndexOf('-'))
                        : base + " AND " + added);
    }

    private static String join(
            List<String> licenses, @Nullable String addition, BiFunction<String, String, String> both) {
        if (addition == null) {
            return String.join(" AND ", licenses);
        }
        return licenses.isEmpty()
                ? addition
                : String.join(
                        " AND ",
                        licenses.stream()
                                .map(base -> both.apply(base, addition))
                                .toList());
    }
}
