package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * CLOVA Studio's own chat format: v3, and v1 for the models before it. Streaming is asked for by the header
 * {@code Accept}, which the transport sends, not by the body.
 */
final class ClovaDialect implements Dialect {

    private final JsonFactory json;
    private final boolean older;

    private ClovaDialect(Limits limits, boolean older) {
        this.json = JsonReply.factory(limits);
        this.older = older;
    }

    static ClovaDialect v3(Limits limits) {
        return new ClovaDialect(limits, false);
    }

    static ClovaDialect v1(Limits limits) {
        return new ClovaDialect(limits, true);
    }

    @Override
    public String name() {
        return older ? "clova-studio-v1" : "clova-studio";
    }

    @Override
    public String path(Endpoint endpoint, ModelCard model, boolean streaming) {
        String name = endpoint.wireModel() == null ? model.id() : endpoint.wireModel();
        if (name.equals(".") || name.equals("..")) {
            // As a piece of a path they would lead elsewhere.
            throw Capabilities.unsupported(
                    model, endpoint, name + "은(는) 모델 이름이 될 수 없습니다", name + " cannot be the name of a model");
        }
        String path = older
                ? endpoint.offer().path("chatLegacy", "/v1/chat-completions/{model}")
                : endpoint.offer().path("chat", "/v3/chat-completions/{model}");
        return path.replace(
                "{model}", URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    @Override
    public void encode(ChatRequest request, ModelCard model, Endpoint endpoint, boolean streaming, OutputStream out)
            throws IOException {
        try (JsonGenerator body = json.createGenerator(out)) {
            new ClovaRequest(request, model, endpoint, body, older).write();
        }
    }

    @Override
    public Decoder decoder(Endpoint endpoint, Limits limits, Consumer<ChatDelta> out) {
        return new ClovaReply(json, out);
    }
}
