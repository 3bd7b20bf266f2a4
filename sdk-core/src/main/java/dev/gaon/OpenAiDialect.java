package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** The OpenAI chat format, with the departures that provider files name. */
final class OpenAiDialect implements Dialect {

    private final JsonFactory json;

    OpenAiDialect(Limits limits) {
        this.json = JsonReply.factory(limits);
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String path(Endpoint endpoint, ModelCard model, boolean streaming) {
        return endpoint.offer().path("chat", "/chat/completions");
    }

    @Override
    public void encode(ChatRequest request, ModelCard model, Endpoint endpoint, boolean streaming, OutputStream out)
            throws IOException {
        try (JsonGenerator body = json.createGenerator(out)) {
            new OpenAiRequest(request, model, endpoint, body).write(streaming);
        }
    }

    @Override
    public Decoder decoder(Endpoint endpoint, Limits limits, Consumer<ChatDelta> out) {
        return new OpenAiReply(json, endpoint.offer().quirks(), out);
    }
}
