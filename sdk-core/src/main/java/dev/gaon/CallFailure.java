package dev.gaon;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a call, as facts: the cause of every exception a call throws.
 *
 * <p>Calls throw LangChain4j's own exception types; {@code CallFailure.of(e)} finds the facts behind one. Messages are
 * in Korean and English and hold no secret and no prompt text. {@link #kind()} is an open set of words:
 *
 * <table>
 * <caption>Kinds, what they mean, and the exception they arrive as</caption>
 * <tr><td>{@code missing-key}, {@code unauthorized}, {@code forbidden}</td><td>AuthenticationException</td></tr>
 * <tr><td>{@code unknown-model}, {@code retired-model}, {@code not-found}</td><td>ModelNotFoundException</td></tr>
 * <tr><td>{@code invalid-request}</td><td>InvalidRequestException</td></tr>
 * <tr><td>{@code unsupported}</td><td>UnsupportedFeatureException</td></tr>
 * <tr><td>{@code content-filtered}</td><td>ContentFilteredException</td></tr>
 * <tr><td>{@code rate-limited}, {@code queue-full}</td><td>RateLimitException</td></tr>
 * <tr><td>{@code server-error} (500: the server says it failed)</td><td>InternalServerException</td></tr>
 * <tr><td>{@code overloaded}, {@code dns-failed}, {@code connect-failed}: nothing was started</td>
 * <td>RetriableException</td></tr>
 * <tr><td>{@code deadline-queue}, {@code deadline-connect}, {@code deadline-total} before the body was sent</td>
 * <td>TimeoutException</td></tr>
 * <tr><td>{@code unknown-outcome}: the request was sent and no reply came; {@code deadline-first-token},
 * {@code deadline-between-tokens}, {@code deadline-total} after it was sent; {@code incomplete}: the reply broke off;
 * {@code provider-error}: an error inside a reply; {@code malformed-reply}, {@code unexpected-reply},
 * {@code reply-too-large}; {@code redirect-refused}; {@code tls-failed}, {@code proxy-failed};
 * {@code record-refused}; {@code policy-error}: a policy or guard broke its contract; {@code cancelled};
 * {@code closed}</td><td>NonRetriableException</td></tr>
 * <tr><td>{@code denied}</td><td>{@link DeniedException}</td></tr>
 * </table>
 */
public final class CallFailure extends RuntimeException {

    private final String kind;
    private final @Nullable String provider;
    private final @Nullable String endpoint;
    private final String phase;
    private final @Nullable Integer status;
    private final @Nullable String providerCode;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final boolean sent;
    private final transient Text message;
    private final transient Text fix;
    private final transient @Nullable Decision decision;
    private transient @Nullable String partialText;
    private transient @Nullable TokenUsage usage;
    private transient boolean delivered;

    private CallFailure(Builder b) {
        super(Objects.requireNonNull(b.message, "message").both(), b.cause, false, false);
        this.kind = b.kind;
        this.provider = b.provider;
        this.endpoint = b.endpoint;
        this.phase = Objects.requireNonNull(b.phase, "phase");
        this.status = b.status;
        this.providerCode = b.providerCode;
        this.requestId = b.requestId;
        this.retryAfter = b.retryAfter;
        this.sent = b.sent;
        this.message = b.message;
        this.fix = b.fix;
        this.decision = b.decision;
    }

    /** The facts behind an exception of a call; empty if it did not come from one. */
    public static Optional<CallFailure> of(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof CallFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** One of the words above; more may be added. */
    public String kind() {
        return kind;
    }

    /** The provider's id; null if none was chosen yet. */
    public @Nullable String provider() {
        return provider;
    }

    /** The endpoint's address, without any secret; null if none was chosen yet. */
    public @Nullable String endpoint() {
        return endpoint;
    }

    /** {@code configure}, {@code queue}, {@code connect}, {@code send}, {@code wait} or {@code reply}. */
    public String phase() {
        return phase;
    }

    /** The HTTP status; null if no status line came. */
    public @Nullable Integer status() {
        return status;
    }

    /** The provider's own error code; null if it gave none. */
    public @Nullable String providerCode() {
        return providerCode;
    }

    /** The provider's id of the request, to quote to its support; null if it gave none. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** How long the server asked to wait; null if it did not. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** True if asking again later may help and cannot start the work twice. */
    public boolean retryable() {
        return toException(false) instanceof RetriableException;
    }

    /** What of the answer had arrived; empty if nothing. Also holds for a stream, where the caller has seen it. */
    public String partialText() {
        return partialText == null ? "" : partialText;
    }

    /** Tokens used as far as the server told; null if it did not. */
    public @Nullable TokenUsage usage() {
        return usage;
    }

    /** What happened, in Korean for a Korean locale, else in English. */
    public String message(Locale locale) {
        return message == null ? String.valueOf(getMessage()) : message.in(locale);
    }

    /** What to do, in Korean for a Korean locale, else in English; empty only where a guard or policy refused without one. */
    public String fix(Locale locale) {
        return fix == null ? "" : fix.in(locale);
    }

    @Nullable
    Decision decision() {
        return decision;
    }

    boolean sent() {
        return sent;
    }

    boolean delivered() {
        return delivered;
    }

    CallFailure withReply(@Nullable String text, @Nullable TokenUsage tokens, boolean deltaDelivered) {
        this.partialText = text;
        this.usage = tokens;
        this.delivered = deltaDelivered;
        return this;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is for people, the facts are for logs
    public String toString() {
        StringBuilder out = new StringBuilder("dev.gaon.CallFailure: ").append(getMessage());
        return out.append(facts()).toString();
    }

    private String facts() {
        StringBuilder out = new StringBuilder(" [kind=").append(kind);
        append(out, "provider", provider);
        append(out, "endpoint", endpoint);
        append(out, "phase", phase);
        append(out, "status", status);
        append(out, "code", providerCode);
        append(out, "requestId", requestId);
        append(out, "retryAfter", retryAfter);
        return out.append(']').toString();
    }

    private static void append(StringBuilder out, String name, @Nullable Object value) {
        if (value != null) {
            out.append(", ").append(name).append('=').append(Text.printable(value.toString(), Integer.MAX_VALUE));
        }
    }

    /** The exception a caller sees, with this as its cause. */
    LangChain4jException toException() {
        return toException(true);
    }

    private LangChain4jException toException(boolean withText) {
        String text = !withText ? "" : text();
        return switch (kind) {
            case "missing-key", "unauthorized", "forbidden" -> new AuthenticationException(text, this);
            case "unknown-model", "retired-model", "not-found" -> new ModelNotFoundException(text, this);
            case "invalid-request" -> new InvalidRequestException(text, this);
            case "content-filtered" -> new ContentFilteredException(text, this);
            case "unsupported" -> unsupported(text);
            case "rate-limited", "queue-full" -> new RateLimitException(text, this);
            case "server-error" -> new InternalServerException(text, this);
            case "overloaded", "connect-failed", "dns-failed" -> new RetriableException(text, this);
            case "deadline-queue", "deadline-connect" -> new TimeoutException(text, this);
            case "deadline-total" -> sent ? new NonRetriableException(text, this) : new TimeoutException(text, this);
            case "denied" -> new DeniedException(text, this, decision);
            default -> new NonRetriableException(text, this);
        };
    }

    private LangChain4jException unsupported(@Nullable String text) {
        UnsupportedFeatureException e = new UnsupportedFeatureException(text);
        e.initCause(this);
        return e;
    }

    private String text() {
        String ko = join(message.ko(), fix.ko());
        String en = join(message.en(), fix.en());
        return ko + " / " + en + facts();
    }

    private static String join(String what, String fix) {
        return fix.isEmpty() ? what : what + " " + fix;
    }

    static Builder kind(String kind) {
        return new Builder(kind);
    }

    /** Says all of a cancelling but where: the phase is how far the call had come. */
    static Builder cancelled(String phase) {
        return kind("cancelled")
                .phase(phase)
                .message("호출이 취소되었습니다.", "The call was cancelled.")
                .fix(
                        "답이 필요하면 다시 부르세요. 이미 보낸 요청은 서버가 처리했을 수 있습니다.",
                        "Call again if you need the answer. The server may have done what was sent to it.");
    }

    /** Before anything was sent, unless another phase is set. */
    static Builder denied(Decision decision) {
        return kind("denied")
                .phase("queue")
                .providerCode(decision.rule())
                .message(decision.reason().ko(), decision.reason().en())
                .fix(decision.fix().ko(), decision.fix().en())
                .decision(decision);
    }

    static final class Builder {
        private final String kind;
        private @Nullable String provider;
        private @Nullable String endpoint;
        private @Nullable String phase;
        private @Nullable Integer status;
        private @Nullable String providerCode;
        private @Nullable String requestId;
        private @Nullable Duration retryAfter;
        private boolean sent;
        private @Nullable Text message;
        private Text fix = new Text("", "");
        private @Nullable Decision decision;
        private @Nullable Throwable cause;

        private Builder(String kind) {
            this.kind = kind;
        }

        Builder at(Endpoint where) {
            this.provider = where.provider();
            this.endpoint = where.toString();
            return this;
        }

        Builder phase(String value) {
            this.phase = value;
            return this;
        }

        Builder status(int value) {
            this.status = value;
            return this;
        }

        Builder providerCode(@Nullable String value) {
            this.providerCode = value;
            return this;
        }

        Builder requestId(@Nullable String value) {
            this.requestId = value;
            return this;
        }

        Builder retryAfter(@Nullable Duration value) {
            this.retryAfter = value;
            return this;
        }

        /** The request's body left this process, wholly or in part. */
        Builder sent(boolean value) {
            this.sent = value;
            return this;
        }

        /** On one line, as names that come from users and servers are part of it. */
        Builder message(String ko, String en) {
            this.message = new Text(ko, en).onOneLine();
            return this;
        }

        Builder message(Text value) {
            return message(value.ko(), value.en());
        }

        Builder fix(String ko, String en) {
            this.fix = new Text(ko, en).onOneLine();
            return this;
        }

        Builder fix(Text value) {
            return fix(value.ko(), value.en());
        }

        Builder decision(Decision value) {
            this.decision = value;
            return this;
        }

        Builder cause(@Nullable Throwable value) {
            this.cause = value;
            return this;
        }

        CallFailure build() {
            return new CallFailure(this);
        }
    }
}
