package dev.gaon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of the endpoints that a user names: the quirks of their kind of server, the name of the model there. */
final class OwnEndpoints {

    private OwnEndpoints() {}

    /** The user's endpoints, joined to the models they serve. */
    static Map<String, ModelCard> joined(
            Map<String, List<Endpoint>> endpoints, Catalogue catalogue, Set<String> dialects) {
        Map<String, ModelCard> own = new HashMap<>();
        endpoints.forEach((id, given) -> {
            ModelCard known = catalogue.model(id);
            List<Endpoint> all = new ArrayList<>();
            for (Endpoint endpoint : given) {
                if (endpoint.inProcess()) {
                    GgufFile.read(endpoint.file());
                }
                Endpoint resolved = dialects.contains(endpoint.dialect()) ? endpoint : server(endpoint, catalogue);
                String wire = known == null ? null : wireName(known, resolved);
                all.add(resolved.wireModel() == null && wire != null ? resolved.withWireModel(wire) : resolved);
            }
            if (known != null) {
                all.addAll(known.endpoints());
            }
            own.put(
                    known == null ? id : known.id(),
                    known == null ? ModelCard.unknown(id, all) : known.withEndpoints(all));
        });
        return own;
    }

    /** What this kind of server calls the model, else what servers that people run themselves call it; may be null. */
    private static @Nullable String wireName(ModelCard card, Endpoint server) {
        List<Endpoint> named = card.endpoints().stream()
                .filter(endpoint -> endpoint.wireModel() != null)
                .toList();
        return named.stream()
                .filter(endpoint -> endpoint.provider().equals(server.provider()))
                .findFirst()
                .or(() -> named.stream()
                        .filter(endpoint -> endpoint.uri() == null)
                        .findFirst())
                .map(Endpoint::wireModel)
                .orElse(null);
    }

    /** A dialect may also be the name of a kind of server, whose quirks then hold. */
    static Endpoint server(Endpoint endpoint, Catalogue catalogue) {
        Provider provider = catalogue.provider(endpoint.dialect());
        if (provider == null) {
            throw new Text(
                            "모르는 dialect입니다: " + endpoint.dialect()
                                    + ". openai 또는 vllm, sglang, llama-cpp 같은 서버 이름을 쓰세요.",
                            "Unknown dialect: " + endpoint.dialect()
                                    + ". Use openai, or the name of a kind of server such as vllm, sglang, llama-cpp.")
                    .refusal();
        }
        return endpoint.withProvider(provider);
    }
}
