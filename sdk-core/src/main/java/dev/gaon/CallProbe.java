package dev.gaon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okio.AsyncTimeout;
import okhttp3.Request;
import java.util.concurrent.TimeUnit;

/** Sees how far one HTTP exchange got, and ends it if the connection does not stand in time. */
final class CallProbe extends EventListener {

    private final AsyncTimeout connecting;
    private volatile boolean watching;
    private volatile boolean connectTimedOut;
    private volatile boolean connected;
    private volatile boolean handshaking;
    private volatile boolean sent;
    private volatile boolean answered;
    private volatile okhttp3.Call call;

    CallProbe(Limits limits) {
        connecting = new AsyncTimeout() {
            @Override
            protected void timedOut() {
                connectTimedOut = true;
                call.cancel();
            }
        };
        connecting.timeout(limits.connect().toNanos(), TimeUnit.NANOSECONDS);
    }

    static CallProbe of(Call call) {
        CallProbe probe = call.request().tag(CallProbe.class);
        probe.call = call;
        return probe;
    }

    private void watch() {
        if (!watching && !connected) {
            watching = true;
            connecting.enter();
        }
    }

    private void unwatch() {
        if (watching) {
            watching = false;
            connecting.exit();
        }
    }

    @Override
    public void dnsStart(Call c, String domainName) {
        watch();
    }

    @Override
    public void connectStart(Call c, InetSocketAddress address, Proxy proxy) {
        watch();
    }

    @Override
    public void secureConnectStart(Call c) {
        handshaking = true;
    }

    @Override
    public void secureConnectEnd(Call c, Handshake handshake) {
        handshaking = false;
    }

    @Override
    public void connectionAcquired(Call c, Connection connection) {
        connected = true;
        unwatch();
    }

    @Override
    public void requestBodyStart(Call c) {
        sent = true;
    }

    @Override
    public void responseHeadersStart(Call c) {
        answered = true;
    }

    @Override
    public void callEnd(Call c) {
        unwatch();
    }

    @Override
    public void callFailed(Call c, IOException e) {
        unwatch();
    }

    boolean connectTimedOut() {
        return connectTimedOut;
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

    /** {@code connect}, {@code send}, {@code wait} or {@code reply}. */
    String phase(boolean reading) {
        return reading ? "reply" : answered || sent ? "wait" : connected ? "send" : "connect";
    }
}
