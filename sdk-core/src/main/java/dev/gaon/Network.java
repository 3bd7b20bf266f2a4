package dev.gaon;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Credentials;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How to reach servers from here: whom to trust, who we are, through which proxy, with which names.
 *
 * <p>Immutable and safe to share; every method returns a changed copy. Wrong passwords and unreadable files are refused
 * when they are given, not at the first call. There is no switch that trusts everybody. {@link #DEFAULT} uses Java's
 * trust store, no client key, the JVM's proxy settings and the system's DNS.
 */
public final class Network {

    /** Java's own settings. */
    public static final Network DEFAULT = new Network(null, null, null, null, null, null);

    private final @Nullable KeyStore trusted;
    private final KeyManager @Nullable [] ownKeys;
    private final @Nullable Proxy proxy;
    private final @Nullable String proxyUser;
    private final @Nullable Credential proxyPassword;
    private final @Nullable Function<String, List<InetAddress>> dns;

    private Network(
            @Nullable KeyStore trusted,
            KeyManager @Nullable [] ownKeys,
            @Nullable Proxy proxy,
            @Nullable String proxyUser,
            @Nullable Credential proxyPassword,
            @Nullable Function<String, List<InetAddress>> dns) {
        this.trusted = trusted;
        this.ownKeys = ownKeys;
        this.proxy = proxy;
        this.proxyUser = proxyUser;
        this.proxyPassword = proxyPassword;
        this.dns = dns;
    }

    /** Trusts the certificates of this store, instead of Java's. */
    public Network trust(KeyStore store) {
        return new Network(Objects.requireNonNull(store, "store"), ownKeys, proxy, proxyUser, proxyPassword, dns);
    }

    /**
     * Trusts the certificates of a PEM file, instead of Java's.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public Network trustPem(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, one);
            }
            if (number == 0) {
                throw new IOException("no certificate");
            }
            return trust(store);
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable("인증서 파일", "certificate file", file, e);
        }
    }

    /**
     * Shows this key to servers that ask for one (mutual TLS).
     *
     * @param password of the store's keys; not kept
     * @throws IllegalArgumentException if the password is wrong or the store holds no key
     */
    public Network clientKey(KeyStore store, char[] password) {
        try {
            boolean hasKey = false;
            for (String alias : java.util.Collections.list(store.aliases())) {
                hasKey |= store.isKeyEntry(alias);
            }
            if (!hasKey) {
                throw new GeneralSecurityException("no key");
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return new Network(trusted, factory.getKeyManagers(), proxy, proxyUser, proxyPassword, dns);
        } catch (GeneralSecurityException e) {
            throw new Text(
                            "클라이언트 키를 쓸 수 없습니다. 키 저장소에 키가 있는지, 비밀번호가 맞는지 확인하세요.",
                            "The client key cannot be used. Check that the store holds a key and that the password is right.")
                    .refusal(e);
        }
    }

    /** The same, from a PKCS #12 file. */
    public Network clientKey(Path pkcs12, char[] password) {
        try (InputStream in = Files.newInputStream(pkcs12)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return clientKey(store, password);
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable("클라이언트 키 파일(비밀번호 포함)", "client key file (or its password)", pkcs12, e);
        }
    }

    /** Goes through an HTTP proxy. */
    public Network proxy(String host, int port) {
        Proxy http = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        return new Network(trusted, ownKeys, http, proxyUser, proxyPassword, dns);
    }

    /** Who we are to the proxy (Basic authentication). */
    public Network proxyUser(String user, Credential password) {
        return new Network(trusted, ownKeys, proxy, user, Objects.requireNonNull(password, "password"), dns);
    }

    /** Finds addresses of host names by itself; an empty list means that there is none. Called on threads of calls. */
    public Network dns(Function<String, List<InetAddress>> lookup) {
        return new Network(trusted, ownKeys, proxy, proxyUser, proxyPassword, lookup);
    }

    OkHttpClient.Builder apply(OkHttpClient.Builder client) {
        if (trusted != null || ownKeys != null) {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(trusted);
                X509TrustManager trust = (X509TrustManager) Arrays.stream(factory.getTrustManagers())
                        .filter(X509TrustManager.class::isInstance)
                        .findFirst()
                        .orElseThrow();
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(ownKeys, new TrustManager[] {trust}, null);
                client.sslSocketFactory(context.getSocketFactory(), trust);
            } catch (GeneralSecurityException e) {
                throw new Text("TLS를 설정할 수 없습니다.", "TLS cannot be set up.").refusal(e);
            }
        }
        if (proxy != null) {
            client.proxy(proxy);
        }
        if (proxyUser != null && proxyPassword != null) {
            String header = Credentials.basic(proxyUser, proxyPassword.reveal(), StandardCharsets.UTF_8);
            client.proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null
                    ? null
                    : response.request()
                            .newBuilder()
                            .header("Proxy-Authorization", header)
                            .build());
        }
        if (dns != null) {
            client.dns(host -> {
                List<InetAddress> found;
                try {
                    found = dns.apply(host);
                } catch (RuntimeException e) {
                    throw (UnknownHostException) new UnknownHostException(host).initCause(e);
                }
                if (found == null || found.isEmpty()) {
                    throw new UnknownHostException(host);
                }
                return found;
            });
        } else {
            client.dns(Dns.SYSTEM);
        }
        return client;
    }

    private static IllegalArgumentException unreadable(String ko, String en, Path file, Exception e) {
        return new Text(
                        ko + "을(를) 읽을 수 없습니다: " + file + " (" + e.getClass().getSimpleName() + ").",
                        "Cannot read the " + en + ": " + file + " ("
                                + e.getClass().getSimpleName() + ").")
                .refusal(e);
    }

    @Override
    public String toString() {
        return "Network[proxy=" + (proxy == null ? null : proxy.address()) + ", ownTrust=" + (trusted != null)
                + ", clientKey=" + (ownKeys != null) + "]";
    }
}
