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

/**
 * From the bytes of a stream in memory to deltas: no sockets, no HTTP, no threads. The pages show {@code token}; the
 * others are for {@code formats}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecoderBenchmark {

    private final byte[] events = Replies.join(Replies.events(Replies.TOKENS));
    private final byte[] tools = Replies.join(Replies.toolEvents(Replies.TOKENS));
    private final byte[] clovaEvents = Replies.join(Replies.clovaEvents(Replies.TOKENS));
    private final byte[] clovaTools = Replies.join(Replies.clovaToolEvents(Replies.TOKENS));
    private final Dialect openAi = new OpenAiDialect(Limits.DEFAULT);
    private final Dialect clova = ClovaDialect.v3(Limits.DEFAULT);
    private final Endpoint endpoint = Endpoint.of("http://127.0.0.1/v1");

    @Benchmark
    @OperationsPerInvocation(Replies.TOKENS)
    public void token(Blackhole out) throws IOException {
        read(events, openAi, out);
    }

    @Benchmark
    @OperationsPerInvocation(Replies.TOKENS)
    public void toolPiece(Blackhole out) throws IOException {
        read(tools, openAi, out);
    }

    @Benchmark
    @OperationsPerInvocation(Replies.TOKENS)
    public void clovaToken(Blackhole out) throws IOException {
        read(clovaEvents, clova, out);
    }

    @Benchmark
    @OperationsPerInvocation(Replies.TOKENS)
    public void clovaToolPiece(Blackhole out) throws IOException {
        read(clovaTools, clova, out);
    }

    private void read(byte[] stream, Dialect dialect, Blackhole out) throws IOException {
        Dialect.Decoder decoder = dialect.decoder(endpoint, Limits.DEFAULT, out::consume);
        SseReader reader = new SseReader(new ByteArrayInputStream(stream), Limits.DEFAULT.eventBytes());
        boolean more = true;
        while (more && reader.next()) {
            more = decoder.event(reader.name(), reader.data(), reader.offset(), reader.length());
        }
        if (!decoder.finished()) {
            throw new IllegalStateException("the stream did not finish");
        }
    }
}
