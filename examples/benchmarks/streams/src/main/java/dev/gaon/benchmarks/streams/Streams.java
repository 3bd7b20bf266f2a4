package dev.gaon.benchmarks.streams;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gaon.CallFailure;
import dev.gaon.Endpoint;
import dev.gaon.Gaon;
import dev.gaon.GaonChatModel;
import dev.gaon.Network;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okio.BufferedSource;

/**
 * Opens many streams at once through one client, watches how evenly their tokens come, and prints a row of a table.
 *
 * <p>Arguments: {@code gaon} or {@code okhttp}, the port, {@code http} or {@code https}, the certificate to trust, how
 * many streams, tokens a second of each, and seconds.
 */
final class Streams {

    private static final int BARE_AT_ONCE = 64;

    private final int streams;
    private final int tokens;
    private final int rate;
    private final Watch[] watches;
    private final CountDownLatch begun;
    private final CountDownLatch ended;
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicLong firstEndAt = new AtomicLong();

    /** All have begun, and nobody has called the garbage collector yet. */
    private volatile long steadyFrom;

    private volatile long steadyTo = Long.MAX_VALUE;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    private Streams(int streams, int rate, int seconds) {
        this.streams = streams;
        this.rate = rate;
        this.tokens = rate * seconds;
        this.watches = new Watch[streams];
        this.begun = new CountDownLatch(streams);
        this.ended = new CountDownLatch(streams);
    }

    /** When the tokens of one stream came; written by its thread. */
    private final class Watch implements StreamingChatResponseHandler {

        private long first;
        private long last;
        private long openingGap;
        private long steadyGap;
        private int came;

        void token() {
            long now = System.nanoTime();
            if (came++ == 0) {
                first = now;
                begun.countDown();
            } else {
                long gap = now - last;
                if (steadyFrom == 0 || last < steadyFrom) {
                    openingGap = Math.max(openingGap, gap);
                } else if (now < steadyTo) {
                    steadyGap = Math.max(steadyGap, gap);
                }
            }
            last = now;
        }

        void complete() {
            firstEndAt.compareAndSet(0, System.nanoTime());
            if (came == tokens) {
                completed.incrementAndGet();
            } else {
                failures.computeIfAbsent(came + " tokens", why -> new AtomicInteger())
                        .incrementAndGet();
            }
            ended.countDown();
        }

        void fail(Throwable error) {
            String why = CallFailure.of(error).map(CallFailure::kind).orElse(error.toString());
            failures.computeIfAbsent(why, w -> new AtomicInteger()).incrementAndGet();
            if (came == 0) {
                begun.countDown();
            }
            ended.countDown();
        }

        @Override
        public void onPartialResponse(String piece) {
            token();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            complete();
        }

        @Override
        public void onError(Throwable error) {
            fail(error);
        }
    }

    /** How streams are opened. */
    private interface Client extends AutoCloseable {
        void open(Watch watch) throws Exception;
    }

    private static final class GaonClient implements Client {

        private final Gaon gaon;
        private final GaonChatModel model;
        private final ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("전입신고는 어떻게 하나요?"))
                .build();

        GaonClient(String address, Path certificate, String name) {
            gaon = Gaon.builder()
                    .endpoint(name, Endpoint.of(address))
                    .network(Network.DEFAULT.trustPem(certificate))
                    .build();
            model = gaon.chat(name);
        }

        @Override
        public void open(Watch watch) {
            model.start(request).handle(watch);
        }

        @Override
        public void close() {
            gaon.close();
        }
    }

    /**
     * OkHttp as it comes, a blocking call on a thread of its own for each stream. It cannot take a cold burst over
     * HTTP/2, so it is opened by degrees.
     */
    private static final class BareClient implements Client {

        private static final byte[] DATA = {'d', 'a', 't', 'a'};

        private final OkHttpClient client;
        private final Request request;
        private final ExecutorService threads = threads();
        private final Semaphore opening = new Semaphore(BARE_AT_ONCE);

        BareClient(String address, Path certificate, String name) throws Exception {
            HandshakeCertificates.Builder trust = new HandshakeCertificates.Builder();
            try (InputStream pem = Files.newInputStream(certificate)) {
                trust.addTrustedCertificate((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(pem));
            }
            HandshakeCertificates keys = trust.build();
            client = new OkHttpClient.Builder()
                    .sslSocketFactory(keys.sslSocketFactory(), keys.trustManager())
                    .connectionPool(new ConnectionPool(64, 5, TimeUnit.MINUTES))
                    .readTimeout(Duration.ofSeconds(30))
                    .build();
            request = new Request.Builder()
                    .url(address + "/chat/completions")
                    .header("Accept", "text/event-stream")
                    .header("Accept-Encoding", "identity")
                    .post(RequestBody.create(
                            "{\"model\":\"" + name + "\",\"stream\":true}", MediaType.get("application/json")))
                    .build();
        }

        /** Virtual where the JVM has them, as Gaon does. */
        private static ExecutorService threads() {
            try {
                return (ExecutorService) MethodHandles.publicLookup()
                        .findStatic(
                                Executors.class,
                                "newVirtualThreadPerTaskExecutor",
                                MethodType.methodType(ExecutorService.class))
                        .invoke();
            } catch (Throwable e) {
                return Executors.newCachedThreadPool();
            }
        }

        @Override
        public void open(Watch watch) throws InterruptedException {
            opening.acquire();
            threads.execute(() -> {
                try {
                    read(watch);
                } catch (IOException | RuntimeException e) {
                    if (watch.came == 0) {
                        opening.release();
                    }
                    watch.fail(e);
                }
            });
        }

        private void read(Watch watch) throws IOException {
            try (Response response = client.newCall(request).execute()) {
                BufferedSource body = response.body().source();
                okio.ByteString data = okio.ByteString.of(DATA);
                while (!body.exhausted()) {
                    long end = body.indexOf((byte) '\n');
                    if (body.rangeEquals(0, data)) {
                        String line = body.readUtf8(end);
                        if (line.contains("\"content\"")) {
                            watch.token();
                            if (watch.came == 1) {
                                opening.release();
                            }
                        }
                        body.skip(1);
                    } else {
                        body.skip(end + 1);
                    }
                }
            }
            watch.complete();
        }

        @Override
        public void close() {
            threads.shutdownNow();
            client.connectionPool().evictAll();
        }
    }

    private static Client client(String kind, String address, Path certificate, String name) throws Exception {
        return kind.equals("gaon")
                ? new GaonClient(address, certificate, name)
                : new BareClient(address, certificate, name);
    }

    private static long usedHeap() throws InterruptedException {
        System.gc();
        Thread.sleep(200);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    public static void main(String[] a) throws Exception {
        boolean secure = a[2].equals("https");
        String address = a[2] + "://127.0.0.1:" + a[1] + "/v1";
        int streams = Integer.parseInt(a[4]);
        int rate = Integer.parseInt(a[5]);
        int seconds = Integer.parseInt(a[6]);
        // Loads every class once, with a client and connections that are then thrown away.
        Streams warm = new Streams(20, 10, 1);
        try (Client client = client(a[0], address, Path.of(a[3]), "10x10")) {
            warm.open(client);
            warm.ended.await();
        }
        Streams measured = new Streams(streams, rate, seconds);
        try (Client client = client(a[0], address, Path.of(a[3]), rate + "x" + measured.tokens)) {
            System.out.println(measured.row(
                    client,
                    (a[0].equals("gaon") ? "Gaon" : "OkHttp alone") + " | "
                            + Runtime.version().feature() + " | " + (secure ? "HTTP/2, TLS" : "HTTP/1.1")));
        }
        System.exit(0);
    }

    private void open(Client client) throws Exception {
        for (int i = 0; i < streams; i++) {
            watches[i] = new Watch();
            client.open(watches[i]);
        }
    }

    private String row(Client client, String what) throws Exception {
        UnixOperatingSystemMXBean machine = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = usedHeap();
        long startedAt = System.nanoTime();
        open(client);
        begun.await();
        long begunAt = System.nanoTime();
        steadyFrom = begunAt;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long descriptors = machine.getOpenFileDescriptorCount();
        long cpu = machine.getProcessCpuTime();
        long wall = System.nanoTime();
        TimeUnit.SECONDS.sleep(Math.max(1, tokens / rate / 3));
        double cores = (machine.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - wall);
        steadyTo = System.nanoTime();
        boolean steady = firstEndAt.get() == 0;
        long heap = usedHeap() - before;
        steady &= firstEndAt.get() == 0;
        ended.await();
        return "| " + what + " | " + String.format("%,d", streams) + " | " + rate + " | "
                + String.format("%,d", completed.get()) + " | "
                + String.format(Locale.ROOT, "%.1f", (begunAt - startedAt) / 1e9) + " | "
                + String.format(Locale.ROOT, "%.2f %%", 100 * paceError()) + " | "
                + String.format(Locale.ROOT, "%.2f", largest(watch -> watch.openingGap)) + " | "
                + String.format(Locale.ROOT, "%.2f", largest(watch -> watch.steadyGap)) + " | "
                + String.format(Locale.ROOT, "%.1f", heap / 1024.0 / streams) + " | "
                + String.format(Locale.ROOT, "%.2f", cores) + " | " + threads + " | "
                + String.format("%,d", descriptors) + " |" + (steady ? "" : " not steady")
                + (failures.isEmpty() ? "" : " " + new TreeMap<>(failures));
    }

    /** How far the pace of a stream is from what was asked, on average. */
    private double paceError() {
        double sum = 0;
        int counted = 0;
        for (Watch watch : watches) {
            if (watch.came > 1) {
                double pause = (watch.last - watch.first) / 1e9 / (watch.came - 1);
                sum += Math.abs(pause * rate - 1);
                counted++;
            }
        }
        return sum / counted;
    }

    private double largest(ToLongFunction<Watch> gap) {
        long largest = 0;
        for (Watch watch : watches) {
            largest = Math.max(largest, gap.applyAsLong(watch));
        }
        return largest / 1e9;
    }
}
