package dev.gaon.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** OkHttp and Jackson's streaming API with nothing around them, for just the fields of this server. */
public final class BareClient implements Client {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final byte LINE_END = '\n';
    private static final int DATA = "data: ".length();

    private final JsonFactory json = new JsonFactory();
    private final OkHttpClient http = new OkHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String url;

    public BareClient(String baseUrl) {
        url = baseUrl + "/chat/completions";
    }

    @Override
    public Reply call(String prompt) throws IOException {
        try (Response response = http.newCall(request(prompt, false)).execute();
                JsonParser parser = json.createParser(response.body().byteStream())) {
            Reading reading = new Reading();
            reading.all(parser);
            return new Reply(reading.text, reading.outputTokens);
        }
    }

    @Override
    public CompletableFuture<String> stream(String prompt, Consumer<String> pieces) {
        return CompletableFuture.supplyAsync(() -> read(prompt, pieces), threads);
    }

    private String read(String prompt, Consumer<String> pieces) {
        StringBuilder whole = new StringBuilder();
        byte[] line = new byte[1 << 16];
        Reading reading = new Reading();
        try (Response response = http.newCall(request(prompt, true)).execute()) {
            BufferedSource source = response.body().source();
            for (long end = source.indexOf(LINE_END); end >= 0; end = source.indexOf(LINE_END)) {
                int length = (int) end + 1;
                for (int read = 0; read < length; ) {
                    read += source.read(line, read, length - read);
                }
                if (line[0] == 'd' && line[DATA] == '{') {
                    try (JsonParser parser = json.createParser(line, DATA, length - DATA)) {
                        reading.all(parser);
                    }
                    if (!reading.text.isEmpty()) {
                        whole.append(reading.text);
                        pieces.accept(reading.text);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toString();
    }

    private Request request(String prompt, boolean stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("model", MODEL);
            out.writeArrayFieldStart("messages");
            out.writeStartObject();
            out.writeStringField("role", "user");
            out.writeStringField("content", prompt);
            out.writeEndObject();
            out.writeEndArray();
            out.writeBooleanField("stream", stream);
            out.writeEndObject();
        }
        return new Request.Builder()
                .url(url)
                .post(RequestBody.create(body.toByteArray(), JSON))
                .build();
    }

    /** What one JSON document says. */
    private static final class Reading {

        private String text;
        private long outputTokens;

        void all(JsonParser parser) throws IOException {
            text = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    switch (parser.currentName()) {
                        case "content" -> text = parser.nextTextValue();
                        case "completion_tokens" -> outputTokens = parser.nextLongValue(0);
                        default -> {}
                    }
                }
            }
        }
    }
}
