package dev.gaon.gov.pack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/** Canonical JSON (RFC 8785): one text for one value, so that a digest means something. */
public final class CanonicalForm {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalForm() {}

    public static String write(Map<String, ?> value) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(value)).getEncodedString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new IllegalArgumentException("no canonical form", e);
        }
    }

    /** Null if these bytes, from wherever, are not the canonical form of anything. */
    public static @Nullable JsonNode read(byte[] json) {
        try {
            JsonNode value = JSON.readTree(json);
            return Arrays.equals(json, new JsonCanonicalizer(json).getEncodedUTF8()) ? value : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
