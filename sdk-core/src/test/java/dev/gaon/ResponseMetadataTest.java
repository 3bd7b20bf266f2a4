package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseMetadataTest {

    @Test
    void survivesBeingRebuilt() {
        RecordSink.InMemory records = RecordSink.inMemory(1);
        try (ScriptedServer server = new ScriptedServer();
                Gaon gaon = server.gaon().records(records).build()) {
            ChatResponse response = gaon.chat(ScriptedServer.MODEL).chat(UserMessage.from("hi"));
            GaonResponseMetadata metadata = (GaonResponseMetadata) response.metadata();
            assertThat(metadata.recordId()).isEqualTo(records.records().get(0).id());
            assertThat(metadata.provider()).isEqualTo("own");
            assertThat(metadata.endpoint()).isEqualTo(server.url());
            assertThat(metadata.total()).isNotNull();

            assertThat(metadata.toBuilder().build()).isEqualTo(metadata).hasSameHashCodeAs(metadata);
            assertThat(response.toBuilder().build().metadata()).isSameAs(metadata);
            assertThat(response.toBuilder()
                            .aiMessage(AiMessage.from("masked"))
                            .build()
                            .metadata())
                    .isEqualTo(metadata);

            ChatResponseMetadata summed =
                    metadata.toBuilder().tokenUsage(new TokenUsage(1, 2)).build();
            assertThat(summed).isInstanceOf(GaonResponseMetadata.class).isNotEqualTo(metadata);
            assertThat(((GaonResponseMetadata) summed).recordId()).isEqualTo(metadata.recordId());
        }
    }

    @Test
    void citationsAndNoticesSurviveToo() {
        GaonResponseMetadata metadata = GaonResponseMetadata.gaon()
                .call("record", "provider", "endpoint", null, Duration.ZERO)
                .citations(List.of(new Citation("document", "section", "quote", "source", "license", "attribution")))
                .notices(List.of("record-not-written"))
                .build();
        ChatResponse rebuilt = ChatResponse.builder()
                .aiMessage(AiMessage.from("answer"))
                .metadata(metadata.toBuilder().id("other").build())
                .build();
        GaonResponseMetadata after = (GaonResponseMetadata) rebuilt.metadata();
        assertThat(after.citations()).isEqualTo(metadata.citations());
        assertThat(after.notices()).containsExactly("record-not-written");
        assertThat(after.id()).isEqualTo("other");
    }
}
