package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gaon.ReplayServer.Cut;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded exchange of a llama.cpp server of February 2025, played back byte for byte to a client as users make it. */
class LlamaCppRecordingsTest {

    /** Recordings of what the SDK does not call yet. */
    private static final Set<String> NOT_CALLED = Set.of(
            "apply_template",
            "auth_health_nokey",
            "auth_metrics_disabled",
            "auth_models_nokey",
            "auth_slots_disabled",
            "detokenize",
            "emb_legacy_embedding",
            "get_get_on_chat",
            "get_health",
            "get_lora",
            "get_metrics_after",
            "get_metrics_fresh",
            "get_models",
            "get_not_found",
            "get_props",
            "get_slots",
            "get_slots_after_disconnect",
            "get_slots_after_disconnect_500ms",
            "options_cors",
            "tokenize");

    /** Fields of LangChain4j's request; all others travel as extra body fields. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "temperature",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "tools",
            "tool_choice",
            "response_format",
            "stream",
            "stream_options");

    static Stream<Arguments> chats() {
        return played(chatRecordings());
    }

    static Stream<Arguments> embeddings() {
        return played(embeddingRecordings());
    }

    private static Stream<Arguments> played(List<Recording> recordings) {
        return recordings.stream()
                .flatMap(recording -> Stream.of(Cut.values()).map(cut -> Arguments.of(recording, cut)));
    }

    static List<Recording> chatRecordings() {
        return Recording.all().stream()
                .filter(r -> r.posts("/v1/chat/completions"))
                .toList();
    }

    static List<Recording> embeddingRecordings() {
        return Recording.all().stream().filter(r -> r.posts("/v1/embeddings")).toList();
    }

    @Test
    void everyRecordingIsPlayedOrNamed() {
        Set<String> rest = new TreeSet<>();
        Recording.all().forEach(recording -> rest.add(recording.name));
        assertThat(rest).hasSizeGreaterThanOrEqualTo(60);
        chatRecordings().forEach(recording -> rest.remove(recording.name));
        embeddingRecordings().forEach(recording -> rest.remove(recording.name));
        assertThat(rest).isEqualTo(new TreeSet<>(NOT_CALLED));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("chats")
    void chat(Recording recording, Cut cut, @TempDir Path folder) throws Exception {
        try (ReplayServer server = ReplayServer.playing(recording.reply, cut);
                Gaon gaon = client(recording, server, folder)) {
            GaonChatModel model = gaon.chat(modelId(recording));
            ChatRequest request = chatRequest(recording);
            boolean streaming = recording.request().path("stream").asBoolean();
            List<ChatDelta> deltas = new ArrayList<>();
            ChatResponse[] response = new ChatResponse[1];
            Throwable error = catchThrowable(
                    () -> response[0] = streaming ? stream(model, request, deltas) : model.chat(request));

            acceptable(recording, server.only());
            if (recording.status != 200) {
                refused(recording, error, request);
            } else if (!recording.whole) {
                assertThat(error).isInstanceOf(NonRetriableException.class);
                CallFailure failure = CallFailure.of(error).orElseThrow();
                assertThat(failure.kind()).isEqualTo("incomplete");
                assertThat(failure.partialText()).isNotEmpty().isEqualTo(recording.joined("content"));
                assertThat(text(deltas)).isEqualTo(recording.joined("content"));
                withoutPrompt(error, request);
            } else {
                assertThat(error).isNull();
                answered(recording, response[0]);
                if (streaming) {
                    assertThat(text(deltas)).isEqualTo(recording.joined("content"));
                }
            }
        }
    }

    private static ChatResponse stream(GaonChatModel model, ChatRequest request, List<ChatDelta> deltas)
            throws Throwable {
        try (ChatCall call = model.start(request)) {
            call.forEach(deltas::add);
            return call.future().get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static String text(List<ChatDelta> deltas) {
        StringBuilder text = new StringBuilder();
        for (ChatDelta delta : deltas) {
            if (delta instanceof ChatDelta.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    private static void answered(Recording recording, ChatResponse response) throws IOException {
        JsonNode calls = recording.last("/choices/0/message/tool_calls");
        AiMessage answer = response.aiMessage();
        if (calls == null) {
            assertThat(answer.text()).isNotEmpty().isEqualTo(recording.joined("content"));
            assertThat(answer.hasToolExecutionRequests()).isFalse();
        } else {
            assertThat(answer.toolExecutionRequests()).hasSameSizeAs(calls);
            for (int i = 0; i < calls.size(); i++) {
                ToolExecutionRequest call = answer.toolExecutionRequests().get(i);
                assertThat(call.name())
                        .isEqualTo(calls.at("/" + i + "/function/name").textValue());
                assertThat(call.arguments())
                        .isEqualTo(calls.at("/" + i + "/function/arguments").textValue());
                // The server gave "" as id, by which a result could not find its call.
                assertThat(call.id()).isNotBlank();
            }
        }
        assertThat(response.finishReason())
                .isEqualTo(
                        switch (recording.last("/choices/0/finish_reason").textValue()) {
                            case "stop" -> FinishReason.STOP;
                            case "length" -> FinishReason.LENGTH;
                            case "tool_calls" -> FinishReason.TOOL_EXECUTION;
                            default -> throw new AssertionError("a finish reason this test does not know");
                        });
        JsonNode usage = recording.last("/usage");
        assertThat(response.tokenUsage())
                .isEqualTo(new TokenUsage(
                        usage.get("prompt_tokens").intValue(),
                        usage.get("completion_tokens").intValue(),
                        usage.get("total_tokens").intValue()));
        assertThat(response.id()).isEqualTo(recording.last("/id").textValue());
        assertThat(response.modelName()).isEqualTo(recording.last("/model").textValue());
    }

    private static void refused(Recording recording, Throwable error, ChatRequest request) throws IOException {
        Map<Integer, Class<?>> types = Map.of(
                400,
                InvalidRequestException.class,
                401,
                AuthenticationException.class,
                500,
                NonRetriableException.class,
                501,
                UnsupportedFeatureException.class);
        Map<Integer, String> kinds =
                Map.of(400, "invalid-request", 401, "unauthorized", 500, "provider-error", 501, "unsupported");
        assertThat(error).isExactlyInstanceOf(types.get(recording.status));
        CallFailure failure = CallFailure.of(error).orElseThrow();
        assertThat(failure.kind()).isEqualTo(kinds.get(recording.status));
        assertThat(failure.status()).isEqualTo(recording.status);
        assertThat(failure.providerCode())
                .isEqualTo(recording.last("/error/code").asText());
        assertThat(error.getMessage()).contains(recording.last("/error/message").textValue());
        assertThat(failure.message(Locale.KOREAN)).containsPattern("[가-힣]");
        withoutPrompt(error, request);
        String key = recording
                .requestHeaders
                .getOrDefault("authorization", "Bearer sk-local-test")
                .substring(7);
        assertThat(error.toString()).doesNotContain(key);
    }

    private static void withoutPrompt(Throwable error, ChatRequest request) {
        for (ChatMessage message : request == null ? List.<ChatMessage>of() : request.messages()) {
            if (message instanceof UserMessage user && user.hasSingleText()) {
                for (Throwable t = error; t != null; t = t.getCause()) {
                    assertThat(t.toString()).doesNotContain(user.singleText());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("embeddings")
    void embedding(Recording recording, Cut cut, @TempDir Path folder) throws Exception {
        JsonNode input = recording.request().path("input");
        List<String> texts = new ArrayList<>();
        input.forEach(text -> texts.add(text.asText()));
        // What LangChain4j's types cannot say (numbers, nothing, broken JSON) is asked as one plain text.
        boolean sayable = input.isArray()
                && !input.isEmpty()
                && Stream.of(0, input.size() - 1).allMatch(i -> input.get(i).isTextual());
        List<TextSegment> segments = sayable
                ? texts.stream().map(TextSegment::from).toList()
                : List.of(TextSegment.from(input.isTextual() && !input.asText().isEmpty() ? input.asText() : "hello"));
        try (ReplayServer server = ReplayServer.playing(recording.reply, cut);
                Gaon gaon = client(recording, server, folder)) {
            Response<List<Embedding>> got = null;
            Throwable error = null;
            try {
                got = gaon.embedding(modelId(recording)).embedAll(segments);
            } catch (RuntimeException e) {
                error = e;
            }
            ReplayServer.Request sent = server.only();
            valid(sent, "/v1/embeddings");
            ObjectNode body = (ObjectNode) Recording.JSON.readTree(sent.body());
            assertThat(Set.of("model", "input", "encoding_format")).containsAll(names(body));
            assertThat(body.get("input")).hasSameSizeAs(segments);
            if (sayable) {
                assertThat(body.get("input")).isEqualTo(input);
            }
            if (recording.status == 200) {
                assertThat(error).isNull();
                JsonNode reply = recording.objects().get(0);
                assertThat(got.content()).hasSameSizeAs(reply.get("data"));
                for (JsonNode item : reply.get("data")) {
                    assertThat(got.content().get(item.get("index").intValue()).vector())
                            .containsExactly(floats(item.get("embedding")));
                }
                assertThat(got.tokenUsage().inputTokenCount())
                        .isEqualTo(reply.at("/usage/prompt_tokens").intValue());
                assertThat(got.tokenUsage().totalTokenCount())
                        .isEqualTo(reply.at("/usage/total_tokens").intValue());
            } else {
                refused(recording, error, null);
                assertThat(error.getMessage()).doesNotContain("강 강 강");
            }
        }
    }

    private static float[] floats(JsonNode embedding) {
        if (embedding.isArray()) {
            float[] vector = new float[embedding.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = embedding.get(i).floatValue();
            }
            return vector;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(embedding.textValue()))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }

    private static String modelId(Recording recording) {
        return recording.request().path("model").asText("tiny");
    }

    /** The client as its user would make it: the address, the kind of server, the key that was used in the recording. */
    private static Gaon client(Recording recording, ReplayServer server, Path folder) throws IOException {
        Gaon.Builder builder = Gaon.builder();
        String kind = "llama-cpp";
        String bearer = recording.requestHeaders.get("authorization");
        String plain = recording.requestHeaders.get("x-api-key");
        if (plain != null) {
            kind = "llama-cpp-with-x-api-key";
            Path file = Files.writeString(folder.resolve("provider.json"), """
                    {"id": "llama-cpp-with-x-api-key", "auth": {"header": "X-Api-Key", "env": "X", "required": false}}""");
            builder.catalogue(file);
        }
        if (bearer != null || plain != null) {
            builder.credential(
                    server.url(), Credential.of(bearer != null ? bearer.substring("Bearer ".length()) : plain));
        }
        return builder.endpoint(modelId(recording), Endpoint.of(server.url()).withDialect(kind))
                .build();
    }

    /** The same call in LangChain4j's words. */
    private static ChatRequest chatRequest(Recording recording) {
        JsonNode body = recording.request();
        GaonParameters.Builder parameters = GaonParameters.builder();
        List<ChatMessage> messages = new ArrayList<>();
        body.get("messages").forEach(message -> messages.add(message(message)));
        if (body.has("temperature")) {
            parameters.temperature(body.get("temperature").doubleValue());
        }
        for (String field : List.of("max_tokens", "max_completion_tokens")) {
            // LangChain4j refuses 0; the server answers 0 as it answers 1.
            if (body.has(field)) {
                parameters.maxOutputTokens(Math.max(1, body.get(field).intValue()));
            }
        }
        if (body.has("stop")) {
            List<String> stops = new ArrayList<>();
            body.get("stop").forEach(stop -> stops.add(stop.textValue()));
            parameters.stopSequences(stops);
        }
        if (body.has("tools")) {
            List<ToolSpecification> tools = new ArrayList<>();
            body.get("tools").forEach(tool -> tools.add(tool(tool.get("function"))));
            parameters.toolSpecifications(tools);
        }
        if (body.has("tool_choice")) {
            parameters.toolChoice(
                    ToolChoice.valueOf(body.get("tool_choice").textValue().toUpperCase(Locale.ROOT)));
        }
        if (body.at("/response_format/type").asText().equals("json_object")) {
            parameters.responseFormat(ResponseFormat.JSON);
        } else if (body.has("response_format")) {
            JsonNode schema = body.at("/response_format/json_schema");
            parameters.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name(schema.get("name").textValue())
                            .rootElement(JsonRawSchema.from(schema.get("schema").toString()))
                            .build())
                    .build());
        }
        Map<String, Object> extra = new LinkedHashMap<>();
        body.properties().forEach(field -> {
            if (!KNOWN.contains(field.getKey())) {
                extra.put(
                        field.getKey(),
                        field.getValue().isBoolean()
                                ? (Object) field.getValue().booleanValue()
                                : field.getValue().numberValue());
            }
        });
        parameters.extraBody(extra);
        return ChatRequest.builder()
                .messages(messages)
                .parameters(parameters.build())
                .build();
    }

    private static ChatMessage message(JsonNode message) {
        JsonNode content = message.get("content");
        return switch (message.get("role").textValue()) {
            case "system" -> SystemMessage.from(content.textValue());
            case "tool" ->
                ToolExecutionResultMessage.from(
                        message.get("tool_call_id").textValue(), "get_weather", content.textValue());
            case "assistant" -> {
                List<ToolExecutionRequest> calls = new ArrayList<>();
                message.get("tool_calls")
                        .forEach(call -> calls.add(ToolExecutionRequest.builder()
                                .id(call.get("id").textValue())
                                .name(call.at("/function/name").textValue())
                                .arguments(call.at("/function/arguments").textValue())
                                .build()));
                yield AiMessage.from(calls);
            }
            default -> {
                List<Content> contents = new ArrayList<>();
                if (content.isTextual()) {
                    contents.add(TextContent.from(content.textValue()));
                } else {
                    content.forEach(part ->
                            contents.add(TextContent.from(part.get("text").textValue())));
                }
                yield UserMessage.from(contents);
            }
        };
    }

    private static ToolSpecification tool(JsonNode function) {
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        function.at("/parameters/properties")
                .properties()
                .forEach(property -> parameters.addProperty(
                        property.getKey(),
                        JsonRawSchema.from(property.getValue().toString())));
        List<String> required = new ArrayList<>();
        function.at("/parameters/required").forEach(name -> required.add(name.textValue()));
        return ToolSpecification.builder()
                .name(function.get("name").textValue())
                .description(function.get("description").textValue())
                .parameters(parameters.required(required).build())
                .build();
    }

    /** What Gaon sent is what the server was seen to accept, and means what the recorded request meant. */
    private static void acceptable(Recording recording, ReplayServer.Request sent) throws IOException {
        valid(sent, "/v1/chat/completions");
        Set<String> accepted = new TreeSet<>();
        for (Recording other : chatRecordings()) {
            if (other.status == 200) {
                accepted.addAll(names(other.request()));
            }
        }
        ObjectNode body = (ObjectNode) Recording.JSON.readTree(sent.body());
        assertThat(accepted).contains("foo_bar").containsAll(names(body));
        JsonNode asked = recording.request();
        assertThat(body.get("model").textValue()).isEqualTo(modelId(recording));
        assertThat(body.get("messages")).isEqualTo(asked.get("messages"));
        for (String field : names(asked)) {
            JsonNode wanted = asked.get(field);
            switch (field) {
                case "max_tokens", "max_completion_tokens" ->
                    assertThat(body.get("max_tokens").intValue()).isEqualTo(Math.max(1, wanted.intValue()));
                case "temperature" -> assertThat(body.get(field).doubleValue()).isEqualTo(wanted.doubleValue());
                default -> assertThat(body.get(field)).as(field).isEqualTo(wanted);
            }
        }
        assertThat(body.path("stream").asBoolean())
                .isEqualTo(asked.path("stream").asBoolean());
        assertThat(sent.headers().get("authorization")).isEqualTo(recording.requestHeaders.get("authorization"));
        assertThat(sent.headers().get("x-api-key")).isEqualTo(recording.requestHeaders.get("x-api-key"));
    }

    private static void valid(ReplayServer.Request sent, String path) {
        String head = new String(sent.head(), StandardCharsets.US_ASCII);
        assertThat(head).matches("(?s)POST " + path + " HTTP/1\\.1\r\n([!#$%&'*+.^_`|~0-9A-Za-z-]+: [ -~]*\r\n)+\r\n");
        assertThat(sent.headers())
                .containsKey("host")
                .doesNotContainKey("transfer-encoding")
                .doesNotContainKey("upgrade");
        assertThat(sent.headers().get("content-length")).isEqualTo(String.valueOf(sent.body().length));
        assertThat(sent.headers().get("content-type")).startsWith("application/json");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }
}
