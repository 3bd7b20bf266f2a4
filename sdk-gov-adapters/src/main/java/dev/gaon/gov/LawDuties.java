package dev.gaon.gov;

import dev.gaon.CallContext;
import dev.gaon.Endpoint;
import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the law asks of a service's calls today. Each day, and each set of facts that a call can tell, is assessed once. */
final class LawDuties {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final ServiceProfile profile;
    private final RulePack pack;
    private final Clock clock;
    private final @Nullable GovText notice;
    private final boolean labels;
    private final boolean hybrid;
    private volatile Day day;

    /** One day, by the milliseconds it lasts, so that a call need not work out its date. */
    private record Day(LocalDate date, long begin, long end, Map<CallFacts, CallRuling> rulings) {

        static Day of(long now) {
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(now), SEOUL);
            return new Day(date, begin(date), begin(date.plusDays(1)), new ConcurrentHashMap<>());
        }

        private static long begin(LocalDate date) {
            return date.atStartOfDay(SEOUL).toInstant().toEpochMilli();
        }

        boolean holds(long now) {
            return begin <= now && now < end;
        }
    }

    LawDuties(ServiceProfile profile, RulePack pack, Clock clock) {
        this.profile = profile;
        this.pack = pack;
        this.clock = clock;
        this.day = Day.of(clock.millis());
        Assessment declared = Assessment.of(profile, pack, day.date());
        // Also readies all that a first call would otherwise wait for.
        day.rulings().put(CallFacts.NONE, CallRuling.of(declared, CallFacts.NONE));
        Map<String, @Nullable Boolean> derived = declared.derived();
        // Unknown counts as generative: what the guard stands before is a language model.
        this.labels = !Boolean.FALSE.equals(profile.facts().get("isGenerative"));
        boolean highImpact = Boolean.TRUE.equals(derived.get("highImpact"));
        this.notice = highImpact
                ? labels ? GovText.NOTICE_BOTH : GovText.NOTICE_HIGH_IMPACT
                : labels ? GovText.NOTICE_GENERATIVE : null;
        this.hybrid = Boolean.TRUE.equals(profile.facts().get("hybridHumanAi"));
    }

    /** The kind of AI that users are to be told of beforehand; null if none is known. */
    @Nullable
    GovText notice() {
        return notice;
    }

    /** True unless the profile says that nothing here is generated. */
    boolean labels() {
        return labels;
    }

    /** True if people and AI answer in turn. */
    boolean hybrid() {
        return hybrid;
    }

    CallRuling ruling(Endpoint endpoint, CallContext context) {
        Day today = today();
        return today.rulings().computeIfAbsent(CallFacts.of(endpoint, context), facts -> rule(today.date(), facts));
    }

    private Day today() {
        long now = clock.millis();
        Day today = day;
        if (!today.holds(now)) {
            today = Day.of(now);
            day = today;
        }
        return today;
    }

    private CallRuling rule(LocalDate date, CallFacts facts) {
        ServiceProfile refined = facts.refine(profile, pack);
        try {
            return CallRuling.of(Assessment.of(refined, pack, date), facts);
        } catch (IllegalArgumentException contradiction) {
            return CallRuling.contradicted(date.toString(), facts);
        }
    }
}
