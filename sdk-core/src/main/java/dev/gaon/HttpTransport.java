package dev.gaon;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request over OkHttp and reads the reply, on the thread of the call: HTTP/1.1 in the clear, HTTP/2 over TLS
 * where the server offers it; one blocking read per call, no redirect, no resend of what a server may have read.
 */
final class HttpTransport implements Router.Transport {

    private static final int ERROR_BYTES = 64 << 10;
    private static final int MOST_OUTLINES = 1_000;
    private static final List<String> REQUEST_IDS =
            List.of("x-request-id", "x-ncp-clovastudio-request-id", "request-id");
    private static final long FIRST_PAUSE_MS = 8;
    private static final long LONGEST_PAUSE_MS = 1_024;
    private static final long CROWDED_PAUSE_MS = 64;

    private final Network network;
    private final Limits limits;
    private final Map<String, Dialect> dialects;
    private final Function<Endpoint, @Nullable Credential> credentials;
    private final Map<Target, Request> outlines = new ConcurrentHashMap<>();
    private final Map<URI, Ramp> ramps = new ConcurrentHashMap<>();
    private volatile @Nullable OkHttpClient client;

    HttpTransport(
            Network network,
            Limits limits,
            Map<String, Dialect> dialects,
            Function<Endpoint, @Nullable Credential> credentials) {
        this.network = network;
        this.limits = limits;
        this.dialects = dialects;
        this.credentials = credentials;
    }

    /** Made at the first call that leaves the process: the embedded default never loads it. */
    private OkHttpClient client() {
        OkHttpClient made = client;
        return made == null ? make() : made;
    }

    private synchronized OkHttpClient make() {
        if (client == null) {
            client = network.apply(new OkHttpClient.Builder())
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .retryOnConnectionFailure(false)
                    .connectionPool(new ConnectionPool(64, 5, TimeUnit.MINUTES))
                    .socketFactory(new ChannelSockets())
                    .connectTimeout(limits.connect())
                    .readTimeout(0, TimeUnit.MILLISECONDS)
                    .writeTimeout(0, TimeUnit.MILLISECONDS)
                    .eventListenerFactory(CallProbe::of)
                    .build();
        }
        return client;
    }

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest request, Consumer<ChatDelta> out) {
        Dialect dialect = dialect(endpoint);
        ChatRequest admitted = Capabilities.admitted(request, call.model(), endpoint);
        Buffer body = new Buffer();
        try {
            dialect.encode(admitted, call.model(), endpoint, call.streaming(), body.outputStream());
        } catch (IOException e) {
            throw new IllegalStateException("the request cannot be written as JSON", e);
        }
        String path = dialect.path(endpoint, call.model(), call.streaming());
        if (!path.startsWith("/")) {
            // Without its slash a path could change the host: http://server + @elsewhere.
            throw new IllegalStateException("the path of dialect " + dialect.name() + " must begin with /");
        }
        post(call, endpoint, request, dialect, path, body, out);
    }

    /** Posts what a dialect or another wrote, and reads the reply as the dialect does. */
    void post(
            RunningCall call,
            Endpoint endpoint,
            ChatRequest request,
            Dialect dialect,
            String path,
            Buffer body,
            Consumer<ChatDelta> out) {
        Exchange exchange = begin(call, endpoint, request, credentials.apply(endpoint));
        run(exchange, new Message(path, EncodedBody.JSON, body), response -> reply(exchange, dialect, response, out));
    }

    /** Posts a JSON body and hands the reply, whatever its shape, to {@code reader}: for calls that are no chat. */
    void post(RunningCall call, Endpoint endpoint, ChatRequest request, String path, Buffer body, Reader reader) {
        post(call, endpoint, request, path, EncodedBody.JSON, body, reader);
    }

    /** The same for a body of any type. */
    void post(
            RunningCall call,
            Endpoint endpoint,
            ChatRequest request,
            String path,
            MediaType type,
            Buffer body,
            Reader reader) {
        Exchange exchange = begin(call, endpoint, request, credentials.apply(endpoint));
        run(exchange, new Message(path, type, body), response -> read(exchange, response, reader));
    }

    /** Asks for what lies at a path. */
    void get(RunningCall call, Endpoint endpoint, ChatRequest request, String path, Reader reader) {
        Exchange exchange = begin(call, endpoint, request, credentials.apply(endpoint));
        run(exchange, new Message(path, null, new Buffer()), response -> read(exchange, response, reader));
    }

    /** The same of a place that a server named: it never gets to see a key. */
    void getWithoutKey(RunningCall call, Endpoint endpoint, ChatRequest request, String path, Reader reader) {
        Exchange exchange = begin(call, endpoint, request, null);
        run(exchange, new Message(path, null, new Buffer()), response -> read(exchange, response, reader));
    }

    private void read(Exchange exchange, Response response, Reader reader) throws IOException {
        try {
            reader.read(input(exchange, response));
        } catch (Dialect.ReplyError e) {
            throw exchange.reported(e);
        }
    }

    Dialect dialect(Endpoint endpoint) {
        return Objects.requireNonNull(dialects.get(endpoint.dialect()), endpoint::dialect);
    }

    /** @param request as the guards let it go: what errors must not repeat */
    private Exchange begin(RunningCall call, Endpoint endpoint, ChatRequest request, @Nullable Credential credential) {
        return new Exchange(call, endpoint, request, credential, limits, ramp(endpoint));
    }

    private void run(Exchange exchange, Message message, Receiver receiver) {
        RunningCall call = exchange.call;
        if (message.type() != null) {
            exchange.requestSha256 = call.record().digests().of(message.body());
        }
        Response response = null;
        try {
            response = answer(exchange, message);
            exchange.status = response.code();
            exchange.requestId = requestId(exchange, response);
            receiver.receive(response);
            exchange.outcome = "ok";
        } catch (CallFailure e) {
            exchange.outcome = e.kind();
            throw e;
        } catch (IOException e) {
            CallFailure failure =
                    e instanceof JsonProcessingException json ? exchange.unread(json) : exchange.failure(e);
            exchange.outcome = failure.kind();
            throw failure;
        } finally {
            close(response);
            call.exchange(null);
            exchange.record();
            message.body().clear();
        }
    }

    private Ramp ramp(Endpoint endpoint) {
        Ramp known = ramps.get(endpoint.uri());
        return known != null
                ? known
                : ramps.computeIfAbsent(
                        endpoint.uri(), address -> new Ramp(address.getScheme().equals("https")));
    }

    /**
     * Sends the request, again where the server vouches that it did not look at it: that is no attempt of the call, for
     * a stream too many on a shared connection is nobody's failure. A server that still turns it back after pauses as
     * long as a connection may take is overloaded. While it serves others the pauses stay short: it has a limit that it
     * did not tell, and every connection to open may cost a turn.
     */
    private Response answer(Exchange exchange, Message message) throws IOException {
        RunningCall call = exchange.call;
        long pausedMs = 0;
        for (long mostMs = FIRST_PAUSE_MS; ; ) {
            long beganAt = System.nanoTime();
            Call attempt = client().newCall(httpRequest(exchange, message));
            attempt.timeout().timeout(Math.max(1, call.remainingNanos()), TimeUnit.NANOSECONDS);
            call.exchange(attempt);
            try {
                Response response = execute(attempt);
                // A stream may run for minutes, and its request is not needed any more.
                message.body().clear();
                return response;
            } catch (IOException e) {
                long pauseMs = ThreadLocalRandom.current().nextLong(mostMs / 2, mostMs);
                pausedMs += pauseMs;
                if (!exchange.unprocessed(e)
                        || pausedMs > limits.connect().toMillis()
                        || pauseMs * 1_000_000 >= call.remainingNanos()) {
                    throw e;
                }
                pause(call, pauseMs);
                mostMs = Math.min(mostMs * 2, exchange.ramp.servedSince(beganAt) ? CROWDED_PAUSE_MS : LONGEST_PAUSE_MS);
                exchange.again();
            }
        }
    }

    static void pause(RunningCall call, long pauseMs) throws InterruptedIOException {
        call.pause();
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            call.resume();
        }
    }

    /** Closing may write to a connection that others share, and a channel to which an interrupted thread writes closes. */
    private static void close(@Nullable Response response) {
        boolean interrupted = Thread.interrupted();
        try {
            if (response != null) {
                response.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** OkHttp lets the interrupt of a thread that waits for a connection through as it is. */
    private static Response execute(Call attempt) throws IOException {
        try {
            return attempt.execute();
        } catch (Exception e) {
            if (e.getClass() == InterruptedException.class) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
            throw e;
        }
    }

    /** Reads the body of a reply that is no chat. */
    interface Reader {
        void read(ReplyInput in) throws IOException;
    }

    private interface Receiver {
        void receive(Response response) throws IOException;
    }

    /** What goes to a server: a body of a type to post, or none, to ask for what lies at the path. */
    private record Message(String path, @Nullable MediaType type, Buffer body) {}

    private Request httpRequest(Exchange exchange, Message message) {
        Endpoint endpoint = exchange.endpoint;
        Provider provider = endpoint.offer();
        Target target = new Target(endpoint, message.path(), exchange.call.streaming());
        // What is asked for has an address of its own each time.
        Request.Builder http = (message.type() == null ? bare(target) : outline(target))
                .newBuilder()
                .tag(CallProbe.class, exchange.probe);
        if (message.type() != null) {
            http.post(new EncodedBody(message.type(), message.body(), exchange.probe));
        }
        if (exchange.credential != null && provider.authHeader() != null) {
            http.header(provider.authHeader(), provider.authPrefix().concat(exchange.credential.reveal()));
        }
        GaonParameters parameters = exchange.call.parameters();
        if (provider.idempotencyHeader() != null && parameters != null && parameters.idempotencyKey() != null) {
            http.header(provider.idempotencyHeader(), parameters.idempotencyKey());
        }
        return http.build();
    }

    /** What all requests to one target share: to parse its address costs more than all the rest of a request. */
    private Request outline(Target target) {
        Request known = outlines.get(target);
        if (known == null) {
            known = bare(target);
            if (outlines.size() < MOST_OUTLINES) {
                outlines.put(target, known);
            }
        }
        return known;
    }

    private static Request bare(Target target) {
        return new Request.Builder()
                .url(target.endpoint().uri() + target.path())
                .header("User-Agent", "gaon")
                .header("Accept", target.streaming() ? "text/event-stream" : "application/json")
                .header("Accept-Encoding", target.streaming() ? "identity" : "gzip")
                .build();
    }

    private record Target(Endpoint endpoint, String path, boolean streaming) {}

    private ReplyInput input(Exchange exchange, Response response) throws IOException {
        if (response.code() >= 300 && response.code() < 400) {
            throw exchange.redirect(response.header("Location"));
        }
        if (!response.isSuccessful()) {
            throw exchange.rejected(response.code(), response::header, errorBody(exchange, response));
        }
        ReplyInput in = new ReplyInput(response, exchange.call, limits);
        exchange.reading = in;
        return in;
    }

    private byte[] errorBody(Exchange exchange, Response response) throws IOException {
        try {
            return new ReplyInput(response, exchange.call, limits).head(ERROR_BYTES);
        } catch (ReplyInput.UnknownCoding e) {
            // The status says enough.
            return new byte[0];
        }
    }

    private void reply(Exchange exchange, Dialect dialect, Response response, Consumer<ChatDelta> out)
            throws IOException {
        ReplyInput in = input(exchange, response);
        Arrivals arrivals = new Arrivals(exchange, in, out);
        Dialect.Decoder decoder = dialect.decoder(exchange.endpoint, limits, arrivals);
        String declared = response.header("Content-Type");
        String type = declared == null ? "" : declared.toLowerCase(Locale.ROOT);
        boolean events = type.startsWith("text/event-stream");
        if (!events) {
            int first = in.peek();
            events = exchange.call.streaming() && (first == 'd' || first == ':' || first == 'e' || first == 'i');
            if (!events && (first != '{' || type.contains("html") || type.contains("xml"))) {
                throw exchange.unexpected(type, in.head(ERROR_BYTES));
            }
        }
        try {
            if (events) {
                events(exchange, decoder, in, arrivals);
            } else {
                decoder.whole(in);
            }
        } catch (Dialect.ReplyError e) {
            throw exchange.reported(e);
        }
        if (!decoder.finished()) {
            throw exchange.incomplete(null);
        }
        if (decoder instanceof ChatReply reply) {
            reply.notices().forEach(notice -> exchange.call.notice(exchange.word(notice)));
        }
    }

    /** The deltas of one reply as the decoder makes them; those of one event go on together, when it is known whole. */
    private static final class Arrivals implements Consumer<ChatDelta> {

        private final Exchange exchange;
        private final ReplyInput in;
        private final Consumer<ChatDelta> out;
        private final List<ChatDelta> held = new ArrayList<>(4);
        private boolean holding;

        Arrivals(Exchange exchange, ReplyInput in, Consumer<ChatDelta> out) {
            this.exchange = exchange;
            this.in = in;
            this.out = out;
        }

        @Override
        public void accept(ChatDelta delta) {
            if (holding) {
                held.add(delta);
            } else {
                pass(delta);
            }
        }

        void hold() {
            holding = true;
            held.clear();
        }

        void release() {
            for (ChatDelta delta : held) {
                pass(delta);
            }
        }

        private void pass(ChatDelta delta) {
            if (delta instanceof ChatDelta.Origin from) {
                out.accept(new ChatDelta.Origin(
                        from.id() == null ? null : exchange.word(from.id()),
                        from.model() == null ? null : exchange.word(from.model())));
            } else if (delta instanceof ChatDelta.Finish end) {
                begun();
                out.accept(new ChatDelta.Finish(end.reason(), end.word() == null ? null : exchange.word(end.word())));
            } else {
                if (!(delta instanceof ChatDelta.Usage)) {
                    begun();
                }
                out.accept(delta);
            }
        }

        private void begun() {
            if (exchange.call.streaming() && !in.firstTokenSeen()) {
                in.firstToken();
                exchange.probe.firstTokenCame();
            }
        }
    }

    private void events(Exchange exchange, Dialect.Decoder decoder, ReplyInput in, Arrivals arrivals)
            throws IOException {
        SseReader reader = new SseReader(in, limits.eventBytes());
        while (another(exchange, reader, decoder)) {
            boolean more;
            arrivals.hold();
            try {
                more = decoder.event(reader.name(), reader.data(), reader.offset(), reader.length());
            } catch (JsonProcessingException e) {
                if (reader.cutOff()) {
                    // Half an event at the end of the stream: cut off, not malformed.
                    return;
                }
                throw e;
            }
            arrivals.release();
            if (!more) {
                return;
            }
        }
    }

    /** A connection that breaks or stalls after the server said why it stopped takes nothing from the answer. */
    private static boolean another(Exchange exchange, SseReader reader, Dialect.Decoder decoder) throws IOException {
        try {
            return reader.next();
        } catch (SseReader.EventTooLarge | ReplyInput.TooLarge e) {
            throw e;
        } catch (IOException e) {
            if (!decoder.finished()
                    || exchange.call.cancelled()
                    || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return false;
        }
    }

    /** A server's word, as in {@link Exchange#word}, that is read after the exchange. */
    String word(String foreign, Endpoint endpoint, ChatRequest request) {
        return Text.printable(Cleaned.word(foreign, request, credentials.apply(endpoint)), 64);
    }

    private static @Nullable String requestId(Exchange exchange, Response response) {
        for (String name : REQUEST_IDS) {
            String value = response.header(name);
            if (value != null) {
                return exchange.word(value);
            }
        }
        return null;
    }

    /** Closes every connection; calls that still run have been cancelled before. */
    synchronized void close() {
        if (client != null) {
            client.dispatcher().executorService().shutdown();
            client.dispatcher().cancelAll();
            client.connectionPool().evictAll();
        }
    }
}
