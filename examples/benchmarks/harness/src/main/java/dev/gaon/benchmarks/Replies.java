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
        List<byte[]> parts =
                new ArrayList<>(events(tokens).stream().map(Replies::chunk).toList());
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
