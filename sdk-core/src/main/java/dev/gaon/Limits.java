package dev.gaon;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines and bounds of every call. Immutable and safe to share; every {@code with} method returns a changed copy.
 *
 * <p>A deadline that passes ends the call with a {@link CallFailure} that names it. Every value must be greater than 0,
 * except that {@link #queuedCalls} may be 0. More limits may come: start from {@link #DEFAULT} and change what differs.
 */
public final class Limits {

    /** What holds unless said otherwise; each accessor states its default. */
    public static final Limits DEFAULT = new Limits(new Values());

    /** Written only before a {@code Limits} holds it. A new limit is a field here, in {@link #all} and two methods below. */
    private static final class Values implements Cloneable {
        private Duration connect = Duration.ofSeconds(5);
        private Duration firstToken = Duration.ofSeconds(90);
        private Duration betweenTokens = Duration.ofSeconds(30);
        private Duration total = Duration.ofMinutes(10);
        private int eventBytes = 1 << 20;
        private long replyBytes = 64L << 20;
        private int inflationRatio = 100;
        private int jsonDepth = 64;
        private int concurrentCalls = 10_240;
        private int queuedCalls = 10_240;
        private int attempts = 3;
        private Duration retryAfterCap = Duration.ofSeconds(60);

        /** Each name and then its value. */
        List<Object> all() {
            return List.of(
                    "connect=", connect,
                    ", firstToken=", firstToken,
                    ", betweenTokens=", betweenTokens,
                    ", total=", total,
                    ", eventBytes=", eventBytes,
                    ", replyBytes=", replyBytes,
                    ", inflationRatio=", inflationRatio,
                    ", jsonDepth=", jsonDepth,
                    ", concurrentCalls=", concurrentCalls,
                    ", queuedCalls=", queuedCalls,
                    ", attempts=", attempts,
                    ", retryAfterCap=", retryAfterCap);
        }

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final Values values;

    private Limits(Values values) {
        this.values = values;
    }

    private Limits with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new Limits(copy);
    }

    private static void positive(String name, Duration value) {
        positive(name, value.toNanos());
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new Text("Limits." + name + "은(는) 0보다 커야 합니다.", "Limits." + name + " must be greater than 0.")
                    .refusal();
        }
    }

    /** Until a connection stands, TLS included: 5 s. */
    public Duration connect() {
        return values.connect;
    }

    /** Of a stream, from sending the request until the first piece of answer, reasoning or tool call: 90 s. */
    public Duration firstToken() {
        return values.firstToken;
    }

    /** Of a stream, while nothing at all arrives; keep-alive comments count as life: 30 s. */
    public Duration betweenTokens() {
        return values.betweenTokens;
    }

    /** Of every call, queueing and retries included: 10 min. */
    public Duration total() {
        return values.total;
    }

    /** The longest single event of a stream: 1 MiB. */
    public int eventBytes() {
        return values.eventBytes;
    }

    /** The longest reply after decompression: 64 MiB. */
    public long replyBytes() {
        return values.replyBytes;
    }

    /** How many bytes one compressed byte may become, beyond the first MiB: 100. */
    public int inflationRatio() {
        return values.inflationRatio;
    }

    /** How deep the JSON of a reply may nest: 64. */
    public int jsonDepth() {
        return values.jsonDepth;
    }

    /** Calls that may run at once: 10,240. */
    public int concurrentCalls() {
        return values.concurrentCalls;
    }

    /** Calls that may wait for a place: 10,240; one more is refused at once. */
    public int queuedCalls() {
        return values.queuedCalls;
    }

    /** How often one endpoint may be asked for one call, the first time included: 3. */
    public int attempts() {
        return values.attempts;
    }

    /** The longest pause a server may ask for; if it asks for more the call fails and says so: 60 s. */
    public Duration retryAfterCap() {
        return values.retryAfterCap;
    }

    /** The same, with another {@link #connect}. */
    public Limits withConnect(Duration connect) {
        positive("connect", connect);
        return with(to -> to.connect = connect);
    }

    /** The same, with another {@link #firstToken}. */
    public Limits withFirstToken(Duration firstToken) {
        positive("firstToken", firstToken);
        return with(to -> to.firstToken = firstToken);
    }

    /** The same, with another {@link #betweenTokens}. */
    public Limits withBetweenTokens(Duration betweenTokens) {
        positive("betweenTokens", betweenTokens);
        return with(to -> to.betweenTokens = betweenTokens);
    }

    /** The same, with another {@link #total}. */
    public Limits withTotal(Duration total) {
        positive("total", total);
        return with(to -> to.total = total);
    }

    /** The same, with another {@link #eventBytes}. */
    public Limits withEventBytes(int eventBytes) {
        positive("eventBytes", eventBytes);
        return with(to -> to.eventBytes = eventBytes);
    }

    /** The same, with another {@link #replyBytes}. */
    public Limits withReplyBytes(long replyBytes) {
        positive("replyBytes", replyBytes);
        return with(to -> to.replyBytes = replyBytes);
    }

    /** The same, with another {@link #inflationRatio}. */
    public Limits withInflationRatio(int inflationRatio) {
        positive("inflationRatio", inflationRatio);
        return with(to -> to.inflationRatio = inflationRatio);
    }

    /** The same, with another {@link #jsonDepth}. */
    public Limits withJsonDepth(int jsonDepth) {
        positive("jsonDepth", jsonDepth);
        return with(to -> to.jsonDepth = jsonDepth);
    }

    /** The same, with another {@link #concurrentCalls}. */
    public Limits withConcurrentCalls(int concurrentCalls) {
        positive("concurrentCalls", concurrentCalls);
        return with(to -> to.concurrentCalls = concurrentCalls);
    }

    /** The same, with another {@link #queuedCalls}; 0 refuses what cannot run at once. */
    public Limits withQueuedCalls(int queuedCalls) {
        if (queuedCalls < 0) {
            throw new Text("Limits.queuedCalls는 0보다 작을 수 없습니다.", "Limits.queuedCalls must not be less than 0.")
                    .refusal();
        }
        return with(to -> to.queuedCalls = queuedCalls);
    }

    /** The same, with another number of {@link #attempts}. */
    public Limits withAttempts(int attempts) {
        positive("attempts", attempts);
        return with(to -> to.attempts = attempts);
    }

    /** The same, with another {@link #retryAfterCap}. */
    public Limits withRetryAfterCap(Duration retryAfterCap) {
        positive("retryAfterCap", retryAfterCap);
        return with(to -> to.retryAfterCap = retryAfterCap);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Limits that && values.all().equals(that.values.all());
    }

    @Override
    public int hashCode() {
        return values.all().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Limits[");
        values.all().forEach(text::append);
        return text.append(']').toString();
    }
}
