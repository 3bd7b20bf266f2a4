package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many wires, one meaning: each provider is asked the same scenarios through the public API and answers with the bytes of
 * its transcripts, in every odd chunking; request and answer are compared whole.
 *
 * <p>A provider that speaks a known dialect joins with a folder of transcripts, and no line here. What it lacks is skipped
 * for a reason that stands in its data, or it fails.
 */
class ProviderContractTest {

    /** Providers of the catalogue and those that only these transcripts know. */
    private static Set<String> providers() {
        Set<String> all = new TreeSet<>(Transcript.providers());
        CatalogueTest.providerFiles()
                .forEach(file -> all.add(file.root().get("id").textValue()));
        return all;
    }

    @TestFactory
    Stream<DynamicContainer> everyProvider() {
        return providers().stream().map(provider -> dynamicContainer(provider, scenarios(provider)));
    }

    private static List<DynamicNode> scenarios(String provider) {
        List<Transcript> transcripts = Transcript.of(provider);
        ServedBy served = ServedBy.of(provider, transcripts);
        List<DynamicNode> nodes = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            List<Transcript> told = transcripts.stream()
                    .filter(one -> one.scenario() == scenario)
                    .toList();
            told.forEach(one -> nodes.add(played(one, served)));
            if (told.isEmpty()) {
                nodes.add(skipped(scenario, served));
            }
        }
        return nodes;
    }

    private static DynamicTest played(Transcript transcript, ServedBy served) {
        return dynamicTest(transcript.name(), () -> {
            String unspoken = transcript.told().endpoint() == null ? served.unspoken() : null;
            Assumptions.assumeTrue(unspoken == null, () -> transcript + ": " + unspoken);
            try (PlayedTranscript play = new PlayedTranscript(transcript, served.provider())) {
                for (Chunking chunking : Chunking.values()) {
                    play.whole(chunking);
                }
                if (transcript.streamed() && !transcript.recorded()) {
                    play.brokenOffAfterEachEvent();
                }
            }
        });
    }

    private static DynamicTest skipped(Scenario scenario, ServedBy served) {
        return dynamicTest(scenario + " (not offered)", () -> {
            String reason = served.notOffered(scenario);
            assertThat(reason)
                    .as("why there is no transcript of " + scenario + " for " + served.id())
                    .isNotNull();
            Assumptions.abort(served.id() + ": " + reason);
        });
    }

    @Test
    void everyTranscriptSaysWhereItIsFrom() {
        int documented = 0;
        int recorded = 0;
        for (String provider : Transcript.providers()) {
            for (Transcript one : Transcript.of(provider)) {
                Transcript.Told told = one.told();
                assertThat(told.mark()).as(one.toString()).isIn("documented", "recorded");
                assertThat(told.source()).as(one.toString()).isNotBlank();
                assertThat(one.recorded())
                        .as(one.toString())
                        .isEqualTo(told.mark().equals("recorded"));
                assertThat(told.sees() == null).as(one + " sees or fails").isNotEqualTo(told.fails() == null);
                assertThat(one.name()).as(one + " begins with its scenario").startsWith(told.scenario());
                documented += one.recorded() ? 0 : 1;
                recorded += one.recorded() ? 1 : 0;
            }
        }
        assertThat(documented).isGreaterThan(100);
        assertThat(recorded).isGreaterThan(5);
    }

    /** Different providers must differ on the wire, or a copied transcript would prove nothing. */
    @Test
    void noTwoProvidersHaveTheSameBytes() {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String provider : Transcript.providers()) {
            for (Transcript one : Transcript.of(provider)) {
                String before = seen.put(Digests.sha256(one.reply()), one.toString());
                assertThat(before).as(one + " has the bytes of another").isNull();
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    /** Proof that the suite can fail: one value of a good transcript is made wrong, and only that is seen. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "upstage/stream | /sees/text | '다른 말'",
                "upstage/stream | /sees/finish | 'LENGTH'",
                "upstage/stream | /sees/usage | [1,2,3]",
                "upstage/stream | /sees/id | 'another'",
                "upstage/stream | /sees/model | 'another'",
                "upstage/stream | /sees/thinking | '생각'",
                "upstage/stream | /path | '/v1/solar/chat/completions'",
                "upstage/stream | /request/stream | false",
                "upstage/stream | /request/model | 'another'",
                "upstage/stream | /request/user | 'one field more'",
                "upstage/stream-thinking | /sees/thinking | null",
                "upstage/stream-tools | /sees/toolCalls | []",
                "upstage/stream-tools | /sees/toolCalls | [{'id':'call_77ab','name':'get_weather','arguments':{'city':'서울'}}]",
                "upstage/stream-tools | /sees/toolCalls | [{'id':'another','name':'get_weather','arguments':{'city':'부산'}}]",
                "vllm/stream-error | /fails/kind | 'rate-limited'",
                "vllm/stream-error | /fails/exception | 'RateLimitException'",
                "vllm/stream-error | /fails/code | '501'",
                "vllm/stream-error | /fails/partialText | ''",
                "vllm/stream-error | /fails/says | 'something else'",
                "upstage/error-429 | /fails/retryAfter | 8",
            })
    void aWrongTranscriptFails(String name, String pointer, String value) throws Exception {
        String[] path = name.split("/");
        List<Transcript> all = Transcript.of(path[0]);
        Transcript good = all.stream()
                .filter(one -> one.name().equals(path[1]))
                .findFirst()
                .orElseThrow();
        Provider provider = ServedBy.of(path[0], all).provider();
        try (PlayedTranscript play = new PlayedTranscript(good, provider)) {
            play.whole(Chunking.WHOLE);
        }
        Transcript bad = good.changed(pointer, Transcript.JSON.readTree(value.replace("'", "\"")));
        assertThatThrownBy(() -> {
                    try (PlayedTranscript play = new PlayedTranscript(bad, provider)) {
                        play.whole(Chunking.WHOLE);
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    /** The same scenario means the same, whichever provider answers: no scenario is known to a single one only. */
    @Test
    void everyScenarioIsPlayedByManyProviders() {
        Map<Scenario, Set<String>> players = new TreeMap<>();
        for (String provider : Transcript.providers()) {
            Transcript.of(provider)
                    .forEach(one -> players.computeIfAbsent(one.scenario(), any -> new TreeSet<>())
                            .add(provider));
        }
        assertThat(players.keySet()).containsExactly(Scenario.values());
        players.forEach((scenario, by) -> assertThat(by)
                .as(scenario.toString())
                .hasSizeGreaterThan(5)
                .anyMatch(provider -> Transcript.catalogue(provider) != null));
    }

    /** A provider that only its data file and its transcripts know plays every scenario: no Java speaks of it. */
    @Test
    void aProviderJoinsWithoutALineOfJava() throws IOException {
        List<String> joined = Transcript.providers().stream()
                .filter(provider -> Transcript.catalogue(provider) != null)
                .toList();
        assertThat(joined).isNotEmpty();
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).hasSizeGreaterThan(100);
            for (Path source : java) {
                assertThat(Files.readString(source).toLowerCase(Locale.ROOT))
                        .as(source.toString())
                        .doesNotContain(joined);
            }
        }
    }
}
