package dev.gaon;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows of one model. Immutable and safe to share; a null fact is unknown, not false.
 */
public final class ModelCard {

    /**
     * Whether and how the model can be had, as of the day of its data; whether it has ended by now, {@link
     * Models#availability} says.
     *
     * @param state {@code live}, {@code ending}, {@code retired}, {@code self-hosted}, {@code restricted} or
     *     {@code unverified}
     * @param date the day of the change, past or announced; may be null
     * @param successor the id of the model to use instead; null if its data names none
     */
    public record Status(
            String state,
            @Nullable LocalDate date,
            @Nullable String successor) {}

    /** Its place in the national programme: {@code standing} is {@code continuing}, {@code eliminated} or
     * {@code not-selected} in {@code round} as decided on {@code date}, which may be null. */
    public record Programme(
            String team,
            int round,
            String standing,
            @Nullable LocalDate date) {}

    /** One of two embedding models that belong together: {@code family} and the other kind lead to the other. */
    record Pair(String family, EmbeddingKind kind) {}
    /**
     * What the terms of a model's weights, or of the service where there are none, allow and demand: as far as their data
     * file says, which is no legal advice. Immutable.
     */
    public static final class Terms {

        private static final String UNKNOWN = "unknown";

        private final String id;
        private final String name;
        private final String covers;
        private final String commercial;
        private final String redistribution;
        private final @Nullable String namePrefix;
        private final @Nullable String notice;
        private final List<Text> conditions;
        private final @Nullable Map<String, Object> data;

        /** Terms of which the id is all that is known. */
        Terms(String id) {
            this(id, id, UNKNOWN, UNKNOWN, UNKNOWN, null, null, List.of(), null);
        }

        private Terms(
                String id,
                String name,
                String covers,
                String commercial,
                String redistribution,
                @Nullable String namePrefix,
                @Nullable String notice,
                List<Text> conditions,
                @Nullable Map<String, Object> data) {
            this.id = id;
            this.name = name;
            this.covers = covers;
            this.commercial = commercial;
            this.redistribution = redistribution;
            this.namePrefix = namePrefix;
            this.notice = notice;
            this.conditions = conditions;
            this.data = data;
        }

        static Terms of(CatalogueFile file) {
            String id = file.required("id");
            List<Text> conditions = new ArrayList<>();
            for (CatalogueFile one : file.objects("conditions")) {
                conditions.add(new Text(one.required("ko"), one.required("en")));
                one.done();
            }
            Terms terms = new Terms(
                    id,
                    file.text("name", id),
                    file.text("covers", UNKNOWN),
                    file.text("commercial", UNKNOWN),
                    file.text("redistribution", UNKNOWN),
                    file.text("namePrefix"),
                    file.text("notice"),
                    conditions,
                    file.data());
            file.ignoring("facts").done();
            return terms;
        }

        /** An SPDX id, {@code LicenseRef-...}, or {@code NOASSERTION}. */
        public String id() {
            return id;
        }

        public String name() {
            return name;
        }

        /** {@code weights}, {@code service}, or {@code unknown}. */
        public String covers() {
            return covers;
        }

        /**
         * Whether commercial use is allowed: {@code yes}, {@code no}, {@code agreement} (not, or not all of it, without a
         * contract; see {@link #conditions}) or {@code unknown}.
         */
        public String commercial() {
            return commercial;
        }

        /** Whether the weights or what is made of them may be handed on; the words of {@link #commercial}. */
        public String redistribution() {
            return redistribution;
        }

        /** How the names of derived models have to begin; null if no such demand is known. */
        public @Nullable String namePrefix() {
            return namePrefix;
        }

        /** The words that have to be shown to users; null if no such demand is known. */
        public @Nullable String notice() {
            return notice;
        }

        /** What else is demanded, each a sentence: Korean for a Korean locale, else English. */
        public List<String> conditions(Locale locale) {
            return conditions.stream().map(condition -> condition.in(locale)).toList();
        }

        /** As {@link ModelCard#json()}, by {@code licence.schema.json}. */
        public @Nullable String json() {
            return data == null ? null : JsonTree.write(data);
        }

        @Override
        public String toString() {
            return "Terms[" + id + "]";
        }
    }

    private final String id;
    private final Text name;
    private final Text owner;
    private final String kind;
    private final @Nullable Integer contextTokens;
    private final @Nullable Integer outputTokens;
    private final @Nullable Set<String> input;
    private final @Nullable Map<String, Object> thinking;
    private final @Nullable String thinkingDefault;
    private final @Nullable Boolean tools;
    private final @Nullable Boolean structuredOutput;
    private final @Nullable Integer dimensions;
    private final @Nullable Pair pair;
    private final List<Set<String>> exclusive;
    private final Terms terms;
    private final Status status;
    private final @Nullable Programme programme;
    private final List<Endpoint> endpoints;
    private final List<String> aliases;
    private final @Nullable String digest;
    private final @Nullable Map<String, Object> data;

    ModelCard(
            String id,
            Text name,
            Text owner,
            String kind,
            @Nullable Integer contextTokens,
            @Nullable Integer outputTokens,
            @Nullable Set<String> input,
            @Nullable Map<String, Object> thinking,
            @Nullable String thinkingDefault,
            @Nullable Boolean tools,
            @Nullable Boolean structuredOutput,
            @Nullable Integer dimensions,
            @Nullable Pair pair,
            List<Set<String>> exclusive,
            Terms terms,
            Status status,
            @Nullable Programme programme,
            List<Endpoint> endpoints,
            List<String> aliases,
            @Nullable String digest,
            @Nullable Map<String, Object> data) {
        this.id = id;
        this.name = name;
        this.owner = owner;
        this.kind = kind;
        this.contextTokens = contextTokens;
        this.outputTokens = outputTokens;
        this.input = input;
        this.thinking = thinking;
        this.thinkingDefault = thinkingDefault;
        this.tools = tools;
        this.structuredOutput = structuredOutput;
        this.dimensions = dimensions;
        this.pair = pair;
        this.exclusive = exclusive;
        this.terms = terms;
        this.status = status;
        this.programme = programme;
        this.endpoints = List.copyOf(endpoints);
        this.aliases = List.copyOf(aliases);
        this.digest = digest;
        this.data = data;
    }

    /** A model that only its user knows: nothing is ruled out. */
    static ModelCard unknown(String id, List<Endpoint> endpoints) {
        return new ModelCard(
                id,
                new Text(id, id),
                new Text("", ""),
                "any",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                new Terms("NOASSERTION"),
                new Status("unverified", null, null),
                null,
                endpoints,
                List.of(),
                null,
                null);
    }

    ModelCard withEndpoints(List<Endpoint> others) {
        return new ModelCard(
                id,
                name,
                owner,
                kind,
                contextTokens,
                outputTokens,
                input,
                thinking,
                thinkingDefault,
                tools,
                structuredOutput,
                dimensions,
                pair,
                exclusive,
                terms,
                status,
                programme,
                others,
                aliases,
                digest,
                data);
    }

    public String id() {
        return id;
    }

    public String name(Locale locale) {
        return name.in(locale);
    }

    /** Who made it. */
    public String owner(Locale locale) {
        return owner.in(locale);
    }

    /**
     * {@code chat}, {@code embedding}, {@code scoring}, {@code document} or {@code moderation}; {@code any} for a model
     * that only its user knows.
     */
    public String kind() {
        return kind;
    }

    boolean serves(String purpose) {
        return kind.equals("any") || kind.equals(purpose);
    }

    /** Tokens of question and answer together; null if unknown. */
    public @Nullable Integer contextTokens() {
        return contextTokens;
    }

    /** The longest answer in tokens; null if unknown. */
    public @Nullable Integer outputTokens() {
        return outputTokens;
    }

    /** What it reads: {@code text}, {@code image}, {@code audio} ...; null if unknown. */
    public @Nullable Set<String> input() {
        return input;
    }

    /** The thinking levels it offers, in lower case; empty if it has none or they are unknown. */
    public Set<String> thinkingLevels() {
        return thinking == null ? Set.of() : thinking.keySet();
    }

    /** Whether it calls tools; null if unknown. */
    public @Nullable Boolean tools() {
        return tools;
    }

    /** Whether its answers can be held to a JSON schema; null if unknown. */
    public @Nullable Boolean structuredOutput() {
        return structuredOutput;
    }

    /** The length of an embedding; null for other kinds or if unknown. */
    public @Nullable Integer dimensions() {
        return dimensions;
    }

    /** An SPDX id, {@code LicenseRef-...}, or {@code NOASSERTION}. */
    public String licence() {
        return terms.id();
    }

    /** What the terms of that id allow and demand. */
    public Terms terms() {
        return terms;
    }

    public Status status() {
        return status;
    }

    /** Null if it has no part in the programme. */
    public @Nullable Programme programme() {
        return programme;
    }

    /** Who serves it, in order of preference; those without an address wait for yours. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Other names that mean this model. */
    public List<String> aliases() {
        return aliases;
    }

    /** SHA-256 over its data file and those of its providers, as records name it; null if it has none. */
    public @Nullable String digest() {
        return digest;
    }

    /**
     * Its data file, for what people read: notes, and the source, date and confidence of every fact. One JSON object by
     * {@code catalogue/schema/model.schema.json}; null if only its user knows the model.
     */
    public @Nullable String json() {
        return data == null ? null : JsonTree.write(data);
    }

    @Nullable
    Map<String, Object> thinking() {
        return thinking;
    }

    /** The level it thinks at when nothing is said; null if it has none or it is unknown. */
    @Nullable
    String thinkingDefault() {
        return thinkingDefault;
    }

    /** Null if it stands alone. */
    @Nullable
    Pair pair() {
        return pair;
    }

    List<Set<String>> exclusive() {
        return exclusive;
    }

    @Override
    public String toString() {
        return "ModelCard[" + id + "]";
    }
}
