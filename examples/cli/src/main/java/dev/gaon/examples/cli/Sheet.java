package dev.gaon.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gaon.ModelCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model card with what its data files say to people. Immutable. */
final class Sheet {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One thing that was read, and the places of the data that it speaks for. */
    record Source(String text, String date, String confidence, List<String> places) {}

    private final ModelCard card;
    private final JsonNode model;
    private final JsonNode terms;

    Sheet(ModelCard card) {
        this.card = card;
        this.model = read(card.json());
        this.terms = read(card.terms().json());
    }

    private static JsonNode read(@Nullable String json) {
        try {
            return json == null ? MissingNode.getInstance() : JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card is no JSON", e);
        }
    }

    ModelCard card() {
        return card;
    }

    /** The data file of the model; missing for one that only its user knows. */
    JsonNode model() {
        return model;
    }

    /** The data file of its terms; missing where none explains them. */
    JsonNode terms() {
        return terms;
    }

    /** Whether it thinks before it answers; null if unknown. */
    @Nullable
    Boolean thinks() {
        if (!card.thinkingLevels().isEmpty() || model.path("thinking").isObject()) {
            return true;
        }
        return confidence(model, "/thinking").equals("?") ? null : (Boolean) false;
    }

    List<Text> notes() {
        return texts(model.path("notes"));
    }

    static List<Text> texts(JsonNode list) {
        List<Text> texts = new ArrayList<>();
        list.forEach(one -> texts.add(text(one)));
        return texts;
    }

    /** Both languages of a note; empty where there is none. */
    static Text text(JsonNode both) {
        return new Text(both.path("ko").asText(""), both.path("en").asText(""));
    }

    /** How sure a value of one of the files is: the mark of the fact that speaks for it most closely. */
    static String confidence(JsonNode file, String pointer) {
        String mark = "?";
        int longest = 0;
        for (JsonNode fact : file.path("facts")) {
            String at = fact.path("at").asText();
            if ((pointer.equals(at) || pointer.startsWith(at + "/")) && at.length() > longest) {
                longest = at.length();
                mark = fact.path("confidence").asText();
            }
        }
        return mark;
    }

    /** What was read about the model, the surest first; not what this project chose or what does not apply. */
    static List<Source> sources(JsonNode file) {
        Map<List<String>, List<String>> places = new LinkedHashMap<>();
        for (JsonNode fact : file.path("facts")) {
            String source = fact.path("source").asText();
            String mark = fact.path("confidence").asText();
            if (!source.startsWith("Gaon: ")) {
                List<String> key = mark.equals("?")
                        ? List.of("", "", "?")
                        : List.of(source, fact.path("date").asText(), mark);
                places.computeIfAbsent(key, one -> new ArrayList<>())
                        .add(fact.path("at").asText().substring(1));
            }
        }
        List<Source> sources = new ArrayList<>();
        places.forEach((key, at) ->
                sources.add(new Source(key.get(0), key.get(1), key.get(2), Collections.unmodifiableList(at))));
        sources.sort(
                (a, b) -> Integer.compare(Wording.MARKS.indexOf(a.confidence), Wording.MARKS.indexOf(b.confidence)));
        return sources;
    }
}
