package dev.gaon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a provider's data, and that of the models it serves, say it offers. */
record ServedBy(Provider provider, Map<String, ModelCard> models, String unspoken) {

    static ServedBy of(String id, List<Transcript> transcripts) {
        Path own = Transcript.catalogue(id);
        Catalogue catalogue = new Catalogue(own == null ? List.of() : List.of(own));
        Provider provider = catalogue.provider(id);
        Map<String, ModelCard> models = new TreeMap<>();
        for (ModelCard card : catalogue.models()) {
            boolean serves = card.kind().equals("chat")
                    && card.endpoints().stream()
                            .anyMatch(endpoint -> endpoint.provider().equals(id));
            if (serves) {
                models.put(card.id(), card);
            }
        }
        for (Transcript transcript : transcripts) {
            ModelCard card = catalogue.model(transcript.told().model());
            if (card != null) {
                models.put(card.id(), card);
            }
        }
        return new ServedBy(provider, models, unspoken(provider, own));
    }

    String id() {
        return provider.id();
    }

    /** Why nothing can be said to it yet; null if its format is spoken. */
    private static String unspoken(Provider provider, Path own) {
        if (provider.baseUrl() != null && provider.baseUrl().getScheme().equals("embedded")) {
            return "it runs in this process and has no wire";
        }
        Gaon.Builder builder = Gaon.builder().environment(name -> null);
        if (own != null) {
            builder.catalogue(own);
        }
        Endpoint endpoint = Endpoint.of("http://127.0.0.1:1/v1").withDialect(provider.id());
        try (Gaon gaon = builder.endpoint("a-model-of-nobody", endpoint).build()) {
            Models.Availability can = gaon.models().availability(gaon.models().get("a-model-of-nobody"));
            return can.state().equals("waits-for-dialect") ? "it waits for the wire format " + can.detail() : null;
        }
    }

    /** Why a scenario has no transcript; null if the data give no reason. */
    String notOffered(Scenario scenario) {
        if (unspoken != null) {
            return unspoken;
        }
        List<String> asked = new ArrayList<>(models.keySet());
        return switch (scenario) {
            case TOOLS, STREAM_TOOLS ->
                models.values().stream().anyMatch(card -> Boolean.TRUE.equals(card.tools()))
                        ? null
                        : "of none of its models it is known that it calls tools: " + asked;
            case STRUCTURED ->
                provider.quirks().responseFormats().contains("json_schema")
                                || models.values().stream()
                                        .anyMatch(card -> Boolean.TRUE.equals(card.structuredOutput()))
                        ? null
                        : "neither its data nor those of its models say that it takes a JSON schema: " + asked;
            case THINKING, STREAM_THINKING ->
                models.values().stream().anyMatch(card -> card.thinkingLevels().contains("high"))
                        ? null
                        : "none of its models is known to offer thinking: " + asked;
            default -> null;
        };
    }
}
