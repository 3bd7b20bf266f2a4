package dev.gaon;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import de.kherud.llama.args.PoolingType;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One GGUF file in memory, run by llama.cpp. It and {@link LlamaLibrary} alone name the optional library de.kherud:llama;
 * nobody touches them before {@link LlamaTransport#present} was true.
 *
 * <p>The library never gives memory back, so a file that was loaded stays until the process ends, and whoever opens it
 * again finds it. One thread at a time works with it.
 */
final class LlamaEngine {

    /** A longer context costs memory whether it is used or not; most models were trained for far more than this. */
    static final int MOST_CONTEXT = 8_192;

    /** How much of a prompt is read between two looks at whether the caller still wants it. */
    private static final int BATCH = 128;

    /** What the library puts in the place of a template that it does not know. */
    private static final String CHATML = "<|im_start|>";

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");
    private static final Map<LlamaFile, LlamaEngine> LOADED = new HashMap<>();

    private final LlamaModel model;
    private final GgufFile head;
    private final int context;
    private final int lineBreak;
    private boolean templateTold;

    private LlamaEngine(LlamaFile file) throws IOException {
        this.head = GgufFile.read(file.path());
        LlamaLibrary.load();
        Long trained = head.contextTokens();
        this.context = (int) Math.min(MOST_CONTEXT, trained == null ? MOST_CONTEXT : Math.max(trained, 1));
        ModelParameters parameters = new ModelParameters()
                .setModel(file.path().toString())
                .setCtxSize(context)
                .setParallel(1)
                .setThreads(Runtime.getRuntime().availableProcessors())
                .setBatchSize(file.embeddings() ? context : BATCH)
                .setUbatchSize(file.embeddings() ? context : BATCH)
                .disableContextShift()
                .disableLog();
        if (file.embeddings()) {
            parameters.enableEmbedding().setPoolingType(pooling(file));
        } else if (encoder()) {
            throw GgufFile.refused(
                    file.path(), new Text("임베딩 모델이라 답을 쓰지 못합니다", "it embeds and writes no answers"), null);
        }
        this.model = new LlamaModel(parameters);
        this.lineBreak = model.encode("\n").length;
    }

    private boolean encoder() {
        return head.architecture().contains("bert");
    }

    /** What the file says; else the mean of an encoder's tokens, or the last token of a model that reads onwards. */
    private PoolingType pooling(LlamaFile file) {
        long told = head.pooling() == null ? 0 : head.pooling();
        // Of a model that reads onwards the mean ends the whole process: an assertion of llama.cpp.
        if (told > 3 || (told == 1 && !encoder())) {
            throw GgufFile.refused(
                    file.path(),
                    new Text(
                            "임베딩 방식(pooling_type " + told + ")을 지원하지 않습니다",
                            "its way of embedding (pooling_type " + told + ") is not supported"),
                    null);
        }
        return told == 2
                ? PoolingType.CLS
                : told == 1 || (told == 0 && encoder()) ? PoolingType.MEAN : PoolingType.LAST;
    }

    /** Loads the file unless this process has done so before; may take long. */
    static LlamaEngine open(LlamaFile file) throws IOException {
        synchronized (LOADED) {
            LlamaEngine engine = LOADED.get(file);
            if (engine == null) {
                engine = new LlamaEngine(file);
                LOADED.put(file, engine);
            }
            return engine;
        }
    }

    /** The model does not take the request; what it says repeats nothing of it. */
    static final class Refused extends RuntimeException {
        Refused(String words) {
            super(words, null, false, false);
        }
    }

    /**
     * Writes an answer.
     *
     * @param left asked between two tokens: whether to stop at once
     */
    synchronized void chat(LlamaRequest request, BooleanSupplier left, Consumer<ChatDelta> out) {
        String prompt = prompt(request.turns());
        int read = model.encode(prompt).length;
        // Room for the marks of beginning and end that some models add.
        int room = context - read - 2;
        if (room < 1) {
            throw new Refused("context " + context + ", prompt " + read);
        }
        Integer asked = request.parameters().maxOutputTokens();
        int most = asked == null ? room : Math.min(asked, room);
        InferenceParameters settings = settings(request).setCachePrompt(true);
        for (int done = BATCH; done < read && !left.getAsBoolean(); done += BATCH) {
            model.generate(settings.setPrompt(share(prompt, done, read)).setNPredict(0))
                    .forEach(unused -> {});
        }
        if (!left.getAsBoolean()) {
            write(settings.setPrompt(prompt).setNPredict(most), request.parameters(), read, most, left, out);
        }
    }

    /** About as much of the beginning as these tokens of all are. */
    static String share(String prompt, int tokens, int all) {
        long characters = prompt.codePointCount(0, prompt.length());
        return prompt.substring(0, prompt.offsetByCodePoints(0, (int) (characters * tokens / all)));
    }

    /** Stop sequences are found here, as the library would swallow what only looks like the beginning of one. */
    private void write(
            InferenceParameters settings,
            ChatRequestParameters parameters,
            int read,
            int most,
            BooleanSupplier left,
            Consumer<ChatDelta> out) {
        StopSequences stops =
                new StopSequences(parameters.stopSequences() == null ? List.of() : parameters.stopSequences());
        LlamaIterator pieces = model.generate(settings).iterator();
        int written = 0;
        boolean ended = false;
        try {
            while (!stops.found() && !left.getAsBoolean()) {
                LlamaOutput piece = pieces.next();
                if (!pieces.hasNext()) {
                    break;
                }
                written += tokens(piece.text);
                // The mark of the end comes as a piece without text.
                ended = piece.text.isEmpty();
                tell(stops.next(piece.text), out);
            }
        } finally {
            if (pieces.hasNext()) {
                pieces.cancel();
            }
        }
        tell(stops.rest(), out);
        out.accept(new ChatDelta.Usage(new TokenUsage(read, written)));
        boolean cut = !stops.found() && !ended && written >= most;
        out.accept(new ChatDelta.Finish(cut ? FinishReason.LENGTH : FinishReason.STOP, cut ? "length" : "stop"));
    }

    private static void tell(String text, Consumer<ChatDelta> out) {
        if (!text.isEmpty()) {
            out.accept(new ChatDelta.Text(text));
        }
    }

    /** A piece is one token, unless it took several to make a character whole; those are counted anew. */
    private int tokens(String piece) {
        boolean plain = piece.chars().allMatch(c -> c < 0x80);
        return plain ? 1 : Math.max(1, model.encode("\n" + piece).length - lineBreak);
    }

    /**
     * By the template of the file. The library renders marks, into whose places the texts are put here: it would break
     * characters beyond the basic plane.
     */
    private String prompt(List<LlamaRequest.Turn> turns) {
        String mark = "gaon" + UUID.randomUUID();
        String system = null;
        List<Pair<String, String>> marks = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String text = " " + mark + "-" + i + "- ";
            if (turns.get(i).role().equals("system")) {
                system = text;
            } else {
                marks.add(new Pair<>(turns.get(i).role(), text));
            }
        }
        String prompt = model.applyTemplate(new InferenceParameters("").setMessages(system, marks));
        String template = head.template();
        if (!templateTold && prompt.contains(CHATML) && (template == null || !template.contains(CHATML))) {
            templateTold = true;
            LOG.warn(
                    "the chat template of this GGUF file ({}) is missing or unknown to llama.cpp; ChatML is used instead",
                    Text.printable(head.architecture(), 60));
        }
        for (int i = 0; i < turns.size(); i++) {
            String bare = mark + "-" + i + "-";
            String spaced = " " + bare + " ";
            String text = turns.get(i).text();
            // Some templates trim what is said.
            prompt = prompt.contains(spaced) ? prompt.replace(spaced, text) : prompt.replace(bare, text.strip());
        }
        return prompt;
    }

    private static InferenceParameters settings(LlamaRequest request) {
        InferenceParameters settings = new InferenceParameters("");
        ChatRequestParameters parameters = request.parameters();
        if (parameters.temperature() != null) {
            settings.setTemperature(parameters.temperature().floatValue());
        }
        if (parameters.topP() != null) {
            settings.setTopP(parameters.topP().floatValue());
        }
        if (parameters.topK() != null) {
            settings.setTopK(parameters.topK());
        }
        if (parameters.frequencyPenalty() != null) {
            settings.setFrequencyPenalty(parameters.frequencyPenalty().floatValue());
        }
        if (parameters.presencePenalty() != null) {
            settings.setPresencePenalty(parameters.presencePenalty().floatValue());
        }
        if (request.schema() != null) {
            settings.setGrammar(LlamaModel.jsonSchemaToGrammar(request.schema()));
        }
        request.extra().forEach((name, value) -> {
            switch (name) {
                case "seed" -> settings.setSeed(((Number) value).intValue());
                case "min_p" -> settings.setMinP(((Number) value).floatValue());
                case "typical_p" -> settings.setTypicalP(((Number) value).floatValue());
                case "repeat_penalty" -> settings.setRepeatPenalty(((Number) value).floatValue());
                case "repeat_last_n" -> settings.setRepeatLastN(((Number) value).intValue());
                case "ignore_eos" -> settings.setIgnoreEos((Boolean) value);
                default -> throw new IllegalStateException(name);
            }
        });
        return settings;
    }

    /** The vector of a text, of length 1, and how many tokens the text has. */
    record Vector(Embedding embedding, int tokens) {}

    synchronized Vector embed(String text) {
        int tokens = model.encode(text).length;
        if (tokens > context - 2) {
            throw new Refused("context " + context + ", text " + tokens);
        }
        return new Vector(Embedding.from(model.embed(text)), tokens);
    }

    /** Whether the library reports that the request is at fault. */
    static boolean refused(Throwable e) {
        return e instanceof Refused || String.valueOf(e.getMessage()).contains("\"code\":400");
    }
}
