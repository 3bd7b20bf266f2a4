package dev.gaon.gov.rag;

import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import org.jspecify.annotations.Nullable;

/**
 * The metadata in which a work and what was decided of it stay with a document and each of its segments. All values are
 * text, and all keys are words that every embedding store takes. Stateless.
 */
public final class WorkMetadata {

    /** The work itself, as {@link Work#toJson()}; at most {@value #LONGEST} characters. */
    public static final String WORK = "gaon_work";
    /** What was decided for quoting when the document came in: a name of {@link Outcome}. */
    public static final String DECISION = "gaon_decision";
    /** The line to show beside a quotation, in Korean. */
    public static final String CREDIT = "gaon_credit";
    /** Why it was decided so, in Korean and English. */
    public static final String BASIS = "gaon_basis";
    /** The digest of the terms that decided. */
    public static final String TERMS = "gaon_terms";
    /** The day that counted, as 2026-11-22. */
    public static final String AS_OF = "gaon_as_of";
    /** The terms found, as SPDX 3 writes them. The embedded default of the core shows it with its quotations. */
    public static final String LICENSE = "license";
    /** The full credit, in Korean. The embedded default shows it too. */
    public static final String ATTRIBUTION = "attribution";
    /** Why nothing of it is quoted, in Korean and English; absent where it may be. The embedded default obeys it. */
    public static final String WITHHELD = "withheld";

    private static final int LONGEST = 32_768;
    private static final int MOST_REASONS = 3;

    private WorkMetadata() {}

    /**
     * The work a segment comes from. Null if the metadata holds none, or nothing that can be read: such a segment waits for
     * a person.
     */
    public static @Nullable Work work(TextSegment segment) {
        Object json = segment.metadata().toMap().get(WORK);
        if (!(json instanceof String text) || text.length() > LONGEST) {
            return null;
        }
        try {
            return Work.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Writes all keys but {@link #WITHHELD}, over what stands there.
     *
     * @throws IllegalArgumentException if the work is too long to stay with every segment
     */
    static void write(Metadata metadata, Work work, LicenseDecision decision) {
        String json = work.toJson();
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException(new BilingualText(
                            "저작물 자료가 " + LONGEST + "자를 넘어 조각마다 붙일 수 없습니다: " + work.id()
                                    + ". 라이선스를 정하는 표시(claims)만 남기세요.",
                            "The data of a work is longer than " + LONGEST
                                    + " characters, too long to stay with every segment: " + work.id()
                                    + ". Keep the claims that decide.")
                    .both());
        }
        Attribution credit = Attribution.of(decision);
        metadata.put(WORK, json)
                .put(DECISION, decision.decision().name())
                .put(LICENSE, decision.license())
                .put(ATTRIBUTION, credit.longForm().ko())
                .put(CREDIT, credit.source().ko())
                .put(BASIS, basis(decision).both())
                .put(TERMS, decision.digest())
                .put(AS_OF, decision.asOf().toString());
    }

    /** The reasons that decided, strictest first. */
    static BilingualText basis(LicenseDecision decision) {
        StringBuilder ko = new StringBuilder(decision.decision().label().ko()).append(':');
        StringBuilder en = new StringBuilder(decision.decision().label().en()).append(':');
        decision.reasons().stream().limit(MOST_REASONS).forEach(reason -> {
            ko.append(' ').append(reason.ko());
            en.append(' ').append(reason.en());
        });
        return new BilingualText(ko.toString(), en.toString());
    }
}
