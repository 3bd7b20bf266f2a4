package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a text file into Parquet with the columns that matter, each row with its number and, where it cannot be read, why.
 * The engine splits lines and reads JSON; what it cannot split becomes a row as well, so that nothing is lost. One thread.
 */
final class TextStage {

    static final String LINE = "gaon__line";
    static final String ROW = "gaon__row";
    static final String CAUSE = "gaon__cause";
    static final String BYTE = "gaon__byte";
    static final String HASH = "gaon__hash";

    /** A line may hold a whole document. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final int MOST_KEYS = 100;
    private static final Charset CP949 = Charset.forName("x-windows-949");

    private final RunFolder folder;
    private final CorpusFile file;
    private final String name;
    private final Manifest manifest;
    private final boolean keepLines;

    TextStage(RunFolder folder, CorpusFile file, int number, Manifest manifest, boolean keepLines) {
        this.folder = folder;
        this.file = file;
        this.name = String.format(Locale.ROOT, "stage-%05d", number);
        this.manifest = manifest;
        this.keepLines = keepLines;
    }

    Path staged() {
        return folder.kept("staged").resolve(name + ".parquet");
    }

    boolean isDone() {
        return folder.done(name) != null && Files.exists(staged());
    }

    /** The names at the top of the first rows. */
    List<String> seen() {
        List<String> seen = new ArrayList<>();
        JsonNode done = folder.done(name);
        if (done != null) {
            done.path("seen").forEach(each -> seen.add(each.asText()));
        }
        return seen;
    }

    /** @param duck that keeps rows in order */
    void run(Duck duck, String path) {
        Path fresh = folder.fresh(name);
        List<String> seen = new ArrayList<>();
        if (file.format().equals(CorpusFile.CSV)) {
            csv(duck, path, fresh);
        } else {
            json(duck, path, fresh, seen);
        }
        long failed = duck.number("select count(*) from reject_errors");
        Path whole = failed == 0 ? fresh : withRejects(duck, fresh);
        folder.publish(whole, staged());
        folder.done(name, Map.of("seen", seen));
    }

    private void json(Duck duck, String path, Path to, List<String> seen) {
        String lines = "(select row_number() over () as n, l from read_csv(" + Duck.text(path)
                + ", columns = {'l': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '', header = false, auto_detect = false, new_line = '\\r\\n', strict_mode = false,"
                + " store_rejects = true, max_line_size = " + LONGEST_LINE + ", compression = "
                + Duck.text(file.compression()) + "))";
        Set<String> values = new LinkedHashSet<>(manifest.candidates());
        Set<String> told = new LinkedHashSet<>(Manifest.needs());
        told.removeAll(values);
        String good = "case when json_valid(l) and json_type(l) = 'OBJECT' then l end";
        StringBuilder out = new StringBuilder("n as " + ROW + ", ");
        out.append(cause())
                .append(" as ")
                .append(CAUSE)
                .append(", null::bigint as ")
                .append(BYTE);
        out.append(", case when j is null then sha256(l) end as ").append(HASH);
        int i = 1;
        for (String each : values) {
            out.append(", x[").append(i++).append("] as ").append(Duck.name(each));
        }
        int k = 1;
        for (String each : told) {
            out.append(", y[").append(k++).append("] as ").append(Duck.name(each));
        }
        if (keepLines) {
            out.append(", j as ").append(LINE);
        }
        duck.copy(
                "select " + out + " from (select n, l, j, json_extract_string(j, " + paths(values)
                        + ") as x, json_type(j, "
                        + paths(told) + ") as y, json_type(j, " + paths(manifest.ids()) + ") as z from (select n, l, "
                        + good
                        + " as j from " + lines + " where trim(l) <> ''))",
                to,
                false);
        duck.texts("select distinct unnest(json_keys(l)) from (select l from "
                        + lines.replace("store_rejects = true", "ignore_errors = true")
                        + " where json_valid(l) and json_type(l) = 'OBJECT' limit 1000) limit " + MOST_KEYS)
                .forEach(each -> seen.add(String.valueOf(each)));
    }

    /** A whole number is as good an id as a text; nothing else is. */
    private String cause() {
        StringBuilder types = new StringBuilder("coalesce(");
        for (int i = 1; i <= manifest.ids().size(); i++) {
            types.append("nullif(z[").append(i).append("], 'NULL'), ");
        }
        return "case when j is null then 'MALFORMED' when " + types
                + "'VARCHAR') not in ('VARCHAR', 'UBIGINT', 'BIGINT') then 'WRONG_TYPE' end";
    }

    /** A name with a dot is a column of that name where there is one, else a way into a nested one. */
    private static String paths(Iterable<String> names) {
        List<String> paths = new ArrayList<>();
        for (String each : names) {
            StringBuilder path = new StringBuilder("$");
            for (String step : each.split("\\.", -1)) {
                path.append(".\"")
                        .append(step.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
            paths.add(Duck.text(path.toString()));
        }
        return "[" + String.join(", ", paths) + "]";
    }

    private void csv(Duck duck, String path, Path to) {
        Path own = transcoded();
        boolean tabs = file.name().toLowerCase(Locale.ROOT).contains(".tsv");
        duck.copy(
                "select *, row_number() over () as " + ROW + ", null::varchar as " + CAUSE + ", null::bigint as "
                        + BYTE
                        + ", null::varchar as " + HASH + " from read_csv("
                        + Duck.text(own == null ? path : own.toString())
                        + ", all_varchar = true, header = true, store_rejects = true, quote = '\"', escape = '\"', max_line_size = "
                        + LONGEST_LINE + (tabs ? ", delim = '\t'" : "")
                        + (own == null ? ", compression = " + Duck.text(file.compression()) : "")
                        + ")",
                to,
                false);
    }

    /** A table from before UTF-8, as UTF-8; null if it is UTF-8, or nothing that is known. */
    private @Nullable Path transcoded() {
        if (file.compression().equals("zstd") || reads(StandardCharsets.UTF_8) || !reads(CP949)) {
            return null;
        }
        Path to = folder.fresh(name + "-utf8.csv");
        try (BufferedReader from = reader(CP949);
                BufferedWriter out = Files.newBufferedWriter(to)) {
            from.transferTo(out);
            return to;
        } catch (IOException e) {
            throw RunFolder.failed(e);
        }
    }

    private boolean reads(Charset charset) {
        char[] part = new char[1 << 16];
        try (BufferedReader from = reader(charset)) {
            int read = 0;
            while (read >= 0) {
                read = from.read(part);
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw RunFolder.failed(e);
        }
    }

    private BufferedReader reader(Charset charset) throws IOException {
        InputStream bytes = Files.newInputStream(file.path());
        InputStream plain = file.compression().equals("gzip") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(plain, charset.newDecoder()), 1 << 16);
    }

    /** Puts in what could not be split, and counts it in where it stood. */
    private Path withRejects(Duck duck, Path staged) {
        Path whole = folder.fresh(name + "-whole");
        duck.run(
                "create temp table reject as select *, line - row_number() over (order by line) as before, row_number() over (order by"
                        + " line) as i from (select line, min(byte_position) as start, min(error_type::varchar) as kind from reject_errors"
                        + " group by line)");
        // a table's first line is its header and no row
        String shift = file.format().equals(CorpusFile.CSV) ? "1" : "0";
        String columns = duck
                .texts("select column_name from (describe select * from read_parquet(" + Duck.text(staged.toString())
                        + "))")
                .stream()
                .map(each -> Duck.name(String.valueOf(each)))
                .filter(each -> !each.equals(Duck.name(ROW)))
                .collect(Collectors.joining(", "));
        duck.copy(
                "select cast(s." + ROW + " + coalesce(r.i, 0) as bigint) as " + ROW + ", " + columns
                        + " from read_parquet("
                        + Duck.text(staged.toString()) + ") s asof left join (select before - " + shift
                        + " as before, max(i) as i from reject group by all) r on s." + ROW
                        + " > r.before union all by name select cast(line as bigint) - "
                        + shift + " as " + ROW
                        + ", case when kind like '%ENCODING%' then 'WRONG_ENCODING' when kind like 'LINE SIZE%' then"
                        + " 'TOO_LONG' else 'MALFORMED' end as " + CAUSE + ", cast(start as bigint) as " + BYTE
                        + " from reject",
                whole,
                false);
        return whole;
    }
}
