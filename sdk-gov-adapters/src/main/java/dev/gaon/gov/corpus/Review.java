package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a person decided on a basis that waited for one, and why. */
record Review(String basis, Outcome decision, String by, LocalDate on, String reason) {

    private static final Set<String> KEYS = Set.of("basis", "decision", "by", "on", "reason", "about");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_LINE = 1 << 20;
    private static final long MOST_BYTES = 64 << 20;

    /**
     * Reads reviews of an audit, one line each. A line of the list of what waits that nobody has begun to fill in is none;
     * what stands in {@code about} is for people and not read.
     *
     * @param last no review is later
     * @throws IllegalArgumentException at the first line that cannot be used
     */
    static SortedMap<String, Review> read(Path file, AuditResult audit, LocalDate last) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw wrong(
                    file.getFileName() + "", MOST_BYTES + "바이트까지 읽습니다", "at most " + MOST_BYTES + " bytes are read");
        }
        SortedMap<String, Review> reviews = new TreeMap<>();
        JsonLines.read(file, LONGEST_LINE, at -> {
            at.only(KEYS);
            if (!at.has("about") || at.has("decision") || at.has("by") || at.has("on") || at.has("reason")) {
                add(at, audit, last, reviews);
            }
        });
        return reviews;
    }

    static void add(PackFiles.Place at, AuditResult audit, LocalDate last, Map<String, Review> reviews) {
        Review review = new Review(
                at.text("basis"),
                at.oneOf("decision", Outcome.values()),
                oneLine(at.at("by").file() + "#/by", at.text("by")),
                at.date("on"),
                at.text("reason").strip());
        review.check(at, audit, last);
        if (reviews.putIfAbsent(review.basis(), review) != null) {
            throw at.at("basis").wrong("같은 근거를 두 번 검토했습니다. 한 줄만 남기세요", "this basis is reviewed twice. Keep one line");
        }
    }

    private void check(PackFiles.Place at, AuditResult audit, LocalDate last) {
        Basis reviewed = audit.bases.get(basis);
        if (reviewed == null) {
            throw at.at("basis")
                    .wrong(
                            "이 감사에 없는 근거입니다. bases.jsonl의 basis를 그대로 적으세요",
                            "no basis of this audit. Copy it from bases.jsonl");
        }
        if (reviewed.decision() == Outcome.DENY) {
            throw at.at("basis")
                    .wrong(
                            "쓸 수 없다(DENY)고 판단한 근거는 검토로 풀 수 없습니다. 허락을 받았다면 그 허락을 저작물의 근거(claims)에 더하고 감사를 다시 하세요",
                            "this basis is denied (DENY), which no review lifts. If permission was given, add it to the evidence (claims)"
                                    + " and run the audit again");
        }
        if (reviewed.decision() != Outcome.REVIEW) {
            throw at.at("basis")
                    .wrong(
                            "검토를 기다리는 근거가 아닙니다(" + reviewed.decision()
                                    + "). 쓰지 않을 저작물이면 그 까닭을 근거(claims)에 더하고 감사를 다시 하세요",
                            "this basis does not wait for a review (" + reviewed.decision()
                                    + "). If its works shall not be used, add the reason to the evidence (claims) and run the audit again");
        }
        if (decision == Outcome.REVIEW) {
            throw at.at("decision")
                    .wrong("ALLOW, ALLOW_WITH_DUTIES, DENY 가운데 하나로 정하세요", "decide on ALLOW, ALLOW_WITH_DUTIES or DENY");
        }
        if (decision == Outcome.ALLOW && reviewed.bound()) {
            throw at.at("decision")
                    .wrong(
                            "이용조건 자체에 의무가 있습니다. ALLOW_WITH_DUTIES로 적으세요. 의무까지 면제받았다면 그 허락을 근거(claims)에 더하고 감사를 다시 하세요",
                            "the terms themselves ask duties. Write ALLOW_WITH_DUTIES; if they were waived, add that permission to the"
                                    + " evidence (claims) and run the audit again");
        }
        LocalDate first = audit.summary.asOf();
        if (on.isBefore(first) || on.isAfter(last)) {
            throw at.at("on")
                    .wrong(
                            "검토한 날은 감사의 기준일(" + first + ")부터 서명일(" + last + ")까지입니다",
                            "a review lies between the day of the audit (" + first + ") and that of the signature ("
                                    + last + ")");
        }
        if (reason.length() > LONGEST_REASON) {
            throw at.at("reason").wrong(LONGEST_REASON + "자까지입니다", "has at most " + LONGEST_REASON + " characters");
        }
    }

    /** The name of a person. */
    static String oneLine(String place, @Nullable String name) {
        String text = name == null ? "" : name.strip();
        if (text.isEmpty() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(
                    place,
                    "이름을 한 줄, " + LONGEST_NAME + "자까지로 적으세요",
                    "a name is one line of at most " + LONGEST_NAME + " characters");
        }
        return text;
    }

    private static IllegalArgumentException wrong(String place, String ko, String en) {
        return PackFiles.document(place, new byte[] {'{', '}'}).wrong(ko, en);
    }

    Map<String, Object> json(long rows) {
        return new TreeMap<>(Map.of(
                "basis",
                basis,
                "decision",
                decision.name(),
                "by",
                by,
                "on",
                on.toString(),
                "reason",
                reason,
                "rows",
                rows));
    }
}
