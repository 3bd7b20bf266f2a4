package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One call of a model in this process: the model's thread works, the call's thread reads, holds the deadlines and can
 * leave at any time. What is ahead of the reader is bounded by the length of an answer.
 */
final class LlamaCall {

    private static final Object STARTED = new Object();
    private static final Object ENDED = new Object();

    private final RunningCall call;
    private final Endpoint endpoint;
    private final ChatRequest request;
    private final Limits limits;
    private final BlockingQueue<Object> pieces = new LinkedBlockingQueue<>();
    private final long startedMs;
    private volatile boolean left;
    private boolean started;
    private boolean begun;
    private long firstBy;

    /** What the model is asked for, on its thread. */
    interface Work {
        void run(LlamaEngine engine);
    }

    LlamaCall(RunningCall call, Endpoint endpoint, ChatRequest request, Limits limits) {
        this.call = call;
        this.endpoint = endpoint;
        this.request = request;
        this.limits = limits;
        this.startedMs = call.record().elapsedMs();
    }

    /** On the model's thread: whether nobody listens any more. */
    boolean left() {
        return left;
    }

    /** On the model's thread: hands on what it made. */
    void add(Object piece) {
        pieces.add(piece);
    }

    /**
     * On the call's thread: has the work done on the model's thread and hands every piece on.
     *
     * @param prepared makes the work, or refuses what the model does not take
     */
    void run(Executor thread, Supplier<Work> prepared, Consumer<Object> reader) {
        String outcome = "caller-error";
        try {
            Work work = prepared.get();
            thread.execute(() -> serve(work));
            for (Object piece = next(); piece != ENDED; piece = next()) {
                if (piece == STARTED) {
                    started = true;
                    firstBy = System.nanoTime() + limits.firstToken().toNanos();
                } else if (piece instanceof Throwable e) {
                    throw started ? failed(e) : notLoaded(e);
                } else {
                    begun = true;
                    reader.accept(piece);
                }
            }
            outcome = "ok";
        } catch (CallFailure failure) {
            outcome = failure.kind();
            throw failure;
        } catch (RejectedExecutionException e) {
            outcome = "cancelled";
            throw cancelled();
        } finally {
            left = true;
            call.record().attempted(CallRecord.Attempt.inProcess(endpoint, startedMs, outcome));
        }
    }

    /** Nothing that goes wrong here may end the model's thread. */
    private void serve(Work work) {
        if (left) {
            return;
        }
        try {
            LlamaEngine engine = LlamaEngine.open(LlamaFile.of(endpoint.file(), call.transport() != null));
            pieces.add(STARTED);
            work.run(engine);
            pieces.add(ENDED);
        } catch (Throwable e) {
            pieces.add(e);
        }
    }

    private CallFailure cancelled() {
        return CallFailure.cancelled(phase()).at(endpoint).sent(started).build();
    }

    private Object next() {
        call.requireLive(phase());
        call.requireTime(endpoint, phase(), started);
        long now = System.nanoTime();
        long most = call.deadline() - now;
        if (call.streaming() && started) {
            most = Math.min(most, begun ? limits.betweenTokens().toNanos() : firstBy - now);
        }
        Object piece;
        call.pause();
        try {
            piece = pieces.poll(Math.max(0, most), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            call.resume();
        }
        if (piece == null) {
            call.requireTime(endpoint, phase(), started);
            throw tooSlow();
        }
        return piece;
    }

    private String phase() {
        return begun ? "reply" : started ? "wait" : "queue";
    }

    private CallFailure.Builder failure(String kind) {
        return CallFailure.kind(kind).at(endpoint).phase(phase()).sent(started);
    }

    private CallFailure tooSlow() {
        String which = begun ? "betweenTokens" : "firstToken";
        Text pause = Exchange.seconds(begun ? limits.betweenTokens() : limits.firstToken());
        return failure(begun ? "deadline-between-tokens" : "deadline-first-token")
                .message(
                        "이 컴퓨터의 모델이 " + pause.ko() + " 안에 다음 말을 만들지 못했습니다 (" + which + ").",
                        "The model on this machine did not find its next word within " + pause.en() + " (" + which
                                + ").")
                .fix(
                        "더 작은 모델이나 짧은 프롬프트를 쓰거나 Limits로 시간을 늘리세요.",
                        "Use a smaller model or a shorter prompt, or allow more time with Limits.")
                .build();
    }

    private CallFailure notLoaded(Throwable e) {
        if (e instanceof GgufFile.Unusable unusable) {
            return failure("unsupported")
                    .message(unusable.why)
                    .fix("Endpoint.of(Path)에 온전한 GGUF 파일을 주세요.", "Give Endpoint.of(Path) a whole GGUF file.")
                    .build();
        }
        if (e instanceof LlamaLibrary.Meddled meddled) {
            return failure("unsupported")
                    .message(
                            "환경 변수 " + meddled.variable + "가 llama.cpp의 설정을 바꾸므로 모델을 열지 않았습니다.",
                            "The model was not opened, as the environment variable " + meddled.variable
                                    + " changes what llama.cpp does.")
                    .fix("LLAMA_ARG_로 시작하는 환경 변수를 지우세요.", "Unset the environment variables that begin with LLAMA_ARG_.")
                    .build();
        }
        if (e instanceof LinkageError) {
            return failure("unsupported")
                    .message(
                            "llama.cpp 라이브러리가 이 컴퓨터에서 열리지 않습니다: " + e.getMessage(),
                            "The llama.cpp library does not load on this machine: " + e.getMessage())
                    .fix(
                            "운영체제와 CPU에 맞는 라이브러리인지, 임시 폴더(java.io.tmpdir)에서 실행이 허용되는지 확인하세요.",
                            "Check that the library has natives for this system and CPU, and that the temporary folder"
                                    + " (java.io.tmpdir) may hold what is executed.")
                    .cause(e)
                    .build();
        }
        return failure("unsupported")
                .message(
                        "llama.cpp가 모델 파일을 열지 못했습니다: " + endpoint + ".",
                        "llama.cpp could not open the model file: " + endpoint + ".")
                .fix(
                        "파일을 끝까지 받았는지, 메모리가 남아 있는지, 이 버전(" + LlamaTransport.ARTIFACT + ")이 아는 모델 구조인지 확인하세요.",
                        "Check that the file is whole, that memory is left, and that this version ("
                                + LlamaTransport.ARTIFACT + ") knows the model's architecture.")
                .cause(e)
                .build();
    }

    /** What llama.cpp says may quote the prompt. */
    private CallFailure failed(Throwable e) {
        ErrorBody said = ErrorBody.read(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
        String words = Cleaned.words(said.message(), request, null);
        boolean refused = LlamaEngine.refused(e);
        return failure(refused ? "invalid-request" : "server-error")
                .message(
                        (refused ? "모델이 이 요청을 받지 않았습니다: " : "모델이 답하지 못했습니다: ") + words,
                        (refused ? "The model does not take this request: " : "The model failed: ") + words)
                .fix(
                        "이 프로세스 안의 문맥은 최대 " + LlamaEngine.MOST_CONTEXT + " 토큰입니다. 프롬프트와 스키마를 확인하세요.",
                        "In this process a context holds at most " + LlamaEngine.MOST_CONTEXT
                                + " tokens. Check the prompt and the schema.")
                .build();
    }
}
