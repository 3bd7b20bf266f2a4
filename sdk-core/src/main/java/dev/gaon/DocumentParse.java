package dev.gaon;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import okhttp3.MultipartBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Has one document parsed, at once or as a job that is asked after until it is done; used by one call.
 *
 * <p>A job is started once: what fails after that is asked for again here, as the router would start another.
 */
final class DocumentParse implements Router.Transport {

    private static final long FIRST_PAUSE_MS = 250;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final HttpTransport http;
    private final Limits limits;
    private final DocumentFile file;
    private final String format;
    private final Map<String, String> fields;
    private final boolean asJob;

    private @Nullable String job;
    private @Nullable Endpoint startedAt;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String model;
    private int pages;

    /**
     * @param format {@code html}, {@code markdown} or {@code text}
     * @param fields of the form, beside model and formats
     */
    DocumentParse(
            HttpTransport http,
            Limits limits,
            DocumentFile file,
            String format,
            Map<String, String> fields,
            boolean asJob) {
        this.http = http;
        this.limits = limits;
        this.file = file;
        this.format = format;
        this.fields = fields;
        this.asJob = asJob;
    }

    /** Pages that were parsed; 0 if the server did not tell. */
    int pages() {
        return pages;
    }

    @Override
    public void send(RunningCall call, Endpoint endpoint, ChatRequest judged, Consumer<ChatDelta> out) {
        text.setLength(0);
        model = null;
        pages = 0;
        if (asJob) {
            new Job(call, endpoint, judged).run();
        } else {
            post(
                    call,
                    endpoint,
                    judged,
                    endpoint.offer().path("documentDigitization", "/document-digitization"),
                    in -> add(new DocumentReply(format).read(in)));
        }
        if (model != null) {
            out.accept(new ChatDelta.Origin(null, http.word(model, endpoint, judged)));
        }
        if (!text.isEmpty()) {
            out.accept(new ChatDelta.Text(text.toString()));
        }
        out.accept(new ChatDelta.Finish(FinishReason.STOP, "stop"));
    }

    private void post(
            RunningCall call, Endpoint endpoint, ChatRequest judged, String path, HttpTransport.Reader reader) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("model", endpoint.wireModel() == null ? call.model().id() : endpoint.wireModel());
        all.put("output_formats", "['" + format + "']");
        all.putAll(fields);
        MultipartBody form = file.form(all);
        Buffer body = new Buffer();
        try {
            form.writeTo(body);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        http.post(call, endpoint, judged, path, form.contentType(), body, reader);
    }

    private void add(DocumentReply reply) throws IOException {
        if ((long) text.length() + reply.text().length() > limits.replyBytes()) {
            throw new ReplyInput.TooLarge();
        }
        text.append(text.isEmpty() ? "" : "\n\n").append(reply.text());
        model = reply.model() == null ? model : reply.model();
        pages += reply.pages() == null ? 0 : reply.pages();
    }

    /** One attempt at a job. */
    private final class Job {

        private final RunningCall call;
        private final Endpoint endpoint;
        private final ChatRequest judged;

        Job(RunningCall call, Endpoint endpoint, ChatRequest judged) {
            this.call = call;
            this.endpoint = endpoint;
            this.judged = judged;
        }

        void run() {
            if (job == null || !endpoint.equals(startedAt)) {
                String path = endpoint.offer().path("documentDigitizationAsync", "/document-digitization/async");
                post(call, endpoint, judged, path, in -> job = new DocumentJob().started(in));
                startedAt = endpoint;
                call.record().note("job", http.word(Objects.requireNonNull(job), endpoint, judged));
            }
            List<DocumentJob.Batch> batches = finished().batches();
            for (int i = 0; i < batches.size(); i++) {
                download(batches, i);
            }
        }

        private DocumentJob finished() {
            for (long pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
                DocumentJob now = asked();
                if (now.done()) {
                    return now;
                }
                pause(pauseMs);
            }
        }

        private DocumentJob asked() {
            String path = endpoint.offer()
                    .path("documentDigitizationStatus", "/document-digitization/requests/{id}")
                    .replace("{id}", Objects.requireNonNull(job));
            DocumentJob[] now = new DocumentJob[1];
            patiently(() -> http.get(call, endpoint, judged, path, in -> now[0] = new DocumentJob().read(in)));
            return now[0];
        }

        /** An address lasts minutes only; asking after the job again gives new ones. */
        private void download(List<DocumentJob.Batch> batches, int index) {
            try {
                download(batches.get(index).url());
            } catch (CallFailure e) {
                if (!refused(e)) {
                    throw e;
                }
                List<DocumentJob.Batch> renewed = finished().batches();
                if (renewed.size() != batches.size()) {
                    throw lost(e);
                }
                try {
                    download(renewed.get(index).url());
                } catch (CallFailure again) {
                    throw refused(again) ? lost(again) : again;
                }
            }
        }

        private static boolean refused(CallFailure e) {
            return e.status() != null && e.status() >= 400 && e.status() < 500;
        }

        private void download(String url) {
            URI uri;
            Endpoint place;
            try {
                uri = new URI(url);
                // Only its own server may be as open as it is; the address of another one is for https.
                if (uri.getRawAuthority() == null || (!"https".equals(uri.getScheme()) && !sameServer(uri))) {
                    throw elsewhere();
                }
                place = Endpoint.of(uri.getScheme() + "://" + uri.getRawAuthority())
                        .withProvider(endpoint.offer());
            } catch (URISyntaxException | IllegalArgumentException e) {
                throw elsewhere();
            }
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            patiently(
                    () -> http.getWithoutKey(call, place, judged, path, in -> add(new DocumentReply(format).read(in))));
        }

        private boolean sameServer(URI uri) {
            URI own = endpoint.address();
            return Objects.equals(own.getScheme(), uri.getScheme())
                    && Objects.equals(own.getRawAuthority(), uri.getRawAuthority());
        }

        /** Its address is not told: whoever has it can read the document. */
        private CallFailure elsewhere() {
            return CallFailure.kind("redirect-refused")
                    .at(endpoint)
                    .phase("wait")
                    .sent(true)
                    .message(
                            "서버가 결과를 https가 아닌 다른 서버에서 받으라고 해서 받지 않았습니다.",
                            "The server would have the result fetched from another server without https; it was not.")
                    .fix("엔드포인트의 주소와 중간 프록시를 확인하세요.", "Check the endpoint's address and any proxy between.")
                    .build();
        }

        /** Asks again, after pauses, what can be asked twice. */
        private void patiently(Runnable question) {
            for (int made = 1; ; made++) {
                call.requireLive("wait");
                call.requireTime(endpoint, "wait", true);
                try {
                    question.run();
                    return;
                } catch (CallFailure e) {
                    if (!passing(e)) {
                        throw e;
                    }
                    long asked = e.retryAfter() == null ? 0 : e.retryAfter().toMillis();
                    // A wrong certificate is the same a second later.
                    if (made >= limits.attempts()
                            || asked > limits.retryAfterCap().toMillis()
                            || e.kind().equals("tls-failed")) {
                        throw lost(e);
                    }
                    pause(Math.max(asked, FIRST_PAUSE_MS << Math.min(made, 4)));
                }
            }
        }

        private void pause(long ms) {
            try {
                HttpTransport.pause(call, Math.min(ms, Math.max(1, call.remainingNanos() / 1_000_000 + 1)));
            } catch (InterruptedIOException e) {
                throw CallFailure.cancelled("wait").at(endpoint).sent(true).build();
            }
            call.requireTime(endpoint, "wait", true);
        }

        private CallFailure lost(CallFailure last) {
            return CallFailure.kind("unknown-outcome")
                    .at(endpoint)
                    .phase("wait")
                    .sent(true)
                    .providerCode(last.providerCode())
                    .requestId(last.requestId())
                    .message(
                            "문서 작업을 맡겼지만 결과를 가져올 수 없습니다(" + last.kind() + ").",
                            "The job was started, but its result cannot be had (" + last.kind() + ").")
                    .fix(
                            "서버의 상태를 확인하세요. 작업의 번호는 호출 기록의 메모 job에 있습니다.",
                            "Check the server. The job's id is in the note job of the call's record.")
                    .cause(last)
                    .build();
        }
    }

    /** What may be gone a moment later, or would have the router start another job. */
    private static boolean passing(CallFailure e) {
        return switch (e.kind()) {
            case "dns-failed", "connect-failed", "deadline-connect", "tls-failed", "proxy-failed" -> true;
            case "rate-limited", "overloaded", "server-error", "unknown-outcome", "incomplete" -> true;
            default -> false;
        };
    }
}
