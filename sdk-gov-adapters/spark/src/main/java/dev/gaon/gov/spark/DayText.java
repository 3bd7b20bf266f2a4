package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.udf;

import dev.gaon.gov.corpus.Manifest;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** A day as corpora write it, in the form of ISO 8601. */
final class DayText {

    private static final UserDefinedFunction DAY =
            udf((UDF1<@Nullable String, @Nullable String>) DayText::read, DataTypes.StringType);

    private DayText() {}

    /** Null where the text is no day. */
    static Column day(Column text) {
        return DAY.apply(text);
    }

    private static @Nullable String read(@Nullable String text) {
        LocalDate day = text == null ? null : Manifest.days().read(text);
        return day == null ? null : day.toString();
    }
}
