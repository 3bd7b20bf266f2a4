package dev.gaon.gov.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file, and its fields as SQL: what a group must tell apart, the id, and why a row cannot be read. Found by
 * asking the engine, so that a name with a dot may be a column or lead into a nested one. One thread.
 */
final class Table {

    private static final int LONGEST_ID = 4_000;
    /** Counted from 0. */
    static final String ROW = "file_row_number";

    private static final String RESERVED = "gaon__";
    private static final Set<String> WHOLE = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UUID");
    private static final String CLAIM =
            "[{\"level\":\"JSON\",\"source\":\"JSON\",\"field\":\"JSON\",\"value\":\"JSON\",\"seen\":\"JSON\"}]";
    private static final String CLAIM_OF_SITE = CLAIM.replace("}]", ",\"url\":\"JSON\"}]");
    private static final String TIME =
            "^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)? ?";

    /** One field: its SQL, and the type that this has. */
    private record Column(String sql, String type) {}

    final Manifest.Columns columns;
    final List<String> names = new ArrayList<>();
    private final Duck duck;
    private final String file;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Column> resolved = new LinkedHashMap<>();
    private final Set<String> json = new TreeSet<>();
    private final String path;
    private final boolean staged;

    /** A file as it came. */
    static Table of(Duck duck, String path, Manifest manifest) {
        return new Table(duck, path, manifest, false, List.of());
    }

    /** A file that was staged: a column without any value is none, and rows carry their numbers and failures. */
    static Table staged(Duck duck, String path, Manifest manifest, List<String> seen) {
        return new Table(duck, path, manifest, true, seen);
    }

    private Table(Duck duck, String path, Manifest manifest, boolean staged, List<String> seen) {
        this.duck = duck;
        this.path = path;
        this.staged = staged;
        this.file = "read_parquet(" + Duck.text(path) + ", file_row_number = true)";
        duck.read(
                "describe select * from read_parquet(" + Duck.text(path) + ")",
                row -> types.put(row.getString(1), row.getString(2)));
        if (staged) {
            withoutEmpty();
        }
        for (String each : types.keySet()) {
            String lower = each.toLowerCase(Locale.ROOT);
            boolean ours = lower.startsWith(RESERVED) || lower.equals(ROW);
            if (ours && !staged) {
                throw CorpusException.wrongUse(
                        "감사가 쓰는 열 이름이 들어 있습니다: " + each + ".",
                        "It has a column with a name that the audit uses: " + each + ".",
                        "그 열의 이름을 바꾸세요.",
                        "Rename that column.");
            }
            if (!ours) {
                names.add(each);
            }
        }
        columns = match(manifest, seen.isEmpty() ? names : seen);
        if (types.containsKey(TextStage.LINE)) {
            names.clear();
            names.add(TextStage.LINE);
        }
    }

    private Manifest.Columns match(Manifest manifest, List<String> seen) {
        try {
            return manifest.match(this::has, seen);
        } catch (IllegalArgumentException e) {
            throw new CorpusException("columns", Manifest.unclear(e), Manifest.HOW, e);
        }
    }

    private void withoutEmpty() {
        List<String> all = List.copyOf(types.keySet());
        StringBuilder counts = new StringBuilder();
        all.forEach(each -> counts.append("count(").append(Duck.name(each)).append("), "));
        duck.read("select " + counts + "0 from " + file, row -> {
            for (int i = 0; i < all.size(); i++) {
                if (row.getLong(i + 1) == 0 && !all.get(i).startsWith(RESERVED)) {
                    types.remove(all.get(i));
                }
            }
        });
    }

    private boolean has(String name) {
        if (resolved.containsKey(name)) {
            return true;
        }
        Column found = column(name);
        if (found != null) {
            resolved.put(name, found);
        }
        return found != null;
    }

    private @Nullable Column column(String name) {
        String type = types.get(name);
        if (type != null) {
            return name.startsWith(RESERVED) ? null : new Column(Duck.name(name), type);
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String top = name.substring(0, dot);
            String holder = types.get(top);
            if (holder != null) {
                return nested(
                        Duck.name(top), holder, top, name.substring(dot + 1).split("\\.", -1));
            }
        }
        return null;
    }

    private @Nullable Column nested(String sql, String type, String top, String[] path) {
        if (type.startsWith("STRUCT") || type.startsWith("MAP")) {
            StringBuilder inner = new StringBuilder(sql);
            for (String each : path) {
                inner.append('[').append(Duck.text(each)).append(']');
            }
            try {
                List<@Nullable String> found = new ArrayList<>();
                duck.read("describe select " + inner + " from " + file, row -> found.add(row.getString(2)));
                return new Column(inner.toString(), String.valueOf(found.get(0)));
            } catch (CorpusException e) {
                if (e.kind().equals("damaged")) {
                    return null;
                }
                throw e;
            }
        }
        if ((type.equals("VARCHAR") || type.equals("JSON")) && holdsJson(sql, top)) {
            StringBuilder inner = new StringBuilder("$");
            for (String each : path) {
                inner.append(".\"").append(each.replace("\"", "\\\"")).append('"');
            }
            return new Column(
                    "case when json_valid(" + sql + ") then json_extract_string(" + sql + ", "
                            + Duck.text(inner.toString()) + ") end",
                    "VARCHAR");
        }
        return null;
    }

    private boolean holdsJson(String sql, String top) {
        if (json.contains(top)) {
            return true;
        }
        String sample = "select " + sql + " as c from " + file + " where " + sql + " is not null limit 1000";
        boolean holds = duck.number("select count(*) from (" + sample + ") where c like '{%' and json_valid(c)") > 0;
        if (holds) {
            json.add(top);
        }
        return holds;
    }

    private Column of(String field) {
        Column column = resolved.get(String.valueOf(columns.columns().get(field)));
        if (column == null) {
            throw new IllegalStateException("matched: " + field);
        }
        return column;
    }

    boolean staged() {
        return staged;
    }

    /** The id as text. */
    String id() {
        Column id = of("id");
        if (id.type().equals("VARCHAR")) {
            return id.sql();
        }
        if (WHOLE.contains(id.type()) || id.type().startsWith("ENUM")) {
            return "cast(" + id.sql() + " as varchar)";
        }
        throw CorpusException.wrongUse(
                "id 열의 종류를 쓸 수 없습니다: " + id.type() + ".",
                "The id column has a type that cannot be used: " + id.type() + ".",
                "글이나 정수인 열을 id로 정하세요.",
                "Map the id to a column of text or whole numbers.");
    }

    /** A field as text for a credit; null, as SQL writes it, where the file has no such column. */
    String credit(String field) {
        if (!columns.columns().containsKey(field)) {
            return "null";
        }
        Column column = of(field);
        String sql = columns.kind(field) == Manifest.Kind.DAY ? day(column) : column.sql();
        return "cast(" + sql + " as varchar)";
    }

    String row() {
        return staged ? TextStage.ROW : ROW + " + 1";
    }

    /** Where a row that cannot be split stands, and what it is the hash of. */
    String place() {
        return staged ? TextStage.BYTE + " as offset, " + TextStage.HASH + " as sha256, " : "";
    }

    /** What groups tell apart, in the order of {@link Manifest.Columns#evidence()}. */
    List<String> evidence() {
        return columns.evidence().stream().map(this::key).toList();
    }

    private String key(String field) {
        Column column = of(field);
        String sql = column.sql();
        String type = column.type();
        return switch (columns.kind(field)) {
            case DAY -> day(column);
            case CLAIMS -> claims(type.equals("VARCHAR") ? sql : "cast(to_json(" + sql + ") as varchar)");
            default ->
                plain(type)
                        ? sql
                        : type.startsWith("ENUM")
                                ? "cast(" + sql + " as varchar)"
                                : "cast(to_json(" + sql + ") as varchar)";
        };
    }

    private static boolean plain(String type) {
        return type.equals("VARCHAR") || type.equals("BOOLEAN") || type.equals("DATE") || WHOLE.contains(type);
    }

    /** A time of day that does not change the day would only make more groups. */
    private static String day(Column column) {
        String sql = column.sql();
        if (column.type().equals("TIMESTAMP WITH TIME ZONE")) {
            return "cast(timezone('UTC', " + sql + ") + interval 9 hour as date)";
        }
        if (column.type().startsWith("TIMESTAMP")) {
            return "cast(" + sql + " as date)";
        }
        if (!column.type().equals("VARCHAR")) {
            return plain(column.type()) ? sql : "cast(" + sql + " as varchar)";
        }
        String local = "regexp_replace(" + sql + ", " + Duck.text(TIME + "$") + ", '\\1')";
        String zoned = "regexp_replace(" + sql + ", " + Duck.text(TIME + "(Z|UTC|[+-][0-9]{2}(?::?00)?)$")
                + ", '\\1T\\2:00\\3')";
        return "case when length(" + sql + ") <= 10 then " + sql + " when regexp_full_match(" + sql + ", "
                + Duck.text(TIME + "$") + ") then " + local + " else " + zoned + " end";
    }

    /** Addresses would make a group of each work; they stay where one work has claims of several sites. */
    private static String claims(String sql) {
        String sites = "list_transform(from_json(" + sql + ", '[{\"url\":\"VARCHAR\"}]'), lambda c: "
                + "coalesce(nullif(regexp_extract(lower(c.url), '^[^/?#]*//([^/?#]*)', 1), ''), c.url, ''))";
        return "coalesce(case when json_valid(" + sql + ") and json_type(" + sql
                + ") = 'ARRAY' then case when contains(" + sql
                + ", '\"url\"') and len(list_distinct(" + sites + ")) > 1 then " + bare(sql, CLAIM_OF_SITE) + " else "
                + bare(sql, CLAIM)
                + " end end, " + sql + ")";
    }

    private static String bare(String sql, String claim) {
        return "cast(to_json(from_json(" + sql + ", " + Duck.text(claim) + ")) as varchar)";
    }

    /** The days that must not contradict each other; null if one of them is not there. */
    @Nullable
    List<String> days() {
        return columns.columns().containsKey("published") ? days(of("published")) : null;
    }

    private List<String> days(Column published) {
        List<String> days = new ArrayList<>(List.of("nullif(trim(cast(" + day(published) + " as varchar)), '')"));
        if (columns.columns().containsKey("collected")) {
            days.add("nullif(trim(cast(" + day(of("collected")) + " as varchar)), '')");
        }
        return days;
    }

    /** True if the engine itself knows these days, so that no text has to be read. */
    boolean typedDays() {
        return typed("published") && (!columns.columns().containsKey("collected") || typed("collected"));
    }

    private boolean typed(String field) {
        String type = of(field).type();
        return type.equals("DATE") || type.startsWith("TIMESTAMP");
    }

    /** The later of two typed days that must be the earlier one; null if there is nothing to compare. */
    @Nullable
    String contradiction() {
        return columns.columns().containsKey("collected") ? day(of("published")) + " > " + day(of("collected")) : null;
    }

    /** True of nearly every id that can be used, and told without looking closely; of no other. */
    String plainId() {
        return id() + " > '!' and strlen(" + id() + ") <= " + LONGEST_ID;
    }

    /** Why the id cannot be used, or null. */
    String badId() {
        String id = id();
        String told = staged ? "when " + TextStage.CAUSE + " is not null then " + TextStage.CAUSE + " " : "";
        return "case " + told + "when " + plainId() + " then null when "
                + id
                + " is null or trim(" + id + ", e' \\t\\r\\n') = '' then 'NO_ID' when length(" + id + ") > "
                + LONGEST_ID
                + " then 'TOO_LONG' end";
    }

    /** The rows from one number up to another, this one left out, counted from 0. */
    String rows(long from, long to) {
        return file + " where " + ROW + " >= " + from + " and " + ROW + " < " + to;
    }

    /** How many rows each row group has. */
    List<Long> groups() {
        List<Long> rows = new ArrayList<>();
        duck.read(
                "select row_group_id, any_value(row_group_num_rows) from parquet_metadata(" + Duck.text(path)
                        + ") group by 1 order by 1",
                row -> rows.add(row.getLong(2)));
        return rows;
    }
}
