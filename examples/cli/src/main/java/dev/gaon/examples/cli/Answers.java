package dev.gaon.examples.cli;

import dev.gaon.gov.law.Fact;
import dev.gaon.gov.text.BilingualText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people type for the value of a fact, and how a value is shown to them. */
final class Answers {

    private static final Set<String> YES = Set.of("y", "yes", "true", "예", "네", "응", "ㅇ");
    private static final Set<String> NO = Set.of("n", "no", "false", "아니요", "아니오", "아뇨", "아니", "ㄴ");
    private static final Pattern NUMBER = Pattern.compile(
            "([0-9][0-9,]{0,39}(?:\\.[0-9]{1,9})?(?:[eE]\\+?[0-9]{1,2})?) ?(만|억|조)? ?(?:원|명|개|년|krw|FLOP)?");

    private Answers() {}

    /** The value that is meant; null if it is none of this fact's. */
    static @Nullable Object read(Fact fact, String typed) {
        String word = typed.toLowerCase(Locale.ROOT);
        return switch (fact.type()) {
            case BOOLEAN -> YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : null;
            case NUMBER -> number(typed);
            case CHOICE -> choice(fact, typed);
        };
    }

    private static @Nullable Double number(String typed) {
        Matcher matcher = NUMBER.matcher(typed);
        if (!matcher.matches()) {
            return null;
        }
        double number = Double.parseDouble(matcher.group(1).replace(",", ""));
        String unit = matcher.group(2);
        return number * (unit == null ? 1 : unit.equals("만") ? 1e4 : unit.equals("억") ? 1e8 : 1e12);
    }

    private static @Nullable String choice(Fact fact, String typed) {
        int place = 0;
        for (Map.Entry<String, BilingualText> value : fact.values().entrySet()) {
            place++;
            if (typed.equals("" + place)
                    || typed.equalsIgnoreCase(value.getKey())
                    || typed.equalsIgnoreCase(value.getValue().ko())
                    || typed.equalsIgnoreCase(value.getValue().en())) {
                return value.getKey();
            }
        }
        return null;
    }

    /** As it stands in a profile, numbers in full with their unit. */
    static String shown(Fact fact, Object value) {
        if (value instanceof Double number) {
            BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
            String digits = number < 1e15
                    ? String.format(Locale.ROOT, "%,." + Math.max(exact.scale(), 0) + "f", exact)
                    : exact.toString();
            return digits + (fact.unit() == null ? "" : " " + fact.unit());
        }
        return value.toString();
    }

    /** As its question put it. */
    static Text meant(Fact fact, Object value) {
        if (value instanceof Boolean truth) {
            return truth ? new Text("예", "yes") : new Text("아니요", "no");
        }
        BilingualText choice = value instanceof String word ? fact.values().get(word) : null;
        return choice == null ? new Text(shown(fact, value), shown(fact, value)) : new Text(choice.ko(), choice.en());
    }
}
