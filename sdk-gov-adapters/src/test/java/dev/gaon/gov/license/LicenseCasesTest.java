package dev.gaon.gov.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case that lies beside the licence data: cells of the matrix, worked works, traps, and readings of values. */
class LicenseCasesTest {

    static Stream<Arguments> cases() {
        return Stream.of("worked", "traps")
                .flatMap(file -> StreamSupport.stream(
                                LicenseData.read("cases/" + file + ".json")
                                        .get("cases")
                                        .spliterator(),
                                false)
                        .map(each -> Arguments.of(
                                file + " " + each.get("id").asText() + " "
                                        + each.get("title").get("en").asText(),
                                each)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void eachWorkIsDecidedAsExpected(String name, JsonNode one) {
        LicenseDecision decision = LicenseData.AUDIT.decide(
                Work.parse(one.get("work").toString()),
                Purpose.of(one.get("purpose").asText()),
                LocalDate.parse(one.get("asOf").asText()));
        JsonNode wanted = one.get("expect");
        List<String> ids = new ArrayList<>(decision.licenses());
        if (decision.addition() != null) {
            ids.add(decision.addition());
        }
        assertThat(decision.decision().name())
                .as(decision.summary().en())
                .isEqualTo(wanted.get("decision").asText());
        assertThat(ids).containsExactlyInAnyOrderElementsOf(LicenseData.texts(wanted.get("license")));
        if (wanted.has("duties")) {
            assertThat(decision.duties()).containsExactlyInAnyOrderElementsOf(LicenseData.texts(wanted.get("duties")));
        }
        if (wanted.has("missing")) {
            assertThat(decision.missing())
                    .containsExactlyInAnyOrderElementsOf(LicenseData.texts(wanted.get("missing")));
        }
        assertThat(decision.notes()).containsAll(LicenseData.texts(wanted.path("notes")));
    }

    @Test
    void everyCellOfTheMatrixHolds() {
        JsonNode matrix = LicenseData.read("cases/matrix.json");
        LocalDate asOf = LocalDate.parse(matrix.get("asOf").asText());
        Map<String, String> wanted = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (JsonNode cell : matrix.get("cells")) {
            LicenseDecision decision = LicenseData.AUDIT.decide(
                    work(cell), Purpose.of(cell.get("purpose").asText()), asOf);
            String key = cell.toString();
            wanted.put(key, wanted(cell));
            found.put(
                    key,
                    decision.decision()
                            + (cell.has("missing") ? " " + new TreeSet<>(decision.missing()) : "")
                            + (cell.has("duties") ? " " + new TreeSet<>(decision.duties()) : ""));
        }
        assertThat(wanted).hasSizeGreaterThanOrEqualTo(600);
        assertThat(found).isEqualTo(wanted);
    }

    private static String wanted(JsonNode cell) {
        return cell.get("expect").asText()
                + (cell.has("missing") ? " " + new TreeSet<>(LicenseData.texts(cell.get("missing"))) : "")
                + (cell.has("duties") ? " " + new TreeSet<>(LicenseData.texts(cell.get("duties"))) : "");
    }

    private static Work work(JsonNode cell) {
        Work work = Work.of("m", "m")
                .withClaim(
                        Claim.of("item", "spdx", "license", cell.get("license").asText()));
        if (cell.has("addition")) {
            work = work.withClaim(Claim.of("item", "x", "license", "AI유형"));
        }
        for (Map.Entry<String, JsonNode> fact : cell.get("facts").properties()) {
            if (fact.getValue().isNull()) {
                continue;
            }
            boolean value = fact.getValue().booleanValue();
            if (fact.getKey().equals("domestic")) {
                work = work.withUserCountry(value ? "KR" : "US");
            } else if (Set.of("commercial", "verbatim", "trainingData").contains(fact.getKey())) {
                work = work.withUse(fact.getKey(), value);
            } else {
                work = work.withFlag(fact.getKey(), value);
            }
        }
        return work;
    }

    @Test
    void everyValueReadsAsItsTableSays() {
        Map<String, Object> wanted = new TreeMap<>();
        Map<String, Object> found = new TreeMap<>();
        for (JsonNode each : LicenseData.read("cases/readings.json").get("readings")) {
            Codes.Reading reading = LicenseData.TERMS
                    .codes()
                    .read(
                            Claim.of(
                                    "item",
                                    each.get("source").asText(),
                                    each.get("field").asText(),
                                    each.get("value").asText()),
                            LocalDate.parse(each.get("seen").asText()));
            JsonNode reads = each.get("reads");
            wanted.put(each.toString(), reads.isTextual() ? reads.asText() : new TreeSet<>(LicenseData.texts(reads)));
            found.put(
                    each.toString(),
                    reading.unknown() ? "unknown" : reading.says() ? new TreeSet<>(reading.licenses()) : "nothing");
        }
        assertThat(wanted).hasSizeGreaterThan(200);
        assertThat(found).isEqualTo(wanted);
    }
}
