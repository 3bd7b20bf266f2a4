package dev.gaon.gov.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.pack.PackFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each portal answers, as documented, over a socket: the works, their claims, the request, and the bytes kept. */
class PortalCasesTest {

    private static final LicenseAudit AUDIT = LicenseAudit.by(LicenseTerms.bundled());
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    static Stream<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        for (String portal : PortalPack.bundled().portals().keySet()) {
            for (JsonNode each : Samples.resource("/dev/gaon/gov/portal/cases/" + portal + ".json")) {
                all.add(Arguments.of(portal + ": " + each.path("name").asText(), each));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aReplyBecomesWorks(String name, JsonNode given) {
        String portal = given.path("portal").asText();
        Map<String, String> parameters = new TreeMap<>();
        given.path("parameters")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        List<EvidenceStore.Reply> kept = Samples.kept();
        String body = given.path("body").asText().replace("\"KEY\"", "\"" + Samples.KEY + "\"");
        try (PortalServer server = new PortalServer(PortalServer.reply(
                        given.path("status").asInt(), given.path("type").asText(), body));
                Portals portals = Samples.builder(portal, server, kept).build()) {
            String start = portals.start(portal, given.path("operation").asText(), parameters);
            assertThat(server.requests()).isEmpty();
            PortalPage page = portals.fetch(start);

            assertThat(server.requests())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked)
                            .contains(given.path("asked").asText())
                            .contains("User-Agent: gaon\n")
                            .doesNotContain("Cookie"));
            assertThat(page.total())
                    .isEqualTo(given.has("total") ? given.path("total").asLong() : null);
            assertThat(page.next() != null).isEqualTo(given.path("more").asBoolean());
            assertThat(page.shifted()).isEqualTo(given.path("shifted").asBoolean());
            assertThat(page.works()).hasSameSizeAs(given.path("works"));
            for (int i = 0; i < page.works().size(); i++) {
                compare(page.works().get(i), given.path("works").get(i));
            }
            evidence(page, kept, body);
            decisions(page.works(), given.path("decision"));
        }
    }

    private static void compare(Work work, JsonNode expected) {
        if (!expected.path("id").isNull()) {
            assertThat(work.id()).isEqualTo(expected.path("id").asText());
        }
        assertThat(work.title()).isEqualTo(expected.path("title").asText());
        List<String> claims = new ArrayList<>();
        expected.path("claims").forEach(each -> claims.add(each.asText()));
        assertThat(work.claims())
                .extracting(each -> each.level() + " " + each.source() + " " + each.field() + " " + each.value())
                .isEqualTo(claims);
        for (String text : List.of("author", "url", "published")) {
            if (expected.has(text)) {
                assertThat(work.toJson())
                        .contains("\"" + text + "\":\"" + expected.path(text).asText() + "\"");
            }
        }
        if (expected.has("publisher")) {
            assertThat(work.toJson())
                    .contains("\"name\":\"" + expected.path("publisher").asText() + "\"");
        }
        assertThat(work.toJson()).contains("\"collected\":\"2026-11-22\"").doesNotContain(Samples.KEY);
        for (Claim claim : work.claims()) {
            assertThat(String.valueOf(claim.extractor()).contains("repaired"))
                    .isEqualTo(expected.path("repaired").asBoolean());
        }
        assertThat(Work.parse(work.toJson()).toJson()).isEqualTo(work.toJson());
    }

    private static void evidence(PortalPage page, List<EvidenceStore.Reply> kept, String body) {
        assertThat(kept).singleElement().satisfies(reply -> {
            assertThat(reply.sha256())
                    .isEqualTo("sha256:" + PackFiles.sha256(reply.bytes()))
                    .isEqualTo(page.sha256());
            assertThat(reply.url())
                    .isEqualTo(page.url())
                    .startsWith("http://127.0.0.1:")
                    .doesNotContain("erviceKey");
            assertThat(reply.bytes()).asString().isEqualTo(body.replace(Samples.KEY, "[redacted]"));
        });
        for (Work work : page.works()) {
            for (Claim claim : work.claims()) {
                assertThat(claim.sha256()).isEqualTo(page.sha256());
                assertThat(claim.url()).isEqualTo(page.url());
                assertThat(claim.seen()).isEqualTo(DAY);
            }
        }
    }

    private static void decisions(List<Work> works, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).isNull()) {
                Work korean = works.get(i).withUserCountry("KR");
                assertThat(AUDIT.decide(korean, Purpose.TRAIN_COMMERCIAL, DAY)
                                .decision()
                                .name())
                        .as(korean.toJson())
                        .isEqualTo(expected.get(i).asText());
            }
        }
    }

    /** A portal without a case is not supported. */
    @Test
    void everyOperationHasACase() {
        Set<String> cased = new TreeSet<>();
        cases().forEach(each -> {
            JsonNode given = (JsonNode) each.get()[1];
            cased.add(given.path("portal").asText() + " "
                    + given.path("operation").asText());
        });
        Set<String> owed = new TreeSet<>();
        PortalPack.bundled()
                .portals()
                .values()
                .forEach(portal -> portal.operations().forEach(name -> owed.add(portal.id() + " " + name)));
        owed.removeAll(Set.of("khs videos", "khs voices"));
        assertThat(cased).containsAll(owed);
    }
}
