package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One chat request as a model in this process takes it; what it does not take is refused before anything runs.
 *
 * @param schema JSON Schema that the answer must fit; null for any text
 * @param extra numbers and switches of llama.cpp that LangChain4j has no field for
 */
record LlamaRequest(
        List<Turn> turns,
        ChatRequestParameters parameters,
        @Nullable String schema,
        Map<String, Object> extra) {

    /** The switches of {@link GaonParameters#extraBody} that are taken, by llama.cpp's names. */
    static final Set<String> EXTRA =
            Set.of("seed", "min_p", "typical_p", "repeat_penalty", "repeat_last_n", "ignore_eos");

    private static final int DEEPEST_SCHEMA = 32;
    private static final JsonFactory JSON = new JsonFactory();

    /** @param role {@code system}, {@code user} or {@code assistant} */
    record Turn(String role, String text) {}

    static LlamaRequest of(ChatRequest request, ModelCard model, Endpoint endpoint) {
        ChatRequestParameters parameters = request.parameters();
        if (parameters.toolSpecifications() != null
                && !parameters.toolSpecifications().isEmpty()) {
            throw refused(model, endpoint, "도구를 부르지 않습니다", "it does not call tools");
        }
        Map<String, Object> extra = Map.of();
        if (parameters instanceof GaonParameters own) {
            extra = own.extraBody();
            if (own.thinking() != null && own.thinking() != GaonParameters.Thinking.NONE) {
                throw refused(model, endpoint, "thinking을 조절할 수 없습니다", "its thinking cannot be set");
            }
        }
        for (Map.Entry<String, Object> entry : extra.entrySet()) {
            boolean value = entry.getKey().equals("ignore_eos")
                    ? entry.getValue() instanceof Boolean
                    : entry.getValue() instanceof Number;
            if (!EXTRA.contains(entry.getKey()) || !value) {
                String name = entry.getKey();
                throw refused(
                        model,
                        endpoint,
                        "extraBody의 " + name + "을(를) 받지 않습니다 (가능: " + EXTRA + ")",
                        "it does not take " + name + " of extraBody (known: " + EXTRA + ")");
            }
        }
        return new LlamaRequest(
                turns(request, model, endpoint), parameters, schema(parameters, model, endpoint), extra);
    }

    private static List<Turn> turns(ChatRequest request, ModelCard model, Endpoint endpoint) {
        List<Turn> turns = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage system && turns.isEmpty()) {
                turns.add(new Turn("system", system.text()));
            } else if (message instanceof UserMessage user
                    && user.contents().stream().allMatch(TextContent.class::isInstance)) {
                StringBuilder text = new StringBuilder();
                user.contents()
                        .forEach(content ->
                                text.append(text.isEmpty() ? "" : "\n").append(((TextContent) content).text()));
                turns.add(new Turn("user", text.toString()));
            } else if (message instanceof AiMessage ai && ai.text() != null && !ai.hasToolExecutionRequests()) {
                turns.add(new Turn("assistant", ai.text()));
            } else {
                throw refused(
                        model,
                        endpoint,
                        "맨 앞의 시스템 메시지 하나와 글로 된 대화만 받습니다 (" + message.type() + ")",
                        "it takes one system message at the beginning and turns of text only (" + message.type() + ")");
            }
        }
        return turns;
    }

    private static @Nullable String schema(ChatRequestParameters parameters, ModelCard model, Endpoint endpoint) {
        ResponseFormat format = parameters.responseFormat();
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return null;
        }
        if (format.jsonSchema() == null) {
            return "{\"type\":\"object\"}";
        }
        JsonSchemaElement root = format.jsonSchema().rootElement();
        Set<String> known = new HashSet<>();
        if (root instanceof JsonObjectSchema object && object.definitions() != null) {
            known.addAll(object.definitions().keySet());
        }
        // Native code ends the whole process over a schema that it cannot read.
        if (known.stream().anyMatch(name -> !name.matches("[A-Za-z0-9_-]+")) || !readable(root, known, 0)) {
            throw refused(
                    model,
                    endpoint,
                    "이 JSON 스키마를 문법으로 바꿀 수 없습니다 (가공하지 않은 스키마, 없는 참조, " + DEEPEST_SCHEMA + "단계 넘게 겹친 것)",
                    "this JSON schema cannot become a grammar (a raw one, a reference to nothing, or more than "
                            + DEEPEST_SCHEMA + " levels)");
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            new OpenAiSchema(out).write(root);
        } catch (IOException e) {
            throw new IllegalStateException("a schema cannot be written as JSON", e);
        }
        return text.toString();
    }

    private static boolean readable(JsonSchemaElement element, Set<String> known, int depth) {
        if (depth > DEEPEST_SCHEMA || element instanceof JsonRawSchema) {
            return false;
        } else if (element instanceof JsonReferenceSchema reference) {
            return known.contains(reference.reference());
        } else if (element instanceof JsonArraySchema array) {
            return array.items() == null || readable(array.items(), known, depth + 1);
        } else if (element instanceof JsonAnyOfSchema any) {
            return !any.anyOf().isEmpty() && all(any.anyOf(), known, depth);
        } else if (element instanceof JsonObjectSchema object) {
            return all(object.properties().values(), known, depth)
                    && (object.definitions() == null || all(object.definitions().values(), known, depth))
                    && (object.required() == null
                            || object.properties().keySet().containsAll(object.required()))
                    && (depth == 0
                            || object.definitions() == null
                            || object.definitions().isEmpty());
        }
        return true;
    }

    private static boolean all(Iterable<JsonSchemaElement> elements, Set<String> known, int depth) {
        for (JsonSchemaElement element : elements) {
            if (!readable(element, known, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static CallFailure refused(ModelCard model, Endpoint endpoint, String ko, String en) {
        return CallFailure.kind("unsupported")
                .at(endpoint)
                .phase("configure")
                .message(
                        model.id() + " (이 프로세스 안의 llama.cpp): " + ko + ".",
                        model.id() + " (llama.cpp in this process): " + en + ".")
                .fix(
                        "요청에서 빼거나, llama-server를 띄워 Endpoint.of(\"http://...\")로 부르세요.",
                        "Leave it out, or run llama-server and call it through Endpoint.of(\"http://...\").")
                .build();
    }
}
