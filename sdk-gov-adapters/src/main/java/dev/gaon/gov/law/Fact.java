package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be declared of a service: one word of a pack's closed vocabulary, with the question that asks for
 * it. Immutable.
 */
public final class Fact {

    /** How a fact is declared. */
    public enum Type {
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A finite number in the fact's {@link Fact#unit()}. */
        NUMBER,
        /** One of the fact's {@link Fact#values()}. */
        CHOICE
    }

    private final String name;
    private final Type type;
    private final String group;
    private final BilingualText label;
    private final BilingualText question;
    private final Map<String, BilingualText> values;
    private final List<String> order;
    private final @Nullable String unit;
    private final int index;

    /** @param index its place in the vocabulary */
    Fact(
            String name,
            Type type,
            String group,
            BilingualText label,
            BilingualText question,
            Map<String, BilingualText> values,
            @Nullable String unit,
            int index) {
        this.name = name;
        this.type = type;
        this.group = group;
        this.label = label;
        this.question = question;
        this.values = values;
        this.order = new ArrayList<>(values.keySet());
        this.unit = unit;
        this.index = index;
    }

    /** As in a profile, for instance {@code isGenerative}. */
    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /** What it belongs to, for instance {@code transparency}. */
    public String group() {
        return group;
    }

    /** A short name for people. */
    public BilingualText label() {
        return label;
    }

    /** A question that the owner of a service can answer. */
    public BilingualText question() {
        return question;
    }

    /** What a {@link Type#CHOICE} may be, in order, each with its meaning; empty for other types. */
    public Map<String, BilingualText> values() {
        return values;
    }

    /** Of a {@link Type#NUMBER}, for instance {@code KRW}; null if it is a plain count or no number. */
    public @Nullable String unit() {
        return unit;
    }

    int index() {
        return index;
    }

    /** The place of a value; -1 if it is none of them. */
    int place(String value) {
        return order.indexOf(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
