package dev.gaon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one call to a LangChain4j handler in LangChain4j's manner: an exception of user code goes to {@code onError} and
 * the stream goes on; nothing comes after cancelling. Used by the call's thread.
 */
final class HandlerView implements Consumer<ChatDelta> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.gaon");
    private static final JsonFactory JSON = new JsonFactory();

    private final StreamingChatResponseHandler handler;
    private final ChatCall call;
    private final PartialResponseContext responseContext;
    private final PartialThinkingContext thinkingContext;
    private final PartialToolCallContext toolContext;
    private final List<Tool> tools = new ArrayList<>(0);
    private int completeTools;

    /** What came of one tool call. */
    private static final class Tool {
        private @Nullable String id;
        private @Nullable String name;
        private final StringBuilder arguments = new StringBuilder();

        /** Only then may it be run before the reply has ended: a server may still come back to a call. */
        boolean whole() {
            return id != null && name != null && isObject(arguments.toString());
        }
    }

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

    /**
     * LangChain4j wants the name with every piece, no empty pieces, and each call as soon as it is whole. A whole call
     * ends when the next one begins; whatever is not whole by then waits for the end of the reply.
     */
    private void toolCall(ChatDelta.ToolCall piece) {
        while (tools.size() <= piece.index()) {
            tools.add(new Tool());
        }
        while (completeTools < piece.index() && tools.get(completeTools).whole()) {
            Tool tool = tools.get(completeTools);
            complete(ToolExecutionRequest.builder()
                    .id(tool.id)
                    .name(tool.name)
                    .arguments(tool.arguments.toString())
                    .build());
        }
        Tool tool = tools.get(piece.index());
        tool.id = tool.id == null ? piece.id() : tool.id;
        tool.name = tool.name == null ? piece.name() : tool.name;
        tool.arguments.append(piece.arguments());
        if (tool.name != null && !piece.arguments().isEmpty() && !call.isCancelled()) {
            handler.onPartialToolCall(
                    PartialToolCall.builder()
                            .index(piece.index())
                            .id(tool.id)
                            .name(tool.name)
                            .partialArguments(piece.arguments())
                            .build(),
                    toolContext);
        }
    }

    private void complete(ToolExecutionRequest tool) {
        try {
            handler.onCompleteToolCall(new CompleteToolCall(completeTools++, tool));
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private static boolean isObject(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && parser.skipChildren().currentToken() == JsonToken.END_OBJECT
                    && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    void completed(ChatResponse response) {
        List<ToolExecutionRequest> whole = response.aiMessage().toolExecutionRequests();
        while (completeTools < whole.size() && !call.silenced()) {
            complete(whole.get(completeTools));
        }
        if (!call.silenced()) {
            try {
                handler.onCompleteResponse(response);
            } catch (RuntimeException e) {
                report(e);
            }
        }
    }

    void failed(Throwable error) {
        if (!call.silenced()) {
            report(error);
        }
    }

    /** What the user's code threw is told; a failure of the call itself, as of a view that waits for its reader, ends it. */
    private void report(Throwable error) {
        if (error instanceof CallFailure ended) {
            throw ended;
        }
        try {
            handler.onError(error);
        } catch (RuntimeException e) {
            LOG.warn("a handler threw from onError: {}", e.getClass().getName());
        }
    }
}
