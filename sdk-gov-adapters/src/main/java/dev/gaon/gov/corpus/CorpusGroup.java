package dev.gaon.gov.corpus;

import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a corpus about which the same was decided for the same reason. Immutable.
 *
 * @param source where they come from, for instance a publisher or a portal; {@link CorpusSummary#OTHER_SOURCES} past the limit
 * @param publisherKind as {@code Work} has it; null if unknown
 * @param license as SPDX 3 writes it
 * @param licenseFallback as SPDX 2.3 writes it
 * @param duties ids, see {@link CorpusSummary#duty}
 * @param reason the strictest one
 * @param missing facts whose declaration may settle a review, see {@link CorpusSummary#question}
 * @param obstacles ids of what stands in the way, see {@link CorpusSummary#obstacle}; empty where the rows may be used
 * @param notes ids of what was noted about evidence and gates
 * @param unstated flags that nobody declared
 * @param rows how many, at most 2<sup>53</sup> &minus; 1
 * @param samples ids of at most 5 works, in their order
 * @param basis what the licence was read from, for instance {@code item khs}; empty if nothing
 */
public record CorpusGroup(
        String source,
        @Nullable String publisherKind,
        String license,
        String licenseFallback,
        Outcome decision,
        List<String> duties,
        BilingualText reason,
        List<String> missing,
        List<String> obstacles,
        List<String> notes,
        List<String> unstated,
        long rows,
        List<String> samples,
        String basis) {

    static final int MOST_SAMPLES = 5;

    /** @throws IllegalArgumentException past a limit, or if rows that may be used have an obstacle, or others have none */
    public CorpusGroup {
        Bounds.text("groups.source", source);
        if (publisherKind != null) {
            Bounds.text("groups.publisherKind", publisherKind);
        }
        Bounds.text("groups.license", license);
        Bounds.text("groups.licenseFallback", licenseFallback);
        duties = Bounds.texts("groups.duties", duties);
        Bounds.text("groups.reason", reason.ko());
        Bounds.text("groups.reason", reason.en());
        missing = Bounds.texts("groups.missing", missing);
        obstacles = Bounds.texts("groups.obstacles", obstacles);
        notes = Bounds.texts("groups.notes", notes);
        unstated = Bounds.texts("groups.unstated", unstated);
        Bounds.count("groups.rows", rows);
        samples = Bounds.texts("groups.samples", samples);
        if (!basis.isEmpty()) {
            Bounds.text("groups.basis", basis);
        }
        if (samples.size() > MOST_SAMPLES) {
            throw Bounds.wrong(
                    "groups.samples", "표본은 " + MOST_SAMPLES + "개까지입니다", "at most " + MOST_SAMPLES + " samples");
        }
        if (usable(decision) != obstacles.isEmpty()) {
            throw Bounds.wrong(
                    "groups.obstacles",
                    "쓸 수 없는 행에는 막는 것이 있고 쓸 수 있는 행에는 없어야 합니다",
                    "rows that may not be used need an obstacle, rows that may be used have none");
        }
    }

    /** Rows decided alike, from the decision of one of them; of the samples the first 5 in their order are kept, without ids longer than 1,000 characters. */
    public static CorpusGroup of(
            LicenseDecision decision,
            String source,
            @Nullable String publisherKind,
            String basis,
            long rows,
            List<String> samples) {
        List<BilingualText> reasons = decision.reasons();
        return new CorpusGroup(
                source,
                publisherKind,
                known(decision.license()),
                known(decision.licenseFallback()),
                decision.decision(),
                decision.duties(),
                reasons.isEmpty() ? decision.decision().label() : reasons.get(0),
                decision.missing(),
                decision.obstacles(),
                decision.notes(),
                decision.unstated(),
                rows,
                few(samples),
                basis);
    }

    /** Marks can leave no terms at all, as when those they name are not in force yet. */
    static String known(String license) {
        return license.isEmpty() ? "NOASSERTION" : license;
    }

    static List<String> few(List<String> samples) {
        return samples.stream()
                .filter(each -> !each.isBlank() && each.length() <= Bounds.LONGEST)
                .distinct()
                .sorted()
                .limit(MOST_SAMPLES)
                .toList();
    }

    /** True if the rows may be used, with or without duties. */
    public boolean usable() {
        return usable(decision);
    }

    static boolean usable(Outcome decision) {
        return decision == Outcome.ALLOW || decision == Outcome.ALLOW_WITH_DUTIES;
    }

    /** The ids that the licence expression names, as {@code LicenseTerms} writes them. */
    public List<String> licenses() {
        return licenses(license);
    }

    static List<String> licenses(String expression) {
        return List.of(expression.replace("AdditionRef-", "LicenseRef-").split(" (?:AND|WITH) "));
    }

    /** Rows of any source, publisher and basis. */
    CorpusGroup pooled() {
        return with(CorpusSummary.OTHER_SOURCES, null, "", rows, samples);
    }

    /** What makes it the same group, whatever its rows. */
    CorpusGroup bare() {
        return with(source, publisherKind, basis, 0, List.of());
    }

    CorpusGroup from(String otherSource, @Nullable String kind) {
        return with(otherSource, kind, basis, rows, samples);
    }

    /** The same group with so many rows, and samples of them; of these the first 5 in their order are kept. */
    public CorpusGroup of(long count, List<String> works) {
        return with(source, publisherKind, basis, count, few(works));
    }

    CorpusGroup and(CorpusGroup more) {
        List<String> works = new ArrayList<>(samples);
        works.addAll(more.samples);
        return with(source, publisherKind, basis, Math.addExact(rows, more.rows), few(works));
    }

    private CorpusGroup with(String from, @Nullable String kind, String read, long count, List<String> works) {
        return new CorpusGroup(
                from,
                kind,
                license,
                licenseFallback,
                decision,
                duties,
                reason,
                missing,
                obstacles,
                notes,
                unstated,
                count,
                works,
                read);
    }
}
