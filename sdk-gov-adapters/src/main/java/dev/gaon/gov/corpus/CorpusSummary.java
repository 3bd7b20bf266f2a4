package dev.gaon.gov.corpus;

import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a corpus: how many rows of which source stand under which licence, what that allows, what could not be
 * read, and which terms decided. Immutable and safe to share; the same audit gives the same JSON, byte for byte. It carries
 * the words of its ids, so that it is read without the terms. It is no legal advice.
 *
 * <p>A row is one work as a manifest lists it. All counts are of rows and at most 2<sup>53</sup> &minus; 1, which is as far as
 * JSON counts exactly.
 */
public final class CorpusSummary {

    /** Stands for the sources past the limit of the builder, whose rows are counted together. */
    public static final String OTHER_SOURCES = "*";

    /**
     * One file that was read.
     *
     * @param name without a folder, or an address
     * @param sha256 64 hexadecimal digits; null if it was not computed
     * @param rows that it holds, readable or not
     */
    public record Input(String name, long bytes, @Nullable String sha256, long rows) {

        public Input {
            Bounds.text("inputs.name", name);
            Bounds.count("inputs.bytes", bytes);
            if (sha256 != null) {
                Bounds.digest("inputs.sha256", "sha256:" + sha256);
            }
            Bounds.count("inputs.rows", rows);
        }
    }

    /** Rows that could not be read, and why. */
    public record Unreadable(BilingualText cause, long rows) {

        public Unreadable {
            Bounds.text("unreadable.cause", cause.ko());
            Bounds.text("unreadable.cause", cause.en());
            Bounds.count("unreadable.rows", rows);
        }
    }

    /** How the rows of one licence or source were decided. */
    public record Share(String name, Map<Outcome, Long> decisions) {

        public Share {
            EnumMap<Outcome, Long> copy = new EnumMap<>(Outcome.class);
            copy.putAll(decisions);
            decisions = Collections.unmodifiableMap(copy);
        }

        public long rows() {
            return decisions.values().stream().mapToLong(Long::longValue).sum();
        }

        public long rows(Outcome decision) {
            return decisions.getOrDefault(decision, 0L);
        }

        private double part(Outcome decision) {
            return rows() == 0 ? 0 : (double) rows(decision) / rows();
        }
    }

    /**
     * What one more permission would do.
     *
     * @param id of the obstacle: of a licence, whose holder would have to permit more; of a gate or of evidence, what would
     *     have to be cleared
     * @param frees rows that nothing else keeps from use
     * @param holds rows that it keeps from use, alone or with others
     */
    public record Permission(String id, long frees, long holds) {}

    final String title;
    final @Nullable String version;
    final Purpose purpose;
    final LocalDate asOf;
    final String termsDigest;
    final @Nullable String rowsDigest;
    final List<Input> inputs;
    final List<CorpusGroup> groups;
    final List<Unreadable> unreadable;
    final SortedMap<String, BilingualText> words;

    private CorpusSummary(Builder from) {
        title = from.title;
        version = from.version;
        purpose = from.purpose;
        asOf = from.asOf;
        termsDigest = from.termsDigest;
        rowsDigest = from.rowsDigest;
        inputs = List.copyOf(from.inputs);
        groups = from.groups.values().stream().sorted(ORDER).toList();
        List<Unreadable> causes = new ArrayList<>();
        from.unreadable.forEach((cause, rows) -> causes.add(new Unreadable(cause, rows)));
        causes.sort(Comparator.comparingLong(Unreadable::rows)
                .reversed()
                .thenComparing(each -> each.cause().en()));
        unreadable = List.copyOf(causes);
        words = Collections.unmodifiableSortedMap(new TreeMap<>(from.words));
        long all = 0;
        for (CorpusGroup each : groups) {
            all = Bounds.count("groups.rows", all + each.rows());
        }
        for (Unreadable each : unreadable) {
            all = Bounds.count("unreadable.rows", all + each.rows());
        }
    }

    /**
     * What is known of personal data in the rows that could be read.
     *
     * @param noted rows where it was declared or suspected, or where it must be looked for first
     * @param unstated other rows about which nobody said whether there is any
     * @param free rows declared to have none
     */
    public record PersonalData(long noted, long unstated, long free) {}

    private static final String PERSONAL_DATA_GATE = "personal-data";
    private static final String PERSONAL_DATA_FLAG = "personalData";

    private static final Comparator<CorpusGroup> ORDER = Comparator.comparing(CorpusGroup::source)
            .thenComparing(CorpusGroup::license)
            .thenComparing(CorpusGroup::decision)
            .thenComparing(CorpusGroup::toString);

    /** A summary of what these terms decided for a purpose and a day. */
    public static Builder builder(LicenseTerms terms, Purpose purpose, LocalDate asOf) {
        return new Builder(terms, terms.digest(), purpose, asOf);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is no such document, or past the limits; the message names the place
     */
    public static CorpusSummary parse(String json) {
        return SummaryJson.read(json);
    }

    /** In canonical JSON (RFC 8785), as {@code summary.json} holds it. */
    public String toJson() {
        return SummaryJson.write(this);
    }

    /** Of {@link #toJson}, {@code sha256:...}. */
    public String digest() {
        return "sha256:" + PackFiles.sha256(toJson().getBytes(StandardCharsets.UTF_8));
    }

    public String title() {
        return title;
    }

    public @Nullable String version() {
        return version;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** The day that counted, in Asia/Seoul. */
    public LocalDate asOf() {
        return asOf;
    }

    /** Of the terms that decided, {@code sha256:...}. */
    public String termsDigest() {
        return termsDigest;
    }

    /** Of the decisions of every row, {@code sha256:...}; null if it was not computed. */
    public @Nullable String rowsDigest() {
        return rowsDigest;
    }

    public List<Input> inputs() {
        return inputs;
    }

    /** By source, licence and decision. */
    public List<CorpusGroup> groups() {
        return groups;
    }

    /** The commonest cause first. */
    public List<Unreadable> unreadable() {
        return unreadable;
    }

    /** Rows in all, read or not. */
    public long rows() {
        return decided() + unread();
    }

    /** Rows that could be read. */
    public long decided() {
        return groups.stream().mapToLong(CorpusGroup::rows).sum();
    }

    /** Rows that could not be read, about which nothing is known. */
    public long unread() {
        return unreadable.stream().mapToLong(Unreadable::rows).sum();
    }

    /** Rows by decision; every decision is there. */
    public Map<Outcome, Long> byDecision() {
        Map<Outcome, Long> rows = new EnumMap<>(Outcome.class);
        for (Outcome each : Outcome.values()) {
            rows.put(each, 0L);
        }
        groups.forEach(each -> rows.merge(each.decision(), each.rows(), Long::sum));
        return rows;
    }

    /** By licence expression, the commonest first. */
    public List<Share> byLicense() {
        return shares(
                CorpusGroup::license,
                Comparator.comparingLong((Share each) -> each.rows()).reversed());
    }

    /**
     * By source, the riskiest first: more rows denied, then a larger share of its rows denied, then more rows to review, then
     * a larger share of them; by name where all of that is equal.
     */
    public List<Share> bySource() {
        return shares(
                CorpusGroup::source,
                Comparator.comparingLong((Share each) -> -each.rows(Outcome.DENY))
                        .thenComparingDouble(each -> -each.part(Outcome.DENY))
                        .thenComparingLong(each -> -each.rows(Outcome.REVIEW))
                        .thenComparingDouble(each -> -each.part(Outcome.REVIEW)));
    }

    private List<Share> shares(Function<CorpusGroup, String> name, Comparator<Share> order) {
        Map<String, Map<Outcome, Long>> found = new TreeMap<>();
        groups.forEach(each -> found.computeIfAbsent(name.apply(each), key -> new EnumMap<>(Outcome.class))
                .merge(each.decision(), each.rows(), Long::sum));
        List<Share> shares = new ArrayList<>();
        found.forEach((key, decisions) -> shares.add(new Share(key, decisions)));
        shares.sort(order.thenComparing(Share::name));
        return List.copyOf(shares);
    }

    /**
     * What one more permission would free, the most rows first. A permission frees the rows that may not be used now and
     * whose only obstacle it removes: rows with a second obstacle stay where they are, and are only counted as held.
     */
    public List<Permission> permissions() {
        Map<String, Permission> found = new TreeMap<>();
        for (CorpusGroup each : groups) {
            for (String id : each.obstacles()) {
                long frees = each.obstacles().size() == 1 ? each.rows() : 0;
                found.merge(
                        id,
                        new Permission(id, frees, each.rows()),
                        (a, b) -> new Permission(id, a.frees() + b.frees(), a.holds() + b.holds()));
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparingLong(Permission::frees)
                        .thenComparingLong(Permission::holds)
                        .reversed()
                        .thenComparing(Permission::id))
                .toList();
    }

    /** Rows by the duty that their use asks, the commonest first; duties of what may not be used are not counted. */
    public Map<String, Long> duties() {
        return count((each, add) -> (each.usable() ? each.duties() : List.<String>of()).forEach(add));
    }

    /** Rows to review by the fact that waits to be declared, the commonest first. */
    public Map<String, Long> questions() {
        return count((each, add) -> each.missing().forEach(add));
    }

    public PersonalData personalData() {
        long noted = 0;
        long unstated = 0;
        for (CorpusGroup each : groups) {
            if (each.notes().contains(PERSONAL_DATA_GATE)) {
                noted += each.rows();
            } else if (each.unstated().contains(PERSONAL_DATA_FLAG)) {
                unstated += each.rows();
            }
        }
        return new PersonalData(noted, unstated, decided() - noted - unstated);
    }

    private Map<String, Long> count(BiConsumer<CorpusGroup, Consumer<String>> names) {
        Map<String, Long> rows = new TreeMap<>();
        groups.forEach(each -> names.accept(each, id -> rows.merge(id, each.rows(), Long::sum)));
        Map<String, Long> sorted = new LinkedHashMap<>();
        rows.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return Collections.unmodifiableMap(sorted);
    }

    /** What a licence of an expression is called; its id if the terms that decided had no name for it. */
    public BilingualText license(String id) {
        return word("license/" + id, id);
    }

    /** What a duty asks, in words. */
    public BilingualText duty(String id) {
        return word("duty/" + id, id);
    }

    /** What to ask about a fact. */
    public BilingualText question(String fact) {
        return word("fact/" + fact, fact);
    }

    /** What stands in the way. */
    public BilingualText obstacle(String id) {
        return word("obstacle/" + id, id);
    }

    /** What the purpose is called. */
    public BilingualText use() {
        return word("purpose", purpose.word());
    }

    private BilingualText word(String key, String id) {
        BilingualText word = words.get(key);
        return word == null ? new BilingualText(id, id) : word;
    }

    /** Gathers a summary. One thread; {@link #build} may be called again as it grows. */
    public static final class Builder {

        /**
         * Groups kept apart. Rows past them are counted by what was decided, whatever their source, so that there the
         * order of groups matters.
         */
        public static final int MOST_GROUPS = 5_000;

        private static final int MOST_POOLED = 1_000;
        private static final int MOST_INPUTS = 10_000;
        private static final int MOST_CAUSES = 100;

        private String title = "corpus";
        private @Nullable String version;
        private final Purpose purpose;
        private final LocalDate asOf;
        private final String termsDigest;
        private @Nullable String rowsDigest;
        private final List<Input> inputs = new ArrayList<>();
        private final Map<CorpusGroup, CorpusGroup> groups = new HashMap<>();
        private int pooled;
        private final Map<BilingualText, Long> unreadable = new HashMap<>();
        private final Map<String, BilingualText> words = new TreeMap<>();
        private final @Nullable LicenseTerms terms;

        Builder(@Nullable LicenseTerms terms, String termsDigest, Purpose purpose, LocalDate asOf) {
            this.terms = terms;
            this.termsDigest = Bounds.digest("termsDigest", termsDigest);
            this.purpose = purpose;
            this.asOf = asOf;
            if (terms != null) {
                words.put("purpose", terms.title(purpose));
            }
        }

        /** What the corpus is called; else {@code corpus}. */
        public Builder title(String name) {
            title = Bounds.text("title", name);
            return this;
        }

        public Builder version(String name) {
            version = Bounds.text("version", name);
            return this;
        }

        /** Of the decisions of every row, {@code sha256:...}. */
        public Builder rowsDigest(String digest) {
            rowsDigest = Bounds.digest("rowsDigest", digest);
            return this;
        }

        /**
         * Adds a file that was read.
         *
         * @throws IllegalArgumentException past 10,000 inputs
         */
        public Builder input(Input input) {
            Bounds.size("inputs", inputs.size() + 1, MOST_INPUTS);
            inputs.add(input);
            return this;
        }

        /**
         * Adds rows. Those decided alike for the same reason are counted together.
         *
         * @throws IllegalArgumentException past the limits
         */
        public Builder group(CorpusGroup group) {
            boolean full = groups.size() - pooled >= MOST_GROUPS && !groups.containsKey(group.bare());
            CorpusGroup more = full ? group.pooled() : group;
            if (more.source().equals(OTHER_SOURCES) && !groups.containsKey(more.bare())) {
                pooled++;
                Bounds.size("groups", pooled, MOST_POOLED);
            }
            groups.merge(more.bare(), more, CorpusGroup::and);
            if (terms != null) {
                words(terms, more);
            }
            return this;
        }

        private void words(LicenseTerms from, CorpusGroup group) {
            group.licenses().forEach(id -> word("license/" + id, from.title(id)));
            group.duties().forEach(id -> word("duty/" + id, from.duty(id)));
            group.missing().forEach(id -> word("fact/" + id, from.question(id)));
            group.obstacles().forEach(id -> word("obstacle/" + id, from.obstacle(id)));
        }

        void word(String key, @Nullable BilingualText text) {
            if (text != null) {
                words.put(key, text);
            }
        }

        /**
         * Adds rows that could not be read.
         *
         * @param cause the same words for the same cause, with no row number and nothing of the row; at most 100 causes
         */
        public Builder unreadable(BilingualText cause, long rows) {
            Unreadable checked = new Unreadable(cause, rows);
            unreadable.merge(checked.cause(), rows, Math::addExact);
            Bounds.size("unreadable", unreadable.size(), MOST_CAUSES);
            return this;
        }

        /**
         * The summary so far.
         *
         * @throws IllegalArgumentException if there are more rows than JSON counts exactly
         */
        public CorpusSummary build() {
            return new CorpusSummary(this);
        }
    }

    @Override
    public String toString() {
        return title + " " + purpose.word() + " " + asOf + " " + byDecision();
    }
}
