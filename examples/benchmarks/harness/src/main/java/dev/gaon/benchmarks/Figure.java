package dev.gaon.benchmarks;

import java.util.List;

/** What is measured: the scenario, what a {@link Worker} is asked of it, how often, and in which unit it is shown. */
enum Figure {
    STREAM_SPEED("streaming, tokens/s", "stream", "stream", "time 1000", 100, 9),
    STREAM_BYTES("streaming, B/token", "stream", "stream", "bytes 1", 50, 5),
    CALL_TIME("call, µs", "call", "call", "time 1000", 60_000, 15),
    CALL_BYTES("call, B", "call", "call", "bytes 2000", 20_000, 5),
    LARGE_BYTES("call with 1 MB, B", "large", "call", "bytes 20", 400, 5),
    KEPT_BYTES("kept reply, B", "stream", "stream", "kept 20", 1, 5),
    MANY_TIME("100 streams at once, s", "many", "slow", "time 1", 1, 5),
    FIRST_TOKEN("first token, ms", "", "slow", "", 1, 9),
    DECODE_TIME("decoder alone, ns/token", "", "", "", 0, 1),
    DECODE_BYTES("decoder alone, B/token", "", "", "", 0, 1);

    final String label;
    final String scenario;
    final String path;
    final String command;
    final int warmUp;
    final int rounds;

    /**
     * @param scenario one of a {@link Worker}'s
     * @param path which reply of the {@link LoopbackServer}
     * @param command what the worker is asked in each round
     * @param warmUp how often the scenario runs before, the same for every client
     */
    Figure(String label, String scenario, String path, String command, int warmUp, int rounds) {
        this.label = label;
        this.scenario = scenario;
        this.path = path;
        this.command = command;
        this.warmUp = warmUp;
        this.rounds = rounds;
    }

    /** From what a worker answers for one stream or call, in seconds or bytes. */
    double of(double each) {
        return switch (this) {
            case STREAM_SPEED -> Replies.TOKENS / each;
            case STREAM_BYTES -> each / Replies.TOKENS;
            case CALL_TIME -> each * 1e6;
            default -> each;
        };
    }

    boolean of(Contender contender) {
        if (this == DECODE_TIME || this == DECODE_BYTES) {
            return contender == Contender.GAON;
        }
        return switch (contender) {
            case DRAIN -> this == STREAM_SPEED;
            case BARE, GAON, LANGCHAIN4J -> true;
            // What these streams hand out has no end that holds the whole.
            case OPENAI_JAVA, SPRING_AI -> this != KEPT_BYTES;
        };
    }

    boolean countsBytes() {
        return command.startsWith("bytes") || command.startsWith("kept");
    }

    List<String> flags() {
        return countsBytes()
                ? List.of(
                        "-Xms4g",
                        "-Xmx4g",
                        "-Xmn3500m",
                        "-XX:+UseSerialGC",
                        "-XX:-UseTLAB",
                        "-XX:MarkSweepDeadRatio=0",
                        "-XX:MetaspaceSize=512m")
                : List.of("-Xms1g", "-Xmx1g");
    }
}
