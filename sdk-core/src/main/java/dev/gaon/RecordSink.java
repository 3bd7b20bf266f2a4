package dev.gaon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where records of calls go.
 *
 * <p>{@link #opened} is called before anything else of a call, and if it throws, no byte leaves; {@link #closed} is
 * called exactly once for every call whose opening succeeded. Both run on the call's thread, from many threads at once.
 * If {@code closed} throws, the caller still gets the reply, the failure is logged as an error and noted in the reply's
 * metadata. A sink given to {@link Gaon.Builder#records} belongs to the caller, who closes it after the {@code Gaon}.
 */
public interface RecordSink extends AutoCloseable {

    /** A call begins. @throws IOException to refuse it */
    void opened(CallRecord record) throws IOException;

    /** The same call ended. */
    void closed(CallRecord record) throws IOException;

    /** Does nothing by default. */
    @Override
    default void close() throws IOException {}

    /** Keeps the last {@code capacity} ended records in memory. */
    static InMemory inMemory(int capacity) {
        return new InMemory(capacity);
    }

    /**
     * Appends two lines of canonical JSON a call, one when it opens and one when it ends, to a UTF-8 file.
     *
     * <p>Each line reaches the operating system before the method returns; it is not forced to the disk. After a failed
     * write every later call is refused, as a half-written log proves nothing.
     *
     * @throws IllegalArgumentException if the file cannot be opened for appending
     */
    static RecordSink jsonLines(Path file) {
        return new JsonLinesSink(file);
    }

    /** The last records, newest last; safe to read from any thread. */
    final class InMemory implements RecordSink {

        private final int capacity;
        private final java.util.ArrayDeque<CallRecord> ended = new java.util.ArrayDeque<>();

        private InMemory(int capacity) {
            if (capacity < 1) {
                throw new IllegalArgumentException("capacity < 1: " + capacity);
            }
            this.capacity = capacity;
        }

        @Override
        public void opened(CallRecord record) {}

        @Override
        public synchronized void closed(CallRecord record) {
            if (ended.size() == capacity) {
                ended.removeFirst();
            }
            ended.addLast(record);
        }

        /** A copy of what is kept. */
        public synchronized List<CallRecord> records() {
            return List.copyOf(ended);
        }
    }
}
