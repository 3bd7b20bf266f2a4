package dev.gaon.examples.cli;

import dev.gaon.Citation;
import dev.gaon.GaonResponseMetadata;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of {@code gaon chat --json}. */
final class ChatJson {

    private ChatJson() {}

    static Map<String, Object> of(ChatResponse response) {
        GaonResponseMetadata metadata = (GaonResponseMetadata) response.metadata();
        List<ToolExecutionRequest> tools = response.aiMessage().toolExecutionRequests();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("text", response.aiMessage().text());
        out.put("thinking", response.aiMessage().thinking());
        out.put(
                "toolCalls",
                tools == null ? List.of() : tools.stream().map(ChatJson::tool).toList());
        out.put(
                "finish",
                metadata.finishReason() == null
                        ? null
                        : metadata.finishReason().name().toLowerCase(Locale.ROOT));
        out.put("usage", metadata.tokenUsage() == null ? null : usage(metadata.tokenUsage()));
        out.put("model", metadata.modelName());
        out.put("provider", metadata.provider());
        out.put("endpoint", metadata.endpoint());
        Map<String, Object> timings = new LinkedHashMap<>();
        timings.put("firstTokenMs", millis(metadata.firstToken()));
        timings.put("totalMs", millis(metadata.total()));
        out.put("timings", timings);
        out.put("record", metadata.recordId());
        out.put(
                "citations",
                metadata.citations().stream().map(ChatJson::citation).toList());
        return out;
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : (Long) duration.toMillis();
    }

    private static Map<String, Object> tool(ToolExecutionRequest tool) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", tool.id());
        out.put("name", tool.name());
        out.put("arguments", tool.arguments());
        return out;
    }

    private static Map<String, Object> usage(TokenUsage usage) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("inputTokens", usage.inputTokenCount());
        out.put("outputTokens", usage.outputTokenCount());
        out.put("totalTokens", usage.totalTokenCount());
        return out;
    }

    private static Map<String, Object> citation(Citation citation) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("document", citation.document());
        out.put("section", citation.section());
        out.put("quote", citation.quote());
        out.put("source", citation.source());
        out.put("license", citation.license());
        out.put("attribution", citation.attribution());
        return out;
    }
}
