package dev.gaon.gov.law;

import java.util.Arrays;

/** The facts of one profile, laid out by the places of a vocabulary; derived ones are worked out once. One thread. */
final class FactValues {

    private static final byte NOT_YET = 2;

    private final byte[] truths;
    private final byte[] choices;
    private final double[] numbers;
    private final byte[] derived;

    FactValues(int facts, int derivedFacts) {
        truths = new byte[facts];
        choices = new byte[facts];
        Arrays.fill(choices, (byte) -1);
        numbers = new double[facts];
        Arrays.fill(numbers, Double.NaN);
        derived = new byte[derivedFacts];
        Arrays.fill(derived, NOT_YET);
    }

    void declare(int fact, boolean value) {
        truths[fact] = (byte) (value ? Condition.TRUE : Condition.FALSE);
    }

    void declare(int fact, int place) {
        choices[fact] = (byte) place;
    }

    void declare(int fact, double number) {
        numbers[fact] = number;
    }

    int truth(int fact) {
        return truths[fact];
    }

    /** The place of the chosen value; -1 if unknown. */
    int choice(int fact) {
        return choices[fact];
    }

    /** NaN if unknown. */
    double number(int fact) {
        return numbers[fact];
    }

    int truth(Vocabulary.Derived fact) {
        byte known = derived[fact.place()];
        if (known == NOT_YET) {
            known = (byte) fact.when().eval(this);
            derived[fact.place()] = known;
        }
        return known;
    }
}
