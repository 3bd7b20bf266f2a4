package dev.gaon.gov.claim;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** Pages as tests need them, and the way from their bytes to a decision. */
final class Pages {

    static final LocalDate DAY = LocalDate.of(2026, 5, 1);
    static final LicenseAudit AUDIT = LicenseAudit.by(LicenseTerms.bundled());
    static final Charset MS949 = Charset.forName("MS949");

    private Pages() {}

    /** A page with a menu, an article and a footer. */
    static String html(String article, String footer) {
        return "<!DOCTYPE html><html lang=\"ko\"><head><title>도시숲</title></head><body><nav><a href=\"/a\">소식</a></nav>"
                + "<div id=\"content\"><p>도시숲 산책길을 새로 열었습니다.</p>" + article + "</div><footer>" + footer
                + "</footer></body></html>";
    }

    static PageReading read(String html) {
        return read(html.getBytes(StandardCharsets.UTF_8), null);
    }

    static PageReading read(byte[] html, String contentType) {
        return PageClaims.standard().read(html, contentType, "https://example.go.kr/a", DAY);
    }

    static LicenseDecision decide(PageReading page, Purpose purpose) {
        return decide(page.claims(), purpose);
    }

    static LicenseDecision decide(List<Claim> claims, Purpose purpose) {
        Work work = Work.of("w", "도시숲").withPublisher("산림청", "state").withCollected(DAY);
        for (Claim claim : claims) {
            work = work.withClaim(claim);
        }
        return AUDIT.decide(work, purpose, DAY);
    }

    /** The decision on commercial training, and the licence. */
    static String outcome(String html) {
        LicenseDecision decision = decide(read(html), Purpose.TRAIN_COMMERCIAL);
        return decision.decision() + " " + decision.license();
    }

    static List<String> seen(PageReading page) {
        return page.claims().stream()
                .map(each -> each.level() + " " + each.source() + " " + each.field() + " " + each.value())
                .toList();
    }
}
