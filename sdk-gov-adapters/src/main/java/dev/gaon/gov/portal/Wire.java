package dev.gaon.gov.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one address and reads the reply whole, on the thread of the caller: no redirect, no silent resend, no cookie, no
 * cache, bounded bytes. What fails is told as a word alone, for the words of libraries hold addresses.
 */
final class Wire implements AutoCloseable {

    /** A word of {@link PortalException#kind()}; deliberately without message or cause. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        final String kind;

        Broken(String kind) {
            super(kind, null, false, false);
            this.kind = kind;
        }
    }

    /** @param retryAfter seconds that the portal asks to wait; null if it does not */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Answer(
            int status,
            String contentType,
            byte[] bytes,
            @Nullable Duration retryAfter) {}

    record Settings(
            Duration connect,
            Duration total,
            int replyBytes,
            @Nullable InetSocketAddress proxy,
            @Nullable KeyStore trusted) {}

    /** Shorter than servers keep an idle connection: one that they closed would cost a call of the quota. */
    private static final int IDLE_SECONDS = 2;

    private static final int FIRST_BYTES = 8 << 10;

    private final OkHttpClient client;
    private final int most;

    Wire(Settings settings) {
        most = settings.replyBytes();
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .connectionPool(new ConnectionPool(5, IDLE_SECONDS, TimeUnit.SECONDS))
                .connectTimeout(settings.connect())
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS)
                .callTimeout(settings.total());
        if (settings.proxy() != null) {
            builder.proxy(new Proxy(Proxy.Type.HTTP, settings.proxy()));
        }
        if (settings.trusted() != null) {
            trust(builder, settings.trusted());
        }
        client = builder.build();
    }

    private static void trust(OkHttpClient.Builder builder, KeyStore trusted) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            X509TrustManager manager = (X509TrustManager) Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            builder.sslSocketFactory(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException e) {
            throw PortalException.wrongUse(
                    "신뢰 저장소를 쓸 수 없습니다.",
                    "인증서가 든 저장소인지 확인하세요.",
                    "The trust store cannot be used.",
                    "Check that it holds certificates.");
        }
    }

    /** @param secret a header with a key in it: name and value; null if there is none */
    Answer get(String address, String @Nullable [] secret) throws Broken {
        Request.Builder request =
                new Request.Builder().url(address).header("User-Agent", "gaon").header("Accept", "*/*");
        if (secret != null) {
            request.header(secret[0], secret[1]);
        }
        Call call = client.newCall(request.build());
        try (Response response = execute(call)) {
            if (response.code() == 407) {
                throw new Broken("proxy-failed");
            }
            String coding = response.header("Content-Encoding", "identity");
            if (!coding.equalsIgnoreCase("identity")) {
                throw new Broken("malformed-reply");
            }
            return new Answer(
                    response.code(), response.header("Content-Type", ""), bytes(response), retryAfter(response));
        } catch (IOException e) {
            throw new Broken(kind(e, call));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Broken("closed");
        }
    }

    /** OkHttp lets the interrupt of a thread that waits for a connection through as it is. */
    private static Response execute(Call call) throws IOException {
        try {
            return call.execute();
        } catch (Exception e) {
            if (e.getClass() == InterruptedException.class) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            throw e;
        }
    }

    private byte[] bytes(Response response) throws IOException, Broken {
        InputStream in = response.body().byteStream();
        byte[] bytes = new byte[FIRST_BYTES];
        int length = 0;
        for (int read = 0; read >= 0; length += Math.max(0, read)) {
            if (length > most) {
                throw new Broken("too-large");
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, most + 1L));
            }
            read = in.read(bytes, length, bytes.length - length);
        }
        return Arrays.copyOf(bytes, length);
    }

    private static @Nullable Duration retryAfter(Response response) {
        String header = response.header("Retry-After", "").strip();
        return header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }

    private static String kind(IOException e, Call call) {
        if (Thread.currentThread().isInterrupted()) {
            return "cancelled";
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) {
                return "dns-failed";
            } else if (t instanceof ConnectException
                    || t instanceof NoRouteToHostException
                    || t instanceof SocketTimeoutException timeout && isConnect(timeout)) {
                return "connect-failed";
            } else if (t instanceof InterruptedIOException) {
                return "deadline";
            } else if (t instanceof SSLException) {
                return "tls-failed";
            }
        }
        String words = String.valueOf(e.getMessage());
        return words.contains("proxy") || words.contains("CONNECT")
                ? "proxy-failed"
                : call.isCanceled() ? "closed" : "incomplete";
    }

    private static boolean isConnect(SocketTimeoutException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
