package dev.gaon.gov.law;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.pack.PackFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cases that lie beside the rules. */
final class Cases {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What one rule must say of these facts. */
    record Case(
            String rule,
            String id,
            String cites,
            ServiceProfile profile,
            LocalDate asOf,
            String expect,
            JsonNode missing) {

        @Override
        public String toString() {
            return id;
        }
    }

    private Cases() {}

    static List<Case> of(Rule rule) {
        JsonNode top = read("/dev/gaon/gov/rules/" + rule.law() + "/" + rule.id() + ".cases.json");
        List<Case> cases = new ArrayList<>();
        for (JsonNode each : top.get("cases")) {
            cases.add(new Case(
                    rule.id(),
                    each.get("id").asText(),
                    each.path("cites").asText(),
                    profile(each.get("id").asText(), top.path("base"), each.get("facts")),
                    LocalDate.parse(each.get("asOf").asText()),
                    each.get("expect").asText(),
                    each.path("missing")));
        }
        return cases;
    }

    static List<Case> all(RulePack pack) {
        return pack.rules().stream().flatMap(rule -> of(rule).stream()).toList();
    }

    static ServiceProfile profile(String service, JsonNode base, JsonNode facts) {
        ObjectNode all = JSON.createObjectNode();
        if (base.isObject()) {
            all.setAll((ObjectNode) base);
        }
        all.setAll((ObjectNode) facts);
        return ServiceProfile.parse(JSON.createObjectNode()
                .put("service", service)
                .set("facts", all)
                .toString());
    }

    static JsonNode read(String resource) {
        try (InputStream in = Cases.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing: " + resource);
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    /** A pack of these files, sealed. */
    static PackFiles sealed(String id, Map<String, byte[]> files) {
        ObjectNode manifest = JSON.createObjectNode().put("id", id).put("version", "1");
        manifest.putObject("title").put("ko", id).put("en", id);
        files.keySet().forEach(manifest.putArray("files")::add);
        manifest.put("digest", PackFiles.digest(id, "1", new TreeMap<>(files)));
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put(PackFiles.MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
        return PackFiles.of(id, all);
    }
}
