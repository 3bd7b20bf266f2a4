package dev.gaon.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The JVM of one client in one scenario: takes a command a line, answers each with a number, ends with its input.
 *
 * <ul>
 *   <li>{@code warm TIMES} repeats the scenario that often: seconds each.
 *   <li>{@code time MILLIS} repeats it at least that long: seconds each.
 *   <li>{@code bytes TIMES} repeats it that often: bytes allocated each.
 *   <li>{@code kept TIMES} repeats it that often and keeps what comes back: bytes of heap each, after a collection.
 * </ul>
 *
 * <p>Allocation is exact only with {@code -XX:+UseSerialGC -XX:-UseTLAB}: without thread-local buffers each new object
 * moves the end of the young generation by its size, whichever thread makes it, virtual ones too, so as long as nothing
 * is collected the heap grows by just what was allocated.
 */
final class Worker {

    static final String ANSWER = "= ";

    private static final long CHARACTERS = Replies.characters(Replies.TOKENS);
    private static final int MANY = 100;
    private static final int LISTENER_BLOCKS_MS = 20;

    private Worker() {}

    public static void main(String[] args) throws Exception {
        Client client = client(args[0], args[1]);
        Callable<?> scenario = switch (args[2]) {
            case "stream" -> () -> stream(client);
            case "call" -> () -> call(client, Prompts.SHORT);
            case "large" -> () -> call(client, Prompts.LARGE);
            case "many" -> () -> many(client);
            default -> throw new IllegalArgumentException(args[2]);
        };
        try {
            serve(scenario);
        } catch (Exception e) {
            e.printStackTrace();
        }
        // Some clients leave threads behind that would keep the JVM for a minute.
        Runtime.getRuntime().halt(0);
    }

    static Client client(String name, String baseUrl) throws ReflectiveOperationException {
        return (Client) Class.forName(name).getConstructor(String.class).newInstance(baseUrl);
    }

    private static void serve(Callable<?> scenario) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            long much = Long.parseLong(words[1]);
            System.out.println(ANSWER
                    + switch (words[0]) {
                        case "warm" -> warm(scenario, much);
                        case "time" -> time(scenario, TimeUnit.MILLISECONDS.toNanos(much));
                        case "bytes" -> bytes(scenario, much);
                        case "kept" -> kept(scenario, much);
                        default -> throw new IllegalArgumentException(line);
                    });
        }
    }

    private static double warm(Callable<?> scenario, long times) throws Exception {
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            scenario.call();
        }
        return (System.nanoTime() - start) / 1e9 / times;
    }

    private static double time(Callable<?> scenario, long nanos) throws Exception {
        long start = System.nanoTime();
        long passed = 0;
        int times = 0;
        for (; passed < nanos; passed = System.nanoTime() - start) {
            scenario.call();
            times++;
        }
        return passed / 1e9 / times;
    }

    private static double bytes(Callable<?> scenario, long times) throws Exception {
        System.gc();
        long collections = collections();
        long before = used();
        for (long i = 0; i < times; i++) {
            scenario.call();
        }
        long after = used();
        check(collections() == collections, "a collection spoiled the count; take a larger heap");
        return (double) (after - before) / times;
    }

    private static double kept(Callable<?> scenario, long times) throws Exception {
        scenario.call();
        List<Object> kept = new ArrayList<>((int) times);
        System.gc();
        long before = used();
        for (long i = 0; i < times; i++) {
            kept.add(scenario.call());
        }
        System.gc();
        long after = used();
        return (double) (after - before) / kept.size();
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static Object stream(Client client) {
        Count count = new Count();
        Object whole = client.stream(Prompts.SHORT, count::piece).join();
        check(count.pieces == Replies.TOKENS && count.characters == CHARACTERS, "the stream lost or made up text");
        return whole;
    }

    private static Object call(Client client, String prompt) throws Exception {
        Client.Reply reply = client.call(prompt);
        check(reply.equals(Replies.answer()), "the reply lost or made up something");
        return reply;
    }

    /** All streams from this thread; each listener blocks its thread at each token. */
    private static Object many(Client client) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[MANY];
        for (int i = 0; i < MANY; i++) {
            all[i] = client.stream(Prompts.SHORT, piece -> block());
        }
        CompletableFuture.allOf(all).join();
        return null;
    }

    private static void block() {
        try {
            Thread.sleep(LISTENER_BLOCKS_MS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** What a stream brought; used by one thread at a time. */
    private static final class Count {

        private int pieces;
        private long characters;

        void piece(String piece) {
            pieces++;
            characters += piece.length();
        }
    }
}
