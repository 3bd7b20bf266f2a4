package dev.gaon;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Response;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * Sees how far one HTTP exchange got, and ends it if the connection does not stand in time or, for a stream, the first
 * token does not come in time.
 */
final class CallProbe extends EventListener {

    /** Cancels the exchange when its time is over. */
    private final class Watch extends AsyncTimeout {

        private final Duration limit;
        private boolean on;
        private volatile boolean passed;

        Watch(Duration limit) {
            this.limit = limit;
        }

        synchronized void start() {
            if (!on) {
                on = true;
                timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
                enter();
            }
        }

        synchronized void stop() {
            if (on) {
                on = false;
                exit();
            }
        }

        @Override
        protected void timedOut() {
            passed = true;
            Call watched = call;
            if (watched != null) {
                watched.cancel();
            }
        }
    }

    private final Watch connecting;
    private final @Nullable Watch firstToken;
    private volatile @Nullable Call call;
    private volatile @Nullable String lookedUp;
    private volatile boolean proxied;
    private volatile boolean connected;
    private volatile boolean handshaking;
    private volatile boolean sent;
    private volatile boolean overloaded;

    CallProbe(Limits limits, boolean streaming) {
        connecting = new Watch(limits.connect());
        firstToken = streaming ? new Watch(limits.firstToken()) : null;
    }

    static CallProbe of(Call call) {
        CallProbe probe = Objects.requireNonNull(call.request().tag(CallProbe.class), "probe");
        probe.call = call;
        return probe;
    }

    @Override
    public void dnsStart(Call c, String domainName) {
        lookedUp = domainName;
        connecting.start();
    }

    @Override
    public void connectStart(Call c, InetSocketAddress address, Proxy proxy) {
        proxied = proxy.type() == Proxy.Type.HTTP;
        connecting.start();
    }

    @Override
    public void secureConnectStart(Call c) {
        handshaking = true;
    }

    @Override
    public void secureConnectEnd(Call c, @Nullable Handshake handshake) {
        handshaking = false;
    }

    @Override
    public void connectionAcquired(Call c, Connection connection) {
        connected = true;
        connecting.stop();
        if (firstToken != null) {
            firstToken.start();
        }
    }

    @Override
    public void requestBodyStart(Call c) {
        sent = true;
    }

    @Override
    public void responseHeadersEnd(Call c, Response response) {
        overloaded = response.code() == HttpURLConnection.HTTP_UNAVAILABLE;
    }

    @Override
    public void callEnd(Call c) {
        connecting.stop();
        firstTokenCame();
    }

    @Override
    public void callFailed(Call c, IOException e) {
        connecting.stop();
        firstTokenCame();
    }

    void firstTokenCame() {
        if (firstToken != null) {
            firstToken.stop();
        }
    }

    boolean connectTimedOut() {
        return connecting.passed;
    }

    boolean firstTokenTimedOut() {
        return firstToken != null && firstToken.passed;
    }

    /** The name whose address was asked for last: the server's, or its proxy's. */
    @Nullable
    String lookedUp() {
        return lookedUp;
    }

    /** The connection goes, or went, through an HTTP proxy. */
    boolean proxied() {
        return proxied;
    }

    boolean connected() {
        return connected;
    }

    boolean handshaking() {
        return handshaking;
    }

    /** The request's body began to leave. */
    boolean sent() {
        return sent;
    }

    /** The server said 503, after which OkHttp would resend by itself where Retry-After is zero. */
    boolean overloaded() {
        return overloaded;
    }

    /** {@code connect}, {@code send}, {@code wait} or {@code reply}. */
    String phase(boolean reading) {
        return reading ? "reply" : sent ? "wait" : connected ? "send" : "connect";
    }
}
