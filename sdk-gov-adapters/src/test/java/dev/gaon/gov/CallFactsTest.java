package dev.gaon.gov;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gaon.CallContext;
import dev.gaon.Endpoint;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.law.SmallPack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a profile and a call both speak, the stricter word counts. */
class CallFactsTest {

    private static final RulePack PACK = SmallPack.empty()
            .truths("endpointAbroad")
            .choice("n2sfGrade", "C", "S", "O")
            .choice("endpointZone", "C", "S", "O")
            .sealed();
    private static final ServiceProfile NOTHING = ServiceProfile.of("s");
    private static final Endpoint SERVER = Endpoint.of("http://127.0.0.1:1/v1");

    private static CallContext.Level level(String name) {
        return name == null ? null : new CallContext.Level(0, name);
    }

    private static Object refined(String fact, Object declared, Endpoint endpoint, CallContext context) {
        ServiceProfile profile = declared instanceof Boolean truth
                ? NOTHING.with(fact, truth)
                : declared instanceof String word ? NOTHING.with(fact, word) : NOTHING;
        return CallFacts.of(endpoint, context).refine(profile, PACK).facts().get(fact);
    }

    @ParameterizedTest
    @CsvSource({
        "KR, , false",
        "kr, , false",
        "KR-11, , false",
        "KP, , true",
        "ap-northeast-2, , true",
        ", , ",
        "' ', , ",
        "KR, true, true",
        "KR, false, false",
        "US, false, true",
        ", false, false",
        ", true, true",
    })
    void abroad(String region, Boolean declared, Boolean expected) {
        assertThat(refined("endpointAbroad", declared, SERVER.withRegion(region), CallContext.EMPTY))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", S, S",
        "S, , S",
        "S, O, S",
        "S, C, C",
        "O, S, S",
        "C, O, C",
        ", secret, ",
        "O, secret, O",
    })
    void theHigherGrade(String declared, String told, String expected) {
        assertThat(refined("n2sfGrade", declared, SERVER, CallContext.EMPTY.withLevel(level(told))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", S, S",
        "S, , S",
        "S, O, O",
        "S, C, S",
        "C, S, S",
        "O, C, O",
        ", secret, ",
    })
    void theLowerZone(String declared, String told, String expected) {
        assertThat(refined("endpointZone", declared, SERVER.withHighestLevel(level(told)), CallContext.EMPTY))
                .isEqualTo(expected);
    }

    @Test
    void anEngineInThisProcessSendsNothingAbroad() {
        Endpoint file = Endpoint.of(Path.of("model.gguf"));
        assertThat(refined("endpointAbroad", null, file, CallContext.EMPTY)).isEqualTo(false);
        assertThat(refined("endpointAbroad", null, file.withRegion("US"), CallContext.EMPTY))
                .as("unless its place is declared")
                .isEqualTo(true);
    }

    @Test
    void aPackThatDoesNotKnowTheFactsIsNotAskedOfThem() {
        RulePack other = SmallPack.empty().truths("isGenerative").sealed();
        CallFacts all = CallFacts.of(
                SERVER.withRegion("US").withHighestLevel(level("O")), CallContext.EMPTY.withLevel(level("C")));
        assertThat(all.refine(NOTHING, other)).isEqualTo(NOTHING);
        assertThat(all.words()).isEqualTo("endpointAbroad=true,endpointZone=O,n2sfGrade=C");
    }
}
