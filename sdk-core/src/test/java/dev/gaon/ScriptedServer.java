package dev.gaon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A model server on loopback that speaks the OpenAI format over real HTTP and answers by the rules of
 * {@link ScriptedModel}, the same way every time; CLOVA Studio's own format too. One token is one word. The key {@code wrong} is refused. A prompt that
 * holds {@link #STAY_OPEN} gets the beginning of an answer and then no end, for at most 20 seconds.
 */
final class ScriptedServer implements AutoCloseable {

    static final String STAY_OPEN = "never finish";
    static final String MODEL = "scripted";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> held = new CompletableFuture<>();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    ScriptedServer() {
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "scripted-server");
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, this::chat));
        server.createContext("/v3/chat-completions/", exchange -> answer(exchange, ScriptedServer::clova));
        server.createContext("/v1/embeddings", exchange -> answer(exchange, ScriptedServer::embeddings));
        server.createContext("/v1/models", exchange -> json(exchange, 200, models()));
        server.start();
    }

    /** The base address, up to and including {@code /v1}. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** A client that knows this server as {@link #MODEL}, and nothing of the environment. */
    Gaon.Builder gaon() {
        return Gaon.builder().environment(name -> null).endpoint(MODEL, Endpoint.of(url()));
    }

    /** The same, but it knows what kind of server this is. */
    Gaon.Builder gaon(String kind) {
        return Gaon.builder()
                .environment(name -> null)
                .endpoint(MODEL, Endpoint.of(url()).withDialect(kind));
    }

    /** The same, but it knows this server as one of CLOVA Studio's own format. */
    Gaon.Builder clova() {
        String root = url().replace("/v1", "");
        return Gaon.builder()
                .environment(name -> null)
                .endpoint(MODEL, Endpoint.of(root).withDialect("clova-studio"));
    }

    /** The bodies received, in order. */
    List<JsonNode> requests() {
        return requests;
    }

    /** Done when an answer that never finishes has begun. */
    CompletableFuture<Void> held() {
        return held;
    }

    /** Done when the reader of an answer that never finishes has hung up. */
    CompletableFuture<Void> hungUp() {
        return hungUp;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Reply {
        void to(JsonNode request, HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            requests.add(request);
            if ("Bearer wrong".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                ObjectNode error = JSON.createObjectNode();
                error.putObject("error").put("message", "no such key").put("code", "invalid_api_key");
                json(exchange, 401, error);
            } else {
                reply.to(request, exchange);
            }
        }
    }

    private static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void chat(JsonNode request, HttpExchange exchange) throws IOException {
        boolean streaming = request.path("stream").asBoolean();
        if (request.path("messages").toString().contains(STAY_OPEN)) {
            stayOpen(streaming, exchange);
            return;
        }
        ScriptedModel.Answer answer = ScriptedModel.answer(request);
        if (streaming) {
            stream(request, answer, exchange);
            return;
        }
        ObjectNode body = envelope(request, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", answer.finish());
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        if (answer.calls().isEmpty()) {
            message.put("content", answer.text());
        } else {
            message.putNull("content");
            for (int i = 0; i < answer.calls().size(); i++) {
                ScriptedModel.Call call = answer.calls().get(i);
                ObjectNode one = message.withArray("tool_calls").addObject();
                one.put("id", call.id()).put("type", "function");
                one.putObject("function").put("name", call.name()).put("arguments", call.arguments());
            }
        }
        usage(body, answer);
        json(exchange, 200, body);
    }

    private void stream(JsonNode request, ScriptedModel.Answer answer, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        ObjectNode first = JSON.createObjectNode().put("role", "assistant").put("content", "");
        event(out, chunk(request, first, null));
        for (String token : answer.tokens()) {
            event(out, chunk(request, JSON.createObjectNode().put("content", token), null));
        }
        for (int i = 0; i < answer.calls().size(); i++) {
            ScriptedModel.Call call = answer.calls().get(i);
            int middle = call.arguments().length() > 2 ? call.arguments().indexOf(':') + 1 : 0;
            ObjectNode begin = JSON.createObjectNode();
            ObjectNode one = begin.putArray("tool_calls").addObject();
            one.put("index", i).put("id", call.id()).put("type", "function");
            one.putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments().substring(0, middle));
            event(out, chunk(request, begin, null));
            ObjectNode rest = JSON.createObjectNode();
            rest.putArray("tool_calls")
                    .addObject()
                    .put("index", i)
                    .putObject("function")
                    .put("arguments", call.arguments().substring(middle));
            event(out, chunk(request, rest, null));
        }
        event(out, chunk(request, JSON.createObjectNode(), answer.finish()));
        if (request.path("stream_options").path("include_usage").asBoolean()) {
            ObjectNode last = envelope(request, "chat.completion.chunk");
            last.putArray("choices");
            usage(last, answer);
            event(out, last);
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void clova(JsonNode request, HttpExchange exchange) throws IOException {
        String refused = ScriptedClova.refused(request);
        if (refused != null) {
            json(exchange, 400, ScriptedClova.failure(refused));
            return;
        }
        ScriptedModel.Answer answer = ScriptedModel.answer(ScriptedClova.known(request));
        String accepted = exchange.getRequestHeaders().getFirst("Accept");
        if (!"text/event-stream".equals(accepted)) {
            json(exchange, 200, ScriptedClova.whole(answer));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
        exchange.sendResponseHeaders(200, 0);
        for (String frame : ScriptedClova.frames(answer)) {
            exchange.getResponseBody().write(frame.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static void event(OutputStream out, JsonNode data) throws IOException {
        out.write(("data: " + JSON.writeValueAsString(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static ObjectNode chunk(JsonNode request, ObjectNode delta, String finish) {
        ObjectNode body = envelope(request, "chat.completion.chunk");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        return body;
    }

    private static ObjectNode envelope(JsonNode request, String object) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", object)
                .put("created", 1_760_000_000)
                .put("model", request.path("model").asText());
    }

    private static void usage(ObjectNode body, ScriptedModel.Answer answer) {
        body.putObject("usage")
                .put("prompt_tokens", answer.promptTokens())
                .put("completion_tokens", answer.completionTokens())
                .put("total_tokens", answer.promptTokens() + answer.completionTokens());
    }

    /** Goes on writing what says nothing, so that a reader who hangs up is noticed. */
    private void stayOpen(boolean streaming, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", streaming ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        byte[] nothing = (streaming ? ":\n" : " ").getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + 20_000_000_000L;
        try {
            if (streaming) {
                ObjectNode request = JSON.createObjectNode().put("model", MODEL);
                event(out, chunk(request, JSON.createObjectNode().put("content", "Once"), null));
            } else {
                out.write('{');
                out.flush();
            }
            held.complete(null);
            while (System.nanoTime() < end) {
                out.write(nothing);
                out.flush();
                LockSupport.parkNanos(2_000_000);
            }
        } catch (IOException e) {
            hungUp.complete(null);
        }
    }

    private static void embeddings(JsonNode request, HttpExchange exchange) throws IOException {
        ObjectNode body = JSON.createObjectNode()
                .put("object", "list")
                .put("model", request.path("model").asText());
        int length = request.path("dimensions").asInt(16);
        int index = 0;
        for (JsonNode text : request.path("input")) {
            ObjectNode one = body.withArray("data")
                    .addObject()
                    .put("object", "embedding")
                    .put("index", index++);
            Random numbers = new Random(text.asText().hashCode());
            for (int i = 0; i < length; i++) {
                one.withArray("embedding").add(numbers.nextFloat() * 2 - 1);
            }
        }
        int words = ScriptedModel.tokens(request.path("input").toString()).size();
        body.putObject("usage").put("prompt_tokens", words).put("total_tokens", words);
        json(exchange, 200, body);
    }

    private static JsonNode models() {
        ObjectNode body = JSON.createObjectNode().put("object", "list");
        body.putArray("data")
                .addObject()
                .setAll(Map.of(
                        "id",
                        JSON.getNodeFactory().textNode(MODEL),
                        "object",
                        JSON.getNodeFactory().textNode("model")));
        return body;
    }
}
