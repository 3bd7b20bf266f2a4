package dev.gaon.gov.law;

import dev.gaon.gov.text.BilingualText;
import org.jspecify.annotations.Nullable;

/**
 * One line of a condition as it was decided, for people: read from top to bottom, the lines of a part stand one deeper
 * than the part.
 *
 * @param depth how deep it stands; 0 is the whole condition
 * @param text what is asked, for instance {@code "all of"} or the name of a fact with the values that are wanted
 * @param holds null while it hangs on facts that were not declared
 * @param fact the fact that is asked for; null for a part made of others
 */
public record Clause(
        int depth,
        BilingualText text,
        @Nullable Boolean holds,
        @Nullable Fact fact) {}
