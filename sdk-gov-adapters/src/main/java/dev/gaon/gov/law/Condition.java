package dev.gaon.gov.law;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A question over the facts of a service, answered true, false or unknown (Kleene's logic). The closed language of rule
 * files: all, any, not, is, in, atLeast. Immutable.
 */
abstract sealed class Condition {

    static final int FALSE = -1;
    static final int UNKNOWN = 0;
    static final int TRUE = 1;

    /** What was found missing, in order; a fact that follows is followed once, however many conditions ask for it. */
    static final class Missing {
        private final Set<Fact> facts = new LinkedHashSet<>();
        private final Set<Vocabulary.Derived> followed = new HashSet<>();

        boolean isEmpty() {
            return facts.isEmpty();
        }

        List<Fact> facts() {
            return List.copyOf(facts);
        }
    }

    abstract int eval(FactValues values);

    /** Adds the facts that, once declared, may settle this condition; none if it is settled. */
    abstract void missing(FactValues values, Missing out);

    /** All of them hold; true if there is none. */
    static final class All extends Condition {

        private final Condition[] of;

        All(List<Condition> of) {
            this.of = of.toArray(Condition[]::new);
        }

        @Override
        int eval(FactValues values) {
            int result = TRUE;
            for (Condition each : of) {
                int value = each.eval(values);
                if (value == FALSE) {
                    return FALSE;
                }
                result &= value;
            }
            return result;
        }

        @Override
        void missing(FactValues values, Missing out) {
            open(this, of, values, out);
        }
    }

    /** At least one holds. */
    static final class Any extends Condition {

        private final Condition[] of;

        Any(List<Condition> of) {
            this.of = of.toArray(Condition[]::new);
        }

        @Override
        int eval(FactValues values) {
            int result = FALSE;
            for (Condition each : of) {
                int value = each.eval(values);
                if (value == TRUE) {
                    return TRUE;
                }
                result = Math.max(result, value);
            }
            return result;
        }

        @Override
        void missing(FactValues values, Missing out) {
            open(this, of, values, out);
        }
    }

    private static void open(Condition whole, Condition[] of, FactValues values, Missing out) {
        if (whole.eval(values) == UNKNOWN) {
            for (Condition each : of) {
                each.missing(values, out);
            }
        }
    }

    static final class Not extends Condition {

        private final Condition of;

        Not(Condition of) {
            this.of = of;
        }

        @Override
        int eval(FactValues values) {
            return -of.eval(values);
        }

        @Override
        void missing(FactValues values, Missing out) {
            of.missing(values, out);
        }
    }

    /** A declared yes-or-no fact. */
    static final class Is extends Condition {

        private final Fact fact;

        Is(Fact fact) {
            this.fact = fact;
        }

        @Override
        int eval(FactValues values) {
            return values.truth(fact.index());
        }

        @Override
        void missing(FactValues values, Missing out) {
            if (eval(values) == UNKNOWN) {
                out.facts.add(fact);
            }
        }
    }

    /** A fact that follows from others. */
    static final class Follows extends Condition {

        private final Vocabulary.Derived fact;

        Follows(Vocabulary.Derived fact) {
            this.fact = fact;
        }

        @Override
        int eval(FactValues values) {
            return values.truth(fact);
        }

        @Override
        void missing(FactValues values, Missing out) {
            if (eval(values) == UNKNOWN && out.followed.add(fact)) {
                fact.when().missing(values, out);
            }
        }
    }

    /** A fact of choice has one of these values. */
    static final class In extends Condition {

        private final Fact fact;
        private final long values;

        /** @param values a bit for each place of a value in the fact's list */
        In(Fact fact, long values) {
            this.fact = fact;
            this.values = values;
        }

        @Override
        int eval(FactValues facts) {
            int choice = facts.choice(fact.index());
            return choice < 0 ? UNKNOWN : (values >> choice & 1) == 1 ? TRUE : FALSE;
        }

        @Override
        void missing(FactValues facts, Missing out) {
            if (facts.choice(fact.index()) < 0) {
                out.facts.add(fact);
            }
        }
    }

    /** A number reaches a threshold; the threshold itself counts. */
    static final class AtLeast extends Condition {

        private final Fact fact;
        private final double threshold;

        AtLeast(Fact fact, double threshold) {
            this.fact = fact;
            this.threshold = threshold;
        }

        @Override
        int eval(FactValues values) {
            double number = values.number(fact.index());
            return Double.isNaN(number) ? UNKNOWN : number >= threshold ? TRUE : FALSE;
        }

        @Override
        void missing(FactValues values, Missing out) {
            if (Double.isNaN(values.number(fact.index()))) {
                out.facts.add(fact);
            }
        }
    }
}
