package dev.gaon.gov.portal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A portal on a raw socket of loopback: each request is answered by the next of its answers, the last one for ever. */
final class PortalServer implements AutoCloseable {

    /** Writes all of a response, status line and all, as broken as it likes. */
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Answer> answers;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    PortalServer(Answer... answers) {
        this.answers = new ArrayList<>(List.of(answers));
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket one = socket.accept();
                threads.execute(() -> serve(one));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket one) {
        try (one) {
            PushbackInputStream bytes = new PushbackInputStream(one.getInputStream());
            int first = bytes.read();
            if (first == TLS_HANDSHAKE) {
                one.getOutputStream().write("HTTP/1.1 400 plain\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                return;
            } else if (first < 0) {
                return;
            }
            bytes.unread(first);
            BufferedReader in = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            if (head.isEmpty()) {
                return;
            }
            Answer answer;
            synchronized (answers) {
                requests.add(head.toString());
                answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
            }
            answer.write(one.getOutputStream());
            one.getOutputStream().flush();
        } catch (SocketException e) {
            // the client went away, as some cases want
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Answer reply(int status, String type, byte[] body, String... headers) {
        return out -> {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\nConnection: close\r\nContent-Length: "
                    + body.length + "\r\nContent-Type: " + type + "\r\n");
            for (String each : headers) {
                head.append(each).append("\r\n");
            }
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.write(body);
        };
    }

    static Answer reply(int status, String type, String body, String... headers) {
        return reply(status, type, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static Answer json(String body) {
        return reply(200, "application/json;charset=UTF-8", body);
    }

    static Answer xml(String body) {
        return reply(200, "application/xml", body);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/portal");
    }

    /** Request line and headers of each request, in order. */
    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
