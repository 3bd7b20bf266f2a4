package dev.gaon.examples.cli;

import dev.gaon.gov.bom.BillOfMaterials;
import dev.gaon.gov.bom.TrainingDataOverview;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.text.BilingualText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What nobody can find in the rows of a corpus: its name, who made it, where it is. What is not told is said to be so. */
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class CorpusDescription {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = {"말뭉치의 이름 (기본: corpus)", "name of the corpus (default: corpus)"})
    private String title = "corpus";

    @Option(
            names = "--creator",
            paramLabel = "NAME",
            description = {"만든 기관", "the organisation that made it"})
    private @Nullable String creator;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {"말뭉치의 주소", "address of the corpus"})
    private @Nullable String url;

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            description = {"무엇인지", "what it is"})
    private @Nullable String text;

    @Option(
            names = "--license",
            paramLabel = "SPDX",
            description = {"말뭉치 전체에 선언한 라이선스", "the licence declared for the whole"})
    private @Nullable String license;

    @Option(
            names = "--system",
            paramLabel = "NAME",
            description = {"학습할 인공지능의 이름: 학습용데이터 개요에", "the system to be trained, for the overview of training data"})
    private @Nullable String system;

    String title() {
        return title;
    }

    /**
     * Looks at all that was typed, so that a long audit does not end at a word.
     *
     * @throws IllegalArgumentException if it cannot be used
     */
    void check(LocalDate day) {
        String none = "0".repeat(64);
        describe(day, "sha256:" + none, List.of(new BillOfMaterials.Part("x", "x", "application/json", 0, none)));
        CorpusSummary.builder(LicenseTerms.bundled(), Purpose.QUOTE, day)
                .title(title)
                .build();
        statement();
    }

    BillOfMaterials.Description of(CorpusSummary corpus, List<BillOfMaterials.Part> files) {
        return describe(corpus.asOf(), corpus.digest(), files);
    }

    private BillOfMaterials.Description describe(LocalDate day, String digest, List<BillOfMaterials.Part> files) {
        String address = url == null ? "urn:" + digest : url;
        BilingualText what = text == null
                ? new BilingualText("라이선스를 감사한 말뭉치", "A corpus whose licences were audited")
                : new BilingualText(text, text);
        return new BillOfMaterials.Description(
                creator == null ? "not stated" : creator,
                address,
                day,
                day.atStartOfDay(SEOUL).toInstant(),
                what,
                license,
                files);
    }

    TrainingDataOverview.Statement statement() {
        String name = system == null ? title : system;
        return new TrainingDataOverview.Statement(new BilingualText(name, name), null, null);
    }
}
