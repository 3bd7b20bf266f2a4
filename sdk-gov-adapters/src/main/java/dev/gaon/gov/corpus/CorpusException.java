package dev.gaon.gov.corpus;

import dev.gaon.gov.text.BilingualText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a corpus could not be audited or signed: a word, what happened and what to do, in Korean and in English. Holds nothing
 * of any row. Unless the word is {@code wrong-use}, {@code no-file}, {@code columns}, {@code other-run}, {@code changed} or
 * {@code waiting}, the same call of an audit goes on from the last finished part.
 *
 * <p>{@link #kind()} is an open set of words: {@code wrong-use}, {@code no-file}, {@code columns}, {@code other-run}, {@code
 * changed}, {@code in-use}, {@code cancelled}, {@code disk-full}, {@code memory}, {@code damaged}, {@code too-many-evidences}, {@code
 * missing-library}, {@code waiting}.
 */
public final class CorpusException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String kind;
    private final transient BilingualText message;
    private final transient BilingualText fix;

    CorpusException(String kind, BilingualText message, BilingualText fix, @Nullable Throwable cause) {
        super(message.ko() + " " + fix.ko() + " / " + message.en() + " " + fix.en(), cause);
        this.kind = kind;
        this.message = message;
        this.fix = fix;
    }

    static CorpusException wrongUse(String ko, String en, String fixKo, String fixEn) {
        return new CorpusException("wrong-use", new BilingualText(ko, en), new BilingualText(fixKo, fixEn), null);
    }

    static CorpusException missingLibrary(Throwable cause) {
        return new CorpusException(
                "missing-library",
                new BilingualText(
                        "말뭉치를 읽는 DuckDB가 클래스패스에 없습니다.", "DuckDB, which reads a corpus, is not on the class path."),
                new BilingualText(
                        "org.duckdb:duckdb_jdbc를 의존성에 더하세요.", "Add org.duckdb:duckdb_jdbc to the dependencies."),
                cause);
    }

    static CorpusException cancelled() {
        return new CorpusException(
                "cancelled",
                new BilingualText("말뭉치 감사를 멈추었습니다.", "The audit of the corpus was cancelled."),
                new BilingualText("같은 설정으로 다시 실행하면 이어서 합니다.", "Run it again with the same settings and it goes on."),
                null);
    }

    static CorpusException changed(@Nullable Throwable cause) {
        return new CorpusException(
                "changed",
                new BilingualText("읽는 동안 말뭉치가 바뀌었습니다.", "The corpus changed while it was read."),
                new BilingualText(
                        "아무도 쓰지 않을 때, 새 폴더로 다시 감사하세요.", "Audit it again, into a new folder, when nobody writes to it."),
                cause);
    }

    static CorpusException diskFull(@Nullable Throwable cause) {
        return new CorpusException(
                "disk-full",
                new BilingualText("디스크가 가득 찼습니다.", "The disk is full."),
                new BilingualText(
                        "자리를 비우거나 다른 디스크의 폴더를 쓰세요. 자리가 나면 같은 설정으로 이어서 합니다.",
                        "Make room, or use a folder on another disk. With room, the same settings go on."),
                cause);
    }

    /** One of the words above; more may be added. */
    public String kind() {
        return kind;
    }

    /** What happened, in Korean for a Korean locale, else in English. */
    public String message(Locale locale) {
        return message == null ? String.valueOf(getMessage()) : message.in(locale);
    }

    /** What to do, in Korean for a Korean locale, else in English. */
    public String fix(Locale locale) {
        return fix == null ? "" : fix.in(locale);
    }
}
