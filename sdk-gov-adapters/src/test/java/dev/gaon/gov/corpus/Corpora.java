package dev.gaon.gov.corpus;

import dev.gaon.gov.license.Claim;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.util.List;

/** Corpora decided by the terms that come with the library. */
public final class Corpora {

    static final LicenseTerms TERMS = LicenseTerms.bundled();
    static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private Corpora() {}

    static LicenseDecision decide(Work work) {
        return LicenseAudit.by(TERMS).decide(work, Purpose.TRAIN_COMMERCIAL, DAY);
    }

    static Work marked(String id, String license) {
        return Work.of(id, "도시숲 현황 " + id)
                .withPublisher("산림청", "state")
                .withClaim(Claim.of("item", "spdx", "license", license));
    }

    static CorpusGroup group(String source, long rows, String license) {
        return group(source, rows, marked(source + "-1", license));
    }

    static CorpusGroup group(String source, long rows, Work work) {
        return CorpusGroup.of(decide(work), source, "state", "item spdx", rows, List.of(work.id()));
    }

    static CorpusSummary.Builder empty() {
        return CorpusSummary.builder(TERMS, Purpose.TRAIN_COMMERCIAL, DAY);
    }

    /** With a type of KOGL beside the AI type, terms in conflict, works without a mark and listed licences. */
    public static CorpusSummary allKinds() {
        Work beside = marked("a1", "LicenseRef-KOGL-4 WITH AdditionRef-KOGL-AI");
        Work alone = marked("a2", "AdditionRef-KOGL-AI");
        Work conflict =
                marked("a3", "LicenseRef-KOGL-1").withClaim(Claim.of("item", "spdx", "license", "LicenseRef-KOGL-4"));
        CorpusSummary.Builder builder = empty().title("갖가지 말뭉치 <&>")
                .group(group("문체부", 10, beside))
                .group(group("문체부", 20, alone))
                .group(group("문체부", 30, conflict))
                .group(group("어느 시", 40, Work.of("a4", "보고서").withPublisher("어느 시", "local")))
                .group(group("위키", 50, "CC-BY-SA-4.0"))
                .group(group("코드", 60, "MIT"));
        for (String id : TERMS.ids()) {
            builder.group(group("모두", 1, id));
        }
        return builder.build();
    }

    public static CorpusSummary nothing() {
        return empty().build();
    }

    /** Five sources, every decision, two inputs and two kinds of unreadable rows. */
    public static CorpusSummary mixed() {
        return empty().title("도시와 숲 말뭉치")
                .version("2026.11")
                .rowsDigest("sha256:" + "b".repeat(64))
                .input(new CorpusSummary.Input("manifest-1.jsonl", 9_000_000, "a".repeat(64), 9_000))
                .input(new CorpusSummary.Input("manifest-2.parquet", 2_000_000, null, 1_100))
                .group(group("산림청", 4_000, "LicenseRef-KOGL-1"))
                .group(group("산림청", 500, "LicenseRef-KOGL-4"))
                .group(group("국가유산청", 1_500, "LicenseRef-KOGL-0"))
                .group(group("국가유산청", 800, marked("khs-9", "LicenseRef-KOGL-3").withFlag("thirdParty", true)))
                .group(group("data.go.kr", 1_000, "LicenseRef-data.go.kr-unrestricted"))
                .group(group("어느 신문", 900, "LicenseRef-AI-Training-Reserved"))
                .group(group("어느 신문", 100, "LicenseRef-KOGL-2"))
                .group(group(
                        "민원 게시판", 1_200, marked("minwon-7", "LicenseRef-KOGL-1").withFlag("personalData", true)))
                .unreadable(new BilingualText("JSON이 아닌 줄", "a line that is no JSON"), 60)
                .unreadable(new BilingualText("id가 없는 행", "a row without id"), 40)
                .build();
    }
}
