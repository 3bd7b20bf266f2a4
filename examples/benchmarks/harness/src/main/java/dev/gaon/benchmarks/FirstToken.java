package dev.gaon.benchmarks;

/** A fresh JVM: makes the client, streams, and ends with the first token; prints the milliseconds this took. */
final class FirstToken {

    private FirstToken() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        long start = System.nanoTime();
        Worker.client(args[0], args[1]).stream(Prompts.SHORT, piece -> {
                    System.out.println(Worker.ANSWER + (System.nanoTime() - start) / 1e6);
                    Runtime.getRuntime().halt(0);
                })
                .join();
    }
}
