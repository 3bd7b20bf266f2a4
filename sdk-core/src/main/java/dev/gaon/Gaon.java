package dev.gaon;

import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.DocumentTransformer;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.scoring.ScoringModel;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry: one client over sovereign models, inference endpoints and an embedded default.
 *
 * <p>Immutable and safe for use by many threads; make one for an application and {@link #close} it at the end. Making it
 * reads data files and sends nothing: something is sent only when a model that is served elsewhere is called.
 */
public final class Gaon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");
    private static final String EMBEDDED = "embedded-extractive";

    /** Records kept in memory when no sink is given. */
    private static final int RECENT = 64;

    private final String defaultModel;
    private final Models models;
    private final CallPath path;
    private final HttpTransport http;
    private final Dialect openAi;
    private final LlamaTransport llama;
    private final ExecutorService threads;
    private final List<ChatModelListener> listeners;
    private final @Nullable RecordSink records;
    private final CallContext context;

    private Gaon(Builder builder) {
        UnaryOperator<String> environment = builder.environment;
        this.listeners = List.copyOf(builder.listeners);
        this.context = builder.context;
        this.defaultModel = Optional.ofNullable(builder.model)
                .or(() -> Optional.ofNullable(environment.apply("GAON_MODEL")).filter(name -> !name.isBlank()))
                .orElse(EMBEDDED);
        this.openAi = new OpenAiDialect(builder.limits);
        Map<String, Dialect> dialects = new HashMap<>();
        Stream.of(openAi, ClovaDialect.v3(builder.limits), ClovaDialect.v1(builder.limits))
                .forEach(dialect -> dialects.put(dialect.name(), dialect));
        builder.dialects.forEach(dialect -> dialects.put(dialect.name(), dialect));
        Set<String> spoken = new HashSet<>(dialects.keySet());
        spoken.add(EMBEDDED);
        spoken.add(LlamaTransport.DIALECT);

        Catalogue catalogue = new Catalogue(builder.catalogue.isEmpty() ? paths(environment) : builder.catalogue);
        Map<String, Credential> found = new ConcurrentHashMap<>(builder.credentials);
        Models.Credentials credentials = endpoint -> credential(endpoint, found, environment);
        Map<String, ModelCard> servers = OwnEndpoints.joined(builder.endpoints, catalogue, spoken);
        spoken.addAll(GaonDocuments.DIALECTS.keySet());
        this.models = new Models(
                catalogue, servers, spoken, credentials, server -> ModelListing.of(server, this), builder.clock);
        if (!defaultModel.equals(EMBEDDED)) {
            models.remind(defaultModel);
        }

        DocumentReader.Reading own =
                builder.documents == null ? DocumentReader.Reading.NOTHING : DocumentReader.folder(builder.documents);
        own = builder.judge == null ? own : own.judged(builder.judge);
        own.skipped()
                .forEach(skipped -> LOG.warn(
                        "not read: {} ({})",
                        Text.printable(skipped.name(), Integer.MAX_VALUE),
                        skipped.reason().onOneLine().both()));
        EmbeddedTransport embedded = new EmbeddedTransport(new ExtractiveEngine(own, Gaon.class.getClassLoader()));
        this.http = new HttpTransport(builder.network, builder.limits, dialects, credentials::find);
        this.llama = new LlamaTransport(builder.limits);
        Router router = new Router(
                List.copyOf(builder.guards),
                builder.limits,
                endpoint -> endpoint.dialect().equals(EMBEDDED) ? embedded : endpoint.inProcess() ? llama : http);
        this.records = builder.records == null ? RecordSink.inMemory(RECENT) : builder.records;
        this.path = new CallPath(List.copyOf(builder.policies), router, records, builder.limits);
        this.threads = CallThreads.start();
    }

    /** What {@link #builder()} makes when nothing is set: bundled data, keys from the environment. */
    public static Gaon create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The builder's model, else {@code GAON_MODEL}, else the embedded default; errors as in {@link #chat(String)}. */
    public GaonChatModel chat() {
        return chat(defaultModel);
    }

    /**
     * A chat model by id or alias.
     *
     * <p>Ninety days before everybody who is known to serve it stops, a warning is logged, once for each model.
     *
     * @throws dev.langchain4j.exception.ModelNotFoundException that lists the nearest ids if there is none, or names what
     *     to use instead if its hosting has ended
     * @throws dev.langchain4j.exception.AuthenticationException that names the variable if its key is missing
     * @throws dev.langchain4j.exception.UnsupportedFeatureException that says why if it cannot be called
     */
    public GaonChatModel chat(String id) {
        ModelCard card = models.callable(models.get(id), "chat");
        GaonParameters defaults = GaonParameters.builder().modelName(card.id()).build();
        return new GaonChatModel(card, defaults, this);
    }

    /**
     * An embedding model by id or alias; errors as in {@link #chat(String)}, and for a family with one model for queries
     * and one for documents, which wants {@link #embedding(String, EmbeddingKind)}.
     *
     * <p>Texts go in requests as large as the provider takes. A text that is empty, or too long by the most generous
     * estimate, is refused before anything is sent; vectors of another length than the model's are refused too.
     */
    public EmbeddingModel embedding(String id) {
        return new GaonEmbeddingModel(models.callable(models.embedding(id, null), "embedding"), this);
    }

    /**
     * The embedding model for queries or for documents, by the id of a family that has both, for instance
     * {@code solar-embedding-2}; errors as in {@link #embedding(String)}.
     *
     * @param id of a family or a model; a model that has no counterpart takes both kinds, one that has refuses the other
     */
    public EmbeddingModel embedding(String id, EmbeddingKind kind) {
        ModelCard card = models.embedding(id, Objects.requireNonNull(kind, "kind"));
        return new GaonEmbeddingModel(models.callable(card, "embedding"), this);
    }

    /** A document model by id or alias: parses, extracts or classifies; errors as in {@link #chat(String)}. */
    public GaonDocuments documents(String id) {
        ModelCard known = models.get(id);
        return GaonDocuments.of(models.callable(known, "document"), known, this);
    }

    /**
     * A model that scores texts against a query, by id or alias; errors as in {@link #chat(String)}.
     *
     * <p>Scores come in the order of the texts, and higher is better. Their scale is the server's: NVIDIA's NIM gives
     * logits, which may be negative, others mostly 0 to 1; scores of two models cannot be compared.
     */
    public ScoringModel scoring(String id) {
        ModelCard card = models.of(id, "scoring");
        return new GaonScoringModel(
                models.offering(card, e -> Scores.of(e) != null, GaonScoringModel.refusal(card)), this);
    }

    /**
     * A model that tells whether a text is fit to be shown, by id or alias; errors as in {@link #chat(String)}.
     *
     * <p>For a chat model of native CLOVA, its filter for insults, discrimination and sexual harassment. That reads the
     * first 500 characters of what a model writes, so a text goes in pieces of at most 500 characters, each of which the
     * model is told to repeat, at the price of a chat; a piece scored 0, "most likely bad", flags the text. For other
     * servers, {@code /moderations} in OpenAI's format. A text that was not looked at whole is an error, never fit.
     *
     * <p>The response's metadata holds under {@code categories} the score of each category: of the text that was flagged,
     * else of the last one. CLOVA's scores are 0 (worst) to 2, OpenAI's 0 to 1 (worst).
     */
    public ModerationModel moderation(String id) {
        ModelCard card = models.of(id, "moderation", "chat");
        return new GaonModerationModel(
                models.offering(card, GaonModerationModel::offered, GaonModerationModel.refusal(card)), this);
    }

    /**
     * Counts the tokens of a model, by id or alias.
     *
     * <p>Where the model can be called on a server that counts (CLOVA, vLLM, llama.cpp, TGI, FriendliAI), the server is
     * asked: exact, guarded and recorded like every call; some add a token for the beginning of a text. Otherwise an
     * estimate for Korean and English that sends nothing and, on running text, is off by less than a third;
     * {@code toString()} tells which of the two it is.
     *
     * @throws dev.langchain4j.exception.ModelNotFoundException that lists the nearest ids if there is none
     */
    public TokenCountEstimator tokens(String id) {
        ModelCard card = models.get(id);
        List<Endpoint> counting = models.ready(card).stream()
                .filter(endpoint -> TokenCounts.offered(card, endpoint))
                .toList();
        return counting.isEmpty() ? TokenEstimate.OF_ANY : new TokenCounts(card.withEndpoints(counting), this);
    }

    /**
     * Splits documents where their topic changes, by a model's id or alias: {@code clova-segmentation}; errors as in
     * {@link #chat(String)}.
     *
     * <p>A document of more than 120,000 characters goes in several requests, cut at the end of a paragraph. Segments keep
     * the words and the metadata of the document and get their place in it as {@code index}, from 0.
     */
    public DocumentSplitter splitter(String id) {
        ModelCard card = models.get(id);
        return new TopicSplitter(models.offering(card, TopicSplitter::offered, TopicSplitter.refusal(card)), this);
    }

    /** All models this client knows. */
    public Models models() {
        return models;
    }

    /**
     * The records of the last calls, newest last: what {@link RecordSink#inMemory} kept, by default of 64 calls; empty if
     * another sink was given.
     */
    public List<CallRecord> recentRecords() {
        return records instanceof RecordSink.InMemory memory ? memory.records() : List.of();
    }

    /**
     * Cancels what runs, closes connections and ends threads; later calls are refused. May be called twice.
     *
     * <p>Handlers of running calls hear once that they were cancelled. Waits up to 5 s for callbacks that still run, so
     * do not call it from one.
     */
    @Override
    public void close() {
        path.close();
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        llama.close();
        http.close();
    }

    /** Another model that one call asked for; unknown names go to the endpoints of a model only its user knows. */
    ModelCard other(String name, ModelCard asked) {
        Optional<ModelCard> known = models.find(name);
        boolean ownServer =
                asked.endpoints().stream().allMatch(endpoint -> !endpoint.hosted() && !endpoint.inProcess());
        if (known.isEmpty() && ownServer) {
            return asked.withEndpoints(asked.endpoints().stream()
                    .map(endpoint -> endpoint.withWireModel(name))
                    .toList());
        }
        return known.isPresent() && known.get().id().equals(asked.id())
                ? asked
                : models.callable(models.get(name), "chat");
    }

    CallPath path() {
        return path;
    }

    HttpTransport http() {
        return http;
    }

    /** The format that services for documents answer in too, whatever dialect of that name a user gave. */
    Dialect openAi() {
        return openAi;
    }

    LlamaTransport llama() {
        return llama;
    }

    ExecutorService threads() {
        return threads;
    }

    CallContext context() {
        return context;
    }

    List<ChatModelListener> listeners() {
        return listeners;
    }

    private static List<Path> paths(UnaryOperator<String> environment) {
        List<Path> paths = new ArrayList<>();
        String value = environment.apply("GAON_CATALOGUE");
        for (String one : value == null ? new String[0] : value.split(File.pathSeparator)) {
            if (!one.isBlank()) {
                try {
                    paths.add(Path.of(one));
                } catch (InvalidPathException e) {
                    throw new Text("GAON_CATALOGUE에 경로가 아닌 것이 있습니다.", "GAON_CATALOGUE holds something that is no path.")
                            .refusal();
                }
            }
        }
        return paths;
    }

    /** Null if the endpoint takes no key or none is set. */
    private static @Nullable Credential credential(
            Endpoint endpoint, Map<String, Credential> found, UnaryOperator<String> environment) {
        Credential own = found.get(endpoint.toString());
        Credential given = own == null ? found.get(endpoint.provider()) : own;
        String variable = endpoint.keyVariable();
        if (given != null || variable == null) {
            return given;
        }
        return found.computeIfAbsent("$" + variable, name -> {
            String value = environment.apply(variable);
            return value == null || value.isBlank() ? null : Credential.named(variable, value);
        });
    }

    /** Collects what a {@link Gaon} is made of; used by one thread, may be used again. Every setting is optional. */
    public static final class Builder {

        private @Nullable String model;
        private final List<Path> catalogue = new ArrayList<>();
        private final Map<String, List<Endpoint>> endpoints = new HashMap<>();
        private final Map<String, Credential> credentials = new HashMap<>();
        private final List<Dialect> dialects = new ArrayList<>();
        private final List<Policy> policies = new ArrayList<>();
        private final List<Guard> guards = new ArrayList<>();
        private final List<ChatModelListener> listeners = new ArrayList<>();
        private CallContext context = CallContext.EMPTY;
        private @Nullable RecordSink records;
        private @Nullable Path documents;
        private @Nullable DocumentTransformer judge;
        private Limits limits = Limits.DEFAULT;
        private Network network = Network.DEFAULT;
        private UnaryOperator<String> environment = System::getenv;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** The model of {@link Gaon#chat()}; default {@code GAON_MODEL}, else the embedded one. */
        public Builder model(String id) {
            this.model = Objects.requireNonNull(id, "id");
            return this;
        }

        /** Your own provider and model files, or a folder of them; replaces {@code GAON_CATALOGUE}. */
        public Builder catalogue(Path fileOrFolder) {
            this.catalogue.add(Objects.requireNonNull(fileOrFolder, "fileOrFolder"));
            return this;
        }

        /**
         * A server or a model file of yours for a model, asked before the others; several are asked in the order given.
         *
         * @param modelId a model of the catalogue, or a name of your own
         */
        public Builder endpoint(String modelId, Endpoint endpoint) {
            this.endpoints
                    .computeIfAbsent(Objects.requireNonNull(modelId, "modelId"), id -> new ArrayList<>())
                    .add(Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }

        /**
         * The key of a provider, instead of its environment variable.
         *
         * @param provider its id, or the base address of a server of your own
         */
        public Builder credential(String provider, Credential credential) {
            boolean address = Objects.requireNonNull(provider, "provider").contains("://");
            this.credentials.put(
                    address ? Endpoint.checked(provider).toString() : provider,
                    Objects.requireNonNull(credential, "credential"));
            return this;
        }

        /** One more wire format. */
        public Builder dialect(Dialect dialect) {
            this.dialects.add(Objects.requireNonNull(dialect, "dialect"));
            return this;
        }

        /** One more policy; the first given is outermost. */
        public Builder policy(Policy policy) {
            this.policies.add(Objects.requireNonNull(policy, "policy"));
            return this;
        }

        /** One more guard; the strictest decision of all wins. */
        public Builder guard(Guard guard) {
            this.guards.add(Objects.requireNonNull(guard, "guard"));
            return this;
        }

        /** One more LangChain4j listener for the chat models. */
        public Builder listener(ChatModelListener listener) {
            this.listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * What holds for every call of this client, embeddings included; default {@link CallContext#EMPTY}. The context of
         * a model, then that of a call, refines it: fields one by one, the level only upwards.
         */
        public Builder context(CallContext context) {
            this.context = Objects.requireNonNull(context, "context");
            return this;
        }

        /** Where records go; default memory, for {@link Gaon#recentRecords()}. The sink stays yours to close. */
        public Builder records(RecordSink sink) {
            this.records = Objects.requireNonNull(sink, "sink");
            return this;
        }

        /** A folder of txt, md, html and (with PDFBox) pdf files that the embedded default reads beside its guides. */
        public Builder documents(Path folder) {
            this.documents = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Judges each document of the {@link #documents(Path) folder} before it may be quoted, once, when the client is made;
         * default: all may be. The metadata that it is given are the lines at the top of a Markdown file, {@code title}, and
         * {@code document}, the file's path. Of what it gives back, {@code source}, {@code license} and {@code attribution} are
         * shown with quotations; a document with {@code withheld}, a reason for people, is never quoted, and an answer that
         * would have quoted it names it and the reason. Null in place of a document withholds it too.
         */
        public Builder documentRule(DocumentTransformer judge) {
            this.judge = Objects.requireNonNull(judge, "judge");
            return this;
        }

        /** Deadlines and bounds; default {@link Limits#DEFAULT}. */
        public Builder limits(Limits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** Trust, client key, proxy, DNS; default {@link Network#DEFAULT}. */
        public Builder network(Network network) {
            this.network = Objects.requireNonNull(network, "network");
            return this;
        }

        /** Where environment variables are looked up: for tests. */
        Builder environment(UnaryOperator<String> lookup) {
            this.environment = lookup;
            return this;
        }

        /** What day it is: for tests. */
        Builder clock(Clock today) {
            this.clock = today;
            return this;
        }

        /**
         * Reads what was named and makes the client; sends nothing.
         *
         * @throws IllegalArgumentException if a setting, a file or a folder is wrong: the message says why and what to do
         */
        public Gaon build() {
            return new Gaon(this);
        }
    }
}
