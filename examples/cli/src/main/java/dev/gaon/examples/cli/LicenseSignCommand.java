package dev.gaon.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gaon.gov.corpus.CorpusException;
import dev.gaon.gov.corpus.SignedManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gaon license sign}: from an audit to a manifest that a person signed. */
@Command(
        name = "sign",
        header = "검토를 마치고, 쓸 수 있는 행만 서명해 내보냄 / review, then sign for the rows that may be used",
        descriptionHeading = "%n",
        description = {
            "DIR은 `gaon license audit --out`의 결과 폴더입니다. 감사 결과는 하나도 바꾸지 않습니다.",
            "DIR is the folder of `gaon license audit --out`. Nothing of the audit is changed.",
            "",
            "1. --todo     검토할 것을 DIR/reviews-todo.jsonl에 적습니다 / lists what waits for a person",
            "2.            decision, by, on, reason을 채웁니다 / fill in decision, by, on and reason",
            "3. --by NAME  DIR/signed/에 서명한 목록을 씁니다 / writes the signed manifest",
            "4. --verify   서명한 뒤 바뀐 것을 찾습니다 / finds what was changed since",
            "",
            "DIR/signed/manifest/      쓸 수 있는 행: id, 조건, 판단, 근거, 검토자 / the rows that may be used",
            "DIR/signed/sign-off.json  누가, 언제, 무엇을, 어떤 검토로 / who signed what, when, on which reviews",
            "",
            "DENY는 검토로 풀리지 않습니다. 허락을 받았으면 근거에 더하고 감사를 다시 하세요.",
            "No review lifts a DENY: add the permission to the evidence and audit again."
        },
        parameterListHeading = "%n",
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "종료 코드: 3 검토를 기다리는 행이 있음, 1 서명과 맞지 않음, 2 잘못된 사용, 0 됨",
            "Exit codes: 3 rows still wait for a review, 1 does not match the signature, 2 wrong use, 0 done",
            "",
            "예 / Examples:",
            "  gaon license sign --todo 감사",
            "  gaon license sign --by 박서명 --reviews 감사/reviews-todo.jsonl 감사",
            "  gaon license sign --verify 감사"
        })
@SuppressWarnings("UnusedVariable") // picocli writes the options
final class LicenseSignCommand implements Callable<Integer> {

    private static final String TODO = "reviews-todo.jsonl";

    @ParentCommand
    private LicenseCommand license;

    @Parameters(
            arity = "1",
            paramLabel = "DIR",
            description = {"감사의 결과 폴더", "folder of a finished audit"})
    private String folder;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = {"서명하는 사람", "who signs"})
    private @Nullable String by;

    @Option(
            names = "--on",
            paramLabel = "DATE",
            description = {"서명하는 날 (기본: 서울의 오늘)", "the day of the signature (default: today in Seoul)"})
    private @Nullable String on;

    @Option(
            names = "--reviews",
            paramLabel = "FILE",
            description = {"검토한 것: JSON 줄", "what was reviewed: JSON lines"})
    private @Nullable String reviews;

    @Option(
            names = "--leave-out",
            description = {"검토하지 않은 행은 빼고 서명합니다; 그렇게 적힙니다", "leaves unreviewed rows out, and says so in the sign-off"})
    private boolean leaveOut;

    @Option(
            names = "--todo",
            description = {"검토할 것을 적습니다", "lists what waits for a review"})
    private boolean todo;

    @Option(
            names = "--verify",
            description = {"서명한 그대로인지 봅니다", "looks whether all is as it was signed"})
    private boolean verify;

    @Option(
            names = "--json",
            description = {"JSON 문서 하나로", "as one JSON document"})
    private boolean json;

    @Override
    public Integer call() {
        SignedManifest desk = SignedManifest.of(Arguments.path(folder));
        boolean signs = by != null || on != null || reviews != null || leaveOut;
        if (Stream.of(signs, todo, verify).filter(each -> each).count() > 1) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("함께 쓸 수 없는 옵션입니다.", "These options do not go together."),
                    new Text("--todo, --verify, --by NAME 가운데 하나만 쓰세요.", "Use one of --todo, --verify and --by NAME."));
        }
        try {
            return todo ? list(desk) : verify ? verify(desk) : sign(desk);
        } catch (CorpusException e) {
            throw e.kind().equals("waiting")
                    ? Failure.review(
                            e,
                            new Text(
                                    "--todo로 목록을 뽑아 채운 뒤 --reviews로 주거나, --leave-out으로 빼고 서명하세요.",
                                    "List them with --todo, fill that in and give it as --reviews, or leave them out with"
                                            + " --leave-out."))
                    : Failure.corpus(e);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("wrong-use", e);
        }
    }

    private int list(SignedManifest desk) {
        Path file = Arguments.path(folder).resolve(TODO);
        long lines = desk.todo(file);
        Terminal terminal = license.terminal();
        if (json) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("file", file.toString());
            out.put("waiting", lines);
            terminal.json(out);
        } else {
            terminal.out()
                    .println(terminal.say(
                            "검토할 근거: " + number(lines) + "가지. " + file,
                            "Bases to review: " + number(lines) + ". " + file));
        }
        return lines > 0 ? Failure.REVIEW : 0;
    }

    private int sign(SignedManifest desk) {
        if (by == null) {
            throw Failure.wrongUse(
                    "wrong-use",
                    new Text("빠진 것: --by, --todo, --verify 가운데 하나", "Missing: --by, --todo or --verify"),
                    new Text("`gaon license sign --help`를 보세요.", "See `gaon license sign --help`."));
        }
        SignedManifest ready = reviews == null ? desk : desk.withReviews(FileInput.existing(reviews));
        ready = leaveOut ? ready.withLeavingOut() : ready;
        String document = ready.sign(by, license.day("--on", on, "서명일: ", "Signed on "));
        license.terminal().out().print(json ? document + "\n" : sheet(read(document)));
        return 0;
    }

    private static JsonNode read(String document) {
        try {
            return new JsonMapper().readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sheet(JsonNode signOff) {
        Terminal terminal = license.terminal();
        Lines lines = new Lines(terminal, 2, 26);
        String title = signOff.path("title").asText();
        String who = signOff.path("by").asText();
        String day = signOff.path("on").asText();
        lines.text(Terminal.printable(
                terminal.say(title + ": " + day + " " + who + " 서명", title + ": signed by " + who + " on " + day)));
        JsonNode used = signOff.path("used");
        JsonNode left = signOff.path("leftOut");
        lines.line(
                terminal.say("쓸 수 있는 행", "rows that may be used"),
                number(used.path("ALLOW").asLong()
                        + used.path("ALLOW_WITH_DUTIES").asLong()));
        lines.line(
                terminal.say("  그 가운데 검토한 행", "  of these reviewed"),
                number(used.path("reviewed").asLong()));
        lines.line(
                terminal.say("쓸 수 없는 행", "may not be used"),
                number(left.path("DENY").asLong() + left.path("reviewedDeny").asLong()));
        lines.line(
                terminal.say("검토하지 않은 행", "not reviewed"),
                number(left.path("unreviewed").asLong()));
        lines.line(
                terminal.say("읽지 못한 행", "unreadable"),
                number(left.path("unreadable").asLong()));
        lines.heading(terminal.say("서명한 목록", "Signed manifest"));
        lines.text("  " + Arguments.path(folder).resolve("signed"));
        return lines.toString();
    }

    private int verify(SignedManifest desk) {
        List<SignedManifest.Finding> found = desk.verify();
        Terminal terminal = license.terminal();
        Locale language = terminal.language();
        if (json) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("holds", found.isEmpty());
            out.put(
                    "findings",
                    found.stream()
                            .map(each -> Map.of(
                                    "kind", each.kind(), "text", each.text().in(language)))
                            .toList());
            terminal.json(out);
        } else if (found.isEmpty()) {
            terminal.out().println(terminal.say("서명한 그대로입니다.", "All is as it was signed."));
        } else {
            Lines lines = new Lines(terminal);
            lines.text(terminal.say("서명과 맞지 않습니다:", "Does not match the signature:"));
            found.forEach(each -> lines.bullet(Terminal.printable(each.text().in(language))));
            terminal.out().print(lines);
        }
        return found.isEmpty() ? 0 : Failure.FOUND;
    }

    private static String number(long rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }
}
