package dev.gaon;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's response metadata plus what Gaon knows of the call: record, provider, endpoint, timings, citations.
 *
 * <p>Immutable and safe to share; survives {@code toBuilder().build()}.
 */
public final class GaonResponseMetadata extends ChatResponseMetadata {

    private final String recordId;
    private final @Nullable String provider;
    private final @Nullable String endpoint;
    private final @Nullable Duration firstToken;
    private final Duration total;
    private final List<Citation> citations;
    private final List<String> notices;

    private GaonResponseMetadata(Builder builder) {
        super(builder);
        this.recordId = Objects.requireNonNull(builder.recordId, "recordId");
        this.provider = builder.provider;
        this.endpoint = builder.endpoint;
        this.firstToken = builder.firstToken;
        this.total = Objects.requireNonNull(builder.total, "total");
        this.citations = List.copyOf(builder.citations);
        this.notices = List.copyOf(builder.notices);
    }

    static Builder gaon() {
        return new Builder();
    }

    /** The id of the call's {@link CallRecord}. */
    public String recordId() {
        return recordId;
    }

    /** The provider's id; null if a policy answered. */
    public @Nullable String provider() {
        return provider;
    }

    /** The address that answered; null if a policy did. */
    public @Nullable String endpoint() {
        return endpoint;
    }

    /** From the start of the call to the first piece of the reply; null if the reply was empty. */
    public @Nullable Duration firstToken() {
        return firstToken;
    }

    /** From the start of the call to its end. */
    public Duration total() {
        return total;
    }

    /** What the answer quotes; empty for language models. */
    public List<Citation> citations() {
        return citations;
    }

    /**
     * What the caller should know about the call: {@code record-not-written}; {@code thinking-tokens=31}, which are part of
     * the output; {@code ai-filter=curse/insult:1}, one of a provider's content filter in its own words; what a policy or guard
     * {@linkplain Policy.Chain#notice tells}. Usually empty.
     */
    public List<String> notices() {
        return notices;
    }

    @Override
    public Builder toBuilder() {
        Builder builder = new Builder();
        toBuilder(builder);
        builder.recordId = recordId;
        builder.provider = provider;
        builder.endpoint = endpoint;
        builder.firstToken = firstToken;
        builder.total = total;
        builder.citations = citations;
        builder.notices = notices;
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return super.equals(o)
                && o instanceof GaonResponseMetadata that
                && Objects.equals(recordId, that.recordId)
                && Objects.equals(provider, that.provider)
                && Objects.equals(endpoint, that.endpoint)
                && Objects.equals(firstToken, that.firstToken)
                && Objects.equals(total, that.total)
                && citations.equals(that.citations)
                && notices.equals(that.notices);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), recordId, provider, endpoint, firstToken, total, citations, notices);
    }

    @Override
    public String toString() {
        return "GaonResponseMetadata[id=" + id() + ", modelName=" + modelName() + ", tokenUsage=" + tokenUsage()
                + ", finishReason=" + finishReason() + ", recordId=" + recordId + ", provider=" + provider
                + ", endpoint=" + endpoint + ", firstToken=" + firstToken + ", total=" + total + ", citations="
                + citations.size() + ", notices=" + notices + "]";
    }

    /** Keeps Gaon's fields while LangChain4j's are changed; used by one thread. */
    public static final class Builder extends ChatResponseMetadata.Builder<Builder> {

        private @Nullable String recordId;
        private @Nullable String provider;
        private @Nullable String endpoint;
        private @Nullable Duration firstToken;
        private @Nullable Duration total;
        private List<Citation> citations = List.of();
        private List<String> notices = List.of();

        private Builder() {}

        Builder call(
                String recordId,
                @Nullable String provider,
                @Nullable String endpoint,
                @Nullable Duration firstToken,
                @Nullable Duration total) {
            this.recordId = recordId;
            this.provider = provider;
            this.endpoint = endpoint;
            this.firstToken = firstToken;
            this.total = total;
            return this;
        }

        Builder citations(List<Citation> values) {
            this.citations = values;
            return this;
        }

        Builder notices(List<String> values) {
            this.notices = values;
            return this;
        }

        @Override
        public GaonResponseMetadata build() {
            return new GaonResponseMetadata(this);
        }
    }
}
