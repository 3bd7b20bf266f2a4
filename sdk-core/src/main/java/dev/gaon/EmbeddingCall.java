package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of one call and, after it, their vectors in the order of the texts. */
final class EmbeddingCall extends PlainCall {

    private final @Nullable Integer dimensions;
    private final @Nullable Integer length;
    private final Embedding[] vectors;

    /**
     * @param dimensions what the caller asked for; null if nothing
     * @param length that every vector must have; null if any will do
     */
    EmbeddingCall(
            ModelCard card, Gaon gaon, List<String> texts, @Nullable Integer dimensions, @Nullable Integer length) {
        super(card, gaon, messages(texts));
        this.dimensions = dimensions;
        this.length = length;
        this.vectors = new Embedding[texts.size()];
    }

    List<Embedding> vectors() {
        return Arrays.asList(vectors);
    }

    @Override
    void ask(Server server) {
        Arrays.fill(vectors, null);
        if (server.endpoint.inProcess()) {
            server.embedHere(vectors);
            return;
        }
        int from = 0;
        for (List<String> part : TextBatch.of(server.endpoint).cut(server.texts())) {
            if (server.isClova()) {
                for (String text : part) {
                    clova(server, text, from++);
                }
            } else {
                openAi(server, part, from);
                from += part.size();
            }
        }
    }

    private void clova(Server server, String text, int place) {
        server.post(
                server.path("embeddings", "/v1/api-tools/embedding/v2"),
                json -> json.writeStringField("text", text),
                reply -> reply.result(name -> {
                    switch (name) {
                        case "embedding" -> vectors[place] = Embedding.from(vector(reply));
                        case "inputTokens" -> server.used(new TokenUsage(reply.integer(), null));
                        default -> reply.skip();
                    }
                }));
        complete(server, place, place + 1);
    }

    private void openAi(Server server, List<String> texts, int from) {
        server.post(
                server.path("embeddings", "/embeddings"),
                json -> write(server, texts, json),
                reply -> reply.object(name -> {
                    switch (name) {
                        case "data" -> reply.array(place -> item(server, reply, place, from, texts.size()));
                        case "usage" -> server.used(reply.usage());
                        default -> reply.skip();
                    }
                }));
        complete(server, from, from + texts.size());
    }

    private void write(Server server, List<String> texts, JsonGenerator json) throws IOException {
        json.writeStringField("model", server.model());
        json.writeArrayFieldStart("input");
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
        if (dimensions != null) {
            json.writeNumberField("dimensions", dimensions);
        }
        String format = server.endpoint.offer().quirks().embeddingEncodingFormat();
        if (format != null) {
            json.writeStringField("encoding_format", format);
        }
    }

    private void item(Server server, PlainReply reply, int place, int from, int count) throws IOException {
        int[] index = {place};
        float[][] vector = new float[1][];
        reply.object(name -> {
            switch (name) {
                case "index" -> index[0] = reply.integer();
                case "embedding" -> vector[0] = vector(reply);
                default -> reply.skip();
            }
        });
        if (index[0] < 0 || index[0] >= count || vectors[from + index[0]] != null) {
            throw server.wrong(
                    "임베딩의 번호가 되풀이되거나 보낸 글에 없습니다 (" + index[0] + ").",
                    "The index of an embedding is repeated or belongs to no text that was sent (" + index[0] + ").");
        }
        reply.require(vector[0] != null, "an embedding is missing");
        vectors[from + index[0]] = Embedding.from(vector[0]);
    }

    /** All are there, of one length, and of the one expected. */
    private void complete(Server server, int from, int to) {
        for (int i = from; i < to; i++) {
            if (vectors[i] == null || vectors[i].dimension() == 0) {
                throw server.wrong("보낸 글보다 임베딩이 적게 왔습니다.", "Fewer embeddings came than texts were sent.");
            }
            int expected = length == null ? vectors[0].dimension() : length;
            if (vectors[i].dimension() != expected) {
                throw server.wrong(
                        "임베딩의 길이가 " + vectors[i].dimension() + "인데 " + expected + "이어야 합니다. 다른 모델이나 세대의 벡터를 섞을 수 없습니다.",
                        "An embedding has " + vectors[i].dimension() + " dimensions instead of " + expected
                                + "; vectors of another model or generation must not be mixed in.");
            }
        }
    }

    /** A list of numbers, or little-endian floats in base64. */
    private static float[] vector(PlainReply reply) throws IOException {
        if (reply.isText()) {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(reply.text());
            } catch (IllegalArgumentException e) {
                bytes = new byte[0];
            }
            reply.require(bytes.length > 0 && bytes.length % 4 == 0, "an embedding is no base64 of floats");
            float[] vector = new float[bytes.length / 4];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(vector);
            return vector;
        }
        float[][] vector = {new float[1024]};
        int[] length = {0};
        reply.array(place -> {
            if (place == vector[0].length) {
                vector[0] = Arrays.copyOf(vector[0], place * 2);
            }
            vector[0][place] = (float) reply.number();
            length[0] = place + 1;
        });
        return Arrays.copyOf(vector[0], length[0]);
    }
}
