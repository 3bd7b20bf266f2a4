package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
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

    static Map<String, Object> of(List<Sheet> sheets, Models models, Terminal terminal) {
        return Map.of(
                "models",
                sheets.stream().map(sheet -> model(sheet, models, terminal)).toList());
    }

    /** The shape of {@code gaon models --endpoint URL --json}. */
    static Map<String, Object> listed(Endpoint server, List<Models.Listed> listed, Models models) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("endpoint", server.toString());
        out.put(
                "models",
                listed.stream()
                        .map(one -> {
                            Map<String, Object> model = new LinkedHashMap<>();
                            model.put("id", one.id());
                            model.put("contextTokens", one.contextTokens());
                            model.put(
                                    "card",
                                    models.find(one.id()).map(ModelCard::id).orElse(null));
                            return model;
                        })
                        .toList());
        return out;
    }

    private static Map<String, Object> model(Sheet sheet, Models models, Terminal terminal) {
        ModelCard card = sheet.card();
        JsonNode data = sheet.model();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", card.id());
        out.put("name", both(card.name(Locale.KOREAN), card.name(Locale.ENGLISH)));
        out.put("owner", both(card.owner(Locale.KOREAN), card.owner(Locale.ENGLISH)));
        out.put("aliases", card.aliases());
        out.put("kind", card.kind());
        out.put("size", known(data.path("size")));
        out.put("contextTokens", card.contextTokens());
        out.put("outputTokens", card.outputTokens());
        out.put("input", card.input());
        out.put("output", known(data.at("/modalities/output")));
        out.put("dimensions", card.dimensions());
        out.put("thinking", card.thinkingLevels());
        out.put("tools", card.tools());
        out.put("structuredOutput", card.structuredOutput());
        out.put("licence", card.licence());
        out.put("terms", terms(sheet));
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", card.status().state());
        status.put("date", text(card.status().date()));
        status.put("successor", card.status().successor());
        status.put("note", known(data.at("/status/note")));
        out.put("status", status);
        out.put("programme", card.programme() == null ? null : programme(card.programme()));
        out.put("endpoints", card.endpoints().stream().map(ModelsJson::endpoint).toList());
        Models.Availability availability = models.availability(card);
        Map<String, Object> available = new LinkedHashMap<>();
        available.put("state", availability.state());
        available.put("detail", availability.detail());
        available.put("notice", notice(availability));
        out.put("availability", available);
        out.put("keyPresent", keyPresent(card, terminal));
        out.put("notes", known(data.path("notes")));
        out.put("facts", known(data.path("facts")));
        out.put("digest", card.digest());
        return out;
    }

    private static @Nullable Map<String, Object> notice(Models.Availability availability) {
        Text notice = Text.halves(availability.notice());
        return notice.isEmpty() ? null : both(notice.ko(), notice.en());
    }

    private static Map<String, Object> terms(Sheet sheet) {
        ModelCard.Terms terms = sheet.card().terms();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", terms.name());
        out.put("covers", terms.covers());
        out.put("commercial", terms.commercial());
        out.put("redistribution", terms.redistribution());
        out.put("namePrefix", terms.namePrefix());
        out.put("notice", terms.notice());
        out.put("conditions", known(sheet.terms().path("conditions")));
        out.put("note", known(sheet.model().at("/licence/note")));
        out.put("facts", known(sheet.terms().path("facts")));
        return out;
    }

    /** Null where the data says nothing. */
    private static @Nullable JsonNode known(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value;
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
