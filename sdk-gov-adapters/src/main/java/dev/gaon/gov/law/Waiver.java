package dev.gaon.gov.law;

import dev.gaon.gov.pack.PackFiles;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named person accepts one finding about one service until a day. The finding keeps its verdict and names the waiver;
 * it no longer fails a build.
 *
 * @param rule the rule whose finding is accepted
 * @param service the service, as its profile names it
 * @param by who accepts it
 * @param reason why
 * @param from the first day
 * @param until the last day
 */
public record Waiver(String rule, String service, String by, String reason, LocalDate from, LocalDate until) {

    static Waiver read(PackFiles.Place at) {
        at.only(Set.of("rule", "service", "by", "reason", "from", "until"));
        Waiver waiver = new Waiver(
                at.text("rule"),
                at.text("service"),
                at.text("by"),
                at.text("reason"),
                at.date("from"),
                at.date("until"));
        if (waiver.until.isBefore(waiver.from)) {
            throw at.wrong("끝나는 날이 시작하는 날보다 앞섭니다", "ends before it begins");
        }
        return waiver;
    }

    boolean covers(Rule other, @Nullable String name, LocalDate day) {
        return rule.equals(other.id()) && service.equals(name) && !day.isBefore(from) && !day.isAfter(until);
    }
}
