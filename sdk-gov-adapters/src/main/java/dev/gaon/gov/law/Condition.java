package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** The lines told so far; a fact that follows is told in full once, however many conditions ask for it. */
    static final class Told {
        private final List<Clause> lines = new ArrayList<>();
        private final Set<Vocabulary.Derived> followed = new HashSet<>();

        List<Clause> lines() {
            return List.copyOf(lines);
        }

        private void add(Clause line) {
            lines.add(line);
        }
    }

    abstract int eval(FactValues values);

    /** Adds the facts that, once declared, may settle this condition; none if it is settled. */
    abstract void missing(FactValues values, Missing out);

    /** Adds what it asks and how that was answered, line by line. */
    abstract void explain(FactValues values, int depth, Told out);

    /** Puts another meaning round a line that was told already. */
    final void retell(FactValues values, Told out, int at, String ko, String en) {
        Clause line = out.lines.get(at);
        BilingualText text =
                new BilingualText(ko + line.text().ko(), en + line.text().en());
        out.lines.set(at, clause(values, line.depth(), text, line.fact()));
    }

    final Clause clause(FactValues values, int depth, BilingualText text, @Nullable Fact fact) {
        int value = eval(values);
        return new Clause(depth, text, value == UNKNOWN ? null : (Boolean) (value == TRUE), fact);
    }

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

        @Override
        void explain(FactValues values, int depth, Told out) {
            out.add(clause(values, depth, new BilingualText("모두", "all of"), null));
            for (Condition each : of) {
                each.explain(values, depth + 1, out);
            }
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

        @Override
        void explain(FactValues values, int depth, Told out) {
            out.add(clause(values, depth, new BilingualText("하나라도", "any of"), null));
            for (Condition each : of) {
                each.explain(values, depth + 1, out);
            }
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

        /** On one line with what it turns round. */
        @Override
        void explain(FactValues values, int depth, Told out) {
            int at = out.lines.size();
            of.explain(values, depth, out);
            retell(values, out, at, "아님: ", "not: ");
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

        @Override
        void explain(FactValues values, int depth, Told out) {
            out.add(clause(values, depth, fact.label(), fact));
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

        @Override
        void explain(FactValues values, int depth, Told out) {
            if (!out.followed.add(fact)) {
                out.add(clause(values, depth, fact.label(), null));
                return;
            }
            int at = out.lines.size();
            fact.when().explain(values, depth, out);
            retell(values, out, at, fact.label().ko() + " = ", fact.label().en() + " = ");
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

        @Override
        void explain(FactValues facts, int depth, Told out) {
            StringBuilder ko = new StringBuilder(fact.label().ko()).append(": ");
            StringBuilder en = new StringBuilder(fact.label().en()).append(": ");
            String ahead = "";
            for (Map.Entry<String, BilingualText> each : fact.values().entrySet()) {
                if ((values >> fact.place(each.getKey()) & 1) == 1) {
                    ko.append(ahead).append(each.getValue().ko());
                    en.append(ahead).append(each.getValue().en());
                    ahead = " | ";
                }
            }
            out.add(clause(facts, depth, new BilingualText(ko.toString(), en.toString()), fact));
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

        @Override
        void explain(FactValues values, int depth, Told out) {
            BigDecimal number = BigDecimal.valueOf(threshold).stripTrailingZeros();
            String least = " ≥ " + (threshold < 1e15 ? number.toPlainString() : number.toString())
                    + (fact.unit() == null ? "" : " " + fact.unit());
            out.add(clause(
                    values,
                    depth,
                    new BilingualText(fact.label().ko() + least, fact.label().en() + least),
                    fact));
        }
    }
}
