package dev.gaon.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP server that reads a request to its end and writes bytes it made before: {@code /stream}, {@code /tools},
 * {@code /clova}, {@code /clova-tools}, {@code /call} or {@code /slow} at the beginning of the path choose which. A thread
 * for each connection; ends with its standard input.
 */
final class LoopbackServer {

    private static final byte[] WHOLE = Replies.whole();
    private static final byte[] STREAM = Replies.join(Replies.stream(Replies.TOKENS));
    private static final byte[] TOOLS = Replies.join(Replies.http(Replies.toolEvents(Replies.TOKENS)));
    private static final byte[] CLOVA = Replies.join(Replies.http(Replies.clovaEvents(Replies.TOKENS)));
    private static final byte[] CLOVA_TOOLS = Replies.join(Replies.http(Replies.clovaToolEvents(Replies.TOKENS)));
    private static final List<byte[]> SLOW = Replies.stream(Replies.SLOW_TOKENS);

    private LoopbackServer() {}

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        start(() -> accept(server));
        System.out.println(Worker.ANSWER + server.getLocalPort());
        while (System.in.read() >= 0) {}
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            for (String path = request(in); path != null; path = request(in)) {
                if (path.startsWith("/stream")) {
                    out.write(STREAM);
                } else if (path.startsWith("/tools")) {
                    out.write(TOOLS);
                } else if (path.startsWith("/clova-tools")) {
                    out.write(CLOVA_TOOLS);
                } else if (path.startsWith("/clova")) {
                    out.write(CLOVA);
                } else if (path.startsWith("/slow")) {
                    slow(out);
                } else {
                    out.write(WHOLE);
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client closed the connection.
        }
    }

    private static void slow(OutputStream out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (int part = 0; part < SLOW.size(); part++) {
            long due = start + Math.min(part, Replies.SLOW_TOKENS) * Replies.SLOW_PAUSE_MS * 1_000_000L;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            out.write(SLOW.get(part));
        }
    }

    /** Reads one request and drops its body; the path, or null where the connection ends. */
    private static String request(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return null;
        }
        String path = line.split(" ")[1];
        long length = 0;
        for (line = line(in); !line.isEmpty(); line = line(in)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                length = -1;
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
        } else {
            for (long chunk = -1; chunk != 0; ) {
                chunk = Long.parseLong(line(in), 16);
                in.skipNBytes(chunk + 2);
            }
        }
        return path;
    }

    /** One line without its end; empty at the end of the head and of the connection. */
    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[1024];
        int length = 0;
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line[length++] = (byte) b;
        }
        return new String(line, 0, Math.max(0, length - 1), ISO_8859_1);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
