package dev.gaon.examples.cli;

import dev.gaon.gov.corpus.Manifest;
import dev.gaon.gov.license.LicenseAudit;
import dev.gaon.gov.license.LicenseDecision;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import dev.gaon.gov.license.Work;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon license check}: one decision a work. */
@Command(
        name = "check",
        header = "저작물마다 판단 하나 / one decision a work",
        descriptionHeading = "%n",
        description = {
            "FILE의 저작물마다 이 목적에 쓸 수 있는지 판단해 JSON 한 줄씩 씁니다.",
            "Decides each work of FILE for one purpose and writes one line of JSON each.",
            "FILE: JSON 줄, JSON, CSV, Parquet, 저장한 HTML, WARC, 데이터셋 카드와 목록의 메타데이터",
            "FILE: JSON lines, JSON, CSV, Parquet, saved HTML, WARC, data set cards and catalogue metadata",
            "",
            "{\"id\": \"w1\", \"title\": \"보도자료\", \"publisher\": {\"name\": \"환경부\", \"kind\": \"state\"},",
            " \"collected\": \"2026-05-01\", \"claims\": [{\"level\": \"item\", \"source\": \"html\",",
            "  \"field\": \"text\", \"value\": \"공공누리 제1유형\", \"seen\": \"2026-05-01\"}]}"
        },
        parameterListHeading = "%n",
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "종료 코드: 1 쓸 수 없는 저작물이 있음, 3 검토할 저작물이 있음, 2 읽지 못한 입력이 있음, 0 모두 쓸 수 있음",
            "Exit codes: 1 a work may not be used, 3 a work needs review, 2 some input was unreadable, 0 all may be used",
            "",
            "예 / Examples:",
            "  gaon license check --purpose train-commercial 저작물.jsonl",
            "  gaon license check --purpose quote --as-of 2026-11-22 --text 저작물.jsonl"
        })
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class LicenseCheckCommand implements Callable<Integer> {

    @ParentCommand
    private LicenseCommand license;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = {"저작물", "the works"})
    private List<String> files = List.of();

    @Mixin
    private Wanted wanted = new Wanted();

    @Mixin
    private ColumnChoice columns = new ColumnChoice();

    @Option(
            names = "--text",
            description = {"JSON 대신 읽을 글로", "sentences instead of JSON"})
    private boolean text;

    @Option(
            names = "--json",
            description = {"JSON 줄 (기본); --text보다 앞섬", "JSON lines (the default); goes before --text"})
    private boolean json;

    private final LicenseTerms terms = LicenseTerms.bundled();
    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private long unreadable;

    @Override
    public Integer call() {
        Purpose purpose = wanted.purpose();
        LocalDate day = wanted.day(license);
        Manifest manifest = columns.manifest();
        List<Path> paths = files.stream().map(FileInput::existing).toList();
        LicenseAudit audit = LicenseAudit.by(terms);
        Consumer<Work> works = work -> decided(audit.decide(work, purpose, day));
        for (int i = 0; i < paths.size(); i++) {
            WorkInput input = new WorkInput(paths.get(i), files.get(i), day);
            if (input.isTable()) {
                new TableInput(paths.get(i), files.get(i), manifest).read(terms, purpose, day, works, this::unreadable);
            } else {
                input.read(works, this::unreadable);
            }
        }
        summary();
        return unreadable > 0
                ? Failure.WRONG_USE
                : counts.containsKey(Outcome.DENY)
                        ? Failure.FOUND
                        : counts.containsKey(Outcome.REVIEW) ? Failure.REVIEW : 0;
    }

    private void decided(LicenseDecision decision) {
        counts.merge(decision.decision(), 1L, Long::sum);
        if (asText()) {
            license.terminal().out().print(new LicenseSheet(decision, terms, license.terminal()));
        } else {
            license.terminal().out().println(decision.toJson());
        }
    }

    private void unreadable(Unreadable one) {
        unreadable++;
        Terminal terminal = license.terminal();
        one.note(terminal);
        if (!asText()) {
            terminal.out().println(one.json(terminal.language()));
        }
    }

    private boolean asText() {
        return text && !json;
    }

    private void summary() {
        StringJoiner ko = new StringJoiner(", ");
        StringJoiner en = new StringJoiner(", ");
        counts.forEach((outcome, number) -> {
            ko.add(outcome.label().ko() + " " + number);
            en.add(number + " " + outcome.label().en());
        });
        if (unreadable > 0) {
            ko.add("읽지 못함 " + unreadable);
            en.add(unreadable + " unreadable");
        }
        if (ko.length() == 0) {
            ko.add("저작물 0");
            en.add("no work");
        }
        String purpose = wanted.purpose().word();
        license.terminal().note(purpose + ": " + ko, purpose + ": " + en);
    }
}
