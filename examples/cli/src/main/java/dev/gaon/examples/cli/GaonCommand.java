package dev.gaon.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code gaon}: reads the words, runs one command, turns failures into messages and exit codes. */
@Command(
        name = "gaon",
        description = {
            "가온: 국가대표 AI 모델과 추론 서버를 하나의 API로 부르는 Java SDK의 명령줄",
            "Gaon: the command line of the Java SDK that calls Korea's national models and inference servers by one API"
        },
        subcommands = {
            ModelsCommand.class,
            DoctorCommand.class,
            ChatCommand.class,
            AssessCommand.class,
            LicenseCommand.class,
            LabelCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%n옵션 / Options:%n",
        commandListHeading = "%n명령 / Commands:%n",
        footer = {
            "",
            "gaon COMMAND --help: 명령별 도움말 / help on a command",
            "종료 코드: 0 성공, 1 발견 또는 거절, 2 잘못된 사용, 3 사실 부족, 4 제공자·서버 실패",
            "Exit codes: 0 fine, 1 finding or refusal, 2 wrong use, 3 facts missing, 4 provider failed"
        },
        versionProvider = Version.class)
@SuppressWarnings("UnusedVariable") // picocli writes the options and reads them itself
final class GaonCommand {

    @Option(
            names = "--lang",
            paramLabel = "ko|en",
            scope = ScopeType.INHERIT,
            description = {"메시지 언어 (기본: LC_ALL, LANG)", "language of messages (default: LC_ALL, LANG)"})
    private @Nullable String lang;

    @Option(names = "--debug", hidden = true, scope = ScopeType.INHERIT)
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = {"이 도움말", "this help"})
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            description = {"버전", "version"})
    private boolean version;

    private final Terminal terminal;

    GaonCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** For subcommands. */
    Terminal terminal() {
        return terminal;
    }

    public static void main(String[] args) {
        // System.exit, not a return: a pool of some library must not keep a finished command alive.
        System.exit(run(
                Arguments.typed(args),
                System.in,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.getenv()));
    }

    /** Runs one command and returns its exit code; does not end the JVM. */
    static int run(String[] args, InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
        Terminal terminal = new Terminal(in, out, err, environment);
        List<String> words = Arrays.asList(args);
        int end = words.contains("--") ? words.indexOf("--") : words.size();
        List<String> options = words.subList(0, end);
        boolean json = options.contains("--json");
        boolean debug = options.contains("--debug");
        try {
            chooseLanguage(terminal, options);
            CommandLine line = new CommandLine(new GaonCommand(terminal));
            line.setExpandAtFiles(false);
            line.setUsageHelpWidth(100);
            line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
            line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
            line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
            line.setParameterExceptionHandler((e, all) -> ended(wrongUse(e), terminal, json, debug));
            line.setExecutionExceptionHandler((e, command, parsed) -> ended(e, terminal, json, debug));
            if (args.length == 0) {
                line.usage(terminal.err());
                return Failure.WRONG_USE;
            }
            return line.execute(args);
        } catch (RuntimeException | Error e) {
            return ended(e, terminal, json, debug);
        } finally {
            terminal.out().flush();
        }
    }

    /** Says why, and with which exit code. */
    private static int ended(Throwable error, Terminal terminal, boolean json, boolean debug) {
        Failure failure = Failure.of(error);
        if (debug) {
            failure.printStackTrace(terminal.err());
        }
        terminal.failure(failure, json);
        return failure.exit();
    }

    /** Before anything is parsed, so that what is wrong with the words is said in the right language too. */
    private static void chooseLanguage(Terminal terminal, List<String> options) {
        for (int i = 0; i < options.size(); i++) {
            String word = options.get(i);
            String value = word.startsWith("--lang=")
                    ? word.substring("--lang=".length())
                    : word.equals("--lang") && i + 1 < options.size() ? options.get(i + 1) : null;
            if (value != null && (value.equals("ko") || value.equals("en"))) {
                terminal.language(value);
            } else if (value != null) {
                throw Failure.wrongUse(
                        "wrong-use",
                        new Text("--lang은 ko나 en입니다: " + value, "--lang takes ko or en, not " + value),
                        Text.NONE);
            }
        }
    }

    private static Failure wrongUse(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        Text fix = new Text("`" + command + " --help`를 보세요.", "See `" + command + " --help`.");
        if (e instanceof UnmatchedArgumentException unmatched) {
            String what = unmatched.getUnmatched().get(0);
            List<String> near = unmatched.getSuggestions();
            String list = String.join(", ", near);
            return Failure.wrongUse(
                    "wrong-use",
                    new Text("모르는 명령이나 옵션입니다: " + what, "Unknown command or option: " + what),
                    near.isEmpty()
                            ? fix
                            : new Text("비슷한 것: " + list + ". " + fix.ko(), "Nearest: " + list + ". " + fix.en()));
        } else if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec argument = missing.getMissing().get(0);
            String what = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            return Failure.wrongUse("wrong-use", new Text("빠진 것: " + what, "Missing: " + what), fix);
        }
        return Failure.wrongUse(
                "wrong-use",
                new Text("명령을 읽을 수 없습니다: " + e.getMessage(), "The command cannot be read: " + e.getMessage()),
                fix);
    }
}
