package dev.gaon.examples.cli;

import dev.gaon.gov.label.AiLabel;
import dev.gaon.gov.label.LabelReport;
import dev.gaon.gov.label.LabelReport.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon label verify}: which marks a file bears, and whether they are what the rules ask. */
@Command(
        name = "verify",
        header = "파일의 표시 확인 / check the marks of a file",
        descriptionHeading = "%n",
        description = {
            "파일의 바이트에서 AI 생성물 표시를 찾아 나라별 규칙에 비추어 봅니다. 법률 자문이 아닙니다.",
            "Looks for marks of generated content in the bytes of a file. No legal advice."
        },
        parameterListHeading = "%n",
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "종료 코드: 0 규칙에 맞음, 1 표시가 없거나 규칙에 못 미침, 2 읽을 수 없음, 3 파일만으로 알 수 없음",
            "Exit codes: 0 as the rules ask, 1 no mark or not as they ask, 2 unreadable, 3 the file alone cannot tell"
        })
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class LabelVerifyCommand implements Callable<Integer> {

    @ParentCommand
    private LabelCommand label;

    @Parameters(
            arity = "1",
            paramLabel = "FILE",
            description = {"확인할 파일", "the file"})
    private String file;

    @Option(
            names = "--require",
            paramLabel = "RULE",
            description = {
                "이 규칙에 맞아야 합니다 (기본: kr-export-general); 여러 번 쓸 수 있음",
                "a rule to be met (default: kr-export-general); may be given again"
            })
    private List<String> required = List.of("kr-export-general");

    @Option(
            names = "--json",
            description = {"JSON 문서 하나로", "as one JSON document"})
    private boolean json;

    @Override
    public Integer call() {
        Path path = FileInput.existing(file);
        LabelReport report = LabelCommand.read(() -> AiLabel.verify(path), file);
        required.forEach(rule -> known(rule, report));
        new LabelSheet(report, label.terminal()).print(json);
        if (!report.labelled() || any(report, Verdict.NO)) {
            return Failure.FOUND;
        }
        return any(report, Verdict.NOT_CHECKED) ? Failure.REVIEW : 0;
    }

    private boolean any(LabelReport report, Verdict verdict) {
        return report.findings().stream().anyMatch(each -> required.contains(each.rule()) && each.verdict() == verdict);
    }

    private static void known(String rule, LabelReport report) {
        if (report.finding(rule).isEmpty()) {
            String list = String.join(
                    ", ",
                    report.findings().stream().map(LabelReport.Finding::rule).toList());
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("그런 규칙이 없습니다: --require " + rule, "There is no such rule: --require " + rule),
                    new Text("있는 것: " + list, "There are: " + list));
        }
    }
}
