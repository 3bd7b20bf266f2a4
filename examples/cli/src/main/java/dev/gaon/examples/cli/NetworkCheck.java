package dev.gaon.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens a connection to one server, TLS included, and closes it; sends no request and no key. */
final class NetworkCheck {

    private static final int TIMEOUT_MS = 5_000;

    private NetworkCheck() {}

    static Check reach(String name, URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        String place = uri.getHost() + ":" + port;
        long start = System.nanoTime();
        Proxy proxy = proxy(uri);
        try (Socket socket = new Socket(proxy)) {
            boolean direct = proxy.type() == Proxy.Type.DIRECT;
            socket.connect(
                    direct ? new InetSocketAddress(host, port) : InetSocketAddress.createUnresolved(host, port),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            String said = tls ? handshake(socket, host, port) : "TCP";
            long ms = (System.nanoTime() - start) / 1_000_000;
            String all = place + ", " + said + ", " + ms + " ms" + (direct ? "" : ", " + proxy.address());
            return Check.ok(name, all, all);
        } catch (IOException e) {
            return failed(name, place, e);
        }
    }

    private static Proxy proxy(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector == null
                ? Proxy.NO_PROXY
                : selector.select(uri).stream().findFirst().orElse(Proxy.NO_PROXY);
    }

    private static String handshake(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            String until = socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? ", "
                            + certificate
                                    .getNotAfter()
                                    .toInstant()
                                    .atZone(ZoneOffset.UTC)
                                    .toLocalDate()
                    : "";
            return socket.getSession().getProtocol() + until;
        }
    }

    private static Check failed(String name, String place, IOException e) {
        Text why;
        Text fix;
        if (e instanceof UnknownHostException) {
            why = new Text("이름을 찾을 수 없습니다", "the name is not found");
            fix = new Text("주소와 DNS를 확인하세요.", "Check the address and the DNS.");
        } else if (e instanceof SSLException) {
            why = new Text("TLS 실패 (" + e.getMessage() + ")", "TLS failed (" + e.getMessage() + ")");
            fix = new Text(
                    "사설 CA라면 -Djavax.net.ssl.trustStore=FILE로 믿을 인증서를 주세요.",
                    "With a private CA, give its certificate with -Djavax.net.ssl.trustStore=FILE.");
        } else {
            why = new Text("연결 실패 (" + e.getMessage() + ")", "no connection (" + e.getMessage() + ")");
            fix = new Text("서버, 방화벽, 프록시를 확인하세요.", "Check the server, the firewall and the proxy.");
        }
        return Check.fail(name, new Text(place + ": " + why.ko(), place + ": " + why.en()), fix);
    }
}
