package dev.gaon;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/** LangChain4j 1.20's streaming events: what a handler is called with, handed on as objects. Used by the call's thread. */
final class EventsView implements StreamingChatResponseHandler {

    private final Consumer<Object> out;
    private final Runnable broken;

    /** @param broken run when {@code out} threw: such a subscriber gets nothing more */
    EventsView(Consumer<Object> out, Runnable broken) {
        this.out = out;
        this.broken = broken;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        out.accept(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        out.accept(piece);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        out.accept(piece);
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        out.accept(call);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        out.accept(Complete.event(response));
    }

    @Override
    public void onError(Throwable error) {
        broken.run();
    }

    /** The last event's class, which core 1.19 does not have; nor does anything there ask for events. */
    private static final class Complete {

        private static final MethodHandle CONSTRUCTOR;

        static {
            try {
                Class<?> type = Class.forName("dev.langchain4j.model.chat.response.CompleteResponse");
                CONSTRUCTOR = MethodHandles.publicLookup()
                        .findConstructor(type, MethodType.methodType(void.class, ChatResponse.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("streaming events need langchain4j-core 1.20 or later", e);
            }
        }

        static Object event(ChatResponse response) {
            try {
                return CONSTRUCTOR.invoke(response);
            } catch (Throwable e) {
                throw new IllegalStateException("LangChain4j refused a response", e);
            }
        }
    }
}
