package dev.gaon.examples.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One sentence in Korean and in English; either may be empty. Immutable. */
record Text(String ko, String en) {

    static final Text NONE = new Text("", "");

    private static final String JOINT = " / ";

    String in(Locale locale) {
        return "ko".equals(locale.getLanguage()) ? ko : en;
    }

    boolean isEmpty() {
        return ko.isEmpty() && en.isEmpty();
    }

    /**
     * The two halves of a message of the SDK, "Korean / English". What a user gave stands in both halves, so the joint is
     * the middle one of all " / "; without a middle one the whole is both.
     */
    static Text halves(@Nullable String both) {
        if (both == null) {
            return NONE;
        }
        int joints = (both.length() - both.replace(JOINT, "").length()) / JOINT.length();
        if (joints % 2 == 0) {
            return new Text(both, both);
        }
        int at = -1;
        for (int i = 0; i <= joints / 2; i++) {
            at = both.indexOf(JOINT, at + 1);
        }
        return new Text(both.substring(0, at), both.substring(at + JOINT.length()));
    }
}
