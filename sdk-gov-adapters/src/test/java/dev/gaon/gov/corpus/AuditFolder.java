package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Real corpora for tests, and what an audit wrote of them. */
record AuditFolder(Path folder) {

    static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    static final LicenseTerms TERMS = LicenseTerms.bundled();

    static CorpusAudit audit() {
        return CorpusAudit.by(TERMS, Purpose.TRAIN_COMMERCIAL, DAY).withThreads(2);
    }

    /** Runs SQL in an engine of its own, to make inputs and look into results. */
    static List<String> sql(String... statements) {
        List<String> found = new ArrayList<>();
        try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = engine.createStatement()) {
            for (String each : statements) {
                if (statement.execute(each)) {
                    found.clear();
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            found.add(row(rows));
                        }
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(ResultSet rows) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            cells.add(String.valueOf(rows.getString(i)));
        }
        return String.join("|", cells);
    }

    /** So many rows with 12 distinct licences and days, in row groups of 2,048. */
    static Path parquet(Path file, int rows) {
        sql(
                "copy (select 'doc-' || i as id, '제목 ' || i as title, ['CC-BY-4.0', 'CC0-1.0', 'LicenseRef-KOGL-1', 'LicenseRef-KOGL-4'][1 + i % 4]"
                        + " as license, 'spdx' as license_source, date '2026-05-01' + (i % 3)::int as collected from range("
                        + rows
                        + ") t(i)) to '" + file.toString().replace("'", "''")
                        + "' (format parquet, row_group_size 2048)");
        return file;
    }

    List<String> decided() {
        return sql("select id, license, decision from read_parquet('" + folder + "/decisions/*.parquet') order by id");
    }

    /** The unreadable rows as file, row and cause. */
    List<String> unreadable() {
        return lines("unreadable.jsonl").stream()
                .map(each -> each.path("file").asText() + "|" + each.path("row").asText() + "|"
                        + each.path("cause").asText())
                .sorted()
                .toList();
    }

    List<JsonNode> lines(String file) {
        try (Stream<String> lines = Files.lines(folder.resolve(file))) {
            return lines.map(AuditFolder::json).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** The digest, from the rows that were written and nothing of the audit's own reading. */
    String recomputed() {
        TreeMap<String, RowDecision.Decided> bases = new TreeMap<>();
        RowsDigest digest = new RowsDigest();
        for (String row : sql("select id, basis, license, decision from read_parquet('" + folder
                + "/decisions/*.parquet') order by id, basis")) {
            String[] cells = row.split("\\|");
            digest.add(
                    cells[0],
                    bases.computeIfAbsent(
                            cells[1],
                            basis -> new RowDecision.Decided(
                                    basis,
                                    new CorpusGroup(
                                            "x",
                                            null,
                                            cells[2],
                                            cells[2],
                                            dev.gaon.gov.license.Outcome.valueOf(cells[3]),
                                            List.of(),
                                            dev.gaon.gov.license.Outcome.ALLOW.label(),
                                            List.of(),
                                            cells[3].startsWith("ALLOW") ? List.of() : List.of("x"),
                                            List.of(),
                                            List.of(),
                                            0,
                                            List.of(),
                                            ""))));
        }
        return digest.sha256();
    }
}
