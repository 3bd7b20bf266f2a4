package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings in the OpenAI format, on the same path as chat: recorded, guarded, resent by the same rules.
 *
 * <p>To guards each text is a user message, so what they mask stays masked. Policies, which speak of chats, do not see
 * embeddings.
 */
final class GaonEmbeddingModel implements EmbeddingModel {

    private static final int USUAL_ITEMS = 128;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ModelCard card;
    private final Gaon gaon;

    GaonEmbeddingModel(ModelCard card, Gaon gaon) {
        this.card = card;
        this.gaon = gaon;
    }

    @Override
    public String modelName() {
        return card.id();
    }

    @Override
    public int dimension() {
        return card.dimensions() != null ? card.dimensions() : EmbeddingModel.super.dimension();
    }

    /** A model whose vectors have one known length takes no other. */
    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return card.dimensions() == null ? Set.of(EmbeddingRequestParameters.DIMENSIONS) : Set.of();
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        return embed(request, UnaryOperator.identity());
    }

    /** What core 1.20 asks for: on a thread of the {@code Gaon}; cancelling the future cancels the call. */
    public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
        return CallFuture.start(gaon.threads(), future -> embed(request, future::runs));
    }

    private EmbeddingResponse embed(EmbeddingRequest request, UnaryOperator<RunningCall> started) {
        List<EmbeddingInput> inputs = request.inputs();
        List<Embedding> all = new ArrayList<>(inputs.size());
        TokenUsage usage = null;
        int known = card.endpoints().get(0).offer().quirks().embeddingMaxItems();
        int items = known > 0 ? known : USUAL_ITEMS;
        for (int from = 0; from < inputs.size(); from += items) {
            Batch batch = new Batch(inputs.subList(from, Math.min(inputs.size(), from + items)), request.dimensions());
            gaon.path().execute(started.apply(batch.call()), batch::check);
            all.addAll(Arrays.asList(batch.vectors));
            usage = usage == null ? batch.usage : usage.add(batch.usage);
        }
        return EmbeddingResponse.builder()
                .embeddings(all)
                .metadata(EmbeddingResponseMetadata.builder()
                        .modelName(modelName())
                        .tokenUsage(usage)
                        .build())
                .build();
    }

    /** The texts of one request and, after the call, their vectors. */
    private final class Batch implements Router.Transport {

        private final List<ChatMessage> messages;
        private final Embedding[] vectors;
        private final @Nullable Integer length;
        private @Nullable TokenUsage usage;

        Batch(List<EmbeddingInput> inputs, @Nullable Integer dimensions) {
            this.messages = inputs.stream()
                    .map(input -> (ChatMessage) UserMessage.from(input.text()))
                    .toList();
            this.length = dimensions != null ? dimensions : card.dimensions();
            this.vectors = new Embedding[messages.size()];
        }

        RunningCall call() {
            ChatRequest request = ChatRequest.builder().messages(messages).build();
            return new RunningCall(
                            card, request, gaon.context(), false, gaon.path().limits())
                    .through(this);
        }

        /** A guard cannot answer in a server's place: deltas hold no vectors. */
        private void check(ChatDelta delta) {
            if (delta instanceof ChatDelta.Finish && vectors[0] == null) {
                throw CallFailure.kind("policy-error")
                        .phase("reply")
                        .message(
                                "가드가 proceed를 부르지 않고 답했습니다. 임베딩은 그렇게 답할 수 없습니다.",
                                "A guard answered without proceeding, which embeddings do not allow.")
                        .fix("Guard에서 proceed를 부르거나 거절하세요.", "Let the Guard proceed or refuse.")
                        .build();
            }
        }

        @Override
        public void send(RunningCall call, Endpoint endpoint, ChatRequest judged, Consumer<ChatDelta> out) {
            Buffer body = new Buffer();
            try (JsonGenerator json = JSON.createGenerator(body.outputStream())) {
                json.writeStartObject();
                json.writeStringField("model", endpoint.wireModel() == null ? card.id() : endpoint.wireModel());
                json.writeArrayFieldStart("input");
                for (ChatMessage message : judged.messages()) {
                    json.writeString(((UserMessage) message).singleText());
                }
                json.writeEndArray();
                if (length != null && card.dimensions() == null) {
                    json.writeNumberField("dimensions", length);
                }
                if (endpoint.offer().quirks().embeddingEncodingFormat() != null) {
                    json.writeStringField(
                            "encoding_format", endpoint.offer().quirks().embeddingEncodingFormat());
                }
                json.writeEndObject();
            } catch (IOException e) {
                throw new IllegalStateException("the request cannot be written as JSON", e);
            }
            String path = endpoint.offer().path("embeddings", "/embeddings");
            gaon.http().post(call, endpoint, judged, path, body, this::read);
            out.accept(new ChatDelta.Finish(FinishReason.STOP, "stop"));
        }

        private void read(ReplyInput in) throws IOException {
            Arrays.fill(vectors, null);
            try (JsonParser json = JSON.createParser(in)) {
                require(json, json.nextToken() == JsonToken.START_OBJECT, "the reply is no JSON object");
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    if (field.equals("data")) {
                        data(json);
                    } else if (field.equals("usage") && json.currentToken() == JsonToken.START_OBJECT) {
                        usage(json);
                    } else {
                        json.skipChildren();
                    }
                }
                require(json, json.nextToken() == null, "something follows the JSON of the reply");
                for (Embedding vector : vectors) {
                    require(json, vector != null, "an embedding is missing");
                    require(
                            json,
                            vector.dimension() == vectors[0].dimension()
                                    && (length == null || length == vector.dimension()),
                            "an embedding has another length than expected");
                }
            }
        }

        private void data(JsonParser json) throws IOException {
            require(json, json.currentToken() == JsonToken.START_ARRAY, "data is no array");
            for (int place = 0; json.nextToken() == JsonToken.START_OBJECT; place++) {
                int index = place;
                float[] vector = null;
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    if (field.equals("index")) {
                        index = json.getIntValue();
                    } else if (field.equals("embedding")) {
                        vector = vector(json);
                    } else {
                        json.skipChildren();
                    }
                }
                require(json, index >= 0 && index < vectors.length && vectors[index] == null, "an index is wrong");
                require(json, vector != null && vector.length > 0, "an embedding is empty");
                vectors[index] = Embedding.from(vector);
            }
        }

        private float[] vector(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                byte[] bytes;
                try {
                    bytes = Base64.getDecoder().decode(json.getText());
                } catch (IllegalArgumentException e) {
                    throw new JsonParseException(json, "an embedding is no base64");
                }
                float[] vector = new float[bytes.length / 4];
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(vector);
                return vector;
            }
            require(json, json.currentToken() == JsonToken.START_ARRAY, "an embedding is neither array nor text");
            float[] vector = new float[1024];
            int length = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                require(json, json.currentToken().isNumeric(), "an embedding holds no number");
                vector = length < vector.length ? vector : Arrays.copyOf(vector, length * 2);
                vector[length++] = json.getFloatValue();
            }
            return Arrays.copyOf(vector, length);
        }

        private void usage(JsonParser json) throws IOException {
            Integer input = null;
            Integer total = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_NUMBER_INT && field.equals("prompt_tokens")) {
                    input = json.getIntValue();
                } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals("total_tokens")) {
                    total = json.getIntValue();
                } else {
                    json.skipChildren();
                }
            }
            usage = new TokenUsage(input, null, total);
        }

        private static void require(JsonParser json, boolean condition, String otherwise) throws IOException {
            if (!condition) {
                throw new JsonParseException(json, otherwise);
            }
        }
    }
}
