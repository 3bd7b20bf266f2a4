package dev.gaon.gov.bom;

import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.text.BilingualText;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** How a corpus is described, in tests. */
final class Described {

    private Described() {}

    static BillOfMaterials bom(CorpusSummary corpus, String license) {
        return BillOfMaterials.of(corpus, description(license));
    }

    static BillOfMaterials.Description description(String license) {
        return new BillOfMaterials.Description(
                "하늘연구소",
                "https://corpus.example.kr/forest",
                LocalDate.of(2026, 11, 22),
                Instant.parse("2026-11-22T03:04:05.678Z"),
                new BilingualText("도시와 숲의 공공저작물", "Public works on cities and forests"),
                license,
                List.of(
                        new BillOfMaterials.Part(
                                "attribution.jsonl",
                                "attribution.jsonl",
                                "application/jsonlines",
                                1_234,
                                "c".repeat(64)),
                        new BillOfMaterials.Part(
                                "corpus.parquet",
                                "https://corpus.example.kr/forest/corpus.parquet",
                                "application/vnd.apache.parquet",
                                9_000_000_000L,
                                "d".repeat(64))));
    }
}
