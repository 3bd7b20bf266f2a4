package dev.gaon.benchmarks;

import static dev.gaon.benchmarks.Contender.BARE;
import static dev.gaon.benchmarks.Contender.GAON;
import static dev.gaon.benchmarks.Contender.LANGCHAIN4J;
import static dev.gaon.benchmarks.Contender.OPENAI_JAVA;
import static dev.gaon.benchmarks.Contender.SPRING_AI;

/** What Gaon has to reach, in absolute terms or beside another client. */
enum Gate {
    OVER_LANGCHAIN4J("tokens/s: at least 2.5 times LangChain4j's", Figure.STREAM_SPEED, LANGCHAIN4J, 2.5),
    OVER_OPENAI_JAVA("tokens/s: at least 6 times openai-java's", Figure.STREAM_SPEED, OPENAI_JAVA, 6),
    OVER_SPRING_AI("tokens/s: at least 12 times Spring AI's", Figure.STREAM_SPEED, SPRING_AI, 12),
    PER_TOKEN("streaming: at most 200 B a token", Figure.STREAM_BYTES, null, 200),
    CALL_TIME("call: at most 1.3 times the time of OkHttp + Jackson alone", Figure.CALL_TIME, BARE, 1.3),
    PER_CALL("call: at most 15,000 B", Figure.CALL_BYTES, null, 15_000),
    LARGE_PROMPT("call with 1 MB: at most 2,500,000 B", Figure.LARGE_BYTES, null, 2_500_000),
    KEPT("kept reply of 20,000 tokens: at most 0.3 MiB", Figure.KEPT_BYTES, null, 0.3 * (1 << 20)),
    MANY("100 streams of 2 s, listeners blocking: at most 2.5 s", Figure.MANY_TIME, null, 2.5);

    final String text;
    final Figure figure;
    final double limit;
    private final Contender beside;

    Gate(String text, Figure figure, Contender beside, double limit) {
        this.text = text;
        this.figure = figure;
        this.beside = beside;
        this.limit = limit;
    }

    boolean isRatio() {
        return beside != null;
    }

    /** What Gaon reached; null if it was not measured. */
    Spread reached(Results results, String jdk) {
        return isRatio() ? results.ratio(jdk, figure, GAON, beside) : results.of(jdk, figure, GAON);
    }

    boolean met(Spread reached) {
        return figure == Figure.STREAM_SPEED ? reached.median() >= limit : reached.median() <= limit;
    }
}
