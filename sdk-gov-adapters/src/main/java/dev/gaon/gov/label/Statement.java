package dev.gaon.gov.label;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a label says of content, as the one line of JSON that every format carries. Immutable.
 *
 * @param text the visible wording; stated also where nothing visible was written
 * @param proofs what a reader needs to find a visible or audible mark again, such as a place in an image, by name
 */
record Statement(
        String text,
        String sourceType,
        @Nullable String generator,
        @Nullable String provider,
        @Nullable Instant createdAt,
        @Nullable String recordId,
        AiLabel.Realism realism,
        boolean artistic,
        @Nullable String noticeSha256,
        @Nullable Instant noticeShown,
        Map<String, String> proofs) {

    /** The property, key or comment that holds the line is called this in every format. */
    static final String NAME = "ai-label";

    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 20)
                    .build())
            .build());

    private static final int LIMIT = 64 << 10;

    Statement {
        proofs = Map.copyOf(proofs);
    }

    /** Null if it is not one of ours. */
    static @Nullable Statement parse(String json) {
        if (json.length() > LIMIT) {
            return null;
        }
        try {
            JsonNode node = JSON.readTree(json);
            if (node == null || node.path("aiLabel").asInt() != 1) {
                return null;
            }
            String text = text(node, "text");
            String sourceType = text(node, "sourceType");
            if (text == null || sourceType == null) {
                return null;
            }
            Map<String, String> proofs = new TreeMap<>();
            node.path("proofs")
                    .properties()
                    .forEach(e -> proofs.put(e.getKey(), e.getValue().asText()));
            return new Statement(
                    text,
                    sourceType,
                    text(node, "generator"),
                    text(node, "provider"),
                    time(node.path("createdAt")),
                    text(node, "recordId"),
                    AiLabel.Realism.valueOf(node.path("realism").asText("UNCONTROLLABLE")),
                    node.path("artistic").asBoolean(),
                    text(node.path("notice"), "sha256"),
                    time(node.path("notice").path("shownAt")),
                    proofs);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).asText() : null;
    }

    private static @Nullable Instant time(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.asText()) : null;
    }

    Statement with(String proof, String value) {
        Map<String, String> more = new TreeMap<>(proofs);
        more.put(proof, value);
        return new Statement(
                text,
                sourceType,
                generator,
                provider,
                createdAt,
                recordId,
                realism,
                artistic,
                noticeSha256,
                noticeShown,
                more);
    }

    /** Members in a fixed order, those that are unknown left out. */
    String json() {
        ObjectNode out =
                JSON.createObjectNode().put("aiLabel", 1).put("text", text).put("sourceType", sourceType);
        put(out, "generator", generator);
        put(out, "provider", provider);
        put(out, "createdAt", createdAt);
        put(out, "recordId", recordId);
        out.put("realism", realism.name()).put("artistic", artistic);
        if (noticeSha256 != null) {
            ObjectNode notice = out.putObject("notice");
            put(notice, "sha256", noticeSha256);
            put(notice, "shownAt", noticeShown);
        }
        if (!proofs.isEmpty()) {
            ObjectNode places = out.putObject("proofs");
            new TreeMap<>(proofs).forEach(places::put);
        }
        return out.toString();
    }

    /**
     * The same JSON with nothing in it that could end a comment, a tag or a quoted attribute of any language it is put
     * into.
     */
    String jsonInMarkup() {
        return inMarkup(json());
    }

    static String inMarkup(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027")
                .replace("--", "-\\u002d")
                .replace("*/", "*\\/")
                .replace("]]", "]\\u005d");
    }

    private static void put(ObjectNode out, String name, @Nullable Object value) {
        if (value != null) {
            out.put(name, value.toString());
        }
    }

    /** The JSON of the metadata key {@code AIGC}; 1 says: is generated. */
    String aigc() {
        return JSON.createObjectNode()
                .put("Label", "1")
                .put("ContentProducer", provider == null ? "" : provider)
                .put("ProduceID", recordId == null ? "" : recordId)
                .put("ReservedCode1", "")
                .put("ContentPropagator", "")
                .put("PropagateID", "")
                .put("ReservedCode2", "")
                .toString();
    }

    static boolean isAigc(String json) {
        try {
            JsonNode node = json.length() > LIMIT ? null : JSON.readTree(json);
            return node != null && node.path("Label").asText().matches("[123]");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
