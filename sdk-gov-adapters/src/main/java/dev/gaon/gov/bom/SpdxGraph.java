package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusSummary;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** A corpus as a graph of SPDX 3.0.1: one dataset package that contains one for each licence. One thread, used once. */
final class SpdxGraph {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final String CREATION = "_:creation";
    private static final String UNKNOWN_LICENSE = "expandedlicensing_NoAssertionLicense";
    private static final int MOST_SOURCES = 20;

    private final CorpusSummary corpus;
    private final BillOfMaterials.Description description;
    private final String base;
    private final List<Map<String, Object>> elements = new ArrayList<>();
    private final Map<String, String> expressions = new TreeMap<>();

    SpdxGraph(CorpusSummary corpus, BillOfMaterials.Description description, UUID name) {
        this.corpus = corpus;
        this.description = description;
        this.base = "urn:uuid:" + name + "#";
    }

    Map<String, Object> document() {
        Map<String, Object> creator = element("Organization", "creator", description.creator());
        licenses();
        Map<String, Object> whole = dataset("corpus", corpus.title());
        whole.put("description", description.text().both());
        whole.put("software_homePage", description.url());
        whole.put(
                "dataset_dataCollectionProcess",
                "출처 / Sources: " + corpus.bySource().size());
        String version = corpus.version();
        if (version != null) {
            whole.put("software_packageVersion", version);
        }
        String own = description.license();
        relate("corpus", "hasDeclaredLicense", List.of(own == null ? UNKNOWN_LICENSE : expression(own)));
        List<String> parts = parts();
        if (!parts.isEmpty()) {
            relate(
                    "corpus",
                    "hasConcludedLicense",
                    List.of(expression(Licenses.parts(corpus).stream()
                            .map(each -> each.expression)
                            .filter(each -> !each.equals(Licenses.NO_ASSERTION))
                            .map(each -> each.contains(" ") ? "(" + each + ")" : each)
                            .collect(Collectors.joining(" AND ")))));
            relate("corpus", "contains", parts);
        }
        relate("corpus", "hasDistributionArtifact", files());
        relate("corpus", "hasEvidence", List.of(evidence()));
        Map<String, Object> document = element("SpdxDocument", "document", corpus.title());
        document.put("rootElement", List.of(base + "corpus"));
        document.put(
                "profileConformance", List.of("core", "software", "dataset", "simpleLicensing", "expandedLicensing"));
        document.put(
                "element",
                elements.stream()
                        .filter(each -> !each.equals(document))
                        .map(each -> each.get("spdxId"))
                        .toList());
        List<Map<String, Object>> graph = new ArrayList<>();
        graph.add(Map.of(
                "type",
                "CreationInfo",
                "@id",
                CREATION,
                "specVersion",
                "3.0.1",
                "created",
                description.created().toString(),
                "createdBy",
                List.of(String.valueOf(creator.get("spdxId")))));
        graph.addAll(elements);
        return Map.of("@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph", graph);
    }

    private Map<String, Object> element(String type, String id, String name) {
        Map<String, Object> out =
                new TreeMap<>(Map.of("type", type, "spdxId", base + id, "creationInfo", CREATION, "name", name));
        elements.add(out);
        return out;
    }

    private void relate(String from, String type, List<String> to) {
        Map<String, Object> out = new TreeMap<>(Map.of(
                "type",
                "Relationship",
                "spdxId",
                base + from + "-" + type,
                "creationInfo",
                CREATION,
                "from",
                base + from,
                "relationshipType",
                type,
                "to",
                to));
        elements.add(out);
    }

    private Map<String, Object> dataset(String id, String name) {
        Map<String, Object> out = element("dataset_DatasetPackage", id, name);
        out.put("dataset_datasetType", List.of("noAssertion"));
        out.put("dataset_intendedUse", corpus.use().both());
        out.put("dataset_hasSensitivePersonalInformation", personalData());
        out.put("originatedBy", List.of(base + "creator"));
        out.put("suppliedBy", base + "creator");
        out.put("builtTime", description.created().toString());
        out.put(
                "releaseTime",
                description.published().atStartOfDay(SEOUL).toInstant().toString());
        out.put("software_primaryPurpose", "data");
        out.put("software_downloadLocation", description.url());
        return out;
    }

    private String personalData() {
        CorpusSummary.PersonalData rows = corpus.personalData();
        return rows.unstated() > 0 || rows.noted() > 0 || corpus.unread() > 0 ? "noAssertion" : "no";
    }

    /** An addition and a licence of the same terms are two elements, since they stand in different places. */
    private void licenses() {
        Set<String> words = new TreeSet<>();
        Licenses.parts(corpus).forEach(each -> words.addAll(custom(each.expression)));
        for (String word : words) {
            boolean addition = word.startsWith("AdditionRef-");
            String id = word.replace("AdditionRef-", "LicenseRef-");
            Licenses.Custom custom = Licenses.custom(corpus, id);
            Map<String, Object> out = element(
                    addition ? "expandedlicensing_CustomLicenseAddition" : "expandedlicensing_CustomLicense",
                    word,
                    corpus.license(id).both());
            out.put(
                    addition ? "expandedlicensing_additionText" : "simplelicensing_licenseText",
                    custom.text().both());
            if (!custom.seeAlso().isEmpty()) {
                out.put("expandedlicensing_seeAlso", custom.seeAlso());
            }
        }
    }

    /** What an expression names that is on no list. */
    private static List<String> custom(String expression) {
        return Arrays.stream(expression.split("[ ()]+"))
                .filter(each -> each.startsWith("LicenseRef-") || each.startsWith("AdditionRef-"))
                .distinct()
                .toList();
    }

    private String expression(String text) {
        String known = expressions.get(text);
        if (known != null) {
            return known;
        }
        String id = "license-" + (expressions.size() + 1);
        Map<String, Object> out = element("simplelicensing_LicenseExpression", id, text);
        out.put("simplelicensing_licenseExpression", text);
        List<Map<String, String>> custom = custom(text).stream()
                .map(each -> Map.of("type", "DictionaryEntry", "key", each, "value", base + each))
                .toList();
        if (!custom.isEmpty()) {
            out.put("simplelicensing_customIdToUri", custom);
        }
        expressions.put(text, base + id);
        return base + id;
    }

    private List<String> parts() {
        List<String> ids = new ArrayList<>();
        List<Licenses.Part> parts = Licenses.parts(corpus);
        for (int i = 0; i < parts.size(); i++) {
            Licenses.Part part = parts.get(i);
            String id = "part-" + (i + 1);
            Map<String, Object> out = dataset(id, corpus.title() + ": " + part.expression);
            out.put("description", part.said());
            out.put(
                    "dataset_dataCollectionProcess",
                    "출처 / Sources: " + part.sources.size() + ": " + String.join(", ", part.mainSources(MOST_SOURCES)));
            boolean none = part.expression.equals(Licenses.NO_ASSERTION);
            String license = none ? UNKNOWN_LICENSE : expression(part.expression);
            relate(id, "hasConcludedLicense", List.of(license));
            relate(id, "hasDeclaredLicense", List.of(part.declared() ? license : UNKNOWN_LICENSE));
            ids.add(base + id);
        }
        return ids;
    }

    private List<String> files() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < description.files().size(); i++) {
            BillOfMaterials.Part file = description.files().get(i);
            ids.add(file("file-" + (i + 1), file.name(), file.mediaType(), file.sha256()));
        }
        return ids;
    }

    private String evidence() {
        return file(
                "summary", "summary.json", "application/json", corpus.digest().substring("sha256:".length()));
    }

    private String file(String id, String name, String mediaType, String sha256) {
        Map<String, Object> out = element("software_File", id, name);
        out.put("contentType", mediaType);
        out.put("verifiedUsing", List.of(Map.of("type", "Hash", "algorithm", "sha256", "hashValue", sha256)));
        return base + id;
    }
}
