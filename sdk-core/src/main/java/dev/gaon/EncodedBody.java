package dev.gaon;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;

/** Bytes whose length is known. OkHttp may send them again for a proxy that asks for its password, not after a 503. */
final class EncodedBody extends RequestBody {

    static final MediaType JSON = MediaType.get("application/json");

    private final MediaType type;
    private final Buffer bytes;
    private final CallProbe probe;

    EncodedBody(MediaType type, Buffer bytes, CallProbe probe) {
        this.type = type;
        this.bytes = bytes;
        this.probe = probe;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return bytes.size();
    }

    @Override
    public boolean isOneShot() {
        return probe.overloaded();
    }

    /** Copies, as segments that two buffers share are never used again. */
    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (Buffer.UnsafeCursor segment = bytes.readUnsafe()) {
            while (segment.next() > 0) {
                sink.write(segment.data, segment.start, segment.end - segment.start);
            }
        }
    }
}
