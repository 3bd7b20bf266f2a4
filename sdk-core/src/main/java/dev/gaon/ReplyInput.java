package dev.gaon;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/**
 * The body of one reply, with its deadlines and bounds: each read waits no longer than the deadline that is due, and no
 * more comes out than the limits allow, compressed or not. Used by one thread.
 */
final class ReplyInput extends InputStream {

    /** The reply grew beyond the limit, or a compressed one swelled too much. */
    static final class TooLarge extends IOException {
        TooLarge() {
            super("reply too large");
        }
    }

    /** A content coding that was not offered. */
    static final class UnknownCoding extends IOException {
        UnknownCoding(String coding) {
            super(coding);
        }
    }

    private static final long FREE_INFLATION = 1 << 20;

    private final BufferedSource source;
    private final Timeout timeout;
    private final Limits limits;
    private final RunningCall call;
    private final boolean compressed;
    private long received;
    private long delivered;
    private boolean firstTokenSeen;

    ReplyInput(Response response, RunningCall call, Limits limits) throws IOException {
        BufferedSource raw = response.body().source();
        this.timeout = raw.timeout();
        this.call = call;
        this.limits = limits;
        String declared = response.header("Content-Encoding");
        String coding = declared == null ? "identity" : declared.toLowerCase(Locale.ROOT);
        this.compressed = !coding.equals("identity");
        if (compressed && !coding.equals("gzip")) {
            throw new UnknownCoding(coding);
        }
        this.source = compressed ? Okio.buffer((Source) new GzipSource(counted(raw))) : raw;
    }

    private Source counted(Source raw) {
        return new ForwardingSource(raw) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                received += Math.max(0, read);
                if (received > limits.replyBytes()) {
                    // Compressed bytes can be endless without becoming a single byte of a reply.
                    throw new TooLarge();
                }
                return read;
            }
        };
    }

    /** From now on, in a stream, the deadline between tokens holds. */
    void firstToken() {
        firstTokenSeen = true;
    }

    boolean firstTokenSeen() {
        return firstTokenSeen;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        timeout.deadlineNanoTime(firstTokenSeen ? within(limits.betweenTokens()) : call.deadline());
        int read = source.read(into, offset, length);
        if (read > 0) {
            delivered += read;
            if (delivered > limits.replyBytes()
                    || (compressed && delivered > FREE_INFLATION && delivered > received * limits.inflationRatio())) {
                throw new TooLarge();
            }
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** The first character that is no white space, without consuming it; -1 if there is none among the first bytes. */
    int peek() throws IOException {
        timeout.deadlineNanoTime(call.deadline());
        for (int i = 0; i < 64 && source.request(i + 1L); i++) {
            byte b = source.getBuffer().getByte(i);
            if (b > ' ' || b < 0) {
                return b & 0xff;
            }
        }
        return -1;
    }

    /** The first bytes, as many as come soon, for error bodies: what breaks off or stalls is as good as its beginning. */
    byte[] head(int most) throws IOException {
        timeout.deadlineNanoTime(within(limits.betweenTokens()));
        byte[] head = new byte[most];
        int length = 0;
        try {
            for (int read; length < most && (read = source.read(head, length, most - length)) >= 0; ) {
                length += read;
            }
        } catch (IOException e) {
            if (call.cancelled() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        return Arrays.copyOf(head, length);
    }

    private long within(Duration pause) {
        return Math.min(System.nanoTime() + pause.toNanos(), call.deadline());
    }
}
