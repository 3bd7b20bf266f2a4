package dev.gaon;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The last day on which somebody is announced to serve a model, or the day of the switch-off, where it was announced. */
record LastDay(LocalDate day, ZoneId zone) {

    /** From this many days before the end on, users are told. */
    static final int SOON = 90;

    private static final ZoneId USUAL = ZoneId.of("Asia/Seoul");

    /**
     * @param text {@code 2026-10-30}, a day in Asia/Seoul, or {@code 2026-12-31Z}, a day in UTC
     * @throws DateTimeParseException if it is neither
     */
    static LastDay parse(String text) {
        return text.endsWith("Z")
                ? new LastDay(LocalDate.parse(text.substring(0, text.length() - 1)), ZoneOffset.UTC)
                : new LastDay(LocalDate.parse(text), USUAL);
    }

    /** True from the day after it on: at which hour of the day itself it ends, nobody announces. */
    boolean over(Instant now) {
        return left(now) < 0;
    }

    boolean soon(Instant now) {
        return left(now) <= SOON;
    }

    /** Days until it; negative afterwards. */
    long left(Instant now) {
        return ChronoUnit.DAYS.between(LocalDate.ofInstant(now, zone), day);
    }

    boolean isBefore(LastDay other) {
        return day.atStartOfDay(zone)
                .toInstant()
                .isBefore(other.day.atStartOfDay(other.zone).toInstant());
    }

    @Override
    public String toString() {
        return day + "(" + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone) + ")";
    }
}
