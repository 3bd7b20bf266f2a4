package dev.gaon;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.data.document.BlankDocumentException;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentParser;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one document model makes of a file: its text, as LangChain4j's {@link DocumentParser}, a record of yours, its kind,
 * or the fields that the model was trained to find.
 *
 * <p>Made by {@link Gaon#documents}. Immutable and safe to share; every {@code with} method returns a changed copy; lives as
 * long as its {@code Gaon} is open, works on the caller's thread and never closes a stream that it reads. One type for all
 * four, as they differ in nothing but the question; each model answers one of them, and the others are refused by name
 * before anything is sent. A file is held in memory, and may have {@value #MOST_MIB} MiB.
 *
 * <p>Calls are recorded, resent and refused like those of chats. The bytes of a file, though, are no message: to a
 * {@link Guard} the request is one user message that tells the size and the SHA-256 of the file, so a guard decides where a
 * document of this call may go, and cannot judge, or mask, what is in it. What comes back it sees as text. Policies, which
 * speak of chats, see neither. The note {@code document} of a call's record is the same SHA-256. Failures are LangChain4j's exceptions, each with a {@link CallFailure} behind it.
 *
 * <pre>{@code
 * record Receipt(String shop, @Description("the day of purchase") LocalDate date, BigDecimal total) {}
 *
 * Document text = gaon.documents("document-parse").withOcr(true).parse(scan);
 * Receipt receipt = gaon.documents("information-extract").extract(photo, Receipt.class);
 * }</pre>
 */
public final class GaonDocuments implements DocumentParser {

    /** In which notation a document's text is wanted. */
    public enum Format {
        MARKDOWN,
        HTML,
        TEXT
    }

    /** How much work a document is worth: {@code ENHANCED} reads tables and images better, {@code AUTO} decides by page. */
    public enum Mode {
        STANDARD,
        ENHANCED,
        AUTO
    }

    /**
     * The kind of a document.
     *
     * @param label one of those that were given
     * @param confidence from 0 to 1; null if the server did not tell
     */
    public record Kind(String label, @Nullable Double confidence) {}

    /**
     * Something that a model found in a document.
     *
     * @param key the server's name for it; that of a field inside another one is {@code outer/inner}
     * @param value as it stands in the document; null if there is only a refined one
     * @param refined the same in the server's usual form, for instance of a date; null if it gave none
     * @param confidence from 0 to 1; null if the server did not tell
     */
    public record Field(
            String key,
            @Nullable String value,
            @Nullable String refined,
            @Nullable Double confidence) {}

    static final int MOST_MIB = 50;

    /** Of a file parsed as a job, which is held in memory too. */
    static final int MOST_JOB_MIB = 200;

    private static final String PARSE = "parse";
    private static final String EXTRACT = "extract";
    private static final String CLASSIFY = "classify";
    private static final String FIELDS = "fields";

    /** The wire formats of endpoints, and what their models do; {@code extract} may also be {@code fields}. */
    static final Map<String, String> DIALECTS = Map.of(
            "upstage-document-digitization", PARSE,
            "upstage-information-extraction", EXTRACT,
            "upstage-document-classification", CLASSIFY);

    private static final Text SMALLER =
            new Text("문서를 나누어 보내세요. 아무것도 보내지 않았습니다.", "Send it in parts. Nothing was sent.");
    private static final Text SMALLER_OR_JOB = new Text(
            "문서를 나누거나 withJob(true)로 부르세요. 아무것도 보내지 않았습니다.",
            "Send it in parts, or call withJob(true). Nothing was sent.");

    private final ModelCard card;
    private final @Nullable String does;
    private final Gaon gaon;
    private final Options options;

    private record Options(
            Format format,
            @Nullable Mode mode,
            boolean ocr,
            boolean job,
            @Nullable Duration deadline,
            CallContext context) {}

    private GaonDocuments(ModelCard card, @Nullable String does, Gaon gaon, Options options) {
        this.card = card;
        this.does = does;
        this.gaon = gaon;
        this.options = options;
    }

    /** @param known the same model with all of its endpoints, which tell what it does */
    static GaonDocuments of(ModelCard card, ModelCard known, Gaon gaon) {
        String does = null;
        for (Endpoint endpoint : known.endpoints()) {
            does = does == null ? DIALECTS.get(endpoint.dialect()) : does;
        }
        boolean fixed = EXTRACT.equals(does) && !Boolean.TRUE.equals(known.structuredOutput());
        Options options = new Options(Format.MARKDOWN, null, false, false, null, CallContext.EMPTY);
        return new GaonDocuments(card, fixed ? FIELDS : does, gaon, options);
    }

    private GaonDocuments with(Options changed) {
        return new GaonDocuments(card, does, gaon, changed);
    }

    /** The notation of parsed text: {@link Format#MARKDOWN} unless said. */
    public GaonDocuments withFormat(Format format) {
        Options o = options;
        return with(new Options(Objects.requireNonNull(format, "format"), o.mode, o.ocr, o.job, o.deadline, o.context));
    }

    /** How carefully to parse; null, and unless said, as the server likes. */
    public GaonDocuments withMode(@Nullable Mode mode) {
        Options o = options;
        return with(new Options(o.format, mode, o.ocr, o.job, o.deadline, o.context));
    }

    /** Whether to read even those pages from their image that hold text; false unless said. */
    public GaonDocuments withOcr(boolean always) {
        Options o = options;
        return with(new Options(o.format, o.mode, always, o.job, o.deadline, o.context));
    }

    /**
     * Whether to parse as a job that is asked after until it is done, for documents that are too long for one reply; false
     * unless said, as the server then keeps what it made of the document (Upstage: for 30 days).
     *
     * <p>The call still waits for the end, within its deadline. The parsed pages are fetched from where the server put
     * them: over https, or from that server itself; never with the key, and through no redirect.
     */
    public GaonDocuments withJob(boolean asJob) {
        Options o = options;
        return with(new Options(o.format, o.mode, o.ocr, asJob, o.deadline, o.context));
    }

    /** Total time for a call, as {@link GaonParameters#deadline()}; null, and unless said, {@link Limits#total()}. */
    public GaonDocuments withDeadline(@Nullable Duration deadline) {
        Options o = options;
        Duration checked = GaonParameters.builder().deadline(deadline).build().deadline();
        return with(new Options(o.format, o.mode, o.ocr, o.job, checked, o.context));
    }

    /** Refines the context of the client; the level can only be raised. */
    public GaonDocuments withContext(CallContext context) {
        Options o = options;
        return with(new Options(o.format, o.mode, o.ocr, o.job, o.deadline, o.context.refinedBy(context)));
    }

    /**
     * The text of a document. Metadata: {@code content_type} of the text, such as {@code text/markdown};
     * {@code sha256} of the file; {@code model} that parsed it; {@code pages}, if the server told how many.
     *
     * @param document any kind of file the server reads, {@value #MOST_MIB} MiB of it at most, as a job
     *     {@value #MOST_JOB_MIB} MiB
     * @throws BlankDocumentException if it is empty or has no text
     */
    @Override
    public Document parse(InputStream document) {
        return outside(() -> {
            require(PARSE);
            DocumentFile file = options.job
                    ? DocumentFile.read(document, (long) MOST_JOB_MIB << 20, SMALLER)
                    : DocumentFile.read(document, (long) MOST_MIB << 20, SMALLER_OR_JOB);
            if (file.bytes().size() == 0) {
                throw new BlankDocumentException();
            }
            String format = options.format.name().toLowerCase(Locale.ROOT);
            Map<String, String> form = new LinkedHashMap<>();
            form.put("ocr", options.ocr ? "force" : "auto");
            // Nobody here reads the places of elements.
            form.put("coordinates", "false");
            if (options.mode != null) {
                form.put("mode", options.mode.name().toLowerCase(Locale.ROOT));
            }
            DocumentParse work = new DocumentParse(gaon.http(), gaon.path().limits(), file, format, form, options.job);
            ChatResponse response = gaon.path().execute(call(file, work), delta -> {});
            String text = response.aiMessage().text();
            if (text == null || text.isBlank()) {
                throw new BlankDocumentException();
            }
            Metadata about = new Metadata()
                    .put("content_type", options.format == Format.TEXT ? "text/plain" : "text/" + format)
                    .put("sha256", file.sha256())
                    .put("model", response.metadata().modelName());
            return Document.from(text, work.pages() > 0 ? about.put("pages", work.pages()) : about);
        });
    }

    /**
     * What a document says, as a record: its components, and those of records in it, are what is asked for.
     *
     * <p>They may be String, whole and other numbers, boolean, LocalDate, enums, records, and Lists of these; say with
     * LangChain4j's {@code @Description} what each means. What the document does not say is null.
     *
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if the record holds something else: nothing was sent
     * @throws dev.langchain4j.exception.NonRetriableException as {@code malformed-reply}, naming the component, if what came
     *     back does not fit
     */
    public <T extends Record> T extract(InputStream document, Class<T> type) {
        return outside(() -> {
            require(EXTRACT);
            RecordShape<T> shape = new RecordShape<>(type);
            DocumentFile file = DocumentFile.read(document, (long) MOST_MIB << 20, SMALLER);
            DocumentQuestion work = new DocumentQuestion(
                    gaon.http(),
                    gaon.openAi(),
                    file,
                    "informationExtraction",
                    "/information-extraction/chat/completions",
                    type.getSimpleName().replaceAll("[^A-Za-z0-9_-]", "_"),
                    out -> new OpenAiSchema(out).write(shape.schema()));
            return answer(file, work, reply -> shape.read(reply.text.toString()));
        });
    }

    /**
     * Which of some kinds a document is of.
     *
     * @param labels by name, each with what documents of this kind are
     * @throws IllegalArgumentException if there are none
     * @throws dev.langchain4j.exception.NonRetriableException as {@code malformed-reply} if the answer is none of them
     */
    public Kind classify(InputStream document, Map<String, String> labels) {
        if (labels.isEmpty()) {
            throw new Text("문서의 종류를 하나 이상 주세요.", "Give at least one kind of documents.").refusal();
        }
        return outside(() -> {
            require(CLASSIFY);
            DocumentFile file = DocumentFile.read(document, (long) MOST_MIB << 20, SMALLER);
            DocumentQuestion work = new DocumentQuestion(
                    gaon.http(),
                    gaon.openAi(),
                    file,
                    "documentClassification",
                    "/document-classification/chat/completions",
                    "document-classify",
                    out -> kinds(out, labels));
            return answer(file, work, reply -> kind(reply, labels));
        });
    }

    /** What a model that was trained on one kind of documents, such as receipts, finds in one; in the server's order. */
    public List<Field> fields(InputStream document) {
        return outside(() -> {
            require(FIELDS);
            DocumentFile file = DocumentFile.read(document, (long) MOST_MIB << 20, SMALLER);
            return answer(file, new DocumentFields(gaon.http(), file), GaonDocuments::found);
        });
    }

    private static void kinds(JsonGenerator out, Map<String, String> labels) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "string");
        out.writeArrayFieldStart("oneOf");
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.writeStartObject();
            out.writeStringField("const", label.getKey());
            out.writeStringField("description", label.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static Kind kind(Reply reply, Map<String, String> labels) {
        String label = reply.text.toString().strip();
        if (!labels.containsKey(label)) {
            throw unreadable(
                    "서버의 답이 주어진 종류 가운데 하나가 아닙니다.", "The server's answer is none of the kinds that were given.");
        }
        return tree(reply.arguments) instanceof Map<?, ?> all
                        && all.get("document_type") instanceof Map<?, ?> type
                        && type.get("confidence_score") instanceof Number score
                ? new Kind(label, score.doubleValue())
                : new Kind(label, null);
    }

    private static List<Field> found(Reply reply) {
        List<Field> all = new ArrayList<>();
        if (tree(reply.text) instanceof List<?> fields) {
            for (Object field : fields) {
                if (field instanceof List<?> f && f.size() == 4 && f.get(0) instanceof String key) {
                    String score = (String) f.get(3);
                    all.add(new Field(
                            key, (String) f.get(1), (String) f.get(2), score == null ? null : Double.valueOf(score)));
                }
            }
            return List.copyOf(all);
        }
        throw unreadable("받은 필드를 읽을 수 없습니다.", "The fields that came cannot be read.");
    }

    private static @Nullable Object tree(CharSequence json) {
        try {
            return JsonTree.read(json.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return null;
        }
    }

    private static CallFailure unreadable(String ko, String en) {
        return CallFailure.kind("malformed-reply")
                .phase("reply")
                .sent(true)
                .message(ko, en)
                .fix(
                        "서버와 모델이 맞는지, 가드가 답을 바꾸지 않는지 확인하세요.",
                        "Check the server and the model, and whether a guard changes the answer.")
                .build();
    }

    /** Which of them a model answers; one that only its user knows may answer all. */
    private void require(String what) {
        boolean plain = options.format == Format.MARKDOWN && options.mode == null && !options.ocr && !options.job;
        if (does != null && !does.equals(what)) {
            throw CallFailure.kind("unsupported")
                    .phase("configure")
                    .message(
                            card.id() + "은(는) " + does + "에 쓰는 모델이라 " + what + "을(를) 하지 못합니다.",
                            card.id() + " is a model for " + does + " and cannot " + what + ".")
                    .fix(
                            "gaon.models().all()에서 다른 document 모델을 고르세요. 아무것도 보내지 않았습니다.",
                            "Choose another document model from gaon.models().all(). Nothing was sent.")
                    .build();
        }
        if (!what.equals(PARSE) && !plain) {
            throw CallFailure.kind("unsupported")
                    .phase("configure")
                    .message(
                            "withFormat, withMode, withOcr, withJob은 parse에만 쓰입니다.",
                            "withFormat, withMode, withOcr and withJob are for parse only.")
                    .fix(what + "에서는 빼세요. 아무것도 보내지 않았습니다.", "Leave them out for " + what + ". Nothing was sent.")
                    .build();
        }
    }

    private RunningCall call(DocumentFile file, Router.Transport work) {
        ChatRequest request = ChatRequest.builder()
                .messages(file.described())
                .parameters(GaonParameters.builder().deadline(options.deadline).build())
                .build();
        CallContext context = gaon.context().refinedBy(options.context);
        RunningCall call =
                new RunningCall(card, request, context, false, gaon.path().limits()).through(work);
        call.record().note("document", file.sha256());
        return call;
    }

    private <R> R answer(DocumentFile file, Router.Transport work, Function<Reply, R> meaning) {
        Reply reply = new Reply(meaning);
        gaon.path().execute(call(file, work), reply);
        @SuppressWarnings("unchecked") // it is what meaning gave
        R means = (R) Objects.requireNonNull(reply.means, "meaning");
        return means;
    }

    /** What is found wrong before a call begins is thrown as calls throw it. */
    private static <R> R outside(Supplier<R> work) {
        try {
            return work.get();
        } catch (CallFailure e) {
            throw e.toException();
        }
    }

    @Override
    public String toString() {
        return "GaonDocuments[" + card.id() + "]";
    }

    /** What came back, and what it means, which is found at its end and thus within the call. */
    private static final class Reply implements Consumer<ChatDelta> {

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();
        private final Function<Reply, ?> meaning;
        private @Nullable Object means;

        Reply(Function<Reply, ?> meaning) {
            this.meaning = meaning;
        }

        @Override
        public void accept(ChatDelta delta) {
            if (delta instanceof ChatDelta.Text piece) {
                text.append(piece.text());
            } else if (delta instanceof ChatDelta.ToolCall call) {
                arguments.append(call.arguments());
            } else if (delta instanceof ChatDelta.Finish) {
                means = meaning.apply(this);
            }
        }
    }
}
