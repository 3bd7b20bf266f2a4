package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.CanonicalForm;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which rows of an audit a person signs for, and the document that says so. Of one audit whose rows are counted. */
record SignOff(AuditResult audit, SortedMap<String, Review> reviews, String by, LocalDate on, boolean leavingOut) {

    /**
     * A file of the manifest.
     *
     * @param name below the folder
     */
    record File(String name, long bytes, long rows, String sha256) {

        Map<String, Object> json() {
            return new TreeMap<>(Map.of("name", name, "bytes", bytes, "rows", rows, "sha256", sha256));
        }
    }

    /** What holds in the end: the review where there is one. */
    private Outcome decision(Basis basis) {
        Review review = reviews.get(basis.id());
        return review == null ? basis.decision() : review.decision();
    }

    /** Rows that nobody has reviewed. */
    long waiting() {
        return sum(basis -> decision(basis) == Outcome.REVIEW);
    }

    private long sum(Predicate<Basis> which) {
        return audit.bases.values().stream()
                .filter(which)
                .mapToLong(each -> audit.rows(each.id()))
                .sum();
    }

    /** Tells the engine which rows may be used, as the table {@code used}. */
    void select(Duck duck) {
        duck.run(
                "create or replace temp table used (basis varchar, license varchar, decision varchar, reviewed varchar)");
        duck.append("used", to -> {
            for (Basis each : audit.bases.values()) {
                if (CorpusGroup.usable(decision(each))) {
                    Review review = reviews.get(each.id());
                    to.beginRow();
                    to.append(each.id());
                    to.append(each.license());
                    to.append(decision(each).name());
                    to.append(review == null ? null : review.by());
                    to.endRow();
                }
            }
        });
    }

    /** A query for the rows of a part that may be used, after {@link #select}. */
    String used(Duck duck, Path part) {
        return "select r.id, u.license, u.decision, basis, u.reviewed from (" + audit.rows(duck, List.of(part))
                + ") r join used u using (basis)";
    }

    /** In canonical JSON (RFC 8785). */
    String json(List<File> files) {
        CorpusSummary summary = audit.summary;
        Map<String, Object> out = new TreeMap<>();
        out.put("form", 1);
        out.put("by", by);
        out.put("on", on.toString());
        out.put("title", summary.title());
        out.put("purpose", summary.purpose().word());
        out.put("asOf", summary.asOf().toString());
        out.put("terms", summary.termsDigest());
        out.put("summary", summary.digest());
        out.put("bases", audit.basesDigest);
        put(out, "rowsDigest", summary.rowsDigest());
        out.put("leavingOut", leavingOut);
        out.put("rows", summary.rows());
        out.put("used", used());
        out.put("leftOut", leftOut());
        List<Map<String, Object>> people = new ArrayList<>();
        reviews.forEach((basis, each) -> people.add(each.json(audit.rows(basis))));
        out.put("reviews", people);
        out.put("parts", files.stream().map(File::json).toList());
        return CanonicalForm.write(out);
    }

    private static void put(Map<String, Object> out, String key, @Nullable String value) {
        if (value != null) {
            out.put(key, value);
        }
    }

    private Map<String, Object> used() {
        Map<String, Object> out = new TreeMap<>();
        out.put("ALLOW", sum(each -> decision(each) == Outcome.ALLOW));
        out.put("ALLOW_WITH_DUTIES", sum(each -> decision(each) == Outcome.ALLOW_WITH_DUTIES));
        out.put("reviewed", sum(each -> reviews.containsKey(each.id()) && CorpusGroup.usable(decision(each))));
        return out;
    }

    private Map<String, Object> leftOut() {
        Map<String, Object> out = new TreeMap<>();
        out.put("DENY", sum(each -> each.decision() == Outcome.DENY));
        out.put("reviewedDeny", sum(each -> reviews.containsKey(each.id()) && decision(each) == Outcome.DENY));
        out.put("unreviewed", waiting());
        out.put("unreadable", audit.summary.unread());
        return out;
    }
}
