package dev.gaon.gov.rag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gaon.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A model on loopback that gives the answer it was told, whole or letter by letter, and keeps what it was asked. */
final class AnswerServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String answer;

    AnswerServer(String answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1", this::reply);
        server.setExecutor(threads);
        server.start();
    }

    private void reply(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        JsonNode content = request.at("/messages/0/content");
        asked.add(content.isTextual() ? content.asText() : content.toString());
        boolean streaming = request.path("stream").asBoolean();
        String body = streaming ? streamed() : whole();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", streaming ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String whole() throws IOException {
        return JSON.writeValueAsString(Map.of(
                "choices", List.of(Map.of("index", 0, "message", Map.of("content", answer), "finish_reason", "stop"))));
    }

    private String streamed() throws IOException {
        StringBuilder frames = new StringBuilder();
        for (int c = 0; c < answer.length(); c++) {
            Map<String, ?> delta = Map.of("content", answer.substring(c, c + 1));
            frames.append("data: ")
                    .append(JSON.writeValueAsString(Map.of("choices", List.of(Map.of("index", 0, "delta", delta)))))
                    .append("\n\n");
        }
        return frames
                + "data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n";
    }

    Endpoint endpoint() {
        return Endpoint.of("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
