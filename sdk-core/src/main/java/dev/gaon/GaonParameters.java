package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's request parameters plus what one call may say to Gaon.
 *
 * <p>Immutable and safe to share. Everything is optional. Merging with other parameters keeps these fields whichever side
 * they are on; the {@link CallContext} is refined field by field. Two maps of {@code extraBody} merge by key.
 */
public final class GaonParameters extends DefaultChatRequestParameters {

    /** How much the model should think before it answers; each model file maps it to the model's own switch. */
    public enum Thinking {
        NONE,
        LOW,
        MEDIUM,
        HIGH
    }

    private final @Nullable Duration deadline;
    private final @Nullable String idempotencyKey;
    private final @Nullable String sessionKey;
    private final @Nullable URI endpoint;
    private final @Nullable Thinking thinking;
    private final @Nullable CallContext context;
    private final @Nullable Boolean clamped;
    private final Map<String, Object> extraBody;

    private GaonParameters(Builder builder) {
        super(builder);
        this.deadline = builder.deadline;
        this.idempotencyKey = builder.idempotencyKey;
        this.sessionKey = builder.sessionKey;
        this.endpoint = builder.endpoint;
        this.thinking = builder.thinking;
        this.context = builder.context;
        this.clamped = builder.clamped;
        this.extraBody = builder.extraBody.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(builder.extraBody));
    }

    /** Nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** These parameters, where {@code that} sets nothing of its own. */
    @Override
    public ChatRequestParameters overrideWith(@Nullable ChatRequestParameters that) {
        // Most calls bring nothing, and their parameters are merged more than once.
        return that == null || that.equals(EMPTY)
                ? this
                : builder().overrideWith(this).overrideWith(that).build();
    }

    /** {@code that}, where these parameters set nothing of their own. */
    @Override
    public ChatRequestParameters defaultedBy(@Nullable ChatRequestParameters that) {
        return that == null
                ? this
                : builder().overrideWith(that).overrideWith(this).build();
    }

    /** Total time for this call; null for {@link Limits#total()}. */
    public @Nullable Duration deadline() {
        return deadline;
    }

    /** Names one piece of work; null if the call must not be resent after an unknown outcome. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /**
     * Calls of one session are best served by the same endpoint, for its cache; null if it does not matter. Not used yet:
     * endpoints are asked in their order.
     */
    public @Nullable String sessionKey() {
        return sessionKey;
    }

    /** The one endpoint of the model that should serve this call; null for any. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** Null for the model's default. */
    public @Nullable Thinking thinking() {
        return thinking;
    }

    /** Null if the call adds nothing to the model's context. */
    public @Nullable CallContext context() {
        return context;
    }

    /** Whether a number that the endpoint does not take becomes the nearest one it takes; else the call is refused. */
    public boolean clamped() {
        return Boolean.TRUE.equals(clamped);
    }

    /** Fields that go into the request's body as they are; empty if none. */
    public Map<String, Object> extraBody() {
        return extraBody;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return super.equals(o)
                && o instanceof GaonParameters that
                && Objects.equals(deadline, that.deadline)
                && Objects.equals(idempotencyKey, that.idempotencyKey)
                && Objects.equals(sessionKey, that.sessionKey)
                && Objects.equals(endpoint, that.endpoint)
                && thinking == that.thinking
                && Objects.equals(context, that.context)
                && Objects.equals(clamped, that.clamped)
                && extraBody.equals(that.extraBody);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(),
                deadline,
                idempotencyKey,
                sessionKey,
                endpoint,
                thinking,
                context,
                clamped,
                extraBody);
    }

    /** Names what is set; shows no values that could come from a user. */
    @Override
    public String toString() {
        return "GaonParameters[model=" + modelName() + ", deadline=" + deadline + ", endpoint=" + endpoint
                + ", thinking=" + thinking + ", extraBody=" + extraBody.keySet() + "]";
    }

    /** Sets LangChain4j's common parameters and these; used by one thread. */
    public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

        private @Nullable Duration deadline;
        private @Nullable String idempotencyKey;
        private @Nullable String sessionKey;
        private @Nullable URI endpoint;
        private @Nullable Thinking thinking;
        private @Nullable CallContext context;
        private @Nullable Boolean clamped;
        private Map<String, Object> extraBody = Map.of();

        private Builder() {}

        /**
         * What {@code parameters} set overrides what was set before.
         *
         * @throws dev.langchain4j.exception.UnsupportedFeatureException if they are of another provider's class and set a
         *     field that only that class has: it is named, not dropped
         */
        @Override
        public Builder overrideWith(ChatRequestParameters parameters) {
            ForeignParameters.check(parameters);
            super.overrideWith(parameters);
            if (parameters instanceof GaonParameters that) {
                deadline = that.deadline == null ? deadline : that.deadline;
                idempotencyKey = that.idempotencyKey == null ? idempotencyKey : that.idempotencyKey;
                sessionKey = that.sessionKey == null ? sessionKey : that.sessionKey;
                endpoint = that.endpoint == null ? endpoint : that.endpoint;
                thinking = that.thinking == null ? thinking : that.thinking;
                context = context == null ? that.context : context.refinedBy(that.context);
                clamped = that.clamped == null ? clamped : that.clamped;
                if (!that.extraBody.isEmpty()) {
                    Map<String, Object> merged = new LinkedHashMap<>(extraBody);
                    merged.putAll(that.extraBody);
                    extraBody = merged;
                }
            }
            return this;
        }

        /** Total time for this call, queueing and retries included; default {@link Limits#total()}. */
        public Builder deadline(@Nullable Duration value) {
            if (value != null && (value.isNegative() || value.isZero())) {
                throw new Text("deadline은 0보다 커야 합니다.", "deadline must be greater than 0.").refusal();
            }
            this.deadline = value;
            return this;
        }

        /**
         * Lets the call be resent even when its outcome is unknown, where the provider honours the key. Belongs to one
         * request: as a default of a model, every call would carry it and may be given the first one's answer.
         *
         * @param value 1 to 128 visible ASCII characters
         */
        public Builder idempotencyKey(@Nullable String value) {
            if (value != null && !value.matches("[!-~]{1,128}")) {
                throw new Text(
                                "idempotencyKey는 공백 없는 ASCII 1~128자여야 합니다.",
                                "idempotencyKey must be 1 to 128 visible ASCII characters.")
                        .refusal();
            }
            this.idempotencyKey = value;
            return this;
        }

        /** Names the session whose calls are best served by one endpoint; not used yet. */
        public Builder sessionKey(@Nullable String value) {
            this.sessionKey = value;
            return this;
        }

        /**
         * The base address of the one endpoint of the model that should serve the call; the call fails as
         * {@code unsupported} if the model has no such endpoint.
         *
         * @throws IllegalArgumentException if it cannot be an endpoint's address, as in {@link Endpoint#of}
         */
        public Builder endpoint(@Nullable URI value) {
            this.endpoint = value == null ? null : Endpoint.checked(value.toString());
            return this;
        }

        /** The call fails as {@code unsupported} if the model does not offer it; default the model's own. */
        public Builder thinking(@Nullable Thinking value) {
            this.thinking = value;
            return this;
        }

        /** Refines the model's own context; the level can only be raised. */
        public Builder context(@Nullable CallContext value) {
            this.context = value;
            return this;
        }

        /**
         * Whether a temperature, topP, topK, penalty or output bound that the endpoint is known not to take becomes the
         * nearest one that it takes; default false: the call fails as {@code unsupported} and says the range.
         */
        public Builder clamped(@Nullable Boolean value) {
            this.clamped = value;
            return this;
        }

        /**
         * Fields the server knows and Gaon does not, for instance {@code min_p}: at most 64, of JSON's types, nested at
         * most 16 deep; copied.
         *
         * @throws IllegalArgumentException if a field is one that Gaon writes itself, or a value is of another type
         */
        public Builder extraBody(Map<String, ?> fields) {
            this.extraBody = ExtraFields.checked(fields);
            return this;
        }

        @Override
        public GaonParameters build() {
            return new GaonParameters(this);
        }
    }
}
