package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.corpus.UnreadableCause;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** The fields of a work among the columns of a Dataset, as text that every engine writes alike. One thread. */
final class Fields {

    private static final int LONGEST_ID = 4_000;
    private static final int SAMPLE = 1_000;
    private static final long KOREA = 9L * 60 * 60 * 1_000_000;
    private static final long DAY = 24L * 60 * 60 * 1_000_000;
    private static final List<String> CLAIM = List.of("level", "source", "field", "value", "seen", "url");

    /** One column or what it leads to. */
    private record Found(Column column, DataType type) {}

    private final Dataset<Row> rows;
    private final Map<String, @Nullable Found> resolved = new LinkedHashMap<>();

    private Fields(Dataset<Row> rows) {
        this.rows = rows;
    }

    /**
     * @param manifest which columns hold what
     * @param own columns that the audit itself added to what it read, {@link Table#CAUSE} or {@link Table#FILE}
     * @throws IllegalArgumentException if the columns are unclear, or another one has a name that the audit uses
     */
    static Table table(Dataset<Row> rows, Manifest manifest, String... own) {
        List<String> ours = new ArrayList<>(List.of(own));
        List<String> names = new ArrayList<>();
        for (String each : rows.columns()) {
            if (!each.toLowerCase(Locale.ROOT).startsWith(Table.RESERVED)) {
                names.add(each);
            } else if (!ours.remove(each)) {
                throw wrong(
                        "감사가 쓰는 열 이름이 들어 있습니다: " + each + ". 그 열의 이름을 바꾸세요.",
                        "It has a column with a name that the audit uses: " + each + ". Rename that column.");
            }
        }
        Fields fields = new Fields(rows);
        return fields.table(manifest.match(name -> fields.find(name) != null, names));
    }

    /** Of columns that are matched already, each of the name that {@link Manifest.Columns#columns} gives. */
    static Table table(Dataset<Row> rows, Manifest.Columns columns) {
        return new Fields(rows).table(columns);
    }

    private static IllegalArgumentException wrong(String ko, String en) {
        return new IllegalArgumentException(
                new BilingualText("말뭉치의 열을 쓸 수 없습니다. " + ko, "The columns of the corpus cannot be used. " + en).both());
    }

    private Table table(Manifest.Columns columns) {
        Map<String, Column> added = new LinkedHashMap<>();
        Column id = id(of(columns, "id"));
        added.put(Table.ID, id);
        added.put(Table.CAUSE, cause(columns, id));
        List<String> evidence = columns.evidence();
        for (int i = 0; i < evidence.size(); i++) {
            added.put(Table.evidence(i), text(of(columns, evidence.get(i)), columns.kind(evidence.get(i))));
        }
        List<Column> all = new ArrayList<>();
        for (String each : rows.columns()) {
            if (!each.equals(Table.CAUSE)) {
                all.add(quoted(each));
            }
        }
        added.forEach((name, column) -> all.add(column.as(name)));
        return new Table(rows.select(all.toArray(Column[]::new)), columns);
    }

    private Found of(Manifest.Columns columns, String field) {
        Found found = find(String.valueOf(columns.columns().get(field)));
        if (found == null) {
            throw new IllegalStateException("matched: " + field);
        }
        return found;
    }

    private static Column quoted(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

    private @Nullable Found find(String name) {
        if (!resolved.containsKey(name)) {
            resolved.put(name, resolve(name));
        }
        return resolved.get(name);
    }

    /** A column of that name, or else the shortest way into a nested one. */
    private @Nullable Found resolve(String name) {
        StructType schema = rows.schema();
        if (name.startsWith(Table.RESERVED)) {
            return null;
        }
        if (has(schema, name)) {
            return new Found(quoted(name), schema.apply(name).dataType());
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String top = name.substring(0, dot);
            if (has(schema, top)) {
                return nested(new Found(quoted(top), schema.apply(top).dataType()), name.substring(dot + 1));
            }
        }
        return null;
    }

    private static boolean has(StructType type, String name) {
        return Arrays.asList(type.fieldNames()).contains(name);
    }

    private @Nullable Found nested(Found holder, String path) {
        String[] steps = path.split("\\.", -1);
        Found at = holder;
        for (int i = 0; i < steps.length; i++) {
            if (at.type() instanceof StructType type && has(type, steps[i])) {
                at = new Found(
                        at.column().getField(steps[i]), type.apply(steps[i]).dataType());
            } else if (at.type() instanceof MapType type && type.keyType() instanceof StringType) {
                at = new Found(at.column().getItem(steps[i]), type.valueType());
            } else if (at.type() instanceof StringType && holdsJson(at.column())) {
                String rest = String.join(".", Arrays.asList(steps).subList(i, steps.length));
                return new Found(
                        JsonLine.values(at.column().cast("binary"), List.of(rest), null)
                                .getItem(1),
                        at.type());
            } else {
                return null;
            }
        }
        return at;
    }

    private boolean holdsJson(Column column) {
        Dataset<Row> sample =
                rows.select(column.as("c")).where("c is not null").limit(SAMPLE).where("c like '{%'");
        return !sample.select(JsonLine.values(col("c").cast("binary"), List.of(), null)
                        .getItem(0)
                        .as("cause"))
                .where("cause is null")
                .isEmpty();
    }

    private static Column id(Found id) {
        if (id.type() instanceof StringType) {
            return id.column();
        }
        if (whole(id.type())) {
            return id.column().cast("string");
        }
        throw wrong(
                "id 열의 종류를 쓸 수 없습니다: " + id.type().simpleString() + ". 글이나 정수인 열을 id로 정하세요.",
                "The id column has a type that cannot be used: " + id.type().simpleString()
                        + ". Map the id to a column of text or whole numbers.");
    }

    private static boolean whole(DataType type) {
        return type instanceof LongType
                || type instanceof IntegerType
                || type instanceof ShortType
                || type instanceof ByteType;
    }

    /**
     * Why a row cannot be read, whatever its evidence; the first reason counts. Empty and not null where nothing is wrong, as the
     * engine's faster way to group takes no null.
     */
    private Column cause(Manifest.Columns columns, Column id) {
        List<Column> causes = new ArrayList<>();
        if (has(rows.schema(), Table.CAUSE)) {
            causes.add(col(Table.CAUSE));
        }
        // most ids are told by their first letter; only the others are looked at closely
        causes.add(when(id.isNull(), word(UnreadableCause.NO_ID))
                .when(not(is_valid_utf8(id)), word(UnreadableCause.WRONG_ENCODING))
                .when(id.leq(lit("!")).and(btrim(id, lit(" \t\r\n")).equalTo("")), word(UnreadableCause.NO_ID))
                // letters are counted only where there are bytes enough for so many
                .when(octet_length(id).gt(LONGEST_ID).and(length(id).gt(LONGEST_ID)), word(UnreadableCause.TOO_LONG)));
        if (columns.columns().containsKey("published")) {
            causes.add(days(columns));
        }
        causes.add(lit(""));
        return coalesce(causes.toArray(Column[]::new));
    }

    private Column days(Manifest.Columns columns) {
        Found published = of(columns, "published");
        Column day = day(published);
        Column cause = typed(published.type())
                ? lit(null).cast("string")
                : when(not(blank(published)).and(day.isNull()), word(UnreadableCause.UNKNOWN_DATE));
        if (columns.columns().containsKey("collected")) {
            cause = coalesce(
                    cause, when(day.gt(day(of(columns, "collected"))), word(UnreadableCause.CONTRADICTORY_DATES)));
        }
        return cause;
    }

    private static Column blank(Found text) {
        return btrim(coalesce(text.column().cast("string"), lit(""))).equalTo("");
    }

    private static Column word(UnreadableCause cause) {
        return lit(cause.name());
    }

    private static boolean typed(DataType type) {
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
    }

    /** As a day where it can be read as one. */
    private static Column day(Found found) {
        Column column = found.column();
        if (found.type() instanceof TimestampType) {
            return date_add(
                    lit(LocalDate.EPOCH),
                    floor(unix_micros(column).plus(KOREA).divide(lit(DAY))).cast("int"));
        }
        return typed(found.type())
                ? column.cast("date")
                : DayText.day(column.cast("string")).cast("date");
    }

    private static Column text(Found found, Manifest.Kind kind) {
        Column column = found.column();
        return switch (kind) {
            case DAY ->
                typed(found.type())
                        ? day(found)
                        : when(length(column.cast("string")).leq(10), column.cast("string"))
                                .otherwise(coalesce(DayText.day(column.cast("string")), column.cast("string")));
            case CLAIMS -> claims(found);
            default -> plain(found.type()) ? column : to_json(column);
        };
    }

    private static boolean plain(DataType type) {
        return !(type instanceof StructType || type instanceof ArrayType || type instanceof MapType);
    }

    /** What of claims differs by row, such as an address, would only make more groups. */
    private static Column claims(Found found) {
        if (found.type() instanceof ArrayType list && list.elementType() instanceof StructType claim) {
            return JsonLine.claims(to_json(transform(
                    found.column(),
                    each -> struct(CLAIM.stream()
                            .filter(name -> has(claim, name))
                            .map(name -> part(new Found(
                                            each.getField(name),
                                            claim.apply(name).dataType()))
                                    .as(name))
                            .toArray(Column[]::new)))));
        }
        return plain(found.type()) ? JsonLine.claims(found.column().cast("string")) : to_json(found.column());
    }

    private static Column part(Found found) {
        return typed(found.type()) ? day(found).cast("string") : found.column();
    }
}
