package dev.gaon.gov.license;

import dev.gaon.gov.pack.PackFiles;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The days on which something holds, both ends included; null is open. */
record Days(@Nullable LocalDate from, @Nullable LocalDate to) {

    static Days of(PackFiles.Place at) {
        Days days = new Days(at.optionalDate("from"), at.optionalDate("to"));
        if (days.from != null && days.to != null && days.to.isBefore(days.from)) {
            throw at.wrong("끝나는 날이 시작하는 날보다 앞섭니다", "ends before it begins");
        }
        return days;
    }

    boolean hold(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    boolean overlap(Days other) {
        return (from == null || other.to == null || !other.to.isBefore(from))
                && (to == null || other.from == null || !to.isBefore(other.from));
    }
}
