package dev.gaon.examples.cli;

import dev.gaon.gov.bom.BillOfMaterials;
import dev.gaon.gov.bom.TrainingDataOverview;
import dev.gaon.gov.corpus.CorpusReport;
import dev.gaon.gov.corpus.CorpusSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The documents beside the decisions of an audit: report, bills of materials, overview of training data. */
final class AuditResults {

    private static final String PAGES = "unreadable-pages.jsonl";

    private final Path folder;
    private final CorpusSummary summary;
    private final CorpusDescription description;

    AuditResults(Path folder, CorpusSummary summary, CorpusDescription description) {
        this.folder = folder;
        this.summary = summary;
        this.description = description;
    }

    /** @param problems pages and cards that could not be read */
    void write(List<Unreadable> problems) {
        try {
            if (!problems.isEmpty()) {
                StringBuilder lines = new StringBuilder();
                problems.forEach(each -> lines.append(each.json(Locale.KOREAN)).append('\n'));
                write(PAGES, lines.toString());
            }
            BillOfMaterials bill = BillOfMaterials.of(summary, description.of(summary, files()));
            TrainingDataOverview overview = TrainingDataOverview.of(summary, description.statement());
            write("report.html", CorpusReport.of(summary).html());
            write("croissant.json", bill.croissant());
            write("spdx.json", bill.spdx());
            write("cyclonedx.json", bill.cycloneDx());
            write("training-data.json", overview.toJson());
            write("training-data.html", overview.html());
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    static Failure unwritable(Path folder, Exception e) {
        return Failure.wrongUse(
                "cannot-write",
                new Text("결과를 쓸 수 없습니다: " + folder, "The results cannot be written: " + folder),
                new Text(
                        "권한과 남은 공간을 확인하세요. 끝난 것은 그대로 있고 같은 명령으로 이어서 합니다.",
                        "Check the permissions and the space left. What is finished stays, and the same command goes on."),
                e);
    }

    private void write(String name, String text) {
        FileOutput.replacing(folder.resolve(name).toString()).write(text);
    }

    /** The rows and what explains them, by name and hash. */
    private List<BillOfMaterials.Part> files() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve("decisions"))) {
            parts.sorted().forEach(all::add);
        }
        for (String name : List.of("bases.jsonl", "attribution.jsonl", "unreadable.jsonl", "summary.json")) {
            if (Files.exists(folder.resolve(name))) {
                all.add(folder.resolve(name));
            }
        }
        List<BillOfMaterials.Part> files = new ArrayList<>();
        for (Path file : all) {
            files.add(BillOfMaterials.Part.of(folder, file));
        }
        return files;
    }
}
