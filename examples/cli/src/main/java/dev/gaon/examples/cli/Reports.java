package dev.gaon.examples.cli;

import dev.gaon.gov.law.Assessment;
import dev.gaon.gov.law.EvidencePackage;
import dev.gaon.gov.law.LawReport;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that {@code gaon assess} makes of an assessment: a page for people and a package for an auditor. */
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class Reports {

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = {"사람이 읽는 보고서 한 장; 있으면 바꿔 씁니다", "a report for people; replaces the file if it is there"})
    private @Nullable String html;

    @Option(
            names = "--evidence",
            paramLabel = "FILE.zip",
            description = {
                "감사에 낼 증거 묶음: 프로필, 결과, 규칙, 보고서, 호출 기록",
                "evidence for an auditor: profile, findings, rules, report, records of calls"
            })
    private @Nullable String evidence;

    @Option(
            names = "--records",
            paramLabel = "FILE.jsonl",
            description = {
                "--evidence에 넣을 호출 기록; 여러 번 쓸 수 있음",
                "records of calls (gaon chat --record) for --evidence; may be given again"
            })
    private List<String> records = List.of();

    private @Nullable FileOutput page;
    private @Nullable FileOutput zip;

    /**
     * Refuses what cannot be written, before anything is asked or assessed.
     *
     * @param out where the answers of an interview go
     */
    void check(@Nullable String profile, @Nullable String out) {
        if (evidence == null && !records.isEmpty()) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("--records는 --evidence와 함께 씁니다.", "--records goes with --evidence."),
                    Text.NONE);
        }
        page = html == null ? null : FileOutput.replacing(html);
        if (html != null && profile != null && FileOutput.same(html, profile)) {
            throw Failure.wrongUse(
                    "cannot-write",
                    new Text("--html이 프로필을 덮어쓰게 됩니다: " + html, "--html would replace the profile: " + html),
                    new Text("다른 이름을 적으세요.", "Choose another name."));
        }
        if (html != null
                && Stream.concat(Stream.of(out, evidence), records.stream()).anyMatch(this::isPage)) {
            throw Failure.wrongUse(
                    "cannot-write",
                    new Text(
                            "--html이 같은 명령의 다른 파일을 덮어쓰게 됩니다: " + html,
                            "--html would replace another file of this command: " + html),
                    new Text("다른 이름을 적으세요.", "Choose another name."));
        }
        zip = evidence == null ? null : FileOutput.anew(evidence);
    }

    private boolean isPage(@Nullable String other) {
        return html != null && other != null && FileOutput.same(html, other);
    }

    void write(Assessment assessment, Terminal terminal) {
        if (page != null) {
            page.write(LawReport.of(assessment).html());
            terminal.note("보고서: " + page.typed(), "Report: " + page.typed());
        }
        if (zip != null) {
            String digest = written(zip, assessment, lines());
            terminal.note(
                    "증거 묶음: " + zip.typed() + " (" + digest + "를 따로 적어 두세요)",
                    "Evidence: " + zip.typed() + " (note its digest elsewhere: " + digest + ")");
        }
    }

    private static String written(FileOutput zip, Assessment assessment, List<String> lines) {
        try {
            return EvidencePackage.write(
                    zip.path(), assessment, lines, Clock.systemUTC().instant());
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-record", e);
        } catch (IOException e) {
            throw Failure.wrongUse(
                    "cannot-write",
                    new Text("파일을 쓸 수 없습니다: " + zip.typed(), "The file cannot be written: " + zip.typed()),
                    new Text("쓰기 권한과 남은 공간을 확인하세요.", "Check the permissions and the space left."),
                    e);
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String typed : records) {
            FileInput.text(typed, 256 << 20)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(lines::add);
        }
        return lines;
    }
}
