package dev.gaon.gov.claim;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The front matter of a card: plain values, no tags of anyone's own, bounded in size, depth and aliases. */
final class CardYaml {

    private static final int MOST_LETTERS = 1 << 20;
    private static final int DEEPEST = 64;
    private static final int MOST_ALIASES = 50;

    private CardYaml() {}

    static CardGraph read(String yaml) {
        if (yaml.length() > MOST_LETTERS) {
            throw CardFailure.tooMuch(
                    "앞머리가 " + MOST_LETTERS + "자보다 깁니다.",
                    "The front matter is longer than " + MOST_LETTERS + " characters.");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("front matter")
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setAllowNonScalarKeys(false)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_LETTERS)
                .build();
        try {
            int depth = 0;
            for (Event each : new Parse(settings).parseString(yaml)) {
                depth += switch (each.getEventId()) {
                    case MappingStart, SequenceStart -> 1;
                    case MappingEnd, SequenceEnd -> -1;
                    default -> 0;
                };
                if (depth > DEEPEST) {
                    throw CardFailure.tooMuch(
                            "앞머리가 " + DEEPEST + "겹보다 깊습니다.",
                            "The front matter is nested more than " + DEEPEST + " deep.");
                }
            }
            Object top = new Load(settings).loadFromString(yaml);
            return CardGraph.of(top instanceof Map<?, ?> map ? map : Map.of());
        } catch (YamlEngineException e) {
            throw CardFailure.of(
                    "앞머리(---)의 YAML이 잘못되었습니다. 중복된 이름, 태그(!), 지나친 별칭(*)을 없애세요.",
                    "The YAML of the front matter (---) is wrong. Remove duplicate keys, tags (!) and too many aliases (*).",
                    e);
        }
    }
}
