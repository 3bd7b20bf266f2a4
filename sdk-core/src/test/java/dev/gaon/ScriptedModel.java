package dev.gaon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@link ScriptedServer} answers. It knows a few facts and obeys a few phrases: {@code call NAME {...}} calls a
 * tool it was given, {@code my X is Y} is remembered for {@code what is my X}, JSON is filled with the facts. Everything
 * else is echoed.
 */
final class ScriptedModel {

    record Call(String id, String name, String arguments) {}

    record Answer(String text, List<Call> calls, String finish, int promptTokens) {
        List<String> tokens() {
            return ScriptedModel.tokens(text);
        }

        int completionTokens() {
            return calls.isEmpty() ? tokens().size() : calls.size() * 5;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CALL = Pattern.compile("call (\\w+) (\\{.*?})");
    private static final Pattern FIELD_ASKED_FOR = Pattern.compile("\"(\\w+)\": \\(type: (\\w+)");
    private static final Map<String, String> TOOLS_BY_TOPIC = new LinkedHashMap<>();
    private static final Map<String, String> FACTS = Map.of("city", "Berlin", "country", "Germany");

    static {
        TOOLS_BY_TOPIC.put("Munich", "call getWeather {\"city\":\"Munich\"}");
        TOOLS_BY_TOPIC.put("France", "call getTime {\"country\":\"France\"}");
        TOOLS_BY_TOPIC.put("get_current_time", "call get_current_time {}");
    }

    private ScriptedModel() {}

    /** Words, each with the space before it. */
    static List<String> tokens(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?=\\s)"));
    }

    static Answer answer(JsonNode request) {
        JsonNode messages = request.path("messages");
        int promptTokens = tokens(messages.toString()).size();
        List<String> results = new ArrayList<>();
        for (int i = messages.size() - 1;
                i >= 0 && messages.path(i).path("role").asText().equals("tool");
                i--) {
            results.add(0, text(messages.path(i)));
        }
        String question = last(messages, "user");
        List<Call> calls = results.isEmpty() ? calls(request, question) : List.of();
        if (!calls.isEmpty()) {
            return new Answer("", calls, "tool_calls", promptTokens);
        }
        String text = json(request, question, String.join(", ", results));
        if (text == null) {
            text = results.isEmpty() ? prose(messages, question) : "The tools say: " + String.join(", ", results) + ".";
        }
        for (JsonNode stop : request.path("stop")) {
            int at = text.indexOf(stop.asText());
            text = at < 0 ? text : text.substring(0, at);
        }
        List<String> tokens = tokens(text);
        int most = request.path("max_tokens").asInt(Integer.MAX_VALUE);
        return tokens.size() <= most
                ? new Answer(text, List.of(), "stop", promptTokens)
                : new Answer(String.join("", tokens.subList(0, most)), List.of(), "length", promptTokens);
    }

    private static List<Call> calls(JsonNode request, String question) {
        StringBuilder orders = new StringBuilder(question);
        TOOLS_BY_TOPIC.forEach((topic, order) -> orders.append(question.contains(topic) ? " " + order : ""));
        List<Call> calls = new ArrayList<>();
        Matcher order = CALL.matcher(orders);
        while (order.find()) {
            for (JsonNode tool : request.path("tools")) {
                if (tool.path("function").path("name").asText().equals(order.group(1))) {
                    calls.add(new Call("call_" + (calls.size() + 1), order.group(1), order.group(2)));
                }
            }
        }
        return calls;
    }

    /** An object with the fields that a schema or the question asks for; null if none was asked for. */
    private static String json(JsonNode request, String question, String results) {
        JsonNode format = request.path("response_format");
        ObjectNode object = JSON.createObjectNode();
        if (format.path("type").asText().equals("json_schema")) {
            JsonNode properties = format.path("json_schema").path("schema").path("properties");
            properties
                    .properties()
                    .forEach(field -> field(object, field.getKey(), field.getValue(), question + " " + results));
        } else if (format.path("type").asText().equals("json_object")) {
            object.put("city", FACTS.get("city"));
        } else {
            Matcher field = FIELD_ASKED_FOR.matcher(question);
            while (field.find()) {
                field(object, field.group(1), JSON.createObjectNode().put("type", field.group(2)), question);
            }
        }
        try {
            return object.isEmpty() ? null : JSON.writeValueAsString(object).replace(":", ": ");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void field(ObjectNode object, String name, JsonNode schema, String told) {
        for (JsonNode word : schema.path("enum")) {
            if (told.contains(word.asText()) || !object.has(name)) {
                object.set(name, word);
            }
        }
        if (!object.has(name)) {
            switch (schema.path("type").asText()) {
                case "integer", "number" -> object.put(name, 42);
                case "boolean" -> object.put(name, true);
                default -> object.put(name, FACTS.getOrDefault(name, "?"));
            }
        }
    }

    private static String prose(JsonNode messages, String question) {
        String seen = images(messages);
        if (!seen.isEmpty()) {
            return "I see" + seen + ".";
        }
        Matcher asked = Pattern.compile("[Ww]hat is my ([\\w ]+)\\?").matcher(question);
        if (asked.find()) {
            Pattern told = Pattern.compile("my " + asked.group(1) + " is (\\w+)");
            for (JsonNode message : messages) {
                Matcher fact = told.matcher(text(message));
                if (fact.find()) {
                    return "Your " + asked.group(1) + " is " + fact.group(1) + ".";
                }
            }
            return "You did not tell me.";
        }
        if (question.contains("I love you") && last(messages, "system").contains("German")) {
            return "Ich liebe dich";
        }
        if (question.contains("capital of Germany")) {
            return "The capital of Germany is Berlin." + (question.contains("2 + 2") ? " And 2 + 2 is 4." : "");
        }
        if (question.contains("long story")) {
            return "Once upon a time " + "there was a fox and a hare and ".repeat(200) + "the end.";
        }
        return question.contains("Say 'Hello World'") ? "Hello World" : "You said: " + question;
    }

    /** The pictures of LangChain4j's tests, by their names: known from the address, or byte by byte. */
    private static String images(JsonNode messages) {
        StringBuilder seen = new StringBuilder();
        for (JsonNode message : messages) {
            for (JsonNode part : message.path("content")) {
                String url = part.path("image_url").path("url").asText();
                for (String name : List.of("cat", "dice")) {
                    boolean sent = url.endsWith("/" + name + ".jpg") || url.equals(dataUrl("/images/" + name + ".jpg"));
                    seen.append(sent ? " a " + name : "");
                }
            }
        }
        return seen.toString();
    }

    private static String dataUrl(String resource) {
        try (InputStream in = ScriptedModel.class.getResourceAsStream(resource)) {
            return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String last(JsonNode messages, String role) {
        String found = "";
        for (JsonNode message : messages) {
            found = message.path("role").asText().equals(role) ? text(message) : found;
        }
        return found;
    }

    private static String text(JsonNode message) {
        StringBuilder text = new StringBuilder(message.path("content").asText());
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }
}
