package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A corpus as CycloneDX 1.6 has it: one data component with a part for each licence. */
final class CycloneDx {

    private static final int MOST_OWNERS = 50;

    private CycloneDx() {}

    static Map<String, Object> of(CorpusSummary corpus, BillOfMaterials.Description description, UUID name) {
        Map<String, Object> out = new TreeMap<>();
        out.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        out.put("bomFormat", "CycloneDX");
        out.put("specVersion", "1.6");
        out.put("serialNumber", "urn:uuid:" + name);
        out.put("version", 1);
        Map<String, Object> metadata = new TreeMap<>();
        metadata.put("timestamp", description.created().toString());
        metadata.put("component", corpus(corpus, description));
        metadata.put("supplier", Map.of("name", description.creator()));
        out.put("metadata", metadata);
        List<Licenses.Part> parts = Licenses.parts(corpus);
        List<Object> components = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            components.add(part(corpus, parts.get(i), i + 1));
        }
        description.files().forEach(each -> components.add(file(each)));
        out.put("components", components);
        return out;
    }

    private static Map<String, Object> corpus(CorpusSummary corpus, BillOfMaterials.Description description) {
        Map<String, Object> out =
                component("data", "corpus", corpus.title(), description.text().both());
        String version = corpus.version();
        if (version != null) {
            out.put("version", version);
        }
        out.put("publisher", description.creator());
        String whole = description.license();
        if (whole != null) {
            out.put("licenses", expression(whole, "declared"));
        } else {
            out.put("licenses", all(corpus));
        }
        out.put("externalReferences", List.of(Map.of("type", "website", "url", description.url())));
        Map<String, Object> data =
                data("corpus-data", corpus.title(), description.text().both());
        data.put("contents", Map.of("url", description.url()));
        data.put("sensitiveData", List.of(Licenses.personalData(corpus).both()));
        data.put("governance", owners(List.of(description.creator())));
        out.put("data", List.of(data));
        List<Object> properties = new ArrayList<>();
        properties.add(property("purpose", corpus.purpose().word()));
        properties.add(property("asOf", corpus.asOf().toString()));
        properties.add(property("termsDigest", corpus.termsDigest()));
        properties.add(property("summaryDigest", corpus.digest()));
        String rowsDigest = corpus.rowsDigest();
        if (rowsDigest != null) {
            properties.add(property("rowsDigest", rowsDigest));
        }
        properties.add(property("rows", String.valueOf(corpus.rows())));
        properties.add(property("unread", String.valueOf(corpus.unread())));
        out.put("properties", properties);
        return out;
    }

    /** Every licence of the corpus by itself: a list of licences and an expression cannot stand together before 1.7. */
    private static List<Object> all(CorpusSummary corpus) {
        return Licenses.ids(corpus).stream()
                .map(id -> {
                    Map<String, Object> license = new TreeMap<>();
                    license.put("acknowledgement", "concluded");
                    if (Licenses.listed(id)) {
                        license.put("id", id);
                    } else {
                        Licenses.Custom custom = Licenses.custom(corpus, id);
                        license.put("name", id);
                        license.put("text", Map.of("content", custom.text().both(), "contentType", "text/plain"));
                        if (!custom.seeAlso().isEmpty()) {
                            license.put("url", custom.seeAlso().get(0));
                        }
                    }
                    return (Object) Map.of("license", license);
                })
                .toList();
    }

    private static Map<String, Object> part(CorpusSummary corpus, Licenses.Part part, int number) {
        String name = part.ids.stream().map(id -> corpus.license(id).both()).collect(Collectors.joining("; "));
        Map<String, Object> out = component("data", "part-" + number, name, part.said());
        if (!part.fallback.equals(Licenses.NO_ASSERTION)) {
            out.put("licenses", expression(part.fallback, "concluded"));
        }
        Map<String, Object> data = data("part-" + number + "-data", name, part.said());
        if (part.personalData > 0) {
            data.put(
                    "sensitiveData",
                    List.of("개인정보를 확인해야 하는 행 / Rows to be checked for personal data: " + part.personalData));
        }
        data.put("governance", owners(part.mainSources(MOST_OWNERS)));
        out.put("data", List.of(data));
        List<Object> properties = new ArrayList<>();
        properties.add(property("license", part.expression));
        part.decisions.forEach((decision, rows) -> properties.add(property("rows:" + decision, String.valueOf(rows))));
        properties.add(property("sources", String.valueOf(part.sources.size())));
        part.duties.forEach(
                id -> properties.add(property("duty:" + id, corpus.duty(id).both())));
        out.put("properties", properties);
        return out;
    }

    private static Map<String, Object> file(BillOfMaterials.Part file) {
        Map<String, Object> out = component("file", "file-" + file.name(), file.name(), null);
        out.put("mime-type", file.mediaType());
        out.put("hashes", List.of(Map.of("alg", "SHA-256", "content", file.sha256())));
        out.put("externalReferences", List.of(Map.of("type", "distribution", "url", file.url())));
        return out;
    }

    private static Map<String, Object> component(String type, String ref, String name, @Nullable String text) {
        Map<String, Object> out = new TreeMap<>(Map.of("type", type, "bom-ref", ref, "name", name));
        if (text != null) {
            out.put("description", text);
        }
        return out;
    }

    private static Map<String, Object> data(String ref, String name, String text) {
        return new TreeMap<>(Map.of("bom-ref", ref, "type", "dataset", "name", name, "description", text));
    }

    private static Map<String, Object> owners(List<String> names) {
        return Map.of(
                "owners",
                names.stream()
                        .map(each -> Map.of("organization", Map.of("name", each)))
                        .toList());
    }

    private static List<Object> expression(String expression, String acknowledgement) {
        return List.of(Map.of("expression", expression, "acknowledgement", acknowledgement));
    }

    private static Map<String, Object> property(String name, String value) {
        return Map.of("name", "gaon:" + name, "value", value);
    }
}
