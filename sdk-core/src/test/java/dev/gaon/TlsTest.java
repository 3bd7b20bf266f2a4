package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
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

    /** A blocking and a streaming call see the same, by a reason of its own, and nothing was sent. */
    private void refused(Network network, RawServer server, TlsFault why) throws Exception {
        refused(network, server, server.endpoint(), why);
    }

    private void refused(Network network, RawServer server, Endpoint endpoint, TlsFault why) throws Exception {
        GaonChatModel model = gaon(b -> b.network(network), endpoint).chat("m");
        for (CallFailure failure : new CallFailure[] {blocking(model), streamed(model)}) {
            assertThat(failure.kind()).isEqualTo("tls-failed");
            assertThat(failure.phase()).isEqualTo("connect");
            assertThat(failure.message(Locale.KOREAN)).contains("127.0.0.1 (" + why.reason.ko() + ")");
            assertThat(failure.message(Locale.ENGLISH)).contains("127.0.0.1 (" + why.reason.en() + ")");
            assertThat(failure.fix(Locale.KOREAN)).isEqualTo(why.fix.ko());
            assertThat(failure.retryable()).isFalse();
        }
        assertThat(server.requests()).isZero();
        assertThat(server.accepted()).as("once each").isEqualTo(2);
    }

    @Test
    void aPrivateAuthorityIsTrustedOnceGiven() throws Exception {
        RawServer server = speaking(server().build(), false);
        refused(Network.DEFAULT, server, TlsFault.UNKNOWN_AUTHORITY);
        Network network = trusting();
        assertThat(say(model(b -> b.network(network), server))).isEqualTo("답");
    }

    @Test
    void anotherHostsCertificateIsRefused() throws Exception {
        HeldCertificate other = new HeldCertificate.Builder()
                .signedBy(CA)
                .addSubjectAlternativeName("other.example")
                .build();
        refused(trusting(), speaking(other, false), TlsFault.WRONG_HOST);
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        long now = System.currentTimeMillis();
        HeldCertificate old = server().validityInterval(
                        now - TimeUnit.DAYS.toMillis(9), now - TimeUnit.DAYS.toMillis(2))
                .build();
        refused(trusting(), speaking(old, false), TlsFault.EXPIRED);
    }

    @Test
    void aCertificateOfTomorrowIsRefused() throws Exception {
        long now = System.currentTimeMillis();
        HeldCertificate early = server().validityInterval(
                        now + TimeUnit.DAYS.toMillis(1), now + TimeUnit.DAYS.toMillis(9))
                .build();
        refused(trusting(), speaking(early, false), TlsFault.NOT_YET_VALID);
    }

    @Test
    void aSelfSignedCertificateIsRefused() throws Exception {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        refused(trusting(), speaking(own, false), TlsFault.UNKNOWN_AUTHORITY);
    }

    /** Answers the client's first words with these bytes. */
    private void answered(byte[] bytes, TlsFault why) throws Exception {
        RawServer server = watched(RawServer.unread(v -> v.send(bytes).untilClientCloses()));
        refused(Network.DEFAULT, server, Endpoint.of(server.url().replace("http:", "https:")), why);
    }

    @Test
    void anOldProtocolIsRefused() throws Exception {
        ByteBuffer hello = ByteBuffer.allocate(47);
        hello.put(new byte[] {0x16, 3, 1, 0, 42, 2, 0, 0, 38});
        // TLS 1.0, a random of zeros, no session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
        hello.put(new byte[] {3, 1}).put(new byte[32]).put(new byte[] {0, (byte) 0xc0, 0x13, 0});
        answered(hello.array(), TlsFault.OLD_VERSION);
        byte[] alertOfProtocolVersion = {0x15, 3, 1, 0, 2, 2, 70};
        answered(alertOfProtocolVersion, TlsFault.OLD_VERSION);
    }

    @Test
    void aServerThatSpeaksNoTlsIsToldApart() throws Exception {
        answered("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(), TlsFault.NO_TLS);
        byte[] alertOfHandshakeFailure = {0x15, 3, 3, 0, 2, 2, 40};
        answered(alertOfHandshakeFailure, TlsFault.BROKEN);
    }

    @Test
    void aCertificateForgesNoLineOfALog() throws Exception {
        HeldCertificate forged = new HeldCertificate.Builder()
                .signedBy(CA)
                .commonName("x\n2026-01-01 ERROR forged\u001b[31m\u202e")
                .addSubjectAlternativeName("other.example")
                .build();
        refused(trusting(), speaking(forged, false), TlsFault.WRONG_HOST);
        Network network = trusting();
        Throwable error = catchThrowable(() -> say(model(b -> b.network(network), speaking(forged, false))));
        assertThat(CapturedLog.trace(error)).doesNotContain("\n2026", "\u001b", "\u202e");
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
        KeyStore keyless = KeyStore.getInstance("PKCS12");
        keyless.load(null, null);
        keyless.setCertificateEntry("ca", CA.certificate());
        for (Throwable error : new Throwable[] {
            catchThrowable(() -> Network.DEFAULT.clientKey(file, wrong)),
            catchThrowable(() -> Network.DEFAULT.clientKey(store, wrong)),
            catchThrowable(() -> Network.DEFAULT.clientKey(folder.resolve("none.p12"), PASSWORD)),
            catchThrowable(() -> Network.DEFAULT.clientKey(keyless, PASSWORD)),
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
