package dev.gaon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets {@link ScriptedServer} speak CLOVA Studio's own format: strict about requests as its pages are, answers framed as
 * they show them.
 */
final class ScriptedClova {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> FIELDS = Set.of(
            "messages",
            "topP",
            "topK",
            "maxTokens",
            "maxCompletionTokens",
            "temperature",
            "repetitionPenalty",
            "stop",
            "seed",
            "includeAiFilters",
            "thinking",
            "tools",
            "toolChoice",
            "responseFormat");

    private ScriptedClova() {}

    /** The code by which the service refuses a request; null if it takes it. */
    static String refused(JsonNode request) {
        for (var field : request.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                return "40002";
            }
        }
        int most = request.path("maxTokens").asInt(1024);
        boolean tools = !request.path("tools").isEmpty();
        boolean wrong = tools && most < 1024
                || request.path("temperature").asDouble(0) > 1
                || request.path("toolChoice").asText().equals("required");
        int systems = 0;
        for (JsonNode message : request.path("messages")) {
            systems += message.path("role").asText().equals("system") ? 1 : 0;
            wrong |= message.has("thinkingContent") || !message.hasNonNull("content");
            for (JsonNode call : message.path("toolCalls")) {
                wrong |= !call.at("/function/arguments").isObject();
            }
            int images = 0;
            for (JsonNode part : message.path("content")) {
                images += part.path("type").asText().equals("image_url") ? 1 : 0;
                wrong |= !part.has("text")
                        && !part.path("imageUrl").has("url")
                        && !part.path("dataUri").has("data");
            }
            wrong |= images > 1 || images == 1 && tools;
        }
        return wrong || systems > 1 ? "40001" : null;
    }

    /** The same request in the words that {@link ScriptedModel} knows. */
    static ObjectNode known(JsonNode request) {
        ObjectNode known = request.deepCopy();
        if (request.has("maxTokens")) {
            known.set("max_tokens", request.get("maxTokens"));
        }
        if (request.has("responseFormat")) {
            ObjectNode format = known.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").set("schema", request.at("/responseFormat/schema"));
        }
        for (JsonNode message : known.path("messages")) {
            for (JsonNode part : message.path("content")) {
                String url = part.path("imageUrl").path("url").asText();
                String data = part.path("dataUri").path("data").asText();
                ((ObjectNode) part)
                        .putObject("image_url")
                        .put("url", data.isEmpty() ? url : "data:image/jpeg;base64," + data);
            }
        }
        return known;
    }

    static ObjectNode failure(String code) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("status").put("code", code).put("message", "refused by script");
        return body;
    }

    static ObjectNode whole(ScriptedModel.Answer answer) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("status").put("code", "20000").put("message", "OK");
        body.set("result", result(answer));
        return body;
    }

    static List<String> frames(ScriptedModel.Answer answer) {
        List<String> frames = new ArrayList<>();
        for (String token : answer.tokens()) {
            frames.add(token(message().put("content", token)));
        }
        for (ScriptedModel.Call call : answer.calls()) {
            ObjectNode begin = message().put("content", "");
            call(begin).put("name", call.name());
            ((ObjectNode) begin.at("/toolCalls/0")).put("id", call.id());
            frames.add(token(begin));
            String all = call.arguments();
            int middle = all.length() > 2 ? all.indexOf(':') + 1 : 0;
            List<String> pieces = middle == 0 ? List.of(all) : List.of(all.substring(0, middle), all.substring(middle));
            for (String piece : pieces) {
                ObjectNode next = message().put("content", "");
                call(next).put("partialJson", piece);
                frames.add(token(next));
            }
        }
        frames.add(ClovaFrames.frame("result", text(result(answer))));
        frames.add(ClovaFrames.SIGNAL);
        return frames;
    }

    private static ObjectNode result(ScriptedModel.Answer answer) {
        ObjectNode result = JSON.createObjectNode();
        ObjectNode message = message().put("content", answer.text());
        for (ScriptedModel.Call call : answer.calls()) {
            ObjectNode one = message.withArray("toolCalls").addObject();
            one.put("id", call.id()).put("type", "function");
            ObjectNode function = one.putObject("function").put("name", call.name());
            try {
                function.set("arguments", JSON.readTree(call.arguments()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        result.set("message", message);
        result.put("finishReason", answer.finish()).put("created", 1_791_043_155_000L);
        result.put("seed", 1);
        result.putObject("usage")
                .put("promptTokens", answer.promptTokens())
                .put("completionTokens", answer.completionTokens())
                .put("totalTokens", answer.promptTokens() + answer.completionTokens());
        return result;
    }

    private static ObjectNode message() {
        return JSON.createObjectNode().put("role", "assistant");
    }

    private static ObjectNode call(ObjectNode message) {
        return message.withArray("toolCalls")
                .addObject()
                .put("type", "function")
                .putObject("function");
    }

    private static String token(ObjectNode message) {
        ObjectNode data = JSON.createObjectNode();
        data.set("message", message);
        data.putNull("finishReason").put("created", 1_791_043_155_000L);
        return ClovaFrames.frame("token", text(data.put("seed", 1).putNull("usage")));
    }

    private static String text(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
