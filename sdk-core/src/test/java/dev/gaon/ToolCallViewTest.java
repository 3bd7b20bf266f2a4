package dev.gaon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a handler hears that a tool call is complete: a policy plays the stream piece by piece. */
class ToolCallViewTest {

    private static final ChatDelta FIRST_BEGINS = new ChatDelta.ToolCall(0, "a", "first", "{\"x\":");
    private static final ChatDelta FIRST_ENDS = new ChatDelta.ToolCall(0, null, null, "1}");
    private static final ChatDelta SECOND = new ChatDelta.ToolCall(1, "b", "second", "{}");

    private static List<String> heard(ChatDelta... deltas) throws Exception {
        List<String> heard = new ArrayList<>();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        Policy player = (chain, out) -> {
            for (ChatDelta delta : deltas) {
                out.accept(delta);
            }
            out.accept(new ChatDelta.Finish(FinishReason.TOOL_EXECUTION, "tool_calls"));
        };
        try (Gaon gaon = Gaon.builder().environment(name -> null).policy(player).build()) {
            gaon.chat().streaming().chat("hi", new StreamingChatResponseHandler() {
                @Override
                public void onPartialToolCall(PartialToolCall piece) {
                    heard.add("partial " + piece.index());
                }

                @Override
                public void onCompleteToolCall(CompleteToolCall call) {
                    heard.add("complete " + call.index() + " "
                            + call.toolExecutionRequest().id()
                            + call.toolExecutionRequest().arguments());
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    end.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    end.completeExceptionally(error);
                }
            });
            List<String> whole = end.get(10, TimeUnit.SECONDS).aiMessage().toolExecutionRequests().stream()
                    .map(request -> request.id() + request.arguments())
                    .toList();
            assertThat(heard.stream()
                            .filter(event -> event.startsWith("complete"))
                            .map(event -> event.substring(11)))
                    .as("what was told and what the response holds")
                    .isEqualTo(whole);
            return heard;
        }
    }

    @Test
    void aWholeCallIsCompleteWhenTheNextBegins() throws Exception {
        assertThat(heard(FIRST_BEGINS, FIRST_ENDS, SECOND))
                .containsExactly("partial 0", "partial 0", "complete 0 a{\"x\":1}", "partial 1", "complete 1 b{}");
    }

    @Test
    void aCallThatIsNotWholeWaitsForTheEnd() throws Exception {
        assertThat(heard(FIRST_BEGINS, SECOND, FIRST_ENDS))
                .containsExactly("partial 0", "partial 1", "partial 0", "complete 0 a{\"x\":1}", "complete 1 b{}");
    }

    @Test
    void aCallWithoutAnIdWaitsForTheEnd() throws Exception {
        assertThat(heard(new ChatDelta.ToolCall(0, null, "first", "{}"), SECOND))
                .startsWith("partial 0", "partial 1")
                .hasSize(4);
    }
}
