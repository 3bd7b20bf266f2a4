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
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
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

    private final RunningCall running;
    private final Ramp ramp;
    private final long patienceNanos;
    private final Watch connecting;
    private final @Nullable Watch firstToken;
    private volatile @Nullable Call call;
    private volatile long connectStartedAt;
    private boolean myTurn;
    private volatile @Nullable String lookedUp;
    private volatile boolean proxied;
    private volatile boolean connected;
    private volatile boolean handshaking;
    private volatile boolean sent;
    private volatile boolean overloaded;

    /** @param ramp of the endpoint's address */
    CallProbe(RunningCall running, Ramp ramp, Limits limits) {
        this.running = running;
        this.ramp = ramp;
        patienceNanos = limits.connect().toNanos();
        connecting = new Watch(limits.connect());
        firstToken = running.streaming() ? new Watch(limits.firstToken()) : null;
    }

    static CallProbe of(Call call) {
        CallProbe probe = Objects.requireNonNull(call.request().tag(CallProbe.class), "probe");
        probe.call = call;
        return probe;
    }

    /** The newest connection is not to be flooded before it has told how many streams it carries. */
    @Override
    public void callStart(Call c) {
        if (ramp.unsettled()) {
            takeTurn(c);
        }
    }

    /** No connection has room; after this OkHttp looks once more before it connects. */
    @Override
    public void proxySelectStart(Call c, HttpUrl url) {
        takeTurn(c);
    }

    private void takeTurn(Call c) {
        try {
            myTurn = myTurn || ramp.enter(running, patienceNanos);
            if (!myTurn) {
                connecting.passed = running.remainingNanos() > 0;
                c.cancel();
            }
        } catch (InterruptedException e) {
            if (!running.cancelled()) {
                Thread.currentThread().interrupt();
            }
            c.cancel();
        }
    }

    private void endTurn() {
        if (myTurn) {
            myTurn = false;
            ramp.leave(connected);
        }
    }

    @Override
    public void dnsStart(Call c, String domainName) {
        lookedUp = domainName;
        connecting.start();
    }

    @Override
    public void connectStart(Call c, InetSocketAddress address, Proxy proxy) {
        proxied = proxy.type() == Proxy.Type.HTTP;
        connectStartedAt = System.nanoTime();
        connecting.start();
    }

    @Override
    public void connectEnd(Call c, InetSocketAddress address, Proxy proxy, Protocol protocol) {
        if (protocol != null) {
            ramp.connected(protocol == Protocol.HTTP_2, System.nanoTime() - connectStartedAt);
        }
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
        endTurn();
        connecting.stop();
        if (Thread.currentThread().isInterrupted() && connection.protocol() == Protocol.HTTP_2) {
            // What an interrupted thread writes to closes, and others share this connection.
            c.cancel();
        }
        if (firstToken != null) {
            firstToken.start();
        }
    }

    /** A request without a body has left with its head. */
    @Override
    public void requestHeadersEnd(Call c, Request request) {
        if (request.body() == null) {
            sent = true;
        }
    }

    @Override
    public void requestBodyStart(Call c) {
        sent = true;
    }

    @Override
    public void responseHeadersEnd(Call c, Response response) {
        overloaded = response.code() == HttpURLConnection.HTTP_UNAVAILABLE;
        ramp.served();
    }

    @Override
    public void callEnd(Call c) {
        endTurn();
        connecting.stop();
        firstTokenCame();
    }

    @Override
    public void callFailed(Call c, IOException e) {
        endTurn();
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
