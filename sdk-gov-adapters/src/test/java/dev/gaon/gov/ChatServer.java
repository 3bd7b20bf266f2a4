package dev.gaon.gov;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gaon.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A model on loopback that always answers the same, whole or streamed as it was asked, and counts who asked. */
final class ChatServer implements AutoCloseable {

    static final String ANSWER = "안녕하세요";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    ChatServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        boolean streaming = request.replace(" ", "").contains("\"stream\":true");
        String body = path.endsWith("/embeddings")
                ? "{\"data\": [{\"index\": 0, \"embedding\": [0.5, 0.25]}]}"
                : streaming
                        ? streamed()
                        : "{\"choices\": [{\"index\": 0, \"message\": {\"content\": \"" + ANSWER
                                + "\"}, \"finish_reason\": \"stop\"}]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", streaming ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String streamed() {
        StringBuilder frames = new StringBuilder();
        for (int c = 0; c < ANSWER.length(); c++) {
            frames.append("data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"")
                    .append(ANSWER.charAt(c))
                    .append("\"}, \"finish_reason\": null}]}\n\n");
        }
        return frames
                + "data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n";
    }

    Endpoint endpoint() {
        return Endpoint.of("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
