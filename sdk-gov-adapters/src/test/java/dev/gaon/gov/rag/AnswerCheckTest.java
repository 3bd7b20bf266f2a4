package dev.gaon.gov.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.ChatCall;
import dev.gaon.ChatDelta;
import dev.gaon.DeniedException;
import dev.gaon.Gaon;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Work;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailException;
import dev.langchain4j.guardrail.OutputGuardrailRequest;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.service.AiServices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be shown of an answer, and which sources it must show. */
class AnswerCheckTest {

    private static final String LONG = new KoreanCorpus(42).text(2_000);
    private static final String FREE = new KoreanCorpus(43).text(2_000);
    private static final Work REPORT = Library.work("report", "해마다 보고서", "LicenseRef-KOGL-1");
    private static final SimilarityCheck WORKS = SimilarityCheck.builder()
            .work(REPORT, LONG)
            .work(Library.work("open", "열린 자료집", "LicenseRef-KOGL-0"), FREE)
            .work(Library.work("forest"), Library.FOREST)
            .work(Library.work("photo"), Library.PHOTO)
            .build();
    private static final QuoteGuard GUARD = Library.guard().build();
    private static final AnswerCheck CHECK = AnswerCheck.of(GUARD, WORKS);
    private static final String SOURCE = "출처 - [산림청], [도시숲 효과 조사(https://www.forest.go.kr/forest)]";

    interface Assistant {
        String ask(String question);
    }

    /** How a guardrail of a user's own looks. */
    private static final class Sources implements OutputGuardrail {
        @Override
        public OutputGuardrailResult validate(OutputGuardrailRequest request) {
            CheckedAnswer checked = CHECK.check(
                    request.responseFromLLM().aiMessage().text(),
                    request.requestParams().augmentationResult().contents());
            return checked.admitted() ? successWith(checked.text()) : fatal(checked.text());
        }
    }

    private static String ask(String modelSays) {
        try (AnswerServer server = new AnswerServer(modelSays);
                Gaon gaon = Gaon.builder().endpoint("own", server.endpoint()).build()) {
            return AiServices.builder(Assistant.class)
                    .chatModel(gaon.chat("own"))
                    .retrievalAugmentor(DefaultRetrievalAugmentor.builder()
                            .contentRetriever(Library.retriever())
                            .contentAggregator(GUARD)
                            .contentInjector(GUARD.injector())
                            .build())
                    .outputGuardrails(new Sources())
                    .build()
                    .ask("도시숲은 기온을 얼마나 낮추나요?");
        }
    }

    @Test
    void anAnswerShowsTheSourcesItMarksOrRepeatsOnce() {
        String quote = Library.FOREST.substring(0, 60);
        assertThat(ask("조사에 따르면 " + quote + "입니다. 또한 " + quote))
                .endsWith(SOURCE)
                .containsOnlyOnce("출처 - ");
        assertThat(ask("나무가 있으면 시원합니다.")).isEqualTo("나무가 있으면 시원합니다.");
        List<Content> given = GUARD.aggregate(
                java.util.Map.of(Query.from("q"), List.of(Library.retriever().retrieve(Query.from("도시숲 기온")))));
        int forest = 1
                + given.stream().map(each -> each.textSegment().text()).toList().indexOf(Library.FOREST);
        CheckedAnswer marked = CHECK.check("시원해집니다. [자료 " + forest + "] 정말입니다. [" + forest + "] [99]", given);
        assertThat(marked.outcome()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThat(marked.sources()).hasSize(1);
        assertThat(marked.text()).endsWith(SOURCE);
        assertThat(CHECK.check(marked.text(), given).text()).isEqualTo(marked.text());
    }

    @Test
    void anAnswerThatIsTheWorkIsHeldBack() {
        String copy = LONG.substring(0, 400);
        CheckedAnswer checked = CHECK.check(copy, List.of());
        assertThat(checked.outcome()).isEqualTo(Outcome.DENY);
        assertThat(checked.text()).contains("'해마다 보고서'", " / ").doesNotContain(copy.substring(0, 20));
        assertThat(checked.reasons()).hasSize(1);
        assertThat(CHECK.check(LONG.substring(0, 130), List.of()).outcome()).isEqualTo(Outcome.ALLOW_WITH_DUTIES);
        assertThatThrownBy(() -> ask(copy))
                .isInstanceOf(OutputGuardrailException.class)
                .hasMessageContaining("'해마다 보고서'");
    }

    @Test
    void theLicenceOfTheWorkDecides() {
        assertThat(CHECK.check(FREE.substring(0, 600), List.of()).outcome()).isEqualTo(Outcome.ALLOW);
        CheckedAnswer photo = CHECK.check(Library.PHOTO, List.of());
        assertThat(photo.outcome()).isEqualTo(Outcome.DENY);
        assertThat(photo.text()).contains("'도시숲 사진집'").doesNotContain("작가의 해설");
        assertThat(CHECK.check("안녕하세요", List.of()).text()).isEqualTo("안녕하세요");
        assertThat(CHECK.check("ab".repeat(2_500_000), List.of()).outcome()).isEqualTo(Outcome.REVIEW);
    }

    @Test
    void aStreamEndsBeforeItIsTooClose() {
        String copy = LONG.substring(0, 700);
        try (AnswerServer server = new AnswerServer(copy);
                Gaon gaon = Gaon.builder()
                        .endpoint("own", server.endpoint())
                        .policy(CHECK.policy())
                        .build()) {
            StringBuilder shown = new StringBuilder();
            assertThatThrownBy(() -> {
                        try (ChatCall call = gaon.chat("own").start(request())) {
                            for (ChatDelta each : call) {
                                if (each instanceof ChatDelta.Text text) {
                                    shown.append(text.text());
                                }
                            }
                        }
                    })
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("'해마다 보고서'")
                    .satisfies(e ->
                            assertThat(((DeniedException) e).decision().rule()).isEqualTo(AnswerCheck.RULE));
            assertThat(PlainLetters.of(shown)).hasSizeBetween(100, 121);
            assertThat(gaon.recentRecords().get(0).toJson())
                    .contains("\"denied\"", "report")
                    .doesNotContain(copy.substring(0, 12));
            assertThatThrownBy(() -> gaon.chat("own").chat(request())).isInstanceOf(DeniedException.class);
        }
    }

    @Test
    void aStreamShowsItsSourcesAtTheEnd() {
        String answer = "조사에 따르면 " + Library.FOREST.substring(0, 60) + "라고 합니다.";
        try (AnswerServer server = new AnswerServer(answer);
                Gaon gaon = Gaon.builder()
                        .endpoint("own", server.endpoint())
                        .policy(CHECK.policy())
                        .build()) {
            assertThat(gaon.chat("own").chat(request()).aiMessage().text()).isEqualTo(answer + "\n\n" + SOURCE);
            StringBuilder streamed = new StringBuilder();
            try (ChatCall call = gaon.chat("own").start(request())) {
                for (ChatDelta each : call) {
                    streamed.append(each instanceof ChatDelta.Text text ? text.text() : "");
                }
            }
            assertThat(streamed.toString()).isEqualTo(answer + "\n\n" + SOURCE);
        }
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(UserMessage.from("도시숲?")).build();
    }
}
