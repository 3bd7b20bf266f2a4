package dev.gaon;

import dev.gaon.OpenAiReplies.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pieces of CLOVA Studio's own format as its pages show them (no space behind the colons, times in milliseconds), read. */
final class ClovaFrames {

    static final String OK = "\"status\":{\"code\":\"20000\",\"message\":\"OK\"}";
    static final String USAGE = "{\"promptTokens\":20,\"completionTokens\":5,\"totalTokens\":25}";
    static final String SIGNAL = frame("signal", "{\"data\":\"[DONE]\"}");

    private ClovaFrames() {}

    static String frame(String event, String data) {
        return "id:aabdfe-dfgwr-edf-hpqwd-f2asd-g\nevent:" + event + "\ndata:" + data + "\n\n";
    }

    /** A piece of a message: the fields beside its role. */
    static String token(String fields) {
        return frame(
                "token",
                "{\"message\":{\"role\":\"assistant\"," + fields
                        + "},\"finishReason\":null,\"created\":1744710905000,\"seed\":3284419119,\"usage\":null}");
    }

    static String text(String piece) {
        return token("\"content\":\"" + piece + "\"");
    }

    static String thinking(String piece) {
        return token("\"thinkingContent\":\"" + piece + "\"");
    }

    /** The event that says the whole message again. */
    static String result(String fields, String reason) {
        return result(fields, reason, "");
    }

    /** @param more further fields, with a comma before them */
    static String result(String fields, String reason, String more) {
        return frame(
                "result",
                "{\"message\":{\"role\":\"assistant\"," + fields + "},\"finishReason\":" + reason
                        + ",\"created\":1744710905000,\"seed\":3284419119,\"usage\":" + USAGE + more + "}");
    }

    static String stop(String text) {
        return result("\"content\":\"" + text + "\"", "\"stop\"");
    }

    /** A whole reply; {@code result} holds the fields of its result. */
    static String whole(String result) {
        return "{" + OK + ",\"result\":{" + result + "}}";
    }

    static String message(String fields) {
        return "\"message\":{\"role\":\"assistant\"," + fields + "}";
    }

    static String failed(String code, String message) {
        return "{\"status\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    static ClovaReply decoder(List<ChatDelta> deltas) {
        return new ClovaReply(JsonReply.factory(Limits.DEFAULT), deltas::add);
    }

    static Outcome read(String... frames) {
        return OpenAiReplies.read(String.join("", frames).getBytes(StandardCharsets.UTF_8), ClovaFrames::decoder);
    }

    static Outcome readWhole(String body) {
        return OpenAiReplies.whole(body, ClovaFrames::decoder);
    }
}
