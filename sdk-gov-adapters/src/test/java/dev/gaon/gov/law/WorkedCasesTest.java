package dev.gaon.gov.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole services as the guidelines and the casebook tell of them, and what each rule named says. */
class WorkedCasesTest {

    private static final JsonNode ALL = Cases.read("/dev/gaon/gov/law/worked-cases.json");
    private static final RulePack PACK = RulePack.bundled();

    static Stream<Arguments> cases() {
        return StreamSupport.stream(ALL.get("cases").spliterator(), false)
                .map(each -> Arguments.of(
                        each.get("id").asText() + " " + each.get("title").asText(), each));
    }

    @Test
    void thereAreAll() {
        assertThat(ALL.get("cases")).hasSize(20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void eachRuleSaysWhatIsExpected(String name, JsonNode one) {
        Assessment assessment = Assessment.of(
                Cases.profile(name, ALL.get("defaults"), one.get("facts")),
                PACK,
                LocalDate.parse(one.get("asOf").asText()));
        Map<String, String> wanted = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        one.get("expect")
                .properties()
                .forEach(verdict -> verdict.getValue().forEach(rule -> {
                    wanted.put(rule.asText(), verdict.getKey());
                    found.put(
                            rule.asText(),
                            assessment.finding(rule.asText()).verdict().word());
                }));
        assertThat(wanted).isNotEmpty();
        assertThat(found).isEqualTo(wanted);
    }
}
