package dev.gaon.gov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gaon.CallContext;
import dev.gaon.ChatDelta;
import dev.gaon.Decision;
import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.gaon.GaonParameters;
import dev.gaon.GaonResponseMetadata;
import dev.gaon.Guard;
import dev.gaon.Policy;
import dev.gaon.RecordSink;
import dev.gaon.gov.law.RulePack;
import dev.gaon.gov.law.ServiceProfile;
import dev.gaon.gov.law.SmallPack;
import dev.gaon.gov.text.BilingualText;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What users are told: before use, beside answers, and where people and AI answer in turn. */
class TransparencyTest {

    private static final RulePack PACK = SmallPack.empty()
            .truths("isGenerative", "hiSerious", "hybridHumanAi")
            .derived("highImpact", "{\"is\": \"hiSerious\"}")
            .sealed();
    private static final ServiceProfile CHATBOT = ServiceProfile.of("챗봇").with("isGenerative", true);

    private final ChatServer server = new ChatServer();
    private final RecordSink.InMemory records = RecordSink.inMemory(10);
    private final List<Gaon> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(Gaon::close);
        server.close();
    }

    private static GovGuard guard(ServiceProfile profile) {
        return GovGuard.builder().law(profile).pack(PACK).build();
    }

    private GaonChatModel model(GovGuard guard, Policy... policies) {
        Gaon.Builder builder = Gaon.builder().guard(guard).records(records).endpoint("m", server.endpoint());
        for (Policy policy : policies) {
            builder.policy(policy);
        }
        Gaon gaon = builder.build();
        clients.add(gaon);
        return gaon.chat("m");
    }

    private static List<String> notices(GaonChatModel model) {
        return ((GaonResponseMetadata) model.chat(UserMessage.from("안녕")).metadata()).notices();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, notice.both",
        "true, false, notice.generative",
        "true, , notice.generative",
        ", , notice.generative",
        ", true, notice.both",
        "false, true, notice.high-impact",
        "false, false, ",
        "false, , ",
    })
    void theNoticeNamesTheKindOfAi(Boolean generative, Boolean highImpact, String id) {
        ServiceProfile profile = ServiceProfile.of("s");
        profile = generative == null ? profile : profile.with("isGenerative", generative);
        profile = highImpact == null ? profile : profile.with("hiSerious", highImpact);
        GovGuard guard = guard(profile);
        List<String> told = notices(model(guard));
        assertThat(records.records().get(0).notes().get("law.notice")).isEqualTo(id);
        assertThat(told).hasSize(Boolean.FALSE.equals(generative) ? 0 : 1);
        String ko = guard.notice(Locale.KOREAN);
        String en = guard.notice(Locale.ENGLISH);
        if (id == null) {
            assertThat(ko).isNull();
            assertThat(records.records().get(0).notes()).doesNotContainKey("law.notice.sha256");
            return;
        }
        boolean generativeNamed = !id.equals("notice.high-impact");
        boolean highImpactNamed = !id.equals("notice.generative");
        assertThat(ko.contains("생성형")).isEqualTo(generativeNamed);
        assertThat(en.contains("generative")).isEqualTo(generativeNamed);
        assertThat(ko.contains("고영향")).isEqualTo(highImpactNamed);
        assertThat(en.contains("high-impact")).isEqualTo(highImpactNamed);
    }

    @ParameterizedTest
    @EnumSource(GovText.class)
    void everyTextIsThereInBothLanguages(GovText which) {
        assertThat(which.checked(which.text())).isEqualTo(which.text());
        assertThat(which.text().ko()).matches(".*[가-힣].*");
        assertThat(which.text().en()).doesNotContainPattern("[가-힣]");
    }

    @Test
    void textsOfYourOwnAreUsedAndRecorded() {
        GovGuard guard = GovGuard.builder()
                .law(CHATBOT)
                .pack(PACK)
                .text(GovText.LABEL_GENERIC, new BilingualText("AI가 쓴 글", "Written by AI"))
                .text(
                        GovText.NOTICE_GENERATIVE,
                        new BilingualText("우리 시의 생성형 AI가 답합니다.", "Generative AI of our city answers."))
                .build();
        assertThat(guard.notice(Locale.KOREAN)).isEqualTo("우리 시의 생성형 AI가 답합니다.");
        assertThat(guard.notice(Locale.ENGLISH)).isEqualTo("Generative AI of our city answers.");
        assertThat(notices(model(guard))).containsExactly("ai-label=AI가 쓴 글");
        // printf '%s\n%s' "$KO" "$EN" | sha256sum
        assertThat(records.records().get(0).notes())
                .containsEntry("law.notice", "notice.generative")
                .containsEntry("law.notice.sha256", "3e439e073758410c72209ecbced68a0bc35beac17d982d48031405f4d9087221");
    }

    @Test
    void aNoticeThatOnlySaysAiIsRefused() {
        GovGuard.Builder builder = GovGuard.builder();
        assertThatThrownBy(() -> builder.text(GovText.NOTICE_BOTH, new BilingualText("고영향 AI입니다.", "This is AI.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "notice.both", "[생성형, high-impact, generative]", "어떤 인공지능인지", "name the kind of AI");
        assertThatThrownBy(() -> builder.text(GovText.LABEL_FILE, new BilingualText(" ", "AI")))
                .hasMessageContainingAll("label.file", "비어 있습니다", "It is blank");
    }

    @Test
    void anAnswerThatBreaksOffIsMarkedInTheRecord() {
        Policy cutter = (chain, out) -> chain.proceed(chain.request(), delta -> {
            if (delta instanceof ChatDelta.Text) {
                throw new IllegalStateException("the reader went away");
            }
        });
        GaonChatModel model = model(guard(CHATBOT.with("hybridHumanAi", true)), cutter);
        assertThatThrownBy(() -> notices(model)).hasMessage("the reader went away");
        assertThat(records.records().get(0).notes()).containsEntry("author", "ai");
    }

    /** Answers in the server's place with the call of a tool, which nobody reads. */
    private static final class ToolCaller implements Guard {
        @Override
        public Decision mayServe(Endpoint endpoint, CallContext context) {
            return Decision.allow();
        }

        @Override
        public void intercept(Chain chain, Consumer<ChatDelta> out) {
            out.accept(new ChatDelta.ToolCall(0, "1", "search", "{}"));
            out.accept(new ChatDelta.Finish(FinishReason.TOOL_EXECUTION, "tool_calls"));
        }
    }

    @Test
    void theCallOfAToolIsNoAnswerToLabel() {
        Gaon gaon = Gaon.builder()
                .guard(guard(CHATBOT.with("hybridHumanAi", true)))
                .guard(new ToolCaller())
                .records(records)
                .endpoint("m", server.endpoint())
                .build();
        clients.add(gaon);
        assertThat(notices(gaon.chat("m"))).isEmpty();
        assertThat(records.records().get(0).notes()).containsKey("law.notice").doesNotContainKey("author");
    }

    @Test
    void aServiceWithoutPeopleMarksNoAuthor() {
        GaonChatModel model = model(guard(CHATBOT));
        assertThat(notices(model.with(GaonParameters.builder()
                        .context(Author.HUMAN.tag(CallContext.EMPTY))
                        .build())))
                .containsExactly("ai-label=인공지능 생성물");
        assertThat(records.records().get(0).notes()).doesNotContainKey("author");
    }

    /** The example of {@link Author}. */
    @Test
    void aPersonTakesOverAndHandsBack() {
        GovGuard guard = guard(CHATBOT.with("hybridHumanAi", true));
        GaonChatModel chat = model(guard);
        List<ChatMessage> memory = new ArrayList<>();
        List<String> screen = new ArrayList<>();

        // the AI answers
        memory.add(UserMessage.from("신청이 됐나요?"));
        var first = chat.chat(memory);
        memory.add(first.aiMessage());

        // a person takes over, and writes
        screen.add(guard.handover(Author.HUMAN, Locale.KOREAN));
        memory.add(Author.HUMAN.mark(AiMessage.from("담당자 김가온입니다. 확인해 보겠습니다.")));

        // a model only helps the person
        GaonParameters inMyName = GaonParameters.builder()
                .context(Author.HUMAN.tag(CallContext.EMPTY))
                .build();
        var helped = chat.with(inMyName).chat(UserMessage.from("쉬운 말로 바꿔 줘"));
        memory.add(Author.HUMAN.mark(helped.aiMessage()));

        // back to the AI
        screen.add(guard.handover(Author.AI, Locale.KOREAN));
        memory.add(UserMessage.from("고맙습니다"));
        memory.add(chat.chat(memory).aiMessage());

        assertThat(((GaonResponseMetadata) first.metadata()).notices())
                .containsExactly("ai-label=인공지능 생성물", "author=ai");
        assertThat(((GaonResponseMetadata) helped.metadata()).notices())
                .as("a tag removes no label")
                .containsExactly("ai-label=인공지능 생성물", "author=human");
        assertThat(records.records().stream().map(record -> record.notes().get("author")))
                .containsExactly("ai", "human", "ai");
        assertThat(screen).containsExactly("지금부터는 담당자가 직접 답변합니다.", "지금부터는 다시 생성형 인공지능이 답변합니다.");
        assertThat(guard.handover(Author.HUMAN, Locale.ENGLISH)).contains("a person");
        List<ChatMessage> stored =
                ChatMessageDeserializer.messagesFromJson(ChatMessageSerializer.messagesToJson(memory));
        assertThat(stored.stream().filter(AiMessage.class::isInstance).map(turn -> Author.of((AiMessage) turn)))
                .containsExactly(Author.AI, Author.HUMAN, Author.HUMAN, Author.AI);
    }

    @Test
    void aMarkKeepsTheOtherAttributes() {
        AiMessage turn =
                AiMessage.builder().text("답").attributes(Map.of("ticket", "7")).build();
        assertThat(Author.HUMAN.mark(turn).attributes()).isEqualTo(Map.of("ticket", "7", "author", "human"));
        assertThat(Author.of(Author.AI.mark(Author.HUMAN.mark(turn)))).isEqualTo(Author.AI);
    }

    @Test
    void aTagOfAnotherNameIsTheAis() {
        GaonChatModel model = model(guard(CHATBOT.with("hybridHumanAi", true)))
                .with(GaonParameters.builder()
                        .context(CallContext.EMPTY.withTag("author", "nobody"))
                        .build());
        assertThat(notices(model)).contains("author=ai");
    }
}
