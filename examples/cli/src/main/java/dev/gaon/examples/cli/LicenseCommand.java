package dev.gaon.examples.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code gaon license}: what public works may be used for. */
@Command(
        name = "license",
        header = "공공저작물을 무엇에 쓸 수 있는지 / what public works may be used for",
        descriptionHeading = "%n",
        description = {
            "공공누리, CC, 공공데이터포털의 이용허락범위 같은 표시를 그날의 조건으로 읽고, 목적마다 판단합니다.",
            "모르면 허락이 아니라 검토입니다. 법률 자문이 아닙니다.",
            "Reads marks such as KOGL, CC and the terms of data.go.kr as of a day and decides by purpose.",
            "What is not known is no permission but a review. No legal advice."
        },
        commandListHeading = "%n명령 / Commands:%n",
        optionListHeading = "%n옵션 / Options:%n",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LicenseCheckCommand.class, LicenseAuditCommand.class, LicenseSignCommand.class})
@SuppressWarnings("UnusedVariable") // picocli writes the parent
final class LicenseCommand implements Runnable {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @ParentCommand
    private GaonCommand gaon;

    @Override
    public void run() {
        throw Failure.wrongUse(
                "wrong-use",
                new Text("빠진 것: check, audit, sign 가운데 하나", "Missing: check, audit or sign"),
                new Text("`gaon license --help`를 보세요.", "See `gaon license --help`."));
    }

    Terminal terminal() {
        return gaon.terminal();
    }

    /**
     * The day that counts; today in Seoul, said aloud, if none was given.
     *
     * @param ko what the day is, said before it
     */
    LocalDate day(String option, @Nullable String typed, String ko, String en) {
        if (typed == null) {
            LocalDate today = LocalDate.now(SEOUL);
            terminal().note(ko + today + " (서울의 오늘)", en + today + " (today in Seoul)");
            return today;
        }
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException e) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("날짜가 아닙니다: " + option + " " + typed, "Not a date: " + option + " " + typed),
                    new Text("2026-01-28처럼 적으세요.", "Write it like 2026-01-28."));
        }
    }
}
