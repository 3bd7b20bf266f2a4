package dev.gaon.gov.label;

import dev.gaon.gov.label.LabelReport.Reach;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV: columns at the right end that say so in every row. A comment line would break readers, as RFC 4180 knows none; a
 * column to the left would move all others; and rows that are copied elsewhere keep what a head line would lose.
 */
final class CsvFormat implements Format {

    private static final String SHOWN = "ai_label";
    private static final String SOURCE_TYPE = "digital_source_type";
    private static final String AIGC = "AIGC";

    @Override
    public String kind() {
        return "csv";
    }

    @Override
    public String media() {
        return "data";
    }

    @Override
    public boolean matches(Source file) {
        return List.of("csv", "tsv").contains(file.extension());
    }

    @Override
    public void read(Source file, AiLabel label, Found found) throws IOException {
        CsvTable table = CsvTable.of(TextFile.of(file).text());
        for (String column : List.of(SOURCE_TYPE, AIGC, SHOWN)) {
            String value = table.first(column);
            if (!value.isEmpty() && table.hasColumn(column, value)) {
                String place = "column " + column;
                switch (column) {
                    case SOURCE_TYPE -> found.sourceType(place, value);
                    case AIGC -> found.aigc(place, value);
                    default -> shown(place, value, label, found);
                }
            }
        }
    }

    private static void shown(String place, String value, AiLabel label, Found found) {
        if (Wording.known(label).contains(value)) {
            found.human(place, value);
        }
    }

    @Override
    public void write(Source file, AiLabel label, Found there, OutputStream out) throws IOException {
        TextFile text = TextFile.of(file);
        CsvTable table = CsvTable.of(text.text());
        if (table.rows().size() < 2) {
            throw LabelException.damaged("csv", "no row below the names of the columns");
        }
        Statement statement = label.statement(this, there);
        List<List<String>> columns = new ArrayList<>();
        if (label.visible() && !there.has(Reach.HUMAN)) {
            columns.add(List.of(SHOWN, statement.text()));
        }
        if (!there.has("digital-source-type")) {
            columns.add(List.of(SOURCE_TYPE, statement.sourceType()));
        }
        if (label.aigc() && !there.has("aigc")) {
            columns.add(List.of(AIGC, statement.aigc()));
        }
        text.write(table.with(columns), out);
    }
}
