package dev.gaon.gov.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The usual wordings and the source types of generative AI, from {@code wording.json}. */
final class Wording {

    private static final JsonNode DATA = resource("wording.json");

    /** As a word of its own in Latin letters, where "paid" and "AIM" are none. */
    private static final Pattern AI = Pattern.compile(
            "인공지능|에이아이|人工智能|人工知能|(?i:artificial intelligence)|(?<![A-Za-z])(?:AI|A\\.I\\.)(?![A-Za-z])");

    private Wording() {}

    static JsonNode resource(String name) {
        try (InputStream in = Wording.class.getResourceAsStream(name)) {
            return Statement.JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BilingualText bilingual(JsonNode node) {
        return new BilingualText(node.path("ko").asText(), node.path("en").asText());
    }

    /** The usual wording for {@code notice}, or for a kind of media. */
    static BilingualText usual(String use) {
        JsonNode texts = DATA.path("texts");
        return bilingual(texts.has(use) ? texts.path(use) : texts.path("generic"));
    }

    private static List<String> usual() {
        List<String> all = new ArrayList<>();
        DATA.path("texts").properties().forEach(entry -> {
            if (!entry.getKey().equals("notice")) {
                all.addAll(shapes(bilingual(entry.getValue())));
            }
        });
        return all;
    }

    /** The wordings that count as a mark: the usual ones, and the one that the caller chose. */
    static List<String> known(AiLabel label) {
        List<String> all = usual();
        BilingualText own = label.ownText();
        if (own != null) {
            all.addAll(shapes(own));
        }
        return all;
    }

    /** Both languages in a line, then each alone; what is empty is left out. */
    static List<String> shapes(BilingualText text) {
        return List.of(joined(text), text.ko(), text.en()).stream()
                .filter(shape -> !shape.isEmpty())
                .distinct()
                .toList();
    }

    static String joined(BilingualText text) {
        return text.ko().isEmpty() ? text.en() : text.en().isEmpty() ? text.ko() : text.both();
    }

    /** Whether people learn from it that AI is meant; no law prescribes more. */
    static boolean namesAi(String text) {
        return AI.matcher(text).find();
    }

    static String sourceType(String media) {
        return DATA.path("sourceTypes")
                .path(media.equals("data") ? "data" : "media")
                .asText();
    }

    static boolean isAiSource(String uri) {
        for (JsonNode each : DATA.path("aiSources")) {
            if (each.asText().equals(uri.strip().replaceFirst("^https:", "http:"))) {
                return true;
            }
        }
        return false;
    }
}
