package dev.gaon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call did, for people who must prove it later: who asked which model where, what was decided, how it ended.
 *
 * <p>Immutable and safe to share. Holds digests of what was sent and received, never the text itself, and no secret. A
 * record is {@code open} first and then closed exactly once, as {@code ok}, {@code denied}, {@code failed},
 * {@code cancelled} or {@code incomplete}.
 */
public final class CallRecord {

    /**
     * One request to one endpoint.
     *
     * @param provider the provider's id
     * @param endpoint its address
     * @param region as declared; null if nobody declared it
     * @param startedMs milliseconds after the call opened
     * @param status the HTTP status; null if none came
     * @param outcome {@code ok} or a kind of {@link CallFailure}
     * @param requestSha256 of the body that was sent; null if none was made or the engine runs in this process
     * @param requestId the provider's id of the request; null if it gave none
     */
    public record Attempt(
            String provider,
            String endpoint,
            @Nullable String region,
            long startedMs,
            @Nullable Integer status,
            String outcome,
            @Nullable String requestSha256,
            @Nullable String requestId) {

        /** Of an engine in this process: there is no status, no body and nobody else's id. */
        static Attempt inProcess(Endpoint endpoint, long startedMs, String outcome) {
            return new Attempt(
                    endpoint.provider(), endpoint.toString(), endpoint.region(), startedMs, null, outcome, null, null);
        }
    }

    /**
     * What a guard, a policy, or the comparison of levels said of one endpoint.
     *
     * @param endpoint its address; null if a policy refused before one was chosen
     * @param verdict {@code ALLOW}, {@code REVIEW} or {@code DENY}
     * @param rule the rule that decided
     * @param digest of the data that decided; null if none was named
     */
    public record Judgement(
            @Nullable String endpoint,
            String verdict,
            String rule,
            @Nullable String digest) {}

    /**
     * What came back, as far as it came; digests and counts only.
     *
     * @param firstTokenMs until the first piece; null if none came
     * @param replySha256 of the text; null if none came
     * @param finish the server's word for why it stopped
     * @param wireModel what the server called the model
     */
    record Reply(
            @Nullable Long firstTokenMs,
            @Nullable String replySha256,
            @Nullable String finish,
            @Nullable String wireModel,
            @Nullable Integer inputTokens,
            @Nullable Integer outputTokens,
            int toolCalls,
            int citations) {}

    private final Draft opening;
    private final String state;
    private final @Nullable String failure;
    private final @Nullable Reply reply;
    private final long totalMs;
    private final Map<String, String> notes;
    private final List<Attempt> attempts;
    private final List<Judgement> judgements;

    /** @param reply null while open */
    private CallRecord(Draft draft, String state, @Nullable String failure, @Nullable Reply reply, long totalMs) {
        this.opening = draft;
        this.state = state;
        this.failure = failure;
        this.reply = reply;
        this.totalMs = totalMs;
        this.notes = draft.notes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(draft.notes));
        this.attempts = List.copyOf(draft.attempts);
        this.judgements = List.copyOf(draft.judgements);
    }

    /** A random UUID. */
    public String id() {
        return opening.id;
    }

    /** {@code open}, {@code ok}, {@code denied}, {@code failed}, {@code cancelled} or {@code incomplete}. */
    public String state() {
        return state;
    }

    public Instant openedAt() {
        return opening.openedAt;
    }

    /** Null while open. */
    public @Nullable Instant closedAt() {
        return reply == null ? null : opening.openedAt.plusMillis(totalMs);
    }

    /** The model's id in the catalogue. */
    public String model() {
        return opening.model.id();
    }

    /** The digest of the data files by which the model was called, as in {@link ModelCard#digest()}; null if it has none. */
    public @Nullable String modelData() {
        return opening.model.digest();
    }

    /** The provider that answered or was asked last; null if none was asked. */
    public @Nullable String provider() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).provider();
    }

    /** The endpoint that answered or was asked last; null if none was asked. */
    public @Nullable String endpoint() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).endpoint();
    }

    /**
     * The kind of failure, as in {@link CallFailure#kind()}, or {@code caller-error} if a policy, a guard or the consumer
     * threw an exception of its own; null if the call did not fail.
     */
    public @Nullable String failure() {
        return failure;
    }

    /** SHA-256 of the answer's text in UTF-8, as the caller got it; null if none came. */
    public @Nullable String replySha256() {
        return reply == null ? null : reply.replySha256();
    }

    /** Until the first piece of the reply; null if none came. */
    public @Nullable Duration firstToken() {
        return reply == null || reply.firstTokenMs() == null ? null : Duration.ofMillis(reply.firstTokenMs());
    }

    /** From opening to closing; null while open. */
    public @Nullable Duration total() {
        return reply == null ? null : Duration.ofMillis(totalMs);
    }

    /** In the order they were made. */
    public List<Attempt> attempts() {
        return attempts;
    }

    public List<Judgement> judgements() {
        return judgements;
    }

    /** What policies wrote down, by name. */
    public Map<String, String> notes() {
        return notes;
    }

    /** One line of canonical JSON (RFC 8785); times in UTC. */
    public String toJson() {
        SortedMap<String, Object> all = new TreeMap<>();
        all.put("version", 1);
        all.put("id", opening.id);
        all.put("state", state);
        all.put("openedAt", opening.openedAt.toString());
        all.put("model", model());
        all.put("modelData", modelData());
        all.put("streaming", opening.streaming);
        all.put("context", json(opening.context));
        all.put("notes", new TreeMap<>(notes));
        all.put("attempts", attempts.stream().map(CallRecord::json).toList());
        all.put("judgements", judgements.stream().map(CallRecord::json).toList());
        if (reply != null) {
            all.put("closedAt", opening.openedAt.plusMillis(totalMs).toString());
            all.put("totalMs", totalMs);
            all.put("firstTokenMs", reply.firstTokenMs());
            all.put("replySha256", reply.replySha256());
            all.put("finish", reply.finish());
            all.put("wireModel", reply.wireModel());
            all.put("inputTokens", reply.inputTokens());
            all.put("outputTokens", reply.outputTokens());
            all.put("toolCalls", reply.toolCalls());
            all.put("citations", reply.citations());
        }
        if (failure != null) {
            all.put("failure", failure);
        }
        return CanonicalJson.write(all);
    }

    private static SortedMap<String, Object> json(Attempt a) {
        SortedMap<String, Object> out = new TreeMap<>();
        out.put("endpoint", a.endpoint());
        out.put("outcome", a.outcome());
        out.put("provider", a.provider());
        out.put("region", a.region());
        out.put("requestId", a.requestId());
        out.put("requestSha256", a.requestSha256());
        out.put("startedMs", a.startedMs());
        out.put("status", a.status());
        return out;
    }

    private static SortedMap<String, Object> json(Judgement j) {
        SortedMap<String, Object> out = new TreeMap<>();
        out.put("digest", j.digest());
        out.put("endpoint", j.endpoint());
        out.put("rule", j.rule());
        out.put("verdict", j.verdict());
        return out;
    }

    private static SortedMap<String, Object> json(CallContext context) {
        SortedMap<String, Object> out = new TreeMap<>();
        out.put("project", context.project());
        out.put("user", context.user());
        out.put("purpose", context.purpose());
        CallContext.Level level = context.level();
        out.put("level", level == null ? null : level.name());
        out.put("levelOrder", level == null ? null : level.order());
        out.put("tags", new TreeMap<>(context.tags()));
        return out;
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** The record of a running call; one thread at a time writes it. */
    static final class Draft {

        private final String id = UUID.randomUUID().toString();
        private final Instant openedAt = Instant.now();
        private final long openedNanos = System.nanoTime();
        private final ModelCard model;
        private final boolean streaming;
        private final CallContext context;
        private final List<Attempt> attempts = new ArrayList<>(1);
        private final List<Judgement> judgements = new ArrayList<>(0);
        private Map<String, String> notes = Map.of();
        private final Digests digests = new Digests();
        private @Nullable CallRecord closed;

        Draft(ModelCard model, boolean streaming, CallContext context) {
            this.model = model;
            this.streaming = streaming;
            this.context = context;
        }

        String id() {
            return id;
        }

        Digests digests() {
            return digests;
        }

        void note(String name, String value) {
            notes = notes.isEmpty() ? new TreeMap<>() : notes;
            notes.put(name, value);
        }

        /** @param endpoint null if none was chosen yet */
        void judged(@Nullable Endpoint endpoint, Decision decision) {
            judgements.add(new Judgement(
                    endpoint == null ? null : endpoint.toString(),
                    decision.verdict().name(),
                    decision.rule(),
                    decision.digest()));
        }

        void attempted(Attempt attempt) {
            attempts.add(attempt);
        }

        long elapsedMs() {
            return (System.nanoTime() - openedNanos) / 1_000_000;
        }

        CallRecord open() {
            return new CallRecord(this, "open", null, null, 0);
        }

        /** @param failure null if the call did not fail */
        CallRecord close(String state, @Nullable String failure, @Nullable Reply reply) {
            closed = new CallRecord(this, state, failure, reply, elapsedMs());
            return closed;
        }

        /** What {@link #close} made. */
        CallRecord closed() {
            return Objects.requireNonNull(closed, "not closed yet");
        }
    }
}
