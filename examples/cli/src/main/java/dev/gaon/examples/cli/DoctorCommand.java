package dev.gaon.examples.cli;

import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonResponseMetadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code gaon doctor}: is everything here that a call needs? Sends nothing unless {@code --network} is given. */
@Command(
        name = "doctor",
        header = "설정 점검 / check the configuration",
        descriptionHeading = "%n",
        description = {
            "설정을 살핍니다. --network가 없으면 아무것도 보내지 않습니다.",
            "Checks the configuration. Sends nothing without --network."
        },
        optionListHeading = "%n옵션 / Options:%n",
        footer = {
            "",
            "종료 코드: 0 실패 없음, 1 실패 있음, 4 서버에 닿지 않음",
            "Exit codes: 0 nothing failed, 1 something failed, 4 a server cannot be reached"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final String NETWORK = "network";

    @ParentCommand
    private GaonCommand gaon;

    @Option(
            names = "--network",
            description = {
                "키가 있는 제공자나 --endpoint에 연결해 봅니다 (TCP와 TLS만; 요청과 키는 보내지 않음)",
                "connect to providers whose key is set, or to --endpoint (TCP and TLS only; no request, no key)"
            })
    private boolean network;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {"--network로 연결해 볼 서버", "the server to connect to with --network"})
    private @Nullable String endpoint;

    @Option(
            names = "--json",
            description = {"JSON 문서 하나로", "as one JSON document"})
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = gaon.terminal();
        URI own = null;
        try {
            own = endpoint == null ? null : Endpoint.of(endpoint).uri();
        } catch (IllegalArgumentException e) {
            throw Failure.wrongUse("bad-endpoint", e);
        }
        List<Check> checks = new ArrayList<>(RuntimeChecks.all(terminal));
        SettingChecks settings = new SettingChecks(terminal);
        checks.add(settings.proxy());
        Map<String, URI> servers = new TreeMap<>();
        try (Gaon client = Gaon.create()) {
            checks.add(settings.catalogue(client));
            checks.add(settings.clock(client));
            checks.add(settings.keys(client));
            checks.add(settings.model(client));
            checks.add(defaultModel(client));
            checks.add(embedded(client));
            servers.putAll(withKey(client, terminal));
        } catch (IllegalArgumentException e) {
            checks.add(Check.fail("catalogue", Failure.wrongUse("bad-catalogue", e)));
        }
        if (own != null) {
            servers.clear();
            servers.put("endpoint", own);
        }
        checks.addAll(network(servers));
        report(checks, terminal);
        boolean local = checks.stream()
                .anyMatch(check -> check.failed() && !check.name().startsWith(NETWORK));
        boolean remote = checks.stream().anyMatch(Check::failed);
        return local ? Failure.FOUND : remote ? Failure.PROVIDER : 0;
    }

    /** What {@code gaon chat} without options would ask. */
    private static Check defaultModel(Gaon client) {
        try {
            String id = client.chat().card().id();
            return Check.ok("default-model", id + ", 쓸 수 있음", id + ", ready");
        } catch (RuntimeException e) {
            return Check.fail("default-model", Failure.of(e));
        }
    }

    private static Check embedded(Gaon client) {
        try {
            ChatResponse response = client.chat("embedded-extractive").chat(UserMessage.from("공공누리 제1유형의 조건은 무엇인가요?"));
            GaonResponseMetadata metadata = (GaonResponseMetadata) response.metadata();
            int quotes = metadata.citations().size();
            long ms = metadata.total().toMillis();
            return quotes == 0
                    ? Check.fail(
                            "embedded",
                            new Text("시험 질문에 인용을 찾지 못했습니다.", "No quotation was found for the test question."),
                            new Text("sdk-gov-adapters를 클래스 경로에 넣으세요.", "Put sdk-gov-adapters on the class path."))
                    : Check.ok(
                            "embedded",
                            "시험 질문에 인용 " + quotes + "개로 답함, " + ms + " ms",
                            "answered the test question with " + quotes + " quotation(s), " + ms + " ms");
        } catch (RuntimeException e) {
            return Check.fail("embedded", Failure.of(e));
        }
    }

    private static Map<String, URI> withKey(Gaon client, Terminal terminal) {
        Map<String, URI> servers = new TreeMap<>();
        client.models().all().stream()
                .flatMap(card -> card.endpoints().stream())
                .filter(one -> one.uri() != null && one.uri().getHost() != null)
                .filter(one -> one.keyVariable() != null && terminal.environment(one.keyVariable()) != null)
                .forEach(one -> servers.putIfAbsent(one.provider(), one.uri()));
        return servers;
    }

    private List<Check> network(Map<String, URI> servers) {
        if (!network) {
            return List.of(
                    endpoint != null
                            ? Check.warn(
                                    NETWORK,
                                    new Text("--endpoint에 연결해 보지 않았습니다.", "--endpoint was not contacted."),
                                    new Text("--network를 함께 주세요.", "Give --network as well."))
                            : Check.ok(
                                    NETWORK,
                                    "확인하지 않음: 아무것도 보내지 않았습니다 (--network로 확인)",
                                    "not checked: nothing was sent (--network checks)"));
        }
        if (servers.isEmpty()) {
            return List.of(Check.ok(NETWORK, "연결할 곳이 없음: 설정된 키가 없습니다", "nobody to connect to: no key is set"));
        }
        List<Check> checks = new ArrayList<>();
        servers.forEach((name, uri) -> checks.add(NetworkCheck.reach(NETWORK + ":" + name, uri)));
        return checks;
    }

    private void report(List<Check> checks, Terminal terminal) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put(
                    "checks",
                    checks.stream().map(check -> shape(check, terminal)).toList());
            terminal.json(document);
            return;
        }
        Table table = new Table(6, 15, 79);
        for (Check check : checks) {
            table.row(mark(check, terminal), check.name(), check.detail().in(terminal.language()));
            if (!check.fix().isEmpty()) {
                table.row("", "", "→ " + check.fix().in(terminal.language()));
            }
        }
        long failed = checks.stream().filter(Check::failed).count();
        long warned =
                checks.stream().filter(check -> check.state().equals("warn")).count();
        terminal.out().print(table);
        terminal.out()
                .println(terminal.say(
                        "\n점검 " + checks.size() + "개: 실패 " + failed + ", 주의 " + warned,
                        "\n" + checks.size() + " checks: " + failed + " failed, " + warned + " to note"));
    }

    private static String mark(Check check, Terminal terminal) {
        return switch (check.state()) {
            case "ok" -> terminal.say("정상", "ok");
            case "warn" -> terminal.say("주의", "note");
            default -> terminal.say("실패", "FAIL");
        };
    }

    private static Map<String, Object> shape(Check check, Terminal terminal) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", check.name());
        out.put("state", check.state());
        out.put("detail", check.detail().in(terminal.language()));
        out.put("fix", check.fix().in(terminal.language()));
        return out;
    }
}
