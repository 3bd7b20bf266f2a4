package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides rows by what of them can change a decision, each distinct evidence once, whatever engine reads the rows. The
 * caller keeps it for one run; one thread.
 *
 * <p>At most 200,000 distinct evidences unless said otherwise, about 1 KB each.
 */
public final class RowDecisions {

    /** Distinct evidences of one run, unless said otherwise. */
    public static final int MOST = 200_000;

    /** Most corpora have fewer; the parts of a file then repeat what was decided of the first. */
    private static final int MOST_AGAIN = 20_000;

    private static final int MOST_LETTERS = 500;

    private static final String UNMARKED = "none";
    private static final int LONGEST_SOURCE = 400;

    private final LicenseAudit audit;
    private final Purpose purpose;
    private final LocalDate asOf;
    private final int most;
    private final @Nullable Consumer<String> bases;
    private final Map<String, RowDecision> decided = new HashMap<>();
    private final Map<CorpusGroup, CorpusGroup> alike = new HashMap<>();
    private final Map<List<@Nullable String>, RowDecision> again = new HashMap<>();
    private Manifest.@Nullable Columns read;

    /**
     * Decides by these terms.
     *
     * @param most distinct evidences
     * @param bases takes one line of canonical JSON, without its line end, for each distinct evidence once: its digest, the
     *     {@code evidence} itself and the full {@code decision}; null if nobody wants them
     */
    public RowDecisions(
            LicenseTerms terms, Purpose purpose, LocalDate asOf, int most, @Nullable Consumer<String> bases) {
        this.audit = LicenseAudit.by(terms);
        this.purpose = purpose;
        this.asOf = asOf;
        this.most = most;
        this.bases = bases;
    }

    /**
     * Decides one tuple.
     *
     * @param values in the order of {@link Manifest.Columns#evidence()}; null is no value
     * @throws CorpusException if there are more distinct evidences than agreed ({@code too-many-evidences})
     */
    public RowDecision decide(Manifest.Columns columns, List<@Nullable String> values) {
        if (!columns.equals(read)) {
            read = columns;
            again.clear();
        }
        RowDecision known = again.get(values);
        if (known != null) {
            return known;
        }
        RowDecision made = first(columns, values);
        if (again.size() < MOST_AGAIN && letters(values) <= MOST_LETTERS) {
            // not List.copyOf, which takes no null
            again.put(new ArrayList<>(values), made);
        }
        return made;
    }

    private static int letters(List<@Nullable String> values) {
        return values.stream()
                .mapToInt(each -> each == null ? 0 : Math.min(each.length(), MOST_LETTERS + 1))
                .sum();
    }

    private RowDecision first(Manifest.Columns columns, List<@Nullable String> values) {
        Map<String, String> known = new TreeMap<>(columns.constants());
        List<String> fields = columns.evidence();
        for (int i = 0; i < fields.size(); i++) {
            String value = values.get(i);
            if (value != null && !value.isBlank()) {
                known.put(fields.get(i), value);
            }
        }
        String canonical;
        try {
            canonical = EvidenceTuple.canonical(known);
        } catch (EvidenceTuple.Refused e) {
            return new RowDecision.Unreadable(e.cause);
        } catch (IllegalArgumentException e) {
            return new RowDecision.Unreadable(UnreadableCause.WRONG_ENCODING);
        }
        String basis = EvidenceTuple.basis(canonical);
        RowDecision made = decided.get(basis);
        if (made == null) {
            made = room(basis, canonical);
        }
        return made instanceof RowDecision.Decided row ? from(known, row) : made;
    }

    /** The same decision, counted with its source and the kind of its publisher. */
    private RowDecision from(Map<String, String> known, RowDecision.Decided row) {
        CorpusGroup group = row.group();
        String source = known.get("source");
        String kind = known.get("publisher.kind");
        if (source == null && kind == null) {
            return row;
        }
        CorpusGroup own =
                group.from(source == null ? group.source() : cut(source.strip()), kind == null ? null : kind.strip());
        return new RowDecision.Decided(row.basis(), alike.computeIfAbsent(own, key -> own));
    }

    private RowDecision room(String basis, String canonical) {
        if (decided.size() >= most) {
            throw new CorpusException(
                    "too-many-evidences",
                    new BilingualText("서로 다른 근거가 " + most + "가지를 넘습니다.", "More than " + most + " distinct evidences."),
                    new BilingualText(
                            "행마다 다른 값(주소나 시각)이 근거 열에 들어 있는지 보고, 말뭉치를 나누거나 한도를 올리세요.",
                            "See whether a value that differs by row, such as an address, stands in an evidence column;"
                                    + " split the corpus or raise the limit."),
                    null);
        }
        RowDecision made = made(basis, canonical);
        decided.put(basis, made);
        return made;
    }

    private RowDecision made(String basis, String canonical) {
        LicenseDecision decision;
        try {
            decision = audit.decide(Work.parse(canonical), purpose, asOf);
        } catch (IllegalArgumentException e) {
            return new RowDecision.Unreadable(UnreadableCause.BAD_EVIDENCE);
        }
        if (bases != null) {
            // parts in canonical form, in the order of their names, are one canonical form
            bases.accept("{\"basis\":\"" + basis + "\",\"decision\":" + decision.toJson() + ",\"evidence\":" + canonical
                    + "}");
        }
        String sources = joined(decision, Claim::source);
        String read = joined(decision, each -> each.level() + " " + each.source());
        CorpusGroup group = CorpusGroup.of(decision, sources.isEmpty() ? UNMARKED : sources, null, read, 0, List.of());
        // what reads alike is kept once
        return new RowDecision.Decided(basis, alike.computeIfAbsent(group, key -> group));
    }

    private static String joined(LicenseDecision decision, Function<Claim, String> part) {
        return cut(decision.evidence().stream().map(part).distinct().sorted().collect(Collectors.joining(" + ")));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SOURCE
                ? text
                : text.substring(
                        0,
                        text.offsetByCodePoints(
                                0, Math.min(LONGEST_SOURCE / 2, text.codePointCount(0, text.length()))));
    }

    /** How many distinct evidences were decided, unreadable ones included. */
    public int size() {
        return decided.size();
    }
}
