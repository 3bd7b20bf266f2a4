package dev.gaon.examples.cli;

import dev.gaon.CallFailure;
import dev.gaon.Decision;
import dev.gaon.DeniedException;
import dev.gaon.gov.corpus.CorpusException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Why a command ends without a result: a word, a sentence, the way out, and the exit code. */
final class Failure extends RuntimeException {

    static final int FOUND = 1;
    static final int WRONG_USE = 2;
    static final int REVIEW = 3;
    static final int PROVIDER = 4;

    private final String kind;
    private final transient Text message;
    private final transient Text fix;
    private final int exit;

    private Failure(String kind, Text message, Text fix, int exit, @Nullable Throwable cause) {
        super(message.en(), cause);
        this.kind = kind;
        this.message = message;
        this.fix = fix;
        this.exit = exit;
    }

    static Failure wrongUse(String kind, Text message, Text fix) {
        return wrongUse(kind, message, fix, null);
    }

    static Failure wrongUse(String kind, Text message, Text fix, @Nullable Throwable cause) {
        return new Failure(kind, message, fix, WRONG_USE, cause);
    }

    /** Something that was looked at and does not hold. */
    static Failure found(String kind, Text message, Text fix, @Nullable Throwable cause) {
        return new Failure(kind, message, fix, FOUND, cause);
    }

    /** A mistake in configuration that the SDK found. */
    static Failure wrongUse(String kind, IllegalArgumentException e) {
        return new Failure(kind, Text.halves(e.getMessage()), Text.NONE, WRONG_USE, e);
    }

    /** An audit that could not be done. */
    static Failure corpus(CorpusException e) {
        Text message = new Text(e.message(Locale.KOREAN), e.message(Locale.ENGLISH));
        Text fix = e.kind().equals("missing-library")
                ? new Text(
                        "gaon.jar 옆의 lib 폴더에 org.duckdb:duckdb_jdbc의 jar를 두세요. 빌드하면 target/lib에 있습니다.",
                        "Put the jar of org.duckdb:duckdb_jdbc into the folder lib beside gaon.jar; a build leaves it in"
                                + " target/lib.")
                : new Text(e.fix(Locale.KOREAN), e.fix(Locale.ENGLISH));
        return new Failure(e.kind(), message, fix, WRONG_USE, e);
    }

    /** Rows that a person has to look at first. */
    static Failure review(CorpusException e, Text fix) {
        Text message = new Text(e.message(Locale.KOREAN), e.message(Locale.ENGLISH));
        return new Failure(e.kind(), message, fix, REVIEW, e);
    }

    private static boolean mayBeReviewed(@Nullable Decision decision) {
        return decision != null && decision.verdict() == Decision.Verdict.REVIEW;
    }

    /** Any exception as a failure. */
    static Failure of(Throwable error) {
        Throwable e = error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
        Optional<CallFailure> facts = CallFailure.of(e);
        if (e instanceof Failure failure) {
            return failure;
        } else if (facts.isPresent()) {
            CallFailure call = facts.get();
            return new Failure(
                    call.kind(),
                    new Text(call.message(Locale.KOREAN), call.message(Locale.ENGLISH)),
                    fix(call),
                    e instanceof DeniedException denied && mayBeReviewed(denied.decision()) ? REVIEW : exit(call),
                    e);
        } else if (e instanceof IllegalArgumentException wrong) {
            return wrongUse("bad-configuration", wrong);
        } else if (e instanceof CancellationException) {
            return new Failure(
                    "cancelled", new Text("호출이 취소되었습니다.", "The call was cancelled."), Text.NONE, PROVIDER, e);
        }
        String what = e.getClass().getSimpleName();
        return new Failure(
                "internal",
                new Text("예상하지 못한 오류입니다: " + what + ".", "An unexpected error: " + what + "."),
                new Text("--debug를 붙여 다시 실행하고 그 출력을 알려 주세요.", "Run it again with --debug and report the output."),
                PROVIDER,
                e);
    }

    /** The SDK's own, except where it speaks to people who write Java. */
    private static Text fix(CallFailure call) {
        return call.kind().equals("missing-key")
                ? new Text(
                        "발급받은 키를 그 환경 변수에 넣고 다시 실행하세요. 아무것도 보내지 않았습니다.",
                        "Put the key you were issued into that variable and run it again. Nothing was sent.")
                : new Text(call.fix(Locale.KOREAN), call.fix(Locale.ENGLISH));
    }

    private static int exit(CallFailure call) {
        if (call.kind().equals("denied")) {
            return FOUND;
        }
        boolean ours = "configure".equals(call.phase()) || call.kind().equals("record-refused");
        return ours ? WRONG_USE : PROVIDER;
    }

    String kind() {
        return kind;
    }

    Text message() {
        return message;
    }

    Text fix() {
        return fix;
    }

    int exit() {
        return exit;
    }
}
