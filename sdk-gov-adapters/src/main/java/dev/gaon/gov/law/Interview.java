package dev.gaon.gov.law;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the facts that still matter, one after another, and for no other: the next question is the one whose answer
 * settles most. Immutable: each answer gives the interview that goes on.
 */
public final class Interview {

    private final ServiceProfile profile;
    private final RulePack pack;
    private final LocalDate asOf;
    private final Predicate<Rule> scope;
    private final List<String> skipped;

    private Interview(
            ServiceProfile profile, RulePack pack, LocalDate asOf, Predicate<Rule> scope, List<String> skipped) {
        this.profile = profile;
        this.pack = pack;
        this.asOf = asOf;
        this.scope = scope;
        this.skipped = skipped;
    }

    /**
     * Begins with what is declared already.
     *
     * @param scope the rules to be settled, for instance those of one {@link Rule#law()}
     */
    public static Interview of(ServiceProfile profile, RulePack pack, LocalDate asOf, Predicate<Rule> scope) {
        return new Interview(profile, pack, asOf, scope, List.of());
    }

    /** What is declared so far. */
    public ServiceProfile profile() {
        return profile;
    }

    /** The next fact to ask for; null if every rule in scope is settled, or waits only for facts that were skipped. */
    public @Nullable Fact next() {
        Map<Fact, Double> weights = new HashMap<>();
        List<Fact> order = new ArrayList<>();
        for (Finding finding : Assessment.of(profile, pack, asOf).findings()) {
            if (scope.test(finding.rule())) {
                // What is left to a person's judgement may still turn out to be met.
                List<Fact> missing = finding.missing();
                for (Fact fact : missing) {
                    if (!weights.containsKey(fact)) {
                        order.add(fact);
                    }
                    weights.merge(fact, 1.0 / missing.size(), Double::sum);
                }
            }
        }
        Fact best = null;
        double most = 0;
        for (Fact fact : order) {
            double weight = weights.getOrDefault(fact, 0.0);
            if (!skipped.contains(fact.name()) && weight > most) {
                best = fact;
                most = weight;
            }
        }
        return best;
    }

    /** Goes on with an answer: {@link Boolean}, {@link Double} or {@link String}, as the fact's type asks. */
    public Interview answer(Fact fact, Object value) {
        ServiceProfile more = value instanceof Boolean truth
                ? profile.with(fact.name(), truth)
                : value instanceof Number number
                        ? profile.with(fact.name(), number.doubleValue())
                        : profile.with(fact.name(), (String) value);
        Assessment.of(more, pack, asOf);
        return new Interview(more, pack, asOf, scope, skipped);
    }

    /** Goes on without one: the fact stays unknown and is not asked for again. */
    public Interview skip(Fact fact) {
        List<String> more = new ArrayList<>(skipped);
        more.add(fact.name());
        return new Interview(profile, pack, asOf, scope, List.copyOf(more));
    }
}
