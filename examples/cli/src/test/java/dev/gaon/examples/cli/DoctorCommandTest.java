package dev.gaon.examples.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private static Map<String, JsonNode> checks(Cli.Result result) {
        Map<String, JsonNode> checks = new LinkedHashMap<>();
        result.json().path("checks").forEach(check -> {
            assertThat(check.path("state").asText()).isIn("ok", "warn", "fail");
            assertThat(check.path("detail").isTextual()).isTrue();
            assertThat(check.path("fix").isTextual()).isTrue();
            checks.put(check.path("name").asText(), check);
        });
        return checks;
    }

    @Test
    void aPlainMachineIsFineAndNothingIsSent() throws Exception {
        Cli.Result result = Cli.fork(Map.of("LC_ALL", "C.UTF-8"), "doctor", "--json");

        assertThat(result.exit()).isZero();
        Map<String, JsonNode> checks = checks(result);
        assertThat(checks)
                .containsOnlyKeys(
                        "java",
                        "encoding",
                        "langchain4j",
                        "okhttp",
                        "jackson",
                        "proxy",
                        "catalogue",
                        "clock",
                        "keys",
                        "model",
                        "default-model",
                        "embedded",
                        "network");
        assertThat(checks.get("network").path("detail").asText()).contains("nothing was sent");
        assertThat(checks.get("langchain4j").path("detail").asText()).startsWith("1.");
    }

    @Test
    void forPeopleItIsATable() {
        Cli.Result result = Cli.run("doctor", "--lang", "ko");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("정상", "langchain4j", "아무것도 보내지 않았습니다", "실패 0");
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(Table.width(line)).isLessThanOrEqualTo(100));
    }

    @Test
    void wrongSettingsFail(@TempDir Path folder) throws Exception {
        Cli.Result model = Cli.fork(Map.of("GAON_MODEL", "solar-por4", "LANG", "C"), "doctor", "--json");
        assertThat(model.exit()).isEqualTo(1);
        assertThat(checks(model).get("model").path("state").asText()).isEqualTo("fail");
        assertThat(checks(model).get("model").path("fix").asText()).contains("solar-pro4");

        Cli.Result noKey = Cli.fork(Map.of("GAON_MODEL", "solar-pro4", "LANG", "C"), "doctor", "--json");
        assertThat(noKey.exit()).isEqualTo(1);
        assertThat(checks(noKey).get("default-model").path("detail").asText()).contains("UPSTAGE_API_KEY");

        Path file = Files.writeString(folder.resolve("bad.json"), "[]");
        Cli.Result catalogue = Cli.fork(Map.of("GAON_CATALOGUE", file.toString(), "LANG", "C"), "doctor", "--json");
        assertThat(catalogue.exit()).isEqualTo(1);
        assertThat(checks(catalogue).get("catalogue").path("detail").asText()).contains("bad.json");

        Cli.Result key = Cli.fork(Map.of("UPSTAGE_API_KEY", "two words", "LANG", "C"), "doctor", "--json");
        assertThat(key.exit()).isEqualTo(1);
        assertThat(checks(key).get("keys").path("detail").asText()).contains("UPSTAGE_API_KEY");
        assertThat(key.out() + key.err()).doesNotContain("two words");
    }

    @Test
    void aSecondOkHttpIsFoundWithBothItsPlaces(@TempDir Path folder) throws Exception {
        Path copy = Files.createDirectories(folder.resolve("okhttp3")).resolve("OkHttpClient.class");
        try (InputStream original = OkHttpClient.class.getResourceAsStream("OkHttpClient.class")) {
            Files.copy(original, copy);
        }
        Map<String, String> environment = Map.of("LC_ALL", "C.UTF-8");

        JsonNode once = checks(Cli.fork(environment, "doctor", "--json")).get("okhttp");
        Cli.Result result = Cli.fork(environment, List.of(folder), "doctor", "--json");

        assertThat(once.path("state").asText()).isEqualTo("ok");
        assertThat(once.path("detail").asText()).matches("5\\.[0-9.]+, one copy");
        assertThat(result.exit()).isEqualTo(1);
        JsonNode twice = checks(result).get("okhttp");
        assertThat(twice.path("state").asText()).isEqualTo("fail");
        assertThat(twice.path("detail").asText())
                .contains("OkHttp is on the class path 2 times", copy.toUri().getPath())
                .containsPattern("okhttp(-jvm)?-5[0-9.]*\\.jar!");
        assertThat(twice.path("fix").asText()).contains("mvn dependency:tree");
    }

    @Test
    void aDefaultModelThatHasEndedIsNoted() throws Exception {
        Cli.Result result = Cli.fork(Map.of("GAON_MODEL", "solar-pro2", "LANG", "C"), "doctor", "--json");

        JsonNode model = checks(result).get("model");
        assertThat(model.path("state").asText()).isEqualTo("warn");
        assertThat(model.path("detail").asText()).contains("The hosting of solar-pro2 ended on 2026-10-30");
    }

    @Test
    void aProxyThatJavaIgnoresIsNotedWithoutItsPassword() throws Exception {
        Cli.Result result =
                Cli.fork(Map.of("HTTPS_PROXY", "http://me:hunter2@proxy:3128", "LANG", "C"), "doctor", "--json");

        assertThat(result.exit()).isZero();
        assertThat(checks(result).get("proxy").path("state").asText()).isEqualTo("warn");
        assertThat(result.out() + result.err()).doesNotContain("hunter2");
    }

    @Test
    void theNetworkIsTriedOnlyWhenAsked() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
            String open = "http://127.0.0.1:" + closed + "/v1";

            Cli.Result reached = Cli.run("doctor", "--network", "--endpoint", open, "--json");
            assertThat(reached.exit()).isZero();
            assertThat(checks(reached).get("network:endpoint").path("state").asText())
                    .isEqualTo("ok");

            Cli.Result not = Cli.run("doctor", "--endpoint", open, "--json");
            assertThat(not.exit()).isZero();
            assertThat(checks(not).get("network").path("state").asText()).isEqualTo("warn");

            Cli.Result none = Cli.run("doctor", "--network", "--json");
            assertThat(none.exit()).isZero();
        }
        Cli.Result refused =
                Cli.run("doctor", "--network", "--endpoint", "http://127.0.0.1:" + closed + "/v1", "--json");
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(checks(refused).get("network:endpoint").path("state").asText())
                .isEqualTo("fail");
    }

    @Test
    void aServerThatSpeaksNoTlsIsFound() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread plain = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            plain.start();

            String url = "https://127.0.0.1:" + server.getLocalPort() + "/v1";
            Cli.Result result = Cli.run("doctor", "--network", "--endpoint", url, "--json");

            plain.join(10_000);
            assertThat(result.exit()).isEqualTo(4);
            assertThat(checks(result).get("network:endpoint").path("detail").asText())
                    .contains("TLS failed");
        }
    }

    @Test
    void aBadUrlIsWrongUse() {
        Cli.Result result = Cli.run("doctor", "--network", "--endpoint", "ftp://x", "--json");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.error().path("kind").asText()).isEqualTo("bad-endpoint");
    }
}
