package dev.gaon.gov.license;

import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the terms say of one work, one purpose and one day, with what it rests on. Immutable and safe to share. It is no
 * legal advice; {@link Outcome#REVIEW} waits for a person.
 */
public final class LicenseDecision {

    private final Work work;
    private final Purpose purpose;
    private final LocalDate asOf;
    private final LicenseTerms terms;
    private final Outcome outcome;
    private final List<String> licenses;
    private final @Nullable String addition;
    private final @Nullable String route;
    private final @Nullable LocalDate since;
    private final List<Ruling.Part> parts;
    private final List<String> duties;
    private final List<String> missing;
    private final List<String> unstated;
    private final List<String> notes;
    private final List<Marks.Read> evidence;

    LicenseDecision(
            Work work,
            Purpose purpose,
            LocalDate asOf,
            LicenseTerms terms,
            Marks marks,
            Ruling ruling,
            @Nullable String route,
            Collection<Marks.Read> evidence) {
        this.work = work;
        this.purpose = purpose;
        this.asOf = asOf;
        this.terms = terms;
        this.outcome = ruling.outcome();
        this.licenses = marks.licenses();
        this.addition = marks.addition();
        this.route = route;
        this.since = ruling.since();
        this.parts = ruling.parts();
        this.duties = List.copyOf(ruling.duties(outcome));
        this.missing = outcome == Outcome.REVIEW ? List.copyOf(ruling.missing()) : List.of();
        this.unstated = List.copyOf(ruling.unstated());
        this.notes = List.copyOf(ruling.notes());
        this.evidence = List.copyOf(evidence);
    }

    /** Of the work. */
    public String id() {
        return work.id();
    }

    public Outcome decision() {
        return outcome;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** The day that counted. */
    public LocalDate asOf() {
        return asOf;
    }

    /**
     * The terms that were found, as SPDX 3 writes them, for instance {@code LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI};
     * terms in conflict are joined by {@code AND}.
     */
    public String license() {
        return Spdx.expression(licenses, addition);
    }

    /** The same for readers of SPDX 2.3, for instance {@code LicenseRef-KOGL-4-AI}. */
    public String licenseFallback() {
        return Spdx.fallback(licenses, addition);
    }

    /** Beside the AI type: the licence relied on. Null where the marks leave no choice. */
    public @Nullable String route() {
        return route;
    }

    /** What must be done or left undone, by the ids of {@link LicenseTerms#duty}. */
    public List<String> duties() {
        return duties;
    }

    /** Why, the strictest reason first; looser ones follow, and notes that decide nothing come last. */
    public List<BilingualText> reasons() {
        return parts.stream().map(Ruling.Part::reason).distinct().toList();
    }

    /** The law and terms that it rests on. */
    public List<BilingualText> law() {
        Set<BilingualText> law = new LinkedHashSet<>();
        parts.stream().filter(each -> each.outcome() == outcome).forEach(each -> law.addAll(each.law()));
        return List.copyOf(law);
    }

    /**
     * What stands in the way, the strictest first: ids of licences, gates and notes on evidence that say {@link
     * Outcome#REVIEW} or {@link Outcome#DENY}, by {@link LicenseTerms#obstacle}. Empty where the work may be used.
     */
    public List<String> obstacles() {
        return parts.stream()
                .filter(each -> each.outcome() == Outcome.REVIEW || each.outcome() == Outcome.DENY)
                .map(Ruling.Part::from)
                .distinct()
                .toList();
    }

    /** Flags that nobody declared and that hold nothing open, by the names of {@link LicenseTerms#question}. */
    public List<String> unstated() {
        return unstated;
    }

    /** Facts whose declaration may settle a {@link Outcome#REVIEW}, by the names of {@link LicenseTerms#question}. */
    public List<String> missing() {
        return missing;
    }

    /** Ids of what was noted about evidence and gates, for instance {@code conflict} or {@code third-party}. */
    public List<String> notes() {
        return notes;
    }

    /** The claims that were used, in the order of the work. */
    public List<Claim> evidence() {
        return evidence.stream().map(Marks.Read::claim).toList();
    }

    /** Of the terms that decided, {@code sha256:...}. */
    public String digest() {
        return terms.digest();
    }

    List<String> licenses() {
        return licenses;
    }

    @Nullable
    String addition() {
        return addition;
    }

    Work work() {
        return work;
    }

    LicenseTerms terms() {
        return terms;
    }

    /** The decision in sentences: what, on which terms, why, what is due, what to find out, and the law. */
    public BilingualText summary() {
        return new BilingualText(summary(true), summary(false));
    }

    private String summary(boolean ko) {
        StringBuilder out = new StringBuilder(ko ? "'" + title() + "': " : "\"" + title() + "\": ");
        String use = text(terms.vocabulary().title(purpose), ko);
        out.append(
                switch (outcome) {
                    case ALLOW -> ko ? use + "에 쓸 수 있습니다." : use + " is allowed.";
                    case ALLOW_WITH_DUTIES ->
                        ko ? use + "에 쓸 수 있지만 지켜야 할 의무가 있습니다." : use + " is allowed, with duties.";
                    case REVIEW -> ko ? use + "에 써도 되는지 사람이 검토해야 합니다." : use + " needs a person to decide.";
                    case DENY -> ko ? use + "에는 쓸 수 없습니다." : use + " is not allowed.";
                });
        out.append(ko ? " 기준일: " : " As of ").append(asOf).append('.');
        if (since != null) {
            out.append(
                    ko
                            ? " 쓰기 시작한 날(" + since + ")의 조건을 따랐습니다."
                            : " The terms of " + since + ", when use began, apply.");
        }
        out.append(ko ? " 조건: " : " Terms: ")
                .append(String.join("; ", titles(ko)))
                .append('.');
        parts.stream()
                .filter(each -> each.outcome() == outcome || each.outcome() == null)
                .map(each -> text(each.reason(), ko))
                .distinct()
                .forEach(reason -> out.append(' ').append(reason));
        list(out, ko ? " 의무: " : " Duties: ", duties.stream().map(terms::duty).toList(), ko);
        list(
                out,
                ko ? " 먼저 밝힐 것: " : " To be declared first: ",
                missing.stream().map(terms::question).toList(),
                ko);
        String law = law().stream().map(each -> text(each, ko)).collect(Collectors.joining(", "));
        if (!law.isEmpty()) {
            out.append(ko ? " 근거: " : " Rests on: ").append(law).append('.');
        }
        return out.toString();
    }

    /** Of the work, on one line. */
    public String title() {
        return Attribution.oneLine(work.title());
    }

    private List<String> titles(boolean ko) {
        List<String> titles = new ArrayList<>();
        licenses.forEach(id -> titles.add(text(terms.license(id).title(), ko)));
        if (addition != null) {
            titles.add(text(terms.license(addition).title(), ko));
        }
        return titles;
    }

    private static void list(StringBuilder out, String head, List<@Nullable BilingualText> texts, boolean ko) {
        if (!texts.isEmpty()) {
            out.append(head);
            texts.forEach(each -> out.append(each == null ? "" : text(each, ko)).append(' '));
            out.setLength(out.length() - 1);
        }
    }

    private static String text(BilingualText text, boolean ko) {
        return ko ? text.ko() : text.en();
    }

    /**
     * One line of canonical JSON (RFC 8785): {@code id}, {@code license}, {@code decision}, {@code duties}, {@code
     * reasons}, {@code evidence}, and what else it rests on; {@code questions} says of each missing fact what to ask and at
     * which path of the work to declare it.
     */
    public String toJson() {
        Map<String, Object> out = new TreeMap<>();
        out.put("id", id());
        out.put("purpose", purpose.word());
        out.put("asOf", asOf.toString());
        out.put("license", license());
        out.put("licenseFallback", licenseFallback());
        out.put("decision", outcome.name());
        out.put("duties", duties);
        out.put("reasons", parts.stream().map(LicenseDecision::json).toList());
        out.put("law", law().stream().map(LicenseDecision::json).toList());
        out.put("missing", missing);
        out.put("questions", missing.stream().map(this::question).toList());
        out.put("unstated", unstated);
        out.put("notes", notes);
        out.put("evidence", evidence.stream().map(LicenseDecision::json).toList());
        out.put("review", reviewed() ? "reviewed" : "draft");
        out.put("digest", digest());
        Claim.put(out, "route", route);
        Claim.put(out, "usedSince", since == null ? null : since.toString());
        return CanonicalForm.write(out);
    }

    private Map<String, Object> question(String fact) {
        Map<String, Object> out = new TreeMap<>(Map.of("fact", fact));
        BilingualText text = terms.question(fact);
        if (text != null) {
            out.putAll(json(text));
        }
        Claim.put(out, "path", terms.vocabulary().path(fact));
        return out;
    }

    private boolean reviewed() {
        return !licenses.isEmpty()
                && licenses.stream()
                        .map(id -> terms.license(id).on(asOf))
                        .allMatch(version -> version != null && version.reviewed());
    }

    private static Map<String, Object> json(Ruling.Part part) {
        Map<String, Object> out = json(part.reason());
        out.put("from", part.from());
        out.put("decision", part.outcome() == null ? "NOTE" : part.outcome().name());
        return out;
    }

    private static Map<String, Object> json(BilingualText text) {
        return new TreeMap<>(Map.of("ko", text.ko(), "en", text.en()));
    }

    private static Map<String, Object> json(Marks.Read read) {
        Map<String, Object> out = read.claim().json();
        out.put("seen", read.seen().toString());
        List<String> reads = new ArrayList<>(read.reading().licenses());
        if (read.reading().unknown()) {
            reads.add("unknown");
        }
        out.put("reads", reads);
        return out;
    }

    @Override
    public String toString() {
        return id() + " " + purpose.word() + " " + outcome + " " + license();
    }
}
