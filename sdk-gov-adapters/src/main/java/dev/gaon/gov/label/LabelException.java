package dev.gaon.gov.label;

import dev.gaon.gov.text.BilingualText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a label could not be written or read: a word, what happened and what to do, in Korean and in English. Nothing was
 * written to the target; holds no content of the file. Failures of the disk itself arrive as {@link java.io.IOException}.
 *
 * <p>{@link #kind()} is an open set of words: {@code wrong-use}, {@code same-file}, {@code no-file}, {@code empty-file},
 * {@code too-large}, {@code unknown-format}, {@code wrong-extension}, {@code damaged}, {@code locked}, {@code signed},
 * {@code no-room}, {@code unsupported}, {@code missing-library}, {@code not-verified}.
 */
public final class LabelException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String kind;
    private final transient BilingualText message;
    private final transient BilingualText fix;

    LabelException(String kind, BilingualText message, BilingualText fix) {
        this(kind, message, fix, null);
    }

    LabelException(String kind, BilingualText message, BilingualText fix, @Nullable Throwable cause) {
        super(message.ko() + " " + fix.ko() + " / " + message.en() + " " + fix.en(), cause);
        this.kind = kind;
        this.message = message;
        this.fix = fix;
    }

    /** The file is not what its first bytes promise. {@code where} names the part, as the format's own documents call it. */
    static LabelException damaged(String format, String where, @Nullable Throwable cause) {
        return new LabelException(
                "damaged",
                new BilingualText(
                        format + " 파일이 손상되었습니다(" + where + ").", "The " + format + " file is damaged (" + where + ")."),
                new BilingualText("원본을 다시 만들거나 내려받은 뒤 다시 시도하세요.", "Make or download the original again, then retry."),
                cause);
    }

    static LabelException damaged(String format, String where) {
        return damaged(format, where, null);
    }

    static LabelException tooLarge(BilingualText what, String limit) {
        return new LabelException(
                "too-large",
                new BilingualText(
                        what.ko() + " 한도를 넘습니다(한도 " + limit + ").", what.en() + " exceeds the limit (" + limit + ")."),
                new BilingualText("내용을 나누거나 줄인 뒤 표시하세요.", "Split or shrink the content, then label it."));
    }

    static LabelException wrongUse(BilingualText message, BilingualText fix) {
        return new LabelException("wrong-use", message, fix);
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
