package dev.gaon.gov.rag;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.text.BilingualText;
import java.util.List;

/**
 * What may be shown of an answer. Immutable.
 *
 * @param outcome {@link Outcome#ALLOW}: as it is; {@link Outcome#ALLOW_WITH_DUTIES}: with its sources; {@link
 *     Outcome#REVIEW} and {@link Outcome#DENY}: not, and {@code reasons} say why
 * @param text the answer with the sources it must show, or what to say in its place
 * @param sources the works it quotes, each once
 * @param similarity what it repeats
 * @param reasons for people; they name works and hold nothing of their text
 */
public record CheckedAnswer(
        Outcome outcome, String text, List<Attribution> sources, Similarity similarity, List<BilingualText> reasons) {

    public CheckedAnswer {
        sources = List.copyOf(sources);
        reasons = List.copyOf(reasons);
    }

    /** True if {@code text} is the answer. */
    public boolean admitted() {
        return outcome.compareTo(Outcome.REVIEW) < 0;
    }
}
