package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GaonParametersTest {

    private static final CallContext.Level OPEN = new CallContext.Level(1, "O");
    private static final CallContext.Level SENSITIVE = new CallContext.Level(2, "S");

    private static final GaonParameters ALL = GaonParameters.builder()
            .modelName("mine")
            .temperature(0.5)
            .deadline(Duration.ofSeconds(7))
            .idempotencyKey("key-1")
            .sessionKey("session-1")
            .endpoint(URI.create("http://127.0.0.1:1/v1"))
            .thinking(GaonParameters.Thinking.LOW)
            .context(CallContext.EMPTY.withProject("p").withLevel(SENSITIVE))
            .extraBody(Map.of("a", 1))
            .build();

    private static final ChatRequestParameters COMMON =
            ChatRequestParameters.builder().temperature(0.9).topP(0.1).build();

    @Test
    void keepsItsFieldsWhicheverSideItIsOnWithCommonParameters() {
        same(ALL.overrideWith(COMMON), 0.9, 0.1);
        same(ALL.defaultedBy(COMMON), 0.5, 0.1);
        same(COMMON.overrideWith(ALL), 0.5, 0.1);
        same(COMMON.defaultedBy(ALL), 0.9, 0.1);
        same(ALL.overrideWith(DefaultChatRequestParameters.EMPTY), 0.5, null);
        same(DefaultChatRequestParameters.EMPTY.overrideWith(ALL), 0.5, null);
        assertThat(ALL.overrideWith(null)).isSameAs(ALL);
        assertThat(ALL.defaultedBy(null)).isSameAs(ALL);
    }

    private static void same(ChatRequestParameters merged, Double temperature, Double topP) {
        assertThat(merged)
                .isEqualTo(GaonParameters.builder()
                        .overrideWith(ALL)
                        .temperature(temperature)
                        .topP(topP)
                        .build());
        assertThat(((GaonParameters) merged).deadline()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void mergesWithItsOwnKindFieldByField() {
        GaonParameters other = GaonParameters.builder()
                .sessionKey("session-2")
                .context(CallContext.EMPTY.withUser("u").withLevel(OPEN))
                .extraBody(Map.of("a", 2, "b", 3))
                .build();

        GaonParameters overridden = (GaonParameters) ALL.overrideWith(other);
        assertThat(overridden.sessionKey()).isEqualTo("session-2");
        assertThat(overridden.idempotencyKey()).isEqualTo("key-1");
        assertThat(overridden.extraBody()).isEqualTo(Map.of("a", 2, "b", 3));
        assertThat(overridden.context())
                .isEqualTo(CallContext.EMPTY.withProject("p").withUser("u").withLevel(SENSITIVE));
        assertThat(other.defaultedBy(ALL)).isEqualTo(overridden);

        GaonParameters defaulted = (GaonParameters) ALL.defaultedBy(other);
        assertThat(defaulted.sessionKey()).isEqualTo("session-1");
        assertThat(defaulted.extraBody()).isEqualTo(Map.of("a", 1, "b", 3));
        assertThat(defaulted.context().level()).isEqualTo(SENSITIVE);
        assertThat(other.overrideWith(ALL)).isEqualTo(defaulted);
    }

    @Test
    void aLevelIsRaisedFromWhicheverSide() {
        GaonParameters low = GaonParameters.builder()
                .context(CallContext.EMPTY.withLevel(OPEN))
                .build();
        GaonParameters high = GaonParameters.builder()
                .context(CallContext.EMPTY.withLevel(SENSITIVE))
                .build();
        for (ChatRequestParameters merged :
                List.of(low.overrideWith(high), high.overrideWith(low), low.defaultedBy(high), high.defaultedBy(low))) {
            assertThat(((GaonParameters) merged).context().level()).isEqualTo(SENSITIVE);
        }
    }

    /** Another provider's parameters: two fields and one derived fact that core does not know. */
    static final class OtherParameters extends DefaultChatRequestParameters {
        private final String serviceTier;
        private final Map<String, String> labels;

        OtherParameters(Builder<?> common, String serviceTier, Map<String, String> labels) {
            super(common);
            this.serviceTier = serviceTier;
            this.labels = labels;
        }

        public String serviceTier() {
            return serviceTier;
        }

        public Map<String, String> labels() {
            return labels;
        }

        public boolean tiered() {
            return serviceTier != null;
        }
    }

    private static DefaultChatRequestParameters.Builder<?> warm() {
        return ChatRequestParameters.builder().temperature(0.9);
    }

    @Test
    void keepsTheCommonFieldsOfAnotherProvidersParameters() {
        for (Map<String, String> unset : java.util.Arrays.asList(null, Map.<String, String>of())) {
            ChatRequestParameters other = new OtherParameters(warm(), null, unset);
            same(ALL.overrideWith(other), 0.9, null);
            same(ALL.defaultedBy(other), 0.5, null);
        }
    }

    @Test
    void refusesByNameWhatAnotherProvidersParametersAdd() {
        ChatRequestParameters tier = new OtherParameters(warm(), "fast", Map.of());
        ChatRequestParameters labels = new OtherParameters(warm(), null, Map.of("team", "a"));
        assertThatThrownBy(() -> ALL.overrideWith(tier))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining(OtherParameters.class.getName())
                .hasMessageContaining("serviceTier")
                .hasMessageNotContaining("labels")
                .hasMessageNotContaining("fast")
                .satisfies(e -> assertThat(CallFailure.of(e))
                        .get()
                        .extracting(CallFailure::kind)
                        .isEqualTo("unsupported"));
        assertThatThrownBy(() -> ALL.defaultedBy(labels))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("labels")
                .hasMessageNotContaining("serviceTier");
    }

    @Test
    void refusesThemInACallBeforeAnythingIsSent() {
        try (ScriptedServer server = new ScriptedServer();
                Gaon gaon = server.gaon().build()) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("hi"))
                    .parameters(new OtherParameters(warm(), "fast", null))
                    .build();
            GaonChatModel model = gaon.chat(ScriptedServer.MODEL);
            assertThatThrownBy(() -> model.chat(request)).isInstanceOf(UnsupportedFeatureException.class);
            assertThatThrownBy(() -> model.start(request)).isInstanceOf(UnsupportedFeatureException.class);
            assertThat(server.requests()).isEmpty();
        }
    }
}
