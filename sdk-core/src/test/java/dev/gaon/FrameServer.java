package dev.gaon;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A hostile HTTP/2 server on loopback, over TLS, that sends exactly the frames it is told to.
 *
 * <p>The n-th whole request plays the n-th script, the last script every later one, each on a thread of its own. It
 * skips header blocks unread, refuses streams beyond its limit, and keeps to the client's flow-control windows.
 */
final class FrameServer implements AutoCloseable {

    static final int NO_ERROR = 0;
    static final int INTERNAL_ERROR = 2;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    private static final HeldCertificate CA =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HandshakeCertificates KEYS = new HandshakeCertificates.Builder()
            .heldCertificate(new HeldCertificate.Builder()
                    .signedBy(CA)
                    .addSubjectAlternativeName("127.0.0.1")
                    .build())
            .build();

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;

    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    /** What to do with one request. */
    interface Script {
        void play(Visit visit) throws Exception;
    }

    private final int limit;
    private final boolean limitTold;
    private final List<Script> scripts;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "frames");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    FrameServer(Script... scripts) {
        this(1000, true, scripts);
    }

    /** @param limit of streams on one connection; told to the client or kept from it */
    FrameServer(int limit, boolean limitTold, Script... scripts) {
        this.limit = limit;
        this.limitTold = limitTold;
        this.scripts = List.of(scripts);
        try {
            listening = new ServerSocket(0, 512, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    open.add(socket);
                    threads.execute(() -> serve(socket));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
    }

    static Network trusting() {
        try {
            java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", CA.certificate());
            return Network.DEFAULT.trust(store);
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            plain.setTcpNoDelay(true);
            SSLSocket socket =
                    (SSLSocket) KEYS.sslContext().getSocketFactory().createSocket(plain, null, plain.getPort(), true);
            socket.setUseClientMode(false);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            accepted.incrementAndGet();
            new Connection(this, socket).read();
        } catch (IOException e) {
            // The client went away, or the script closed the connection.
        } finally {
            open.remove(plain);
        }
    }

    Endpoint endpoint() {
        return Endpoint.of("https://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    /** Whole requests that arrived and were not refused. */
    int requests() {
        return asked.get();
    }

    /** Streams that were one too many. */
    int refused() {
        return refused.get();
    }

    /** Connections that stood, TLS included. */
    int accepted() {
        return accepted.get();
    }

    int openConnections() {
        return open.size();
    }

    /** Mistakes of the test, not what the client did to a connection. */
    List<String> faults() {
        return faults;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    /** One connection: reads frames, and writes those of all its streams. */
    private static final class Connection {

        private final FrameServer server;
        private final DataInputStream in;
        private final OutputStream out;
        private final SSLSocket socket;
        private final Map<Integer, Visit> streams = new ConcurrentHashMap<>();
        private long streamWindow = 65_535;
        private long window = 65_535;

        Connection(FrameServer server, SSLSocket socket) throws IOException {
            this.server = server;
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        void read() throws IOException {
            in.readFully(new byte[24]);
            write(
                    SETTINGS,
                    0,
                    0,
                    server.limitTold
                            ? ByteBuffer.allocate(6)
                                    .putShort((short) 3)
                                    .putInt(server.limit)
                                    .array()
                            : new byte[0]);
            while (true) {
                int head = in.readInt();
                int type = head & 0xff;
                int flags = in.readUnsignedByte();
                int id = in.readInt() & 0x7fff_ffff;
                byte[] payload = in.readNBytes(head >>> 8);
                frame(type, flags, id, payload);
            }
        }

        private void frame(int type, int flags, int id, byte[] payload) throws IOException {
            Visit visit = streams.get(id);
            switch (type) {
                case HEADERS -> begin(id);
                case DATA -> {
                    if (payload.length > 0) {
                        write(WINDOW_UPDATE, 0, 0, number(payload.length));
                    }
                    if (visit != null) {
                        visit.body.write(payload);
                        if ((flags & END_STREAM) != 0) {
                            visit.asked();
                        }
                    }
                }
                case RST_STREAM -> {
                    if (visit != null) {
                        streams.remove(id);
                        visit.reset(ByteBuffer.wrap(payload).getInt());
                    }
                }
                case SETTINGS -> {
                    if ((flags & ACK) == 0) {
                        settings(ByteBuffer.wrap(payload));
                        write(SETTINGS, ACK, 0, new byte[0]);
                    }
                }
                case PING -> {
                    if ((flags & ACK) == 0) {
                        write(PING, ACK, 0, payload);
                    }
                }
                case WINDOW_UPDATE -> grow(visit, ByteBuffer.wrap(payload).getInt());
                default -> {}
            }
        }

        private void begin(int id) throws IOException {
            if (streams.size() >= server.limit) {
                server.refused.incrementAndGet();
                write(RST_STREAM, 0, id, number(REFUSED_STREAM));
            } else {
                synchronized (this) {
                    streams.put(id, new Visit(this, id, streamWindow));
                }
            }
        }

        private synchronized void settings(ByteBuffer settings) {
            while (settings.hasRemaining()) {
                int name = settings.getShort();
                int value = settings.getInt();
                if (name == 4) {
                    streamWindow = value;
                }
            }
        }

        private synchronized void grow(Visit visit, int more) {
            if (visit == null) {
                window += more;
            } else {
                visit.window += more;
            }
            notifyAll();
        }

        /** Waits until the windows of the connection and the stream let this many bytes through. */
        private synchronized void spend(Visit visit, int bytes) throws InterruptedException, IOException {
            while (window < bytes || visit.window < bytes) {
                wait(TimeUnit.SECONDS.toMillis(RawServer.PATIENCE_S));
                if (visit.resetWith.getCount() == 0) {
                    throw new IOException("the client reset the stream");
                }
            }
            window -= bytes;
            visit.window -= bytes;
        }

        void write(int type, int flags, int id, byte[] payload) throws IOException {
            byte[] frame = ByteBuffer.allocate(9 + payload.length)
                    .putInt(payload.length << 8 | type)
                    .put((byte) flags)
                    .putInt(id)
                    .put(payload)
                    .array();
            synchronized (out) {
                out.write(frame);
                out.flush();
            }
        }

        static byte[] number(int value) {
            return ByteBuffer.allocate(4).putInt(value).array();
        }
    }

    /** One request while its script plays. */
    static final class Visit {

        /** {@code :status: 200} and {@code content-type}, both by their places in HPACK's static table. */
        private static final byte[] STREAM_HEAD = head("text/event-stream");

        private static final byte[] JSON_HEAD = head("application/json");

        private final Connection connection;
        private final int id;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final CountDownLatch resetWith = new CountDownLatch(1);
        private volatile int resetCode;
        private long window;
        int number;

        Visit(Connection connection, int id, long window) {
            this.connection = connection;
            this.id = id;
            this.window = window;
        }

        private static byte[] head(String type) {
            byte[] value = type.getBytes(StandardCharsets.US_ASCII);
            return ByteBuffer.allocate(4 + value.length)
                    .put(new byte[] {(byte) 0x88, 0x0f, 0x10, (byte) value.length})
                    .put(value)
                    .array();
        }

        private void asked() {
            FrameServer server = connection.server;
            number = server.asked.getAndIncrement();
            server.threads.execute(() -> {
                try {
                    server.scripts
                            .get(Math.min(number, server.scripts.size() - 1))
                            .play(this);
                } catch (InterruptedException e) {
                    // The test is over; what the client owed was looked at before.
                } catch (IOException e) {
                    // The client went away, as it may once it has all it needs; each test says what it is owed.
                } catch (Exception e) {
                    server.faults.add("script: " + e);
                }
            });
        }

        private void reset(int code) {
            resetCode = code;
            resetWith.countDown();
            synchronized (connection) {
                connection.notifyAll();
            }
        }

        String request() {
            return body.toString(StandardCharsets.UTF_8);
        }

        Visit stream() throws IOException {
            connection.write(HEADERS, END_HEADERS, id, STREAM_HEAD);
            return this;
        }

        Visit send(String text) throws Exception {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < bytes.length; from += 16_384) {
                byte[] piece = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 16_384));
                connection.spend(this, piece.length);
                connection.write(DATA, 0, id, piece);
            }
            return this;
        }

        Visit text(String piece) throws Exception {
            return send("data: " + Wire.text(piece) + "\n\n");
        }

        void finish() throws Exception {
            send("data: " + Wire.finish("stop") + "\n\ndata: [DONE]\n\n").end();
        }

        void json(String body) throws Exception {
            connection.write(HEADERS, END_HEADERS, id, JSON_HEAD);
            send(body).end();
        }

        private void end() throws IOException {
            connection.streams.remove(id);
            connection.write(DATA, END_STREAM, id, new byte[0]);
        }

        /** Ends this stream with an error. */
        void resetStream(int code) throws IOException {
            connection.streams.remove(id);
            connection.write(RST_STREAM, 0, id, Connection.number(code));
        }

        /** Says that no stream after this one, or after those before it, was looked at. */
        Visit goAway(boolean thisOneToo) throws IOException {
            int last = thisOneToo ? id - 2 : id;
            connection.write(
                    GOAWAY,
                    0,
                    0,
                    ByteBuffer.allocate(8).putInt(last).putInt(NO_ERROR).array());
            return this;
        }

        void closeConnection() throws IOException {
            connection.socket.close();
        }

        /** The code with which the client reset this stream; -1 if it did not in time. */
        int untilClientResets() throws InterruptedException {
            return resetWith.await(RawServer.PATIENCE_S, TimeUnit.SECONDS) ? resetCode : -1;
        }

        void await(CountDownLatch signal) throws InterruptedException {
            if (!signal.await(RawServer.PATIENCE_S, TimeUnit.SECONDS)) {
                connection.server.faults.add("a signal never came");
            }
        }
    }
}
