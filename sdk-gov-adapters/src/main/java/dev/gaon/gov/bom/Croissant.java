package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A corpus as Croissant 1.1 has it (mlcommons.org/croissant/1.1, of 2026-01-29). */
final class Croissant {

    private static final int MOST_SOURCES = 50;
    private static final List<String> TERMS = List.of(
            "annotation",
            "arrayShape",
            "citeAs",
            "column",
            "containedIn",
            "equivalentProperty",
            "excludes",
            "extract",
            "field",
            "fileProperty",
            "fileObject",
            "fileSet",
            "format",
            "includes",
            "isArray",
            "isLiveDataset",
            "jsonPath",
            "key",
            "md5",
            "parentField",
            "readLines",
            "recordSet",
            "references",
            "regex",
            "sdVersion",
            "separator",
            "source",
            "subField",
            "transform",
            "unArchive",
            "value");

    private Croissant() {}

    static Map<String, Object> of(CorpusSummary corpus, BillOfMaterials.Description description) {
        Map<String, Object> out = new TreeMap<>();
        out.put("@context", context());
        out.put("@type", "sc:Dataset");
        out.put("conformsTo", List.of("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"));
        out.put("name", corpus.title());
        out.put("description", description.text().both());
        out.put("url", description.url());
        out.put("datePublished", description.published().toString());
        String version = corpus.version();
        if (version != null) {
            out.put("version", version);
        }
        out.put("citeAs", cite(corpus, description));
        out.put("creator", Map.of("@type", "sc:Organization", "name", description.creator()));
        out.put("license", licenses(corpus, description));
        out.put("usageInfo", Map.of("@type", "sc:CreativeWork", "name", usage(corpus)));
        out.put(
                "distribution",
                description.files().stream().map(Croissant::file).toList());
        out.put("rai:dataCollection", collection(corpus));
        out.put("rai:dataUseCases", List.of(corpus.use().both()));
        out.put("rai:dataLimitations", limitations(corpus));
        out.put(
                "rai:personalSensitiveInformation",
                List.of(Licenses.personalData(corpus).both()));
        return out;
    }

    private static String cite(CorpusSummary corpus, BillOfMaterials.Description description) {
        String version = corpus.version() == null ? "" : " (" + corpus.version() + ")";
        return description.creator() + ", " + description.published().getYear() + ", " + corpus.title() + version + ", "
                + description.url();
    }

    private static Map<String, Object> context() {
        Map<String, Object> context = new TreeMap<>();
        context.put("@language", "en");
        // the specification's appendix says http, its own reader and every published data set https
        context.put("@vocab", "https://schema.org/");
        context.put("sc", "https://schema.org/");
        context.put("cr", "http://mlcommons.org/croissant/");
        context.put("rai", "http://mlcommons.org/croissant/RAI/");
        context.put("dct", "http://purl.org/dc/terms/");
        context.put("conformsTo", "dct:conformsTo");
        TERMS.forEach(each -> context.put(each, "cr:" + each));
        context.put("data", Map.of("@id", "cr:data", "@type", "@json"));
        context.put("dataType", Map.of("@id", "cr:dataType", "@type", "@vocab"));
        context.put("examples", Map.of("@id", "cr:examples", "@type", "@json"));
        return context;
    }

    /** The licence of the whole first, if there is one, then those of its parts. */
    private static List<Object> licenses(CorpusSummary corpus, BillOfMaterials.Description description) {
        List<Object> licenses = new ArrayList<>();
        String whole = description.license();
        if (whole != null) {
            licenses.add(whole.contains(" ") || !Licenses.listed(whole) ? whole : "https://spdx.org/licenses/" + whole);
        }
        for (String id : Licenses.ids(corpus)) {
            if (Licenses.listed(id)) {
                String url = "https://spdx.org/licenses/" + id;
                if (!licenses.contains(url)) {
                    licenses.add(url);
                }
            } else {
                Licenses.Custom custom = Licenses.custom(corpus, id);
                Map<String, Object> work = new TreeMap<>();
                work.put("@type", "sc:CreativeWork");
                work.put("name", id + ": " + corpus.license(id).both());
                work.put("description", custom.text().both());
                if (!custom.seeAlso().isEmpty()) {
                    work.put("url", custom.seeAlso().get(0));
                }
                licenses.add(work);
            }
        }
        if (licenses.isEmpty()) {
            licenses.add(Licenses.NO_ASSERTION);
        }
        return licenses;
    }

    private static Map<String, Object> file(BillOfMaterials.Part file) {
        return Map.of(
                "@type", "cr:FileObject",
                "@id", file.name(),
                "name", file.name(),
                "contentUrl", file.url(),
                "contentSize", file.bytes() + " B",
                "encodingFormat", file.mediaType(),
                "sha256", file.sha256());
    }

    private static String usage(CorpusSummary corpus) {
        StringBuilder usage = new StringBuilder(corpus.use().both())
                .append(", as of ")
                .append(corpus.asOf())
                .append(", by terms ")
                .append(corpus.termsDigest());
        corpus.byDecision()
                .forEach((decision, rows) -> usage.append("; ")
                        .append(decision.label().both())
                        .append(": ")
                        .append(rows));
        corpus.duties()
                .keySet()
                .forEach(id -> usage.append("; ").append(corpus.duty(id).both()));
        return usage.toString();
    }

    private static String collection(CorpusSummary corpus) {
        List<CorpusSummary.Share> sources = corpus.bySource();
        StringBuilder said = new StringBuilder("출처 " + sources.size() + "곳 / Sources: " + sources.size());
        sources.stream()
                .limit(MOST_SOURCES)
                .forEach(each -> said.append("; ")
                        .append(each.name())
                        .append(" (")
                        .append(each.rows())
                        .append(")"));
        return said.toString();
    }

    private static List<String> limitations(CorpusSummary corpus) {
        List<String> said = new ArrayList<>();
        Map<Outcome, Long> rows = corpus.byDecision();
        said.add("쓸 수 없는 행 / Rows that may not be used: " + rows.get(Outcome.DENY));
        said.add("사람이 검토해야 하는 행 / Rows that a person must decide: " + rows.get(Outcome.REVIEW));
        said.add("읽지 못한 행 / Rows that could not be read: " + corpus.unread());
        return said;
    }
}
