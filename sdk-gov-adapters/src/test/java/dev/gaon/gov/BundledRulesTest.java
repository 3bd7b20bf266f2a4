package dev.gaon.gov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gaon.Decision;
import dev.gaon.DeniedException;
import dev.gaon.Gaon;
import dev.gaon.GaonResponseMetadata;
import dev.gaon.RecordSink;
import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.Finding;
import dev.gaon.gov.law.Rule;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that come with the library advise; a ministry's sign-off makes one of them refuse. */
class BundledRulesTest {

    private static final String RULE = "KR-PI-02";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final ServiceProfile CHATBOT = ServiceProfile.of("민원 챗봇")
            .with("isGenerative", true)
            .with("hiArea", "NONE")
            .with("personalData", true)
            .with("xborderSafeguards", false);

    private final ChatServer server = new ChatServer();
    private final RecordSink.InMemory records = RecordSink.inMemory(10);

    @AfterEach
    void close() {
        server.close();
    }

    private Gaon gaon(RulePack pack) {
        GovGuard guard = GovGuard.builder()
                .law(CHATBOT)
                .pack(pack)
                .clock(Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC))
                .build();
        return Gaon.builder()
                .guard(guard)
                .records(records)
                .endpoint("m", server.endpoint().withRegion("US"))
                .build();
    }

    @Test
    void draftsAdvise() {
        List<String> advising =
                Assessment.of(CHATBOT.with("endpointAbroad", true), RulePack.bundled(), DAY).findings().stream()
                        .filter(finding -> finding.version().call())
                        .filter(finding -> List.of("fail", "needs-fact", "unknown", "review")
                                .contains(finding.verdict().word()))
                        .map(Finding::rule)
                        .map(Rule::id)
                        .toList();
        assertThat(advising).contains(RULE);
        try (Gaon gaon = gaon(RulePack.bundled())) {
            ChatResponse response = gaon.chat("m").chat(UserMessage.from("안녕"));
            assertThat(((GaonResponseMetadata) response.metadata()).notices())
                    .containsExactly("ai-label=인공지능 생성물", "law-advice=" + String.join(",", advising));
        }
        assertThat(server.asked()).isOne();
        assertThat(records.records().get(0).notes())
                .containsEntry("law.pack", RulePack.bundled().digest())
                .containsEntry("law.advice", String.join(",", advising));
    }

    @Test
    void aSignedRuleRefuses(@TempDir Path folder) throws IOException {
        Rule rule = RulePack.bundled().rule(RULE);
        Files.writeString(folder.resolve("pack.json"), """
                {"id": "our-ministry", "version": "1", "title": {"ko": "우리 부처", "en": "our ministry"}, "files": [], "digest": "-"}
                """);
        Files.writeString(folder.resolve("sign-offs.json"), """
                {"signOffs": [{"rule": "%s", "digest": "%s", "by": "홍길동", "on": "2026-11-01"}]}
                """.formatted(RULE, rule.digest()));
        RulePack.seal(folder);
        try (Gaon gaon = gaon(RulePack.bundled().with(folder))) {
            DeniedException refusal = catchThrowableOfType(
                    DeniedException.class, () -> gaon.chat("m").chat(UserMessage.from("안녕")));
            Decision decision = refusal.decision();
            assertThat(decision.verdict()).isEqualTo(Decision.Verdict.DENY);
            assertThat(decision.rule()).isEqualTo(RULE);
            assertThat(decision.digest()).isEqualTo(rule.digest());
            assertThat(decision.reason(Locale.KOREAN)).contains("개인정보 보호법 제28조의8");
            assertThat(decision.reason(Locale.ENGLISH)).contains("28-8");
            assertThat(decision.fix(Locale.KOREAN)).matches(".*[가-힣].*");
            assertThat(decision.fix(Locale.ENGLISH)).isNotBlank().doesNotContainPattern("[가-힣]");
        }
        assertThat(server.asked()).isZero();
    }
}
