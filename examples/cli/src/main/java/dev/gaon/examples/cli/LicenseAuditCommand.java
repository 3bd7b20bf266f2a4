package dev.gaon.examples.cli;

import dev.gaon.gov.corpus.CorpusAudit;
import dev.gaon.gov.corpus.CorpusException;
import dev.gaon.gov.corpus.CorpusSummary;
import dev.gaon.gov.license.LicenseTerms;
import dev.gaon.gov.license.Outcome;
import dev.gaon.gov.license.Purpose;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon license audit}: a whole corpus, with everything an audit hands out. */
@Command(
        name = "audit",
        header = "말뭉치 전체를 판단하고 결과물을 만듦 / a whole corpus, with all that an audit hands out",
        descriptionHeading = "%n",
        description = {
            "MANIFEST는 JSON 줄(.gz, .zst), CSV, Parquet, 저장한 HTML, WARC, 데이터셋 카드와 그것이 든 폴더입니다.",
            "멈추거나 죽어도 같은 명령으로 이어서 합니다. 아무것도 밖으로 보내지 않습니다.",
            "MANIFEST is JSON lines (.gz, .zst), CSV, Parquet, saved HTML, WARC, data set cards, or a folder of them.",
            "Stopped or killed, the same command goes on. Nothing is sent anywhere.",
            "",
            "DIR/decisions/       행마다 id, 조건, 판단, 근거 번호 / id, terms, decision and basis of each row",
            "DIR/bases.jsonl      근거마다 이유, 의무, 법 / reasons, duties and law of each basis",
            "DIR/unreadable.jsonl 읽지 못한 행과 까닭 / rows that could not be read, and why",
            "DIR/report.html, summary.json, attribution.md·html·jsonl,",
            "DIR/croissant.json, spdx.json, cyclonedx.json, training-data.html·json"
        },
        parameterListHeading = "%n",
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "종료 코드: 1 쓸 수 없는 행이 있음, 3 검토할 행이 있음, 2 잘못된 사용이거나 읽지 못한 행이 있음, 0 모두 쓸 수 있음",
            "Exit codes: 1 rows may not be used, 3 rows need review, 2 wrong use or unreadable rows, 0 all may be used",
            "",
            "예 / Examples:",
            "  gaon license audit --purpose train-commercial --out 감사 내려받은-폴더",
            "  gaon license audit --purpose sell --out 감사 --column id=목록키 --column license=이용허락범위 \\\\",
            "      --constant license_source=data.go.kr 목록.csv"
        })
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class LicenseAuditCommand implements Callable<Integer> {

    @ParentCommand
    private LicenseCommand license;

    @Parameters(
            arity = "1..*",
            paramLabel = "MANIFEST",
            description = {"파일과 폴더", "files and folders"})
    private List<String> manifests = List.of();

    @Mixin
    private Wanted wanted = new Wanted();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = {"결과 폴더: 비었거나 없거나, 이어서 할 것", "for the results: empty, new, or one to go on with"})
    private String out = "";

    @Mixin
    private ColumnChoice columns = new ColumnChoice();

    @Option(
            names = "--all-columns",
            description = {"판단에 원래 열을 모두 함께 적습니다", "writes all columns beside each decision"})
    private boolean allColumns;

    @Option(
            names = "--jsonl",
            description = {"Parquet 대신 JSON 줄로", "JSON lines instead of Parquet"})
    private boolean jsonLines;

    @Option(
            names = "--credits",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = {
                "저작물마다 출처 문구를 만듭니다 (기본); --no-credits는 만들지 않음",
                "credits each work (default); --no-credits: none"
            })
    private boolean credits;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = {"엔진의 메모리 (기본 600)", "memory of the engine (default 600)"})
    private @Nullable Integer memory;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = {"엔진의 스레드 (기본: 프로세서 수)", "threads of the engine (default: processors)"})
    private @Nullable Integer threads;

    @Mixin
    private CorpusDescription description = new CorpusDescription();

    @Option(
            names = "--json",
            description = {"요약을 JSON 문서 하나로", "the summary as one JSON document"})
    private boolean json;

    @Override
    public Integer call() {
        Purpose purpose = wanted.purpose();
        LocalDate day = wanted.day(license);
        Path folder = Arguments.path(out);
        Terminal terminal = license.terminal();
        try (AuditProgress progress = new AuditProgress(terminal, System::nanoTime)) {
            description.check(day);
            CorpusAudit audit = audit(LicenseTerms.bundled(), purpose, day).withProgress(progress::at);
            CorpusInputs inputs = new CorpusInputs(folder, day, manifests);
            CorpusSummary summary = audit.run(inputs.paths(), folder);
            progress.close();
            new AuditResults(folder, summary, description).write(inputs.problems());
            inputs.problems().forEach(each -> each.note(terminal));
            terminal.out().print(json ? summary.toJson() + "\n" : new AuditSheet(summary, folder, terminal).toString());
            return exit(summary, inputs);
        } catch (CorpusException e) {
            throw Failure.corpus(e);
        } catch (UncheckedIOException e) {
            throw AuditResults.unwritable(folder, e);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("wrong-use", e);
        }
    }

    private CorpusAudit audit(LicenseTerms terms, Purpose purpose, LocalDate day) {
        CorpusAudit audit = CorpusAudit.by(terms, purpose, day)
                .withManifest(columns.manifest())
                .withTitle(description.title());
        audit = credits ? audit.withCredits() : audit;
        audit = allColumns ? audit.withAllColumns() : audit;
        audit = jsonLines ? audit.withJsonLines() : audit;
        audit = memory == null ? audit : audit.withMemory(memory);
        return threads == null ? audit : audit.withThreads(threads);
    }

    private static int exit(CorpusSummary summary, CorpusInputs inputs) {
        Map<Outcome, Long> decided = summary.byDecision();
        return summary.unread() > 0 || !inputs.problems().isEmpty()
                ? Failure.WRONG_USE
                : decided.getOrDefault(Outcome.DENY, 0L) > 0
                        ? Failure.FOUND
                        : decided.getOrDefault(Outcome.REVIEW, 0L) > 0 ? Failure.REVIEW : 0;
    }
}
