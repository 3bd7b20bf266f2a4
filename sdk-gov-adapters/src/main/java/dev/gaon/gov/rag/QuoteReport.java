package dev.gaon.gov.rag;

import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.text.BilingualText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of one retrieval goes to the model, and what was left out and why. Immutable; it names works and holds nothing of
 * their text.
 *
 * @param admitted one decision for each piece that goes on, in order
 * @param leftOut what does not, in order
 */
public record QuoteReport(List<LicenseDecision> admitted, List<LeftOut> leftOut) {

    public QuoteReport {
        admitted = List.copyOf(admitted);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One piece that was left out.
     *
     * @param work the id of its work; empty if that is unknown
     * @param decision null if the piece names no work that can be judged
     * @param reason for people
     */
    public record LeftOut(String work, @Nullable LicenseDecision decision, BilingualText reason) {}

    /** A sentence for each reason that left something out; empty if nothing was. */
    public BilingualText summary() {
        return new BilingualText(
                leftOut.stream().map(each -> each.reason().ko()).distinct().collect(Collectors.joining("\n")),
                leftOut.stream().map(each -> each.reason().en()).distinct().collect(Collectors.joining("\n")));
    }
}
