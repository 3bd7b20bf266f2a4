package dev.gaon;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one call to a LangChain4j handler in LangChain4j's manner: an exception of user code goes to {@code onError} and
 * the stream goes on; nothing comes after cancelling. Used by the call's thread.
 */
final class HandlerView implements Consumer<ChatDelta> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");

    private final StreamingChatResponseHandler handler;
    private final ChatCall call;
    private final PartialResponseContext responseContext;
    private final PartialThinkingContext thinkingContext;
    private final PartialToolCallContext toolContext;
    private final List<String> toolNames = new ArrayList<>(0);
    private final List<String> toolIds = new ArrayList<>(0);

    HandlerView(StreamingChatResponseHandler handler, ChatCall call) {
        this.handler = handler;
        this.call = call;
        StreamingHandle handle = new StreamingHandle() {
            @Override
            public void cancel() {
                call.cancel();
            }

            @Override
            public boolean isCancelled() {
                return call.isCancelled();
            }
        };
        this.responseContext = new PartialResponseContext(handle);
        this.thinkingContext = new PartialThinkingContext(handle);
        this.toolContext = new PartialToolCallContext(handle);
    }

    @Override
    public void accept(ChatDelta delta) {
        try {
            if (delta instanceof ChatDelta.Text piece) {
                handler.onPartialResponse(new PartialResponse(piece.text()), responseContext);
            } else if (delta instanceof ChatDelta.Thinking piece) {
                handler.onPartialThinking(new PartialThinking(piece.text()), thinkingContext);
            } else if (delta instanceof ChatDelta.ToolCall piece) {
                toolCall(piece);
            }
        } catch (RuntimeException e) {
            report(e);
        }
    }

    /** LangChain4j wants the name with every piece and no empty pieces. */
    private void toolCall(ChatDelta.ToolCall piece) {
        while (toolNames.size() <= piece.index()) {
            toolNames.add(null);
            toolIds.add(null);
        }
        if (piece.name() != null && toolNames.get(piece.index()) == null) {
            toolNames.set(piece.index(), piece.name());
        }
        if (piece.id() != null && toolIds.get(piece.index()) == null) {
            toolIds.set(piece.index(), piece.id());
        }
        String name = toolNames.get(piece.index());
        if (name != null && !piece.arguments().isEmpty()) {
            handler.onPartialToolCall(
                    PartialToolCall.builder()
                            .index(piece.index())
                            .id(toolIds.get(piece.index()))
                            .name(name)
                            .partialArguments(piece.arguments())
                            .build(),
                    toolContext);
        }
    }

    void completed(ChatResponse response) {
        List<ToolExecutionRequest> tools = response.aiMessage().toolExecutionRequests();
        for (int i = 0; i < tools.size() && !call.isCancelled(); i++) {
            try {
                handler.onCompleteToolCall(new CompleteToolCall(i, tools.get(i)));
            } catch (RuntimeException e) {
                report(e);
            }
        }
        if (!call.isCancelled()) {
            try {
                handler.onCompleteResponse(response);
            } catch (RuntimeException e) {
                report(e);
            }
        }
    }

    void failed(Throwable error) {
        if (!call.isCancelled()) {
            report(error);
        }
    }

    private void report(Throwable error) {
        try {
            handler.onError(error);
        } catch (RuntimeException e) {
            LOG.warn("a handler threw from onError: {}", e.getClass().getName());
        }
    }
}
