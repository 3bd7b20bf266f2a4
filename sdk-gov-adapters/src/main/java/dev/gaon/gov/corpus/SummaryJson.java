package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.pack.CanonicalForm;
import dev.gaon.gov.pack.PackFiles;
import dev.gaon.gov.text.BilingualText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a summary is written, and read back as strictly. */
final class SummaryJson {

    private static final int MOST_BYTES = 64 << 20;
    private static final Set<String> KEYS = Set.of(
            "title",
            "version",
            "purpose",
            "asOf",
            "termsDigest",
            "rowsDigest",
            "inputs",
            "groups",
            "unreadable",
            "rows",
            "words");
    private static final Set<String> INPUT_KEYS = Set.of("name", "bytes", "sha256", "rows");
    private static final Set<String> GROUP_KEYS = Set.of(
            "source",
            "publisherKind",
            "license",
            "licenseFallback",
            "decision",
            "duties",
            "reason",
            "missing",
            "obstacles",
            "notes",
            "unstated",
            "rows",
            "samples",
            "basis");

    private SummaryJson() {}

    static String write(CorpusSummary summary) {
        Map<String, Object> out = new TreeMap<>();
        out.put("title", summary.title());
        put(out, "version", summary.version());
        out.put("purpose", summary.purpose().word());
        out.put("asOf", summary.asOf().toString());
        out.put("termsDigest", summary.termsDigest());
        put(out, "rowsDigest", summary.rowsDigest());
        out.put("inputs", summary.inputs().stream().map(SummaryJson::json).toList());
        out.put("groups", summary.groups().stream().map(SummaryJson::json).toList());
        out.put(
                "unreadable",
                summary.unreadable().stream().map(SummaryJson::json).toList());
        out.put("rows", summary.rows());
        Map<String, Object> words = new TreeMap<>();
        summary.words.forEach((key, text) -> words.put(key, json(text)));
        out.put("words", words);
        return CanonicalForm.write(out);
    }

    private static void put(Map<String, Object> out, String key, @Nullable String value) {
        if (value != null) {
            out.put(key, value);
        }
    }

    private static Map<String, Object> json(BilingualText text) {
        return new TreeMap<>(Map.of("ko", text.ko(), "en", text.en()));
    }

    private static Map<String, Object> json(CorpusSummary.Input input) {
        Map<String, Object> out =
                new TreeMap<>(Map.of("name", input.name(), "bytes", input.bytes(), "rows", input.rows()));
        put(out, "sha256", input.sha256());
        return out;
    }

    private static Map<String, Object> json(CorpusSummary.Unreadable unreadable) {
        return new TreeMap<>(Map.of("cause", json(unreadable.cause()), "rows", unreadable.rows()));
    }

    private static Map<String, Object> json(CorpusGroup group) {
        Map<String, Object> out = new TreeMap<>();
        out.put("source", group.source());
        put(out, "publisherKind", group.publisherKind());
        out.put("license", group.license());
        out.put("licenseFallback", group.licenseFallback());
        out.put("decision", group.decision().name());
        out.put("duties", group.duties());
        out.put("reason", json(group.reason()));
        out.put("missing", group.missing());
        out.put("obstacles", group.obstacles());
        out.put("notes", group.notes());
        out.put("unstated", group.unstated());
        out.put("rows", group.rows());
        out.put("samples", group.samples());
        put(out, "basis", group.basis().isEmpty() ? null : group.basis());
        return out;
    }

    static CorpusSummary read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Bounds.size("summary", bytes.length, MOST_BYTES);
        PackFiles.Place top = PackFiles.document("summary", bytes);
        top.only(KEYS);
        CorpusSummary.Builder builder = new CorpusSummary.Builder(
                null, top.text("termsDigest"), top.oneOf("purpose", Purpose.values()), top.date("asOf"));
        builder.title(top.text("title"));
        String version = top.optional("version");
        if (version != null) {
            builder.version(version);
        }
        String rowsDigest = top.optional("rowsDigest");
        if (rowsDigest != null) {
            builder.rowsDigest(rowsDigest);
        }
        for (PackFiles.Place each : top.list("inputs")) {
            each.only(INPUT_KEYS);
            builder.input(new CorpusSummary.Input(
                    each.text("name"), count(each, "bytes"), each.optional("sha256"), count(each, "rows")));
        }
        top.list("groups").forEach(each -> builder.group(group(each)));
        for (PackFiles.Place each : top.list("unreadable")) {
            each.only(Set.of("cause", "rows"));
            builder.unreadable(each.bilingual("cause"), count(each, "rows"));
        }
        top.each("words").forEach((key, at) -> builder.word(Bounds.text("words", key), at.bilingual()));
        CorpusSummary summary = builder.build();
        if (summary.rows() != count(top, "rows")) {
            throw top.at("rows")
                    .wrong("묶음의 행을 더하면 " + summary.rows() + "입니다", "the groups add up to " + summary.rows());
        }
        return summary;
    }

    private static CorpusGroup group(PackFiles.Place at) {
        at.only(GROUP_KEYS);
        return new CorpusGroup(
                at.text("source"),
                at.optional("publisherKind"),
                at.text("license"),
                at.text("licenseFallback"),
                at.oneOf("decision", Outcome.values()),
                at.texts("duties"),
                at.bilingual("reason"),
                at.texts("missing"),
                at.texts("obstacles"),
                at.texts("notes"),
                at.texts("unstated"),
                count(at, "rows"),
                at.texts("samples"),
                at.has("basis") ? at.text("basis") : "");
    }

    private static long count(PackFiles.Place at, String key) {
        if (!at.at(key).node().isIntegralNumber() || !at.at(key).node().canConvertToLong()) {
            throw at.at(key).wrong("정수여야 합니다", "must be a whole number");
        }
        return at.at(key).node().longValue();
    }
}
