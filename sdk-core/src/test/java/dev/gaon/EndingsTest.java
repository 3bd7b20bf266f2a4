package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.ModelNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that end: what is said in time, what is refused, and what goes on. The clock is the test's. */
class EndingsTest {

    private static final Map<String, String> KEYS = Map.of("UPSTAGE_API_KEY", "up_k", "SKT_AX_API_KEY", "k");
    private static final String REPLY = "{\"choices\":[{\"message\":{\"content\":\"예\"},\"finish_reason\":\"stop\"}]}";

    @TempDir
    Path folder;

    private static Gaon.Builder at(String instant, Map<String, String> environment) {
        return CatalogueTest.with(environment).clock(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    private static Models.Availability availability(Gaon gaon, String id) {
        return gaon.models().availability(gaon.models().get(id));
    }

    private static List<String> warnings(String id) {
        return CapturedLog.messages().stream()
                .filter(message -> message.contains("The hosting of " + id + " "))
                .toList();
    }

    @Test
    void onItsLastDayAModelIsStillCalledAndFromTheNextOnRefused() {
        try (Gaon gaon = at("2026-10-30T14:59:59Z", KEYS).build()) {
            assertThat(availability(gaon, "solar-pro2").state()).isEqualTo("ready");
            assertThat(availability(gaon, "solar-pro2").notice())
                    .contains("끝납니다(0일 남음)", "ends on 2026-10-30(Asia/Seoul) (0 days left)");
            assertThat(gaon.chat("solar-pro2").card().id()).isEqualTo("solar-pro2");
        }
        try (Gaon gaon = at("2026-10-30T15:00:00Z", KEYS).build()) {
            Models.Availability over = availability(gaon, "solar-pro2");
            assertThat(over.state()).isEqualTo("retired");
            assertThat(over.detail()).isEqualTo("2026-10-30(Asia/Seoul)");
            assertThat(over.notice()).contains("끝났습니다", "ended on");
            Throwable error = catchThrowable(() -> gaon.chat("solar-pro2"));
            assertThat(error).isInstanceOf(ModelNotFoundException.class);
            CallFailure failure = CallFailure.of(error).orElseThrow();
            assertThat(failure.kind()).isEqualTo("retired-model");
            assertThat(failure.message(Locale.KOREAN))
                    .isEqualTo("solar-pro2은(는) 2026-10-30(Asia/Seoul)에 끝나 부를 수 없습니다.");
            assertThat(failure.message(Locale.ENGLISH)).contains("solar-pro2 ended on 2026-10-30(Asia/Seoul)");
            assertThat(failure.fix(Locale.KOREAN)).contains("같은 곳의 다른 모델: ", "solar-pro4", "아무것도 보내지 않았습니다");
            assertThat(failure.fix(Locale.ENGLISH)).contains("solar-pro3, solar-pro4", "Nothing was sent");
            assertThat(failure.fix(Locale.ENGLISH)).doesNotContain("solar-embedding", "solar-1-mini");
        }
    }

    @Test
    void aDayInUtcLastsUntilNineInSeoulAndTheSuccessorIsNamed() {
        try (Gaon gaon = at("2026-12-31T23:59:59Z", KEYS).build()) {
            assertThat(gaon.embedding("embedding-query").modelName()).isEqualTo("embedding-query");
        }
        try (Gaon gaon = at("2027-01-01T00:00:00Z", KEYS).build()) {
            for (String kind : List.of("query", "passage")) {
                Throwable error = catchThrowable(() -> gaon.embedding("embedding-" + kind));
                assertThat(error)
                        .isInstanceOf(ModelNotFoundException.class)
                        .hasMessageContaining("2026-12-31(UTC)")
                        .hasMessageContaining("대신 solar-embedding-2-" + kind + "을(를) 쓰세요")
                        .hasMessageContaining("Use solar-embedding-2-" + kind + " instead");
                assertThat(gaon.models().find("solar-embedding-2-" + kind)).isPresent();
            }
        }
    }

    @Test
    void aGatewayEndsButNotTheWeights() {
        try (Gaon gaon = at("2026-11-23T14:59:59Z", KEYS).build()) {
            assertThat(availability(gaon, "a.x-k1").state()).isEqualTo("ready");
            assertThat(availability(gaon, "a.x-k1").notice()).contains("가중치를 직접 띄우고", "Serve the weights yourself");
        }
        try (Gaon gaon = at("2026-11-23T15:00:00Z", KEYS).build()) {
            assertThat(availability(gaon, "a.x-k1").state()).isEqualTo("needs-endpoint");
            assertThat(availability(gaon, "a.x-k1").detail()).isEqualTo("vllm");
            assertThat(availability(gaon, "a.x-k1").notice()).contains("ended on 2026-11-23(Asia/Seoul)");
            assertThat(availability(gaon, "a.x-k2").notice()).isNull();
            assertThat(catchThrowable(() -> gaon.chat("a.x-k1"))).hasMessageContaining("a.x-k1");
        }
    }

    @Test
    void aServerOfOnesOwnServesOnAndTheEndedOneIsNotAsked() {
        CapturedLog.clear();
        try (ReplayServer server = ReplayServer.json(200, REPLY);
                Gaon gaon = at("2030-01-01T00:00:00Z", KEYS)
                        .endpoint("solar-pro2", Endpoint.of(server.url()))
                        .endpoint("a.x-k1", Endpoint.of(server.url()).withDialect("vllm"))
                        .build()) {
            for (String id : List.of("solar-pro2", "a.x-k1")) {
                GaonChatModel chat = gaon.chat(id);
                assertThat(chat.chat("?")).isEqualTo("예");
                assertThat(chat.card().endpoints())
                        .extracting(Endpoint::toString)
                        .containsExactly(server.url());
                assertThat(availability(gaon, id).notice()).isNull();
                assertThat(warnings(id)).isEmpty();
            }
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void theWarningComesNinetyDaysBeforeOnceAModel() {
        CapturedLog.clear();
        try (Gaon gaon = at("2026-07-31T14:59:59Z", KEYS).model("solar-pro2").build()) {
            gaon.chat();
            assertThat(availability(gaon, "solar-pro2").notice()).isNull();
        }
        assertThat(warnings("solar-pro2")).isEmpty();
        try (Gaon gaon = at("2026-07-31T15:00:00Z", KEYS).build()) {
            assertThat(warnings("solar-pro2")).isEmpty();
            gaon.chat("solar-pro2");
            gaon.chat("SOLAR-PRO2");
            gaon.chat("solar-pro4");
            gaon.embedding("solar-embedding-2-query");
        }
        assertThat(warnings("solar-pro2"))
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .contains("solar-pro2의 호스팅은 2026-10-30(Asia/Seoul)에 끝납니다(90일 남음)", " / ", "(90 days left)"));
        assertThat(CapturedLog.text()).doesNotContain("hosting of solar-pro4", "hosting of solar-embedding-2");
    }

    @Test
    void theDefaultModelWarnsWhenTheClientIsMade() {
        CapturedLog.clear();
        Map<String, String> environment = Map.of("GAON_MODEL", "solar-pro2");
        try (Gaon gaon = at("2026-11-22T00:00:00Z", environment).build()) {
            assertThat(warnings("solar-pro2")).hasSize(1);
            assertThat(catchThrowable(gaon::chat)).hasMessageContaining("retired-model");
            assertThat(warnings("solar-pro2")).hasSize(1);
        }
        CapturedLog.clear();
        try (Gaon gaon = at("2026-11-22T00:00:00Z", environment)
                        .model("embedded-extractive")
                        .build();
                Gaon unknown =
                        at("2026-11-22T00:00:00Z", Map.of()).model("no-such").build()) {
            assertThat(gaon.models()).isNotSameAs(unknown.models());
        }
        assertThat(CapturedLog.text()).doesNotContain("The hosting of");
    }

    @Test
    void theEndOfAProviderIsThatOfAllItServesUnlessTheModelSaysOtherwise() throws IOException {
        Files.writeString(
                folder.resolve("all.json"),
                "{\"providers\":[{\"id\":\"hangang\",\"baseUrl\":\"https://h.example/v1\",\"status\":{\"state\":\"ending\",\"until\":\"2026-12-01\"}}],"
                        + "\"models\":[{\"id\":\"with-it\",\"endpoints\":[{\"provider\":\"hangang\",\"wireId\":\"a\"}]},"
                        + "{\"id\":\"before-it\",\"status\":{\"state\":\"retired\",\"successor\":\"with-it\"},"
                        + "\"endpoints\":[{\"provider\":\"hangang\",\"wireId\":\"b\",\"until\":\"2026-11-01\"}]}]}");
        try (Gaon gaon = at("2026-11-22T00:00:00Z", Map.of()).catalogue(folder).build()) {
            assertThat(availability(gaon, "with-it").state()).isEqualTo("ready");
            assertThat(availability(gaon, "with-it").notice()).contains("2026-12-01(Asia/Seoul)", "9 days left");
            assertThat(availability(gaon, "before-it").state()).isEqualTo("retired");
            assertThat(availability(gaon, "before-it").notice()).contains("with-it");
        }
    }

    @Test
    void theStatusOfABundledModelAgreesWithTheEndOfItsEndpoints() {
        Catalogue catalogue = new Catalogue(List.of());
        int ending = 0;
        for (ModelCard card : catalogue.models()) {
            List<LastDay> ends = card.endpoints().stream()
                    .map(Endpoint::until)
                    .filter(java.util.Objects::nonNull)
                    .toList();
            boolean said = List.of("ending", "retired").contains(card.status().state());
            assertThat(said).as(card.id()).isEqualTo(!ends.isEmpty());
            if (said) {
                ending++;
                assertThat(ends).extracting(LastDay::day).contains(card.status().date());
            }
            String successor = card.status().successor();
            assertThat(successor == null || catalogue.model(successor) != null)
                    .as(card.id())
                    .isTrue();
        }
        assertThat(ending).isGreaterThanOrEqualTo(4);
    }

    @Test
    void ofNamesLikeAnUnknownOneThoseThatEndedComeLast() {
        try (Gaon gaon = at("2026-11-22T00:00:00Z", KEYS).build()) {
            CallFailure failure = CallFailure.of(catchThrowable(() -> gaon.chat("solar-pro5")))
                    .orElseThrow();
            assertThat(failure.fix(Locale.ENGLISH)).startsWith("Nearest: solar-pro3, solar-pro4, ");
        }
        try (Gaon gaon = at("2026-10-01T00:00:00Z", KEYS).build()) {
            CallFailure failure = CallFailure.of(catchThrowable(() -> gaon.chat("solar-pro5")))
                    .orElseThrow();
            assertThat(failure.fix(Locale.ENGLISH)).startsWith("Nearest: solar-pro2, solar-pro3, solar-pro4. ");
        }
    }
}
