package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Through a proxy, with names of one's own, and what fails there. */
class ProxyTest extends HostileCase {

    private static final String PASSWORD = "proxy-pass-1357924680";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString(("gaon:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final Endpoint far = Endpoint.of("http://model.example:8080/v1");
    private final Endpoint farTls = Endpoint.of("https://model.example/v1");

    private GaonChatModel through(RawServer proxy, Limits limits, Endpoint endpoint) {
        Network network = Network.DEFAULT.proxy("127.0.0.1", proxy.port()).proxyUser("gaon", Credential.of(PASSWORD));
        assertThat(network.toString()).doesNotContain(PASSWORD);
        return gaon(b -> b.network(network).limits(limits), endpoint).chat("m");
    }

    /** A blocking and a streaming call end alike, and neither tells the proxy's password. */
    private CallFailure refused(GaonChatModel model, String kind) throws Exception {
        Throwable streamed = streamedError(model);
        Throwable blocking = org.assertj.core.api.Assertions.catchThrowable(() -> say(model));
        for (Throwable error : List.of(streamed, blocking)) {
            assertThat(CapturedLog.trace(error) + CapturedLog.text() + ledger.closed)
                    .doesNotContain(PASSWORD, BASIC.substring(6));
            assertThat(facts(error).kind()).isEqualTo(kind);
        }
        assertThat(facts(streamed).phase()).isEqualTo(facts(blocking).phase());
        return facts(blocking);
    }

    @Test
    void aPlainRequestGoesToTheProxyWithItsPassword() {
        RawServer proxy = server(
                v -> v.json(407, "{}", "Proxy-Authenticate: Basic realm=\"x\""), v -> v.json(200, Wire.whole("답")));
        assertThat(say(through(proxy, once(), far))).isEqualTo("답");
        Received last = proxy.received().get(proxy.received().size() - 1);
        assertThat(last.line()).startsWith("POST http://model.example:8080/v1/chat/completions");
        assertThat(last.header("Proxy-Authorization")).isEqualTo(BASIC);
    }

    @Test
    void aTunnelCarriesNeitherKeyNorPromptInTheOpen() throws Exception {
        RawServer proxy = server(v -> v.send("HTTP/1.1 200 OK\r\n\r\n").untilClientCloses());
        refused(through(proxy, deadlines(500, 9000, 9000, 9000), farTls), "deadline-connect");
        Received connect = proxy.received().get(0);
        assertThat(connect.line()).isEqualTo("CONNECT model.example:443 HTTP/1.1");
        assertThat(connect.header("Proxy-Authorization")).isEqualTo(BASIC);
        clean(connect.head());
    }

    @Test
    void aProxyThatRefusesUsIsNoServer() throws Exception {
        RawServer.Script no = v -> v.json(407, "{}", "Proxy-Authenticate: Basic realm=\"x\"");
        RawServer proxy = server(no);
        CallFailure failure = refused(through(proxy, once(), far), "proxy-failed");
        assertThat(failure.getMessage()).contains("프록시", "proxy");
        assertThat(proxy.requests()).as("without and with the password, twice").isEqualTo(4);
        RawServer tunnel = server(no);
        refused(through(tunnel, once(), farTls), "proxy-failed");
        assertThat(tunnel.requests()).isBetween(2, 4);
    }

    @Test
    void aProxyThatCannotReachTheServer() throws Exception {
        assertThat(refused(through(server(v -> v.json(502, "{}")), once(), farTls), "proxy-failed")
                        .phase())
                .isEqualTo("connect");
        refused(through(server(v -> v.json(502, "{}")), once(), far), "unknown-outcome");
    }

    @Test
    void aProxyThatResetsOrIsGone() throws Exception {
        refused(through(server(RawServer.Visit::reset), once(), farTls), "proxy-failed");
        RawServer gone = server(v -> {});
        gone.close();
        refused(through(gone, once(), far), "proxy-failed");
    }

    @Test
    void aProxyThatStalls() throws Exception {
        RawServer proxy = server(RawServer.Visit::untilClientCloses);
        refused(through(proxy, deadlines(300, 9000, 9000, 9000), farTls), "deadline-connect");
    }

    @Test
    void aProxyWhoseNameIsUnknownIsNamed() throws Exception {
        Network network = Network.DEFAULT.proxy("no-such-proxy.invalid", 3128).dns(host -> List.of());
        CallFailure failure =
                refused(gaon(b -> b.network(network).limits(once()), far).chat("m"), "dns-failed");
        assertThat(failure.getMessage()).contains("no-such-proxy.invalid");
    }

    @Test
    void namesAreLookedUpByTheGivenFunction() {
        AtomicReference<String> asked = new AtomicReference<>();
        RawServer server = server(v -> v.json(200, Wire.whole("답")));
        Endpoint named = Endpoint.of("http://model.example:" + server.port() + "/v1");
        Network network = Network.DEFAULT.dns(host -> {
            asked.set(host);
            return List.of(InetAddress.getLoopbackAddress());
        });
        assertThat(say(gaon(b -> b.network(network), named).chat("m"))).isEqualTo("답");
        assertThat(asked).hasValue("model.example");
        assertThat(server.received().get(0).header("Host")).startsWith("model.example");
    }

    @Test
    void aNameThatIsNotFoundIsNoServerFault() throws Exception {
        Network none = Network.DEFAULT.dns(host -> null);
        Network broken = Network.DEFAULT.dns(host -> {
            throw new IllegalStateException("directory down");
        });
        for (Network network : List.of(none, broken)) {
            CallFailure failure =
                    refused(gaon(b -> b.network(network).limits(once()), far).chat("m"), "dns-failed");
            assertThat(failure.phase()).isEqualTo("connect");
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.getMessage()).contains("model.example");
        }
    }
}
