package dev.gaon.gov.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.license.Attribution;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.CanonicalForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credits the works of a run that may be used, from what its parts kept of their titles. One thread. */
final class CorpusCredits {

    private static final List<String> FIELDS = List.of("title", "author", "url", "publisher.name", "published");
    private static final int LONGEST = 1_000;
    private static final int MOST_KEPT = 5_000;

    private final CorpusAudit audit;
    private final LicenseAudit decides;
    private final Path out;
    private final Map<String, String> evidence = new HashMap<>();
    private final Map<String, LicenseDecision> decisions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LicenseDecision> eldest) {
            return size() > MOST_KEPT;
        }
    };

    CorpusCredits(CorpusAudit audit, Path out) {
        this.audit = audit;
        this.decides = LicenseAudit.by(audit.terms);
        this.out = out;
    }

    static Path of(RunFolder folder, String part) {
        return folder.kept("credits").resolve(part + ".parquet");
    }

    /** What a credit is made of, as SQL over the columns of a table, each with a comma behind it. */
    static String columns(Table table) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < FIELDS.size(); i++) {
            all.append(table.credit(FIELDS.get(i)))
                    .append(" as gaon__f")
                    .append(i)
                    .append(", ");
        }
        return all.toString();
    }

    /** The same once they are computed. */
    static String names() {
        return Part.columns(FIELDS.size(), "gaon__f%d, ");
    }

    void write(Duck duck, RunFolder folder, List<Part> parts) throws IOException {
        bases(folder.result("bases.jsonl"));
        try (AttributionFile file = new AttributionFile(out, audit.title, audit.asOf)) {
            for (Part part : parts) {
                duck.read(
                        "select * from read_parquet("
                                + Duck.text(of(folder, part.name()).toString()) + ") order by all",
                        row -> add(row, file));
            }
            file.finish();
        }
    }

    private void bases(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode basis = CanonicalForm.read(line.getBytes(StandardCharsets.UTF_8));
                if (basis != null) {
                    evidence.put(
                            basis.path("basis").asText(), basis.path("evidence").toString());
                }
            }
        }
    }

    private void add(ResultSet row, AttributionFile file) throws SQLException {
        LicenseDecision decision = decision(row.getString(FIELDS.size() + 2));
        try {
            file.add(Attribution.of(decision, work(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LicenseDecision decision(String basis) {
        return decisions.computeIfAbsent(
                basis, key -> decides.decide(Work.parse(String.valueOf(evidence.get(key))), audit.purpose, audit.asOf));
    }

    private static Work work(ResultSet row) throws SQLException {
        String id = row.getString(FIELDS.size() + 1);
        String title = cut(row.getString(1));
        Work work = Work.of(id, title == null ? id : title);
        String author = cut(row.getString(2));
        work = author == null ? work : work.withAuthor(author);
        String url = cut(row.getString(3));
        work = url == null ? work : work.withUrl(url);
        String publisher = cut(row.getString(4));
        work = publisher == null ? work : work.withPublisher(publisher, null);
        String published = row.getString(5);
        LocalDate day = published == null ? null : Manifest.days().read(published);
        return day == null ? work : work.withPublished(day);
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2));
    }
}
