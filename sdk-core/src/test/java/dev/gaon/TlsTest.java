package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom this client trusts, and as whom it speaks. */
class TlsTest extends HostileCase {

    private static final char[] PASSWORD = "store-pass-4711".toCharArray();
    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @TempDir
    Path folder;

    private static HeldCertificate.Builder server() {
        return new HeldCertificate.Builder().signedBy(CA).addSubjectAlternativeName("127.0.0.1");
    }

    private RawServer speaking(HeldCertificate certificate, boolean wantClientKey) {
        HandshakeCertificates keys = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(CA.certificate())
                .build();
        return watched(
                new RawServer(keys.sslContext().getSocketFactory(), wantClientKey, v -> v.json(200, Wire.whole("답"))));
    }

    private Network trusting() throws IOException {
        Path pem = folder.resolve("ca.pem");
        Files.writeString(pem, CA.certificatePem());
        return Network.DEFAULT.trustPem(pem);
    }

    private KeyStore clientKey() throws Exception {
        HeldCertificate key =
                new HeldCertificate.Builder().signedBy(CA).commonName("client").build();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "me", key.keyPair().getPrivate(), PASSWORD, new java.security.cert.Certificate[] {key.certificate()});
        return store;
    }

    private CallFailure refused(Network network, RawServer server, String why) {
        CallFailure failure = blocking(model(b -> b.network(network), server));
        assertThat(failure.kind()).isEqualTo("tls-failed");
        assertThat(failure.getMessage()).contains(why);
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isZero();
        return failure;
    }

    @Test
    void aPrivateAuthorityIsTrustedOnceGiven() throws Exception {
        RawServer server = speaking(server().build(), false);
        refused(Network.DEFAULT, server, "unknown certificate authority");
        Network network = trusting();
        assertThat(say(model(b -> b.network(network), server))).isEqualTo("답");
    }

    @Test
    void anotherHostsCertificateIsRefused() throws Exception {
        HeldCertificate other = new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("other.example")
                .build();
        CallFailure failure = refused(trusting(), speaking(other, false), "wrong host name");
        assertThat(failure.phase()).isEqualTo("connect");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        long now = System.currentTimeMillis();
        HeldCertificate old = server().validityInterval(
                        now - TimeUnit.DAYS.toMillis(9), now - TimeUnit.DAYS.toMillis(2))
                .build();
        refused(trusting(), speaking(old, false), "expired");
    }

    @Test
    void aServerThatCannotBeTrustedIsLeftForTheNext() throws Exception {
        RawServer impostor = speaking(
                new HeldCertificate.Builder()
                        .addSubjectAlternativeName("127.0.0.1")
                        .build(),
                false);
        RawServer good = speaking(server().build(), false);
        Network network = trusting();
        assertThat(say(model(b -> b.network(network), impostor, good))).isEqualTo("답");
        assertThat(impostor.requests()).isZero();
    }

    @Test
    void aServerThatIsGoneIsNoFailureOfTls() throws Exception {
        RawServer plain = server(v -> {});
        Endpoint endpoint = Endpoint.of(plain.url().replace("http:", "https:"));
        Network network = trusting();
        plain.close();
        CallFailure failure =
                blocking(gaon(b -> b.network(network).limits(once()), endpoint).chat("m"));
        assertThat(failure.kind()).isEqualTo("connect-failed");
    }

    @Test
    void aClientKeyIsShownToWhoAsks() throws Exception {
        RawServer server = speaking(server().build(), true);
        Network network = trusting().clientKey(clientKey(), PASSWORD);
        assertThat(say(model(b -> b.network(network), server))).isEqualTo("답");
        assertThat(network.toString()).contains("clientKey=true").doesNotContain("4711");
    }

    @Test
    void withoutItsClientKeyNothingIsDone() throws Exception {
        RawServer server = speaking(server().build(), true);
        Network network = trusting();
        CallFailure failure = blocking(model(b -> b.network(network).limits(once()), server));
        // A server may cut the connection before its alert is read.
        assertThat(failure.kind()).isIn("tls-failed", "unknown-outcome");
        assertThat(failure.retryable()).isFalse();
        assertThat(server.requests()).isZero();
    }

    @Test
    void aWrongPasswordIsRefusedWhileBuilding() throws Exception {
        KeyStore store = clientKey();
        Path file = folder.resolve("key.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        char[] wrong = "wrong-pass-0815".toCharArray();
        for (Throwable error : new Throwable[] {
            catchThrowable(() -> Network.DEFAULT.clientKey(file, wrong)),
            catchThrowable(() -> Network.DEFAULT.clientKey(store, wrong)),
            catchThrowable(() -> Network.DEFAULT.clientKey(folder.resolve("none.p12"), PASSWORD)),
            catchThrowable(() -> Network.DEFAULT.trustPem(file)),
        }) {
            assertThat(error).isInstanceOf(IllegalArgumentException.class);
            assertThat(CapturedLog.trace(error)).doesNotContain("0815", "4711").contains(" / ");
        }
        Network network = trusting().clientKey(file, PASSWORD);
        assertThat(say(model(b -> b.network(network), speaking(server().build(), true))))
                .isEqualTo("답");
    }
}
