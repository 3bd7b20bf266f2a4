package dev.gaon;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A hostile HTTP/1.1 server on loopback that sends exactly the bytes it is told to.
 *
 * <p>The n-th request plays the n-th script, the last script every later one. It counts requests and connections, keeps
 * what it received, and ends with {@link #close()}; nothing it does waits longer than {@link #PATIENCE_S} seconds.
 */
final class RawServer implements AutoCloseable {

    static final int PATIENCE_S = 20;
    private static final String SCRIPT = "script: ";

    /** What to do with one request. */
    interface Script {
        void play(Visit visit) throws Exception;
    }

    private final ServerSocket listening;
    private final SSLSocketFactory tls;
    private final boolean wantClientKey;
    private final boolean reads;
    private final List<Script> scripts;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    RawServer(Script... scripts) {
        this(null, false, true, scripts);
    }

    RawServer(SSLSocketFactory tls, boolean wantClientKey, Script... scripts) {
        this(tls, wantClientKey, true, scripts);
    }

    private RawServer(SSLSocketFactory tls, boolean wantClientKey, boolean reads, Script... scripts) {
        this.tls = tls;
        this.wantClientKey = wantClientKey;
        this.reads = reads;
        this.scripts = List.of(scripts);
        try {
            listening = new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        daemon("raw-accept", this::accept);
    }

    /** Plays its script as soon as somebody connects: no request is read or counted, and there is none to look at. */
    static RawServer unread(Script script) {
        return new RawServer(null, false, false, script);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                open.add(socket);
                daemon("raw-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket socket = plain;
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(PATIENCE_S * 1000);
            if (tls != null) {
                SSLSocket secure = (SSLSocket) tls.createSocket(plain, null, plain.getPort(), true);
                secure.setUseClientMode(false);
                secure.setNeedClientAuth(wantClientKey);
                secure.startHandshake();
                socket = secure;
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            if (!reads) {
                scripts.get(0).play(new Visit(this, plain, in, socket.getOutputStream(), null, 0));
            }
            boolean again = reads;
            while (again) {
                Received request = read(in);
                received.add(request);
                int number = asked.getAndIncrement();
                Visit visit = new Visit(this, plain, in, socket.getOutputStream(), request, number);
                scripts.get(Math.min(number, scripts.size() - 1)).play(visit);
                again = visit.keepAlive;
            }
        } catch (EOFException e) {
            // The client closed between two requests.
        } catch (IOException e) {
            faults.add(e.toString());
        } catch (Exception e) {
            faults.add(SCRIPT + e);
        } finally {
            open.remove(plain);
        }
    }

    private static Received read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            head.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        Received bare = new Received(head.toString(StandardCharsets.UTF_8), new byte[0]);
        String length = bare.header("Content-Length");
        byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
        return new Received(bare.head(), body);
    }

    /** Up to and including {@code /v1}. */
    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port() + "/v1";
    }

    int port() {
        return listening.getLocalPort();
    }

    Endpoint endpoint() {
        return Endpoint.of(url());
    }

    int requests() {
        return asked.get();
    }

    int accepted() {
        return accepted.get();
    }

    int openConnections() {
        return open.size();
    }

    List<Received> received() {
        return received;
    }

    /** What broke while scripts played. */
    List<String> faults() {
        return faults;
    }

    /** A mistake of the test, not what the client did to a connection. */
    static boolean isOfScript(String fault) {
        return fault.startsWith(SCRIPT);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One request while its script plays. */
    static final class Visit {

        private final RawServer server;
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        final Received request;
        final int number;
        private boolean keepAlive;

        Visit(RawServer server, Socket socket, InputStream in, OutputStream out, Received request, int number) {
            this.server = server;
            this.socket = socket;
            this.in = in;
            this.out = out;
            this.request = request;
            this.number = number;
        }

        Visit send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        Visit send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** The head of an event stream that ends with the connection. */
        Visit stream() throws IOException {
            return send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        }

        Visit event(String data) throws IOException {
            return send("data: " + data + "\n\n");
        }

        Visit text(String piece) throws IOException {
            return event(Wire.text(piece));
        }

        Visit finish() throws IOException {
            return event(Wire.finish("stop")).event("[DONE]");
        }

        /** A whole reply; the connection stays open for the next request. */
        Visit reply(int status, String type, String body, String... headers) throws IOException {
            return reply(status, type, body.getBytes(StandardCharsets.UTF_8), headers);
        }

        Visit reply(int status, String type, byte[] bytes, String... headers) throws IOException {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n");
            if (type != null) {
                head.append("Content-Type: ").append(type).append("\r\n");
            }
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            keepAlive = true;
            send(head.append("\r\n").toString());
            return send(bytes);
        }

        Visit json(int status, String body, String... headers) throws IOException {
            return reply(status, "application/json", body, headers);
        }

        /** Reads on until the client closes the connection; false if it did not in time. */
        boolean untilClientCloses() {
            try {
                while (in.read() >= 0) {
                    // Whatever it sends is of no interest.
                }
                return true;
            } catch (java.net.SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        /** Ends the connection with a reset instead of a goodbye. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Sends the same bytes until the client closes the connection or {@code most} bytes are sent. */
        long flood(byte[] bytes, long most) {
            long sent = 0;
            try {
                while (sent < most) {
                    out.write(bytes);
                    sent += bytes.length;
                }
                out.flush();
            } catch (IOException e) {
                // The client has had enough.
            }
            return sent;
        }

        /** Waits for the test. */
        void await(CountDownLatch signal) throws InterruptedException {
            if (!signal.await(PATIENCE_S, TimeUnit.SECONDS)) {
                server.faults.add(SCRIPT + "a signal never came");
            }
        }
    }
}
