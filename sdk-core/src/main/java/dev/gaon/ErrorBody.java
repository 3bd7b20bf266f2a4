package dev.gaon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of an error, in any of the shapes seen: OpenAI's, SGLang's flat one, a status envelope, FastAPI's
 * detail as text or list, TGI's, the open inference protocol's, a bare message.
 *
 * @param code the server's code; null if it gives none
 * @param message the server's words; empty if it gives none
 */
record ErrorBody(@Nullable String code, String message) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static ErrorBody read(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            root = null;
        }
        if (root == null || !root.isObject()) {
            return new ErrorBody(null, new String(body, StandardCharsets.UTF_8));
        }
        JsonNode error = root.path("error").isObject()
                ? root.path("error")
                : root.path("status").isObject() ? root.path("status") : root;
        JsonNode code = first(error, "code", "type", "error_type");
        JsonNode message = first(error, "message", "error");
        if (message.isMissingNode()) {
            JsonNode detail = root.path("detail");
            JsonNode one = detail.isArray() ? detail.path(0) : detail;
            message = one.isObject() ? first(one, "msg", "message", "error") : one;
        }
        return new ErrorBody(
                code.isMissingNode() ? null : code.asText(),
                message.isValueNode() && !message.isNull() ? message.asText() : "");
    }

    private static JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.path(name);
            if (value.isValueNode() && !value.isNull()) {
                return value;
            }
        }
        return object.path("");
    }
}
