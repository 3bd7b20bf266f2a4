package dev.gaon.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What the server says, as the bytes that go over the wire: chunks as vLLM writes them, each in an HTTP chunk. */
public final class Replies {

    /** Tokens of a long stream. */
    public static final int TOKENS = 20_000;

    /** Tokens of a stream at a model's pace, and the time from one to the next. */
    static final int SLOW_TOKENS = 20;

    static final int SLOW_PAUSE_MS = 100;

    /** Pieces as tokenizers cut Korean: a syllable or a few, most with the blank before them. */
    private static final String[] PIECES = {
        "공", "공", "누", "리", " 제", "1", "유", "형", "은", " 출처", "를", " 표시", "하면", " 상업", "적", " 이용", "과", " 변경", "이",
        " 모두", " 가능합니다", ".", " 다만", " 저작", "물에", " 포함된", " 제3", "자의", " 권리", "는", " 따로", " 확인", "해야", " 합니다", ",",
        " 그리고"
    };

    private static final String ANSWER = "공공누리 제1유형은 출처를 표시하면 상업적 이용과 변경이 모두 가능합니다.";

    private static final String ENVELOPE = "{\"id\":\"chatcmpl-7f3a1c9e52d84b0f9a6be0c4d1275e38\",\"object\":\"%s\","
            + "\"created\":1763712000,\"model\":\"" + Client.MODEL + "\",\"choices\":[%s]%s}";

    private static final String USAGE =
            ",\"usage\":{\"prompt_tokens\":42,\"total_tokens\":%d,\"completion_tokens\":%d,\"prompt_tokens_details\":null}";

    /** Around the pieces of a tool's arguments, which together are JSON. */
    private static final String ARGUMENTS_BEGIN = "{\\\"text\\\":\\\"";

    private static final String ARGUMENTS_END = "\\\"}";

    private static final String CLOVA_ID = "id:aabdfe-dfgwr-edf-hpqwd-f2asd-g\n";
    private static final String CLOVA_EVENT = CLOVA_ID + "event:%s\ndata:{\"message\":{\"role\":\"assistant\",%s},"
            + "\"finishReason\":%s,\"created\":1744710905000,\"seed\":3284419119,\"usage\":%s}\n\n";
    private static final String CLOVA_SIGNAL = CLOVA_ID + "event:signal\ndata:{\"data\":\"[DONE]\"}\n\n";

    private Replies() {}

    static String piece(int token) {
        return PIECES[token % PIECES.length];
    }

    /** How many characters a stream of so many tokens has. */
    static long characters(int tokens) {
        long characters = 0;
        for (int token = 0; token < tokens; token++) {
            characters += piece(token).length();
        }
        return characters;
    }

    /** The answer to a call that does not stream. */
    static Client.Reply answer() {
        return new Client.Reply(ANSWER, ANSWER.length() / 2);
    }

    /** The whole HTTP response to a call that does not stream. */
    static byte[] whole() {
        String choice = "{\"index\":0,\"message\":{\"role\":\"assistant\",\"reasoning_content\":null,\"content\":\""
                + ANSWER + "\",\"tool_calls\":[]},\"logprobs\":null,\"finish_reason\":\"stop\",\"stop_reason\":null}";
        String body = ENVELOPE.formatted("chat.completion", choice, usage(answer().outputTokens()));
        byte[] bytes = body.getBytes(UTF_8);
        String head =
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + bytes.length + "\r\n\r\n";
        return join(List.of(head.getBytes(UTF_8), bytes));
    }

    /** The HTTP response to a streamed call: the head and the first event, then a part for each event. */
    static List<byte[]> stream(int tokens) {
        return http(events(tokens));
    }

    static List<byte[]> http(List<byte[]> events) {
        List<byte[]> parts = new ArrayList<>(events.stream().map(Replies::chunk).toList());
        String head =
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
        parts.set(0, join(List.of(head.getBytes(UTF_8), parts.get(0))));
        int last = parts.size() - 1;
        parts.set(last, join(List.of(parts.get(last), "0\r\n\r\n".getBytes(UTF_8))));
        return parts;
    }

    /** The events of a streamed call, without HTTP. */
    public static List<byte[]> events(int tokens) {
        List<byte[]> events = new ArrayList<>();
        events.add(event(delta("\"role\":\"assistant\",\"content\":\"\"", "null"), ""));
        for (int token = 0; token < tokens; token++) {
            events.add(event(delta("\"content\":\"" + piece(token) + "\"", "null"), ""));
        }
        events.add(event(delta("", "\"stop\""), ""));
        events.add(event("", usage(tokens)));
        events.add("data: [DONE]\n\n".getBytes(UTF_8));
        return events;
    }

    public static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** The events of one tool call whose arguments come in as many pieces, and some around them. */
    public static List<byte[]> toolEvents(int tokens) {
        List<byte[]> events = new ArrayList<>();
        events.add(toolEvent("\"id\":\"call_a\",\"type\":\"function\",", "\"name\":\"write\",\"arguments\":\"\""));
        events.add(toolEvent("", "\"arguments\":\"" + ARGUMENTS_BEGIN + "\""));
        for (int token = 0; token < tokens; token++) {
            events.add(toolEvent("", "\"arguments\":\"" + piece(token) + "\""));
        }
        events.add(toolEvent("", "\"arguments\":\"" + ARGUMENTS_END + "\""));
        events.add(event(delta("", "\"tool_calls\""), ""));
        events.add(event("", usage(tokens)));
        events.add("data: [DONE]\n\n".getBytes(UTF_8));
        return events;
    }

    private static byte[] toolEvent(String call, String function) {
        return event(delta("\"tool_calls\":[{\"index\":0," + call + "\"function\":{" + function + "}}]", "null"), "");
    }

    /** The events of a streamed call in CLOVA Studio's own format: the last one says the whole text again. */
    public static List<byte[]> clovaEvents(int tokens) {
        StringBuilder all = new StringBuilder();
        List<byte[]> events = new ArrayList<>();
        for (int token = 0; token < tokens; token++) {
            events.add(clovaEvent("token", "\"content\":\"" + piece(token) + "\"", "null", "null"));
            all.append(piece(token));
        }
        events.add(clovaEvent("result", "\"content\":\"" + all + "\"", "\"stop\"", clovaUsage(tokens)));
        events.add(CLOVA_SIGNAL.getBytes(UTF_8));
        return events;
    }

    /** The same of one tool call. */
    public static List<byte[]> clovaToolEvents(int tokens) {
        StringBuilder all = new StringBuilder();
        List<byte[]> events = new ArrayList<>();
        events.add(clovaTool("token", "\"id\":\"call_a\",", "\"name\":\"write\"", "null", "null"));
        events.add(clovaTool("token", "", "\"partialJson\":\"" + ARGUMENTS_BEGIN + "\"", "null", "null"));
        for (int token = 0; token < tokens; token++) {
            events.add(clovaTool("token", "", "\"partialJson\":\"" + piece(token) + "\"", "null", "null"));
            all.append(piece(token));
        }
        events.add(clovaTool("token", "", "\"partialJson\":\"" + ARGUMENTS_END + "\"", "null", "null"));
        String whole = "\"name\":\"write\",\"arguments\":{\"text\":\"" + all + "\"}";
        events.add(clovaTool("result", "\"id\":\"call_a\",", whole, "\"tool_calls\"", clovaUsage(tokens)));
        events.add(CLOVA_SIGNAL.getBytes(UTF_8));
        return events;
    }

    private static byte[] clovaTool(String event, String call, String function, String reason, String usage) {
        String calls = "\"toolCalls\":[{" + call + "\"type\":\"function\",\"function\":{" + function + "}}]";
        return clovaEvent(event, "\"content\":\"\"," + calls, reason, usage);
    }

    private static byte[] clovaEvent(String event, String fields, String reason, String usage) {
        return CLOVA_EVENT.formatted(event, fields, reason, usage).getBytes(UTF_8);
    }

    private static String clovaUsage(int tokens) {
        return "{\"promptTokens\":42,\"completionTokens\":" + tokens + ",\"totalTokens\":" + (42 + tokens) + "}";
    }

    private static String delta(String fields, String finish) {
        return "{\"index\":0,\"delta\":{" + fields + "},\"logprobs\":null,\"finish_reason\":" + finish + "}";
    }

    private static byte[] event(String choice, String usage) {
        return ("data: " + ENVELOPE.formatted("chat.completion.chunk", choice, usage) + "\n\n").getBytes(UTF_8);
    }

    private static byte[] chunk(byte[] bytes) {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8);
        return join(List.of(size, bytes, "\r\n".getBytes(UTF_8)));
    }

    private static String usage(long tokens) {
        return USAGE.formatted(42 + tokens, tokens);
    }
}
