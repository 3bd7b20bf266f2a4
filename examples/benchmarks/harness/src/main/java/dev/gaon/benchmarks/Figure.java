package dev.gaon.benchmarks;

import java.util.List;

/** What is measured: the scenario, what a {@link Worker} is asked of it, how often, and in which unit it is shown. */
enum Figure {
    STREAM_SPEED("streaming, tokens/s", "stream", "stream", "time 1000", 10, 9),
    STREAM_BYTES("streaming, B/token", "stream", "stream", "bytes 1", 30, 5),
    CALL_TIME("call, µs", "call", "call", "time 1000", 10, 9),
    CALL_BYTES("call, B", "call", "call", "bytes 2000", 10, 5),
    LARGE_BYTES("call with 1 MB, B", "large", "call", "bytes 20", 10, 5),
    KEPT_BYTES("kept reply, B", "stream", "stream", "kept 20", 1, 5),
    MANY("100 blocking streams, s", "many", "slow", "time 1", 1, 5),
    FIRST_TOKEN("first token, ms", "", "slow", "", 1, 9);

    final String label;
    final String scenario;
    final String path;
    final String command;
    final int warmUps;
    final int rounds;

    Figure(String label, String scenario, String path, String command, int warmUps, int rounds) {
        this.label = label;
        this.scenario = scenario;
        this.path = path;
        this.command = command;
        this.warmUps = warmUps;
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
        return switch (contender) {
            case DRAIN -> this == STREAM_SPEED;
            case BARE, GAON -> true;
        };
    }

    boolean countsBytes() {
        return command.startsWith("bytes") || command.startsWith("kept");
    }

    List<String> flags() {
        return countsBytes()
                ? List.of("-Xms4g", "-Xmx4g", "-Xmn3500m", "-XX:+UseSerialGC", "-XX:-UseTLAB")
                : List.of("-Xms1g", "-Xmx1g");
    }
}
