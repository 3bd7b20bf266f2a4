package dev.gaon;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers the deltas of one reply; used by one thread. */
final class ReplyFold implements Consumer<ChatDelta> {

    private static final class Call {
        private @Nullable String id;
        private @Nullable String name;
        private final StringBuilder arguments = new StringBuilder();
    }

    private final CallRecord.Draft record;
    /** A reply that comes whole is one piece and needs no builder. */
    private String first = "";

    private @Nullable StringBuilder text;
    private @Nullable StringBuilder thinking;
    private List<Call> calls = List.of();
    private List<Citation> citations = List.of();
    private @Nullable TokenUsage usage;
    private ChatDelta.@Nullable Origin origin;
    private ChatDelta.@Nullable Finish finish;
    private long firstMs = -1;

    ReplyFold(CallRecord.Draft record) {
        this.record = record;
    }

    @Override
    public void accept(ChatDelta delta) {
        if (delta instanceof ChatDelta.Text piece) {
            begun();
            text(piece.text());
        } else if (delta instanceof ChatDelta.Thinking piece) {
            begun();
            if (thinking == null) {
                thinking = new StringBuilder();
            }
            thinking.append(piece.text());
        } else if (delta instanceof ChatDelta.ToolCall piece) {
            begun();
            tool(piece);
        } else if (delta instanceof ChatDelta.Usage used) {
            usage = used.tokens();
        } else if (delta instanceof ChatDelta.Origin from) {
            origin = from;
        } else if (delta instanceof ChatDelta.Quotation quoted) {
            citations = citations.isEmpty() ? new ArrayList<>() : citations;
            citations.add(quoted.citation());
        } else if (delta instanceof ChatDelta.Finish end && finish == null) {
            finish = end;
        }
    }

    private void begun() {
        if (firstMs < 0) {
            firstMs = record.elapsedMs();
        }
    }

    private void text(String piece) {
        if (text != null) {
            text.append(piece);
        } else if (first.isEmpty()) {
            first = piece;
        } else {
            text = new StringBuilder(first).append(piece);
        }
    }

    private void tool(ChatDelta.ToolCall piece) {
        if (calls.isEmpty()) {
            calls = new ArrayList<>();
        }
        while (calls.size() <= piece.index()) {
            calls.add(new Call());
        }
        Call call = calls.get(piece.index());
        call.id = call.id == null ? piece.id() : call.id;
        call.name = call.name == null ? piece.name() : call.name;
        call.arguments.append(piece.arguments());
    }

    boolean finished() {
        return finish != null;
    }

    String text() {
        return text == null ? first : text.toString();
    }

    @Nullable
    TokenUsage usage() {
        return usage;
    }

    /** What the record says of it. */
    CallRecord.Reply described() {
        return new CallRecord.Reply(
                firstMs < 0 ? null : firstMs,
                first.isEmpty() ? null : record.digests().of(text == null ? first : text),
                finish == null ? null : finish.word(),
                origin == null ? null : origin.model(),
                usage == null ? null : usage.inputTokenCount(),
                usage == null ? null : usage.outputTokenCount(),
                calls.size(),
                citations.size());
    }

    /** Whole tool calls in their order; one without a name cannot be run and is left out. */
    List<ToolExecutionRequest> toolCalls() {
        List<ToolExecutionRequest> whole = new ArrayList<>(calls.size());
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.name != null) {
                // Some servers call every call "0"; results must find the call they answer.
                boolean own = call.id != null && ids.add(call.id);
                whole.add(ToolExecutionRequest.builder()
                        .id(own ? call.id : "call_" + record.id() + "_" + i)
                        .name(call.name)
                        .arguments(call.arguments.isEmpty() ? "{}" : call.arguments.toString())
                        .build());
            }
        }
        return whole;
    }

    AiMessage message() {
        List<ToolExecutionRequest> tools = toolCalls();
        AiMessage.Builder message = AiMessage.builder()
                .text(first.isEmpty() && !tools.isEmpty() ? null : text())
                .thinking(thinking == null ? null : thinking.toString());
        if (!tools.isEmpty()) {
            message.toolExecutionRequests(tools);
        }
        return message.build();
    }

    GaonResponseMetadata metadata(CallRecord closed, String modelId, List<String> notices) {
        return GaonResponseMetadata.gaon()
                .id(origin == null || origin.id() == null ? closed.id() : origin.id())
                .modelName(origin == null || origin.model() == null ? modelId : origin.model())
                .tokenUsage(usage)
                .finishReason(finish == null ? null : finish.reason())
                .call(
                        closed.id(),
                        closed.provider(),
                        closed.endpoint(),
                        firstMs < 0 ? null : Duration.ofMillis(firstMs),
                        closed.total())
                .citations(citations)
                .notices(noted(notices))
                .build();
    }

    /** Tells of tool calls that were left out. */
    private List<String> noted(List<String> notices) {
        boolean nameless = calls.stream().anyMatch(call -> call.name == null);
        return !nameless
                ? notices
                : Stream.concat(notices.stream(), Stream.of("tool-call-without-name"))
                        .toList();
    }
}
