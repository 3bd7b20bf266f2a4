package dev.gaon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One recorded exchange of a real server, read with nothing of the SDK: the bytes, and what they say according to
 * Jackson's tree and twenty lines of HTTP.
 */
final class Recording {

    static final ObjectMapper JSON = new ObjectMapper();

    final String name;
    final byte[] reply;
    final String requestLine;
    final Map<String, String> requestHeaders;
    final byte[] requestBody;
    final int status;
    final String type;
    final boolean whole;
    final byte[] replyBody;

    private Recording(Path response) throws IOException {
        this.name = response.getFileName().toString().replace(".resp", "");
        this.reply = Files.readAllBytes(response);
        byte[] request = Files.readAllBytes(response.resolveSibling(name + ".req"));
        int split = bodyAt(request);
        String[] lines = new String(request, 0, split, StandardCharsets.US_ASCII).split("\r\n");
        this.requestLine = lines[0];
        this.requestHeaders = headers(lines);
        this.requestBody = Arrays.copyOfRange(request, split, request.length);

        int at = bodyAt(reply);
        String[] replyLines = new String(reply, 0, at, StandardCharsets.US_ASCII).split("\r\n");
        Map<String, String> headers = headers(replyLines);
        this.status = Integer.parseInt(replyLines[0].split(" ")[1]);
        this.type = headers.getOrDefault("content-type", "");
        byte[] raw = Arrays.copyOfRange(reply, at, reply.length);
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            this.whole = unchunk(raw, joined);
            this.replyBody = joined.toByteArray();
        } else {
            this.whole = raw.length == Integer.parseInt(headers.get("content-length"));
            this.replyBody = raw;
        }
    }

    private static final List<Recording> ALL = read();

    static List<Recording> all() {
        return ALL;
    }

    private static List<Recording> read() {
        try (Stream<Path> files = Files.walk(
                Path.of(Recording.class.getResource("recordings/llama.cpp").toURI()))) {
            List<Recording> all = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".resp")).sorted().toList()) {
                all.add(new Recording(file));
            }
            return all;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean posts(String path) {
        return requestLine.equals("POST " + path + " HTTP/1.1");
    }

    boolean streamed() {
        return type.startsWith("text/event-stream");
    }

    /** The recorded request's body; missing if it is no JSON. */
    JsonNode request() {
        try {
            return JSON.readTree(requestBody);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** The JSON objects of the reply: one, or one for each event; without {@code [DONE]}. */
    List<JsonNode> objects() throws IOException {
        if (!streamed()) {
            return List.of(JSON.readTree(replyBody));
        }
        List<JsonNode> objects = new ArrayList<>();
        for (String line : new String(replyBody, StandardCharsets.UTF_8).split("\n")) {
            if (line.startsWith("data: {")) {
                objects.add(JSON.readTree(line.substring(6)));
            }
        }
        return objects;
    }

    /** What the reply's message says under {@code field}, all pieces joined. */
    String joined(String field) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode object : objects()) {
            JsonNode choice = object.path("choices").path(0);
            JsonNode piece = choice.path(streamed() ? "delta" : "message").path(field);
            text.append(piece.isTextual() ? piece.textValue() : "");
        }
        return text.toString();
    }

    /** The last value under this path of any object of the reply; null if there is none. */
    JsonNode last(String pointer) throws IOException {
        JsonNode found = null;
        for (JsonNode object : objects()) {
            JsonNode value = object.at(pointer);
            found = value.isMissingNode() || value.isNull() ? found : value;
        }
        return found;
    }

    private static int bodyAt(byte[] message) {
        for (int i = 3; i < message.length; i++) {
            if (message[i - 3] == '\r' && message[i - 2] == '\n' && message[i - 1] == '\r' && message[i] == '\n') {
                return i + 1;
            }
        }
        throw new IllegalStateException("no end of the headers");
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        return headers;
    }

    /** False if the last chunk is missing. */
    private static boolean unchunk(byte[] raw, ByteArrayOutputStream out) {
        int at = 0;
        while (at < raw.length) {
            int end = at;
            while (raw[end] != '\r') {
                end++;
            }
            int size = Integer.parseInt(new String(raw, at, end - at, StandardCharsets.US_ASCII), 16);
            if (size == 0) {
                return true;
            }
            out.write(raw, end + 2, size);
            at = end + 2 + size + 2;
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
