package dev.gaon.gov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaon.CallContext;
import dev.gaon.CallRecord;
import dev.gaon.Decision;
import dev.gaon.DeniedException;
import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.gaon.GaonParameters;
import dev.gaon.GaonResponseMetadata;
import dev.gaon.RecordSink;
import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.law.SmallPack;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real calls under rules of the test's own. */
class GovGuardTest {

    /** 2026-11-22 in Seoul, still the 21st in UTC. */
    private static final Instant MORNING = Instant.parse("2026-11-21T23:30:00Z");

    private static final String DRAFT = "T-DRAFT";
    private static final String CONSENT = "{\"in\": {\"xborderBasis\": [\"CONSENT\"]}}";
    private static final String ABROAD = "{\"all\": [{\"is\": \"personalData\"}, {\"is\": \"endpointAbroad\"}]}";
    private static final String GRADE_FITS = """
            {"any": [{"in": {"n2sfGrade": ["O"]}}, {"in": {"endpointZone": ["C"]}},
              {"all": [{"in": {"n2sfGrade": ["S"]}}, {"in": {"endpointZone": ["S", "C"]}}]}]}""";

    private static SmallPack rules() {
        return SmallPack.empty()
                .truths("isGenerative", "hiSerious", "hybridHumanAi", "personalData", "endpointAbroad", "onlyInKorea")
                .truths("logsKept", "trial", "silent")
                .choice("xborderBasis", "CONSENT", "NONE")
                .choice("n2sfGrade", "C", "S", "O")
                .choice("endpointZone", "C", "S", "O")
                .derived("highImpact", "{\"is\": \"hiSerious\"}")
                .contradiction("{\"is\": \"onlyInKorea\"}, {\"is\": \"endpointAbroad\"}")
                .rule("T-ABROAD", "2024-01-01", true, true, ABROAD, CONSENT, "")
                .rule("T-DATED", "2026-11-23", true, true, "{\"is\": \"trial\"}", "{\"is\": \"logsKept\"}", "")
                .rule(DRAFT, "2024-01-01", true, false, "{\"is\": \"isGenerative\"}", "{\"is\": \"silent\"}", "")
                .rule(
                        "T-GRADE",
                        "2024-01-01",
                        true,
                        true,
                        "{\"in\": {\"n2sfGrade\": [\"C\", \"S\", \"O\"]}}",
                        GRADE_FITS,
                        "")
                .rule(
                        "T-OPEN",
                        "2024-01-01",
                        true,
                        true,
                        "{\"is\": \"silent\"}",
                        "{\"is\": \"logsKept\"}",
                        "{\"about\": \"duty\", \"reason\": {\"ko\": \"법이 정하지 않았다.\", \"en\": \"The law is silent.\"}}")
                .rule(
                        "T-SERVICE",
                        "2024-01-01",
                        false,
                        true,
                        "{\"is\": \"isGenerative\"}",
                        "{\"is\": \"logsKept\"}",
                        "");
    }

    private static final RulePack PACK = rules().sealed();

    /** Everything settled but where the endpoint stands. */
    private static final ServiceProfile CHATBOT = ServiceProfile.of("민원 챗봇")
            .with("isGenerative", true)
            .with("hiSerious", false)
            .with("personalData", true)
            .with("xborderBasis", "NONE")
            .with("n2sfGrade", "O")
            .with("trial", true)
            .with("silent", false)
            .with("logsKept", false);

    /** A clock that a test sets. */
    private static final class Hands extends Clock {
        private volatile Instant now = MORNING;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hands clock = new Hands();
    private final ChatServer server = new ChatServer();
    private final Endpoint korea = server.endpoint().withRegion("KR");
    private final Endpoint abroad = server.endpoint().withRegion("US");
    private final RecordSink.InMemory records = RecordSink.inMemory(500);
    private final List<Gaon> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(Gaon::close);
        server.close();
    }

    private GovGuard guard(ServiceProfile profile, RulePack pack) {
        return GovGuard.builder().law(profile).pack(pack).clock(clock).build();
    }

    private GaonChatModel model(GovGuard guard, Endpoint... endpoints) {
        Gaon.Builder builder = Gaon.builder().guard(guard).records(records);
        for (Endpoint endpoint : endpoints) {
            builder.endpoint("m", endpoint);
        }
        Gaon gaon = builder.build();
        clients.add(gaon);
        return gaon.chat("m");
    }

    private GaonChatModel model(ServiceProfile profile, Endpoint... endpoints) {
        return model(guard(profile, PACK), endpoints);
    }

    private static GaonChatModel as(CallContext context, GaonChatModel model) {
        return model.with(GaonParameters.builder().context(context).build());
    }

    private static ChatResponse blocking(GaonChatModel model) {
        return model.chat(UserMessage.from("안녕"));
    }

    private static ChatResponse streamed(GaonChatModel model) throws Exception {
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        model.streaming().chat(List.of(UserMessage.from("안녕")), new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        return end.get(30, TimeUnit.SECONDS);
    }

    private static List<String> notices(ChatResponse response) {
        return ((GaonResponseMetadata) response.metadata()).notices();
    }

    private DeniedException denied(GaonChatModel model) {
        DeniedException refusal = catchThrowableOfType(DeniedException.class, () -> blocking(model));
        assertThat(refusal).isNotNull();
        assertThat(server.asked()).as("requests the server saw").isZero();
        assertThat(record().state()).isEqualTo("denied");
        assertThat(record().attempts()).isEmpty();
        return refusal;
    }

    private CallRecord record() {
        List<CallRecord> all = records.records();
        return all.get(all.size() - 1);
    }

    @Test
    void whatAReviewedRuleForbidsNeverLeaves() {
        DeniedException refusal = denied(model(CHATBOT, abroad));
        Decision decision = refusal.decision();
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
        assertThat(decision.rule()).isEqualTo("T-ABROAD");
        assertThat(decision.digest()).isEqualTo(PACK.rule("T-ABROAD").digest());
        assertThat(decision.reason(Locale.KOREAN)).contains("T-ABROAD 조항", "T-ABROAD을(를) 지켜야 한다.");
        assertThat(decision.reason(Locale.ENGLISH)).contains("article of T-ABROAD", "Keep T-ABROAD.");
        assertThat(decision.fix(Locale.KOREAN)).isEqualTo("T-ABROAD에 맞게 고치세요.");
        assertThat(decision.fix(Locale.ENGLISH)).isEqualTo("Mend it for T-ABROAD.");
        assertThat(refusal)
                .hasMessageContainingAll(
                        "T-ABROAD 조항", "T-ABROAD에 맞게 고치세요.", "article of T-ABROAD", "Mend it for T-ABROAD.");
        assertThat(record().judgements())
                .containsExactly(new CallRecord.Judgement(
                        abroad.toString(),
                        "DENY",
                        "T-ABROAD",
                        PACK.rule("T-ABROAD").digest()));
    }

    @Test
    void aStreamIsHeldBackToo() {
        GaonChatModel model = model(CHATBOT, abroad);
        assertThatThrownBy(() -> streamed(model)).hasCauseInstanceOf(DeniedException.class);
        assertThat(server.asked()).isZero();
        assertThat(record().state()).isEqualTo("denied");
    }

    @Test
    void anEmbeddingIsHeldBackToo() {
        GaonChatModel chat = model(CHATBOT, abroad);
        assertThat(catchThrowableOfType(
                        DeniedException.class,
                        () -> clients.get(0).embedding("m").embed("안녕")))
                .isNotNull();
        assertThat(chat).isNotNull();
        assertThat(server.asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsAllowedGoesOutWithItsDuties(boolean streaming) throws Exception {
        GovGuard guard = guard(CHATBOT, PACK);
        GaonChatModel model = model(guard, korea);
        ChatResponse response = streaming ? streamed(model) : blocking(model);
        assertThat(response.aiMessage().text()).isEqualTo(ChatServer.ANSWER);
        assertThat(server.asked()).isOne();
        assertThat(notices(response)).containsExactly("ai-label=인공지능 생성물", "law-advice=" + DRAFT);
        Assessment again = Assessment.of(CHATBOT.with("endpointAbroad", false), PACK, LocalDate.of(2026, 11, 22));
        assertThat(record().notes())
                .containsOnlyKeys(
                        "law.as-of",
                        "law.pack",
                        "law.assessment",
                        "law.facts",
                        "law.advice",
                        "law.notice",
                        "law.notice.sha256")
                .containsEntry("law.as-of", "2026-11-22")
                .containsEntry("law.pack", PACK.digest())
                .containsEntry("law.assessment", again.digest())
                .containsEntry("law.facts", "endpointAbroad=false")
                .containsEntry("law.advice", DRAFT)
                .containsEntry("law.notice", "notice.generative")
                .containsEntry("law.notice.sha256", sha256(guard.text(GovText.NOTICE_GENERATIVE)));
    }

    private static String sha256(BilingualText text) throws Exception {
        byte[] bytes = (text.ko() + "\n" + text.en()).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void anUndeclaredRegionAsksToBeDeclared() {
        DeniedException refusal = denied(model(CHATBOT, server.endpoint()));
        Decision decision = refusal.decision();
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.REVIEW);
        assertThat(decision.rule()).isEqualTo("T-ABROAD");
        assertThat(decision.digest()).isEqualTo(PACK.rule("T-ABROAD").digest());
        assertThat(decision.reason(Locale.KOREAN)).contains("endpointAbroad");
        assertThat(decision.reason(Locale.ENGLISH)).contains("endpointAbroad");
        assertThat(decision.fix(Locale.KOREAN)).contains("endpointAbroad인가요?", "Endpoint.withRegion");
        assertThat(decision.fix(Locale.ENGLISH)).contains("Is it endpointAbroad?", "Endpoint.withRegion");
    }

    @Test
    void oneAnswerOfManyQuestionsIsEnough() {
        ServiceProfile open = ServiceProfile.of("민원 챗봇").with("isGenerative", true);
        Decision decision = denied(model(open, korea)).decision();
        assertThat(decision.rule()).isEqualTo("T-GRADE");
        assertThat(decision.reason(Locale.KOREAN)).contains("n2sfGrade").endsWith("함께 걸리는 규칙: T-OPEN.");
        assertThat(decision.reason(Locale.ENGLISH)).endsWith("Other rules that hold it back: T-OPEN.");
        assertThat(decision.fix(Locale.ENGLISH)).contains("CallContext.withLevel");
    }

    @Test
    void whatFailsOutweighsWhatIsOpen() {
        Decision decision = denied(model(CHATBOT.without("n2sfGrade"), abroad)).decision();
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
        assertThat(decision.rule()).isEqualTo("T-ABROAD");
        assertThat(decision.reason(Locale.KOREAN)).endsWith("함께 걸리는 규칙: T-GRADE.");
    }

    @Test
    void whatTheLawLeavesOpenIsForAPerson() {
        Decision decision = denied(model(CHATBOT.with("silent", true), korea)).decision();
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.REVIEW);
        assertThat(decision.rule()).isEqualTo("T-OPEN");
        assertThat(decision.reason(Locale.KOREAN)).contains("사람이 판단", "법이 정하지 않았다.");
        assertThat(decision.reason(Locale.ENGLISH)).contains("for a person to decide", "The law is silent.");
        assertThat(decision.fix(Locale.KOREAN)).isEqualTo("T-OPEN에 맞게 고치세요.");
    }

    @Test
    void aWaivedFailGoesOutAndIsNoted() {
        RulePack waived = rules().waiver("T-ABROAD", "민원 챗봇", "2026-11-22").sealed();
        GaonChatModel model = model(guard(CHATBOT, waived), abroad);
        blocking(model);
        assertThat(record().notes()).containsEntry("law.waived", "T-ABROAD").containsEntry("law.advice", DRAFT);
        clock.now = Instant.parse("2026-11-22T15:00:00Z");
        assertThat(catchThrowableOfType(DeniedException.class, () -> blocking(model))
                        .decision()
                        .rule())
                .as("the day after its last")
                .isEqualTo("T-ABROAD");
        assertThat(server.asked()).isOne();
    }

    @Test
    void theDayChangesInSeoul() {
        GaonChatModel model = model(CHATBOT, korea);
        clock.now = Instant.parse("2026-11-22T14:59:59.999Z");
        blocking(model);
        assertThat(record().notes()).containsEntry("law.as-of", "2026-11-22");
        clock.now = Instant.parse("2026-11-22T15:00:00Z");
        DeniedException refusal = catchThrowableOfType(DeniedException.class, () -> blocking(model));
        assertThat(refusal.decision().rule()).isEqualTo("T-DATED");
        assertThat(server.asked()).isOne();
        clock.now = MORNING;
        blocking(model);
        assertThat(server.asked()).as("a clock that goes back").isEqualTo(2);
    }

    /** Midnight passes between the choice of the endpoint and the sending. */
    @Test
    void whatLeavesIsJudgedOnceMore() {
        Gaon gaon = Gaon.builder()
                .guard(guard(CHATBOT, PACK))
                .guard((endpoint, context) -> {
                    clock.now = Instant.parse("2026-11-22T15:00:00Z");
                    return Decision.allow();
                })
                .endpoint("m", korea)
                .records(records)
                .build();
        clients.add(gaon);
        assertThat(denied(gaon.chat("m")).decision().rule()).isEqualTo("T-DATED");
        assertThat(record().judgements())
                .extracting(CallRecord.Judgement::verdict)
                .containsExactly("ALLOW", "DENY");
    }

    @Test
    void anEndpointAbroadIsPassedOver() {
        try (ChatServer other = new ChatServer()) {
            GaonChatModel model = model(CHATBOT, other.endpoint().withRegion("US"), korea);
            ChatResponse response = blocking(model);
            assertThat(other.asked()).isZero();
            assertThat(((GaonResponseMetadata) response.metadata()).endpoint()).isEqualTo(korea.toString());
            assertThat(record().notes()).containsEntry("law.facts", "endpointAbroad=false");
            assertThat(record().judgements())
                    .extracting(CallRecord.Judgement::verdict)
                    .containsExactly("DENY", "ALLOW");
        }
    }

    @Test
    void theLevelOfACallIsItsGrade() {
        GaonChatModel model = model(CHATBOT.with("endpointZone", "S"), korea);
        blocking(as(CallContext.EMPTY.withLevel(new CallContext.Level(1, "S")), model));
        assertThat(record().notes()).containsEntry("law.facts", "endpointAbroad=false,n2sfGrade=S");
        GaonChatModel secret = as(CallContext.EMPTY.withLevel(new CallContext.Level(2, "C")), model);
        assertThat(catchThrowableOfType(DeniedException.class, () -> blocking(secret))
                        .decision()
                        .rule())
                .isEqualTo("T-GRADE");
        assertThat(server.asked()).isOne();
    }

    @Test
    void factsThatCannotHoldTogetherWaitForAPerson() {
        ServiceProfile home = CHATBOT.with("onlyInKorea", true);
        Decision decision = denied(model(home, abroad)).decision();
        assertThat(decision.verdict()).isEqualTo(Decision.Verdict.REVIEW);
        assertThat(decision.rule()).isEqualTo("law.facts");
        assertThat(decision.reason(Locale.KOREAN)).contains("endpointAbroad=true");
        assertThat(decision.reason(Locale.ENGLISH)).contains("endpointAbroad=true");
    }

    @Test
    void anEmbeddingIsNoAnswerToLabel() {
        GaonChatModel chat = model(CHATBOT.with("hybridHumanAi", true), korea);
        assertThat(chat).isNotNull();
        assertThat(clients.get(0).embedding("m").embed("안녕").content().dimension())
                .isEqualTo(2);
        assertThat(record().notes()).containsKey("law.assessment").doesNotContainKey("author");
    }

    @Test
    void theEmbeddedDefaultSendsNothingAbroad() {
        Gaon gaon = Gaon.builder()
                .model("embedded-extractive")
                .guard(guard(CHATBOT, PACK))
                .records(records)
                .build();
        clients.add(gaon);
        ChatResponse response = blocking(gaon.chat());
        assertThat(response.aiMessage().text()).isNotBlank();
        assertThat(notices(response)).contains("ai-label=인공지능 생성물");
        assertThat(record().state()).isEqualTo("ok");
        assertThat(record().notes()).containsEntry("law.facts", "endpointAbroad=false");
    }

    @Test
    void aGuardIsNoPolicy() {
        Gaon gaon =
                Gaon.builder().policy(guard(CHATBOT, PACK)).endpoint("m", korea).build();
        clients.add(gaon);
        assertThatThrownBy(() -> blocking(gaon.chat("m")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Gaon.Builder.guard로", "Give a GovGuard to");
        assertThat(server.asked()).isZero();
    }

    @Test
    void aHundredThreadsShareOne() throws Exception {
        GovGuard guard = guard(CHATBOT, PACK);
        GaonChatModel home = model(guard, korea);
        GaonChatModel away = model(guard, abroad);
        int threads = 100;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<List<String>>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                answers.add(pool.submit(() -> {
                    start.await();
                    assertThat(catchThrowableOfType(DeniedException.class, () -> blocking(away))
                                    .decision()
                                    .rule())
                            .isEqualTo("T-ABROAD");
                    return notices(blocking(home));
                }));
            }
            start.countDown();
            for (Future<List<String>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS))
                        .containsExactly("ai-label=인공지능 생성물", "law-advice=" + DRAFT);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(server.asked()).isEqualTo(threads);
        assertThat(records.records().stream().map(record -> record.notes().get("law.assessment")))
                .containsOnly(
                        null,
                        Assessment.of(CHATBOT.with("endpointAbroad", false), PACK, LocalDate.of(2026, 11, 22))
                                .digest());
    }

    @Test
    void aMisspeltFactIsRefusedWhenTheGuardIsMade() {
        assertThatThrownBy(() -> guard(CHATBOT.with("isGenrative", true), PACK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("isGenerative");
        assertThatThrownBy(() -> GovGuard.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("law(ServiceProfile)를 주세요", "Give it law(ServiceProfile)");
    }
}
