package dev.gaon;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, for what, and how sensitive it is: what guards judge by and records keep.
 *
 * <p>Immutable and safe to share; every {@code with} method returns a changed copy. Every field is optional. A client
 * ({@link Gaon.Builder#context}) and a model ({@link GaonChatModel#with}) may have a context of their own; the context of
 * one call then overrides their fields one by one, except that the level can only be raised. Put no secret here: records keep these fields as they are.
 */
public final class CallContext {

    /**
     * How sensitive a call is. Core only compares {@code order}; the meaning of the names is the caller's.
     *
     * @param order higher is more sensitive
     * @param name shown in refusals and records, for instance {@code S}
     */
    public record Level(int order, String name) {
        public Level {
            Objects.requireNonNull(name, "name");
        }
    }

    /** Nothing is known about the call. */
    public static final CallContext EMPTY = new CallContext(null, null, null, null, Map.of());

    private final @Nullable String project;
    private final @Nullable String user;
    private final @Nullable String purpose;
    private final @Nullable Level level;
    private final Map<String, String> tags;

    private CallContext(
            @Nullable String project,
            @Nullable String user,
            @Nullable String purpose,
            @Nullable Level level,
            Map<String, String> tags) {
        this.project = project;
        this.user = user;
        this.purpose = purpose;
        this.level = level;
        this.tags = tags;
    }

    /** For which project or system; null for unknown. */
    public CallContext withProject(@Nullable String value) {
        return new CallContext(value, user, purpose, level, tags);
    }

    /** Who asks, preferably a pseudonym. */
    public CallContext withUser(@Nullable String value) {
        return new CallContext(project, value, purpose, level, tags);
    }

    /** What the answer is for; null for unknown. */
    public CallContext withPurpose(@Nullable String value) {
        return new CallContext(project, user, value, level, tags);
    }

    /** How sensitive the call is; null for unknown, which every endpoint takes. This copy may be lower than this context. */
    public CallContext withLevel(@Nullable Level value) {
        return new CallContext(project, user, purpose, value, tags);
    }

    /** One more fact of your own; a tag of the same name is replaced. */
    public CallContext withTag(String name, String value) {
        Map<String, String> more = new TreeMap<>(tags);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new CallContext(project, user, purpose, level, Collections.unmodifiableMap(more));
    }

    /** This context, overridden by one call's: fields one by one, tags by name, the level only upwards. */
    CallContext refinedBy(@Nullable CallContext call) {
        if (call == null || call.equals(EMPTY)) {
            return this;
        }
        if (equals(EMPTY)) {
            return call;
        }
        Map<String, String> merged = new TreeMap<>(tags);
        merged.putAll(call.tags);
        Level higher = level == null || (call.level != null && call.level.order() > level.order()) ? call.level : level;
        return new CallContext(
                call.project == null ? project : call.project,
                call.user == null ? user : call.user,
                call.purpose == null ? purpose : call.purpose,
                higher,
                Collections.unmodifiableMap(merged));
    }

    /** Null if unknown, as are the other fields. */
    public @Nullable String project() {
        return project;
    }

    public @Nullable String user() {
        return user;
    }

    public @Nullable String purpose() {
        return purpose;
    }

    public @Nullable Level level() {
        return level;
    }

    /** By name, in alphabetical order; empty if there are none. */
    public Map<String, String> tags() {
        return tags;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof CallContext that
                && Objects.equals(project, that.project)
                && Objects.equals(user, that.user)
                && Objects.equals(purpose, that.purpose)
                && Objects.equals(level, that.level)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(project, user, purpose, level, tags);
    }

    @Override
    public String toString() {
        return "CallContext[project=" + project + ", user=" + user + ", purpose=" + purpose + ", level=" + level
                + ", tags=" + tags + "]";
    }
}
