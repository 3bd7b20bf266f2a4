package dev.gaon.gov.law;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** Canonical JSON (RFC 8785): one text for one value, so that a digest means something. */
final class CanonicalForm {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CanonicalForm() {}

    static String write(Map<String, ?> value) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(value)).getEncodedString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new IllegalArgumentException("no canonical form", e);
        }
    }
}
