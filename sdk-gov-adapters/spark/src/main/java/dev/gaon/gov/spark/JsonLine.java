package dev.gaon.gov.spark;

import static org.apache.spark.sql.functions.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.gov.corpus.UnreadableCause;
import dev.gaon.gov.license.Claim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** One line of JSON, read as strictly wherever it stands: texts as they are, anything else as its JSON. */
final class JsonLine {

    /** A line may hold a whole document. */
    private static final int LONGEST = 16 << 20;

    private static final int DEEPEST = 3;
    private static final List<String> CLAIM = List.of("level", "source", "field", "value", "seen");
    private static final List<String> CLAIM_OF_SITE = List.of("level", "source", "field", "value", "seen", "url");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(1_000)
                        .maxStringLength(LONGEST)
                        .build());
    }

    private JsonLine() {}

    /**
     * An array: first why the line cannot be read, or null, then the values at these paths.
     *
     * @param bytes of one line
     * @param paths keys, with dots into nested objects
     * @param id of the paths, which holds a text or a whole number or else the line cannot be read; null if none does
     */
    static Column values(Column bytes, List<String> paths, @Nullable String id) {
        List<String[]> steps = paths.stream().map(each -> each.split("\\.", -1)).toList();
        int at = id == null ? -1 : paths.indexOf(id);
        UDF1<byte @Nullable [], @Nullable String[]> read = line -> line == null ? null : read(line, steps, at);
        // not to be written once for each value that is taken from it
        return udf(read, DataTypes.createArrayType(DataTypes.StringType))
                .asNondeterministic()
                .apply(bytes);
    }

    private static @Nullable String[] read(byte[] line, List<String[]> steps, int id) {
        @Nullable String[] out = new @Nullable String[1 + steps.size()];
        JsonNode row = null;
        if (line.length > LONGEST) {
            out[0] = UnreadableCause.TOO_LONG.name();
        } else if (isUtf8(line)) {
            row = object(line);
            out[0] = row == null ? UnreadableCause.MALFORMED.name() : null;
        } else {
            out[0] = UnreadableCause.WRONG_ENCODING.name();
        }
        for (int i = 0; row != null && i < steps.size(); i++) {
            JsonNode at = row;
            for (String step : steps.get(i)) {
                at = at.path(step);
            }
            if (i == id && !at.isMissingNode() && !at.isNull() && !at.isTextual() && !at.isIntegralNumber()) {
                out[0] = UnreadableCause.WRONG_TYPE.name();
            }
            out[1 + i] = at.isMissingNode() || at.isNull() ? null : at.isTextual() ? at.textValue() : at.toString();
        }
        return out;
    }

    private static boolean isUtf8(byte[] line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    static @Nullable ObjectNode object(byte[] line) {
        try {
            return JSON.readTree(line) instanceof ObjectNode object ? object : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The keys that have a value, with dots into nested objects. */
    static Set<String> keys(ObjectNode row) {
        Set<String> keys = new TreeSet<>();
        keys(row, "", keys, 1);
        return keys;
    }

    private static void keys(JsonNode object, String prefix, Set<String> keys, int depth) {
        object.properties().forEach(each -> {
            if (!each.getValue().isNull() && !each.getKey().contains(".")) {
                keys.add(prefix + each.getKey());
                if (each.getValue().isObject() && depth < DEEPEST) {
                    keys(each.getValue(), prefix + each.getKey() + ".", keys, depth + 1);
                }
            }
        });
    }

    /** A list of claims without what does not decide, addresses included unless they are of several sites; other text as it stands. */
    static Column claims(Column text) {
        UDF1<@Nullable String, @Nullable String> bare = list -> list == null ? null : bare(list);
        return udf(bare, DataTypes.StringType).apply(text);
    }

    private static String bare(String text) {
        try {
            if (!(JSON.readTree(text) instanceof ArrayNode list)) {
                return text;
            }
            Set<String> sites = new TreeSet<>();
            for (JsonNode each : list) {
                if (!each.isObject()) {
                    return text;
                }
                JsonNode url = each.path("url");
                sites.add(Claim.site(url.isTextual() ? url.textValue() : null));
            }
            List<JsonNode> claims = new ArrayList<>();
            list.forEach(each -> claims.add(((ObjectNode) each).retain(sites.size() > 1 ? CLAIM_OF_SITE : CLAIM)));
            return claims.toString();
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
