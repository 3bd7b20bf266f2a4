package dev.gaon;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;

/** LangChain4j's streaming view of a chat model: the same engine, the same path. */
@SuppressWarnings({"rawtypes", "unchecked"}) // of one method; javac looks for it here
final class StreamingView implements StreamingChatModel {

    private final GaonChatModel model;

    StreamingView(GaonChatModel model) {
        this.model = model;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        model.stream(request, handler);
    }

    /** What core 1.20 asks for; raw, as core 1.19 has no type for the events. */
    public Flow.Publisher doChat(ChatRequest request) {
        return model.open(request, true).langChainEvents();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }

    @Override
    public String toString() {
        return model + ".streaming()";
    }
}
