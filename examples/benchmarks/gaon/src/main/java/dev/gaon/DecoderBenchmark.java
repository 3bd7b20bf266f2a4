package dev.gaon;

import dev.gaon.benchmarks.Replies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of a stream in memory to deltas: no sockets, no HTTP, no threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {

    private final byte[] events = Replies.join(Replies.events(Replies.TOKENS));
    private final Dialect dialect = new OpenAiDialect(Limits.DEFAULT);
    private final Endpoint endpoint = Endpoint.of("http://127.0.0.1/v1");

    @Benchmark
    @OperationsPerInvocation(Replies.TOKENS)
    public void token(Blackhole out) throws IOException {
        Dialect.Decoder decoder = dialect.decoder(endpoint, Limits.DEFAULT, out::consume);
        SseReader reader = new SseReader(new ByteArrayInputStream(events), Limits.DEFAULT.eventBytes());
        boolean more = true;
        while (more && reader.next()) {
            more = decoder.event(reader.name(), reader.data(), reader.offset(), reader.length());
        }
        if (!decoder.finished()) {
            throw new IllegalStateException("the stream did not finish");
        }
    }
}
