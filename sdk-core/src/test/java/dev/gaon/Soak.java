package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * 10,000 calls and 1,000 cancelled streams against a server in another process, after which nothing may have grown. No
 * part of an ordinary run: {@code mvn -pl sdk-core test -Dtest=Soak}, which prints its samples.
 */
class Soak {

    private static final int CALLS = 10_000;
    private static final int SAMPLE_EACH = 1_000;
    private static final int CANCELLED = 1_000;
    private static final int AT_ONCE = 8;

    /** What is left at rest. */
    private record Sample(int calls, int cancelled, long heapKib, int threads, long descriptors, long ms) {

        static Sample of(int calls, int cancelled, long began) throws IOException {
            long heap = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                System.gc();
                heap = Math.min(
                        heap,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return new Sample(
                        calls,
                        cancelled,
                        heap >> 10,
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        open.count(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            }
        }

        @Override
        public String toString() {
            return String.format("%7d %10d %10d %8d %12d %8d", calls, cancelled, heapKib, threads, descriptors, ms);
        }
    }

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();

    @Test
    void tenThousandCallsAndAThousandCancelledStreamsLeaveNothingBehind() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        List<Sample> samples = new ArrayList<>();
        try (ServerProcess server = new ServerProcess()) {
            Gaon gaon = Gaon.builder()
                    .endpoint("m", Endpoint.of("http://127.0.0.1:" + server.port + "/v1"))
                    .limits(HostileCase.once())
                    .records(counting())
                    .environment(name -> null)
                    .build();
            GaonChatModel model = gaon.chat("m");
            long began = System.nanoTime();
            System.out.println("  calls  cancelled   heap KiB  threads  descriptors       ms");
            Random random = new Random(11);
            for (int calls = 0; calls < CALLS; ) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < SAMPLE_EACH; i++) {
                    int number = calls++;
                    running.add(callers.submit(() -> call(model, number)));
                    if (number % (CALLS / CANCELLED) == 0) {
                        long seed = random.nextLong();
                        running.add(callers.submit(() -> cancel(model, new Random(seed))));
                    }
                }
                for (Future<?> one : running) {
                    one.get(60, TimeUnit.SECONDS);
                }
                HostileCase.eventually("all records are closed", () -> closed.get() == opened.get());
                samples.add(Sample.of(calls, calls / (CALLS / CANCELLED), began));
                System.out.println(samples.get(samples.size() - 1));
            }
            gaon.close();
            assertThat(gaon.threads().isTerminated()).isTrue();
        } finally {
            callers.shutdownNow();
        }
        System.out.println(new TreeMap<>(outcomes));
        nothingGrew(samples);
    }

    private void nothingGrew(List<Sample> samples) {
        assertThat(outcomes.values().stream().mapToInt(AtomicInteger::get).sum())
                .isEqualTo(CALLS + CANCELLED);
        assertThat(outcomes.get("cancelled").get()).isEqualTo(CANCELLED);
        // The first thousand loads classes and fills caches.
        Sample first = samples.get(1);
        Sample last = samples.get(samples.size() - 1);
        assertThat(last.heapKib - first.heapKib).as("KiB of heap").isLessThan(1024);
        assertThat(last.threads - first.threads).as("threads").isLessThanOrEqualTo(AT_ONCE);
        assertThat(last.descriptors - first.descriptors).as("descriptors").isLessThanOrEqualTo(AT_ONCE);
    }

    private RecordSink counting() {
        return new RecordSink() {
            @Override
            public void opened(CallRecord record) {
                opened.incrementAndGet();
            }

            @Override
            public void closed(CallRecord record) {
                closed.incrementAndGet();
                String outcome = record.failure() == null ? record.state() : record.failure();
                outcomes.computeIfAbsent(outcome, o -> new AtomicInteger()).incrementAndGet();
            }
        };
    }

    private static ChatRequest request(String wish) {
        return ChatRequest.builder().messages(UserMessage.from(wish)).build();
    }

    /** Five answers, a 500, a reset and a reply that is cut off; every second time as a stream. */
    private static Void call(GaonChatModel model, int number) throws Exception {
        String wish = List.of("answer", "answer", "answer", "answer", "answer", "fail", "reset", "cut")
                .get(number % 8);
        boolean failed = false;
        try {
            if (number / 8 % 2 == 0) {
                model.chat(request(wish));
            } else {
                Hearing hearing = new Hearing(0, false);
                model.start(request(wish)).handle(hearing);
                assertThat(hearing.end.await(30, TimeUnit.SECONDS)).isTrue();
                failed = hearing.error != null;
            }
        } catch (RuntimeException e) {
            assertThat(CallFailure.of(e)).isPresent();
            failed = true;
        }
        assertThat(failed).as(wish).isEqualTo(!wish.equals("answer"));
        return null;
    }

    /** Before the headers, in the middle from another thread, or in the middle by the handler itself. */
    private static Void cancel(GaonChatModel model, Random random) throws Exception {
        int way = random.nextInt(3);
        Hearing hearing = new Hearing(1 + random.nextInt(50), way == 2);
        ChatCall call = model.start(request(way == 0 ? "silent" : "long"));
        call.handle(hearing);
        if (way == 0) {
            LockSupport.parkNanos(random.nextInt(4_000_000));
        } else {
            assertThat(hearing.reached.await(30, TimeUnit.SECONDS)).isTrue();
        }
        if (way != 2) {
            call.cancel();
        }
        return null;
    }

    private static final class Hearing implements StreamingChatResponseHandler {
        final CountDownLatch reached;
        final CountDownLatch end = new CountDownLatch(1);
        private final boolean cancelling;
        volatile Throwable error;

        Hearing(int pieces, boolean cancelling) {
            this.reached = new CountDownLatch(pieces);
            this.cancelling = cancelling;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            reached.countDown();
            if (cancelling && reached.getCount() == 0) {
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.countDown();
        }

        @Override
        public void onError(Throwable e) {
            error = e;
            end.countDown();
        }
    }

    /** A server in a process of its own, which ends with this one. */
    private static final class ServerProcess implements AutoCloseable {
        final int port;
        private final Process process;

        ServerProcess() throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            process = new ProcessBuilder(
                            java, "-Xmx512m", "-cp", System.getProperty("java.class.path"), Server.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            port = Integer.parseInt(
                    new BufferedReader(new InputStreamReader(process.getInputStream(), "US-ASCII")).readLine());
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Does what the prompt asks for. */
    static final class Server {

        public static void main(String[] arguments) throws IOException {
            try (RawServer server = new RawServer(Server::play)) {
                System.out.println(server.port());
                while (System.in.read() >= 0) {
                    // Until the test is over.
                }
            }
        }

        private static void play(RawServer.Visit visit) throws Exception {
            String text = visit.request.text();
            boolean stream = text.contains("\"stream\":true");
            if (text.contains("fail")) {
                visit.json(500, Wire.error("oops", "boom"));
            } else if (text.contains("reset")) {
                visit.reset();
            } else if (text.contains("cut")) {
                visit.send("HTTP/1.1 200 OK\r\nContent-Type: "
                        + (stream ? "text/event-stream" : "application/json")
                        + "\r\nContent-Length: 999\r\n\r\n"
                        + (stream ? "data: " + Wire.text("반") + "\n\n" : "{\"choices\":["));
            } else if (text.contains("silent")) {
                visit.untilClientCloses();
            } else if (text.contains("long")) {
                visit.stream();
                for (int i = 0; i < 60; i++) {
                    visit.text("조각 " + i);
                }
                visit.untilClientCloses();
            } else if (stream) {
                visit.stream().event(Wire.role());
                for (int i = 0; i < 20; i++) {
                    visit.text("조각 " + i);
                }
                visit.finish();
            } else {
                visit.json(200, Wire.whole("대한민국 ".repeat(50)));
            }
        }
    }
}
