package dev.gaon.gov.portal;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a day, counted here and in the positions that callers keep; the higher count holds. Safe for use by many threads.
 */
final class Quota {

    static final int SPENT = Integer.MAX_VALUE;

    private record Count(LocalDate day, int calls) {}

    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /**
     * Counts a call that is about to be made.
     *
     * @param limit 0 if there is none
     * @return the calls of the day with this one; {@link #SPENT} if it must not be made
     */
    int take(Position at, LocalDate today, int limit) {
        int[] taken = {SPENT};
        counts.compute(scope(at), (scope, before) -> {
            int made = made(before, at, today);
            taken[0] = made == SPENT || limit > 0 && made >= limit ? SPENT : made + 1;
            return new Count(today, taken[0] == SPENT ? made : taken[0]);
        });
        return taken[0];
    }

    private static int made(@Nullable Count before, Position at, LocalDate today) {
        int here = before != null && before.day().equals(today) ? before.calls() : 0;
        return Math.max(here, today.equals(at.day()) ? at.calls() : 0);
    }

    /** The portal says that there are no more today. */
    void spent(Position at, LocalDate today) {
        counts.put(scope(at), new Count(today, SPENT));
    }

    private static String scope(Position at) {
        return at.portal() + " " + at.operation();
    }
}
