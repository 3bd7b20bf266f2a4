package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Vectors of a model file in this process. */
@ExtendWith(TinyModel.class)
class LlamaEmbeddingTest extends HostileCase {

    private EmbeddingModel tiny() {
        return gaon(builder -> builder, Endpoint.of(TinyModel.FILE)).embedding("m");
    }

    @Test
    void aTextHasOneVectorAndTokensAreCounted() {
        Response<Embedding> response = tiny().embed("가온은 한가운데라는 뜻이에요.");

        assertThat(response.content().dimension()).isEqualTo(TinyModel.DIMENSIONS);
        assertThat(response.tokenUsage().inputTokenCount()).isBetween(3, 60);
        float length = 0;
        for (float number : response.content().vector()) {
            length += number * number;
        }
        assertThat(length).isCloseTo(1f, within(1e-3f));
        recorded("ok", null);
        assertThat(record().endpoint()).isEqualTo("tiny-ko-en-q8_0.gguf");
    }

    @Test
    void vectorsComeInTheOrderOfTheirTexts() {
        EmbeddingModel tiny = tiny();
        List<String> texts = IntStream.range(0, 20).mapToObj(i -> "문장 " + i).toList();
        List<Embedding> together =
                tiny.embedAll(texts.stream().map(TextSegment::from).toList()).content();
        for (int i : new int[] {0, 7, 19}) {
            assertThat(CosineSimilarity.between(
                            together.get(i), tiny.embed(texts.get(i)).content()))
                    .isCloseTo(1.0, within(1e-3));
        }
        assertThat(CosineSimilarity.between(together.get(0), together.get(19))).isLessThan(0.9999);
    }

    @Test
    void aTextThatDoesNotFitIsRefusedWithoutBeingRepeated() {
        CallFailure failure = facts(catchThrowable(() -> tiny().embed((PROMPT + " ").repeat(60))));
        assertThat(failure.kind()).isEqualTo("invalid-request");
    }

    @Test
    void oneFileAnswersAndEmbeds() {
        Gaon gaon = gaon(builder -> builder, Endpoint.of(TinyModel.FILE));
        assertThat(gaon.embedding("m").embed("하나").content().dimension()).isEqualTo(TinyModel.DIMENSIONS);
        assertThat(gaon.chat("m").chat("안녕하세요")).isNotNull();
    }

    @Test
    void aGuardMustNotChangeHowManyTextsThereAre() {
        Guard more = PlainCase.rewriting(messages -> List.of(UserMessage.from("가"), UserMessage.from("나")));
        EmbeddingModel tiny = gaon(builder -> builder.guard(more), Endpoint.of(TinyModel.FILE))
                .embedding("m");
        assertThat(facts(catchThrowable(() -> tiny.embed("다"))).kind()).isEqualTo("policy-error");
    }
}
