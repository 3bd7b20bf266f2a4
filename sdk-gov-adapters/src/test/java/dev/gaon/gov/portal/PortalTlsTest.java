package dev.gaon.gov.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A portal over TLS is trusted with the store that was given, and not without. */
class PortalTlsTest {

    private static final Map<String, String> HERITAGE = Map.of("ccbaKdcd", "11", "ccbaAsno", "1", "ccbaCtcd", "11");
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private KeyStore ownKey() throws Exception {
        Path file = folder.resolve("own.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), UTF_8)).doesNotContain("error");
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    @Test
    void aPrivateAuthorityIsTrustedWhenGiven() throws Exception {
        KeyStore own = ownKey();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "<result><totalCnt>0</totalCnt></result>".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", own.getCertificate("own"));
        URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/cha");
        Portals.Builder builder = Portals.builder()
                .evidence(reply -> {})
                .clock(InstantSource.fixed(Samples.NOON))
                .address("khs", uri);
        try (Portals stranger = builder.build();
                Portals friend = builder.trust(trusted).build()) {
            String start = friend.start("khs", "images", HERITAGE);
            assertThat(catchThrowableOfType(PortalException.class, () -> stranger.fetch(start))
                            .kind())
                    .isEqualTo("tls-failed");
            assertThat(friend.fetch(start).works()).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
