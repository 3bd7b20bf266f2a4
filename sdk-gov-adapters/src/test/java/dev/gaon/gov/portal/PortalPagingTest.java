package dev.gaon.gov.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaon.gov.license.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages until the portal has no more, never for ever, and on from yesterday's position. */
class PortalPagingTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T15:00:00Z");

    private static PortalServer.Answer rows(long total, int from, int to) {
        List<String> rows = IntStream.range(from, to)
                .mapToObj(i -> "{\"contentid\": \"" + i + "\", \"title\": \"곳 " + i + "\", \"cpyrhtDivCd\": \"Type1\"}")
                .toList();
        return PortalServer.json("{\"response\": {\"header\": {\"resultCode\": \"0000\"}, \"body\": {\"items\": "
                + (rows.isEmpty() ? "\"\"" : "{\"item\": [" + String.join(",", rows) + "]}") + ", \"totalCount\": "
                + total
                + "}}}");
    }

    private static PortalException fails(Portals portals, String position) {
        return catchThrowableOfType(PortalException.class, () -> portals.fetch(position));
    }

    private record Walk(List<String> ids, int pages, boolean shifted) {}

    private static Walk walk(Portals portals, String start) {
        List<String> ids = new ArrayList<>();
        int pages = 0;
        boolean shifted = false;
        for (String at = start; at != null; pages++) {
            PortalPage page = portals.fetch(at);
            page.works().stream().map(Work::id).forEach(ids::add);
            shifted |= page.shifted();
            at = page.next();
        }
        return new Walk(ids, pages, shifted);
    }

    private static Walk walk(PortalServer.Answer... answers) {
        try (PortalServer server = new PortalServer(answers);
                Portals portals =
                        Samples.builder("tourapi", server, Samples.kept()).build()) {
            Walk walk = walk(portals, portals.start("tourapi", "areas", Map.of()));
            assertThat(server.requests()).hasSize(walk.pages());
            for (int i = 0; i < walk.pages(); i++) {
                assertThat(server.requests().get(i)).contains("&pageNo=" + (i + 1) + "&");
            }
            return walk;
        }
    }

    @Test
    void theCountEndsIt() {
        Walk walk = walk(rows(5, 0, 2), rows(5, 2, 4), rows(5, 4, 5));
        assertThat(walk.ids()).hasSize(5).doesNotHaveDuplicates();
        assertThat(walk.pages()).isEqualTo(3);
        assertThat(walk.shifted()).isFalse();
    }

    @Test
    void anEmptyPageEndsItTooAndIsTold() {
        Walk walk = walk(rows(100, 0, 2), rows(100, 0, 0));
        assertThat(walk.ids()).hasSize(2);
        assertThat(walk.shifted()).isTrue();
    }

    @Test
    void aCountThatChangesIsToldAndTheLatestHolds() {
        Walk grown = walk(rows(3, 0, 2), rows(4, 2, 4));
        assertThat(grown.ids()).hasSize(4);
        assertThat(grown.shifted()).isTrue();
        Walk shrunk = walk(rows(9, 0, 2), rows(4, 2, 4));
        assertThat(shrunk.pages()).isEqualTo(2);
        assertThat(shrunk.shifted()).isTrue();
        Walk denied = walk(rows(0, 0, 2));
        assertThat(denied.ids()).hasSize(2);
        assertThat(denied.shifted()).isTrue();
    }

    @Test
    void aPortalThatGoesRoundInCirclesIsLeft() {
        try (PortalServer server =
                        new PortalServer(rows(900, 0, 2), rows(900, 2, 4), rows(900, 4, 6), rows(900, 0, 2));
                Portals portals =
                        Samples.builder("tourapi", server, Samples.kept()).build()) {
            String at = portals.start("tourapi", "areas", Map.of());
            for (int i = 0; i < 3; i++) {
                at = portals.fetch(at).next();
            }
            assertThat(fails(portals, at).kind()).isEqualTo("repeated-page");
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void pagesAreBounded() {
        try (PortalServer server = new PortalServer(rows(5, 0, 2));
                Portals portals =
                        Samples.builder("tourapi", server, Samples.kept()).build()) {
            String far = portals.start("tourapi", "areas", Map.of()).replace("\"pages\":0", "\"pages\":10000");
            assertThat(fails(portals, far).kind()).isEqualTo("too-many-pages");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"v\": 2}",
                "{\"v\":1,\"portal\":\"tourapi\",\"operation\":\"areas\",\"pages\":-1,\"rows\":0,\"recent\":[],\"calls\":0}",
                "{\"v\":1,\"portal\":\"tourapi\",\"operation\":\"areas\",\"pages\":0,\"rows\":1e99,\"recent\":[],\"calls\":0}",
                "{\"v\":1,\"portal\":\"nowhere\",\"operation\":\"areas\",\"pages\":0,\"rows\":0,\"recent\":[],\"calls\":0}",
                "{\"v\":1,\"portal\":\"tourapi\",\"operation\":\"areas\",\"parameters\":{\"x\":\"1\"},\"pages\":0,\"rows\":0,\"recent\":[],\"calls\":0}",
                "{\"v\":1,\"portal\":\"catalogue\",\"operation\":\"openapi\",\"parameters\":{\"publicDataPk\":\"../../admin\"},\"pages\":0,\"rows\":0,\"recent\":[],\"calls\":0}"
            })
    void aPositionThatNobodyGaveIsRefused(String position) {
        try (PortalServer server = new PortalServer(rows(5, 0, 2));
                Portals portals =
                        Samples.builder("tourapi", server, Samples.kept()).build()) {
            assertThat(fails(portals, position).kind()).isEqualTo("wrong-use");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theDaysCallsAreCountedAndTheNextDayGoesOn() {
        AtomicReference<Instant> now = new AtomicReference<>(Samples.NOON);
        try (PortalServer server = new PortalServer(
                rows(6, 0, 2), PortalServer.reply(503, "text/plain", ""), rows(6, 2, 4), rows(6, 4, 6))) {
            String spent;
            try (Portals portals = counted(server, now::get)) {
                String at = portals.fetch(portals.start("tourapi", "areas", Map.of()))
                        .next();
                spent = portals.fetch(at).next();
                PortalException e = fails(portals, spent);
                assertThat(e.kind()).isEqualTo("quota");
                assertThat(e.at()).isEqualTo(MIDNIGHT);
                assertThat(server.requests()).hasSize(3);
            }
            try (Portals another = counted(server, now::get)) {
                assertThat(fails(another, spent).kind()).isEqualTo("quota");
                now.set(MIDNIGHT.minusMillis(1));
                assertThat(fails(another, spent).kind()).isEqualTo("quota");
                now.set(MIDNIGHT);
                PortalPage last = another.fetch(spent);
                assertThat(last.works()).extracting(Work::id).containsExactly("tourapi:areas:4", "tourapi:areas:5");
                assertThat(last.seen()).hasToString("2026-11-23");
                assertThat(last.next()).isNull();
            }
            assertThat(server.requests()).hasSize(4);
        }
    }

    private static Portals counted(PortalServer server, InstantSource clock) {
        return Samples.builder("tourapi", server, Samples.kept())
                .quota("tourapi", 3)
                .clock(clock)
                .build();
    }

    /** Two collections of one operation share its quota. */
    @Test
    void theCountIsThatOfTheOperation() {
        try (PortalServer server = new PortalServer(rows(2, 0, 2));
                Portals portals = counted(server, () -> Samples.NOON)) {
            for (int i = 0; i < 3; i++) {
                portals.fetch(portals.start("tourapi", "areas", Map.of("areaCode", String.valueOf(i))));
            }
            assertThat(fails(portals, portals.start("tourapi", "areas", Map.of()))
                            .kind())
                    .isEqualTo("quota");
            assertThat(portals.fetch(portals.start("tourapi", "detail", Map.of("contentId", "1")))
                            .works())
                    .hasSize(2);
        }
    }

    /** After code 22 nothing is asked until midnight, whatever our own count says. */
    @Test
    void aPortalThatHasEnoughIsLeftInPeace() {
        AtomicReference<Instant> now = new AtomicReference<>(Samples.NOON);
        try (PortalServer server = new PortalServer(
                        PortalServer.json("{\"resultCode\": \"22\", \"resultMsg\": \"?\"}"), rows(2, 0, 2));
                Portals portals = Samples.builder("tourapi", server, Samples.kept())
                        .clock(now::get)
                        .build()) {
            String start = portals.start("tourapi", "areas", Map.of());
            PortalException e = fails(portals, start);
            assertThat(e.kind()).isEqualTo("quota");
            assertThat(e.code()).isEqualTo("22");
            assertThat(fails(portals, start).code()).isNull();
            try (Portals another = Samples.builder("tourapi", server, Samples.kept())
                    .clock(now::get)
                    .build()) {
                assertThat(fails(another, e.position()).kind()).isEqualTo("quota");
            }
            assertThat(server.requests()).hasSize(1);
            now.set(MIDNIGHT);
            assertThat(portals.fetch(e.position()).works()).hasSize(2);
        }
    }

    @Test
    void closingEndsAPause() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<PortalException> failure = new AtomicReference<>();
        try (PortalServer server = new PortalServer(out -> {
                    PortalServer.reply(503, "text/plain", "").write(out);
                    asked.countDown();
                });
                Portals portals = Samples.builder("tourapi", server, Samples.kept())
                        .backoff(Duration.ofSeconds(25))
                        .build()) {
            String start = portals.start("tourapi", "areas", Map.of());
            Thread reader = new Thread(() -> failure.set(fails(portals, start)));
            reader.start();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            portals.close();
            reader.join(20_000);
            assertThat(failure.get().kind()).isEqualTo("closed");
            assertThat(fails(portals, start).kind()).isEqualTo("closed");
            assertThat(server.requests()).hasSize(1);
        }
    }
}
