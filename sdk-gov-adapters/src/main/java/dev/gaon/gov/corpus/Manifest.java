package dev.gaon.gov.corpus;

import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a corpus hold what: the layouts that are known, and what the user says of others. Immutable and safe to
 * share; every {@code with} method returns a changed copy.
 *
 * <p>Fields are named by their place in a work document, for instance {@code id}, {@code license}, {@code collected},
 * {@code publisher.kind} or {@code flags.thirdParty}; {@link #fields()} lists them. A column is named as the file names it; a
 * dot leads into a nested one, as in {@code metadata.license}.
 */
public final class Manifest {

    /** What a field holds. */
    public enum Kind {
        TEXT,
        DAY,
        /** True or false. */
        FACT,
        /** A list of claims, or JSON text of one. */
        CLAIMS
    }

    record Field(String name, Kind kind, boolean evidence, List<String> columns) {}

    private record Layout(
            String id, List<String> needs, Map<String, List<String>> columns, Map<String, String> constants) {}

    private static final String ROOT = "dev/gaon/gov/corpus";
    private static final String FILE = "manifest.json";
    private static final Data BUNDLED = new Data(PackFiles.bundled(ROOT));

    private static final class Data {
        private final String digest;
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private final List<Layout> layouts = new ArrayList<>();
        private final CorpusDays days;
        private final Map<String, Boolean> facts = new TreeMap<>();

        Data(PackFiles pack) {
            digest = pack.digest();
            PackFiles.Place top = pack.read(FILE, Set.of("fields", "layouts", "days", "facts"));
            for (PackFiles.Place each : top.list("fields")) {
                each.only(Set.of("field", "kind", "evidence", "columns"));
                String name = each.text("field");
                fields.put(
                        name,
                        new Field(
                                name,
                                each.oneOf("kind", Kind.values()),
                                each.truth("evidence"),
                                List.copyOf(each.texts("columns"))));
            }
            for (PackFiles.Place each : top.list("layouts")) {
                layouts.add(layout(each));
            }
            days = new CorpusDays(top.at("days"));
            PackFiles.Place words = top.at("facts");
            words.only(Set.of("true", "false"));
            words.texts("true").forEach(word -> facts.put(word, true));
            words.texts("false").forEach(word -> facts.put(word, false));
        }

        private Layout layout(PackFiles.Place at) {
            at.only(Set.of("id", "title", "needs", "columns", "constants", "confidence", "notes", "sources"));
            Map<String, List<String>> columns = new TreeMap<>();
            at.each("columns")
                    .keySet()
                    .forEach(field -> columns.put(field, at.at("columns").texts(field)));
            Map<String, String> constants = new TreeMap<>();
            at.each("constants")
                    .keySet()
                    .forEach(field -> constants.put(field, at.at("constants").text(field)));
            for (Collection<String> named : List.of(columns.keySet(), constants.keySet())) {
                named.stream().filter(field -> !fields.containsKey(field)).forEach(field -> {
                    throw at.wrong("모르는 칸입니다: " + field, "unknown field: " + field);
                });
            }
            return new Layout(at.text("id"), List.copyOf(at.texts("needs")), columns, constants);
        }
    }

    private final @Nullable String layout;
    private final Map<String, String> columns;
    private final Map<String, String> constants;

    private Manifest(@Nullable String layout, Map<String, String> columns, Map<String, String> constants) {
        this.layout = layout;
        this.columns = columns;
        this.constants = constants;
    }

    /** The layouts that come with this library; the first that fits a file's columns reads it. */
    public static Manifest known() {
        return new Manifest(null, Map.of(), Map.of());
    }

    /** Reads by this layout whatever the columns: {@code work}, {@code dolma}, {@code datatrove}, {@code flat}. */
    public Manifest withLayout(String id) {
        List<String> ids = BUNDLED.layouts.stream().map(Layout::id).toList();
        if (!ids.contains(id)) {
            throw wrong("모르는 배치입니다: " + id + ". " + ids, "Unknown layout: " + id + ". " + ids);
        }
        return new Manifest(id, columns, constants);
    }

    /**
     * Says which column holds a field, whatever the layout says.
     *
     * @throws IllegalArgumentException if there is no such field; the message lists them
     */
    public Manifest withColumn(String field, String column) {
        field(field);
        Map<String, String> more = new TreeMap<>(columns);
        more.put(field, column);
        return new Manifest(layout, more, constants);
    }

    /** Gives a field one value where a row has none, for instance {@code license_source} {@code spdx}. */
    public Manifest withConstant(String field, String value) {
        if (!field(field).evidence()) {
            throw wrong("값을 정할 수 없는 칸입니다: " + field, "This field takes no constant: " + field);
        }
        Map<String, String> more = new TreeMap<>(constants);
        more.put(field, value);
        return new Manifest(layout, columns, more);
    }

    /** Every field, in the order of the data file. */
    public static List<String> fields() {
        return List.copyOf(BUNDLED.fields.keySet());
    }

    /** The days that columns may hold. */
    public static CorpusDays days() {
        return BUNDLED.days;
    }

    /** Of the data file with fields, layouts and forms of days, {@code sha256:...}. */
    public static String digest() {
        return BUNDLED.digest;
    }

    static @Nullable Boolean fact(String word) {
        return BUNDLED.facts.get(word);
    }

    static Field field(String name) {
        Field field = BUNDLED.fields.get(name);
        if (field == null) {
            throw wrong("모르는 칸입니다: " + name + ". " + fields(), "Unknown field: " + name + ". " + fields());
        }
        return field;
    }

    /**
     * Finds the columns of one file.
     *
     * @param has whether the file has a column of this name; a name with a dot may lead into a nested column
     * @param found the columns at the top, for the message
     * @throws IllegalArgumentException if there is no id or nothing about licences; the message lists the columns and says
     *     how to map them
     */
    public Columns match(Predicate<String> has, Collection<String> found) {
        Layout fitting = BUNDLED.layouts.stream()
                .filter(each -> layout == null
                        ? each.needs().stream().allMatch(has)
                        : each.id().equals(layout))
                .findFirst()
                .orElseThrow();
        Map<String, String> matched = new LinkedHashMap<>();
        for (Field field : BUNDLED.fields.values()) {
            String said = columns.get(field.name());
            if (said != null && !has.test(said)) {
                throw wrong(
                        field.name() + "의 열 '" + said + "'이(가) 없습니다. 있는 열: " + found,
                        "There is no column '" + said + "' for " + field.name() + ". Found: " + found);
            }
            List<String> names =
                    said == null ? fitting.columns().getOrDefault(field.name(), field.columns()) : List.of(said);
            names.stream().filter(has).findFirst().ifPresent(name -> matched.put(field.name(), name));
        }
        Map<String, String> fixed = new TreeMap<>(fitting.constants());
        fixed.putAll(constants);
        boolean evidence = matched.containsKey("claims")
                || matched.containsKey("license")
                || matched.containsKey("publisher.kind")
                || fixed.containsKey("license");
        if (!matched.containsKey("id") || !evidence) {
            String missing = matched.containsKey("id") ? "license" : "id";
            throw wrong(
                    missing + " 열을 찾지 못했습니다. 있는 열: " + found + ". 열 이름을 정해 주세요(" + missing + "=열 이름).",
                    "No column for " + missing + ". Found: " + found + ". Map it (" + missing + "=COLUMN).");
        }
        return new Columns(fitting.id(), matched, fixed);
    }

    private static IllegalArgumentException wrong(String ko, String en) {
        return new IllegalArgumentException(
                new BilingualText("말뭉치의 열을 알 수 없습니다. " + ko, "The columns of the corpus are unclear. " + en).both());
    }

    static final BilingualText HOW = new BilingualText(
            "열 이름을 칸에 이어 주세요(withColumn, 명령줄에서는 --column 칸=열).",
            "Map columns to fields (withColumn; on the command line --column FIELD=COLUMN).");

    /** The message of {@link #match}, by language. */
    static BilingualText unclear(IllegalArgumentException e) {
        String[] both = String.valueOf(e.getMessage()).split(" / ", 2);
        return new BilingualText(both[0], both.length < 2 ? both[0] : both[1]);
    }

    /** Every column that may hold a field, whatever the layout. */
    Set<String> candidates() {
        Set<String> all = new LinkedHashSet<>(columns.values());
        BUNDLED.fields.values().forEach(each -> all.addAll(each.columns()));
        BUNDLED.layouts.forEach(each -> each.columns().values().forEach(all::addAll));
        return all;
    }

    /** The columns that may hold the id, the first one first. */
    List<String> ids() {
        String said = columns.get("id");
        return said == null ? field("id").columns() : List.of(said);
    }

    /** The columns by which layouts are told. */
    static Set<String> needs() {
        Set<String> all = new LinkedHashSet<>();
        BUNDLED.layouts.forEach(each -> all.addAll(each.needs()));
        return all;
    }

    /** The settings, for the record of a run. */
    Map<String, Object> settings() {
        Map<String, Object> out = new TreeMap<>();
        out.put("layout", layout == null ? "" : layout);
        out.put("columns", columns);
        out.put("constants", constants);
        return out;
    }

    /**
     * The columns of one file, matched. Immutable.
     *
     * @param layout that fitted
     * @param columns by field, those that the file has
     * @param constants by field, where a row has no value
     */
    public record Columns(String layout, Map<String, String> columns, Map<String, String> constants) {

        /**
         * The fields whose columns can change a decision, and the source by which rows are counted, in order. The values of these
         * columns as text are what {@link RowDecisions#decide} takes. A DAY may be given as it stands or as the day that
         * {@link CorpusDays} reads in it; of CLAIMS what is not level, source, field, value or seen may be left out.
         */
        public List<String> evidence() {
            return columns.keySet().stream()
                    .filter(each -> field(each).evidence())
                    .toList();
        }

        /** What a field holds. */
        public Kind kind(String field) {
            return field(field).kind();
        }
    }
}
