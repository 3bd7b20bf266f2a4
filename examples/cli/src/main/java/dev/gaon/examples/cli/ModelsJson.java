package dev.gaon.examples.cli;

import dev.gaon.Endpoint;
import dev.gaon.ModelCard;
import dev.gaon.Models;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The shape of {@code gaon models --json}. */
final class ModelsJson {

    private ModelsJson() {}

    static Map<String, Object> of(Models models, Terminal terminal) {
        return Map.of(
                "models",
                models.all().stream().map(card -> model(card, models, terminal)).toList());
    }

    private static Map<String, Object> model(ModelCard card, Models models, Terminal terminal) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", card.id());
        out.put("name", both(card.name(Locale.KOREAN), card.name(Locale.ENGLISH)));
        out.put("owner", both(card.owner(Locale.KOREAN), card.owner(Locale.ENGLISH)));
        out.put("kind", card.kind());
        out.put("contextTokens", card.contextTokens());
        out.put("outputTokens", card.outputTokens());
        out.put("input", card.input());
        out.put("thinking", card.thinkingLevels());
        out.put("tools", card.tools());
        out.put("structuredOutput", card.structuredOutput());
        out.put("licence", card.licence());
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", card.status().state());
        status.put("date", text(card.status().date()));
        out.put("status", status);
        out.put("programme", card.programme() == null ? null : programme(card.programme()));
        out.put("endpoints", card.endpoints().stream().map(ModelsJson::endpoint).toList());
        Models.Availability availability = models.availability(card);
        Map<String, Object> available = new LinkedHashMap<>();
        available.put("state", availability.state());
        available.put("detail", availability.detail());
        out.put("availability", available);
        out.put("keyPresent", keyPresent(card, terminal));
        return out;
    }

    private static Map<String, Object> programme(ModelCard.Programme programme) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("team", programme.team());
        out.put("round", programme.round());
        out.put("standing", programme.standing());
        out.put("date", text(programme.date()));
        return out;
    }

    private static Map<String, Object> endpoint(Endpoint endpoint) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("provider", endpoint.provider());
        out.put("uri", text(endpoint.uri()));
        out.put("dialect", endpoint.dialect());
        out.put("region", endpoint.region());
        out.put("wireModel", endpoint.wireModel());
        out.put("keyVariable", endpoint.keyVariable());
        return out;
    }

    /** Null if no endpoint of the model takes a key. */
    private static @Nullable Boolean keyPresent(ModelCard card, Terminal terminal) {
        List<String> variables = card.endpoints().stream()
                .map(Endpoint::keyVariable)
                .filter(Objects::nonNull)
                .toList();
        return variables.isEmpty()
                ? null
                : (Boolean) variables.stream().anyMatch(name -> terminal.environment(name) != null);
    }

    private static Map<String, Object> both(String ko, String en) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("ko", ko);
        out.put("en", en);
        return out;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
