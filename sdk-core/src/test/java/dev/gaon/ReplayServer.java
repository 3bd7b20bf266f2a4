package dev.gaon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A loopback server that keeps each request as it came and answers with the given bytes, cut as asked, then closes the
 * connection. It knows no HTTP beyond where a request ends.
 */
final class ReplayServer implements AutoCloseable {

    /** One request, byte for byte. */
    record Request(String line, Map<String, String> headers, byte[] head, byte[] body) {

        String path() {
            return line.split(" ")[1];
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Where a reply is cut into writes. The network may join writes again; what is read must not depend on it. */
    enum Cut implements Function<byte[], List<byte[]>> {
        WHOLE {
            @Override
            boolean before(byte[] reply, int at) {
                return false;
            }
        },
        EACH_BYTE {
            @Override
            boolean before(byte[] reply, int at) {
                return true;
            }
        },
        INSIDE_CHARACTERS {
            @Override
            boolean before(byte[] reply, int at) {
                return (reply[at] & 0xC0) == 0x80;
            }
        },
        INSIDE_LINE_ENDS {
            @Override
            boolean before(byte[] reply, int at) {
                return reply[at] == '\n' || (at > 1 && reply[at - 2] == '\n');
            }
        };

        abstract boolean before(byte[] reply, int at);

        @Override
        public List<byte[]> apply(byte[] reply) {
            List<byte[]> pieces = new ArrayList<>();
            int from = 0;
            for (int at = 1; at < reply.length; at++) {
                if (before(reply, at)) {
                    pieces.add(Arrays.copyOfRange(reply, from, at));
                    from = at;
                }
            }
            pieces.add(Arrays.copyOfRange(reply, from, reply.length));
            return pieces;
        }
    }

    private final ServerSocket socket;
    private final Supplier<List<byte[]>> reply;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable broken;

    private ReplayServer(Supplier<List<byte[]>> reply) {
        this.reply = reply;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.thread = new Thread(this::serve, "replay-server");
        thread.setDaemon(true);
        thread.start();
    }

    static ReplayServer playing(byte[] reply, Cut cut) {
        return new ReplayServer(() -> cut.apply(reply));
    }

    static ReplayServer playing(byte[] reply) {
        return playing(reply, Cut.WHOLE);
    }

    /** Asks for the writes of each reply when its request has come. */
    static ReplayServer playing(Supplier<List<byte[]>> replies) {
        return new ReplayServer(replies);
    }

    /** A whole JSON reply. */
    static ReplayServer json(int status, String body) {
        return answering(status, "application/json", body);
    }

    /** A stream of events that ends with the connection. */
    static ReplayServer events(String body) {
        return answering(200, "text/event-stream", body);
    }

    static ReplayServer answering(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
        return playing(all.toByteArray());
    }

    String url() {
        return origin() + "/v1";
    }

    String origin() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    List<Request> requests() {
        if (broken != null) {
            throw new AssertionError("the server broke", broken);
        }
        return requests;
    }

    /** The one request that came; fails if there were others or none. */
    Request only() {
        List<Request> all = requests();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " requests came");
        }
        return all.get(0);
    }

    private void serve() {
        while (!closed) {
            try (Socket peer = socket.accept()) {
                peer.setTcpNoDelay(true);
                Request request = request(peer.getInputStream());
                if (request == null) {
                    continue;
                }
                requests.add(request);
                OutputStream out = peer.getOutputStream();
                for (byte[] piece : reply.get()) {
                    out.write(piece);
                    out.flush();
                }
                peer.shutdownOutput();
            } catch (IOException e) {
                // The client went away, or the server was closed.
            } catch (RuntimeException e) {
                broken = e;
            }
        }
    }

    private static Request request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newest = 0;
        while (newest != 0x0D0A0D0A) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
            newest = newest << 8 | b;
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, lines[i].substring(colon + 1).strip()) != null) {
                throw new IllegalStateException("header sent twice: " + name);
            }
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(lines[0], headers, head.toByteArray(), body);
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            thread.join(10_000);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
