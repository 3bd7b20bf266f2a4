package dev.gaon.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OpenAI-compatible server on the loopback that answers as it was told and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {

    record Asked(String path, String authorization, String body) {}

    static final String WHOLE = """
            {"id":"r1","model":"tiny","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant",\
            "content":"안녕하세요","reasoning_content":"인사"}}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";

    static final String STREAM = """
            data: {"id":"r1","model":"tiny","choices":[{"index":0,"delta":{"role":"assistant","content":"안녕"}}]}

            data: {"id":"r1","model":"tiny","choices":[{"index":0,"delta":{"content":"하세요"}}]}

            data: {"id":"r1","model":"tiny","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(new Asked(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body));
            try (exchange) {
                script.answer(exchange);
            }
        });
        server.start();
    }

    static Script says(int status, String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Streams or not, as asked. */
    static ScriptedServer friendly() throws IOException {
        ScriptedServer[] self = new ScriptedServer[1];
        self[0] = new ScriptedServer(exchange -> {
            List<Asked> all = self[0].asked;
            boolean stream = all.get(all.size() - 1).body().contains("\"stream\":true");
            (stream ? says(200, "text/event-stream", STREAM) : says(200, "application/json", WHOLE)).answer(exchange);
        });
        return self[0];
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
