package dev.gaon.gov.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terms of an SPDX licence expression that all apply. */
final class SpdxTerms {

    private static final Pattern TOKEN = Pattern.compile("[()]|[^\\s()]+");
    private static final Set<String> OPERATORS = Set.of("and", "or", "with");

    private SpdxTerms() {}

    /**
     * Every term where all are joined by AND; else the whole expression: a choice ({@code OR}) is the user's to make, and what
     * is no expression is not guessed at.
     */
    static List<String> of(String expression) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        int open = 0;
        boolean wanted = true;
        Matcher tokens = TOKEN.matcher(expression);
        while (tokens.find()) {
            String token = tokens.group();
            String word = token.toLowerCase(Locale.ROOT);
            if (token.equals("(")) {
                open++;
                if (!wanted || term.length() > 0) {
                    return List.of(expression);
                }
            } else if (token.equals(")")) {
                if (--open < 0 || wanted) {
                    return List.of(expression);
                }
            } else if (wanted && !OPERATORS.contains(word)) {
                term.append(token);
                wanted = false;
            } else if (!wanted && word.equals("with")) {
                term.append(" WITH ");
                wanted = true;
            } else if (!wanted && word.equals("and")) {
                terms.add(term.toString());
                term.setLength(0);
                wanted = true;
            } else {
                return List.of(expression);
            }
        }
        if (wanted || open != 0) {
            return List.of(expression);
        }
        terms.add(term.toString());
        return terms;
    }
}
