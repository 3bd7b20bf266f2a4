package dev.gaon.examples.corpus;

import dev.gaon.gov.bom.BillOfMaterials;
import dev.gaon.gov.bom.TrainingDataOverview;
import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.corpus.CorpusReport;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.text.BilingualText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes a corpus as data teams find theirs, decides every row for commercial training as of one day, and writes the report,
 * the credits and the bills of materials. Needs no key and no network.
 */
public final class CorpusLicensing {

    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 22);
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int FEW = 3;

    private CorpusLicensing() {}

    /**
     * Makes, audits, tells.
     *
     * @param args rows in all, 1,000,000 unless said otherwise, and a folder that holds the corpus and the results
     */
    public static void main(String[] args) throws IOException {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("corpus-licensing");
        say("[1] 말뭉치를 만듭니다: %,d행", rows);
        List<Path> files = new MessyCorpus(folder.resolve("corpus-" + rows)).write(rows);
        for (Path file : files) {
            say("    %s (%,d KB)", file, Files.size(file) >> 10);
        }

        say("%n[2] 행마다 %s 기준으로 상업적 학습에 쓸 수 있는지 판단합니다.", AS_OF);
        Path results = folder.resolve("audit-" + rows);
        long began = System.nanoTime();
        CorpusSummary summary = audit(files, results);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        describe(summary, results);
        say("    %,d초 걸렸습니다. 같은 명령을 다시 실행하면 끝난 데서 이어집니다.", took.toSeconds());

        say("%n[3] 결과");
        show(summary);
        say("%n보고서: %s", results.resolve("report.html").toAbsolutePath());
        say("출처 문구, 행별 판단, Croissant, SPDX, CycloneDX, 학습용데이터 개요가 같은 폴더에 있습니다.");
    }

    static CorpusSummary audit(List<Path> files, Path results) {
        return CorpusAudit.by(LicenseTerms.bundled(), Purpose.TRAIN_COMMERCIAL, AS_OF)
                .withTitle("뒤섞인 말뭉치")
                .withCredits()
                .run(files.stream().map(Path::toString).toList(), results);
    }

    /** Writes what people and other programs read beside the decisions. */
    static void describe(CorpusSummary summary, Path results) throws IOException {
        BillOfMaterials bill = BillOfMaterials.of(
                summary,
                new BillOfMaterials.Description(
                        "어느 기관",
                        "https://example.go.kr/corpus",
                        AS_OF,
                        AS_OF.atStartOfDay(SEOUL).toInstant(),
                        new BilingualText("예제로 꾸민 말뭉치", "A corpus made up for an example"),
                        null,
                        parts(results)));
        TrainingDataOverview overview = TrainingDataOverview.of(
                summary, new TrainingDataOverview.Statement(new BilingualText("예제 모델", "Example model"), null, null));
        Files.writeString(
                results.resolve("report.html"), CorpusReport.of(summary).html());
        Files.writeString(results.resolve("croissant.json"), bill.croissant());
        Files.writeString(results.resolve("spdx.json"), bill.spdx());
        Files.writeString(results.resolve("cyclonedx.json"), bill.cycloneDx());
        Files.writeString(results.resolve("training-data.html"), overview.html());
    }

    private static List<BillOfMaterials.Part> parts(Path results) throws IOException {
        List<Path> files =
                new ArrayList<>(List.of(results.resolve("attribution.jsonl"), results.resolve("bases.jsonl")));
        try (Stream<Path> decisions = Files.list(results.resolve("decisions"))) {
            decisions.sorted().forEach(files::add);
        }
        List<BillOfMaterials.Part> parts = new ArrayList<>();
        for (Path file : files) {
            parts.add(BillOfMaterials.Part.of(results, file));
        }
        return parts;
    }

    private static void show(CorpusSummary summary) {
        for (Outcome outcome : Outcome.values()) {
            count(outcome.label().ko(), summary.byDecision().getOrDefault(outcome, 0L), summary);
        }
        count("읽지 못함", summary.unread(), summary);
        summary.unreadable()
                .forEach(each -> say("      %,d행: %s", each.rows(), each.cause().ko()));
        say("%n    허락이나 확인 하나로 쓸 수 있게 되는 행이 많은 것부터");
        summary.permissions().stream()
                .limit(FEW)
                .forEach(each -> say(
                        "      %,d행: %s",
                        each.frees(), summary.obstacle(each.id()).ko()));
        say("%n    밝히면 검토가 끝날 수 있는 것");
        summary.questions().entrySet().stream()
                .limit(FEW)
                .forEach(each -> say(
                        "      %,d행: %s",
                        each.getValue(), summary.question(each.getKey()).ko()));
    }

    private static void count(String label, long rows, CorpusSummary summary) {
        say("    %,9d행 %5.1f%% %s", rows, 100.0 * rows / Math.max(1, summary.rows()), label);
    }

    private static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }
}
