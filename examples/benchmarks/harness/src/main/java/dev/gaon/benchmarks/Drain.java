package dev.gaon.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes a long stream's bytes and looks at none of them: the most that server and loopback device can give. */
public final class Drain implements Client {

    private static final int LENGTH = Replies.join(Replies.stream(Replies.TOKENS)).length;

    private final byte[] request;
    private final byte[] buffer = new byte[1 << 16];
    private final Socket socket;

    public Drain(String baseUrl) throws IOException {
        URI uri = URI.create(baseUrl);
        request = ("POST " + uri.getPath() + " HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        socket = new Socket(uri.getHost(), uri.getPort());
    }

    @Override
    public Reply call(String prompt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> pieces) {
        try {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            for (int left = LENGTH; left > 0; ) {
                int read = in.read(buffer, 0, Math.min(left, buffer.length));
                if (read < 0) {
                    throw new EOFException();
                }
                left -= read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int token = 0; token < Replies.TOKENS; token++) {
            pieces.accept(Replies.piece(token));
        }
        return CompletableFuture.completedFuture(null);
    }
}
