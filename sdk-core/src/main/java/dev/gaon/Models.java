package dev.gaon;

import dev.langchain4j.Experimental;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.catalog.ModelType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models a {@link Gaon} knows: those of its data files and those the user added. Safe for use by many threads.
 */
public final class Models {

    /**
     * Whether a model can be called now.
     *
     * @param state {@code ready}; {@code needs-key}: set the environment variable {@code detail}; {@code needs-endpoint}:
     *     it is served where you put it, give the address; {@code waits-for-dialect}: its wire format {@code detail} is
     *     not spoken yet; {@code needs-library}: it runs in this process, add the library {@code detail}; {@code retired}:
     *     its hosting ended on the day {@code detail}; {@code no-endpoint}: nobody is known to serve it
     * @param detail as said; empty for {@code ready}
     * @param notice what to know of its end, in Korean and English: given from 90 days before everybody who is known to
     *     serve it stops; else null
     */
    public record Availability(
            String state, String detail, @Nullable String notice) {}

    private static final List<String> RANKS = List.of(
            "no-endpoint", "retired", "waits-for-dialect", "needs-endpoint", "needs-library", "needs-key", "ready");

    /**
     * A model as a server lists it.
     *
     * @param id what the server calls it: the name to give {@link Endpoint#withWireModel}; made fit to print
     * @param contextTokens tokens of question and answer together, as vLLM and Friendli tell; null where a server does not
     */
    public record Listed(String id, @Nullable Integer contextTokens) {}

    private final Catalogue catalogue;
    private final Map<String, ModelCard> own;
    private final Set<String> dialects;
    private final Credentials credentials;
    private final Listing listing;
    private final Endings endings;

    /** Whether there is a key for an endpoint. */
    interface Credentials {
        /** Null if there is none. */
        @Nullable
        Credential find(Endpoint endpoint);
    }

    /** Asks a server for its models. */
    interface Listing {
        /** What it lists; {@code server} stands for it, as a model with one endpoint. */
        List<Listed> of(ModelCard server);
    }

    Models(
            Catalogue catalogue,
            Map<String, ModelCard> own,
            Set<String> dialects,
            Credentials credentials,
            Listing listing,
            Clock clock) {
        this.listing = listing;
        this.catalogue = catalogue;
        this.own = own;
        this.dialects = dialects;
        this.credentials = credentials;
        this.endings = new Endings(clock, this::all);
    }

    /** All of them, by id. */
    public List<ModelCard> all() {
        Map<String, ModelCard> all = new TreeMap<>();
        catalogue.models().forEach(card -> all.put(card.id(), card));
        all.putAll(own);
        return List.copyOf(all.values());
    }

    /** By id or alias, letter case aside. */
    public Optional<ModelCard> find(String id) {
        ModelCard mine = own.get(id);
        if (mine == null) {
            ModelCard known = catalogue.model(id);
            mine = known == null ? null : own.getOrDefault(known.id(), known);
        }
        return Optional.ofNullable(mine);
    }

    /**
     * By id or alias.
     *
     * @throws ModelNotFoundException that lists the nearest ids if there is none
     */
    public ModelCard get(String id) {
        return find(id).orElseThrow(() -> unknown(id).toException());
    }

    private CallFailure unknown(String id) {
        Map<String, String> names = catalogue.names();
        own.keySet().forEach(name -> names.put(name, name));
        Set<String> near = new LinkedHashSet<>();
        Nearest.to(id, names.keySet(), 8).forEach(name -> near.add(names.get(name)));
        // One that has ended helps least.
        String list =
                near.stream().sorted(Comparator.comparing(this::over)).limit(3).collect(Collectors.joining(", "));
        String shown = Text.printable(id, 60);
        return CallFailure.kind("unknown-model")
                .phase("configure")
                .message("모르는 모델입니다: " + shown + ".", "Unknown model: " + shown + ".")
                .fix(
                        (list.isEmpty() ? "" : "비슷한 이름: " + list + ". ")
                                + "전체 목록은 gaon.models().all()이나 `gaon models`에 있습니다.",
                        (list.isEmpty() ? "" : "Nearest: " + list + ". ")
                                + "All are in gaon.models().all() or `gaon models`.")
                .build();
    }

    private boolean over(String id) {
        return find(id).map(card -> availability(card).state().equals("retired"))
                .orElse(false);
    }

    /**
     * The embedding model of this id, or the one of this kind where the id is that of a family with two.
     *
     * @param kind null if the caller named none
     */
    ModelCard embedding(String id, @Nullable EmbeddingKind kind) {
        Map<EmbeddingKind, ModelCard> family = new EnumMap<>(EmbeddingKind.class);
        ModelCard known = find(id).orElse(null);
        ModelCard.Pair own = known == null ? null : known.pair();
        String name = known == null ? id : own == null ? null : own.family();
        for (ModelCard card : name == null ? List.<ModelCard>of() : all()) {
            if (card.pair() != null && card.pair().family().equalsIgnoreCase(name)) {
                family.put(card.pair().kind(), card);
            }
        }
        if (known != null && (own == null || kind == null || own.kind() == kind)) {
            return known;
        }
        if (known == null && kind != null && family.containsKey(kind)) {
            return family.get(kind);
        }
        if (family.isEmpty()) {
            throw unknown(id).toException();
        }
        String both =
                String.join(", ", family.values().stream().map(ModelCard::id).toList());
        throw PlainCall.unsupported(
                        known == null && kind == null
                                ? name + "에는 질의용과 문서용 모델이 따로 있습니다: " + both + "."
                                : id + "은(는) " + kind + "용이 아닙니다. 있는 모델: " + both + ".",
                        known == null && kind == null
                                ? name + " has one model for queries and one for documents: " + both + "."
                                : id + " is not for " + kind + ". There are: " + both + ".",
                        "Gaon.embedding에 EmbeddingKind를 함께 주거나 그중 하나의 이름을 쓰세요.",
                        "Give Gaon.embedding an EmbeddingKind too, or name one of them.")
                .toException();
    }

    /** Whether it can be called now, and if not, what is missing; looks at the keys, sends nothing. */
    public Availability availability(ModelCard card) {
        Text notice = endings.notice(card);
        Can best = new Can("no-endpoint", "");
        for (Endpoint endpoint : card.endpoints()) {
            Can one = can(endpoint);
            best = RANKS.indexOf(one.state()) > RANKS.indexOf(best.state()) ? one : best;
        }
        return new Availability(
                best.state(),
                best.detail(),
                notice == null ? null : notice.onOneLine().both());
    }

    /** Whether one endpoint can be called now. */
    private record Can(String state, String detail) {}

    private Can can(Endpoint endpoint) {
        if (endings.over(endpoint)) {
            return new Can("retired", String.valueOf(endpoint.until()));
        }
        if (!dialects.contains(endpoint.dialect())) {
            return new Can("waits-for-dialect", endpoint.dialect());
        }
        if (endpoint.inProcess() && !LlamaTransport.present()) {
            return new Can("needs-library", LlamaTransport.ARTIFACT);
        }
        if (endpoint.uri() == null || (endpoint.wireModel() == null && endpoint.hosted())) {
            return new Can("needs-endpoint", endpoint.provider());
        }
        String variable = endpoint.keyVariable();
        boolean wants = endpoint.offer().keyRequired() || endpoint.offer().equals(Provider.OWN);
        if (variable != null && wants && credentials.find(endpoint) == null) {
            return new Can("needs-key", variable);
        }
        return new Can("ready", "");
    }

    /** Logs that a model which is about to be used will end, if it will; of an unknown name nothing is said here. */
    void remind(String id) {
        find(id).ifPresent(endings::tell);
    }

    /** A model by id or alias, of one of these kinds. */
    ModelCard of(String id, String kind, String... others) {
        ModelCard card = get(id);
        if (!List.of(others).contains(card.kind())) {
            require(card, kind);
        }
        return card;
    }

    private static void require(ModelCard card, String kind) {
        if (!card.serves(kind)) {
            throw CallFailure.kind("unsupported")
                    .phase("configure")
                    .message(
                            card.id() + "은(는) " + card.kind() + " 모델이라 " + kind + "에 쓸 수 없습니다.",
                            card.id() + " is a model for " + card.kind() + ", not for " + kind + ".")
                    .fix(
                            "gaon.models().all()에서 " + kind + " 모델을 고르세요.",
                            "Choose one for " + kind + " from gaon.models().all().")
                    .build()
                    .toException();
        }
    }

    /** The model with those of its endpoints that can be called; @throws what says why there is none. */
    ModelCard callable(ModelCard card, String kind) {
        require(card, kind);
        endings.tell(card);
        List<Endpoint> ready = ready(card);
        if (ready.isEmpty()) {
            throw notCallable(card, availability(card)).toException();
        }
        return card.withEndpoints(ready);
    }

    /**
     * The model with those of its endpoints that can be called and offer something beside chat.
     *
     * @param otherwise refuses a model none of whose endpoints offers it
     */
    ModelCard offering(ModelCard card, Predicate<Endpoint> offers, CallFailure otherwise) {
        List<Endpoint> all = card.endpoints().stream().filter(offers).toList();
        if (all.isEmpty()) {
            throw otherwise.toException();
        }
        endings.tell(card);
        ModelCard offering = card.withEndpoints(all);
        List<Endpoint> ready = ready(offering);
        if (ready.isEmpty()) {
            throw notCallable(card, availability(offering)).toException();
        }
        return card.withEndpoints(ready);
    }

    /** Those of its endpoints that can be called. */
    List<Endpoint> ready(ModelCard card) {
        List<Endpoint> ready = new ArrayList<>();
        for (Endpoint endpoint : card.endpoints()) {
            if (can(endpoint).state().equals("ready")) {
                ready.add(endpoint);
            }
        }
        return ready;
    }

    private CallFailure notCallable(ModelCard card, Availability why) {
        String id = card.id();
        return switch (why.state()) {
            case "needs-key" ->
                CallFailure.kind("missing-key")
                        .phase("configure")
                        .message(
                                id + "을(를) 부르려면 키가 필요합니다: 환경 변수 " + why.detail() + "가 없습니다.",
                                id + " needs a key: the environment variable " + why.detail() + " is not set.")
                        .fix(
                                why.detail() + "에 발급받은 키를 넣거나 Gaon.builder().credential(...)로 주세요. 아무것도 보내지 않았습니다.",
                                "Put your key into " + why.detail()
                                        + " or give it with Gaon.builder().credential(...). Nothing was sent.")
                        .build();
            case "needs-endpoint" ->
                CallFailure.kind("unsupported")
                        .phase("configure")
                        .message(
                                id + "은(는) 직접 띄운 서버(" + why.detail() + " 등)의 주소가 필요합니다.",
                                id + " needs the address of a server of your own (such as " + why.detail() + ").")
                        .fix(
                                "Gaon.builder().endpoint(\"" + id
                                        + "\", Endpoint.of(\"http://...:8000/v1\"))나 --endpoint로 주소를 주세요.",
                                "Give it with Gaon.builder().endpoint(\"" + id
                                        + "\", Endpoint.of(\"http://...:8000/v1\")) or --endpoint.")
                        .build();
            case "retired" -> endings.refusal(card);
            case "needs-library" ->
                CallFailure.kind("unsupported")
                        .phase("configure")
                        .message(
                                id + "은(는) 이 프로세스에서 돌지만 llama.cpp 라이브러리가 없습니다.",
                                id + " runs in this process, but the llama.cpp library is missing.")
                        .fix("의존성 " + why.detail() + "을(를) 추가하세요.", "Add the dependency " + why.detail() + ".")
                        .build();
            case "waits-for-dialect" ->
                CallFailure.kind("unsupported")
                        .phase("configure")
                        .message(
                                id + "은(는) 전송 형식 " + why.detail() + "을(를) 기다립니다. 아직 부를 수 없습니다.",
                                id + " waits for the wire format " + why.detail() + " and cannot be called yet.")
                        .fix(
                                "다른 모델을 고르거나 Gaon.builder().dialect(...)로 그 형식을 주세요.",
                                "Choose another model, or give that format with Gaon.builder().dialect(...).")
                        .build();
            default ->
                CallFailure.kind("unsupported")
                        .phase("configure")
                        .message(id + "을(를) 제공하는 곳이 알려져 있지 않습니다.", "Nobody is known to serve " + id + ".")
                        .fix(
                                "Gaon.builder().endpoint(\"" + id + "\", ...)로 서버를 주거나 다른 모델을 고르세요.",
                                "Name a server with Gaon.builder().endpoint(\"" + id
                                        + "\", ...) or choose another model.")
                        .build();
        };
    }

    /**
     * What a server says it serves now, in its order: {@code GET /models}, asked anew each time. A call like others: recorded,
     * guarded, within {@link Limits}, with their errors; policies, which speak of chats, do not see it.
     *
     * @param server a server of yours, which need not be known to this client; its key is found as for calls
     * @throws dev.langchain4j.exception.LangChain4jException whose cause is a {@link CallFailure}
     */
    public List<Listed> listed(Endpoint server) {
        Endpoint resolved = dialects.contains(server.dialect()) ? server : OwnEndpoints.server(server, catalogue);
        return asked(resolved, resolved.provider());
    }

    /**
     * The same of a provider, with its address and key.
     *
     * @param provider its id, such as {@code upstage}
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if there is no such provider, or only its user knows
     *     its address
     */
    public List<Listed> listed(String provider) {
        Provider known = catalogue.provider(provider);
        return asked(known == null ? null : Endpoint.of(known, null, null, null), provider);
    }

    private List<Listed> asked(@Nullable Endpoint server, String name) {
        if (server == null
                || server.uri() == null
                || !server.address().getScheme().startsWith("http")) {
            String shown = Text.printable(name, 60);
            throw CallFailure.kind("unsupported")
                    .phase("configure")
                    .message(
                            "모델 목록을 물을 주소를 모르는 제공자입니다: " + shown + ".",
                            "No address is known at which to ask this provider for its models: " + shown + ".")
                    .fix(
                            "이름을 확인하거나 listed(Endpoint.of(\"http://...:8000/v1\"))로 주소를 주세요.",
                            "Check the name, or give the address with listed(Endpoint.of(\"http://...:8000/v1\")).")
                    .build()
                    .toException();
        }
        // Endpoints that are called name a model; this one is asked for all.
        return listing.of(callable(ModelCard.unknown(name, List.of(server.withWireModel("*"))), "any"));
    }

    /** LangChain4j's view of the same list. */
    @Experimental
    public ModelCatalog catalog() {
        return new ModelCatalog() {
            @Override
            public List<ModelDescription> listModels() {
                return all().stream().map(Models::describe).toList();
            }

            @Override
            public ModelProvider provider() {
                return ModelProvider.OTHER;
            }
        };
    }

    private static ModelDescription describe(ModelCard card) {
        ModelType type = switch (card.kind()) {
            case "chat" -> ModelType.CHAT;
            case "embedding" -> ModelType.EMBEDDING;
            case "scoring" -> ModelType.SCORING;
            case "moderation" -> ModelType.MODERATION;
            default -> ModelType.OTHER;
        };
        return ModelDescription.builder()
                .name(card.id())
                .displayName(card.name(Locale.ROOT))
                .provider(ModelProvider.OTHER)
                .type(type)
                .maxInputTokens(card.contextTokens())
                .maxOutputTokens(card.outputTokens())
                .owner(card.owner(Locale.ROOT))
                .build();
    }
}
