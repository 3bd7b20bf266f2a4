package dev.gaon.gov.text;

import java.util.Locale;
import java.util.Objects;

/**
 * One text in Korean and in English, for instance a rule's duty or the reason of a refusal. Immutable.
 *
 * @param ko in Korean
 * @param en in English
 */
public record BilingualText(String ko, String en) {

    public BilingualText {
        Objects.requireNonNull(ko, "ko");
        Objects.requireNonNull(en, "en");
    }

    /** The Korean text for a Korean locale, else the English one. */
    public String in(Locale locale) {
        return "ko".equals(locale.getLanguage()) ? ko : en;
    }

    /** Both, Korean first, parted by {@code " / "}, as in the messages of exceptions. */
    public String both() {
        return ko + " / " + en;
    }
}
