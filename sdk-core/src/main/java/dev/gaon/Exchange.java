package dev.gaon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange: what is known of it, and the one place that says what its failures mean. */
final class Exchange {

    /** Longer than anybody waits, and still countable in milliseconds. */
    private static final Duration FOR_EVER = Duration.ofSeconds(9_999_999_999L);

    final RunningCall call;
    final Endpoint endpoint;
    final @Nullable Credential credential;
    CallProbe probe;
    final Ramp ramp;
    private final ChatRequest request;
    private final Limits limits;
    private final long startedMs;

    @Nullable
    String requestSha256;

    @Nullable
    String requestId;

    @Nullable
    Integer status;

    String outcome = "caller-error";

    @Nullable
    ReplyInput reading;

    /** @param ramp of the endpoint's address */
    Exchange(
            RunningCall call,
            Endpoint endpoint,
            ChatRequest request,
            @Nullable Credential credential,
            Limits limits,
            Ramp ramp) {
        this.call = call;
        this.endpoint = endpoint;
        this.request = request;
        this.credential = credential;
        this.limits = limits;
        this.ramp = ramp;
        this.startedMs = call.record().elapsedMs();
        again();
    }

    /** Begins anew, as if nothing had been sent yet. */
    void again() {
        probe = new CallProbe(call, ramp, limits);
    }

    void record() {
        call.record()
                .attempted(new CallRecord.Attempt(
                        endpoint.provider(),
                        endpoint.toString(),
                        endpoint.region(),
                        startedMs,
                        status,
                        outcome,
                        requestSha256,
                        requestId));
    }

    private CallFailure.Builder failed(String kind) {
        CallFailure.Builder builder = CallFailure.kind(kind)
                .at(endpoint)
                .phase(probe.phase(reading != null))
                .requestId(requestId)
                .sent(probe.sent());
        return status == null ? builder : builder.status(status);
    }

    /** What an exception of the transport means. */
    CallFailure failure(IOException e) {
        if (call.cancelled()) {
            return cancelled();
        }
        if (probe.connectTimedOut() || (!probe.connected() && e instanceof SocketTimeoutException)) {
            return failed("deadline-connect")
                    .message(
                            "연결이 " + seconds(limits.connect()).ko() + " 안에 이루어지지 않았습니다: " + endpoint + ".",
                            "No connection to " + endpoint + " within "
                                    + seconds(limits.connect()).en() + ".")
                    .fix("주소, 방화벽, 프록시를 확인하세요.", "Check the address, the firewall and the proxy.")
                    .cause(Cleaned.cause(e, request, credential))
                    .build();
        }
        if (call.remainingNanos() <= 0) {
            return failed("deadline-total")
                    .message(RunningCall.LATE)
                    .fix(RunningCall.LATE_FIX)
                    .build();
        }
        if (Thread.currentThread().isInterrupted()) {
            return cancelled();
        }
        if (probe.firstTokenTimedOut()) {
            return firstToken();
        }
        if (e instanceof SseReader.EventTooLarge || e instanceof ReplyInput.TooLarge) {
            String bound = e instanceof SseReader.EventTooLarge
                    ? "Limits.withEventBytes"
                    : "Limits.withReplyBytes, Limits.withInflationRatio";
            return failed("reply-too-large")
                    .message(
                            "응답이 허용된 크기를 넘어 연결을 끊었습니다.",
                            "The reply grew beyond its limit, so the connection was closed.")
                    .fix(
                            "온전한 답이 이만큼 크다면 한도를 늘리세요: " + bound + ".",
                            "If a good reply is that large, raise its limit: " + bound + ".")
                    .build();
        }
        if (e instanceof CharConversionException) {
            return malformed();
        }
        if (e instanceof ReplyInput.UnknownCoding) {
            return failed("unexpected-reply")
                    .message(
                            "서버가 요청하지 않은 압축(" + word(String.valueOf(e.getMessage())) + ")으로 답했습니다.",
                            "The server answered in a coding that was not offered ("
                                    + word(String.valueOf(e.getMessage())) + ").")
                    .fix("서버나 중간 프록시에서 그 압축을 끄세요.", "Turn that coding off on the server or on a proxy between.")
                    .build();
        }
        if (!probe.connected()) {
            return notConnected(e);
        }
        if (unprocessed(e)) {
            return failed("overloaded")
                    .message(
                            "서버가 이 요청을 처리하지 않고 되돌렸습니다: " + endpoint + ".",
                            "The server turned the request back without processing it: " + endpoint + ".")
                    .fix("잠시 뒤 다시 부르세요.", "Call again later.")
                    .cause(Cleaned.cause(e, request, credential))
                    .build();
        }
        if (!probe.sent()) {
            return failed("connect-failed")
                    .message(
                            "요청을 보내기 전에 연결이 끊겼습니다: " + endpoint + ".",
                            "The connection to " + endpoint + " broke before the request was sent.")
                    .fix(
                            "다시 부르세요. 거듭되면 서버와 방화벽을 확인하세요.",
                            "Call again; if it persists, check the server and the firewall.")
                    .cause(Cleaned.cause(e, request, credential))
                    .build();
        }
        if (e instanceof InterruptedIOException && reading != null && reading.firstTokenSeen()) {
            return betweenTokens();
        }
        if (e instanceof SSLHandshakeException) {
            return tls(e);
        }
        if (reading != null) {
            return incomplete(e);
        }
        return failed("unknown-outcome")
                .message(
                        "요청을 보냈지만 답을 받지 못했습니다. 서버가 처리했는지 알 수 없어 다시 보내지 않았습니다.",
                        "The request was sent but no reply came. Whether the server did the work is not known, so it was not resent.")
                .fix("서버의 기록을 확인한 뒤 다시 부르세요.", "Check the server's log before you call again.")
                .cause(Cleaned.cause(e, request, credential))
                .build();
    }

    private CallFailure cancelled() {
        return CallFailure.cancelled(probe.phase(reading != null))
                .at(endpoint)
                .requestId(requestId)
                .sent(probe.sent())
                .build();
    }

    /**
     * The server vouches that it has not looked at the request: it refused the stream, or went away before it (RFC 9113,
     * 8.7). Not said of one that began to answer all the same.
     */
    boolean unprocessed(IOException e) {
        if (status != null) {
            return false;
        }
        boolean unprocessed = turnedBack(e);
        for (Throwable other : e.getSuppressed()) {
            unprocessed |= turnedBack(other);
        }
        return unprocessed;
    }

    /** OkHttp's module does not export these two types, so they are known by name. */
    private static boolean turnedBack(Throwable e) {
        return switch (e.getClass().getName()) {
            case "okhttp3.internal.http2.ConnectionShutdownException" -> true;
            case "okhttp3.internal.http2.StreamResetException" ->
                "stream was reset: REFUSED_STREAM".equals(e.getMessage());
            default -> false;
        };
    }

    /** A server's code, id or name, fit to be shown. */
    String word(String foreign) {
        return Text.printable(Cleaned.word(foreign, request, credential), 64);
    }

    private CallFailure notConnected(IOException e) {
        if (e instanceof UnknownHostException) {
            String host = probe.lookedUp();
            return failed("dns-failed")
                    .message("호스트 이름을 찾을 수 없습니다: " + host + ".", "The host name cannot be resolved: " + host + ".")
                    .fix("주소와 DNS를 확인하세요.", "Check the address and the DNS.")
                    .cause(Cleaned.cause(e, request, credential))
                    .build();
        }
        if (e instanceof SSLException || probe.handshaking()) {
            return tls(e);
        }
        if (probe.proxied()) {
            return failed("proxy-failed")
                    .message("프록시를 거쳐 연결할 수 없습니다.", "No connection through the proxy.")
                    .fix("Network의 프록시 주소와 인증을 확인하세요.", "Check the proxy's address and credential in Network.")
                    .cause(Cleaned.cause(e, request, credential))
                    .build();
        }
        return failed("connect-failed")
                .message("연결할 수 없습니다: " + endpoint + ".", "Cannot connect to " + endpoint + ".")
                .fix("서버가 떠 있는지, 주소와 포트가 맞는지 확인하세요.", "Check that the server runs and that address and port are right.")
                .cause(Cleaned.cause(e, request, credential))
                .build();
    }

    private CallFailure tls(IOException e) {
        String host = endpoint.address().getHost();
        TlsFault fault = TlsFault.of(e);
        return failed("tls-failed")
                .message(
                        "TLS 연결을 맺지 못했습니다: " + host + " (" + fault.reason.ko() + ").",
                        "No TLS connection to " + host + " (" + fault.reason.en() + ").")
                .fix(fault.fix)
                .cause(Cleaned.cause(e, request, credential))
                .build();
    }

    private CallFailure firstToken() {
        return failed("deadline-first-token")
                .message(
                        "첫 토큰이 " + seconds(limits.firstToken()).ko() + " 안에 오지 않았습니다.",
                        "No first token came within "
                                + seconds(limits.firstToken()).en() + ".")
                .fix(
                        "서버의 부하를 확인하거나 Limits.withFirstToken으로 시간을 늘리세요.",
                        "Check the server's load, or allow more time with Limits.withFirstToken.")
                .build();
    }

    private CallFailure betweenTokens() {
        return failed("deadline-between-tokens")
                .message(
                        "답 도중에 " + seconds(limits.betweenTokens()).ko()
                                + " 동안 아무것도 오지 않았습니다. 받은 데까지는 partialText에 있습니다.",
                        "In the middle of the reply nothing came for "
                                + seconds(limits.betweenTokens()).en() + ". What came is in partialText.")
                .fix(
                        "서버의 부하를 확인하거나 Limits.withBetweenTokens로 시간을 늘리세요.",
                        "Check the server's load, or allow more time with Limits.withBetweenTokens.")
                .build();
    }

    CallFailure incomplete(@Nullable Throwable cause) {
        return failed("incomplete")
                .message(
                        "응답이 끝맺음 없이 끊겼습니다. 받은 데까지는 partialText에 있습니다.",
                        "The reply broke off without its end. What came is in partialText.")
                .fix("온전한 답이 아닙니다. 다시 부르거나 서버를 확인하세요.", "It is no whole answer. Call again or check the server.")
                .cause(cause == null ? null : Cleaned.cause(cause, request, credential))
                .build();
    }

    /** What it means that the JSON of a reply cannot be read; Jackson's own text may quote the reply and is not told. */
    CallFailure unread(JsonProcessingException e) {
        return e instanceof JsonEOFException ? incomplete(e) : malformed();
    }

    private CallFailure malformed() {
        return failed("malformed-reply")
                .message("응답의 형식이 잘못되어 읽을 수 없습니다.", "The reply is malformed and cannot be read.")
                .fix("엔드포인트의 dialect가 맞는지 확인하세요.", "Check that the endpoint's dialect is right.")
                .build();
    }

    CallFailure reported(Dialect.ReplyError e) {
        String words = Cleaned.words(e.getMessage() == null ? "" : e.getMessage(), request, credential);
        String named =
                e.code() == null ? null : endpoint.offer().quirks().errorKinds().get(e.code());
        boolean filtered = "content-filtered".equals(named) || "content_filter".equals(e.code());
        // Whatever else it is, the work was begun, so nothing may invite to send it again.
        return failed(filtered ? "content-filtered" : "provider-error")
                .providerCode(e.code() == null ? null : word(e.code()))
                .message(
                        "서버가 응답 도중 오류를 알렸습니다: " + words + ".",
                        "The server reported an error inside its reply: " + words + ".")
                .fix("서버의 기록을 확인한 뒤 다시 부르세요.", "Check the server's log before you call again.")
                .build();
    }

    CallFailure redirect(@Nullable String location) {
        String host = target(location);
        return failed("redirect-refused")
                .message(
                        "서버가 다른 주소(" + host + ")로 가라고 했지만 따라가지 않았습니다.",
                        "The server redirects to another address (" + host + "), which is not followed.")
                .fix("옮겨 간 곳이 맞다면 엔드포인트 주소를 바꾸세요.", "If the new place is right, change the endpoint's address.")
                .build();
    }

    /** An unreadable target is named as unknown. */
    private String target(@Nullable String location) {
        try {
            String host = location == null
                    ? null
                    : endpoint.address().resolve(URI.create(location)).getHost();
            return host == null ? "?" : word(host);
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }

    CallFailure unexpected(String type, byte[] body) {
        String words = Cleaned.words(new String(body, StandardCharsets.UTF_8), request, credential);
        String shown = type.isEmpty() ? "?" : word(type);
        return failed("unexpected-reply")
                .message(
                        "모델의 응답이 아닌 것이 왔습니다 (" + shown + "): " + words,
                        "Something that is no model's reply came (" + shown + "): " + words)
                .fix(
                        "주소가 /v1까지 맞는지, 중간에 로그인 페이지나 프록시가 없는지 확인하세요.",
                        "Check that the address is right up to /v1 and that no login page or proxy stands between.")
                .build();
    }

    /**
     * What an error status means.
     *
     * @param header the value of a header of the reply; null if it has none of the name
     */
    CallFailure rejected(int code, Function<String, @Nullable String> header, byte[] body) {
        ErrorBody error = ErrorBody.read(body);
        String words = Cleaned.words(error.message(), request, credential);
        String said = words.isEmpty() ? "" : " (" + words + ")";
        CallFailure.Builder failure = failed(kind(code, error)).retryAfter(pause(header));
        if (error.code() != null) {
            failure.providerCode(word(error.code()));
        }
        String key = endpoint.keyVariable() == null ? "Gaon.Builder.credential" : endpoint.keyVariable();
        String shown = credential == null ? "-" : "#" + credential.fingerprint();
        switch (code) {
            case 401 ->
                failure.message("키가 받아들여지지 않았습니다" + said + ".", "The key was not accepted" + said + ".")
                        .fix(
                                key + "의 값을 확인하세요 (지금 키: " + shown + ").",
                                "Check " + key + " (the key used: " + shown + ").");
            case 402, 403 ->
                failure.message("이 키로는 허용되지 않습니다" + said + ".", "This key is not allowed to do that" + said + ".")
                        .fix(
                                "권한과 잔액을 확인하세요 (지금 키: " + shown + ").",
                                "Check rights and credit (the key used: " + shown + ").");
            case 404 ->
                failure.message("모델이나 경로가 없습니다" + said + ".", "The model or path does not exist" + said + ".")
                        .fix("모델 이름과 주소를 확인하세요.", "Check the model's name and the address.");
            case 429 ->
                failure.message("요청 한도를 넘었습니다" + said + ".", "The rate limit was exceeded" + said + ".")
                        .fix("잠시 뒤 다시 부르세요.", "Call again later.");
            case 503 ->
                failure.message("서버가 지금 받을 수 없습니다" + said + ".", "The server cannot take it now" + said + ".")
                        .fix("잠시 뒤 다시 부르세요.", "Call again later.");
            case 407 ->
                failure.message("프록시가 인증을 요구합니다" + said + ".", "The proxy asks for a credential" + said + ".")
                        .fix(
                                "Network.proxyUser의 이름과 비밀번호를 확인하세요.",
                                "Check the name and password of Network.proxyUser.");
            case 408, 502, 504 ->
                failure.message(
                                "중간 서버가 답을 기다리다 포기했습니다. 처리되었는지 알 수 없습니다" + said + ".",
                                "A server between gave up waiting; whether the work was done is not known" + said + ".")
                        .fix("서버의 기록을 확인한 뒤 다시 부르세요.", "Check the server's log before you call again.");
            default ->
                failure.message(
                                "서버가 " + code + "(으)로 거절했습니다" + said + ".",
                                "The server refused with " + code + said + ".")
                        .fix("요청과 서버의 기록을 확인하세요.", "Check the request and the server's log.");
        }
        return failure.build();
    }

    /** The later of the provider's own times where the standard header is missing. */
    private @Nullable Duration pause(Function<String, @Nullable String> header) {
        Duration longest = retryAfter(header.apply("Retry-After"));
        if (longest == null) {
            for (String name : endpoint.offer().quirks().retryAfterHeaders()) {
                Duration one = untilEpoch(header.apply(name));
                longest = longest == null || (one != null && one.compareTo(longest) > 0) ? one : longest;
            }
        }
        return longest;
    }

    /** From now to a time in UNIX epoch seconds; null if it is none. */
    private static @Nullable Duration untilEpoch(@Nullable String seconds) {
        if (seconds == null || !seconds.strip().matches("\\d{10}")) {
            return null;
        }
        Duration pause = Duration.between(Instant.now(), Instant.ofEpochSecond(Long.parseLong(seconds.strip())));
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    /** What the provider's data says of its code, else what the status says. */
    private String kind(int status, ErrorBody error) {
        String named = error.code() == null
                ? null
                : endpoint.offer().quirks().errorKinds().get(error.code());
        if (named != null) {
            return named;
        }
        if ("content_filter".equals(error.code())) {
            return "content-filtered";
        }
        return switch (status) {
            case 401 -> "unauthorized";
            case 402, 403 -> "forbidden";
            case 404 -> "not-found";
            case 407 -> "proxy-failed";
            case 429 -> "rate-limited";
            case 500 -> "server-error";
            case 501 -> "unsupported";
            case 503 -> "overloaded";
            default -> status == 408 || status >= 500 ? "unknown-outcome" : "invalid-request";
        };
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3); a past date is now; null if there is none or it cannot be read. */
    static @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String said = header.strip();
        Duration pause;
        try {
            pause = said.matches("\\d{10,}") ? FOR_EVER : Duration.ofSeconds(Long.parseLong(said));
        } catch (NumberFormatException e) {
            try {
                Instant then = ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                pause = Duration.between(Instant.now(), then);
            } catch (DateTimeException notADate) {
                return null;
            }
        }
        return pause.isNegative() ? Duration.ZERO : pause.compareTo(FOR_EVER) > 0 ? FOR_EVER : pause;
    }

    static Text seconds(Duration d) {
        return d.toMillis() % 1000 == 0
                ? new Text(d.toSeconds() + "초", d.toSeconds() + " s")
                : new Text(d.toMillis() + "밀리초", d.toMillis() + " ms");
    }
}
