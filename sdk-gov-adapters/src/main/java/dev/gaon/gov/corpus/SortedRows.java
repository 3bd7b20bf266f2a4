package dev.gaon.gov.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The digest over all rows: the engine sorts ids and the number of their basis, spilling to disk, into one file of lines; here
 * they are read in that order. One thread.
 */
final class SortedRows {

    private final InputStream in;
    private final byte[] part = new byte[1 << 18];
    private int at;
    private int end;
    private byte[] id = new byte[256];
    private int length;

    private SortedRows(InputStream in) {
        this.in = in;
    }

    /** @param rows by basis, what was decided */
    static RowsDigest digest(
            Duck duck, RunFolder folder, List<Part> parts, CorpusAudit audit, Map<String, RowDecision.Decided> rows) {
        Map<String, List<String>> files = new TreeMap<>();
        for (Part part : parts) {
            files.computeIfAbsent(part.writtenId(audit), key -> new ArrayList<>())
                    .add(Duck.text(Part.rows(folder, part.name(), audit.jsonl).toString()));
        }
        String basis = audit.allColumns ? "gaon_basis" : "basis";
        List<String> reads = new ArrayList<>();
        files.forEach((id, each) -> {
            String list = "([" + String.join(", ", each) + "]";
            reads.add("select " + id + " as id, " + basis + " as basis from "
                    + (audit.jsonl
                            ? "read_json" + list + ", format = 'newline_delimited', columns = {" + id + ": 'VARCHAR', "
                                    + basis + ": 'VARCHAR'})"
                            : "read_parquet" + list + ")"));
        });
        return digest(
                duck,
                folder.fresh("sorted"),
                String.join(" union all ", reads),
                rows.values().stream()
                        .map(each -> new Basis(each.basis(), each.decision(), each.license(), false))
                        .toList());
    }

    /**
     * @param lines where the sorted ids go
     * @param rows a query for the columns id and basis
     */
    static RowsDigest digest(Duck duck, Path lines, String rows, Collection<Basis> bases) {
        List<Basis> sorted =
                bases.stream().sorted(Comparator.comparing(Basis::id)).toList();
        duck.run("create or replace temp table place (basis varchar, k integer)");
        duck.append("place", to -> {
            for (int i = 0; i < sorted.size(); i++) {
                to.beginRow();
                to.append(sorted.get(i).id());
                to.append(i);
                to.endRow();
            }
        });
        duck.run("copy (select k, id from (" + rows + ") join place using (basis) order by id, k) to "
                + Duck.text(lines.toString()) + " (format csv, header false, delimiter ',', quote '\"', escape '\"')");
        try (InputStream in = Files.newInputStream(lines)) {
            return new SortedRows(in).read(sorted);
        } catch (IOException e) {
            throw RunFolder.failed(e);
        }
    }

    private boolean more() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(part));
        }
        return at < end;
    }

    private int next() throws IOException {
        if (!more()) {
            throw new EOFException("the sorted rows end in the middle of a line");
        }
        return part[at++];
    }

    private void keep(int letter) {
        if (length == id.length) {
            id = Arrays.copyOf(id, 2 * length);
        }
        id[length++] = (byte) letter;
    }

    /** Lines of a number, a comma and an id, in quotes where it needs them; letters are bytes, whose sign does not matter. */
    private RowsDigest read(List<Basis> sorted) throws IOException {
        RowsDigest digest = new RowsDigest();
        while (more()) {
            int k = 0;
            int next = next();
            for (; next != ','; next = next()) {
                k = k * 10 + next - '0';
            }
            length = 0;
            next = next();
            if (next == '"') {
                quoted();
            } else {
                for (; next != '\n'; next = next()) {
                    keep(next);
                }
            }
            Basis basis = sorted.get(k);
            digest.add(Arrays.copyOf(id, length), basis.id(), basis.decision(), basis.license());
        }
        return digest;
    }

    private void quoted() throws IOException {
        for (int next = next(); ; next = next()) {
            if (next == '"') {
                next = next();
                if (next != '"') {
                    return;
                }
            }
            keep(next);
        }
    }
}
