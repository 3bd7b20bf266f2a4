package dev.gaon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, "Server-sent events") from bytes, one at a time, without copying them.
 *
 * <p>Takes LF, CRLF and CR, a byte order mark, comments, several data lines, a missing space after the colon, and a last
 * event without its blank line. The range {@link #data}, {@link #offset}, {@link #length} holds until the next call. Used
 * by one thread.
 */
final class SseReader {

    /** An event grew beyond the limit. */
    static final class EventTooLarge extends IOException {
        EventTooLarge() {
            super("event too large");
        }
    }

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r'};

    private final InputStream in;
    private final int limit;
    private byte[] buffer;
    private int position;
    private int end;
    private boolean started;
    private boolean ended;
    private boolean skipLineFeed;

    private byte[] joined = new byte[0];
    private int joinedLength;
    private int dataLines;
    private int dataStart;
    private int dataEnd;
    private @Nullable String name;
    private byte[] knownBytes = new byte[0];
    private String known = "";

    SseReader(InputStream in, int limit) {
        this(in, limit, 8192);
    }

    /** @param buffer bytes to begin with, at least 3; longer events make it grow */
    SseReader(InputStream in, int limit, int buffer) {
        this.in = in;
        this.limit = limit;
        this.buffer = new byte[buffer];
    }

    /** Reads up to the next event that has data; false at the end of the stream. */
    boolean next() throws IOException {
        if (!started) {
            skipByteOrderMark();
        }
        dataLines = 0;
        joinedLength = 0;
        name = null;
        int eventBytes = 0;
        while (true) {
            int lineEnd = lineEnd();
            int lineStart = position;
            if (lineEnd < 0) {
                lineEnd = end;
                if (lineStart == lineEnd) {
                    return dataLines > 0;
                }
            }
            eventBytes += lineEnd - lineStart;
            if (eventBytes > limit) {
                throw new EventTooLarge();
            }
            position = Math.min(lineEnd + 1, end);
            if (lineEnd < end && buffer[lineEnd] == '\r') {
                skipLineFeed = true;
            }
            if (lineStart == lineEnd) {
                if (dataLines > 0) {
                    return true;
                }
                name = null;
                eventBytes = 0;
            } else {
                field(lineStart, lineEnd);
            }
        }
    }

    /** Where the line at {@code position} ends, reading more as needed; -1 if the stream ends first. */
    private int lineEnd() throws IOException {
        int scan = position;
        while (true) {
            if (skipLineFeed && position < end) {
                skipLineFeed = false;
                if (buffer[position] == '\n') {
                    position++;
                }
                scan = Math.max(scan, position);
            }
            for (; scan < end; scan++) {
                byte b = buffer[scan];
                if (b == '\n' || b == '\r') {
                    return scan;
                }
            }
            int scanned = scan - position;
            if (ended || !fill()) {
                return -1;
            }
            scan = position + scanned;
        }
    }

    private boolean fill() throws IOException {
        int keepFrom = dataLines == 1 ? Math.min(dataStart, position) : position;
        if (keepFrom > 0 && (keepFrom == end || end == buffer.length)) {
            System.arraycopy(buffer, keepFrom, buffer, 0, end - keepFrom);
            position -= keepFrom;
            dataStart -= keepFrom;
            dataEnd -= keepFrom;
            end -= keepFrom;
        }
        if (end == buffer.length) {
            if (end - position > limit) {
                throw new EventTooLarge();
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
            return false;
        }
        end += read;
        return true;
    }

    private void skipByteOrderMark() throws IOException {
        started = true;
        boolean more = true;
        while (end < 3 && more) {
            more = fill();
        }
        if (end >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    private void field(int start, int lineEnd) {
        int colon = start;
        while (colon < lineEnd && buffer[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, lineEnd);
        if (value < lineEnd && buffer[value] == ' ') {
            value++;
        }
        if (is(DATA, start, colon)) {
            data(value, lineEnd);
        } else if (is(EVENT, start, colon)) {
            name = value == lineEnd ? null : named(value, lineEnd);
        } else if (is(ERROR, start, colon) && colon < lineEnd) {
            name = "error";
            data(value, lineEnd);
        }
    }

    /** Streams that name their events give most of them one name. */
    private String named(int start, int lineEnd) {
        if (!Arrays.equals(buffer, start, lineEnd, knownBytes, 0, knownBytes.length)) {
            knownBytes = Arrays.copyOfRange(buffer, start, lineEnd);
            known = new String(knownBytes, StandardCharsets.UTF_8);
        }
        return known;
    }

    private boolean is(byte[] word, int start, int fieldEnd) {
        return Arrays.equals(buffer, start, fieldEnd, word, 0, word.length);
    }

    private void data(int start, int lineEnd) {
        if (dataLines == 0) {
            dataStart = start;
            dataEnd = lineEnd;
        } else {
            if (dataLines == 1) {
                join(dataStart, dataEnd);
            }
            joined = joinedLength < joined.length ? joined : Arrays.copyOf(joined, Math.max(256, joinedLength * 2));
            joined[joinedLength++] = '\n';
            join(start, lineEnd);
        }
        dataLines++;
    }

    private void join(int start, int lineEnd) {
        int length = lineEnd - start;
        if (joined.length < joinedLength + length) {
            joined = Arrays.copyOf(joined, Math.max(joinedLength + length, joined.length * 2));
        }
        System.arraycopy(buffer, start, joined, joinedLength, length);
        joinedLength += length;
    }

    /** The event's name; null if it has none. */
    @Nullable
    String name() {
        return name;
    }

    byte[] data() {
        return dataLines > 1 ? joined : buffer;
    }

    int offset() {
        return dataLines > 1 ? 0 : dataStart;
    }

    int length() {
        return dataLines > 1 ? joinedLength : dataEnd - dataStart;
    }

    /** True if the stream ended in the middle of the last event. */
    boolean cutOff() {
        return ended;
    }
}
