package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest extends PlainCase {

    /** Each vector begins with the number of its text's request and its place there. */
    private static String vectors(int request, int count, int length) {
        List<String> items = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            items.add(
                    "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":" + vector(request, i, length) + "}");
        }
        return "{\"object\":\"list\",\"data\":[" + String.join(",", items)
                + "],\"model\":\"e\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
    }

    private static String vector(int request, int place, int length) {
        List<String> numbers = new ArrayList<>(List.of(request + ".0", place + ".5"));
        numbers.addAll(Collections.nCopies(length - 2, "0.25"));
        return numbers.toString();
    }

    private static String clovaVector(int number, int length) {
        return enveloped("{\"embedding\":" + vector(number, 0, length) + ",\"inputTokens\":3}");
    }

    private static EmbeddingResponse embed(EmbeddingModel model, String... texts) {
        return model.embed(EmbeddingRequest.builder().inputs(texts).build());
    }

    @ParameterizedTest
    @CsvSource({"bge-m3, v2", "clir-emb-dolphin, clir-emb-dolphin", "clir-sts-dolphin, clir-sts-dolphin"})
    void nativeClovaTakesOneTextACallAndKeepsTheirOrder(String id, String named) throws Exception {
        RawServer server = answering(clovaVector(0, 1024), clovaVector(1, 1024), clovaVector(2, 1024));
        EmbeddingResponse response = embed(serving(id, clova(server)).embedding(id), "하나", "둘", "셋");
        assertThat(response.embeddings()).extracting(e -> e.vector()[0]).containsExactly(0f, 1f, 2f);
        assertThat(response.metadata().tokenUsage().inputTokenCount()).isEqualTo(9);
        assertThat(server.requests()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(path(server, i)).isEqualTo("/v1/api-tools/embedding/" + named);
            assertThat(sent(server, i).toString())
                    .isEqualTo("{\"text\":\"" + List.of("하나", "둘", "셋").get(i) + "\"}");
            assertThat(server.received().get(i).header("Authorization")).isEqualTo("Bearer " + KEY);
        }
        assertThat(ledger.closed).hasSize(3).allMatch(record -> record.state().equals("ok"));
        assertThat(ledger.closed.get(0).toJson()).contains("\"inputTokens\":3");
    }

    @Test
    void anErrorInsideClovasEnvelopeIsNamed() {
        RawServer server = answering("{\"status\":{\"code\":\"40003\",\"message\":\"Text too long\"},\"result\":null}");
        EmbeddingModel model = serving("bge-m3", clova(server)).embedding("bge-m3");
        CallFailure failure = failing("provider-error", () -> model.embed("글"));
        assertThat(failure.providerCode()).isEqualTo("40003");
        assertThat(record().failure()).isEqualTo("provider-error");
    }

    @Test
    void aNameThatWouldLeadToAnotherPathIsRefused() {
        RawServer server = answering("{}");
        EmbeddingModel model =
                serving("bge-m3", clova(server).withWireModel("..")).embedding("bge-m3");
        says(failing("invalid-request", () -> model.embed("글")), "모델 이름이 될 수 없습니다", "cannot be the name");
        assertThat(server.requests()).isZero();
    }

    @Test
    void anEnvelopeWithoutResultIsMalformed() {
        RawServer server = answering("{\"status\":{\"code\":\"20000\",\"message\":\"OK\"}}");
        EmbeddingModel model = serving("bge-m3", clova(server)).embedding("bge-m3");
        failing("malformed-reply", () -> model.embed("글"));
    }

    @Test
    void aFamilyOfTwoModelsIsFoundByItsNameAndAKind() throws Exception {
        RawServer server = answering(vectors(0, 1, 1024));
        Gaon gaon = gaon(b -> b.endpoint("solar-embedding-2-query", as("upstage", server))
                .endpoint("solar-embedding-2-passage", as("upstage", server)));
        EmbeddingModel query = gaon.embedding("solar-embedding-2", EmbeddingKind.QUERY);
        EmbeddingModel document = gaon.embedding("solar-embedding-2", EmbeddingKind.DOCUMENT);
        assertThat(query.modelName()).isEqualTo("solar-embedding-2-query");
        assertThat(document.modelName()).isEqualTo("solar-embedding-2-passage");
        query.embed("질문");
        document.embed("문서");
        assertThat(sent(server, 0).path("model").asText()).isEqualTo("solar-embedding-2-query");
        assertThat(sent(server, 1).path("model").asText()).isEqualTo("solar-embedding-2-passage");
    }

    @Test
    void aFamilyWithoutAKindIsRefusedAndBothModelsAreNamed() {
        RawServer server = answering("{}");
        Gaon gaon = gaon(b -> b.endpoint("embedding-query", as("upstage", server)));
        CallFailure failure = unsent(server, "unsupported", () -> gaon.embedding("solar-embedding-1-large"));
        says(failure, "embedding-query, embedding-passage", "embedding-query, embedding-passage");
    }

    /** Vectors of a query are compared with those of documents, so the two must be of one length. */
    @Test
    void everyFamilyHasBothKindsOfOneLengthAndNoModelsName() {
        Gaon gaon = gaon(b -> b);
        Map<String, List<ModelCard>> families = gaon.models().all().stream()
                .filter(card -> card.pair() != null)
                .collect(Collectors.groupingBy(card -> card.pair().family()));
        assertThat(families).containsOnlyKeys("solar-embedding-1-large", "solar-embedding-2");
        families.forEach((family, cards) -> {
            assertThat(gaon.models().find(family)).isEmpty();
            assertThat(cards).extracting(card -> card.pair().kind()).containsExactlyInAnyOrder(EmbeddingKind.values());
            assertThat(cards).extracting(ModelCard::dimensions).doesNotContainNull();
            assertThat(cards.get(0).dimensions()).isEqualTo(cards.get(1).dimensions());
        });
    }

    @Test
    void aModelOfAFamilyIsNotTakenForTheOtherKind() {
        RawServer server = answering("{}");
        Gaon gaon = gaon(b -> b.endpoint("solar-embedding-2-query", as("upstage", server)));
        assertThat(gaon.embedding("solar-embedding-2-query", EmbeddingKind.QUERY)
                        .modelName())
                .isEqualTo("solar-embedding-2-query");
        says(
                unsent(server, "unsupported", () -> gaon.embedding("solar-embedding-2-query", EmbeddingKind.DOCUMENT)),
                "solar-embedding-2-passage",
                "solar-embedding-2-passage");
        unsent(server, "unknown-model", () -> gaon.embedding("solar-embedding-9", EmbeddingKind.QUERY));
    }

    @Test
    void aModelThatStandsAloneTakesBothKinds() {
        RawServer server = answering("{}");
        Gaon gaon = serving("bge-m3", clova(server));
        assertThat(gaon.embedding("bge-m3", EmbeddingKind.DOCUMENT).modelName()).isEqualTo("bge-m3");
        assertThat(gaon.embedding("bge-m3", EmbeddingKind.QUERY).modelName()).isEqualTo("bge-m3");
    }

    @Test
    void textsGoInRequestsOfAsManyAsTheProviderTakes() throws Exception {
        RawServer server = answering(vectors(0, 100, 1024), vectors(1, 100, 1024), vectors(2, 5, 1024));
        EmbeddingModel model =
                serving("solar-embedding-2-query", as("upstage", server)).embedding("solar-embedding-2-query");
        List<TextSegment> texts = IntStream.range(0, 205)
                .mapToObj(i -> TextSegment.from("글 " + i))
                .toList();
        var response = model.embedAll(texts);
        assertThat(response.content()).hasSize(205);
        for (int i = 0; i < 205; i++) {
            assertThat(response.content().get(i).vector()).startsWith(i / 100, i % 100 + 0.5f);
        }
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(15);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent(server, i).path("input").forEach(text -> words.add(text.asText()));
        }
        assertThat(words)
                .containsExactlyElementsOf(texts.stream().map(TextSegment::text).toList());
        assertThat(ledger.closed).hasSize(3);
    }

    @Test
    void requestsAreCutByTokensAndByBytes() {
        List<String> texts = Collections.nCopies(10, "가".repeat(1_000));
        int one = TokenEstimate.most(texts.get(0));
        assertThat(new TextBatch(100, one * 3, Integer.MAX_VALUE).cut(texts))
                .extracting(List::size)
                .containsExactly(3, 3, 3, 1);
        assertThat(new TextBatch(100, Integer.MAX_VALUE, 6_000).cut(texts))
                .extracting(List::size)
                .containsExactly(2, 2, 2, 2, 2);
        assertThat(new TextBatch(4, Integer.MAX_VALUE, 100).cut(texts)).hasSize(10);
        assertThat(new TextBatch(4, Integer.MAX_VALUE, Integer.MAX_VALUE).cut(texts))
                .extracting(List::size)
                .containsExactly(4, 4, 2);
    }

    @Test
    void anEmptyTextIsNamedBeforeAnythingIsSent() {
        RawServer server = answering("{}");
        EmbeddingModel model = serving("bge-m3", clova(server)).embedding("bge-m3");
        says(unsent(server, "invalid-request", () -> embed(model, "글", " \n")), "2번째 글이 비어", "text 2 of 2 is empty");
    }

    @Test
    void aTextLongerThanTheModelReadsIsNamedBeforeAnythingIsSent() {
        RawServer server = answering("{}");
        EmbeddingModel model = serving("clir-emb-dolphin", clova(server)).embedding("clir-emb-dolphin");
        String large = PROMPT + "아주 긴 글입니다. ".repeat(1_000);
        CallFailure failure = unsent(server, "invalid-request", () -> embed(model, "글", "글", large));
        says(failure, "3번째 글이 너무 깁니다", "text 3 of 3 is too long");
        says(failure, "500토큰까지", "of 500 that it takes");
    }

    @Test
    void vectorsOfAnotherLengthThanTheModelsAreRefused() {
        RawServer server = answering(vectors(0, 1, 4096));
        EmbeddingModel model =
                serving("solar-embedding-2-query", as("upstage", server)).embedding("solar-embedding-2-query");
        says(failing("unexpected-reply", () -> model.embed("글")), "4096인데 1024", "4096 dimensions instead of 1024");
        recorded("failed", "unexpected-reply");
    }

    @Test
    void aModelOfUnknownLengthKeepsToThatOfItsFirstVectors() {
        RawServer server = answering(vectors(0, 1, 8), vectors(1, 1, 16));
        EmbeddingModel model = gaon(b -> b, server.endpoint()).embedding("m");
        assertThat(model.embed("글").content().dimension()).isEqualTo(8);
        says(failing("unexpected-reply", () -> model.embed("글")), "16인데 8", "16 dimensions instead of 8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":0,\"embedding\":[1,2]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":2,\"embedding\":[1,2]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":-1,\"embedding\":[1,2]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1,2,3]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[]},{\"index\":1,\"embedding\":[]}]}"
            })
    void aReplyThatIsNoAnswerToTheTextsIsRefused(String reply) {
        EmbeddingModel model = gaon(b -> b, answering(reply).endpoint()).embedding("m");
        failing("unexpected-reply", () -> embed(model, "하나", "둘"));
        recorded("failed", "unexpected-reply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"data\":{}}",
                "{\"data\":[{\"index\":0}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[null]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1e999]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":\"AAA=\"}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]}]} {}"
            })
    void aReplyOfAnotherShapeIsMalformed(String reply) {
        EmbeddingModel model = gaon(b -> b, answering(reply).endpoint()).embedding("m");
        failing("malformed-reply", () -> model.embed("글"));
    }

    @Test
    void aGuardSeesEveryTextAndWhatItWritesIsSent() throws Exception {
        RawServer server = answering(vectors(0, 2, 4));
        EmbeddingModel model =
                gaon(b -> b.guard(writing("가림")), server.endpoint()).embedding("m");
        embed(model, PROMPT, "둘");
        JsonNode input = sent(server, 0).path("input");
        assertThat(input.toString()).isEqualTo("[\"가림\",\"가림\"]");
    }

    @Test
    void aGuardMustNotChangeHowManyTextsThereAre() {
        RawServer server = answering(vectors(0, 2, 4));
        Guard shorter = rewriting(messages -> List.<ChatMessage>of(UserMessage.from("하나만")));
        EmbeddingModel model = gaon(b -> b.guard(shorter), server.endpoint()).embedding("m");
        says(failing("policy-error", () -> embed(model, "하나", "둘")), "글의 수나 종류", "number or the kind of the texts");
        assertThat(server.requests()).isZero();
    }

    @Test
    void anEndpointThatTakesLessGetsTheBatchInParts() throws Exception {
        RawServer full = server(visit -> visit.json(503, Wire.error("busy", "busy")));
        RawServer narrow = answering(clovaVector(0, 1024), clovaVector(1, 1024));
        Gaon gaon = gaon(b ->
                b.limits(once()).endpoint("bge-m3", as("clova-compat", full)).endpoint("bge-m3", clova(narrow)));
        EmbeddingResponse response = embed(gaon.embedding("bge-m3"), "하나", "둘");
        assertThat(response.embeddings()).extracting(e -> e.vector()[0]).containsExactly(0f, 1f);
        assertThat(sent(full, 0).path("encoding_format").asText()).isEqualTo("float");
        assertThat(narrow.requests()).isEqualTo(2);
        assertThat(record().attempts()).hasSize(3);
    }
}
