package dev.gaon.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void hasTheShape(JsonNode answer) {
        assertThat(names(answer))
                .containsExactly(
                        "text",
                        "thinking",
                        "toolCalls",
                        "finish",
                        "usage",
                        "model",
                        "provider",
                        "endpoint",
                        "timings",
                        "record",
                        "citations");
        assertThat(names(answer.path("timings"))).containsExactly("firstTokenMs", "totalMs");
        assertThat(answer.path("toolCalls").isArray()).isTrue();
        assertThat(answer.path("citations").isArray()).isTrue();
        assertThat(answer.path("record").asText()).matches("[0-9a-f-]{36}");
    }

    @Test
    void theEmbeddedDefaultCites() {
        Cli.Result result = Cli.run("chat", "--json", "공공누리", "제1유형의", "조건은?");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        JsonNode answer = result.json();
        hasTheShape(answer);
        assertThat(answer.path("model").asText()).isEqualTo("embedded-extractive");
        assertThat(answer.path("provider").asText()).isEqualTo("embedded");
        assertThat(answer.path("finish").asText()).isEqualTo("stop");
        JsonNode citation = answer.path("citations").path(0);
        assertThat(names(citation)).containsExactly("document", "section", "quote", "source", "license", "attribution");
        assertThat(answer.path("text").asText()).contains(citation.path("quote").asText());
    }

    @Test
    void itSaysWhatItIs() {
        Cli.Result result = Cli.run("chat", "--stream", "공공누리 제1유형의 조건은?");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("공공누리");
        assertThat(result.err()).contains("embedded-extractive", "Not a language model", "record ");
    }

    @Test
    void nothingFoundIsNoFailureAndCitesNothing() {
        Cli.Result result = Cli.run("chat", "--json", "내일 부산 날씨 어때?");

        assertThat(result.exit()).isZero();
        assertThat(result.json().path("citations")).isEmpty();
        assertThat(result.json().path("text").asText()).isNotEmpty();
    }

    @Test
    void hangulSurvivesTheCLocale() throws Exception {
        Cli.Result result = Cli.fork(Map.of("LC_ALL", "C"), "chat", "--json", "공공누리 제1유형의 조건은?");

        assertThat(result.exit()).isZero();
        assertThat(result.json().path("citations")).isNotEmpty();
        assertThat(result.out()).contains("공공누리").doesNotContain("?공");

        Cli.Result plain = Cli.fork(Map.of("LC_ALL", "C"), "chat", "공공누리 제1유형의 조건은?");
        assertThat(plain.out()).contains("공공누리");
        assertThat(plain.err()).contains("Not a language model");
    }

    @Test
    void theQuestionCanComeFromStandardInput() {
        Cli.Result result = Cli.run("\uFEFF공공누리 제1유형의 조건은?\n", Map.of("LANG", "ko_KR.UTF-8"), "chat", "-");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("공공누리");
        assertThat(result.err()).contains("언어 모델이 아닙니다");
    }

    @Test
    void aFolderOfOnesOwnIsQuoted(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("rules.txt"), "취업 규칙\n\n연차 휴가는 1년에 15일입니다. 신청은 사흘 전까지 합니다.\n");
        Files.writeString(folder.resolve("old.hwp"), "x");

        Cli.Result result = Cli.run("chat", "--json", "--docs", folder.toString(), "연차 휴가 신청은 언제까지 하나요?");

        assertThat(result.exit()).isZero();
        assertThat(result.json().at("/citations/0/document").asText()).isEqualTo("rules.txt");
        assertThat(result.json().path("text").asText()).contains("연차");
        assertThat(result.err()).contains(".hwp 1");
    }

    @Test
    void koreanNamesOfFilesSurviveTheCLocale(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("규정"));
        Files.writeString(rules.resolve("휴가.txt"), "연차 휴가 규칙\n\n연차 휴가 신청은 사흘 전까지 합니다.\n");
        Files.writeString(rules.resolve("출장.txt"), "출장비 규칙\n\n출장비 정산은 열흘 안에 합니다.\n");

        for (String locale : List.of("C", "C.UTF-8")) {
            Cli.Result result = Cli.fork(
                    Map.of("LC_ALL", locale), "chat", "--json", "--docs", rules.toString(), "연차 휴가 신청은 언제까지 하나요?");
            assertThat(result.exit()).as(result.out()).isZero();
            assertThat(result.json().at("/citations/0/document").asText()).isEqualTo("휴가.txt");

            Cli.Result other = Cli.fork(
                    Map.of("LC_ALL", locale), "chat", "--json", "--docs", rules.toString(), "출장비 정산은 언제까지 하나요?");
            assertThat(other.json().at("/citations/0/document").asText()).isEqualTo("출장.txt");
        }
    }

    @Test
    void emptyAndMissingFolders(@TempDir Path folder) throws Exception {
        Cli.Result empty = Cli.run("chat", "--json", "--docs", folder.toString(), "연차 휴가는 며칠인가요?");
        assertThat(empty.exit()).isEqualTo(2);
        assertThat(empty.error().path("kind").asText()).isEqualTo("bad-folder");
        assertThat(empty.error().path("fix").asText()).contains(".pdf");

        Cli.Result missing =
                Cli.run("chat", "--json", "--docs", folder.resolve("none").toString(), "연차?");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.error().path("kind").asText()).isEqualTo("bad-folder");

        Path file = Files.writeString(folder.resolve("a.txt"), "a");
        assertThat(Cli.run("chat", "--docs", file.toString(), "연차?").exit()).isEqualTo(2);
    }

    @Test
    void aServerOfOnesOwn() throws Exception {
        try (ScriptedServer server = ScriptedServer.friendly()) {
            Cli.Result result = Cli.run("chat", "--json", "--endpoint", server.url(), "안녕");

            assertThat(result.exit()).isZero();
            JsonNode answer = result.json();
            hasTheShape(answer);
            assertThat(answer.path("text").asText()).isEqualTo("안녕하세요");
            assertThat(answer.path("thinking").asText()).isEqualTo("인사");
            assertThat(answer.at("/usage/totalTokens").asInt()).isEqualTo(5);
            assertThat(answer.path("endpoint").asText()).isEqualTo(server.url());
            assertThat(answer.path("citations")).isEmpty();
            assertThat(server.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.path()).isEqualTo("/v1/chat/completions");
                assertThat(asked.authorization()).isNull();
                assertThat(asked.body()).contains("\"model\":\"default\"", "안녕");
            });

            Cli.Result streamed = Cli.run("chat", "--stream", "--endpoint", server.url(), "--model", "mine", "안녕");
            assertThat(streamed.exit()).isZero();
            assertThat(streamed.out()).isEqualTo("안녕하세요\n");
            assertThat(streamed.err()).contains("mine", server.url());

            Cli.Result both = Cli.run("chat", "--stream", "--json", "--endpoint", server.url(), "안녕");
            assertThat(both.json().path("text").asText()).isEqualTo("안녕하세요");
            hasTheShape(both.json());
        }
    }

    @Test
    void theNamedServerGetsTheNamedKeyAndNobodyPrintsIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.friendly()) {
            Cli.Result result = Cli.fork(
                    Map.of("MY_KEY", "sk-very-secret", "LANG", "C"),
                    "chat",
                    "--json",
                    "--debug",
                    "--endpoint",
                    server.url(),
                    "--key-env",
                    "MY_KEY",
                    "hello");

            assertThat(result.exit()).isZero();
            assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer sk-very-secret");
            assertThat(result.out() + result.err()).doesNotContain("sk-very-secret");
        }
    }

    @Test
    void nothingGoesElsewhereWhenTheNamedServerFails() throws Exception {
        Cli.Result result = Cli.fork(
                Map.of("UPSTAGE_API_KEY", "up_secret", "LANG", "C"),
                "chat",
                "--json",
                "--model",
                "solar-pro4",
                "--endpoint",
                "http://127.0.0.1:1/v1",
                "hello");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.error().path("kind").asText()).isEqualTo("connect-failed");
        assertThat(result.out()).doesNotContain("api.upstage.ai");
    }

    @Test
    void failuresOfTheServer() throws Exception {
        String body = "{\"error\":{\"message\":\"bad key\",\"code\":\"invalid_api_key\"}}";
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.says(401, "application/json", body))) {
            Cli.Result result = Cli.run("chat", "--json", "--endpoint", server.url(), "hello");
            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.error().path("kind").asText()).isEqualTo("unauthorized");
            assertThat(names(result.error())).containsExactly("kind", "message", "fix");
        }
        String half = ScriptedServer.STREAM.substring(0, ScriptedServer.STREAM.indexOf("data:", 10));
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.says(200, "text/event-stream", half))) {
            Cli.Result json = Cli.run("chat", "--json", "--stream", "--endpoint", server.url(), "hello");
            assertThat(json.exit()).isEqualTo(4);
            assertThat(json.error().path("kind").asText()).isEqualTo("incomplete");

            Cli.Result plain = Cli.run("chat", "--stream", "--endpoint", server.url(), "hello");
            assertThat(plain.exit()).isEqualTo(4);
            assertThat(plain.out()).isEqualTo("안녕\n");
            assertThat(plain.err()).contains("gaon: ").doesNotContain("\tat ");
        }
    }

    @Test
    void aRefusedRecordIsRefusedBeforeAnythingIsSent(@TempDir Path folder) throws Exception {
        try (ScriptedServer server = ScriptedServer.friendly()) {
            String good = folder.resolve("calls.jsonl").toString();
            assertThat(Cli.run("chat", "--record", good, "--endpoint", server.url(), "hello")
                            .exit())
                    .isZero();
            assertThat(Files.readAllLines(Path.of(good))).hasSize(2).noneMatch(line -> line.contains("hello"));

            Cli.Result result =
                    Cli.run("chat", "--json", "--record", folder.toString(), "--endpoint", server.url(), "hello");
            assertThat(result.exit()).isEqualTo(2);
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void anInterruptEndsTheCallAndItsRecord(@TempDir Path folder) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(exchange -> {
            asked.countDown();
            try {
                done.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            Path record = folder.resolve("calls.jsonl");
            Process process = Cli.start(
                    Map.of("LANG", "C"),
                    folder.resolve("out"),
                    folder.resolve("err"),
                    "chat",
                    "--record",
                    record.toString(),
                    "--endpoint",
                    server.url(),
                    "hello");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isNotZero();
            List<String> lines = Files.readAllLines(record);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(1)).contains("\"state\":\"cancelled\"");
        } finally {
            done.countDown();
        }
    }

    @Test
    void wrongUse() throws Exception {
        Cli.Result unknown = Cli.run("chat", "--json", "--model", "solar-por4", "hello");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.error().path("kind").asText()).isEqualTo("unknown-model");
        assertThat(unknown.error().path("fix").asText()).contains("solar-pro4");

        Cli.Result key = Cli.fork(Map.of("LANG", "ko_KR.UTF-8"), "chat", "--model", "solar-pro4", "hello");
        assertThat(key.exit()).isEqualTo(2);
        assertThat(key.out()).isEmpty();
        assertThat(key.err()).contains("UPSTAGE_API_KEY", "키가 필요합니다").doesNotContain(" / ", "\tat ");

        for (String url : List.of("localhost:8080", "http://u:hunter2@h/v1", "http://", "http://0x7f000001/v1")) {
            Cli.Result bad = Cli.run("chat", "--json", "--endpoint", url, "hello");
            assertThat(bad.exit()).as(url).isEqualTo(2);
            assertThat(bad.error().path("kind").asText()).isEqualTo("bad-endpoint");
            assertThat(bad.out() + bad.err()).doesNotContain("hunter2");
        }

        Cli.Result dialect =
                Cli.run("chat", "--json", "--endpoint", "http://127.0.0.1:1/v1", "--dialect", "klingon", "hello");
        assertThat(dialect.exit()).isEqualTo(2);
        assertThat(dialect.error().path("message").asText()).contains("klingon");

        Cli.Result noKey =
                Cli.run("chat", "--json", "--endpoint", "http://127.0.0.1:1/v1", "--key-env", "GAON_NO_SUCH", "hi");
        assertThat(noKey.exit()).isEqualTo(2);
        assertThat(noKey.error().path("kind").asText()).isEqualTo("missing-key");

        assertThat(Cli.run("chat", "--json", "--docs", ".", "--model", "solar-pro4", "x")
                        .exit())
                .isEqualTo(2);
        assertThat(Cli.run("chat", "--json", "--dialect", "vllm", "x").exit()).isEqualTo(2);
        assertThat(Cli.run("chat", "--json", "--model", "bge-m3", "x").exit()).isEqualTo(2);
        assertThat(Cli.run("chat", "--json", " ").exit()).isEqualTo(2);
        assertThat(Cli.run("chat", "--json").error().path("message").asText()).contains("PROMPT");
    }
}
