package dev.gaon.gov.rag;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Work;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Works of several licences, and what LangChain4j needs to retrieve them. */
final class Library {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    static final LicenseAudit AUDIT = LicenseAudit.by(LicenseTerms.bundled());

    static final String FOREST = "도시숲은 여름 한낮의 기온을 평균 삼 도 낮추고 미세먼지를 사분의 일가량 줄이는 것으로 조사되었습니다. "
            + "가로수를 두 줄로 심은 거리에서는 그 효과가 더 컸으며, 나무 그늘이 이어진 길일수록 걷는 사람이 많았습니다.";
    static final String PHOTO = "도시숲 사진집은 지난 열 해 동안 전국의 숲에서 찍은 사계절 풍경을 모은 것으로, 작가의 해설과 함께 실었습니다.";
    static final String GUIDE = "도시숲 길잡이는 누구나 자유롭게 쓸 수 있도록 공개한 안내서로, 나무를 심는 때와 물 주는 법을 차례로 설명합니다.";

    private static final Map<String, Work> WORKS = new LinkedHashMap<>();
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        put(work("forest", "도시숲 효과 조사", "LicenseRef-KOGL-1"), FOREST);
        put(work("photo", "도시숲 사진집", "LicenseRef-KOGL-2").withUse("commercial", true), PHOTO);
        put(work("guide", "도시숲 길잡이", "LicenseRef-KOGL-0"), GUIDE);
    }

    private Library() {}

    private static void put(Work work, String text) {
        WORKS.put(work.id(), work);
        TEXTS.put(work.id(), text);
    }

    static Work work(String id, String title, String license) {
        return Work.of(id, title)
                .withPublisher("산림청", "state")
                .withUrl("https://www.forest.go.kr/" + id)
                .withCollected(LocalDate.of(2026, 5, 1))
                .withPublished(LocalDate.of(2025, 3, 2))
                .withFlag("thirdParty", false)
                .withFlag("personalData", false)
                .withClaim(Claim.of("item", "spdx", "license", license));
    }

    static Work work(String id) {
        return WORKS.get(id);
    }

    static List<Document> documents() {
        return TEXTS.entrySet().stream()
                .map(each -> Document.from(each.getValue(), Metadata.from("id", each.getKey())))
                .toList();
    }

    static LicensedDocuments licensed() {
        return LicensedDocuments.by(
                AUDIT, TODAY, document -> WORKS.get(document.metadata().getString("id")));
    }

    /** Every document in one store, as LangChain4j brings them in. */
    static ContentRetriever retriever() {
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        EmbeddingStoreIngestor.builder()
                .documentTransformer(licensed())
                .embeddingModel(LETTERS)
                .embeddingStore(store)
                .build()
                .ingest(documents());
        return EmbeddingStoreContentRetriever.builder()
                .embeddingStore(store)
                .embeddingModel(LETTERS)
                .maxResults(10)
                .build();
    }

    static QuoteGuard.Builder guard() {
        return QuoteGuard.builder(AUDIT, () -> TODAY);
    }

    /** Counts pairs of letters: crude, and always the same. */
    private static final EmbeddingModel LETTERS = new EmbeddingModel() {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            List<Embedding> all = new ArrayList<>();
            for (TextSegment each : segments) {
                float[] vector = new float[256];
                vector[0] = 1;
                for (int i = 1; i < each.text().length(); i++) {
                    vector[(each.text().charAt(i - 1) * 31 + each.text().charAt(i)) & 255]++;
                }
                all.add(Embedding.from(vector));
            }
            return Response.from(all);
        }
    };
}
