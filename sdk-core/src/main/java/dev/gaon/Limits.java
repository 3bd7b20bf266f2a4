package dev.gaon;

import java.time.Duration;

/**
 * The deadlines and bounds of every call. Immutable and safe to share; {@link #DEFAULT} states each default.
 *
 * <p>A deadline that passes ends the call with a {@link CallFailure} that names it. Durations must be positive.
 *
 * @param connect until a connection stands, TLS included: 5 s
 * @param firstToken of a stream, from sending the request until the first piece of answer, reasoning or tool call: 90 s
 * @param betweenTokens of a stream, while nothing at all arrives; keep-alive comments count as life: 30 s
 * @param total of every call, queueing and retries included: 10 min
 * @param eventBytes the longest single event of a stream: 1 MiB
 * @param replyBytes the longest reply after decompression: 64 MiB
 * @param inflationRatio how many bytes one compressed byte may become, beyond the first MiB: 100
 * @param jsonDepth how deep the JSON of a reply may nest: 64
 * @param concurrentCalls calls that may run at once: 10,240
 * @param queuedCalls calls that may wait for a place: 10,240; one more is refused at once
 * @param attempts how often one endpoint may be asked for one call, the first time included: 3
 * @param retryAfterCap the longest pause a server may ask for; if it asks for more the call fails and says so: 60 s
 */
public record Limits(
        Duration connect,
        Duration firstToken,
        Duration betweenTokens,
        Duration total,
        int eventBytes,
        long replyBytes,
        int inflationRatio,
        int jsonDepth,
        int concurrentCalls,
        int queuedCalls,
        int attempts,
        Duration retryAfterCap) {

    /** What holds unless said otherwise. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            1 << 20,
            64L << 20,
            100,
            64,
            10_240,
            10_240,
            3,
            Duration.ofSeconds(60));

    public Limits {
        positive("connect", connect.toNanos());
        positive("firstToken", firstToken.toNanos());
        positive("betweenTokens", betweenTokens.toNanos());
        positive("total", total.toNanos());
        positive("eventBytes", eventBytes);
        positive("replyBytes", replyBytes);
        positive("inflationRatio", inflationRatio);
        positive("jsonDepth", jsonDepth);
        positive("concurrentCalls", concurrentCalls);
        positive("attempts", attempts);
        positive("retryAfterCap", retryAfterCap.toNanos());
        if (queuedCalls < 0) {
            throw new IllegalArgumentException("queuedCalls < 0: " + queuedCalls);
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new Text("Limits." + name + "은(는) 0보다 커야 합니다.", "Limits." + name + " must be greater than 0.")
                    .refusal();
        }
    }

    /** The same, with these four deadlines. */
    public Limits withDeadlines(Duration connect, Duration firstToken, Duration betweenTokens, Duration total) {
        return new Limits(
                connect,
                firstToken,
                betweenTokens,
                total,
                eventBytes,
                replyBytes,
                inflationRatio,
                jsonDepth,
                concurrentCalls,
                queuedCalls,
                attempts,
                retryAfterCap);
    }

    /** The same, with these bounds on what a server may send. */
    public Limits withReply(int eventBytes, long replyBytes, int inflationRatio, int jsonDepth) {
        return new Limits(
                connect,
                firstToken,
                betweenTokens,
                total,
                eventBytes,
                replyBytes,
                inflationRatio,
                jsonDepth,
                concurrentCalls,
                queuedCalls,
                attempts,
                retryAfterCap);
    }

    /** The same, with these bounds on calls at once. */
    public Limits withCalls(int concurrentCalls, int queuedCalls) {
        return new Limits(
                connect,
                firstToken,
                betweenTokens,
                total,
                eventBytes,
                replyBytes,
                inflationRatio,
                jsonDepth,
                concurrentCalls,
                queuedCalls,
                attempts,
                retryAfterCap);
    }

    /** The same, with this many attempts and this cap on the pauses a server asks for. */
    public Limits withAttempts(int attempts, Duration retryAfterCap) {
        return new Limits(
                connect,
                firstToken,
                betweenTokens,
                total,
                eventBytes,
                replyBytes,
                inflationRatio,
                jsonDepth,
                concurrentCalls,
                queuedCalls,
                attempts,
                retryAfterCap);
    }
}
