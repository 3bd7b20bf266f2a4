package dev.gaon;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.output.FinishReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One exchange with one provider, as data: the request that a scenario must become, the bytes of the reply, and what the
 * caller must see of them.
 *
 * @param provider the folder, which is the provider's id
 * @param name the file's name without its ending
 * @param reply the body of the reply; of a recording, the whole reply with its head
 */
record Transcript(String provider, String name, Told told, byte[] reply) {

    /**
     * What the file says.
     *
     * @param scenario what is asked
     * @param model by its id in the catalogue, or a name of the user's own
     * @param wireModel what the user's endpoint says the server calls the model; null if nothing
     * @param endpoint the dialect the user names; null for the provider's id
     * @param mark {@code documented}: written after the source; {@code recorded}: the bytes of a real server
     * @param path as it must be asked
     * @param request as it must be sent
     * @param headers of the reply, beside its type; may be null
     * @param recording of the reply instead of a file beside this one; null if there is none
     * @param sees what the caller sees; null if the call fails
     * @param fails how the call fails; null if it does not
     */
    record Told(
            String scenario,
            String model,
            String wireModel,
            String endpoint,
            String mark,
            String source,
            String path,
            JsonNode request,
            int status,
            String type,
            Map<String, String> headers,
            String recording,
            Sees sees,
            Fails fails) {

        @JsonCreator
        Told {}
    }

    /** An answer; what is null is not there. {@code usage} holds input, output and total. */
    record Sees(
            String text,
            String thinking,
            List<Call> toolCalls,
            FinishReason finish,
            List<Integer> usage,
            String id,
            String model) {

        @JsonCreator
        Sees {}
    }

    /** {@code id} is null where the server gives none that can be used. */
    record Call(String id, String name, JsonNode arguments) {

        @JsonCreator
        Call {}
    }

    /** {@code says} is part of the message; {@code retryAfter} is in seconds. */
    record Fails(String kind, String exception, String code, String says, String partialText, Integer retryAfter) {

        @JsonCreator
        Fails {}
    }

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Where all of them are, a folder for each provider. */
    static Path place() {
        try {
            return Path.of(Transcript.class.getResource("transcripts").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The provider's own data file, if it is none of the bundled catalogue. */
    static Path catalogue(String provider) {
        Path file = place().resolve(provider).resolve("catalogue/" + provider + ".json");
        return Files.exists(file) ? file : null;
    }

    static List<String> providers() {
        try (Stream<Path> folders = Files.list(place())) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Transcript> of(String provider) {
        List<Transcript> all = new ArrayList<>();
        Path folder = place().resolve(provider);
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".case.json"))
                    .sorted()
                    .toList()) {
                all.add(read(provider, file));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static Transcript read(String provider, Path file) throws IOException {
        String name = file.getFileName().toString().replace(".case.json", "");
        try {
            Told told = JSON.readValue(Files.readAllBytes(file), Told.class);
            Path reply = told.recording() == null
                    ? file.resolveSibling(name + ".reply")
                    : place().resolveSibling("recordings").resolve(told.recording());
            return new Transcript(provider, name, told, Files.readAllBytes(reply));
        } catch (IOException e) {
            throw new IOException("transcript " + provider + "/" + name, e);
        }
    }

    /** The same, but for one value of what its file says. */
    Transcript changed(String pointer, JsonNode value) {
        ObjectNode tree = JSON.valueToTree(told);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) tree.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), value);
        try {
            return new Transcript(provider, name, JSON.treeToValue(tree, Told.class), reply);
        } catch (IOException e) {
            throw new IllegalArgumentException(pointer, e);
        }
    }

    Scenario scenario() {
        return Scenario.of(told.scenario());
    }

    boolean recorded() {
        return told.recording() != null;
    }

    boolean streamed() {
        return recorded()
                ? new String(reply, StandardCharsets.ISO_8859_1).contains("text/event-stream")
                : told.type().startsWith("text/event-stream");
    }

    /** The reply on the wire, its body cut as asked: each piece one write, and one chunk where it has a length of its own. */
    List<byte[]> onTheWire(Chunking chunking) {
        List<byte[]> pieces = chunking.pieces(reply);
        return recorded() ? pieces : framed(pieces, chunking.chunked());
    }

    /** The same reply, ending after so many bytes of its body. */
    List<byte[]> brokenOff(int length) {
        return framed(List.of(Arrays.copyOf(reply, length)), false);
    }

    private List<byte[]> framed(List<byte[]> pieces, boolean chunked) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + told.status() + " X\r\nConnection: close\r\n");
        head.append("Content-Type: ").append(told.type()).append("\r\n");
        if (told.headers() != null) {
            told.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        }
        List<byte[]> wire = new ArrayList<>();
        wire.add((head + (chunked ? "Transfer-Encoding: chunked\r\n" : "") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (byte[] piece : pieces) {
            wire.add(chunked ? chunk(piece) : piece);
        }
        if (chunked) {
            wire.add("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return wire;
    }

    private static byte[] chunk(byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(piece);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return provider + "/" + name;
    }
}
