package dev.gaon.gov.claim;

import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the text of a description to what is decided of it, by the bundled terms. */
final class Cards {

    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final LicenseAudit AUDIT = LicenseAudit.by(LicenseTerms.bundled());

    private Cards() {}

    static DatasetCards read(String text) {
        return read(text, null);
    }

    static DatasetCards read(String text, @Nullable String url) {
        return DatasetCards.read(text.getBytes(StandardCharsets.UTF_8), null, url, DAY);
    }

    static Work only(String text) {
        List<Work> works = read(text).works();
        if (works.size() != 1) {
            throw new AssertionError(works.toString());
        }
        return works.get(0);
    }

    /** For commercial training: the outcome and the terms. */
    static String decide(Work work) {
        LicenseDecision decision = decision(work);
        return decision.decision() + " " + decision.license();
    }

    static LicenseDecision decision(Work work) {
        return AUDIT.decide(work, Purpose.TRAIN_COMMERCIAL, DAY);
    }

    static List<String> said(Work work) {
        return work.claims().stream()
                .map(each -> each.level() + " " + each.field() + " " + each.value())
                .toList();
    }
}
