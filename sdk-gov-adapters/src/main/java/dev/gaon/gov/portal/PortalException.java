package dev.gaon.gov.portal;

import dev.gaon.gov.text.BilingualText;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a page was not fetched: a word, what happened and what to do, in Korean and in English. Holds no key, nothing of what
 * the portal wrote but a short code, and never a cause: libraries put addresses, and so keys, into theirs.
 *
 * <p>{@link #kind()} is an open set of words. Ours: {@code wrong-use}, {@code missing-key}, {@code cleartext-key},
 * {@code quota}, {@code closed}, {@code cancelled}, {@code evidence-failed}; of the way there: {@code dns-failed},
 * {@code connect-failed}, {@code tls-failed}, {@code proxy-failed}, {@code deadline}, {@code incomplete}; of the reply:
 * {@code redirect-refused}, {@code error-page}, {@code too-large}, {@code malformed-reply}, {@code unexpected-reply}, {@code repeated-page},
 * {@code too-many-pages}; what the portal said: {@code unauthorized}, {@code forbidden}, {@code invalid-request},
 * {@code not-found}, {@code no-service}, {@code rate-limited}, {@code overloaded}, {@code server-error},
 * {@code portal-error}.
 */
public final class PortalException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String kind;
    private final @Nullable String code;
    private final @Nullable Instant at;
    private final @Nullable String position;
    private final transient BilingualText what;
    private final transient BilingualText fix;

    private PortalException(
            Fault fault, BilingualText what, @Nullable String code, @Nullable Instant at, @Nullable String position) {
        super(what.ko() + " " + fault.fix().ko() + " / " + what.en() + " "
                + fault.fix().en());
        this.kind = fault.kind();
        this.code = code;
        this.at = at;
        this.position = position;
        this.what = what;
        this.fix = fault.fix();
    }

    /** @param where what was asked, for instance {@code khs images}; empty if nothing was */
    static PortalException of(Fault fault, String where, @Nullable String code, @Nullable Instant at) {
        String begin = where.isEmpty() ? "" : where + ": ";
        String ko = code == null ? "" : " (코드 " + code + ")";
        String en = code == null ? "" : " (code " + code + ")";
        return new PortalException(
                fault,
                new BilingualText(
                        begin + fault.what().ko() + ko, begin + fault.what().en() + en),
                code,
                at,
                null);
    }

    static PortalException wrongUse(String koWhat, String koFix, String enWhat, String enFix) {
        return of(
                new Fault(
                        "wrong-use",
                        Fault.Retry.NEVER,
                        new BilingualText(koWhat, enWhat),
                        new BilingualText(koFix, enFix)),
                "",
                null,
                null);
    }

    /** The same, and from where to go on: what was tried counts there. */
    PortalException with(String where) {
        return new PortalException(new Fault(kind, Fault.Retry.NEVER, what, fix), what, code, at, where);
    }

    /** One of the words above; more may be added. */
    public String kind() {
        return kind;
    }

    /** The portal's own code, for instance {@code 30}; null if it gave none. */
    public @Nullable String code() {
        return code;
    }

    /** From when asking again may succeed, for instance the next midnight in Seoul; null if that is not known. */
    public @Nullable Instant at() {
        return at;
    }

    /** From where to go on with {@link Portals#fetch}, calls of today counted; null if nothing was asked. */
    public @Nullable String position() {
        return position;
    }

    /** What happened, in Korean for a Korean locale, else in English. */
    public String message(Locale locale) {
        return what == null ? String.valueOf(getMessage()) : what.in(locale);
    }

    /** What to do, in Korean for a Korean locale, else in English. */
    public String fix(Locale locale) {
        return fix == null ? "" : fix.in(locale);
    }
}
