package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.corpus.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one row of a table says beside its licence: its title, author and address. Immutable. */
final class RowText {

    private static final int LONGEST = 1_000;

    private final JsonNode row;
    private final Map<String, String> columns;

    RowText(JsonNode row, Manifest manifest) {
        this.row = row;
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        this.columns = columns(manifest, names);
    }

    private Map<String, String> columns(Manifest manifest, List<String> names) {
        try {
            return manifest.match(name -> !at(name).isMissingNode(), names).columns();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    /** A name with a dot is a column, or leads into a nested one. */
    private JsonNode at(String name) {
        int dot = name.indexOf('.');
        return row.has(name) || dot < 0
                ? row.path(name)
                : row.path(name.substring(0, dot)).path(name.substring(dot + 1));
    }

    /** The text of a field; null if the row has none. */
    @Nullable
    String text(String field) {
        String column = columns.get(field);
        String text = column == null ? "" : at(column).asText("");
        return text.isBlank()
                ? null
                : text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2));
    }
}
