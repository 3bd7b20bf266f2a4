package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One wire format: how a request is written and how a reply is read.
 *
 * <p>One instance serves all calls at the same time and keeps nothing between them. A new format is given to
 * {@link Gaon.Builder#dialect}; endpoints and provider files name it.
 */
public interface Dialect {

    /** The name that endpoints and provider files use, for instance {@code openai}. */
    String name();

    /** The path below the endpoint's base address, beginning with a slash. */
    String path(Endpoint endpoint, ModelCard model, boolean streaming);

    /**
     * Writes the request's body, once, in UTF-8.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if the endpoint is known not to take it
     */
    void encode(ChatRequest request, ModelCard model, Endpoint endpoint, boolean streaming, OutputStream out)
            throws IOException;

    /** A reader for one reply, on one thread, which hands its pieces to {@code out}. */
    Decoder decoder(Endpoint endpoint, Limits limits, Consumer<ChatDelta> out);

    /** Reads one reply, either as events or whole. */
    interface Decoder {

        /**
         * One server-sent event.
         *
         * @param name the event's name; null if it has none. The non-standard field {@code error:} arrives as an event
         *     of that name
         * @return false if the server said that the stream is over
         * @throws IOException if the event cannot be read
         * @throws ReplyError if the server reports an error
         */
        boolean event(@Nullable String name, byte[] data, int offset, int length) throws IOException;

        /** The whole body of a reply that is no stream; errors as above. */
        void whole(InputStream body) throws IOException;

        /** True once the server said why the model stopped. */
        boolean finished();
    }

    /** An error that the server reports inside a reply whose status was fine. */
    final class ReplyError extends RuntimeException {

        private final @Nullable String code;

        /**
         * @param code the server's code; may be null
         * @param message the server's words; they are cleaned before anyone sees them
         */
        public ReplyError(@Nullable String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        @Nullable
        String code() {
            return code;
        }
    }
}
