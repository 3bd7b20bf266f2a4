package dev.gaon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

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
            String region,
            long startedMs,
            Integer status,
            String outcome,
            String requestSha256,
            String requestId) {}

    /**
     * What a guard, a policy, or the comparison of levels said of one endpoint.
     *
     * @param endpoint its address; null if a policy refused before one was chosen
     * @param verdict {@code ALLOW}, {@code REVIEW} or {@code DENY}
     * @param rule the rule that decided
     * @param digest of the data that decided; null if none was named
     */
    public record Judgement(String endpoint, String verdict, String rule, String digest) {}

    private final SortedMap<String, Object> fields;
    private final List<Attempt> attempts;
    private final List<Judgement> judgements;

    private CallRecord(SortedMap<String, Object> fields, List<Attempt> attempts, List<Judgement> judgements) {
        this.fields = fields;
        this.attempts = attempts;
        this.judgements = judgements;
    }

    /** A random UUID. */
    public String id() {
        return text("id");
    }

    /** {@code open}, {@code ok}, {@code denied}, {@code failed}, {@code cancelled} or {@code incomplete}. */
    public String state() {
        return text("state");
    }

    public Instant openedAt() {
        return Instant.parse(text("openedAt"));
    }

    /** Null while open. */
    public Instant closedAt() {
        return text("closedAt") == null ? null : Instant.parse(text("closedAt"));
    }

    /** The model's id in the catalogue. */
    public String model() {
        return text("model");
    }

    /** The digest of the data files by which the model was called, as in {@link ModelCard#digest()}. */
    public String modelData() {
        return text("modelData");
    }

    /** The provider that answered or was asked last; null if none was asked. */
    public String provider() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).provider();
    }

    /** The endpoint that answered or was asked last; null if none was asked. */
    public String endpoint() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).endpoint();
    }

    /**
     * The kind of failure, as in {@link CallFailure#kind()}, or {@code caller-error} if a policy, a guard or the consumer
     * threw an exception of its own; null if the call did not fail.
     */
    public String failure() {
        return text("failure");
    }

    /** SHA-256 of the answer's text in UTF-8, as the caller got it; null if none came. */
    public String replySha256() {
        return text("replySha256");
    }

    /** Until the first piece of the reply; null if none came. */
    public Duration firstToken() {
        return fields.get("firstTokenMs") instanceof Long ms ? Duration.ofMillis(ms) : null;
    }

    /** From opening to closing; null while open. */
    public Duration total() {
        return fields.get("totalMs") instanceof Long ms ? Duration.ofMillis(ms) : null;
    }

    /** In the order they were made. */
    public List<Attempt> attempts() {
        return attempts;
    }

    public List<Judgement> judgements() {
        return judgements;
    }

    /** What policies wrote down, by name. */
    @SuppressWarnings("unchecked")
    public Map<String, String> notes() {
        return (Map<String, String>) fields.get("notes");
    }

    /** One line of canonical JSON (RFC 8785); times in UTC. */
    public String toJson() {
        SortedMap<String, Object> all = new TreeMap<>(fields);
        all.put("attempts", attempts.stream().map(CallRecord::json).toList());
        all.put("judgements", judgements.stream().map(CallRecord::json).toList());
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

    private String text(String name) {
        return (String) fields.get(name);
    }

    @Override
    public String toString() {
        return toJson();
    }

    /** The record of a running call; one thread at a time writes it. */
    static final class Draft {

        private final Instant openedAt = Instant.now();
        private final long openedNanos = System.nanoTime();
        private final SortedMap<String, Object> fields = new TreeMap<>();
        private final SortedMap<String, Object> notes = new TreeMap<>();
        private final List<Attempt> attempts = new ArrayList<>(1);
        private final List<Judgement> judgements = new ArrayList<>(0);
        private final String id = UUID.randomUUID().toString();
        private CallRecord closed;

        Draft(ModelCard model, boolean streaming, CallContext context) {
            fields.put("id", id);
            fields.put("version", 1);
            fields.put("openedAt", openedAt.toString());
            fields.put("model", model.id());
            fields.put("modelData", model.digest());
            fields.put("streaming", streaming);
            fields.put("context", json(context));
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

        String id() {
            return id;
        }

        void note(String name, String value) {
            notes.put(name, value);
        }

        /** @param endpoint null if none was chosen yet */
        void judged(Endpoint endpoint, Decision decision) {
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

        /** A fact of the reply, when the call ends. */
        void reply(String name, Object value) {
            fields.put(name, value);
        }

        CallRecord open() {
            return snapshot("open");
        }

        CallRecord close(String state) {
            long total = elapsedMs();
            fields.put("totalMs", total);
            fields.put("closedAt", openedAt.plusMillis(total).toString());
            closed = snapshot(state);
            return closed;
        }

        /** What {@link #close} made. */
        CallRecord closed() {
            return closed;
        }

        private CallRecord snapshot(String state) {
            SortedMap<String, Object> copy = new TreeMap<>(fields);
            copy.put("state", state);
            copy.put("notes", Collections.unmodifiableSortedMap(new TreeMap<>(notes)));
            return new CallRecord(
                    Collections.unmodifiableSortedMap(copy), List.copyOf(attempts), List.copyOf(judgements));
        }
    }
}
